"""A drawer that asks for one line: a file's name, a note, a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from dialogue_game.tui.blocks import Block
from dialogue_game.tui.prose import STRONG, line, muted, prose
from dialogue_game.tui.screens.drawer import Drawer
from dialogue_game.tui.widgets.sheet import Sheet


class LineDrawer(Drawer, inherit_bindings=False):
    """One line to write in. Closes with what was written, or with "" where nothing was.

    With `empty`, nothing written is an answer, too, and closing without one gives None.
    """

    AUTO_FOCUS = "Input"
    # Every letter is for the line, q as well.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", key_display="Esc", id="close", tooltip="Close this"),
    ]

    def __init__(
        self, title: str, asked: str, given: str = "", trouble: str = "", *, empty: bool = False
    ) -> None:
        super().__init__()
        self._empty = empty
        self._title, self._asked, self._given, self._trouble = title, asked, given, trouble

    def held(self) -> Iterable[Widget]:
        """What is asked, and the line."""
        self.top.show(line(self._title).stylize(STRONG))
        blocks = [Block(line(self._asked))]
        if self._trouble:
            blocks.append(Block(line(self._trouble), prose("! ").stylize(STRONG)))
        blocks.append(Block(muted("Enter when it is right. Esc closes this, and nothing changes.")))
        self.line_input = Input(self._given, id="line")
        self.line_input.cursor_blink = False
        yield Sheet(blocks)
        yield self.line_input

    @on(Input.Submitted)
    def named(self, message: Input.Submitted) -> None:
        """The person has said."""
        self.dismiss(message.value.strip())

    def action_close(self) -> None:
        """Leave it unanswered."""
        self.dismiss(None if self._empty else "")
