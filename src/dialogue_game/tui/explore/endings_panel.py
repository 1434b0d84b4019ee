"""The endings of a story that were found, side by side: each with its picture, title and kind."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from dialogue_game.core.discovery import Discovery
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.explore.map_rows import found_rows
from dialogue_game.tui.text.styled import line
from dialogue_game.tui.widgets.pick_list import PickList


class EndingsPanel(Panel):
    """Closes with the ending that was chosen, or with ""."""

    HEADING = "Endings"
    AUTO_FOCUS = "PickList"

    def __init__(self, known: Discovery) -> None:
        super().__init__()
        self._known = known

    def content(self) -> Iterable[Widget]:
        """One row an ending."""
        covered = self._known.coverage
        self.top.show(
            line(
                f"{self._known.title}: {covered.endings_found} of {covered.endings} endings found"
            )
        )
        yield PickList(found_rows(self._known, self.glyphs), glyphs=self.glyphs)

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """To that ending on the map."""
        self.dismiss(message.row)
