"""The pages on paths not taken: what else there was, and what a replay changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.core.comparison import Comparison
from dialogue_game.core.debrief import Debrief
from dialogue_game.errors import DialogueGameError
from dialogue_game.reporting.run_text import cause_words, quoted
from dialogue_game.tui.debrief.base_page import DebriefPage
from dialogue_game.tui.explore.navigation import compare
from dialogue_game.tui.explore.replay import replay
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.story_blocks import action_row, action_rows
from dialogue_game.tui.text.styled import MUTED, STRONG, Glyphs, line, prose

if TYPE_CHECKING:
    from dialogue_game.app.explore.what_if import WhatIf
    from dialogue_game.tui.debrief.base_page import Destination


@dataclass(slots=True)
class Alternatives:
    """Looked for once, when first asked; where the journal cannot tell, there are none."""

    game: Game
    player: Player
    _offers: tuple[WhatIf, ...] | None = field(default=None, init=False)

    def offers(self) -> tuple[WhatIf, ...]:
        """The decisions worth another look. It takes a third of a second in a long story."""
        if self._offers is None:
            self._offers = self._found()
        return self._offers

    def cause(self) -> Comparison | None:
        """The run beside the one it branched from; None where it is no replay."""
        if not self.player.story.scored:
            return None
        try:
            return self.game.explore.cause(self.player.playthrough)
        except DialogueGameError:
            return None

    def _found(self) -> tuple[WhatIf, ...]:
        if not self.player.story.scored:
            return ()
        try:
            return self.game.explore.what_ifs(self.player.playthrough)
        except DialogueGameError:
            return ()


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
