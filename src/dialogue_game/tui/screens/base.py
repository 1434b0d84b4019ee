"""What all our screens share: the game, the first and last line, and what is always a key away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.tui.signs import Signs, signs_for
from dialogue_game.tui.widgets.key_bar import KeyBar
from dialogue_game.tui.widgets.too_small import LEAST_COLUMNS, LEAST_ROWS, TooSmall
from dialogue_game.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp


WIDTHS: Final = ((0, "-tiny"), (LEAST_COLUMNS, "-narrow"), (78, "-wide"))
HEIGHTS: Final = ((0, "-flat"), (LEAST_ROWS, "-short"), (24, "-tall"))


def size_classes(size: Size) -> tuple[str, str]:
    """The classes of a screen of this size; set before its first picture, which saves one."""
    width = [name for least, name in WIDTHS if size.width >= least][-1]
    height = [name for least, name in HEIGHTS if size.height >= least][-1]
    return width, height


class BaseScreen(Screen[None]):
    """A screen with a top line, a body and a key bar."""

    AUTO_FOCUS = "PickList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "g",
            "app.drawer('guidelines')",
            "Guidelines",
            id="drawer.guidelines",
            tooltip="The guidelines, as the source prints them",
        ),
        Binding(
            "r",
            "app.drawer('references')",
            "References",
            id="drawer.references",
            tooltip="Every provision and office the course cites",
        ),
        Binding(
            "s",
            "app.aid",
            "Should I post this?",
            id="aid",
            tooltip="Think through a post of your own, then come back",
        ),
        Binding("comma", "app.drawer('settings')", "Settings", id="settings", tooltip="Settings"),
        Binding(
            "question_mark,f1",
            "app.drawer('help')",
            "Help",
            key_display="?",
            id="help",
            tooltip="Every key, and what the signs mean",
        ),
        Binding("q", "leave", "Home", id="leave", tooltip="Leave this; everything is kept"),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.top = TopLine()

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

    @property
    def player(self) -> Player | None:
        """The playthrough that is under way here."""
        return None

    def compose(self) -> ComposeResult:
        """Top line, body, keys."""
        self.add_class(*size_classes(self.app.size))
        yield self.top
        yield from self.body()
        yield KeyBar()
        yield TooSmall()

    def body(self) -> Iterable[Widget]:
        """What stands between the two lines."""
        return ()

    def action_leave(self) -> None:
        """Back to what was before."""
        self.app.pop_screen()
