"""What all our screens share: a first line, something to read, a last line with the keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from dialogue_game.app.game import Game
from dialogue_game.tui.text.glyphs import Glyphs, glyphs_for
from dialogue_game.tui.widgets.divider import Divider
from dialogue_game.tui.widgets.key_bar import KeyBar
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ReadingPane
from dialogue_game.tui.widgets.too_small import LEAST_COLUMNS, LEAST_ROWS, TooSmall
from dialogue_game.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from dialogue_game.app.player import Player
    from dialogue_game.tui.app import DialogueGameApp

WIDTHS: Final = ((0, "-tiny"), (LEAST_COLUMNS, "-narrow"), (78, "-wide"))
HEIGHTS: Final = ((0, "-flat"), (LEAST_ROWS, "-short"), (24, "-tall"), (36, "-high"))
ARROW_LINES: Final = 2


def size_classes(size: Size) -> tuple[str, str]:
    """The classes of a screen of this size; set before its first picture, which saves one."""
    width = [name for least, name in WIDTHS if size.width >= least][-1]
    height = [name for least, name in HEIGHTS if size.height >= least][-1]
    return width, height


class FramedScreen(Screen[str]):
    """A screen with a top line, a body and a key bar. What is read scrolls with its own keys."""

    AUTO_FOCUS = "PickList"
    PLACE: ClassVar[str] = ""
    """What this screen is called where one can go back to it."""
    PANELS: ClassVar[tuple[str, ...]] = ()
    """The panels that open over this screen, by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,pagedown",
            "turn(1)",
            "Read on",
            show=False,
            id="read.on",
            tooltip="A page down",
        ),
        Binding(
            "pageup",
            "turn(-1)",
            "Back",
            show=False,
            id="read.back",
            tooltip="A page up",
        ),
        Binding(
            "home", "turn(-999)", "Top", show=False, id="read.top", tooltip="To the top"
        ),
        Binding(
            "end", "turn(999)", "End", show=False, id="read.end", tooltip="To the end"
        ),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.top = TopLine()
        self.reading = ReadingPane()
        self.divider = Divider()
        self.keys = KeyBar()
        self._focused_last: Widget | None = None

    @property
    def app(self) -> DialogueGameApp:  # type: ignore[override]
        """The app, as what it is."""
        return cast("DialogueGameApp", super().app)

    @property
    def game(self) -> Game:
        """The game."""
        return self.app.game

    @property
    def glyphs(self) -> Glyphs:
        """The signs that may be used."""
        return glyphs_for(self.game.settings.symbols)

    @property
    def player(self) -> Player | None:
        """The playthrough that is under way here."""
        return None

    def compose(self) -> ComposeResult:
        """Top line, body, keys."""
        self.add_class(*size_classes(self.app.size))
        self.divider.glyphs = self.glyphs
        yield self.top
        yield from self.body()
        yield self.keys
        yield TooSmall()

    def on_mount(self) -> None:
        """Have focus and keys in the first picture already; Textual would add them to the next."""
        rows = next((rows for rows in self.query(PickList) if rows.focusable), None)
        if rows is not None and self.focused is None:
            self.set_focus(rows, scroll_visible=False)
        self.keys.bindings_changed(self)
        for sentences in self.query("#textual-toastrack"):
            self.move_child(sentences, after=-1)  # over the first line, not beneath it

    def on_descendant_focus(self) -> None:
        """Remember what has the focus: where everything is hidden, it is lost."""
        self._focused_last = self.focused

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room again, go on with the keys as before."""
        if self._focused_last is not None:
            self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        last = self._focused_last
        if last is not None and self.focused is None and last.focusable and last.region:
            self.set_focus(last, scroll_visible=False)

    def body(self) -> Iterable[Widget]:
        """What stands between the two lines; `reading` is in it."""
        return ()

    @on(ReadingPane.Scrolled)
    def say_more(self, message: ReadingPane.Scrolled) -> None:
        """Say whether there is more to read."""
        self.divider.more = message.more

    @on(PickList.AtEdge)
    def read_on(self, message: PickList.AtEdge) -> None:
        """Past the first or the last row the arrows scroll what is read."""
        self.reading.scroll_relative(y=ARROW_LINES * message.direction, animate=False)

    def action_turn(self, pages: int) -> None:
        """Pages down, or up."""
        self.reading.turn(pages)
