"""The first page anyone sees: how it works, and that wrong turns are the useful ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.errors import SettingsInvalid
from dialogue_game.reporting.about import HOW
from dialogue_game.tui.base.main_screen import MainScreen
from dialogue_game.tui.text.blocks import Block, heading, paragraphs
from dialogue_game.tui.text.prose import ACCENT, STRONG, line, muted, prose
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane, SplitView

KEYS = (
    ("1 2 3", "take an option"),
    ("↑ ↓ Enter", "the same, step by step; the mouse works, too"),
    ("Space", "read on where there is more"),
    ("i", "how to prepare, what to read first, whom to ask"),
    ("?", "help, on every page"),
)


class WelcomeScreen(MainScreen):
    """Shown once, before Home."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Home", id="leave", tooltip="To the stories"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows = PickList()

    def body(self) -> Iterable[Widget]:
        """How it works, and one way on."""
        course = self.game.course
        blocks = [Block(line(course.title).stylize(STRONG))]
        blocks += paragraphs([course.welcome or course.summary])
        blocks += [heading("How it works"), *paragraphs(HOW)]
        for number, (key, does) in enumerate(KEYS):
            lead = prose(key.ljust(12)).stylize(ACCENT)
            blocks.append(Block(prose(does), lead, above=0 if number else 1))
        blocks.append(Block(muted(course.notice)))
        sheet = Sheet(blocks, id="welcome")
        self.reading = ReadingPane(sheet)
        self.rows.show([action_row("begin", "Begin", "Enter")], glyphs=self.glyphs)
        yield SplitView(self.reading, self.divider, ChoicePane(self.rows))

    @on(PickList.Picked)
    def begin(self) -> None:
        """On to Home; this page is not shown again."""
        self.action_leave()

    def action_leave(self) -> None:
        """To Home, and remember it."""
        try:
            self.game.set("welcomed", "yes")
        except SettingsInvalid:
            self.log("the first-run page will come again: settings cannot be kept")
        self.app.pop_screen()
