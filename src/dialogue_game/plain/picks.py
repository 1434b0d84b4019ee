"""Taking given choices in plain lines, and stopping with the situation they reach."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.core.engine import CONTINUE_WORDS
from dialogue_game.errors import ChoiceNotAvailable
from dialogue_game.plain import rendering as show
from dialogue_game.plain.console import Console
from dialogue_game.plain.json_lines import picked
from dialogue_game.plain.remedies import in_commands


def play_picks(
    game: Game, player: Player, console: Console, choices: Sequence[str]
) -> bool:
    """Take exactly these choices; False at one that is not available."""
    for choice in choices:
        if player.situation.continues and choice in CONTINUE_WORDS:
            player.read_on()
            continue
        player.read_on_to_decision()
        try:
            consequence = player.choose(picked(player, choice))
        except ChoiceNotAvailable as error:
            console.say(in_commands(error))
            return False
        show.consequence(console, consequence)
        if game.settings.coaching == "after":
            show.coaching(console, player.story, consequence)
    if not player.ended:
        show.scene(console, player, player.situation)
        return True
    show.ending(console, player.situation)
    show.debrief(
        console,
        player.story,
        player.debrief(),
        game.course,
        with_coaching=game.settings.coaching == "end",
    )
    return True
