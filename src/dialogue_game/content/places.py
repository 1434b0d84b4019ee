"""Where each authored value stands in its file, made into a Place only when somebody asks.

Reading a large story meets a million values and reports a handful. So the reader keeps two small
numbers a value, and what they mean is worked out for the few that are asked for.
`RelocatedPlaces` knows where fragments and costs are written, which stand elsewhere in play.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dialogue_game.analysis.findings import (
    EXCERPT_LEAD,
    EXCERPT_LENGTH,
    PathKey,
    Place,
    Places,
)
from dialogue_game.core.text import CONTROL

UNSAFE: Final = re.compile(
    f"{CONTROL.pattern.removesuffix(']')}\ud800-\udfff\ufffe\uffff]"
)
"""What is never shown, and what no file can hold; letters of any script pass."""


def printable(text: str) -> str:
    """The text with every unsafe character and tab replaced, one for one, so columns stay true."""
    return UNSAFE.sub("\ufffd", text.replace("\t", " "))


def clipped(words: str, length: int = 60) -> str:
    """Words for use in a message: printable, one line, not endless."""
    words = printable(" ".join(words.split()))
    return words if len(words) <= length else words[: length - 1] + "…"


def excerpt(line: str, column: int) -> str:
    """A line made safe to print and clipped around a column (from 1).

    Where the start is cut off the excerpt begins with “…”; `Place.caret` knows where to point.
    """
    if len(line) <= EXCERPT_LENGTH:
        return printable(line)
    if column <= EXCERPT_LENGTH - EXCERPT_LEAD:
        return printable(line[: EXCERPT_LENGTH - 1]) + "…"
    start = column - EXCERPT_LEAD
    cut = line[start : start + EXCERPT_LENGTH - 1]
    return "…" + printable(cut) + ("…" if start + len(cut) < len(line) else "")


INSIDE: Final = 1 << 31
"""Marks a number that says where a mapping or list is described, and not where a value stands."""


class Positions:
    """Where the keys and values of a file stand, in one array of numbers.

    A mapping or list is described by the number of its shape (its keys, or how many items it has),
    then by two numbers for each entry: where its key or item stands, and where its value does; or,
    where that is a mapping or list, where that one is described. So the plain data itself need
    not be kept for the sake of its places.
    """

    def __init__(self) -> None:
        self.numbers = array("I")
        self.shapes: dict[tuple[str, ...] | int, int] = {}
        self.latest = 0

    def add(self, shape: tuple[str, ...] | int, entries: list[int]) -> None:
        """Describe a mapping or list; those in it have been described before."""
        self.latest = len(self.numbers) | INSIDE
        self.numbers.append(self.shapes.setdefault(shape, len(self.shapes)))
        self.numbers.fromlist(entries)


class SourcePlaces(Mapping[PathKey, Place]):
    """The places of one file: `places[path]` is where the value of that path stands.

    A value that is a mapping or list stands where its key does. `()` is the file as a whole.
    """

    def __init__(
        self,
        file: str,
        text: str = "",
        positions: Positions | None = None,
    ) -> None:
        self.file = file
        self._text = text
        self._line_starts = array("I")
        self._numbers = positions.numbers if positions else array("I")
        self._shapes = tuple(positions.shapes) if positions else ()
        self._root = positions.latest if positions else 0
        self._orders: dict[int, Mapping[str | int, int]] = {}

    def __getitem__(self, path: PathKey) -> Place:
        if not path:
            return Place(self.file)
        key, value = self._find(path)
        return self.at(key if value & INSIDE else value)

    def __iter__(self) -> Iterator[PathKey]:
        yield ()
        waiting: list[tuple[PathKey, int]] = [((), self._root)]
        while waiting:
            path, described = waiting.pop()
            for part in self._order(described):
                yield (*path, part)
                waiting.append(((*path, part), self._entry(described, part)[1]))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def key(self, path: PathKey) -> Place:
        """Where the key of that path stands; in a list, where the item does."""
        return self.at(self._find(path)[0]) if path else Place(self.file)

    def inside(self, path: PathKey, offset: int) -> Place:
        """The place of a character inside a text of one line, by its offset from the start."""
        line, column = self._line_and_column(self._begins(path))
        opening = self.line(line)[column : column + 1]
        if opening in ("|", ">"):
            line, column = line + 1, _indent(self.line(line + 1))
        elif opening in ("'", '"'):
            column += 1
        if column + offset >= len(self.line(line)):
            offset = 0
        return self.place(line, column + offset)

    def mention(self, path: PathKey, words: str) -> Place:
        """Where these words first stand in the text of that path, or where the text begins."""
        value = self._begins(path)
        first, column = self._line_and_column(value)
        for line in range(first, min(first + 200, self.count)):
            found = self.line(line).find(words, column)
            if found >= 0:
                return self.place(line, found)
            column = 0
        return self.at(value)

    def at(self, offset: int) -> Place:
        """The Place of a character of the text."""
        return self.place(*self._line_and_column(offset))

    def place(self, line: int, column: int) -> Place:
        """The Place of a line and a column, both from 0."""
        column += 1
        return Place(self.file, line + 1, column, excerpt(self.line(line), column))

    def line_at(self, offset: int) -> int:
        """The number of the line, from 0, in which a character stands."""
        return bisect_right(self._starts(), offset) - 1

    def line(self, number: int) -> str:
        """The text of a line, by its number from 0; empty past the end."""
        starts = self._starts()
        if not 0 <= number < len(starts):
            return ""
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(self._text)
        return self._text[starts[number] : end]

    @property
    def count(self) -> int:
        """How many lines the file has."""
        return len(self._starts())

    def _starts(self) -> array[int]:
        if not self._line_starts:
            self._line_starts.append(0)
            self._line_starts.extend(m.end() for m in re.finditer("\n", self._text))
        return self._line_starts

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = self.line_at(offset)
        return line, offset - self._starts()[line]

    def _find(self, path: PathKey) -> tuple[int, int]:
        """The two numbers of a path. Raises KeyError."""
        found = 0, self._root
        for part in path:
            found = self._entry(found[1], part)
        return found

    def _begins(self, path: PathKey) -> int:
        """Where the text of a path begins; in a mapping or list, that of its first entry."""
        key, value = self._find(path)
        while value & INSIDE and (order := self._order(value)):
            key, value = self._entry(value, next(iter(order)))
        return key if value & INSIDE else value

    def _entry(self, described: int, part: str | int) -> tuple[int, int]:
        """The two numbers of an entry of a mapping or list. Raises KeyError."""
        at = (described ^ INSIDE) + 1 + 2 * self._order(described)[part]
        return self._numbers[at], self._numbers[at + 1]

    def _order(self, described: int) -> Mapping[str | int, int]:
        """The entries of a mapping or list, numbered; none, where it is neither."""
        if not described & INSIDE:
            return {}
        number = self._numbers[described ^ INSIDE]
        order = self._orders.get(number)
        if order is None:
            shape = self._shapes[number]
            parts: Iterable[str | int] = (
                range(shape) if isinstance(shape, int) else shape
            )
            order = {part: place for place, part in enumerate(parts)}
            self._orders[number] = order
        return order


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class RelocatedPlaces(Mapping[PathKey, Place]):
    """The places of a file, asked for by the paths of the built story."""

    def __init__(self, places: Places, moved: Mapping[PathKey, PathKey]) -> None:
        self._places, self._moved = places, moved

    def __getitem__(self, path: PathKey) -> Place:
        return self._places[self._written(path)]

    def mention(self, path: PathKey, words: str) -> Place:
        """Where these words first stand in the text of that path, or where the text begins."""
        path = self._written(path)
        if isinstance(self._places, SourcePlaces):
            return self._places.mention(path, words)
        return self._places[path]

    def _written(self, path: PathKey) -> PathKey:
        """The path in the file of what stands at a path of the story."""
        for length in range(len(path), 0, -1):
            written = self._moved.get(path[:length])
            if written is not None:
                return (*written, *path[length:])
        return path

    def __iter__(self) -> Iterator[PathKey]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
