"""A story as authored: scenes, exhibits, choices, endings. Immutable once loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from dialogue_game.core.course import Guideline, Reference

Value = bool | int | float | str
"""What a variable may hold: a flag, a number or a word."""

MarkWord = Literal["models", "upholds", "strains", "breaches"]
MARK_WEIGHTS: Final[Mapping[str, int]] = {"models": 2, "upholds": 1, "strains": -1, "breaches": -2}
"""What each word counts for (the key of the score, version 1)."""

SCORE_KEY_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text, shown when its condition holds (an empty condition always does)."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """What a careful eye finds in an exhibit: where to look, and what is there."""

    id: str
    look: str
    text: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Something the player looks at.

    `kind` is one of the kinds of the format; `fields` its texts by name, `items` the posts of a
    thread or the messages of a chat, in order.
    """

    id: str
    kind: str
    fields: Mapping[str, str]
    alt: str = ""
    items: tuple[Mapping[str, str], ...] = ()
    details: tuple[Detail, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a choice does to one guideline, in a word, and why."""

    guideline: str
    word: MarkWord
    why: str

    @property
    def weight(self) -> int:
        """Between +2 (models) and -2 (breaches)."""
        return MARK_WEIGHTS[self.word]


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a choice leads when its condition holds."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as authored. `when` guards it; `locked` says why it is not available."""

    id: str
    text: str
    consequence: tuple[Paragraph, ...]
    goto: tuple[Branch, ...]
    marks: tuple[Mark, ...] = ()
    references: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    when: str = ""
    locked: str = ""
    tonal: bool = False
    status: str = ""
    todo: str = ""

    @property
    def worth(self) -> int:
        """The sum of its marks."""
        return sum(mark.weight for mark in self.marks)


class Remembered:
    """Room for what the engine works out about a scene once; no part of the scene's value."""

    __slots__ = ("fixed",)

    fixed: Any


@dataclass(frozen=True, slots=True)
class Scene(Remembered):
    """Text and exhibits that the player reads, then chooses from."""

    id: str
    title: str
    text: tuple[Paragraph, ...]
    choices: Mapping[str, Choice]
    exhibits: tuple[Exhibit, ...] = ()
    as_: str = ""
    group: str = ""
    discuss: tuple[str, ...] = ()
    notes: str = ""
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a playthrough stops."""

    id: str
    kind: str
    title: str
    text: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person of the story."""

    id: str
    name: str
    role: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class TransferOption:
    """One answer to a transfer item; several may be sound."""

    text: str
    why: str
    sound: bool


@dataclass(frozen=True, slots=True)
class TransferItem:
    """A new situation for a guideline met in the story; asked later, never scored."""

    id: str
    guideline: str
    situation: str
    options: tuple[TransferOption, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file in the course's own folder under `assets/`, and what a glance shows."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Story:
    """One authored story, complete in itself: it carries the guidelines and references it needs.

    `edition` is the digest of its exact text. Ids of scenes and endings share one namespace.
    """

    id: str
    title: str
    kind: str
    start: str
    scenes: Mapping[str, Scene]
    endings: Mapping[str, Ending]
    variables: Mapping[str, Value] = field(default_factory=dict)
    guidelines: Mapping[str, Guideline] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    cast: Mapping[str, CastMember] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    transfer: Mapping[str, TransferItem] = field(default_factory=dict)
    resources: tuple[str, ...] = ()
    summary: str = ""
    question: str = ""
    status: str = "drafted"
    reviewers: tuple[str, ...] = ()
    minutes: int = 0
    cover: Picture | None = None
    course: str = ""
    edition: str = ""

    @property
    def scored(self) -> bool:
        """Whether marks count: in scenarios only."""
        return self.kind == "scenario"

    def choices(self) -> Iterator[tuple[Scene, Choice]]:
        """Every choice with its scene, in the author's order."""
        for scene in self.scenes.values():
            for choice in scene.choices.values():
                yield scene, choice

    def name_of(self, person: str) -> str:
        """A cast member's name, or the text itself where it is no id of the cast."""
        member = self.cast.get(person)
        return member.name if member else person
