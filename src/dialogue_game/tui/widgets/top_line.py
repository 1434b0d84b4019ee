"""The first line: where one is, and how far along."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content

from dialogue_game.tui.text.prose import NOTHING
from dialogue_game.tui.widgets.bases import StableWidget


class TopLine(StableWidget):
    """One line: a name at the left, a place at the right; where it is tight, only the name."""

    ALLOW_SELECT = False

    def __init__(self, left: Content = NOTHING, right: Content = NOTHING) -> None:
        super().__init__()
        self._left, self._right = left, right

    def show(self, left: Content, right: Content = NOTHING) -> None:
        """Say these instead."""
        if str(self._left) != str(left) or str(self._right) != str(right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> RenderResult:
        """Both ends, as far apart as the line is long."""
        width = self.content_size.width
        room = width - self._right.cell_length - 2
        if not self._right or room < min(self._left.cell_length, 12):
            return self._left.truncate(max(width, 1), ellipsis=True)
        left = self._left.truncate(room, ellipsis=True)
        return (
            left.pad_right(width - left.cell_length - self._right.cell_length)
            + self._right
        )
