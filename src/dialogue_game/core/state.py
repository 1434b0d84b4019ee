"""What changes while playing, and what a face may show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogue_game.core.course import Reference
from dialogue_game.core.story import Choice, Cost, Detail, Mark, Option, Value


@dataclass(frozen=True, slots=True)
class Score:
    """The profile so far, as far as a story's conditions read it.

    `unrepaired` are the guidelines that were breached and not repaired since.
    """

    earned: int = 0
    at_stake: int = 0
    unrepaired: frozenset[str] = frozenset()

    @property
    def percent(self) -> int:
        """Whole per cent earned of what was at stake, rounded down; 100 where nothing was."""
        return 100 * self.earned // self.at_stake if self.at_stake else 100

    def after(self, chosen: Choice, offered_worths: Sequence[int]) -> Score:
        """The score after one more decision, given what each option offered was worth."""
        unrepaired = set(self.unrepaired)
        for mark in chosen.marks:
            if mark.word == "breaches":
                unrepaired.add(mark.guideline)
            elif mark.weight > 0:
                unrepaired.discard(mark.guideline)
        least, most = min(offered_worths), max(offered_worths)
        return Score(
            self.earned + chosen.worth - least,
            self.at_stake + most - least,
            frozenset(unrepaired),
        )


@dataclass(frozen=True, slots=True)
class State:
    """Everything that changes, a fold over events.

    At most one of `scene` and `ending` is empty. `chosen` holds `scene.choice` paths. `seed`
    decides the order in which shuffled options are shown; `score` is kept where the story asks.
    """

    scene: str
    ending: str
    variables: Mapping[str, Value]
    visited: frozenset[str]
    chosen: frozenset[str]
    decisions: int = 0
    seed: int = 0
    score: Score | None = None

    @property
    def ended(self) -> bool:
        """Whether an ending has been reached."""
        return bool(self.ending)


@dataclass(frozen=True, slots=True)
class ShownExhibit:
    """An exhibit with its variables filled in and its people named."""

    id: str
    kind: str
    alt: str
    fields: Mapping[str, str]
    items: tuple[Mapping[str, str], ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a face may show now; a frozen value.

    In an ending there are no options, and `ending` and `ending_kind` are set. On a continue page
    there are none either, and `continues` is true. `stub` tells that nothing is written from here
    on. `decision` counts the decisions made so far; `settled` is what the rule settles here.
    """

    story: str
    scene: str
    title: str
    text: tuple[str, ...]
    exhibits: tuple[ShownExhibit, ...]
    options: tuple[Option, ...]
    as_: str = ""
    group: str = ""
    discuss: tuple[str, ...] = ()
    decision: int = 0
    ending: str = ""
    ending_kind: str = ""
    continues: bool = False
    stub: bool = False
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the player reads after choosing, and the coaching that belongs to it.

    `coaching` is the choice's own caveat, `settled` what the rule settles in its scene,
    `defensible` that a reasonable colleague could take it. `cost` is there where the consequence
    itself says what the act costs; one that falls due later is not told yet.
    """

    scene: str
    choice: str
    choice_text: str
    text: tuple[str, ...]
    marks: tuple[Mark, ...]
    references: tuple[Reference, ...]
    coaching: str = ""
    settled: str = ""
    defensible: bool = False
    cost: Cost | None = None
