"""A panel: opened over what one is doing, and closed with the same key."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.player import Player
from dialogue_game.tui.base.framed_screen import FramedScreen
from dialogue_game.tui.text.prose import STRONG, line
from dialogue_game.tui.widgets.split_view import ReadingPane


class Panel(FramedScreen):
    """A title, something to read or pick from, and the keys. `q` closes; so does its own key.

    It covers the whole screen: letting what lies beneath shine through would paint that, too,
    three times over, and a page in its place is calmer than a pane before it.
    """

    HEADING: ClassVar[str] = ""
    CSS_PATH = Path(__file__).with_name("panel.tcss")  # also of a subclass elsewhere

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "Close", id="close", tooltip="Close this"),
        Binding("escape", "close", "Close", id="close", tooltip="Close this"),
        Binding(
            "space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"
        ),
        Binding(
            "down,j",
            "line(1)",
            "Down",
            show=False,
            id="line.down",
            tooltip="A line down",
        ),
        Binding(
            "up,k", "line(-1)", "Up", show=False, id="line.up", tooltip="A line up"
        ),
    ]

    def __init__(self, player: Player | None = None) -> None:
        super().__init__()
        self._player = player

    @property
    def player(self) -> Player | None:
        """The playthrough it was opened over."""
        return self._player

    def body(self) -> Iterable[Widget]:
        """Head, then what is held, which scrolls."""
        self.top.show(line(self.HEADING).stylize(STRONG))
        yield from self.head()
        self.reading = ReadingPane(*self.content())
        yield self.reading

    def head(self) -> Iterable[Widget]:
        """What stands above and does not scroll."""
        return ()

    def content(self) -> Iterable[Widget]:
        """What the panel shows."""
        return ()

    def action_close(self) -> None:
        """Close it."""
        self.dismiss("")

    def action_line(self, lines: int) -> None:
        """A line up or down."""
        self.reading.scroll_relative(y=lines, animate=False)
