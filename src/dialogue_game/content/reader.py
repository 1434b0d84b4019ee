"""The reader: one pass over the events of a YAML file → plain data and the position of every value.

What a plain word means is decided here: only `true`, `false` and plain decimals are not text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import intern
from typing import Any, Final, NoReturn

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dialogue_game.analysis.findings import Finding
from dialogue_game.content.places import UNSAFE, Positions, SourcePlaces
from dialogue_game.content.yaml_errors import YamlFindings

MAX_DEPTH: Final = 32
MAX_VALUES: Final = 2_000_000
MAX_SCENES: Final = 60_000
MAX_ENTRIES: Final = 2_000
"""In one list or mapping that is not of scenes; several proofs take the square of it."""
MAX_TEXT: Final = 100_000
"""Letters of one value: a third of a novel."""
FREE_CONTAINERS: Final = 40_000
LETTERS_PER_CONTAINER: Final = 130
"""How many lists and mappings a file may have, which cost far more memory than letters do."""

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
_SHORT: Final = 40
"""Words and numbers have fewer letters; looking a long text up would take time."""
_NO_KEYS: Final = frozenset({"", "<<"})
_TOO_MANY: Final = "This list or mapping has more than {:,} entries."
_SPLIT_LIST: Final = "Split it, or look whether this is the right file."


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
        self.said = YamlFindings(self.places, found)
        self.positions = Positions()
        cut = _HASHED.finditer(text) if " #" in text else ()
        self.cut_ends = {match.start() + 1 for match in cut}
        self.depth = self.containers = self.values = 0
        self.most_containers = FREE_CONTAINERS + len(text) // LETTERS_PER_CONTAINER

    def read(self, next_event: Callable[[], Any]) -> Any:
        """The plain data of the first document; None where there is none."""
        self.next_event = next_event
        data = None
        documents = 0
        try:
            while (event := next_event()) is not None:
                kind = type(event)
                if kind is DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        self.said.second_document(event.start_mark.index)
                        break
                elif kind in _VALUES:
                    data = self._value(kind, event, event.start_mark.index)
        except _Stop:
            return None
        return data

    # This and the next two take a million turns in a large story: what is rare stands elsewhere.
    def _mapping(self, most: int, flow: bool) -> tuple[dict[str, Any], list[int]]:
        next_event = self.next_event
        made: dict[str, Any] = {}
        spots: list[int] = []
        for _ in range(most + 1):
            event = next_event()
            kind = type(event)
            if kind is MappingEndEvent:
                break
            key_spot = event.start_mark.index
            if kind is ScalarEvent and not event.style and event.anchor is event.tag:
                key = event.value
            else:
                key = self._odd_key(kind, event, key_spot)
            if key in made or key in _NO_KEYS:
                key = self._refused_key(key, event, key_spot, made, spots)
            event = next_event()
            kind = type(event)
            spot = event.start_mark.index
            if kind is ScalarEvent:
                value = self._scalar(event, spot)
                if value is None and key is not _SKIPPED:
                    self.said.empty(key, key_spot, flow=flow, alone=not made)
            else:
                value = self._container(kind, event, spot, key)
                if kind is not AliasEvent:
                    spot = self.positions.latest
            if key is not _SKIPPED:
                made[intern(key)] = value
                spots.append(key_spot)
                spots.append(spot)
        else:
            self._stop(spots[0], _TOO_MANY.format(most), _SPLIT_LIST)
        return made, spots

    def _sequence(self, flow: bool) -> tuple[list[Any], list[int]]:
        next_event = self.next_event
        made: list[Any] = []
        spots: list[int] = []
        for _ in range(MAX_ENTRIES + 1):
            event = next_event()
            kind = type(event)
            if kind is SequenceEndEvent:
                break
            spot = end = event.start_mark.index
            if kind is ScalarEvent:
                value = self._scalar(event, spot)
                if value is None:
                    self.said.empty(None, spot, flow=flow, alone=not made)
            else:
                value = self._container(kind, event, spot, None)
                if kind is not AliasEvent:
                    end = self.positions.latest
            made.append(value)
            spots.append(spot)
            spots.append(end)
        else:
            self._stop(spots[0], _TOO_MANY.format(MAX_ENTRIES), _SPLIT_LIST)
        return made, spots

    def _scalar(self, event: Any, spot: int) -> Any:
        """A text, number, flag, or None where nothing is written."""
        value: str = event.value
        if event.tag is not None or event.anchor is not None:
            self.said.marked(event, spot)
        if event.style:
            return self._styled(event, spot)
        if len(value) < _SHORT:
            if value in _WORDS:
                return _WORDS[value]
            if value[0] in _NUMBER_STARTS:
                return _number(value)
            value = intern(value)  # ids stand in many places
        elif len(value) > MAX_TEXT:
            return self._too_long(spot)
        if self.cut_ends and event.end_mark.index in self.cut_ends and " " in value:
            self.said.cut_off(event.end_mark.index)
        return _with_paragraphs(value) if "\n" in value else value

    def _styled(self, event: Any, spot: int) -> str:
        """A text in quotes, or after | or >."""
        value: str = event.value
        if len(value) > MAX_TEXT:
            return self._too_long(spot)
        if event.style == '"':
            value = self._escaped(value, spot)
        if "\n" not in value or event.style == "|":
            return value
        if event.style == '"':
            lines = range(event.start_mark.line, event.end_mark.line + 1)
            if any("\\n" in self.places.line(line) for line in lines):
                return value  # line ends that the author wrote as such
        return _with_paragraphs(value)

    def _container(self, kind: type, event: Any, spot: int, key: object) -> Any:
        """The mapping or list that begins here; None for an alias, which is told of."""
        if event.anchor is not None or event.tag is not None:
            self.said.marked(event, spot)
        if kind is AliasEvent:
            return None
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._stop(
                spot,
                f"This is nested more than {MAX_DEPTH} deep.",
                "No part of a story needs that; look for brackets that were never closed.",
            )
        self.containers += 1
        if self.containers > self.most_containers:
            self._stop(
                spot,
                "This file has more lists and mappings than a story of its length needs.",
                "Look whether this is the right file.",
            )
        made: Any
        if kind is MappingStartEvent:
            most = MAX_SCENES if key == "scenes" else MAX_ENTRIES
            made, spots = self._mapping(most, event.flow_style)
        else:
            made, spots = self._sequence(event.flow_style)
        self.depth -= 1
        self.positions.add(
            tuple(made) if kind is MappingStartEvent else len(made), spots
        )
        if len(self.positions.numbers) > 2 * MAX_VALUES:
            message = f"This file holds more than {MAX_VALUES:,} values."
            self._stop(spot, message, "Split the story.")
        return made

    def _odd_key(self, kind: type, event: Any, spot: int) -> Any:
        """A key that is no plain word: in quotes, marked, or no text at all."""
        if kind is not ScalarEvent:
            self.said.no_key(spot)
            self._container(kind, event, spot, None)
            return _SKIPPED
        if event.tag is not None or event.anchor is not None:
            self.said.marked(event, spot)
        return self._styled(event, spot)

    def _value(self, kind: type, event: Any, spot: int) -> Any:
        """A value that belongs to no key."""
        if kind is not ScalarEvent:
            return self._container(kind, event, spot, None)
        value = self._scalar(event, spot)
        if value is None:
            self.said.empty(None, spot, flow=False, alone=True)
        return value

    def _refused_key(
        self, key: str, event: Any, spot: int, made: dict[str, Any], spots: list[int]
    ) -> Any:
        """A key that stands twice, is empty, or is no key of ours."""
        if key in made:
            if not self.said.full:
                before = spots[2 * list(made).index(key)]
                self.said.twice(key, spot, before, spots[0])
        elif event.style:
            return key
        elif not key:
            self.said.note("DG003", spot, "A key is missing here.", "Write key: value.")
        else:
            self.said.merge_key(spot)
        return _SKIPPED

    def _escaped(self, value: str, spot: int) -> str:
        found = UNSAFE.search(value)
        if found is None:
            return value
        self.said.unsafe(found[0], spot)
        return UNSAFE.sub("\ufffd", value)

    def _too_long(self, spot: int) -> str:
        message = f"This text is longer than {MAX_TEXT:,} letters."
        self.said.note(
            "DG006", spot, message, "Split it into scenes, or look for a missing quote."
        )
        return ""

    def _stop(self, spot: int, message: str, advice: str) -> NoReturn:
        """Reading on would take too much memory or time."""
        self.said.note("DG006", spot, message, advice)
        raise _Stop


def _with_paragraphs(text: str) -> str:
    """A folded text with its paragraphs: folding leaves one line end of a blank line."""
    return _FOLDED.sub(r"\1\n\n", text)


def _number(written: str) -> int | float | str:
    """A plain decimal as a number; everything else stays the text it is."""
    match = _NUMBER.match(written)
    if match is None:
        return written
    return Decimal(written) if match[1] else int(written)
