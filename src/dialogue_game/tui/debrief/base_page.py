"""A page of a debrief, without widgets: what it says, offers, and does when a row is taken."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief
from dialogue_game.tui.text.layout import Block, ListRow
from dialogue_game.tui.text.styled import Glyphs

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp

    Destination = Callable[[DialogueGameApp], Coroutine[Any, Any, None]]


class DebriefPage:
    """One page. Rows open and close unless a page does something else with them."""

    name = ""
    asks = False

    def __init__(self, player: Player, back: Debrief, glyphs: Glyphs) -> None:
        self.player, self.back, self.glyphs = player, back, glyphs
        self.opened: set[str] = set()

    def text(self) -> list[Block]:
        """What is read above the rows."""
        return []

    def rows(self) -> list[ListRow]:
        """What can be taken."""
        return []

    def pick(self, row: str) -> None:
        """Open the row, or close it. May raise JournalError, and then nothing has changed."""
        self.opened ^= {row}

    def leads_to(self, row: str) -> Destination | None:
        """Where that row leads to, if it leads away from the debrief."""
        return None
