"""What goes wrong, said in lines: an error's advice as a command, and what to do unsaved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dialogue_game.errors import DialogueGameError, JournalError, Remedy
from dialogue_game.plain.console import LEAVING, Console

if TYPE_CHECKING:
    from dialogue_game.app.game import Game
    from dialogue_game.app.player import Player
    from dialogue_game.app.session.facilitation import Facilitation

IN_COMMANDS: Final[Mapping[Remedy, str]] = {
    Remedy.GO_ON: "Go on with: next",
    Remedy.GO_ON_UNCOUNTED: "Go on with: next. Nothing was counted.",
    Remedy.STEP_BACK: "Take a step back: undo",
    Remedy.HOLD_NEW_ROUND: "For a new round: reopen",
    Remedy.COUNT_FIRST: "Count them first: tally a=4 b=2",
    Remedy.COUNT_LIKE_THIS: "Write them like this: tally a=4 b=2 c=1",
    Remedy.USE_WHOLE_NUMBERS: "Use whole numbers: tally a=4 b=2 c=1",
    Remedy.USE_ZERO_OR_MORE: "Use 0 or more: tally a=4 b=2 c=1",
    Remedy.PASTE_ONLY_LETTERS: "Paste only the letters, without names, like this: ballots A B B C",
    Remedy.ADD_ONE_BY_ONE: "Add the others one by one: cast LETTER. Or take those back first: undo",
    Remedy.COUNT_AGAIN: "Count again, or say how many are here: headcount N",
    Remedy.COUNT_PEOPLE_AGAIN: "Count the people again, or take ballots back: undo",
    Remedy.REVEAL_FIRST: "Reveal the ballots first (reveal), "
    "or take a show of hands at the scene (hands).",
    Remedy.CHOOSE_OPTION: "Settle it: settle LETTER",
    Remedy.TALK_THEN_CHOOSE: "Talk, then: settle LETTER, or for a new round: reopen",
    Remedy.PARK_IT: "Keep it with: park TEXT",
    Remedy.TYPE_SOMETHING: "Type the words after the command.",
    Remedy.WRITE_ELSEWHERE: "Add --force to write over it.",
    Remedy.ALLOW_RECHOOSING: "Every decision opens once you have reached an ending; "
    "or allow it now with: dialogue-game settings rechoose on",
}


ASKED: Final = "Type t to try again, or w to go on without saving (? for help):"
RETRY_HELP: Final = "t tries to save it again, after you have made room. "
ASKED_ONCE: Final = "Type w to go on without saving, or q to leave (? for help):"


def in_commands(error: DialogueGameError) -> str:
    """An error's sentence, and its next step as a command."""
    if error.remedy is None:
        return str(error)
    step = IN_COMMANDS[error.remedy]
    if error.remedy is Remedy.CHOOSE_OPTION and error.options:
        step = f"Then: {', '.join(f'settle {letter}' for letter in error.options)}"
    return f"{error.message} {step}"


def to_be_tried_again(
    console: Console,
    game: Game,
    kept: Player | Facilitation,
    error: JournalError,
    what: str,
    help_: str,
) -> bool:
    """Nothing has moved: ask how to go on; False to leave it. `what` could not be saved."""
    console.say(f"{what} could not be saved. {error}")
    answers: tuple[str, ...] = ("w",)
    asked = ASKED_ONCE
    if error.retry_helps:
        answers, asked, help_ = ("t", "w"), ASKED, RETRY_HELP + help_
    while (answer := (console.ask(asked, help_) or "q").lower()) not in answers:
        if answer in LEAVING:
            return False
        console.say(f"That was not understood. Type {' or '.join(answers)}.")
    if answer == "w":
        go_on_unsaved(game, kept, error)
        console.say("Nothing is saved from here.")
    return True


def go_on_unsaved(game: Game, kept: Player | Facilitation, error: JournalError) -> None:
    """Go on with a store that keeps nothing, where one was asked or nobody can be."""
    from dialogue_game.app.bootstrap import memory_store

    store = memory_store()
    kept.go_on_without_saving(store)
    game.stop_saving(store, error)
