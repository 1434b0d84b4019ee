"""What a room does now, in words, and beside it the one figure that matters, in big digits."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Digits

from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.widgets.bases import StableWidget
from dialogue_game.tui.widgets.sheet import Sheet


class Banner(StableWidget):
    """Stays in sight while what is read scrolls beneath it."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.words = Sheet()
        self.digits = Digits()
        self._figure = ""

    def compose(self) -> ComposeResult:
        """Words at the left, the figure at the right, in the column that all text keeps to."""
        self.digits.display = False
        yield Horizontal(self.words, self.digits)

    def show(self, blocks: Iterable[Block], figure: str = "") -> None:
        """Say this instead, and show this figure; without any, the words have all the room."""
        self.words.show(blocks)
        self.count(figure)

    def count(self, figure: str) -> None:
        """Show another figure beside the same words."""
        if figure != self._figure:
            self._figure = figure
            self.digits.display = bool(figure)
            self.digits.update(figure)
