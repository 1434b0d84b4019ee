"""Asked before a playthrough is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual import on
from textual.widget import Widget

from dialogue_game.app.runs import PlaythroughInfo
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.explore.run_rows import run_blocks
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import muted
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

DELETE: Final = "delete"


class DeleteDialog(Panel):
    """Says what would go, and that it does not come back; keeping it is the first row."""

    HEADING = "Delete this playthrough?"

    def __init__(self, run: PlaythroughInfo) -> None:
        super().__init__()
        self._run = run

    def content(self) -> Iterable[Widget]:
        """The run, and two ways on."""
        warning = Block(
            muted("It is deleted for good: its road, its answers, its own line.")
        )
        yield Sheet([*run_blocks(self._run, None), warning])
        yield PickList(
            [
                action_row("", "Keep it", "1"),
                action_row(DELETE, "Delete it for good", "2"),
            ],
            glyphs=self.glyphs,
        )

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The person has said."""
        self.dismiss(message.row)
