"""Two paths side by side where there is room, and one under the other where there is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from textual.content import Content

from dialogue_game.tui.text.layout import Block, laid_out
from dialogue_game.tui.text.styled import MUTED, NOTHING, UNICODE, Glyphs, prose
from dialogue_game.tui.widgets.sheet import Sheet

ROOM: Final = 92
"""Cells from which on two columns are readable; a terminal of 100 has them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands in one row of both paths: a heading over both, then each side's own.

    What is the `same` on both stands once, over the whole width.
    """

    head: tuple[Block, ...] = ()
    left: tuple[Block, ...] = ()
    right: tuple[Block, ...] = ()
    same: tuple[Block, ...] = ()


class TwoColumns(Sheet):
    """Pairs of text, each side named, so that one never has to scroll back to know which it is."""

    def __init__(
        self,
        names: tuple[Content, Content],
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._names, self._glyphs = names, glyphs
        self._pairs: tuple[Pair, ...] = ()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these pairs instead."""
        self._pairs = tuple(pairs)
        self.show(
            [block for pair in pairs for block in (*pair.head, *pair.left, *pair.right)]
        )

    def lines(self, width: int) -> list[Content]:
        """All pairs in lines of this width."""
        if width >= ROOM:
            return list(self._in_columns(width))
        return laid_out(self._stacked(), width)

    def _stacked(self) -> Iterator[Block]:
        for pair in self._pairs:
            yield from pair.head
            yield from pair.same
            for name, side in zip(self._names, (pair.left, pair.right), strict=True):
                if side:
                    yield Block(name, above=1)
                    yield Block(side[0].text, side[0].lead, 0, side[0].each)
                    yield from side[1:]

    def _in_columns(self, width: int) -> Iterator[Content]:
        column = (width - 3) // 2
        between = prose(f" {self._glyphs.quote} ").stylize(MUTED)
        for number, pair in enumerate(self._pairs):
            if number:
                yield NOTHING
            yield from laid_out((*pair.head, *pair.same), width)
            if not pair.left and not pair.right:
                continue
            named = (
                laid_out([Block(name), *_closer(side)], column)
                for name, side in zip(self._names, (pair.left, pair.right), strict=True)
            )
            for one, other in zip_longest(*named, fillvalue=NOTHING):
                yield one.pad_right(column - one.cell_length) + between + other


def _closer(side: Sequence[Block]) -> Iterator[Block]:
    """The blocks, the first right under the name."""
    for number, block in enumerate(side):
        above = block.above if number else 0
        yield Block(block.text, block.lead, above, block.each)
