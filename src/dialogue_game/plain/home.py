"""The plain face's first page: what there is to play, and a question."""

from __future__ import annotations

from dialogue_game.app.game import Card, Game
from dialogue_game.plain.face import PlainFace
from dialogue_game.plain.talk import Talk


def visit(game: Game, talk: Talk) -> None:
    """List the stories and play the ones that are asked for, until the visitor leaves."""
    talk.heading(game.course.title)
    talk.say(game.course.notice)
    if game.trouble:
        talk.say(game.trouble)
    while True:
        cards = game.cards()
        talk.say()
        for number, card in enumerate(cards, 1):
            talk.say(f"{number}. {_line(card)}", indent="   ")
        answer = talk.ask("Which one (a number, q to leave)?")
        if answer is None or answer.lower() in ("q", "quit"):
            return
        if not answer.isdecimal() or not 1 <= int(answer) <= len(cards):
            talk.say(f"Type a number from 1 to {len(cards)}, or q.")
            continue
        card = cards[int(answer) - 1]
        if card.entry.coming:
            talk.say("This scenario is not written yet.")
            continue
        _play(game, talk, card)


def _play(game: Game, talk: Talk, card: Card) -> None:
    player = None
    if card.paused:
        answer = talk.ask("Enter goes on where you left off; n starts anew:")
        if answer is None:
            return
        if not answer.lower().startswith("n"):
            player = game.open(card.paused)
    PlainFace(game, player or game.start(card.entry.id), talk).play()


def _line(card: Card) -> str:
    entry = card.entry
    if card.state == "coming":
        return f"{entry.title}. Not written yet."
    parts = [f"{entry.title}.", f"About {entry.minutes} minutes."]
    if entry.kind == "scenario":
        parts.append(f"Endings found: {card.endings_found} of {len(entry.endings)}.")
    if card.paused:
        count = card.paused_decisions
        parts.append(f"Under way, {count} decision{'' if count == 1 else 's'} made.")
    return " ".join(parts)
