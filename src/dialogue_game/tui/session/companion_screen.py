"""The leader's own screen, in a terminal of its own: it follows a session and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.session.companion import Companion
from dialogue_game.app.session.leader_view import CompanionView
from dialogue_game.errors import JournalError
from dialogue_game.tui.base.framed_screen import GUIDELINES, REFERENCES, FramedScreen
from dialogue_game.tui.session import companion_blocks
from dialogue_game.tui.session.outcome_list import OutcomeList, letter_keys
from dialogue_game.tui.text.layout import trouble
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.split_view import ReadingPane

LOOK = 0.1
"""Seconds between two looks into the journal."""
TICK = 1.0
"""Seconds between two looks at the clock."""


class CompanionScreen(FramedScreen):
    """Time, advice and notes above; what comes on each option, and the references, to open."""

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""  # Textual's own would scroll to what it focuses, past the advice
    PANELS = ("guidelines", "references")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"
        ),
        *letter_keys("companion"),
        GUIDELINES,
        REFERENCES,
        Binding(
            "q,escape",
            "leave",
            "Leave",
            key_display="q",
            id="leave",
            tooltip="Stop following; the session goes on",
        ),
    ]

    def __init__(self, followed: Companion) -> None:
        super().__init__()
        self.followed = followed
        self._opened: set[str] = set()
        self._step = ""

    def body(self) -> Iterable[Widget]:
        """The time, the advice, the rows."""
        self.now, self.advice = Sheet(id="now"), Sheet(id="advice")
        self.outcomes = OutcomeList(glyphs=self.glyphs, id="outcomes")
        self.reading = ReadingPane(self.now, self.advice, self.outcomes)
        yield self.reading
        yield self.divider

    def on_mount(self) -> None:
        """Show how things stand, and follow from now on."""
        self.show_view()
        self.set_interval(LOOK, self.look)
        self.set_interval(TICK, lambda: self.show_time(self.followed.view()))

    def look(self) -> None:
        """Show what is new, if anything is."""
        try:
            if self.followed.look() | self.followed.look_at_phones():
                self.show_view()
        except JournalError as error:
            self.now.show([trouble(f"{error} This tries again.")])

    def show_view(self) -> None:
        """Everything the leader may know now; a new step begins at its top."""
        view = self.followed.view()
        place = f"{view.step} {view.scenario} {view.decision}"
        fresh, self._step = place != self._step, place
        if fresh:
            self._opened = set()
        self.show_time(view)
        self.advice.show(companion_blocks.advice_blocks(view, self.glyphs))
        cursor = 0 if fresh else self.outcomes.cursor
        self.outcomes.show(
            companion_blocks.rows(view, self._opened, self.glyphs), cursor
        )
        if fresh:
            self.reading.scroll_home(animate=False)

    def show_time(self, view: CompanionView) -> None:
        """What the clock alone changes."""
        self.top.show(
            companion_blocks.where(view, self.glyphs), companion_blocks.when(view)
        )
        blocks = tuple(companion_blocks.now_blocks(view))
        if blocks != self.now.blocks:
            self.now.show(blocks)

    @on(PickList.Picked)
    def turn_over(self, message: PickList.Picked) -> None:
        """Open a row, or close it, and have it in sight."""
        self._opened ^= {message.row}
        rows = companion_blocks.rows(self.followed.view(), self._opened, self.glyphs)
        self.outcomes.unfolded(rows, message.row)

    def action_unfold(self, letter: str) -> None:
        """Open what comes on the option with that letter, or close it."""
        self.outcomes.action_key(letter)

    def action_leave(self) -> None:
        """Stop following."""
        self.dismiss("")
