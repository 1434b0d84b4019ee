"""The pages that look ahead: Monday, and what to play next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.comparison import quoted
from dialogue_game.tui.base.wishes import PickDecision, Replay, ShowHistory, ShowMap, Wish
from dialogue_game.tui.debrief.alternatives import Alternatives
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.play.play_state import AGAIN, LEAVE
from dialogue_game.tui.text.blocks import Block, heading
from dialogue_game.tui.text.glyphs import Glyphs
from dialogue_game.tui.text.prose import MUTED, STRONG, line, muted, prose
from dialogue_game.tui.text.rows import ListRow
from dialogue_game.tui.text.story_blocks import action_rows

if TYPE_CHECKING:
    from dialogue_game.app.explore.what_if import WhatIf

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

    def with_retry(self, text: str) -> None:
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
            told = "The other roads cost nothing, and the wrong ones show the most."
            return [heading("What next?"), Block(prose(told), above=0)]
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
        told = [(AGAIN, "Play it again, another way"), (REPLAY, "Replay a decision"),
                (BESIDE, "Compare with another run"), (MAP, "Your map of this story"),
                (LEAVE, "Another scenario")]  # fmt: skip
        if self.offer:
            more = [(OTHER, "What else?")] if len(self._others.offers()) > 1 else []
            told = [(TRY, "Play from there"), *more, *told]
        return action_rows(told)

    def pick(self, row: str) -> None:
        """The next alternative."""
        self.at += row == OTHER

    def wish(self, row: str) -> Wish | None:
        """Where a row leads."""
        run, offer = self.player.playthrough, self.offer
        wishes: dict[str, Wish] = {
            REPLAY: PickDecision(run),
            BESIDE: ShowHistory(run),
            MAP: ShowMap(self.player.story.id),
        }
        if offer is not None:
            wishes[TRY] = Replay(offer.visit.run, offer.visit.decision)
        return wishes.get(row)
