"""A drawer: pulled out over what one is doing, and pushed in again with the same key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.tui.prose import STRONG, line
from dialogue_game.tui.screens.base import size_classes
from dialogue_game.tui.signs import Signs, signs_for
from dialogue_game.tui.widgets.key_bar import KeyBar
from dialogue_game.tui.widgets.page import Reading
from dialogue_game.tui.widgets.too_small import TooSmall
from dialogue_game.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp


class Drawer(Screen[str]):
    """A title, something to read or pick from, and the keys. `q` closes; so does its own key.

    It covers the whole screen: letting what lies beneath shine through would paint that, too,
    three times over, and a page in its place is calmer than a pane before it.
    """

    TITLE_WORDS: ClassVar[str] = ""
    CSS_PATH = "../styles/drawer.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "close", "Close", key_display="q", id="close", tooltip="Close this"),
        Binding("space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"),
        Binding("pageup", "turn(-1)", "Back", show=False, id="read.back", tooltip="A page up"),
        Binding("down,j", "line(1)", "Down", show=False, id="line.down", tooltip="A line down"),
        Binding("up,k", "line(-1)", "Up", show=False, id="line.up", tooltip="A line up"),
        Binding("home", "turn(-99)", "Top", show=False, id="read.top", tooltip="To the top"),
        Binding("end", "turn(99)", "End", show=False, id="read.end", tooltip="To the end"),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self, player: Player | None = None) -> None:
        super().__init__()
        self.player = player
        self.top = TopLine(line(self.TITLE_WORDS).stylize(STRONG))
        self.reading = Reading()

    @property
    def ours(self) -> DialogueGameApp:
        """The app, as what it is."""
        return cast("DialogueGameApp", self.app)

    @property
    def game(self) -> Game:
        """The game."""
        return self.ours.game

    @property
    def signs(self) -> Signs:
        """The signs that may be used."""
        return signs_for(self.game.settings.symbols)

    def compose(self) -> ComposeResult:
        """Title, body, keys, on a sheet of their own."""
        self.add_class(*size_classes(self.app.size))
        self.reading = Reading(*self.body())
        yield self.top
        yield from self.head()
        yield self.reading
        yield KeyBar()
        yield TooSmall()

    def head(self) -> Iterable[Widget]:
        """What stands above and does not scroll."""
        return ()

    def body(self) -> Iterable[Widget]:
        """What the drawer holds."""
        return ()

    def action_close(self) -> None:
        """Push it in again."""
        self.dismiss("")

    def action_turn(self, pages: int) -> None:
        """A page up or down."""
        self.reading.turn(pages)

    def action_line(self, lines: int) -> None:
        """A line up or down."""
        self.reading.scroll_relative(y=lines, animate=False)
