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
    answer = talk.ask("Your answer (not scored, Enter to skip):")
    if answer is None or not answer.isdecimal() or not 1 <= int(answer) <= len(due.item.options):
        game.explore.skip_transfer(due)
        talk.say("Skipped. Turn these off with: dialogue-game settings transfer off")
        return
    chosen = game.explore.answer_transfer(due, int(answer) - 1)
    talk.say(f"{'Sound' if chosen.sound else 'Less sound'}. {chosen.why}")
