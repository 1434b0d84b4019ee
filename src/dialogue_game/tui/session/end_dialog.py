"""Asked before a session is ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual import on
from textual.widget import Widget

from dialogue_game.tui.base.panel import Drawer
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import line, muted
from dialogue_game.tui.text.story_blocks import action
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

END: Final = "end"


class EndDrawer(Drawer):
    """Ending cannot be taken back; going on is the first row."""

    TITLE_WORDS = "End the session here?"

    def held(self) -> Iterable[Widget]:
        """What ending does, and two ways on."""
        told = "To come back another time, leave with q instead: then everything waits."
        yield Sheet(
            [
                Block(line("A session that has ended cannot be resumed.")),
                Block(muted(told), above=0),
            ]
        )
        yield PickList(
            [action("", "Go on with the session", "1"), action(END, "End it", "2")],
            signs=self.signs,
        )

    @on(PickList.Picked)
    def settle(self, message: PickList.Picked) -> None:
        """The leader has said."""
        self.dismiss(message.row)
