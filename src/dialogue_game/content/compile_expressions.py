"""What a story's expressions mean: conditions, effects, placeholders in texts, and times.

Conditions and effects are checked against the names and kinds of values that the story has. Times
are authored as `2h`, `1d 2h` (a duration), `Monday 09:00` or `day 12 10:00` (a clock reading).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from dialogue_game.analysis.findings import PathKey, Place
from dialogue_game.content.file_findings import FileFindings, did_you_mean
from dialogue_game.content.story_models import ClockModel
from dialogue_game.core.clock import DAY, WEEK, Clock
from dialogue_game.core.expressions import (
    Effect,
    Expression,
    Kind,
    parse,
    parse_effect,
    type_of,
)
from dialogue_game.core.story import UNREPAIRED
from dialogue_game.core.template import (
    conditional_texts,
    template,
    variables_shown,
    with_literal_conditions,
)
from dialogue_game.errors import ExpressionError

PROFILE: Final = ("earned", "decisions")
"""What conditions may read of the profile by name, in format 2."""
MAX_QUERIES: Final = 3_000_000
"""How many things conditions ask for, times the scenes: a proof takes about as many steps."""
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
class Scope:
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

    def __init__(self, scope: Scope, findings: FileFindings) -> None:
        self.scope = scope
        self.findings = findings
        self.checked: set[str] = set()
        self.tracks: set[str] = set()
        self.queries: set[str] = set()
        self._text_place: Place | None = None

    def condition(self, source: str | None, *path: str | int) -> str:
        """A condition as it may be played: always, where it is missing or wrong."""
        if source is None or source in self.checked:
            return source or ""
        before = self.findings.total
        try:
            expression = parse(source)
        except ExpressionError as error:
            self.report("DG201", error, path, _indent(source), _known_slip(source))
            return ""
        self.check_names(expression, _indent(source), path)
        if self.findings.total == before:
            self.check_is_flag(expression, source, path)
        if self.findings.total != before:
            return ""
        self.checked.add(source)
        return source

    def check_number_of_queries(self) -> None:
        """Conditions that ask for too many things in too many scenes would never be proved."""
        queries, scenes = len(self.queries), len(self.scope.scenes)
        if queries * scenes > MAX_QUERIES:
            message = f"The conditions ask for {queries:,} different things in {scenes:,} scenes."
            advice = f"Let them ask for fewer: {MAX_QUERIES // scenes:,} at most here."
            self.findings.add("DG006", ("scenes",), message, advice)

    def inside(self, path: PathKey, offset: int) -> Place:
        """The place of a character of an expression, which may stand inside a text."""
        return self._text_place or self.findings.places.inside(path, offset)

    def check_is_flag(self, expression: Expression, source: str, path: PathKey) -> None:
        """A condition must come out true or false."""
        try:
            kind = type_of(expression, self.scope.kinds)
        except ExpressionError as error:
            self.report("DG202", error, path, _indent(source))
            return
        if kind != "flag":
            message = f"A condition is true or false, and this is a {kind}."
            advice = "Compare it with a value, as in trust >= 3 or tone == 'calm'."
            if kind == "word":
                advice = "Compare it, as in tone == 'calm', or let it begin as true or false."
            self.findings.add("DG202", path, message, advice, self._text_place)

    def effect(self, source: str, *path: str | int) -> str:
        """An effect as it may be played: nothing, where it is wrong."""
        before = self.findings.total
        turned = _TURNED.search(source)
        if turned:
            right = source.replace(turned[0], f"{turned[0][1]}= ", 1).strip()
            error = ExpressionError(f"“{turned[0].strip()}” is turned round.")
            self.report("DG201", error, path, turned.start(), f"Write {right}.")
            return ""
        try:
            effect = parse_effect(source)
        except ExpressionError as error:
            self.report("DG201", error, path)
            return ""
        if effect.target in self.scope.fixed:
            message = f"“{effect.target}” is not set by effects."
            self.findings.add("DG201", path, message, "Set a variable of your own.")
        elif effect.target not in self.scope.kinds:
            self.unknown_variable(effect.target, path, source.find(effect.target))
        start = source.index("=") + 1
        start += _indent(source[start:])
        self.check_names(effect.value, start, path)
        if self.findings.total == before:
            self.check_type(effect, start, path)
        return source if self.findings.total == before else ""

    def check_type(self, effect: Effect, start: int, path: PathKey) -> None:
        """An effect must keep its variable what it is: a number, a flag or a word."""
        target, operator, kinds = effect.target, effect.operator, self.scope.kinds
        try:
            kind = type_of(effect.value, kinds)
        except ExpressionError as error:
            self.report("DG202", error, path, start)
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

    def check_names(self, expression: Expression, lead: int, path: PathKey) -> None:
        """Everything an expression reads must be there."""
        self.queries.update(expression.names, expression.scenes, expression.choices)
        for name, offset in expression.names.items():
            if name.startswith(UNREPAIRED):
                self.check_breach(name, path, lead + offset)
            elif name not in self.scope.kinds:
                self.unknown_variable(name, path, lead + offset)
            elif name in PROFILE and name in self.scope.fixed:
                self.tracks.add(name)
        scenes, choices = self.scope.scenes, self.scope.choices
        for scene, offset in expression.scenes.items():
            if scene not in scenes:
                place = self.inside(path, lead + offset)
                self.findings.unknown("DG101", "scene", scene, scenes, path, place)
        for choice, offset in expression.choices.items():
            if choice not in choices:
                place = self.inside(path, lead + offset)
                self.findings.unknown("DG105", "choice", choice, choices, path, place)

    def check_breach(self, name: str, path: PathKey, offset: int) -> None:
        """A guideline whose breaches a condition asks for."""
        guideline = name.removeprefix(UNREPAIRED)[:-1]
        place = self.inside(path, offset)
        if self.scope.format < 2:
            self.findings.add(
                "DG016", path, "unrepaired() is read in format 2.", FORMAT_2, place
            )
        elif guideline and guideline not in self.scope.guidelines:
            known = self.scope.guidelines
            self.findings.unknown("DG102", "guideline", guideline, known, path, place)
        else:
            self.tracks.add(name)

    def unknown_variable(self, name: str, path: PathKey, offset: int) -> None:
        """A variable that the story does not have."""
        place = self.inside(path, offset)
        advice = did_you_mean(name, self.scope.kinds)
        if name.lower() in ("yes", "no", "on", "off"):
            advice = "Write true or false."
        elif not advice and "word" in self.scope.kinds.values():
            advice = f"If it is meant as a word, put it in single quotes: '{name}'."
        self.findings.unknown(
            "DG104", "variable", name, self.scope.kinds, path, place, advice
        )

    def report(
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
        if self.scope.format < 2:
            text = with_literal_conditions(text)
        for name in variables_shown(text):
            known = self.scope.kinds
            if name not in known:
                place = self.findings.places.mention(path, f"{{{name}}}")
                self.findings.unknown("DG104", "variable", name, known, path, place)
            elif name in PROFILE and name in self.scope.fixed:
                self.tracks.add(name)
        return self.with_checked_conditions(text, path) if "{if" in text else text

    def detail(self, text: str, *path: str | int) -> str:
        """A detail's text, which in format 1 has no holes at all."""
        if self.scope.format < 2:
            return text.replace("{", "{{").replace("}", "}}")
        return self.text(text, *path)

    def with_checked_conditions(self, text: str, path: PathKey) -> str:
        """A text whose conditions inside sentences are looked at; literal, where one is wrong."""
        problems = template(text).problems
        for problem in problems:
            start, *_ = text[problem.offset : problem.offset + 20].split("\n")
            place = self.findings.places.mention(path, start)
            self.findings.add("DG201", path, problem.message, problem.advice, place)
        correct = not problems
        for piece in conditional_texts(text):
            self._text_place = self.findings.places.mention(path, piece.condition)
            correct &= bool(self.condition(piece.condition, *path))
            self._text_place = None
        return text if correct else with_literal_conditions(text)


def _known_slip(source: str) -> str:
    """What to tell the author of a condition that cannot be read, where the slip is a known one."""
    for pattern, advice in _SLIPS:
        if re.search(pattern, source):
            return advice
    return ""


def _indent(source: str) -> int:
    return len(source) - len(source.lstrip())


def conjunction(first: str, second: str) -> str:
    """The condition that holds where both do."""
    return f"({first}) and ({second})" if first and second else first or second


_DURATION: Final = re.compile(r"(?:(\d{1,4})d)?\s*(?:(\d{1,4})h)?\s*(?:(\d{1,5})m)?\Z")
_MOMENT: Final = re.compile(
    r"(?:day (?P<number>\d{1,4})|(?P<name>.+?))\s+(\d{1,2}):(\d{2})\Z"
)


def minutes_of(written: str) -> int | None:
    """How many minutes a duration is; None where it is none."""
    found = _DURATION.match(written.strip())
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * DAY + hours * 60 + minutes


def clock_of(model: ClockModel, findings: FileFindings) -> Clock:
    """A story's clock, with its named times; a finding for each that cannot be read."""
    return _ClockReader(model, findings).clock()


class _ClockReader:
    """Reads the times of one clock."""

    def __init__(self, model: ClockModel, findings: FileFindings) -> None:
        self.model, self.findings = model, findings
        self.days = tuple(model.days or WEEK)
        if model.days and len(model.days) != len(WEEK):
            message = "A week has seven days."
            findings.add(
                "DG013", ("clock", "days"), message, "Name all seven, from Monday on."
            )

    def clock(self) -> Clock:
        start = self.moment(self.model.start, ("clock", "start"))
        weekday, at = start or (-1, 0)
        times = {}
        for name, written in self.model.times.items():
            path = ("clock", "times", name)
            found = self.moment(written, path)
            times[name] = at
            if start is not None and found is not None:
                times[name] = self.first_after_start(found, weekday, at, path)
        return Clock(at, weekday, times, self.days)

    def first_after_start(
        self, found: tuple[int, int], weekday: int, start: int, path: PathKey
    ) -> int:
        """A named time in minutes: the first such weekday's at or after the start."""
        day, minute = found
        if day < 0:
            return minute
        if weekday < 0:
            message = "The clock counts days here, and this is a weekday."
            self.findings.add(
                "DG013", path, message, "Write day 3 10:00, or start on a weekday."
            )
            return minute
        at = (day - weekday) % 7 * DAY + minute
        return at if at >= start else at + 7 * DAY

    def moment(self, written: str, path: PathKey) -> tuple[int, int] | None:
        """A weekday (from 0; -1 where days are counted) and its minutes."""
        found = _MOMENT.match(written.strip())
        if found is None or int(found[3]) > 23 or int(found[4]) > 59:
            message = f"“{written}” is no time."
            self.findings.add(
                "DG013", path, message, "Write Monday 09:00, or day 1 09:00."
            )
            return None
        minute = int(found[3]) * 60 + int(found[4])
        if found["number"] is not None:
            if int(found["number"]) < 1:
                self.findings.add(
                    "DG013", path, "Days count from 1.", "Write day 1 09:00."
                )
                return None
            return -1, (int(found["number"]) - 1) * DAY + minute
        name = found["name"]
        for days in (self.days, WEEK):
            if name in days:
                return days.index(name), minute
        advice = did_you_mean(name, (*self.days, *WEEK))
        if not advice:
            advice = f"Days: {', '.join(self.days)}."
        self.findings.add("DG013", path, f"“{name}” is no day of the week.", advice)
        return None
