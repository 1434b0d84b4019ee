"""A drawer that asks for the name of a file."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from dialogue_game.tui.blocks import Block
from dialogue_game.tui.prose import STRONG, line, muted, prose
from dialogue_game.tui.screens.drawer import Drawer
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.written import Written


class FileDrawer(Drawer):
    """One line to write in. Closes with the file's name, or with "" where none is given."""

    AUTO_FOCUS = "Input"

    def __init__(self, title: str, asked: str, name: str, trouble: str = "") -> None:
        super().__init__()
        self._title, self._asked, self._offered, self._trouble = title, asked, name, trouble

    def held(self) -> Iterable[Widget]:
        """What is asked, and the line."""
        self.top.show(line(self._title).stylize(STRONG))
        blocks = [Block(line(self._asked))]
        if self._trouble:
            blocks.append(Block(line(self._trouble), prose("! ").stylize(STRONG)))
        blocks.append(Block(muted("Enter does it. Esc closes this and does nothing.")))
        self.name_line = Written(self._offered, id="file")
        yield Sheet(blocks)
        yield self.name_line

    @on(Input.Submitted)
    def named(self, message: Input.Submitted) -> None:
        """The person has said."""
        self.dismiss(message.value.strip())
