"""What the room may see: a frozen value, and nothing else is ever put on the shared screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue_game.app.session.agenda import Agenda, Timer
from dialogue_game.core.course import Contact, EvaluationForm
from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.story import Picture


@dataclass(frozen=True, slots=True)
class SharedOption:
    """An option with the letter of its card; a locked one has no letter, and says why."""

    letter: str
    id: str
    text: str
    available: bool
    locked: str


@dataclass(frozen=True, slots=True)
class Ballots:
    """How many ballots are in, in which round, and how they are cast.

    `kept` is the round that is closed already at this step, after a step back; 0 without.
    """

    round: int
    mode: str
    cast: int
    headcount: int
    said: str
    kept: int = 0


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A closed round as it may be shown: counts by letter, none where ballots are few."""

    number: int
    mode: str
    ballots: int
    counts: Mapping[str, int]
    leading: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class ShownMark:
    """One line of coaching: the word, the guideline's name, the why."""

    word: str
    guideline: str
    why: str


@dataclass(frozen=True, slots=True)
class OtherPath:
    """A decision (its number from 1) that can be taken anew, and the options not taken.

    `wanted` is the letter that most of the others chose in the last round, "" where there was no
    round, too few ballots to name more than the leading option, or no single one.
    """

    decision: int
    title: str
    options: tuple[SharedOption, ...]
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class PathLine:
    """One path the group took: its scenario, its ending, and the profile in words."""

    story: str
    title: str
    ending: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedGuideline:
    """One guideline on several paths: its number, its name with it, a verdict for each path."""

    number: int
    name: str
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleCard:
    """What a scenario opens with: its question, whose eyes the room sees with, who is who."""

    question: str
    eyes: str
    people: tuple[str, ...]
    cover: Picture | None = None


@dataclass(frozen=True, slots=True)
class SharedView:
    """Everything the shared screen holds now; `shown` names the parts that are on it.

    `card` is what comes before the first scene of a scenario. Where paths are side by side, their
    endings stand in `roads`, what parted them in `parted`, their profiles in `compared`.

    While the screen is blanked everything but the step's id is empty.
    """

    session: str
    step: str
    blanked: bool = False
    title: str = ""
    said: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    scenario: str = ""
    story: str = ""
    scenario_number: int = 0
    scenarios: int = 0
    decision: int = 0
    progress: str = ""
    card: TitleCard | None = None
    form: str = ""
    scene: str = ""
    scene_title: str = ""
    as_: str = ""
    text: tuple[str, ...] = ()
    exhibits: tuple[ShownExhibit, ...] = ()
    options: tuple[SharedOption, ...] = ()
    ballots: Ballots | None = None
    questions: tuple[str, ...] = ()
    rounds: tuple[ShownRound, ...] = ()
    shift: tuple[str, ...] = ()
    minority: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    settled: SharedOption | None = None
    rule: str = ""
    consequence: tuple[str, ...] = ()
    coaching: tuple[ShownMark, ...] = ()
    coaching_notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    ending: str = ""
    ending_kind: str = ""
    other_roads: tuple[OtherPath, ...] = ()
    roads: tuple[PathLine, ...] = ()
    parted: tuple[str, ...] = ()
    compared: tuple[ComparedGuideline, ...] = ()
    takeaways: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    evaluation: EvaluationForm | None = None
    timer: Timer | None = None
    agenda: Agenda | None = None
    paused: bool = False
    rehearsal: bool = False
    ended: bool = False
