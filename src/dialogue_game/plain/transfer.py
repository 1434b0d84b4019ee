"""One new situation for an earlier guideline, asked as the game opens."""

from __future__ import annotations

from dialogue_game.app.game import Game
from dialogue_game.app.transfer import TransferDue
from dialogue_game.errors import JournalError
from dialogue_game.plain.talk import Talk


def offer(game: Game, talk: Talk) -> None:
    """Ask the question that is due, if one is; Enter passes it over."""
    try:
        due = game.due_transfer()
        if due is not None:
            _ask(game, talk, due)
    except JournalError as error:
        talk.say(str(error))


def _ask(game: Game, talk: Talk, due: TransferDue) -> None:
    known = due.guideline
    talk.heading("A new situation, an earlier guideline")
    talk.say(f"Guideline {known.number}, {known.short}. You met it in “{due.title}”.")
    talk.say(due.item.situation)
    for number, option in enumerate(due.item.options, 1):
        talk.say(f"{number}. {option.text}", indent="   ")
    answer = _answer(talk, len(due.item.options))
    if answer is None:
        game.explore.skip_transfer(due)
        talk.say("Skipped. Turn these off with: dialogue-game settings transfer off")
        return
    chosen = game.explore.answer_transfer(due, answer)
    talk.say(f"{'Sound' if chosen.sound else 'Less sound'}. {chosen.why}")


def _answer(talk: Talk, options: int) -> int | None:
    """The option's number, from 0; None to skip."""
    while True:
        answer = talk.ask("Your answer (not scored, Enter to skip):")
        if not answer or answer.lower() in ("q", "quit", "s", "skip"):
            return None
        if answer.isdecimal() and 1 <= int(answer) <= options:
            return int(answer) - 1
        talk.say(f"Type a number from 1 to {options}, or Enter to skip.")
