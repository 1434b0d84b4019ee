"""What to do when the journal refuses, in lines: say so, and leave two ways on."""

from __future__ import annotations

from typing import Final, Protocol

from dialogue_game.app.bootstrap import memory_store
from dialogue_game.app.game import Game
from dialogue_game.errors import JournalError
from dialogue_game.journal.store import Store
from dialogue_game.plain.console import LEAVING, Console

ASKED: Final = "Type t to try again, or w to go on without saving (? for help):"


class Unsaveable(Protocol):
    """What is under way and kept: a playthrough, or a session."""

    def go_on_without_saving(self, store: Store) -> None:
        """Go on with a store that keeps nothing."""


def to_be_tried_again(
    console: Console,
    game: Game,
    kept: Unsaveable,
    error: JournalError,
    what: str,
    help_: str,
) -> bool:
    """Nothing has moved: ask how to go on; False to leave it. `what` could not be saved."""
    console.say(f"{what} could not be saved. {error}")
    while (answer := (console.ask(ASKED, help_) or "q").lower()) not in ("t", "w"):
        if answer in LEAVING:
            return False
        console.say("That was not understood. Type t or w.")
    if answer == "w":
        go_on_unsaved(game, kept, error)
        console.say("Nothing is saved from here.")
    return True


def go_on_unsaved(game: Game, kept: Unsaveable, error: JournalError) -> None:
    """Go on with a store that keeps nothing, where one was asked or nobody can be."""
    store = memory_store()
    kept.go_on_without_saving(store)
    game.stop_saving(store, error)
