"""Text and rows laid out in lines: what a page, a list or a picture beside it shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from textual.content import Content
from textual.geometry import Region

from dialogue_game.core.text import split_paragraphs
from dialogue_game.tui.text.styled import (
    ACCENT,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    line,
    muted,
    prose,
)

LEAST_MEASURE: Final = 6
"""Narrower than this nothing is wrapped any further; the terminal is too small to read in."""


class Block(NamedTuple):
    """A piece of text, with what stands before its first line and `above` empty lines.

    With `each`, the lead stands before every line, as a quotation's bar does.
    """

    text: Content
    prefix: Content = NOTHING
    above: int = 1
    each: bool = False


def wrapped(text: Content, width: int) -> list[Content]:
    """The text in lines no wider than `width` cells."""
    return text.wrap(max(width, LEAST_MEASURE))


def laid_out(blocks: Iterable[Block], width: int) -> list[Content]:
    """All blocks in lines; nothing stands empty at the top."""
    lines: list[Content] = []
    for block in blocks:
        if lines:
            lines += [NOTHING] * block.above
        lines += _hung(block, width)
    return lines


def _hung(block: Block, width: int) -> Iterator[Content]:
    hang = block.prefix.cell_length
    rest = block.prefix if block.each else prose(" " * hang)
    for number, text in enumerate(wrapped(block.text, width - hang)):
        yield (rest if number else block.prefix) + text if hang else text


def paragraphs(texts: Iterable[str], prefix: Content = NOTHING) -> list[Block]:
    """Blocks of the paragraphs in these texts."""
    return [
        Block(prose(part), prefix) for text in texts for part in split_paragraphs(text)
    ]


def bulleted(items: Iterable[str], glyphs: Glyphs, above: int = 0) -> Iterator[Block]:
    """A list; `above` empty lines stand between its items, one before the first."""
    bullet = prose(f"{glyphs.bullet} ", ACCENT)
    for number, item in enumerate(items):
        yield Block(line(item), bullet, above=above if number else 1)


def trouble(sentence: str) -> Block:
    """Something that a person should know before going on."""
    return Block(line(sentence), prose("! ", STRONG))


def heading(text: str, above: int = 1) -> Block:
    """A heading within a page."""
    return Block(line(text, STRONG), above=above)


def statement(text: str, above: int = 1) -> Block:
    """Something said in one line, as far as the width goes."""
    return Block(line(text), above=above)


def remark(text: str, above: int = 1) -> Block:
    """Something that may be passed over."""
    return Block(muted(text), above=above)


class ListRow(NamedTuple):
    """One thing to pick: its text, a key of its own, and muted notes beneath it.

    `aside` stands at the right of the first line where there is room, beneath the text where not.
    `gap` empty lines follow. A `brief` row keeps its text to one line. A `picture` of a few lines
    stands at the left of the text, where there is room.
    """

    id: str
    text: Content
    key: str = ""
    note: Content = NOTHING
    more: tuple[Content, ...] = ()
    trailing: Content = NOTHING
    available: bool = True
    gap: int = 0
    brief: bool = False
    picture: tuple[Content, ...] = ()


def row_index(id_: str, rows: Sequence[ListRow], otherwise: int = 0) -> int:
    """Where the row of that id stands; `otherwise` where none has it."""
    ids = [row.id for row in rows]
    return ids.index(id_) if id_ in ids else otherwise


CURSOR_CELLS: Final = 2
"""Cells at the left for the mark of the cursor."""

LEAST_BESIDE: Final = 20
"""Cells from which on a text is wrapped beside what stands at its right; no fewer than that has."""

LETTERED: Final = f"{STRONG} {ACCENT}"
"""The style of a key that is the letter of a card that people hold up."""

PICTURE_FROM: Final = 64
"""Cells of a list from which on its rows have room for their pictures."""

LineOf = Callable[[int, int], Content]
"""What stands in a row, given its number and the cells there are."""


class RowLayout:
    """Rows laid out at the width asked for last. Rows in `headings` cannot be taken."""

    def __init__(self, rows: Sequence[ListRow] = ()) -> None:
        self.rows = tuple(rows)
        self.count = len(self.rows)
        self.headings: Container[int] = ()
        self.key_style = MUTED
        self.tops: Sequence[int] = ()
        self.height = 0
        self._line_of: LineOf | None = None
        self._lines: list[list[Content]] = []
        self._width = -1

    @classmethod
    def of_lines(
        cls, count: int, line_of: LineOf, headings: Container[int]
    ) -> RowLayout:
        """That many rows of one line, each made when it comes into sight."""
        layout = cls()
        layout.count, layout._line_of, layout.headings = count, line_of, headings
        return layout

    def set_width(self, width: int) -> None:
        """Lay the rows out for this width, unless they are."""
        if self._width == width:
            return
        self._width = width
        if self._line_of is not None:
            self.tops, self.height = range(self.count), self.count
            return
        self._lines, tops, top = [], [], 0
        key_cells = max((len(row.key) for row in self.rows), default=0)
        for row in self.rows:
            lines = self._laid_out(row, width, key_cells)
            self._lines.append(lines)
            tops.append(top)
            top += len(lines) + row.gap
        self.tops = tops
        self.height = max(0, top - (self.rows[-1].gap if self.rows else 0))

    def row_at(self, y: int) -> int | None:
        """The row that line belongs to; None between rows and beneath them."""
        place = bisect_right(self.tops, y) - 1
        if not 0 <= place < self.count or y - self.tops[place] >= self.height_of(place):
            return None
        return place

    def height_of(self, place: int) -> int:
        """How many lines a row has."""
        return 1 if self._line_of is not None else len(self._lines[place])

    def region(self, place: int, width: int) -> Region:
        """Where a row stands."""
        place = max(0, min(place, len(self.tops) - 1))
        return Region(0, self.tops[place], width, self.height_of(place))

    def line(self, place: int, number: int) -> Content:
        """One of a row's lines."""
        if self._line_of is None:
            return self._lines[place][number]
        room = max(self._width - CURSOR_CELLS, 1)
        line = self._line_of(place, room).truncate(room, ellipsis=True)
        return prose(" " * CURSOR_CELLS) + line

    def name_of(self, place: int) -> str:
        """A row's id; its number where it has none."""
        return self.rows[place].id if self.rows else str(place)

    def can_take(self, place: int) -> bool:
        """Whether there is such a row, and it may be taken."""
        if not 0 <= place < self.count or place in self.headings:
            return False
        return not self.rows or self.rows[place].available

    def nearest(self, place: int, direction: int) -> int:
        """The nearest row that is no heading, in that direction first, then in the other."""
        place = max(0, min(place, self.count - 1))
        steps = (1, -1) if direction > 0 else (-1, 1)
        for step in steps:
            found = place
            while 0 <= found < self.count:
                if found not in self.headings:
                    return found
                found += step
        return place

    def _laid_out(self, row: ListRow, width: int, key_cells: int) -> list[Content]:
        """A row's lines: the cursor's cells and its key, a picture, its texts."""
        indent = CURSOR_CELLS + (key_cells + 2 if key_cells else 0)
        room = width - indent
        if row.picture and width >= PICTURE_FROM:
            lines = _texts(row, room - row.picture[0].cell_length - 2)
            lines = side_by_side(row.picture, lines)
        else:
            lines = _texts(row, room)
        first = prose(" " * CURSOR_CELLS)
        if key_cells:
            first += prose(row.key.ljust(key_cells) + "  ", self.key_style)
        rest = prose(" " * indent)
        return [first + lines[0], *(rest + line for line in lines[1:])]


def _texts(row: ListRow, room: int) -> list[Content]:
    """A row's text with what trails it, and the notes beneath, in that many cells."""
    text = row.text if row.available else row.text.stylize(MUTED)
    lines = _with_trailing(text, row, room)
    for note in (row.note, *row.more):
        if note:
            lines += wrapped(note, room)
    return lines


def _with_trailing(text: Content, row: ListRow, room: int) -> list[Content]:
    """The text, with what trails it at the right of its first line, or beneath it."""
    cells = row.trailing.cell_length
    if row.trailing and room - text.cell_length - cells >= 2:
        return [text.pad_right(room - cells - text.cell_length) + row.trailing]
    if row.trailing and room - cells >= max(LEAST_BESIDE, cells):
        first, *rest = wrapped(text, room - cells - 2)
        first = first.pad_right(room - cells - first.cell_length)
        return [first + row.trailing, *rest]
    lines = wrapped(text, room)
    if row.brief:
        lines = [text.truncate(max(room, 1), ellipsis=True)]
    if row.trailing:
        lines += wrapped(row.trailing, room)
    return lines


def side_by_side(picture: Sequence[Content], lines: Sequence[Content]) -> list[Content]:
    """A picture, and lines of text at its right."""
    blank, gap = prose(" " * picture[0].cell_length), prose("  ")
    return [
        (drawn or blank) + gap + (text or NOTHING)
        for drawn, text in zip_longest(picture, lines)
    ]
