"""A screen with a long list, and beneath it all there is to say of the row at the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from dialogue_game.tui.base.main_screen import BACK, MainScreen
from dialogue_game.tui.explore.detail import DetailSheet
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane


class ListingScreen(MainScreen):
    """History and the own map: what is above, the rows, what the row at the cursor is."""

    CSS_PATH = Path(__file__).with_name("listing.tcss")  # also of a subclass elsewhere

    BINDINGS: ClassVar[list[BindingType]] = [
        BACK,
    ]

    def body(self) -> Iterable[Widget]:
        """Head, rows, rule, detail."""
        self.above = Sheet(classes="above")
        self.rows = PickList(glyphs=self.glyphs, id="lines")
        self.reading = ReadingPane(self.rows)
        self.detail = DetailSheet()
        yield self.above
        yield self.reading
        yield self.divider
        yield ChoicePane(self.detail)

    def action_turn(self, pages: int) -> None:
        """The list goes on by pages, wherever the focus is."""
        self.rows.move_by(pages * max(1, self.reading.size.height - 1))
