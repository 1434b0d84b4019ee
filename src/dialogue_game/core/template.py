"""Texts with holes: `{variable}`, and `{if condition: text|otherwise}` inside a sentence.

`{{` and `}}` are braces, `||` is a bar inside a branch. A branch may show variables and holds no
further condition. What cannot be read as a hole is text as it stands; the loader has said so.

What is shown of a story in a state: texts with their holes filled, exhibits, options in order.

The order of shuffled options is a function of seed, scene and choice, and of nothing else, so
that any language can do the same: FNV-1a over the UTF-8 bytes of "seed/scene/choice", 32 bits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from dialogue_game.core.clock import Clock
from dialogue_game.core.expressions import holds
from dialogue_game.core.state import ShownExhibit, State
from dialogue_game.core.story import (
    Detail,
    Exhibit,
    Option,
    Paragraph,
    Scene,
    Story,
    Value,
    varies,
)

_OPENING: Final = re.compile(r"\{if\s")
_FAR: Final = 1_000
"""Letters within which a condition ends; it may have half as many."""
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|:")


@dataclass(frozen=True, slots=True)
class Shown:
    """A variable's value."""

    name: str


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece that depends on a condition. `offset` is where that stands in the text."""

    condition: str
    then: tuple[str | Shown, ...]
    otherwise: tuple[str | Shown, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Broken:
    """What looks like a condition and is none: where, and what is missing."""

    offset: int
    message: str
    advice: str


Piece = str | Shown | Inline
H = TypeVar("H", bound="Shown | Inline")
"""A hole in a text."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text in pieces, and what of it could not be read."""

    pieces: tuple[Piece, ...]
    broken: tuple[Broken, ...] = ()


@cache
def template(text: str) -> Template:
    """A text in pieces."""
    return _TemplateReader(text).read()


def names_shown(text: str) -> tuple[str, ...]:
    """The variables that a text shows, in order."""
    if "{" not in text:
        return ()
    return tuple(
        piece.name for piece in _flat(template(text).pieces) if isinstance(piece, Shown)
    )


def conditions_in(text: str) -> tuple[Inline, ...]:
    """The pieces of a text that depend on a condition, in order."""
    if "{if" not in text:
        return ()
    return tuple(piece for piece in template(text).pieces if isinstance(piece, Inline))


def literal(text: str) -> str:
    """The text so written that its `{if …}` is shown as it stands, as format 1 means it."""
    return _OPENING.sub(lambda found: "{" + found[0], text)


def rendered(
    text: str,
    variables: Mapping[str, Value],
    seen: Set[str],
    taken: Set[str],
    clock: Clock | None = None,
) -> str:
    """The text with its holes filled."""
    if not varies(text):
        return text
    parts: list[str] = []
    for piece in template(text).pieces:
        if isinstance(piece, Inline):
            held = holds(piece.condition, variables, seen, taken)
            branch = piece.then if held else piece.otherwise
            parts += [_filled(part, variables, clock) for part in branch]
        else:
            parts.append(_filled(piece, variables, clock))
    return "".join(parts)


def _filled(
    piece: str | Shown, variables: Mapping[str, Value], clock: Clock | None
) -> str:
    if isinstance(piece, str):
        return piece
    value = variables.get(piece.name, "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if clock is not None and isinstance(value, int | float) and clock.shows(piece.name):
        return clock.text(value)
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    """A number without an exponent, and without a point where it is whole."""
    if value.is_integer():
        return str(int(value))
    from decimal import Decimal

    return format(Decimal(repr(value)), "f")


def _flat(pieces: tuple[Piece, ...]) -> Iterator[str | Shown]:
    for piece in pieces:
        if isinstance(piece, Inline):
            yield from (*piece.then, *piece.otherwise)
        else:
            yield piece


def _joined(pieces: Iterable[H | str]) -> tuple[H | str, ...]:
    """The pieces, with letters that stand beside each other as one text."""
    found: list[H | str] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


class _TemplateReader:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.broken: list[Broken] = []

    def read(self) -> Template:
        pieces: list[Piece] = []
        while self.at < len(self.text):
            opening = _OPENING.match(self.text, self.at)
            inline = self._inline(opening.end()) if opening else None
            pieces.append(self._next() if inline is None else inline)
        return Template(_joined(pieces), tuple(self.broken))

    def _next(self) -> str | Shown:
        """The next letter, brace or variable."""
        text, at = self.text, self.at
        if text[at : at + 2] in ("{{", "}}"):
            self.at += 2
            return text[at]
        end = text.find("}", at) if text[at] == "{" else -1
        name = text[at + 1 : end] if end > 0 else ""
        if name.isidentifier():
            self.at = end + 1
            return Shown(name)
        self.at += 1
        return text[at]

    def _inline(self, start: int) -> Inline | None:
        """The condition and branches that begin here, or None where it is not one."""
        opened = self.at
        near = _QUOTED.finditer(self.text, start, start + _FAR)
        colon = next((m.start() for m in near if m[0] == ":"), -1)
        if colon < 0:
            message = "This “{if” has no colon after its condition."
            self._refuse(opened, message, "Write {if condition: text} or {if …: a|b}.")
            return None
        self.at = colon + 1
        if self.text[self.at : self.at + 1] == " ":
            self.at += 1
        then, ended = self._branch("|}")
        otherwise: tuple[str | Shown, ...] = ()
        if ended == "|":
            otherwise, ended = self._branch("}")
        if ended != "}":
            message = "This “{if” is never closed."
            if ended == "{":
                message = "A condition inside a condition's text is not read."
            elif ended == "|":
                message = "This “{if” has a second bar."
            advice = "Close it with }; write || for a bar, {{ and }} for braces."
            self._refuse(opened, message, advice)
            return None
        condition = self.text[start:colon]
        return Inline(condition.strip(), then, otherwise, start)

    def _branch(self, ends: str) -> tuple[tuple[str | Shown, ...], str]:
        """The pieces up to one of `ends`, and what ended them ("" where the text did)."""
        pieces: list[str | Shown] = []
        while self.at < len(self.text):
            here = self.text[self.at]
            if self.text.startswith("||", self.at):
                pieces.append("|")
                self.at += 2
                continue
            doubled = self.text[self.at : self.at + 2] in ("{{", "}}")
            if not doubled and (here in "|}" or _OPENING.match(self.text, self.at)):
                if here in ends:
                    self.at += 1
                return _joined(pieces), here
            pieces.append(self._next())
        return _joined(pieces), ""

    def _refuse(self, opened: int, message: str, advice: str) -> None:
        self.broken.append(Broken(opened, message, advice))
        self.at = opened


PEOPLE_FIELDS = frozenset({"from", "to", "cc", "author", "credit"})
"""Exhibit fields that may name a member of the cast."""
_OFFSET: Final = 2166136261
_PRIME: Final = 16777619
SEEDS: Final = 2**32
"""Seeds are unsigned numbers of 32 bits; 0 stands for the author's order."""


def shown(story: Story, state: State, text: str) -> str:
    """A text with its variables and conditions filled in."""
    return rendered(text, state.variables, state.visited, state.chosen, story.clock)


def paragraphs(
    story: Story, paragraphs: tuple[Paragraph, ...], state: State
) -> tuple[str, ...]:
    """The paragraphs whose condition holds; one that comes out empty is left out."""
    variables, seen, taken = state.variables, state.visited, state.chosen
    return tuple(
        [
            text
            for paragraph in paragraphs
            if not paragraph.when or holds(paragraph.when, variables, seen, taken)
            if (text := rendered(paragraph.text, variables, seen, taken, story.clock))
        ]
    )


def exhibits(story: Story, scene: Scene, state: State) -> tuple[ShownExhibit, ...]:
    """The exhibits that are there now."""
    seen: Set[str] = state.visited
    return tuple(
        _exhibit(story, exhibit, state)
        for exhibit in scene.exhibits
        if holds(exhibit.when, state.variables, seen, state.chosen)
    )


def _exhibit(story: Story, exhibit: Exhibit, state: State) -> ShownExhibit:
    def filled(fields: Mapping[str, str]) -> dict[str, str]:
        texts: dict[str, str] = {}
        for name, text in fields.items():
            if name in PEOPLE_FIELDS:
                member = story.cast.get(text)
                if name == "author" and member is not None and member.handle:
                    texts["handle"] = f"@{member.handle}"
                texts[name] = story.name_of(shown(story, state, text))
            else:
                texts[name] = shown(story, state, text)
        return texts

    return ShownExhibit(
        exhibit.id,
        exhibit.kind,
        shown(story, state, exhibit.alt),
        filled(exhibit.fields),
        tuple(filled(item) for item in exhibit.items),
        tuple(
            Detail(d.id, shown(story, state, d.look), shown(story, state, d.text))
            for d in exhibit.details
        ),
    )


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of a text's UTF-8 bytes."""
    value = _OFFSET
    for byte in text.encode():
        value = (value ^ byte) * _PRIME % 2**32
    return value


def shuffled(options: Sequence[Option], scene: str, seed: int) -> tuple[Option, ...]:
    """The options in the order that a seed gives them; ties stay in the author's order."""
    return tuple(
        sorted(options, key=lambda option: fnv1a(f"{seed}/{scene}/{option.id}"))
    )
