"""Asked before a session is ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual import on
from textual.widget import Widget

from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import line, muted
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

END: Final = "end"


class EndSessionDialog(Panel):
    """Ending cannot be taken back; going on is the first row."""

    HEADING = "End the session here?"

    def content(self) -> Iterable[Widget]:
        """What ending does, and two ways on."""
        sentence = "To come back another time, leave with q instead: then everything waits."
        yield Sheet(
            [
                Block(line("A session that has ended cannot be resumed.")),
                Block(muted(sentence), above=0),
            ]
        )
        yield PickList(
            [action_row("", "Go on with the session", "1"), action_row(END, "End it", "2")],
            glyphs=self.glyphs,
        )

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The leader has said."""
        self.dismiss(message.row)
