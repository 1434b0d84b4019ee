"""The address of the evaluation form as a code that a phone reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.reporting.qr import qr_lines
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import line, prose
from dialogue_game.tui.widgets.sheet import Sheet

READABLE: Final = "white on black"
"""Not a matter of taste: a phone needs the light modules light, in every theme."""


class QrPanel(Panel):
    """The code alone, as large as the terminal allows; the address stands on the last step, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z,enter", "close", "Close", show=False, id="code.close", tooltip="Close this")
    ]

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def head(self) -> Iterable[Widget]:
        """No first line: every row is the code's."""
        self.top.display = False
        return ()

    def content(self) -> Iterable[Widget]:
        """The code; then the address, for those who type."""
        rows = [Block(prose(row).stylize(READABLE), above=0) for row in qr_lines(self._address)]
        yield Sheet([*rows, Block(line(self._address), above=0)], id="code")
