"""The page that says what the other choice changed, after a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player
from dialogue_game.core.comparison import Comparison
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.comparison import cause_words
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.explore.navigation import compare
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import Glyphs, line, prose

if TYPE_CHECKING:
    from dialogue_game.tui.debrief.page import Destination

BESIDE = "beside"


class ChangedPage(DebriefPage):
    """The cause of the difference: this run beside the one it branched from."""

    name = "Changed"

    def __init__(
        self, player: Player, back: Debrief, glyphs: Glyphs, cause: Comparison
    ) -> None:
        super().__init__(player, back, glyphs)
        self._cause = cause

    def text(self) -> list[Block]:
        """What the other choice changed, and how far it alone is the cause."""
        lead = prose(f"{self.glyphs.bullet} ")
        causes = [Block(line(said), lead) for said in cause_words(self._cause)]
        return [heading("What that changed"), *causes]

    def rows(self) -> list[ListRow]:
        """Both paths in full."""
        return [action_row(BESIDE, "See both runs side by side", "1")]

    def leads_to(self, row: str) -> Destination | None:
        """Both, this run first."""
        return lambda app: compare(app, self.player.playthrough, self._cause.left.run)
