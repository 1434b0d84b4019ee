"""A story as authored: scenes, exhibits, choices, endings. Immutable once loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal

from dialogue_game.core.clock import Clock
from dialogue_game.core.course import Guideline, Reference

Value = bool | int | float | str
"""What a variable may hold: a flag, a number or a word."""

MarkWord = Literal["models", "upholds", "strains", "breaches"]
MARK_WEIGHTS: Final[Mapping[str, int]] = {
    "models": 2,
    "upholds": 1,
    "strains": -1,
    "breaches": -2,
}
"""What each word counts for (the key of the score)."""

UNREPAIRED: Final = "unrepaired("
"""How the names begin of what conditions read of breaches: `unrepaired(g6)`, `unrepaired()`."""

CONTINUE: Final = ""
"""The id, among a scene's transitions, of reading on from a continue page."""

Stance = Literal["", "consult", "retreat", "bold", "wait", "act"]
"""What kind of move an option is, in its author's word; never shown while choosing."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text, shown when its condition holds (an empty condition always does).

    `fragment` names the shared text that it was taken from.
    """

    text: str
    when: str = ""
    fragment: str = ""


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
    thread or the messages of a chat, in order. `shared` names the shared exhibit that it is.
    """

    id: str
    kind: str
    fields: Mapping[str, str]
    alt: str = ""
    items: tuple[Mapping[str, str], ...] = ()
    details: tuple[Detail, ...] = ()
    when: str = ""
    shared: str = ""


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
class Cost:
    """What an act costs and whom. `due` are the scenes and endings whose text says so.

    Without `due` the choice's own consequence says it. No mark comes with it.
    """

    text: str
    person: str = ""
    due: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as authored.

    `when` guards it; `locked` says why it is not available, and without that it is not shown.
    `takes` are minutes on the story's clock; its effects hold them already.
    """

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
    takes: int = 0
    cost: Cost | None = None
    coaching: str = ""
    stance: Stance = ""
    defensible: bool = False

    @property
    def worth(self) -> int:
        """The sum of its marks."""
        return sum(mark.weight for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as offered now: available, or locked and why."""

    id: str
    text: str
    available: bool = True
    locked: str = ""


def varies(text: str) -> bool:
    """Whether a text is shown in other letters than it is written in."""
    return "{" in text or "}" in text


class _Built:
    """A value that works something out when it is built, and so is copied by building it again."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is copied: made anew from its fields."""
        return type(self), tuple(getattr(self, f.name) for f in fields(self))  # type: ignore[arg-type]


class _SceneConstants(_Built):
    """What no state can change in a scene, worked out when it is built; None where one can.

    Slots and not fields, because they are no part of a scene's value, nor of its file: `plain_text`
    and `plain_options` as they are shown, and `leads`, the one place each choice leads to.
    """

    __slots__ = ("leads", "plain_options", "plain_text")

    plain_text: tuple[str, ...] | None
    plain_options: tuple[Option, ...] | None
    leads: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Scene(_SceneConstants):
    """Text and exhibits that the player reads, then chooses from.

    A *continue page* has `goto` and no choices: it is read, and the play goes on. A *stub* has
    neither: it is not written yet. `first_enter` and `enter` are effects of coming here, the
    first time only and every time.
    """

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
    goto: tuple[Branch, ...] = ()
    enter: tuple[str, ...] = ()
    first_enter: tuple[str, ...] = ()
    shuffled: bool = False
    settled: str = ""

    def __post_init__(self) -> None:
        """Work out what no state can change."""
        choices = self.choices.values()
        plain = not any(part.when or varies(part.text) for part in self.text)
        offered = not any(c.when or varies(c.text) for c in choices)
        certain = not any(
            c.when or c.effects or not c.goto or c.goto[0].when for c in choices
        )
        fill = object.__setattr__
        fill(
            self,
            "plain_text",
            tuple([part.text for part in self.text]) if plain else None,
        )
        options = tuple([Option(c.id, c.text) for c in choices]) if offered else None
        fill(self, "plain_options", options)
        fill(self, "leads", {c.id: c.goto[0].to for c in choices} if certain else None)

    @property
    def continues(self) -> bool:
        """Whether it is a continue page: read, and on."""
        return bool(self.goto) and not self.choices

    @property
    def reading_on(self) -> Choice:
        """What a continue page offers, as a choice without an id."""
        return Choice(CONTINUE, "", (), self.goto)

    @property
    def transitions(self) -> tuple[Choice, ...]:
        """Its choices; or reading on, where it is a continue page."""
        return (self.reading_on,) if self.continues else tuple(self.choices.values())

    @property
    def stub(self) -> bool:
        """Whether it is not written yet: nothing leads on from here."""
        return not self.goto and not self.choices


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a playthrough stops. `enter` are the effects of getting there."""

    id: str
    kind: str
    title: str
    text: tuple[Paragraph, ...]
    enter: tuple[str, ...] = ()

    @property
    def stub(self) -> bool:
        """Whether it is not written yet."""
        return not self.text


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


class _StoryConstants(_Built):
    """What a story begins with, worked out when it is built; no part of its value.

    `initial` are its variables, its clock and named times, and what it reads of the profile.
    `entering` tells that some scene does something on entering.
    """

    __slots__ = ("entering", "initial")

    initial: Mapping[str, Value]
    entering: bool


@dataclass(frozen=True, slots=True)
class Story(_StoryConstants):
    """One authored story, complete in itself: it carries the guidelines and references it needs.

    `edition` is the digest of its exact text. Ids of scenes and endings share one namespace.
    `tracks` names what its conditions and texts read of the profile so far: `earned`, `decisions`,
    `unrepaired(g6)`, `unrepaired()`.
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
    clock: Clock | None = None
    tracks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Work out what it begins with."""
        initial = dict(self.variables)
        if self.clock is not None:
            initial.update(self.clock.times)
            initial["clock"] = self.clock.start
        for fact in self.tracks:
            initial[fact] = _FIRST.get(fact, False)
        entering = any(
            scene.enter or scene.first_enter for scene in self.scenes.values()
        )
        object.__setattr__(self, "initial", initial)
        object.__setattr__(self, "entering", entering)

    @property
    def scored(self) -> bool:
        """Whether marks count: in scenarios only."""
        return self.kind == "scenario"

    def choices(self) -> Iterator[tuple[Scene, Choice]]:
        """Every choice with its scene, in the author's order."""
        for scene in self.scenes.values():
            for choice in scene.choices.values():
                yield scene, choice

    def transitions(self) -> Iterator[tuple[Scene, Choice]]:
        """Every choice, then reading on from every continue page, as a choice without an id."""
        yield from self.choices()
        for scene in self.scenes.values():
            if scene.continues:
                yield scene, scene.reading_on

    @property
    def titled(self) -> bool:
        """Whether it opens with a title card: it puts a question, or has a cover."""
        return bool(self.question or self.cover)

    def name_of(self, person: str) -> str:
        """A cast member's name, or the text itself where it is no id of the cast."""
        member = self.cast.get(person)
        return member.name if member else person


_FIRST: Final[Mapping[str, Value]] = {"earned": 100, "decisions": 0}
