"""The first page anyone sees: a title picture, a sentence, and one key to begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.base.framed_screen import FramedScreen
from dialogue_game.tui.text.layout import Block, heading, statement
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import ACCENT, MUTED, NOTHING, prose
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane, SplitView

PROMISE = "You decide and see what follows. A wrong turn shows the most."


class WelcomeScreen(FramedScreen):
    """Shown once, before Home. How it works, and on whose behalf, is a key away."""

    PANELS = ("about", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key(
            "i",
            "app.panel('about')",
            "panel.about",
            "How it works, what it is about, whom to ask",
        ),
        Binding(
            "question_mark,f1",
            "app.panel('help')",
            "Help",
            key_display="?",
            id="help",
            tooltip="Every key, and what the signs mean",
        ),
        hidden_key("q", "leave", "leave", "To the stories"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows = PickList()

    def body(self) -> Iterable[Widget]:
        """The title picture, and two ways on."""
        course = self.game.course
        title = heading(course.title, above=1)
        page = [*wordmark(self.game.settings.symbols), title, statement(PROMISE)]
        self.reading = ReadingPane(Sheet(page, id="welcome"))
        rows = [
            action_row("begin", "Begin", "1"),
            action_row("about", "How it works", "2"),
        ]
        self.rows.show(rows, glyphs=self.glyphs)
        yield SplitView(self.reading, self.divider, ChoicePane(self.rows))

    @on(PickList.Picked)
    def pick(self, message: PickList.Picked) -> None:
        """On to Home, or first to how it works."""
        if message.row == "begin":
            self.action_leave()
        else:
            self.app.action_panel("about")

    def action_leave(self) -> None:
        """To Home; this page is not shown again."""
        try:
            self.game.set("welcomed", "yes")
        except SettingsInvalid:
            self.log("the first-run page will come again: settings cannot be kept")
        self.app.pop_screen()


TREE_FROM: Final = 40
"""The column at which the path begins."""
NAME: Final = (
    "    █ ▀       █",
    "▄▀▀▀█ █  ▀▀▀▄ █ ▄▀▀▀▄ ▄▀▀▀█ █   █ ▄▀▀▀▄",
    "█   █ █ ▄▀▀▀█ █ █   █ █   █ █   █ █▀▀▀▀",
    " ▀▀▀▀ ▀  ▀▀▀▀ ▀  ▀▀▀   ▀▀▀█  ▀▀▀▀  ▀▀▀▀",
    "                       ▀▀▀",
)
TREE: Final = (
    "           ╭──○",
    "      ╭────┤",
    "      │    ╰──○",
    "━━●━━━┥",
    "      ┕━━●━━━━◆",
)
TAKEN: Final = "━●┥┕◆"
"""What the path that was taken is drawn with."""
ASCII_NAME: Final = (
    "    # #       #",
    "    #         #",
    " #### #  ###  #  ###   #### #   #  ###",
    "#   # #     # # #   # #   # #   # #   #",
    "#   # #  #### # #   # #   # #   # #####",
    "#   # # #   # # #   # #   # #   # #",
    " #### #  #### #  ###   ####  ####  ####",
    "                          #",
    "                       ###",
)
ASCII_TREE: Final = (
    "",
    "",
    "           .--o",
    "      .----+",
    "      |    `--o",
    "==*===+",
    "      `==*====@",
)


def wordmark(symbols: str) -> Iterator[Block]:
    """The picture in lines, with the signs that are set: "unicode" or "ascii"."""
    name, tree = (ASCII_NAME, ASCII_TREE) if symbols == "ascii" else (NAME, TREE)
    for row, path in zip_longest(name, tree, fillvalue=""):
        yield Block(prose(row.ljust(TREE_FROM)) + _path(path), above=0)


def _path(row: str) -> Content:
    styles = (ACCENT if sign in TAKEN or sign in "=*@" else MUTED for sign in row)
    cells = (prose(sign, style) for sign, style in zip(row, styles, strict=True))
    return sum(cells, NOTHING)
