"""One new situation for an earlier guideline, asked as the game opens; and how it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dialogue_game.app.game import Game
from dialogue_game.app.transfer import TransferDue, due_transfer
from dialogue_game.errors import JournalError
from dialogue_game.plain.console import LEAVING, Console
from dialogue_game.plain.remedies import in_commands
from dialogue_game.reporting.about_you import comes_of

SKIPPING: Final = ("", "s", "skip", *LEAVING)
HELP: Final = (
    "Type the number of what you would do. It is not scored; you are told at once what comes of "
    "it. Enter skips the question."
)


def offer(game: Game, console: Console) -> None:
    """Ask the question that is due, if one is; Enter passes it over."""
    try:
        due = due_transfer(game)
        if due is not None:
            _ask(game, console, due)
    except JournalError as error:
        console.say(in_commands(error))


def answer(console: Console, options: Sequence[str]) -> int | None:
    """Read the options out and ask for one: its number, from 0; None to skip."""
    for number, option in enumerate(options, 1):
        console.say(f"{number}. {option}", indent="   ")
    while True:
        typed = console.ask(
            "Your answer (not scored, Enter to skip, ? for help):", HELP
        )
        if typed is None or typed.lower() in SKIPPING:
            return None
        if typed.isdecimal() and 1 <= int(typed) <= len(options):
            return int(typed) - 1
        console.say(f"Type a number from 1 to {len(options)}, or Enter to skip.")


def _ask(game: Game, console: Console, due: TransferDue) -> None:
    known = due.guideline
    console.heading("A new situation, an earlier guideline")
    console.say(
        f"Guideline {known.number}, {known.short}. You met it in “{due.title}”."
    )
    console.say(due.item.situation)
    chosen = answer(console, [option.text for option in due.item.options])
    if chosen is None:
        game.explore.skip_transfer(due)
        console.say("Skipped. Turn these off with: dialogue-game settings transfer off")
        return
    console.say(comes_of(game.explore.answer_transfer(due, chosen)))
