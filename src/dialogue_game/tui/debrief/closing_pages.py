"""The pages that look ahead: Monday, and what to play next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.comparison import quoted
from dialogue_game.tui.debrief.alternatives import Alternatives
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.explore.navigation import show_history, show_map
from dialogue_game.tui.explore.replay import pick_decision, replay
from dialogue_game.tui.play.play_state import AGAIN, LEAVE
from dialogue_game.tui.text.blocks import Block, heading
from dialogue_game.tui.text.glyphs import Glyphs
from dialogue_game.tui.text.prose import MUTED, STRONG, line, muted, prose
from dialogue_game.tui.text.rows import ListRow
from dialogue_game.tui.text.story_blocks import action_rows

if TYPE_CHECKING:
    from dialogue_game.app.explore.what_if import WhatIf
    from dialogue_game.tui.debrief.page import Destination

TRY, OTHER, REPLAY, BESIDE, MAP = "try", "other", "replay", "beside", "map"


class MondayPage(DebriefPage):
    """One line of the player's own."""

    name = "Monday"
    asks = True

    def __init__(self, player: Player, back: Debrief, glyphs: Glyphs) -> None:
        super().__init__(player, back, glyphs)
        self.kept = back.reflection

    def text(self) -> list[Block]:
        """What is asked, and what was kept."""
        blocks = [heading("On Monday I will …")]
        blocks.append(
            Block(muted("One line for yourself. Enter keeps it with this playthrough and goes on."))
        )
        if self.kept:
            blocks.append(Block(line(self.kept), prose(f"{self.glyphs.done} Kept: ")))
        return blocks

    def save(self, text: str) -> None:
        """Keep the line. May raise JournalError."""
        self.player.reflect(text)
        self.kept = text


class NextPage(DebriefPage):
    """What to do now: one alternative at a time, then everything else that can be done."""

    name = "Next"

    def __init__(self, player: Player, back: Debrief, glyphs: Glyphs, others: Alternatives) -> None:
        super().__init__(player, back, glyphs)
        self._others = others
        self.at = 0

    @property
    def offer(self) -> WhatIf | None:
        """The decision worth another look that is offered now."""
        offers = self._others.offers()
        return offers[self.at % len(offers)] if offers else None

    def text(self) -> list[Block]:
        """The alternative, with its reason; where there is none, that other roads are worth it."""
        offer = self.offer
        if offer is None:
            sentence = "The other roads cost nothing, and the wrong ones show the most."
            return [heading("What next?"), Block(prose(sentence), above=0)]
        where = (
            f"{offer.title}, decision {offer.visit.decision + 1}. You chose {quoted(offer.chosen)}"
        )
        return [
            heading("What next? What if you had …?"),
            Block(line(where).stylize(MUTED)),
            Block(line(offer.question).stylize(STRONG), above=0),
            Block(line(offer.reason)),
        ]

    def rows(self) -> list[ListRow]:
        """The alternative, or another one; again, any decision, side by side, the map, home."""
        actions = [(AGAIN, "Play it again, another way"), (REPLAY, "Replay a decision"),
                (BESIDE, "Compare with another run"), (MAP, "Your map of this story"),
                (LEAVE, "Another scenario")]  # fmt: skip
        if self.offer:
            more = [(OTHER, "What else?")] if len(self._others.offers()) > 1 else []
            actions = [(TRY, "Take it: see what comes of it"), *more, *actions]
        return action_rows(actions)

    def pick(self, row: str) -> None:
        """The next alternative."""
        self.at += row == OTHER

    def leads_to(self, row: str) -> Destination | None:
        """Where a row leads."""
        run, offer = self.player.playthrough, self.offer
        destinations: dict[str, Destination] = {
            REPLAY: lambda app: pick_decision(app, run),
            BESIDE: lambda app: show_history(app, run),
            MAP: lambda app: show_map(app, self.player.story.id),
        }
        if offer is not None:
            visit = offer.visit
            destinations[TRY] = lambda app: replay(app, visit.run, visit.decision, offer.option)
        return destinations.get(row)
