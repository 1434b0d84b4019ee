"""Going on with a run, or taking a decision of it anew, also where its story was edited since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.plain.console import LEAVING, Console
from dialogue_game.reporting.story_outline import counted

if TYPE_CHECKING:
    from dialogue_game.app.explore.carry_over import BroughtOver

ASK: Final = (
    "b for the edition you began, n for the new one, Enter to leave it (? for help):"
)
HELP: Final = (
    "b goes on with the text that this run was begun on; nothing changes. n begins a new run on "
    "the present text, with the decisions that still hold. The run as it is stays in your history."
)


def resumed(game: Game, console: Console, run: str) -> Player | None:
    """A run where it was left; None where the player leaves it. Raises NotFound, JournalError."""
    over = game.explore.edited(run)
    answer = "b" if over is None else _asked(console, over, over.made)
    if answer == "n" and over is not None:
        return over.start()
    return game.open(run) if answer == "b" else None


def replayed(game: Game, console: Console, run: str, decision: int) -> Player | None:
    """A new run before a decision (from 0) of another; None where the player leaves it.

    Raises NotFound, NotOpenYet, JournalError.
    """
    from dialogue_game.app.explore.rewind import refuse_unless_open

    over = game.explore.edited(run)
    if over is None:
        return game.rewind(run, decision)
    refuse_unless_open(game, over.story.id)
    answer = _asked(console, over, decision)
    if answer == "n":
        return replace(over, events=over.events[:decision]).start()
    return game.rewind(run, decision) if answer == "b" else None


def _asked(console: Console, over: BroughtOver, wanted: int) -> str:
    """On which text: b or n, or nothing."""
    console.heading("The story was edited")
    for line in over.said:
        console.say(line)
    held = min(wanted, over.carried)
    carried = f"{counted(held, 'decision')} carried over" if held else "it begins anew"
    console.say(
        f"With the new edition: {carried}, as a new run; you choose from there."
    )
    while True:
        answer = (console.ask(ASK, HELP) or "").lower()
        if answer in ("b", "n"):
            return answer
        if answer in ("", *LEAVING):
            console.say("Left as it was.")
            return ""
        console.say("That was not understood. Type b or n, or Enter to leave it.")
