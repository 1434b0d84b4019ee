"""A run to export, to send, to show."""

from __future__ import annotations

import pytest

from dialogue_game.app.bootstrap import open_game


@pytest.fixture
def played() -> str:
    """A whole run of the tutorial with a line of the player's own; its id."""
    player = open_game().start("how_to_play")
    while not player.ended:
        player.choose(next(o.id for o in player.situation.options if o.available))
    player.reflect("On Monday I will knock.")
    return player.playthrough
