"""The journal refused: one sentence, and two ways on."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from dialogue_game.errors import JournalError
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import line, muted
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

RETRY = "retry"
UNSAVED = "unsaved"


class FailureDialog(Panel):
    """Nothing has moved; the player says how to go on."""

    HEADING = "This could not be saved"
    AUTO_FOCUS = "PickList"

    def __init__(self, error: JournalError) -> None:
        super().__init__()
        self.error = error

    def content(self) -> Iterable[Widget]:
        """What happened, and what can be done."""
        yield Sheet(
            [
                Block(line(str(self.error))),
                Block(muted("You are still where you were.")),
            ]
        )
        yield PickList(
            [
                action_row(RETRY, "Try again", "1"),
                action_row(
                    UNSAVED, "Go on without saving", "2", "Until you quit the game."
                ),
            ],
            glyphs=self.glyphs,
        )

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The player has said."""
        self.dismiss(message.row)
