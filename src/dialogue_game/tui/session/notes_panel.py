"""The leader's notes where there is no second terminal: the shared view goes dark first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.started import as_started
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.session import companion_blocks
from dialogue_game.tui.session.outcome_list import OutcomeList, letter_keys
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.styled import muted, prose, strong
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet


class NotesPanel(Panel):
    """Opens on a page that the room may see, and shows the notes when that is confirmed."""

    HEADING = "For the leader"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "reveal", "Show the notes", id="notes.show", tooltip="Show them now"
        ),
        Binding(
            "n",
            "hide",
            "Put them away",
            show=False,
            id="notes.hide",
            tooltip="Put them away again",
        ),
        *letter_keys("notes"),
    ]

    def __init__(self, leading: Facilitation) -> None:
        super().__init__()
        self._leading = leading
        self._opened: set[str] = set()
        self._shown = False

    def content(self) -> Iterable[Widget]:
        """A warning, and room for the notes."""
        asked = prose(
            "The notes are not for the room. Turn the projector’s picture off, then: "
        )
        self.words = Sheet(
            [
                Block(asked + strong("n")),
                Block(
                    muted(
                        as_started(
                            "A second terminal is better: dialogue-game companion"
                        )
                    )
                ),
            ]
        )
        self.outcomes = OutcomeList(glyphs=self.glyphs)
        self.outcomes.display = False
        yield self.words
        yield self.outcomes

    def action_reveal(self) -> None:
        """Show the notes."""
        self._shown = True
        self.show_notes()
        self.refresh_bindings()

    def action_hide(self) -> None:
        """Put them away, with the key that has shown them."""
        self.action_close()

    def show_notes(self) -> None:
        """Everything the leader may know."""
        view = self._leading.companion()
        self.words.show(
            [
                *companion_blocks.now_blocks(view),
                *companion_blocks.advice_blocks(view, self.glyphs),
            ]
        )
        self.outcomes.show(
            companion_blocks.rows(view, self._opened, self.glyphs), self.outcomes.cursor
        )
        self.set_focus(self.outcomes, scroll_visible=False)

    @on(PickList.Picked)
    def unfold(self, message: PickList.Picked) -> None:
        """Open a row, or close it, and have it in sight."""
        self._opened ^= {message.row}
        rows = companion_blocks.rows(
            self._leading.companion(), self._opened, self.glyphs
        )
        self.outcomes.unfolded(rows, message.row)

    def action_unfold(self, letter: str) -> None:
        """Open what comes on the option with that letter, once the notes are shown."""
        if self._shown:
            self.outcomes.action_key(letter)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key shows the notes, and then puts them away."""
        if action in ("reveal", "hide"):
            return self._shown == (action == "hide")
        return True
