"""The agenda of a session: a budget for each part, the step's timer, ahead or behind, in words.

Nothing here ever stops anyone: a timer that has run out says so, and waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dialogue_game.core.session import steps
from dialogue_game.core.session.session_state import Session, at_time

ON_TIME: Final = 60
"""Seconds of drift that still count as on time."""
NEARLY: Final = 40
"""Seconds that are still told as a minute: "less than a minute" feels like a push."""
LONG_PAUSE: Final = 120
"""Seconds a clock must have lost before it is worth a sentence."""

PartState = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the agenda, in seconds."""

    id: str
    title: str
    budget: int
    used: int
    state: PartState


@dataclass(frozen=True, slots=True)
class Timer:
    """The step's timer in seconds; `left` is negative when it has run out.

    `said` is in words, "" where no time is planned.
    """

    planned: int
    used: int
    left: int
    paused: bool
    said: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The whole plan as it stands. `drift` is in seconds: above 0 behind, below 0 ahead."""

    minutes: int
    elapsed: int
    parts: tuple[Part, ...]
    drift: int
    said: str
    note: str = ""


def budgets(minutes: int, scenarios: Sequence[str]) -> dict[str, int]:
    """Seconds for each part, in whole minutes: 10, 30, 30, 10 and 10 of 90 with two scenarios.

    The welcome and the comparison take a ninth each, the closing a ninth but five minutes at
    least; without two scenarios there is nothing to compare. What does not divide evenly goes to
    the closing, so that the parts add up to what was asked for.
    """
    ninth = max(round(minutes / 9), 1)
    comparing = ninth if len(scenarios) > 1 else 0
    closing = min(max(ninth, 5), minutes // 3)
    each = (minutes - ninth - comparing - closing) // len(scenarios)
    parts = {steps.WELCOME: ninth, **dict.fromkeys(scenarios, each)}
    if comparing:
        parts[steps.COMPARISON_PART] = comparing
    parts[steps.CLOSING_PART] = minutes - sum(parts.values())
    return {part: 60 * planned for part, planned in parts.items()}


def part_budget(session: Session) -> int:
    """Seconds for the part that the session is in."""
    planned = budgets(session.started.minutes, session.started.scenarios)
    return planned.get(session.part, 0)


def has_time(session: Session, story: str, ahead: float, now: int) -> bool:
    """Whether a scenario has time for a full round now, with so many decisions ahead of it.

    The others are counted as shows of hands.
    """
    planned = budgets(session.started.minutes, session.started.scenarios).get(story, 0)
    left = planned - at_time(session, now).used.get(story, 0) / 1000
    quick = max(ahead - 1, 0) * steps.QUICK_ROUND
    return left >= (steps.FULL_ROUND + quick) * steps.scale(planned)


def timer(session: Session, now: int) -> Timer:
    """The step's timer as it stands now."""
    planned = steps.usual_seconds(session.step, session.form, part_budget(session))
    planned += session.extra // 1000
    used = at_time(session, now).step // 1000
    left = planned - used
    said = "The timer is paused." if session.paused else left_words(left)
    if not planned:  # the last step: nothing runs out any more
        said = ""
    return Timer(planned, used, left, session.paused, said)


def agenda(
    session: Session,
    titles: Mapping[str, str],
    now: int,
    share: tuple[float, float] = (0.0, 1.0),
) -> Agenda:
    """The plan as it stands now.

    `share` is how much of a scenario lies behind, before and after the decision under way: while
    the time used is between the two, the scenario is on time.
    """
    times = at_time(session, now)
    planned = budgets(session.started.minutes, session.started.scenarios)
    order = list(planned)
    current = order.index(session.part) if session.part in planned else 0
    parts = tuple(
        Part(
            part,
            titles.get(part, part),
            budget,
            times.used.get(part, 0) // 1000,
            "now" if place == current else "done" if place < current else "ahead",
        )
        for place, (part, budget) in enumerate(planned.items())
    )
    drift = sum(part.used - part.budget for part in parts if part.state == "done")
    now_part = parts[current]
    behind = now_part.used - share[1] * now_part.budget
    ahead = now_part.used - share[0] * now_part.budget
    drift += round(max(behind, 0) + min(ahead, 0))
    return Agenda(
        session.started.minutes,
        times.elapsed // 1000,
        parts,
        drift,
        drift_words(drift),
        _lost_words(times.lost // 1000),
    )


def left_words(left: int) -> str:
    """What is left of a step, as a sentence."""
    if left >= NEARLY:
        return f"About {minutes_words(left)} left."
    if left > 0:
        return "Less than a minute left."
    if left > -ON_TIME:
        return "The time is over. Take what you need, or go on."
    return f"{minutes_words(-left).capitalize()} over. Take what you need, or go on."


def drift_words(drift: int) -> str:
    """Ahead, behind or on time, as a sentence."""
    if abs(drift) < ON_TIME:
        return "On time."
    return f"About {minutes_words(abs(drift))} {'behind' if drift > 0 else 'ahead'}."


def minutes_words(seconds: int) -> str:
    """Seconds as whole minutes in words: "1 minute", "4 minutes"."""
    minutes = max(round(seconds / 60), 1)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _lost_words(lost: int) -> str:
    if lost < LONG_PAUSE:
        return ""
    return (
        "The clock of this machine jumped or the session rested for a while; "
        f"{minutes_words(lost)} are not counted."
    )
