"""What happened in a group's session: facts of a stream of kind "session", never altered.

Ballots are kept as counts by option, never by person. Texts are said by the room and written
without names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """A group sat down: who leads, how many there are, for how long, over which scenarios.

    Nobody but the leader is named. A rehearsal is a session on a store that keeps nothing. `place`
    is where the course stands, "" for the one that comes with the game.
    """

    course: str
    entity: str
    leader: str
    headcount: int
    minutes: int
    scenarios: tuple[str, ...]
    rehearsal: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class StepReached:
    """The room went on to a step. With `scene` a decision begins there, in that form.

    `form` is "full" (vote and talk) or "hands" (a quick show of hands).
    """

    step: str
    scene: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class PathOpened:
    """The decision that has just begun belongs to a new playthrough of this edition.

    `branched_from` is the playthrough that the group left to see the other path, `branched_at`
    how many of its decisions are shared.
    """

    story: str
    edition: str
    playthrough: str
    branched_from: str = ""
    branched_at: int = 0


@dataclass(frozen=True, slots=True)
class FormChosen:
    """The leader chose how this decision is taken: "full" or "hands"."""

    form: str


@dataclass(frozen=True, slots=True)
class BallotOpened:
    """A round of voting began, after any others of this decision."""

    mode: str


@dataclass(frozen=True, slots=True)
class BallotCast:
    """Ballots came in, by option; `added` to what is there, or else in its place."""

    counts: dict[str, int]
    added: bool = False


@dataclass(frozen=True, slots=True)
class BallotClosed:
    """The round that was open is closed and stays as it is."""


@dataclass(frozen=True, slots=True)
class CountCorrected:
    """A closed round had been miscounted: these are its ballots, by option."""

    round: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """The group goes on with this option, by this rule."""

    option: str
    rule: str


@dataclass(frozen=True, slots=True)
class MinorityReason:
    """What would have to be true for an option that few chose, in the room's words.

    `option` is its id, "" where it was not said.
    """

    text: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Parked:
    """Something for later, in the room's words."""

    text: str


@dataclass(frozen=True, slots=True)
class Takeaway:
    """Something the room takes home, in its words."""

    text: str


@dataclass(frozen=True, slots=True)
class Blanked:
    """The shared screen was blanked, or shown again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Extended:
    """The step got so many seconds more."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The latest action of this step, or the step itself, was taken back."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The step's timer was stopped, or goes on."""

    on: bool


@dataclass(frozen=True, slots=True)
class HeadcountChanged:
    """There are now so many people in the room."""

    headcount: int


@dataclass(frozen=True, slots=True)
class NamesChanged:
    """The record names this entity and this leader."""

    entity: str
    leader: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The group stood up; nothing comes after this."""


SessionEvent = (
    SessionStarted
    | StepReached
    | PathOpened
    | FormChosen
    | BallotOpened
    | BallotCast
    | BallotClosed
    | CountCorrected
    | Settled
    | MinorityReason
    | Parked
    | Takeaway
    | Blanked
    | Extended
    | Undone
    | Paused
    | HeadcountChanged
    | NamesChanged
    | SessionEnded
)
"""What a session's stream may hold."""
