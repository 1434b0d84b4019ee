"""What changes while playing, and what a face may show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue_game.core.course import Reference
from dialogue_game.core.story import Detail, Mark, Value


@dataclass(frozen=True, slots=True)
class State:
    """Everything that changes, a fold over events.

    At most one of `scene` and `ending` is empty. `chosen` holds `scene.choice` paths.
    """

    scene: str
    ending: str
    variables: Mapping[str, Value]
    visited: frozenset[str]
    chosen: frozenset[str]
    decisions: int = 0

    @property
    def ended(self) -> bool:
        """Whether an ending has been reached."""
        return bool(self.ending)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as offered now: available, or locked and why."""

    id: str
    text: str
    available: bool = True
    locked: str = ""


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

    In an ending there are no options, and `ending` and `ending_kind` are set. `decision` counts
    the decisions made so far.
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


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the player reads after choosing, and the coaching that belongs to it."""

    scene: str
    choice: str
    choice_text: str
    text: tuple[str, ...]
    marks: tuple[Mark, ...]
    references: tuple[Reference, ...]
