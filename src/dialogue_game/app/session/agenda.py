"""A session's plan and its clock: what is prepared, a budget for each part, the step's timer.

Nothing here ever stops anyone: a timer that has run out says so, and waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dialogue_game.app.session.session_texts import TITLES
from dialogue_game.app.session.sessions import place_of
from dialogue_game.core.course import Course, StoryEntry
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import MIN_PEOPLE
from dialogue_game.core.session.session_events import SessionStarted
from dialogue_game.core.session.session_state import Session, at_time
from dialogue_game.core.text import counted, safe
from dialogue_game.errors import NotFound, SessionInvalid

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
    return counted(minutes, "minute")


def _lost_words(lost: int) -> str:
    if lost < LONG_PAUSE:
        return ""
    return (
        "The clock of this machine jumped or the session rested for a while; "
        f"{minutes_words(lost)} are not counted."
    )


LEAST_MINUTES: Final = 10
MOST_MINUTES: Final = 480
MOST_PEOPLE: Final = 10_000
USUAL_MINUTES: Final = 90
LONGEST_NAME: Final = 120
SHORT: Final = 60
"""Minutes below which one scenario is enough."""
LEAST_SCENARIO: Final = 15 * 60
"""Seconds below which a scenario has no room for talk."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the leader reads and sends before a session, each a list of paragraphs."""

    title: str
    agenda: tuple[str, ...]
    advice: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    invitation: str


def plan(
    course: Course,
    scenarios: Sequence[str] = (),
    headcount: int = 10,
    minutes: int = USUAL_MINUTES,
    entity: str = "",
    leader: str = "",
    *,
    rehearsal: bool = False,
) -> SessionStarted:
    """A session as asked for. Without scenarios: the first two, or one where time is short.

    Raises SessionInvalid for numbers no room has, NotFound for scenarios that are not there.
    """
    if not 1 <= headcount <= MOST_PEOPLE:
        raise SessionInvalid(
            f"A session needs between 1 and {MOST_PEOPLE:,} people.",
            "For example: --headcount 12",
        )
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise SessionInvalid(
            f"A session takes between {LEAST_MINUTES} and {MOST_MINUTES} minutes.",
            "For example: --minutes 90, or 30 with one scenario",
        )
    usual = 2 if minutes >= SHORT else 1
    chosen = tuple(scenarios) or tuple(e.id for e in playable(course)[:usual])
    return SessionStarted(
        course.id,
        line(entity),
        line(leader),
        headcount,
        minutes,
        _checked(course, chosen),
        rehearsal,
        place_of(course),
    )


def playable(course: Course) -> tuple[StoryEntry, ...]:
    """The scenarios of the course that a group can play."""
    return tuple(e for e in course.stories if e.kind == "scenario" and not e.coming)


def advice(planned: SessionStarted) -> tuple[str, ...]:
    """What is worth knowing before this session begins."""
    said = []
    each = budgets(planned.minutes, planned.scenarios)[planned.scenarios[0]]
    count = len(planned.scenarios)
    if each < LEAST_SCENARIO and count > 1:
        said.append(
            f"{count} scenarios in {planned.minutes} minutes leave {minutes_words(each)} for "
            "each. Fewer scenarios leave more time to talk."
        )
    if count == 1 and planned.minutes >= USUAL_MINUTES:
        said.append("A session of 90 minutes has room for two scenarios at least.")
    if planned.headcount < MIN_PEOPLE:
        said.append(
            "With fewer than five ballots only the leading option is ever shown, so that nobody "
            "can be told from a count."
        )
    if planned.headcount > 40:
        said.append("In a large room, let people talk in groups of three or four.")
    return tuple(said)


def preparation(course: Course, planned: SessionStarted) -> Preparation:
    """The leader's page: agenda, the course's steps, needs to ask for, an invitation to copy."""
    parts = budgets(planned.minutes, planned.scenarios)
    titles = [_title(course, story) for story in planned.scenarios]
    named = {
        steps.WELCOME: "Welcome and ground rules",
        **dict(zip(planned.scenarios, titles, strict=True)),
        steps.COMPARISON_PART: "The scenarios side by side",
        steps.CLOSING_PART: "Closing and evaluation",
    }
    agenda = tuple(
        f"{minutes_words(seconds)}: {named[part]}" for part, seconds in parts.items()
    )
    return Preparation(
        "Prepare your session",
        agenda,
        advice(planned),
        tuple((step.title, step.text) for step in course.steps),
        (
            "Which languages do people speak freely? Who can translate for a neighbour?",
            "Ask in private, and early, who has a need: a disability, working hours, anything.",
            f"Print the letter cards: {_sets(planned.headcount)}. Put your script on paper.",
            "Play the scenarios once yourself, or run a rehearsal: it keeps nothing.",
        ),
        _invitation(course, planned, titles),
    )


def _sets(people: int) -> str:
    return "one set" if people == 1 else f"{people} sets, one for each person"


def full_round(planned: SessionStarted) -> str:
    """How long a full decision takes in this session, and its steps."""
    each = budgets(planned.minutes, planned.scenarios)[planned.scenarios[0]]
    lengths = {
        step: steps.usual_seconds(step, steps.FULL, each) for step in steps.DECISION
    }
    listed = ", ".join(
        f"{TITLES[step]} {seconds // 60}:{seconds % 60:02}"
        for step, seconds in lengths.items()
    )
    return (
        f"A full decision takes about {minutes_words(sum(lengths.values()))}: {listed}."
    )


def _invitation(course: Course, planned: SessionStarted, titles: Sequence[str]) -> str:
    """A text to copy into an e-mail; what stands in brackets is for the leader to fill in."""
    listed = "\n".join(f"- {title}" for title in titles)
    reading = "\n".join(
        f"- {course.references[r].label}: {course.references[r].title}"
        for r in course.pre_reading
        if r in course.references
    )
    lead = planned.leader or "[your name]"
    before = f"\n\nPlease look at this before we meet:\n{reading}" if reading else ""
    return (
        f"Dear colleagues,\n\nI invite you to our talk: {course.title}\n"
        f"[date, time, place], about {planned.minutes} minutes.\n\n"
        f"We will play through:\n{listed}\n\n"
        "Nobody is graded, and no names are written down. Come with an example of your own, if "
        "you like. Use the language in which you speak freely; colleagues will help to "
        "translate.\n\nPlease tell me, in private, if you need anything to take part fully: "
        f"a need related to a disability, to working hours, or anything else.{before}\n\n{lead}"
    )


def line(text: str) -> str:
    """A name as typed: one clean line of reasonable length."""
    return " ".join(safe(text).split())[:LONGEST_NAME].strip()


def _title(course: Course, story: str) -> str:
    entry = course.entry(story)
    return entry.title if entry else story


def _checked(course: Course, chosen: tuple[str, ...]) -> tuple[str, ...]:
    known = [entry.id for entry in playable(course)]
    for story in chosen:
        if story not in known:
            from difflib import get_close_matches

            close = get_close_matches(story, known, n=1)
            hint = f"Did you mean “{close[0]}”? " if close else ""
            raise NotFound(
                f"There is no scenario “{story}” for a group.",
                f"{hint}There are: {', '.join(known)}.",
            )
    if len(set(chosen)) < len(chosen):
        raise SessionInvalid("A scenario is named twice.", "Name each scenario once.")
    if not chosen:
        raise SessionInvalid("This course has no scenario for a group.")
    return chosen
