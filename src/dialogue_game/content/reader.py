"""The reader: one pass over the events of a YAML file → plain data and the position of every value.

What a plain word means is decided here: only `true`, `false` and plain decimals are not text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import intern
from typing import Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dialogue_game.analysis.findings import Finding, Place, finding
from dialogue_game.content import yaml_errors
from dialogue_game.content.places import (
    COLUMN_BITS,
    COLUMN_MASK,
    UNSAFE,
    SourcePlaces,
    clipped,
    pack,
)

MAX_DEPTH: Final = 32
MAX_VALUES: Final = 10_000_000
MAX_SCENES: Final = 60_000
MAX_ENTRIES: Final = 2_000
"""In one list or mapping that is not of scenes; several proofs take the square of it."""
MAX_TEXT: Final = 100_000
"""Letters of one value: a third of a novel."""
FREE_CONTAINERS: Final = 50_000
LETTERS_PER_CONTAINER: Final = 90
"""How many lists and mappings a file may have, which cost far more memory than letters do."""
MAX_FINDINGS: Final = 100
"""In reading one file; the hundredth complaint helps nobody."""

_WORDS: Final[dict[str, bool | None]] = {
    "true": True,
    "false": False,
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
}
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?\Z")
_VALUES: Final = frozenset(
    {ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent}
)
_FOLDED: Final = re.compile(r"^(\S[^\n]*)\n(?=\S)", re.MULTILINE)
"""A line end between two lines that are not indented: in a folded text, where a blank one was."""
_NUMBER_STARTS: Final = frozenset("-0123456789")


class Decimal(float):
    """A number with a fraction that remembers how it was written (`1.50`), for use as a text."""

    __slots__ = ("written",)

    written: str

    def __new__(cls, written: str) -> Decimal:
        """The number that these words write."""
        number = super().__new__(cls, written)
        number.written = written
        return number

    def __str__(self) -> str:
        return self.written


def unsafe_character(character: str, place: Place) -> Finding:
    """The finding for one character that must not be in a story."""
    code = f"U+{ord(character):04X}"
    if character in "\u2028\u2029\x85\x0b\x0c":
        what, advice = (
            "a line break of another kind",
            "Take it out and press Enter instead.",
        )
    elif "\u202a" <= character <= "\u2069":
        what = "a character that changes the direction of writing"
        advice = "Take it out; letters that run from right to left need none."
    else:
        what, advice = "a control character", "Take it out; it cannot be shown."
    return finding("DG007", place, f"There is {what} here ({code}).", advice)


class _Stop(Exception):
    """Reading cannot go on; the finding is already noted."""


_HASHED: Final = re.compile(r"(?<=\S)\S? +#(?=\w)")
"""Where a plain text may be cut off, as in “Room #4”."""
_SKIPPED: Final = object()
"""Stands for a key that cannot be one; its value is dropped."""


class Reader:
    """One pass over the events of a file."""

    def __init__(self, text: str, file: str, found: list[Finding]) -> None:
        self.places = SourcePlaces(file, text)
        self.found = found
        self.positions: dict[int, list[int]] = {}
        cut = _HASHED.finditer(text) if " #" in text else ()
        self.hashed = {text.count("\n", 0, match.start()) for match in cut}

    def read(self, next_event: Callable[[], Any]) -> Any:
        """The plain data of the first document; None where there is none."""
        outermost: list[Any] = []
        try:
            self._loop(next_event, outermost)
        except _Stop:
            return None
        return outermost[0] if outermost else None

    # A tight loop on purpose, and so a long function: a large story takes a million turns.
    def _loop(self, next_event: Callable[[], Any], outermost: list[Any]) -> None:  # noqa: C901, PLR0912, PLR0915
        container: Any = outermost
        spots: list[int] = []
        key: Any = None
        key_spot, is_map, flow, turns, room = 0, False, False, 0, MAX_ENTRIES
        stack: list[Any] = []
        positions = self.positions
        hashed = self.hashed
        most = FREE_CONTAINERS + self.places.size // LETTERS_PER_CONTAINER
        while (event := next_event()) is not None:
            kind = type(event)
            turns += 1
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                if len(spots) > room:
                    self._too_many(spots[0], room >> is_map)
                container, spots, is_map, flow, key, room = stack.pop()
                continue
            if kind is DocumentStartEvent and outermost:
                self._second_document(event)
                return
            if kind not in _VALUES:
                continue
            mark = event.start_mark
            spot = mark.line << COLUMN_BITS | min(mark.column, COLUMN_MASK)
            if not turns & 0x3FFF:
                self._bounded(turns, spots, room >> is_map)
            if event.anchor is not None or (
                kind is not AliasEvent and event.tag is not None
            ):
                self._marked(event, spot)
            if kind is ScalarEvent:
                value: Any = event.value
                if len(value) > MAX_TEXT:
                    value = self._too_long(spot)
                if event.style == '"':
                    value = self._escaped(value, spot)
                if event.style != "|" and "\n" in value:
                    value = self._paragraphs(value, event)
                if is_map and key is None:
                    key, key_spot = self._key(value, spot, container, event.style), spot
                    continue
                if not event.style:
                    if hashed and event.end_mark.line in hashed:
                        self._cut_off(value, event.end_mark)
                    if value in _WORDS:
                        value = _WORDS[value]
                        if value is None and key is not _SKIPPED:
                            self._empty(
                                container, key, key_spot if is_map else spot, flow
                            )
                    elif value[0] in _NUMBER_STARTS:
                        value = _number(value)
            elif kind is AliasEvent:
                value = None
            else:
                value = {} if kind is MappingStartEvent else []
            opened, after = key, None
            if is_map:
                if key is None:
                    after = self._no_key(spot)
                elif key is not _SKIPPED:
                    container[key] = value
                    spots.append(key_spot)
                    spots.append(spot)
            else:
                container.append(value)
                spots.append(spot)
            key = after
            if value.__class__ is dict or value.__class__ is list:
                stack.append((container, spots, is_map, flow, after, room))
                if len(stack) > MAX_DEPTH:
                    self._too_deep(spot)
                container, spots, is_map = value, [], kind is MappingStartEvent
                room = (MAX_SCENES if opened == "scenes" else MAX_ENTRIES) << is_map
                flow, key = event.flow_style, None
                positions[id(value)] = spots
                if len(positions) > most:
                    self._too_fine(spot)

    def _key(
        self, key: str, spot: int, container: dict[str, Any], style: str | None
    ) -> Any:
        if key in container:
            return self._twice(key, spot, container)
        if not key and not style:
            self._note("DG003", spot, "A key is missing here.", "Write key: value.")
            return _SKIPPED
        if key == "<<" and not style:
            self._note(
                "DG005",
                spot,
                "Merge keys (<<) are not used in stories.",
                "Write the keys out where they are needed.",
            )
            return _SKIPPED
        return intern(key)

    def _twice(self, key: str, spot: int, container: dict[str, Any]) -> object:
        if self._full():
            return _SKIPPED
        number = list(container).index(key)
        first = self.positions[id(container)][2 * number] >> COLUMN_BITS
        self._note(
            "DG004",
            spot,
            f"“{clipped(key)}” stands twice here; the first is on line {first + 1}.",
            "Keep one, or give one of them another name.",
        )
        return _SKIPPED

    def _no_key(self, spot: int) -> object:
        self._note(
            "DG003",
            spot,
            "A key must be a word, and this is a mapping or a list.",
            "If it is meant as text with a brace or bracket, put the whole text in quotes.",
        )
        return _SKIPPED

    def _empty(self, container: Any, key: Any, spot: int, flow: bool) -> None:
        """A value that is missing: `key:`, `- `, `null`, `~`, or prose broken at a comma."""
        if self._full():
            return
        line = self.places.line(spot >> COLUMN_BITS)
        message, advice = yaml_errors.nothing_there(
            key, line, flow, alone=not container
        )
        self._note("DG015", spot, message, advice)

    def _cut_off(self, value: str, end: Any) -> None:
        """A plain text of some words that ends where a hashtag or a number begins."""
        if " " in value and _HASHED.match(self.places.line(end.line), end.column - 1):
            self._note(
                "DG019",
                pack(end.line, end.column + 1),
                "The text ends here: what follows a space and # is a comment.",
                "Put the whole text in quotes; where a comment is meant, write a space after #.",
            )

    def _marked(self, event: Any, spot: int) -> None:
        self._note("DG005", spot, *yaml_errors.marked(event))

    def _escaped(self, value: str, spot: int) -> str:
        found = UNSAFE.search(value)
        if found is None:
            return value
        if not self._full():
            self.found.append(unsafe_character(found[0], self.places.place(spot)))
        return UNSAFE.sub("\ufffd", value)

    def _paragraphs(self, value: str, event: Any) -> str:
        """A folded text with its paragraphs: folding leaves one line end of a blank line."""
        if event.style == '"':
            lines = range(event.start_mark.line, event.end_mark.line + 1)
            if any("\\n" in self.places.line(line) for line in lines):
                return value  # line ends that the author wrote as such
        return _FOLDED.sub(r"\1\n\n", value)

    def _second_document(self, event: Any) -> None:
        self._note(
            "DG003",
            pack(event.start_mark.line, event.start_mark.column),
            "A second document begins here (---).",
            "One file holds one story: take the line out, or make a second file.",
        )

    def _too_deep(self, spot: int) -> None:
        self._note(
            "DG006",
            spot,
            f"This is nested more than {MAX_DEPTH} deep.",
            "No part of a story needs that; look for brackets that were never closed.",
        )
        raise _Stop

    def _bounded(self, turns: int, spots: list[int], most: int) -> None:
        """Stop where the file, or the list or mapping that is being read, has become too large."""
        if turns > MAX_VALUES:
            message = f"This file holds more than {MAX_VALUES:,} values."
            self._note("DG006", spots[0], message, "Split the story.")
            raise _Stop
        if len(spots) > 2 * most:
            self._too_many(spots[0], most)

    def _too_many(self, spot: int, most: int) -> None:
        message = f"This list or mapping has more than {most:,} entries."
        self._note(
            "DG006", spot, message, "Split it, or look whether this is the right file."
        )
        raise _Stop

    def _too_long(self, spot: int) -> str:
        message = f"This text is longer than {MAX_TEXT:,} letters."
        self._note(
            "DG006", spot, message, "Split it into scenes, or look for a missing quote."
        )
        return ""

    def _too_fine(self, spot: int) -> None:
        message = (
            "This file has more lists and mappings than a story of its length needs."
        )
        self._note("DG006", spot, message, "Look whether this is the right file.")
        raise _Stop

    def _full(self) -> bool:
        """Whether enough was said; finding the words for more would take its time."""
        return len(self.found) >= MAX_FINDINGS

    def _note(self, code: str, spot: int, message: str, advice: str) -> None:
        if not self._full():
            self.found.append(finding(code, self.places.place(spot), message, advice))


def _number(written: str) -> int | float | str:
    """A plain decimal as a number; everything else stays the text it is."""
    match = _NUMBER.match(written)
    if match is None:
        return written
    return Decimal(written) if match[1] else int(written)
