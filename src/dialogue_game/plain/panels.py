"""What lies beside the stories, in lines: the course, its guidelines and references, settings.

And one new situation for an earlier guideline, asked as the game opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings, allowed_values
from dialogue_game.app.transfer import (
    TransferDue,
    answer_transfer,
    due_transfer,
    record_asked,
)
from dialogue_game.core.text import numbered
from dialogue_game.errors import JournalError, SettingsInvalid
from dialogue_game.plain import rendering as show
from dialogue_game.plain.console import LEAVE_COMMANDS, Console, error_text
from dialogue_game.reporting.run_text import transfer_result

SETTINGS: Final = ("c", ",", "settings")
ABOUT: Final = ("a", "i", "about")
SKIP_COMMANDS: Final = ("", "s", "skip", *LEAVE_COMMANDS)
ANSWER_HELP: Final = (
    "Type the number of what you would do. It is not scored; you are told at once what comes of "
    "it. Enter skips the question."
)


def open_panel(game: Game, console: Console, word: str, rest: str) -> bool:
    """Read out the panel of that letter; False where there is none."""
    if word in ABOUT:
        show.about_course(console, game.course)
    elif word in ("g", "guidelines"):
        show.guidelines(console, game.course.guidelines)
    elif word in SETTINGS:
        settings(game, console, rest.split())
    else:
        return False
    return True


def references(game: Game, console: Console, number: str, typed: str) -> str:
    """All references of the course, or one in full; the id of the one that was opened.

    `typed` is what is typed before a number.
    """
    listed = list(game.course.references.values())
    if named := numbered(number, len(listed)):
        cited = listed[named - 1]
        show.reference(console, cited)
        return cited.id
    console.heading("References")
    for place, cited in enumerate(listed, 1):
        console.say(f"{place}. {cited.label}: {cited.title}", indent="   ")
    console.say(f"Type {typed} and a number to open one, as in: {typed} 2")
    return ""


def settings(game: Game, console: Console, words: Sequence[str]) -> None:
    """Show the settings, or change one where a name and a value are given."""
    if len(words) == 2:
        try:
            game.set(words[0], words[1])
        except SettingsInvalid as error:
            console.say(error_text(error))
        else:
            console.say(f"{words[0]} is now {words[1]}.")
        apply_settings(game, console)
        return
    console.heading("Settings")
    for spec in fields(Settings):
        allowed = ", ".join(allowed_values(spec.name))
        console.say(
            f"{spec.name}: {getattr(game.settings, spec.name)}. One of: {allowed}."
        )
    console.say("Type c, a name and a value to change one, as in: c coaching end")


def apply_settings(game: Game, console: Console) -> None:
    """Make what is set hold for what is said from now on."""
    console.ascii_only = game.settings.symbols == "ascii"
    console.stops = game.settings.more == "on"


def ask_due_transfer(game: Game, console: Console) -> None:
    """Ask the question that is due, if one is; Enter passes it over."""
    try:
        due = due_transfer(game)
        if due is not None:
            _ask(game, console, due)
    except JournalError as error:
        console.say(error_text(error))


def ask_option(console: Console, options: Sequence[str]) -> int | None:
    """Read the options out and ask for one: its number, from 0; None to skip."""
    for number, option in enumerate(options, 1):
        console.say(f"{number}. {option}", indent="   ")
    while True:
        typed = console.ask(
            "Your answer (not scored, Enter to skip, ? for help):", ANSWER_HELP
        )
        if typed is None or typed.lower() in SKIP_COMMANDS:
            return None
        if number := numbered(typed, len(options)):
            return number - 1
        console.say(f"Type a number from 1 to {len(options)}, or Enter to skip.")


def _ask(game: Game, console: Console, due: TransferDue) -> None:
    known = due.guideline
    console.heading("A new situation, an earlier guideline")
    console.say(
        f"Guideline {known.number}, {known.short}. You met it in “{due.title}”."
    )
    console.say(due.item.situation)
    chosen = ask_option(console, [option.text for option in due.item.options])
    if chosen is None:
        record_asked(game, due)
        console.say("Skipped. Turn these off with: dialogue-game settings transfer off")
        return
    console.say(transfer_result(answer_transfer(game, due, chosen)))
