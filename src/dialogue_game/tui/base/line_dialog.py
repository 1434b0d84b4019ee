"""A dialog that asks for one line: a file's name, a note, a number."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.blocks import Block, trouble
from dialogue_game.tui.text.prose import STRONG, line, muted
from dialogue_game.tui.widgets.line_input import LineInput
from dialogue_game.tui.widgets.sheet import Sheet


class LineDialog(Panel):
    """One line to write in, under a question of one line or several.

    Closes with what was written, or with "" where nothing was.

    With `empty`, nothing written is an answer, too, and closing without one gives None.
    """

    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        asked: str,
        given: str = "",
        trouble: str = "",
        *,
        empty: bool = False,
    ) -> None:
        super().__init__()
        self._empty = empty
        self._title, self._asked, self._given, self._trouble = (
            title,
            asked,
            given,
            trouble,
        )

    def content(self) -> Iterable[Widget]:
        """What is asked, and the line."""
        self.top.show(line(self._title).stylize(STRONG))
        first, *more = self._asked.split("\n")
        blocks = [Block(line(first)), *(Block(line(part), above=0) for part in more)]
        if self._trouble:
            blocks.append(trouble(self._trouble))
        blocks.append(
            Block(
                muted("Enter when it is right. Esc closes this, and nothing changes.")
            )
        )
        self.line_input = LineInput(self._given, id="line")
        yield Sheet(blocks)
        yield self.line_input

    @on(Input.Submitted)
    def named(self, message: Input.Submitted) -> None:
        """The person has said."""
        self.dismiss(message.value.strip())

    def action_close(self) -> None:
        """Leave it unanswered."""
        self.dismiss(None if self._empty else "")
