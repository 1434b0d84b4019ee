"""Collects the findings about one file while it is compiled, and says what was probably meant.

What was meant is the nearest name that exists; or the ordinary character in the place of one that
cannot be seen or looks like another. In prose such characters may stand as they like: they are
told of where the file breaks at one, or a name or a condition cannot be read because of one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from dialogue_game.analysis.findings import (
    CATALOGUE,
    Finding,
    PathKey,
    Place,
    Severity,
    finding,
)
from dialogue_game.content.model_types import ID_PATTERN, MAX_ID
from dialogue_game.content.places import SourcePlaces, clipped

MAX_NOTES: Final = 200
"""In building one file. A mistake at its top may make a thousand others; nobody reads them."""

MAX_EXPANDED: Final = 5_000_000
"""Letters that fragments, shared exhibits and costs put in beyond what is written: two novels."""
_EACH: Final = 50
"""What one thing that is put in costs, in letters, however short it is."""

_SUGGESTED: Final = 25
"""How many names get a suggestion; finding the nearest of ten thousand takes its time."""


class FileFindings:
    """Collects what is noticed about one file."""

    def __init__(self, places: SourcePlaces) -> None:
        self.places = places
        self.found: list[Finding] = []
        self.suggested = 0
        self.total = 0  # also what was noticed after the list was full
        self.expanded = 0
        self.refused = False

    def add(
        self,
        code: str,
        path: PathKey,
        message: str,
        advice: str = "",
        place: Place | None = None,
    ) -> None:
        """One finding, at the value of a path unless a nearer place is given."""
        self.total += 1
        if len(self.found) >= MAX_NOTES and (
            self.refused or CATALOGUE[code][0] is not Severity.ERROR
        ):
            return
        self.found.append(finding(code, place or self.at(path), message, advice))
        self.refused = self.refused or self.found[-1].severity is Severity.ERROR

    def within_size_limit(self, letters: int, path: PathKey) -> bool:
        """Whether so many letters may still be put in here; the first time they may not is told."""
        before, self.expanded = self.expanded, self.expanded + letters + _EACH
        if before <= MAX_EXPANDED < self.expanded:
            message = f"What is put in up to here comes to more than {MAX_EXPANDED:,} letters."
            advice = (
                "Shorten what is used or falls due so often, or use it in fewer places."
            )
            self.add("DG006", path, message, advice)
        return self.expanded <= MAX_EXPANDED

    def unknown(
        self,
        code: str,
        what: str,
        name: str,
        known: Collection[str],
        path: PathKey,
        place: Place | None = None,
        advice: str = "",
    ) -> None:
        """A name that nothing bears."""
        if len(self.found) < MAX_NOTES and not advice and self.suggested < _SUGGESTED:
            self.suggested += 1
            advice = did_you_mean(name, known)
        self.add(
            code,
            path,
            f"There is no {what} “{clipped(name)}”.",
            advice or listed(known),
            place,
        )

    def at(self, path: PathKey) -> Place:
        """The place of a path, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """“Did you mean …?” with the nearest known name, or nothing where none is near."""
    from difflib import get_close_matches

    near = [
        word for word in known if abs(len(word) - len(name)) <= 4
    ]  # difflib is slow
    if name.isascii() and len(name) <= 80 and len(near) <= 20_000:
        for word in get_close_matches(name.lower(), near, 1, 0.6):
            return f"Did you mean “{word}”?"
    return ""


def as_id(words: str) -> str:
    """The id nearest to some words; empty where nothing can be made of them.

    What is an id stays as it is; `true` and `false` are values to YAML, and no ids.
    """
    if re.fullmatch(ID_PATTERN, words) is None:
        words = re.sub(r"\.ya?ml$", "", words.lower())
        words = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    possible = (
        words[:1].isalpha() and words not in ("true", "false") and len(words) <= MAX_ID
    )
    return words if possible else ""


def listed(known: Collection[str]) -> str:
    """The known names where they are few, else nothing."""
    if not known:
        return "There are none here yet."
    return f"There are: {', '.join(known)}." if len(known) <= 12 else ""


def twice(names: Iterable[str]) -> set[str]:
    """The names that stand more than once."""
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff"
)
SPACE: Final = re.compile(f"[{_SPACES}]")
UNSEEN: Final = re.compile(f"[{_UNSEEN}]")
_INDENT: Final = re.compile(
    f"^[ \t]*(?=[{_SPACES}{_UNSEEN}])[ {_SPACES}{_UNSEEN}]+(?=[-\\w])"
)
_COLONS: Final = "\uff1a\ufe55\ua789\u2236"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_COLON: Final = re.compile(
    f"^(\\s*(?:- +)*[A-Za-z_][\\w.]*)([:{_COLONS}])([{_SPACES}]*)"
)
_DASH: Final = re.compile(f"^(\\s*)([{_DASHES}])(?= )")

LOOKALIKES: Final = str.maketrans(
    dict(
        zip(
            "абвгдеһіјкӏмнопрԛѕтуѵԝхαβεικνορτυχωıɡ",
            "abbrdehijkimhonpqstyvwxabeiknoptuxwig",
            strict=True,
        )
    )
    | {
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "‑": "-",
    }
)
_NAME: Final = re.compile(r"[^\s,\[\]{}#]*(?:[^\x00-\x7f][^ ,\[\]{}#]*)*")
_WORD: Final = re.compile(f"[\\w.{_UNSEEN}\uff01-\uff5e“”„‘’]+")
_NAME_CODES: Final = frozenset({
    "DG010", "DG013", "DG014", "DG101", "DG102", "DG103", "DG104", "DG105", "DG106", "DG107",
    "DG112", "DG114", "DG115",
})  # fmt: skip
"""Findings about a name."""
_CONDITION_CODES: Final = frozenset({"DG201", "DG202"})


def _as_meant(text: str) -> str:
    """The text as it was probably meant: unseen characters gone, look-alikes as they look."""
    from unicodedata import normalize

    kept = UNSEEN.sub("", SPACE.sub(" ", text))
    return normalize("NFKC", kept).translate(LOOKALIKES)


def mended(text: str, file: str) -> tuple[str, list[Finding]]:
    """A text whose YAML breaks, with ordinary characters where structure stands; and findings.

    One character is put for one, so that places stay true; only a colon may get a space after it.
    """
    lines = text.split("\n")
    found: list[Finding] = []
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        for pattern in (_INDENT, _DASH, _COLON):
            lines[number], column = _with_ordinary_start(lines[number], pattern)
            if column:
                place = Place(file, number + 1, column, line)
                ordinary = lines[number][column - 1]
                advice = _replacement_advice(ordinary)
                found.append(_odd_character(place, line[column - 1], advice))
    return "\n".join(lines), found


def _with_ordinary_start(line: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    """A line whose structure is written with ordinary characters, and the first column changed.

    The column counts from 1; it is 0 where nothing was changed.
    """
    match = pattern.match(line)
    start = match[0] if match else ""
    ordinary = "".join(map(_ordinary, start))
    for column, (before, after) in enumerate(zip(start, ordinary, strict=True), 1):
        if before != after:
            gap = " " if pattern is _COLON and ordinary[-1] == ":" else ""
            return ordinary + gap + line[len(start) :], column
    return line, 0


def _ordinary(character: str) -> str:
    """The one ordinary character that another stands for in the structure of a file."""
    if SPACE.match(character) or UNSEEN.match(character):
        return " "
    if character in _COLONS:
        return ":"
    return "-" if character in _DASHES else character


def _replacement_advice(ordinary: str) -> str:
    names = {
        " ": "an ordinary space",
        ":": "an ordinary colon (:)",
        "-": "an ordinary hyphen (-)",
    }
    return f"Put {names.get(ordinary, ordinary)} in its place."


def with_odd_characters_explained(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with those that such a character has caused told as what they are."""
    for noticed in found:
        yield _explained(noticed) or noticed


def _explained(noticed: Finding) -> Finding | None:
    """The finding for the odd character that caused another finding; None where there is none."""
    place, excerpt = noticed.place, noticed.place.excerpt
    if excerpt.isascii() or noticed.code not in _NAME_CODES | _CONDITION_CODES:
        return None
    caret = min(place.caret, len(excerpt))
    start, end = _extent(excerpt, caret, noticed.code)
    for index in range(start, end):
        character = excerpt[index]
        if character == "…" or _as_meant(character) == character:
            continue
        column = place.column + index - place.caret
        there = Place(place.file, place.line, column, excerpt)
        meant = _as_meant(_word_around(excerpt, index))
        if meant.isascii() and meant.strip():
            return _odd_character(there, character, f"Write “{meant}”.")
        return _odd_character(there, character, _replacement_advice(" "))
    return None


def _extent(excerpt: str, caret: int, code: str) -> tuple[int, int]:
    """Where the name or condition stands that could not be read."""
    if code in _CONDITION_CODES:
        after_key = max(excerpt.rfind(": ", 0, caret) + 2, 0)
        return after_key, len(excerpt)
    match = _NAME.match(excerpt, caret)
    return caret, match.end() if match else caret


def _word_around(excerpt: str, index: int) -> str:
    """The word around a character; nothing where it is a space."""
    if SPACE.match(excerpt[index]):
        return ""
    for match in _WORD.finditer(excerpt):
        if match.start() <= index < match.end():
            return match[0]
    return ""


def _odd_character(place: Place, character: str, advice: str) -> Finding:
    from unicodedata import name

    code = f"U+{ord(character):04X}"
    named = name(character, "a character without a name")
    looks = "which looks like another"
    if SPACE.match(character):
        looks = "which looks like a space"
    elif UNSEEN.match(character):
        looks = "which cannot be seen"
    return finding("DG017", place, f"There is {named} ({code}) here, {looks}.", advice)
