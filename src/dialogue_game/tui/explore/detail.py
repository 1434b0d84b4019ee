"""What there is to say of the row at a cursor, in a place whose size never changes."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.widgets.sheet import Sheet


class DetailSheet(Sheet):
    """A sheet as high as its place. It follows the cursor, and so must not lay the screen out."""

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these blocks instead; that is one repaint."""
        self._blocks = tuple(blocks)
        self._laid = (-1, 0)
        self.refresh()
