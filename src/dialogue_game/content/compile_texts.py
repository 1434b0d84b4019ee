"""The conditions, effects and texts of one story, looked at; texts become paragraphs.

A text may show variables (`{name}`) and hold conditions inside a sentence; a paragraph may have a
condition of its own, or be a fragment that is used here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from dialogue_game.analysis.findings import PathKey, Place
from dialogue_game.content.file_findings import FileFindings, did_you_mean
from dialogue_game.content.model_types import ParagraphModel, UseModel
from dialogue_game.core.expressions import (
    Effect,
    Expression,
    Kind,
    parse,
    parse_effect,
    type_of,
)
from dialogue_game.core.story import UNREPAIRED, Paragraph
from dialogue_game.core.template import (
    conditional_texts,
    template,
    variables_shown,
    with_literal_conditions,
)
from dialogue_game.errors import ExpressionError

PROFILE: Final = ("earned", "decisions")
"""What conditions may read of the profile by name, in format 2."""
MAX_ASKED: Final = 3_000_000
"""What conditions ask for, times the scenes: what is proved takes about as many steps."""
FORMAT_2: Final = "Write format: 2 at the top of this file."

_SLIPS: Final = (
    (r"[“”„‘’]", "Write straight quotes, as in tone == 'calm'."),
    (r"=>", "Write >= for “at least”."),
    (r"=<", "Write <= for “at most”."),
    (
        r"(?<![=!<>])=(?!=)",
        "Compare with two signs, as in trust == 3; a single = is for effects.",
    ),
    (r"&", "Write the word and."),
    (r"\|", "Write the word or."),
    (r"!(?!=)", "Write the word not."),
    (r"\b(AND|OR|NOT)\b", "Write and, or, not in small letters."),
)
"""What people write who know another language than ours, and what to tell them."""


_TURNED: Final = re.compile(r"=(?:\+|-(?= )) *")
"""+= or -= with its signs the other way round; `trust=-1` may mean what it says."""


@dataclass(frozen=True, slots=True)
class World:
    """The names that a story's expressions may use.

    `fixed` are numbers that no effect may set: named times, and what is read of the profile.
    """

    kinds: Mapping[str, Kind]
    scenes: Set[str]
    choices: Set[str]
    fixed: Set[str] = frozenset()
    guidelines: Set[str] = frozenset()
    format: int = 1


class Language:
    """Reads conditions, effects and texts of one story; what it returns is safe to play.

    A condition or effect with a finding comes back empty, so that the rest can be looked at.
    """

    def __init__(self, world: World, findings: FileFindings) -> None:
        self.world = world
        self.findings = findings
        self.fine: set[str] = set()
        self.tracks: set[str] = set()
        self.asked: set[str] = set()
        self._at: Place | None = None

    def condition(self, source: str | None, *path: str | int) -> str:
        """A condition as it may be played: always, where it is missing or wrong."""
        if source is None or source in self.fine:
            return source or ""
        before = self.findings.total
        try:
            expression = parse(source)
        except ExpressionError as error:
            self.refused("DG201", error, path, _lead(source), _slip(source))
            return ""
        self.names(expression, _lead(source), path)
        if self.findings.total == before:
            self.is_flag(expression, source, path)
        if self.findings.total != before:
            return ""
        self.fine.add(source)
        return source

    def check_number_of_queries(self) -> None:
        """Conditions that ask for too many things in too many scenes would never be proved."""
        asked, scenes = len(self.asked), len(self.world.scenes)
        if asked * scenes > MAX_ASKED:
            message = f"The conditions ask for {asked:,} different things in {scenes:,} scenes."
            advice = f"Let them ask for fewer: {MAX_ASKED // scenes:,} at most here."
            self.findings.add("DG006", ("scenes",), message, advice)

    def inside(self, path: PathKey, offset: int) -> Place:
        """The place of a character of an expression, which may stand inside a text."""
        return self._at or self.findings.places.inside(path, offset)

    def is_flag(self, expression: Expression, source: str, path: PathKey) -> None:
        """A condition must come out true or false."""
        try:
            kind = type_of(expression, self.world.kinds)
        except ExpressionError as error:
            self.refused("DG202", error, path, _lead(source))
            return
        if kind != "flag":
            message = f"A condition is true or false, and this is a {kind}."
            advice = "Compare it with a value, as in trust >= 3 or tone == 'calm'."
            if kind == "word":
                advice = "Compare it, as in tone == 'calm', or let it begin as true or false."
            self.findings.add("DG202", path, message, advice, self._at)

    def effect(self, source: str, *path: str | int) -> str:
        """An effect as it may be played: nothing, where it is wrong."""
        before = self.findings.total
        turned = _TURNED.search(source)
        if turned:
            right = source.replace(turned[0], f"{turned[0][1]}= ", 1).strip()
            error = ExpressionError(f"“{turned[0].strip()}” is turned round.")
            self.refused("DG201", error, path, turned.start(), f"Write {right}.")
            return ""
        try:
            effect = parse_effect(source)
        except ExpressionError as error:
            self.refused("DG201", error, path)
            return ""
        if effect.target in self.world.fixed:
            message = f"“{effect.target}” is not set by effects."
            self.findings.add("DG201", path, message, "Set a variable of your own.")
        elif effect.target not in self.world.kinds:
            self.variable(effect.target, path, source.find(effect.target))
        start = source.index("=") + 1
        start += _lead(source[start:])
        self.names(effect.value, start, path)
        if self.findings.total == before:
            self.fits(effect, start, path)
        return source if self.findings.total == before else ""

    def fits(self, effect: Effect, start: int, path: PathKey) -> None:
        """An effect must keep its variable what it is: a number, a flag or a word."""
        target, operator, kinds = effect.target, effect.operator, self.world.kinds
        try:
            kind = type_of(effect.value, kinds)
        except ExpressionError as error:
            self.refused("DG202", error, path, start)
            return
        wanted = kinds[target]
        if operator != "=" and (kind != "number" or wanted != "number"):
            message = f"{operator} is for numbers; “{target}” is a {wanted}, the value a {kind}."
            self.findings.add("DG202", path, message, "Use = to give it a new value.")
        elif kind != wanted:
            message = f"“{target}” is a {wanted}, and this value is a {kind}."
            place = self.inside(path, start)
            self.findings.add(
                "DG202", path, message, "A variable stays what it began as.", place
            )

    def names(self, expression: Expression, lead: int, path: PathKey) -> None:
        """Everything an expression reads must be there."""
        inside = self.inside
        self.asked.update(expression.names, expression.scenes, expression.choices)
        for name, offset in expression.names.items():
            if name.startswith(UNREPAIRED):
                self.breach(name, path, lead + offset)
            elif name not in self.world.kinds:
                self.variable(name, path, lead + offset)
            elif name in PROFILE and name in self.world.fixed:
                self.tracks.add(name)
        for scene, offset in expression.scenes.items():
            if scene not in self.world.scenes:
                place = inside(path, lead + offset)
                self.findings.unknown(
                    "DG101", "scene", scene, self.world.scenes, path, place
                )
        for choice, offset in expression.choices.items():
            if choice not in self.world.choices:
                place = inside(path, lead + offset)
                self.findings.unknown(
                    "DG105", "choice", choice, self.world.choices, path, place
                )

    def breach(self, name: str, path: PathKey, offset: int) -> None:
        """A guideline whose breaches a condition asks for."""
        guideline = name.removeprefix(UNREPAIRED)[:-1]
        place = self.inside(path, offset)
        if self.world.format < 2:
            self.findings.add(
                "DG016", path, "unrepaired() is read in format 2.", FORMAT_2, place
            )
        elif guideline and guideline not in self.world.guidelines:
            known = self.world.guidelines
            self.findings.unknown("DG102", "guideline", guideline, known, path, place)
        else:
            self.tracks.add(name)

    def variable(self, name: str, path: PathKey, offset: int) -> None:
        """A variable that the story does not have."""
        place = self.inside(path, offset)
        advice = did_you_mean(name, self.world.kinds)
        if name.lower() in ("yes", "no", "on", "off"):
            advice = "Write true or false."
        elif not advice and "word" in self.world.kinds.values():
            advice = f"If it is meant as a word, put it in single quotes: '{name}'."
        self.findings.unknown(
            "DG104", "variable", name, self.world.kinds, path, place, advice
        )

    def refused(
        self,
        code: str,
        error: ExpressionError,
        path: PathKey,
        lead: int = 0,
        advice: str = "",
    ) -> None:
        """What the expression language itself refuses."""
        place = self.inside(path, lead + error.offset)
        self.findings.add(code, path, error.message, advice or error.next_step, place)

    def text(self, text: str, *path: str | int) -> str:
        """A text as it may be played: its `{names}` must be variables, its conditions hold good."""
        if "{" not in text:
            return text
        if self.world.format < 2:
            text = with_literal_conditions(text)
        for name in variables_shown(text):
            if name not in self.world.kinds:
                place = self.findings.places.mention(path, f"{{{name}}}")
                self.findings.unknown(
                    "DG104", "variable", name, self.world.kinds, path, place
                )
            elif name in PROFILE and name in self.world.fixed:
                self.tracks.add(name)
        return self.inline(text, path) if "{if" in text else text

    def detail(self, text: str, *path: str | int) -> str:
        """A detail's text, which in format 1 has no holes at all."""
        if self.world.format < 2:
            return text.replace("{", "{{").replace("}", "}}")
        return self.text(text, *path)

    def inline(self, text: str, path: PathKey) -> str:
        """A text whose conditions inside sentences are looked at; literal, where one is wrong."""
        problems = template(text).problems
        for slip in problems:
            words = text[slip.offset : slip.offset + 20].split("\n", maxsplit=1)[0]
            place = self.findings.places.mention(path, words)
            self.findings.add("DG201", path, slip.message, slip.advice, place)
        fine = not problems
        for piece in conditional_texts(text):
            self._at = self.findings.places.mention(path, piece.condition)
            fine &= bool(self.condition(piece.condition, *path))
            self._at = None
        return text if fine else with_literal_conditions(text)


def _slip(source: str) -> str:
    """What to tell the author of a condition that cannot be read, where the slip is a known one."""
    return next(
        (advice for pattern, advice in _SLIPS if re.search(pattern, source)), ""
    )


def _lead(source: str) -> int:
    return len(source) - len(source.lstrip())


Piece = tuple[Paragraph, PathKey]
"""A paragraph and where it is written."""


def both(first: str, second: str) -> str:
    """The condition that holds where both do."""
    return f"({first}) and ({second})" if first and second else first or second


class Paragraphs:
    """Makes the paragraphs of one story; `moved` tells where those that were put in are written."""

    def __init__(
        self, language: Language, findings: FileFindings, fragments: Mapping[str, Any]
    ) -> None:
        self.language, self.findings = language, findings
        self.moved: dict[PathKey, PathKey] = {}
        self.fragments: dict[str, tuple[Piece, ...]] = {}
        self.used_names: set[str] = set()
        for name, authored in fragments.items():
            self.fragments[name] = self.pieces(
                authored, ("fragments", name), nested=True
            )

    def of(
        self, authored: Any, *path: str | int, ahead: tuple[Piece, ...] = ()
    ) -> tuple[Paragraph, ...]:
        """The paragraphs of a text, after those that the build puts in front."""
        if isinstance(authored, str) and not ahead:
            return (Paragraph(self.language.text(authored, *path)),)
        pieces = (*ahead, *self.pieces(authored, path))
        for number, (_, written) in enumerate(pieces):
            if written != (*path, number):
                self.moved[(*path, number)] = written
        return tuple(paragraph for paragraph, _ in pieces)

    def pieces(
        self, authored: Any, path: PathKey, *, nested: bool = False
    ) -> tuple[Piece, ...]:
        """A text's paragraphs with where each is written."""
        if isinstance(authored, str):
            return ((Paragraph(self.language.text(authored, *path)), path),)
        made: list[Piece] = []
        for number, piece in enumerate(authored):
            here = (*path, number)
            if isinstance(piece, UseModel):
                made += self.used(piece, here, nested=nested)
            elif isinstance(piece, ParagraphModel):
                when = self.language.condition(piece.if_, *here, "if")
                made.append(
                    (
                        Paragraph(self.language.text(piece.text, *here, "text"), when),
                        here,
                    )
                )
            else:
                made.append((Paragraph(self.language.text(piece, *here)), here))
        return tuple(made)

    def used(
        self, piece: UseModel, path: PathKey, *, nested: bool
    ) -> tuple[Piece, ...]:
        """A fragment's paragraphs, under the condition of its use."""
        when = self.language.condition(piece.if_, *path, "if")
        if nested:
            message = "A fragment uses no other fragment."
            self.findings.add("DG013", path, message, "Write the text out here.")
            return ()
        if piece.use not in self.fragments:
            self.findings.unknown(
                "DG115", "fragment", piece.use, self.fragments, (*path, "use")
            )
            return ()
        self.used_names.add(piece.use)
        letters = sum(len(paragraph.text) for paragraph, _ in self.fragments[piece.use])
        if not self.findings.within_size_limit(
            letters + 50 * len(self.fragments[piece.use]), path
        ):
            return ()
        return tuple(
            (Paragraph(paragraph.text, both(when, paragraph.when), piece.use), written)
            for paragraph, written in self.fragments[piece.use]
        )
