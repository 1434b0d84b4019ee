"""The second page: one decision at a time that is worth another look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.comparison import quoted
from dialogue_game.tui.debrief.alternatives import Alternatives
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.explore.replay import replay
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.story_blocks import action_rows
from dialogue_game.tui.text.styled import MUTED, STRONG, Glyphs, line, prose

if TYPE_CHECKING:
    from dialogue_game.app.explore.what_if import WhatIf
    from dialogue_game.tui.debrief.page import Destination

TRY, OTHER = "try", "other"


class WhatIfPage(DebriefPage):
    """What else there was, one alternative at a time."""

    name = "What if"

    def __init__(
        self, player: Player, back: Debrief, glyphs: Glyphs, others: Alternatives
    ) -> None:
        super().__init__(player, back, glyphs)
        self._others = others
        self.at = 0

    @property
    def offer(self) -> WhatIf | None:
        """The decision worth another look that is offered now."""
        offers = self._others.offers()
        return offers[self.at % len(offers)] if offers else None

    def text(self) -> list[Block]:
        """The alternative, with its reason; where there is none, that other paths are worth it."""
        offer = self.offer
        if offer is None:
            sentence = "The other roads cost nothing, and the wrong ones show the most."
            return [heading("What if?"), Block(prose(sentence), above=0)]
        number, chosen = offer.visit.decision + 1, quoted(offer.chosen)
        where = f"{offer.title}, decision {number}. You chose {chosen}"
        return [
            heading("What if you had …?"),
            Block(line(where).stylize(MUTED)),
            Block(line(offer.question).stylize(STRONG), above=0),
            Block(line(offer.reason)),
        ]

    def rows(self) -> list[ListRow]:
        """Take it, or see another one."""
        if not self.offer:
            return []
        more = [(OTHER, "What else?")] if len(self._others.offers()) > 1 else []
        return action_rows([(TRY, "Take it: see what comes of it"), *more])

    def pick(self, row: str) -> None:
        """The next alternative."""
        self.at += row == OTHER

    def leads_to(self, row: str) -> Destination | None:
        """Back to that decision, with the other option taken."""
        offer = self.offer
        if row != TRY or offer is None:
            return None
        visit = offer.visit
        return lambda app: replay(app, visit.run, visit.decision, offer.option)
