"""A line that a person writes."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from dialogue_game.core.text import safe


class LineInput(Input):
    """One line to write in, of `most` characters where that is given.

    Nothing in it is selected at first, so that Ctrl-C still stops.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "submit",
            "Done",
            id="rows.pick",
            tooltip="That is what you want to say",
        ),
    ]

    def __init__(self, text: str = "", *, id: str, most: int = 0) -> None:
        super().__init__(safe(text), id=id, max_length=most, select_on_focus=False)
        self.cursor_blink = False
