"""What is shown of a story in a state: texts with placeholders, exhibits, options in order.

A text has placeholders, `{variable}`, and pieces that depend on a condition,
`{if condition: text|otherwise}`. `{{` and `}}` are braces, `||` is a bar inside a branch. A branch
may show variables and holds no further condition. What cannot be read is text as it stands; the
loader has said so.

The order of shuffled options is a function of seed, scene and choice, and of nothing else, so
that any language can do the same: FNV-1a over the UTF-8 bytes of "seed/scene/choice", 32 bits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
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
_MAX_CONDITION: Final = 1_000
"""Letters within which a condition ends; it may have half as many."""
_QUOTED_OR_COLON: Final = re.compile(r"'[^']*'|\"[^\"]*\"|:")

PEOPLE_FIELDS = frozenset({"from", "to", "cc", "author", "credit"})
"""Exhibit fields that may name a member of the cast."""
_FNV_OFFSET: Final = 2166136261
_FNV_PRIME: Final = 16777619
SEEDS: Final = 2**32
"""Seeds are unsigned numbers of 32 bits; 0 stands for the author's order."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A variable's value."""

    name: str


PlainPiece = str | Placeholder


@dataclass(frozen=True, slots=True)
class ConditionalText:
    """A piece that depends on a condition. `offset` is where that stands in the text."""

    condition: str
    then: tuple[PlainPiece, ...]
    otherwise: tuple[PlainPiece, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What looks like a condition and is none: where, and what is missing."""

    offset: int
    message: str
    advice: str


Piece = PlainPiece | ConditionalText
NonText = TypeVar("NonText", bound="Placeholder | ConditionalText")


@dataclass(frozen=True, slots=True)
class Template:
    """A text in pieces, and what of it could not be read."""

    pieces: tuple[Piece, ...]
    problems: tuple[TemplateProblem, ...] = ()


def shown_text(story: Story, state: State, text: str) -> str:
    """A text with its variables and conditions filled in."""
    return render(text, state.variables, state.visited, state.chosen, story.clock)


def shown_paragraphs(
    story: Story, paragraphs: tuple[Paragraph, ...], state: State
) -> tuple[str, ...]:
    """The paragraphs whose condition holds; one that comes out empty is left out."""
    variables, visited, chosen = state.variables, state.visited, state.chosen
    texts = []
    for paragraph in paragraphs:
        when = paragraph.when
        if when and not holds(when, variables, visited, chosen):
            continue
        text = render(paragraph.text, variables, visited, chosen, story.clock)
        if text:
            texts.append(text)
    return tuple(texts)


def shown_exhibits(
    story: Story, scene: Scene, state: State
) -> tuple[ShownExhibit, ...]:
    """The exhibits that are there now."""
    return tuple(
        _shown_exhibit(story, exhibit, state)
        for exhibit in scene.exhibits
        if holds(exhibit.when, state.variables, state.visited, state.chosen)
    )


def _shown_exhibit(story: Story, exhibit: Exhibit, state: State) -> ShownExhibit:
    items = [_shown_fields(story, item, state) for item in exhibit.items]
    details = []
    for detail in exhibit.details:
        look = shown_text(story, state, detail.look)
        details.append(Detail(detail.id, look, shown_text(story, state, detail.text)))
    return ShownExhibit(
        exhibit.id,
        exhibit.kind,
        shown_text(story, state, exhibit.alt),
        _shown_fields(story, exhibit.fields, state),
        tuple(items),
        tuple(details),
    )


def _shown_fields(
    story: Story, fields: Mapping[str, str], state: State
) -> dict[str, str]:
    """The texts of an exhibit or of one of its items, its people named."""
    texts: dict[str, str] = {}
    for name, text in fields.items():
        member = story.cast.get(text) if name == "author" else None
        if member is not None and member.handle:
            texts["handle"] = f"@{member.handle}"
        shown = shown_text(story, state, text)
        texts[name] = story.name_of(shown) if name in PEOPLE_FIELDS else shown
    return texts


def shuffled_options(
    options: Sequence[Option], scene: str, seed: int
) -> tuple[Option, ...]:
    """The options in the order that a seed gives them; ties stay in the author's order."""

    def place(option: Option) -> int:
        return fnv1a(f"{seed}/{scene}/{option.id}")

    return tuple(sorted(options, key=place))


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of a text's UTF-8 bytes."""
    value = _FNV_OFFSET
    for byte in text.encode():
        value = (value ^ byte) * _FNV_PRIME % 2**32
    return value


def render(
    text: str,
    variables: Mapping[str, Value],
    visited: Set[str],
    chosen: Set[str],
    clock: Clock | None = None,
) -> str:
    """The text with its placeholders filled."""
    if not varies(text):
        return text
    parts: list[str] = []
    for piece in template(text).pieces:
        if isinstance(piece, ConditionalText):
            true = holds(piece.condition, variables, visited, chosen)
            branch = piece.then if true else piece.otherwise
            parts += [_filled(part, variables, clock) for part in branch]
        else:
            parts.append(_filled(piece, variables, clock))
    return "".join(parts)


def _filled(
    piece: PlainPiece, variables: Mapping[str, Value], clock: Clock | None
) -> str:
    if isinstance(piece, str):
        return piece
    value = variables.get(piece.name, "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if clock is not None and isinstance(value, int | float) and clock.shows(piece.name):
        return clock.text(value)
    return _decimal(value) if isinstance(value, float) else str(value)


def _decimal(value: float) -> str:
    """A number without an exponent, and without a point where it is whole."""
    if value.is_integer():
        return str(int(value))
    from decimal import Decimal

    return format(Decimal(repr(value)), "f")


def variables_shown(text: str) -> tuple[str, ...]:
    """The variables that a text shows, in order."""
    if "{" not in text:
        return ()
    parts: list[PlainPiece] = []
    for piece in template(text).pieces:
        if isinstance(piece, ConditionalText):
            parts += (*piece.then, *piece.otherwise)
        else:
            parts.append(piece)
    return tuple(part.name for part in parts if isinstance(part, Placeholder))


def conditional_texts(text: str) -> tuple[ConditionalText, ...]:
    """The pieces of a text that depend on a condition, in order."""
    if "{if" not in text:
        return ()
    pieces = template(text).pieces
    return tuple(piece for piece in pieces if isinstance(piece, ConditionalText))


def with_literal_conditions(text: str) -> str:
    """The text so written that its `{if …}` is shown as it stands, as format 1 means it."""
    return _OPENING.sub(lambda found: "{" + found[0], text)


@cache
def template(text: str) -> Template:
    """A text in pieces."""
    return _TemplateReader(text).read()


class _TemplateReader:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.offset = text, 0
        self.problems: list[TemplateProblem] = []

    def read(self) -> Template:
        pieces: list[Piece] = []
        while self.offset < len(self.text):
            opening = _OPENING.match(self.text, self.offset)
            conditional = self._conditional(opening.end()) if opening else None
            pieces.append(self._next() if conditional is None else conditional)
        return Template(_joined(pieces), tuple(self.problems))

    def _next(self) -> PlainPiece:
        """The next letter, brace or variable."""
        text, offset = self.text, self.offset
        if text[offset : offset + 2] in ("{{", "}}"):
            self.offset += 2
            return text[offset]
        end = text.find("}", offset) if text[offset] == "{" else -1
        name = text[offset + 1 : end] if end > 0 else ""
        if name.isidentifier():
            self.offset = end + 1
            return Placeholder(name)
        self.offset += 1
        return text[offset]

    def _conditional(self, start: int) -> ConditionalText | None:
        """The condition and branches that begin here, or None where it is not one."""
        opened = self.offset
        colon = self._colon(start)
        if colon < 0:
            message = "This “{if” has no colon after its condition."
            self._refuse(opened, message, "Write {if condition: text} or {if …: a|b}.")
            return None
        self.offset = colon + 1
        if self.text.startswith(" ", self.offset):
            self.offset += 1
        then, end = self._branch("|}")
        otherwise: tuple[PlainPiece, ...] = ()
        if end == "|":
            otherwise, end = self._branch("}")
        if end != "}":
            message = _UNCLOSED.get(end, "This “{if” is never closed.")
            advice = "Close it with }; write || for a bar, {{ and }} for braces."
            self._refuse(opened, message, advice)
            return None
        condition = self.text[start:colon].strip()
        return ConditionalText(condition, then, otherwise, start)

    def _colon(self, start: int) -> int:
        """Where the condition ends, outside its quotes; -1 where no colon is near."""
        for match in _QUOTED_OR_COLON.finditer(
            self.text, start, start + _MAX_CONDITION
        ):
            if match[0] == ":":
                return match.start()
        return -1

    def _branch(self, ends: str) -> tuple[tuple[PlainPiece, ...], str]:
        """The pieces up to one of `ends`, and what ended them ("" where the text did)."""
        pieces: list[PlainPiece] = []
        while self.offset < len(self.text):
            if self.text.startswith("||", self.offset):
                pieces.append("|")
                self.offset += 2
                continue
            if self._ends_branch():
                end = self.text[self.offset]
                if end in ends:
                    self.offset += 1
                return _joined(pieces), end
            pieces.append(self._next())
        return _joined(pieces), ""

    def _ends_branch(self) -> bool:
        """Whether a single bar or brace stands here, or another condition begins."""
        if self.text.startswith(("{{", "}}"), self.offset):
            return False
        if self.text[self.offset] in "|}":
            return True
        return bool(_OPENING.match(self.text, self.offset))

    def _refuse(self, opened: int, message: str, advice: str) -> None:
        self.problems.append(TemplateProblem(opened, message, advice))
        self.offset = opened


_UNCLOSED: Final = {
    "{": "A condition inside a condition's text is not read.",
    "|": "This “{if” has a second bar.",
}
"""What to say of a condition whose branches end with something else than a brace."""


def _joined(pieces: Iterable[NonText | str]) -> tuple[NonText | str, ...]:
    """The pieces, with letters that stand beside each other as one text."""
    joined: list[NonText | str] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)
