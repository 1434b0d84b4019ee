"""The paths not taken, as a debrief asks for them: what else there was, what a replay changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.core.comparison import Comparison
from dialogue_game.errors import DialogueGameError

if TYPE_CHECKING:
    from dialogue_game.app.explore.what_if import WhatIf


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
