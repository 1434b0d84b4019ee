"""A session's state: what is true of it now, and how time is counted.

Only the passing of time between one event and the next counts, and only where a clock can be
believed: time that runs backwards or leaps (a suspended machine, a clock that was set) counts for
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import Round
from dialogue_game.core.session.session_events import SessionStarted

MAX_GAP: Final = 60 * 60 * 1000
"""Milliseconds between two actions beyond which the machine, not the room, was away."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The option a group goes on with, and by which rule."""

    option: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A minority's reason, and the id of the option it speaks for ("" where that was not said)."""

    text: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """How many people were in the room from a moment on, in milliseconds of the session."""

    since: int
    people: int


@dataclass(frozen=True, slots=True)
class Deliberation:
    """One decision of a group: its rounds of ballots, its settlement, the minority's reasons.

    `path` is the number of the path it belongs to, from 0; `seen` how many of its rounds the room
    has been shown.
    """

    path: int
    scene: str
    form: str
    rounds: tuple[Round, ...] = ()
    settlement: Settlement | None = None
    reasons: tuple[Reason, ...] = ()
    seen: int = 0

    @property
    def open_round(self) -> Round | None:
        """The round that still takes ballots."""
        last = self.rounds[-1] if self.rounds else None
        return last if last and not last.closed else None

    @property
    def last_closed(self) -> Round | None:
        """The newest round that is closed."""
        return next((held for held in reversed(self.rounds) if held.closed), None)


@dataclass(frozen=True, slots=True)
class SessionPlaythrough:
    """A playthrough that the group leads: which, on which edition, and the choices made."""

    story: str
    edition: str
    playthrough: str
    choices: tuple[tuple[str, str], ...] = ()
    branched_from: str = ""
    branched_at: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """Time used, in milliseconds: in all, by part of the agenda, and in this step.

    `last` is what the clock said at the newest event; `lost` what no clock can vouch for.
    """

    last: int
    elapsed: int = 0
    step: int = 0
    lost: int = 0
    used: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """Everything about a session that changes, as of its newest event.

    `started` has the names as they are now. `counted` is the time used when the headcount was
    given, `earlier_headcounts` every one before it that stood while the group went on a step.
    """

    started: SessionStarted
    begun: int
    times: Times
    headcount: int
    counted: int = 0
    earlier_headcounts: tuple[Presence, ...] = ()
    step: str = steps.WELCOME
    extra: int = 0
    blanked: bool = False
    paused: bool = False
    ended: bool = False
    deliberations: tuple[Deliberation, ...] = ()
    paths: tuple[SessionPlaythrough, ...] = ()
    parked: tuple[str, ...] = ()
    takeaways: tuple[str, ...] = ()
    undo: tuple[Session, ...] = field(default=(), repr=False)
    """What the session was before each action of this step that can be taken back."""

    @property
    def present(self) -> tuple[Presence, ...]:
        """How many people were here over time; a slip that was mended before a step is none."""
        now = Presence(self.counted, self.headcount)
        last = self.earlier_headcounts[-1:]
        same = bool(last) and last[0].people == now.people
        return self.earlier_headcounts if same else (*self.earlier_headcounts, now)

    @property
    def most_people(self) -> int:
        """The largest number of people who were here."""
        return max(here.people for here in self.present)

    @property
    def scenario(self) -> int:
        """The number of the scenario that was begun last, from 1; 0 before the first."""
        return sum(1 for path in self.paths if not path.branched_from)

    @property
    def more_scenarios(self) -> bool:
        """Whether a scenario of the plan is still to come."""
        return self.scenario < len(self.started.scenarios)

    @property
    def part(self) -> str:
        """The part of the agenda that the step belongs to."""
        if self.step == steps.WELCOME:
            return steps.WELCOME
        if self.step == steps.COMPARISON:
            return steps.COMPARISON_PART
        if self.step in steps.CLOSING:
            return steps.CLOSING_PART
        planned = self.started.scenarios
        return planned[min(max(self.scenario, 1), len(planned)) - 1]

    @property
    def deciding(self) -> bool:
        """Whether the step is one of a decision's."""
        return self.step in steps.DECISION

    @property
    def open_round(self) -> Round | None:
        """The round of the decision under way that takes ballots now; None elsewhere."""
        return self.deliberation.open_round if self.deciding else None

    @property
    def deliberation(self) -> Deliberation:
        """The newest decision. Raises IndexError before the first one."""
        return self.deliberations[-1]

    @property
    def path(self) -> SessionPlaythrough:
        """The playthrough under way or ended last. Raises IndexError before the first one."""
        return self.paths[-1]

    @property
    def form(self) -> str:
        """How the newest decision is taken, "" before the first one."""
        return self.deliberations[-1].form if self.deliberations else ""

    @property
    def revealed(self) -> bool:
        """Whether the room may see the rounds: a step after the last one, and all are closed."""
        if not self.deciding or not self.deliberations or self.deliberation.open_round:
            return False
        shown = self.step in steps.REVEALED or (
            self.step == steps.SCENE and self.form == steps.HANDS
        )
        return shown and bool(self.deliberation.rounds)


def trusted_gap(last: int, now: int) -> tuple[int, int]:
    """The time that passed between two readings of a clock, and the time nobody can vouch for."""
    gap = now - last
    return (gap, 0) if 0 <= gap <= MAX_GAP else (0, abs(gap))


def at_time(session: Session, now: int) -> Times:
    """The session's times as they stand now."""
    if session.ended:
        return session.times
    times, part = session.times, session.part
    passed, lost = trusted_gap(times.last, now)
    return Times(
        now,
        times.elapsed + passed,
        times.step + (0 if session.paused else passed),
        times.lost + lost,
        {**times.used, part: times.used.get(part, 0) + passed},
    )
