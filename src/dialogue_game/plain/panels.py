"""What lies beside the stories, said as lines: about, guidelines, references, settings, the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.app.runs import StoryKey
from dialogue_game.app.settings import Settings, allowed_values
from dialogue_game.errors import DialogueGameError, SettingsInvalid
from dialogue_game.plain import explore
from dialogue_game.plain import rendering as show
from dialogue_game.plain.console import Console
from dialogue_game.plain.remedies import in_commands

SETTINGS: Final = ("c", ",", "settings")
ABOUT: Final = ("a", "i", "about")


def drawer(game: Game, console: Console, word: str, rest: str) -> bool:
    """Pull out the drawer of that letter; False where there is none."""
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
    if number.isdecimal() and 1 <= int(number) <= len(listed):
        cited = listed[int(number) - 1]
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
            console.say(in_commands(error))
        else:
            console.say(f"{words[0]} is now {words[1]}.")
        heed(game, console)
        return
    console.heading("Settings")
    for spec in fields(Settings):
        allowed = ", ".join(allowed_values(spec.name))
        console.say(
            f"{spec.name}: {getattr(game.settings, spec.name)}. One of: {allowed}."
        )
    console.say("Type c, a name and a value to change one, as in: c coaching end")


def heed(game: Game, console: Console) -> None:
    """Make what is set hold for what is said from now on."""
    console.ascii_only = game.settings.symbols == "ascii"
    console.stops = game.settings.more == "on"


def own_map(
    game: Game, console: Console, story: str | StoryKey, run: str = ""
) -> tuple[Player, str] | None:
    """The map of what the player knows of a story; what to play from there, where one says so.

    A sentence where there is none, or where no decision is open to be taken anew yet.
    """
    try:
        return explore.walk_map(console, game, game.explore.discovery(story, run=run))
    except DialogueGameError as error:
        console.say(in_commands(error))
        return None
