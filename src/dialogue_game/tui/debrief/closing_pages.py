"""The pages that look ahead: Monday, and what to play next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.about_you import TITLES
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.explore.navigation import show_history, show_map
from dialogue_game.tui.explore.replay import pick_decision
from dialogue_game.tui.play.play_state import AGAIN, LEAVE
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.story_blocks import action_rows
from dialogue_game.tui.text.styled import Glyphs, line, muted, prose

if TYPE_CHECKING:
    from dialogue_game.tui.debrief.page import Destination

REPLAY, BESIDE, MAP = "replay", "beside", "map"


class MondayPage(DebriefPage):
    """One line of the player's own."""

    name = "Monday"
    asks = True

    def __init__(self, player: Player, back: Debrief, glyphs: Glyphs) -> None:
        super().__init__(player, back, glyphs)
        self.kept = back.reflection

    def text(self) -> list[Block]:
        """What is asked, and what was kept."""
        blocks = [heading(TITLES["monday"])]
        blocks.append(
            Block(muted("One line for yourself. Enter keeps it and goes on."))
        )
        if self.kept:
            blocks.append(Block(line(self.kept), prose(f"{self.glyphs.done} Kept: ")))
        return blocks

    def save(self, text: str) -> None:
        """Keep the line. May raise JournalError."""
        self.player.reflect(text)
        self.kept = text


class NextPage(DebriefPage):
    """What to do now."""

    name = "Next"

    def text(self) -> list[Block]:
        """The question alone."""
        return [heading(TITLES["what_next"])]

    def rows(self) -> list[ListRow]:
        """Again, any decision, side by side, the map, home."""
        return action_rows(
            [
                (AGAIN, "Play it again, another way"),
                (REPLAY, "Replay a decision"),
                (BESIDE, "Compare with another run"),
                (MAP, "Your map of this story"),
                (LEAVE, "Another scenario"),
            ]
        )

    def leads_to(self, row: str) -> Destination | None:
        """Where a row leads."""
        run = self.player.playthrough
        destinations: dict[str, Destination] = {
            REPLAY: lambda app: pick_decision(app, run),
            BESIDE: lambda app: show_history(app, run),
            MAP: lambda app: show_map(
                app, self.player.story.id, self.player.playthrough
            ),
        }
        return destinations.get(row)
