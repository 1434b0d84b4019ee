"""Blocks of text in one widget; changing them is one repaint.

What there is to say of the row at a cursor, in a place whose size never changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size

from dialogue_game.tui.text.layout import Block, laid_out
from dialogue_game.tui.text.styled import prose
from dialogue_game.tui.widgets.bases import StableWidget


class Sheet(StableWidget):
    """A page of text, as high as its text is at the width it is given."""

    def __init__(
        self,
        blocks: Iterable[Block] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._blocks = tuple(blocks)
        self._laid: tuple[int, int] = (-1, 0)
        self._text = prose("")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What it shows."""
        return self._blocks

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these blocks instead; without any, take no room."""
        shown = tuple(blocks)
        if not shown and not self.display:
            return
        self._blocks, self._laid = shown, (-1, 0)
        self.display = bool(self._blocks)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text needs."""
        return self._lay_out(width)

    def render(self) -> RenderResult:
        """The lines, ready for the width at hand."""
        self._lay_out(self.content_size.width)
        return self._text

    def lines(self, width: int) -> list[Content]:
        """All blocks, in lines of this width."""
        return laid_out(self._blocks, width)

    def _lay_out(self, width: int) -> int:
        if self._laid[0] != width:
            lines = self.lines(width)
            self._text = prose("\n").join(lines)
            self._laid = (width, len(lines))
        return self._laid[1]


class DetailSheet(Sheet):
    """A sheet as high as its place. It follows the cursor, and so must not lay the screen out."""

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these blocks instead; that is one repaint."""
        self._blocks = tuple(blocks)
        self._laid = (-1, 0)
        self.refresh()
