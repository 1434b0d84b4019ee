"""What all our screens share: a first line, something to read, a last line with the keys.

In a terminal that is too small to read in, one line says so instead. Screens that are places
(`MainScreen`) have everything else a key away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from dialogue_game.app.game import Game
from dialogue_game.tui.text.styled import NOTHING, Glyphs, glyphs_for, prose
from dialogue_game.tui.widgets.bases import StableWidget
from dialogue_game.tui.widgets.key_bar import KeyBar, hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import Divider, ReadingPane

if TYPE_CHECKING:
    from dialogue_game.app.player import Player
    from dialogue_game.tui.app import DialogueGameApp

LEAST_COLUMNS: Final = 30
LEAST_ROWS: Final = 10
"""Less is too small to read in."""
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
        hidden_key("space,pagedown", "turn(1)", "read.on", "A page down"),
        hidden_key("pageup", "turn(-1)", "read.back", "A page up"),
        hidden_key("home", "turn(-999)", "read.top", "To the top"),
        hidden_key("end", "turn(999)", "read.end", "To the end"),
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
        """Say whether there is more to read; only then is its key offered."""
        if message.more != self.divider.more:
            self.divider.more = message.more
            self.keys.bindings_changed(self)

    @property
    def more_to_read(self) -> bool:
        """Whether text goes on beneath what can be seen."""
        return self.divider.more

    @on(PickList.AtEdge)
    def read_on(self, message: PickList.AtEdge) -> None:
        """Past the first or the last row the arrows scroll what is read."""
        self.reading.scroll_relative(y=ARROW_LINES * message.direction, animate=False)

    def action_turn(self, pages: int) -> None:
        """Pages down, or up."""
        self.reading.turn(pages)


class TopLine(StableWidget):
    """One line: a name at the left, a place at the right; where it is tight, only the name."""

    ALLOW_SELECT = False

    def __init__(self, left: Content = NOTHING, right: Content = NOTHING) -> None:
        super().__init__()
        self._left, self._right = left, right

    def show(self, left: Content, right: Content = NOTHING) -> None:
        """Say these instead."""
        if str(self._left) != str(left) or str(self._right) != str(right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> RenderResult:
        """Both ends, as far apart as the line is long."""
        width = self.content_size.width
        room = width - self._right.cell_length - 2
        if not self._right or room < min(self._left.cell_length, 12):
            return self._left.truncate(max(width, 1), ellipsis=True)
        left = self._left.truncate(room, ellipsis=True)
        return (
            left.pad_right(width - left.cell_length - self._right.cell_length)
            + self._right
        )


class TooSmall(Widget):
    """One line, shown by the styles instead of everything else."""

    def render(self) -> RenderResult:
        """What to do about it."""
        return prose(
            f"Too small here. Make the window {LEAST_COLUMNS} × {LEAST_ROWS} or more."
        )


GUIDELINES: Final = Binding(
    "g",
    "app.panel('guidelines')",
    "Guidelines",
    id="panel.guidelines",
    tooltip="The guidelines, as the source prints them",
)


REFERENCES: Final = Binding(
    "r",
    "app.panel('references')",
    "References",
    id="panel.references",
    tooltip="Every provision and office the course cites",
)


BACK: Final = Binding(
    "q,escape",
    "leave",
    "Back",
    key_display="q",
    id="leave",
    tooltip="Back to where you were",
)
"""For a main screen that one opens from another."""


class MainScreen(FramedScreen):
    """Home, Play and the debrief: from here panels open, and one leaves."""

    PANELS = ("guidelines", "references", "look_back", "about", "settings", "help")

    BINDINGS: ClassVar[list[BindingType]] = [
        GUIDELINES,
        REFERENCES,
        Binding(
            "s",
            "app.should_i_post",
            "Should I post this?",
            id="aid",
            tooltip="Think through a post of your own, then come back",
        ),
        hidden_key(
            "i",
            "app.panel('about')",
            "panel.about",
            "What this course is about, how to prepare, whom to ask",
        ),
        Binding(
            "comma",
            "app.panel('settings')",
            "Settings",
            id="settings",
            tooltip="Settings",
        ),
        Binding(
            "question_mark",
            "app.panel('help')",
            "Help",
            id="help",
            tooltip="Every key, and what the signs mean",
        ),
        Binding(
            "f1",
            "app.panel('help')",
            "Help",
            key_display="F1",
            id="help",
            tooltip="The same, where one writes",
        ),
        Binding("q", "leave", "Home", id="leave", tooltip="Leave this"),
    ]

    @property
    def comes_from(self) -> str:
        """What the screen beneath is called, to which one leaves; "" where it has no name."""
        stack = self.app.screen_stack
        beneath = stack[: stack.index(self)] if self in stack else stack
        return str(getattr(beneath[-1], "PLACE", "")) if beneath else ""

    def action_map(self) -> None:
        """The story that is open as the player knows it, with this run's path."""
        if self.player is not None:
            self.app.open_map(self.player)

    def action_leave(self) -> None:
        """Back to what was before."""
        self.app.pop_screen()
