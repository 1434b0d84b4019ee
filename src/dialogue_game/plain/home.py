"""The plain face's first page: what there is to play, and a question."""

from __future__ import annotations

from dialogue_game.app.game import Card, Game
from dialogue_game.app.player import Player
from dialogue_game.errors import JournalError, NotFound, NotOpenYet
from dialogue_game.plain import explore, history, transfer
from dialogue_game.plain.face import PlainFace
from dialogue_game.plain.talk import Talk

ASK = "Which one (a number, h for history, m and a number for your map, q to leave)?"


def visit(game: Game, talk: Talk) -> None:
    """List the stories and play the ones that are asked for, until the visitor leaves."""
    talk.heading(game.course.title)
    talk.say(game.course.notice)
    if game.trouble:
        talk.say(game.trouble)
    transfer.offer(game, talk)
    while True:
        cards = game.cards()
        talk.say()
        for number, card in enumerate(cards, 1):
            talk.say(f"{number}. {_line(card)}", indent="   ")
        answer = talk.ask(ASK)
        if answer is None or answer.lower() in ("q", "quit"):
            return
        if answer.lower() in ("h", "history"):
            _history(game, talk)
            continue
        wants_map = answer.lower().startswith("m")
        answer = answer.lower().removeprefix("m").strip() if wants_map else answer
        if not answer.isdecimal() or not 1 <= int(answer) <= len(cards):
            talk.say(f"Type a number from 1 to {len(cards)}, or q.")
            continue
        card = cards[int(answer) - 1]
        if card.entry.coming:
            talk.say("This scenario is not written yet.")
            continue
        if wants_map:
            explore.own_map(talk, game.explore.discovery(card.entry.id))
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


def _history(game: Game, talk: Talk) -> None:
    run = history.visit(game, talk)
    if run is not None:
        replay(game, talk, game.open(run.id))


def replay(game: Game, talk: Talk, player: Player, decision: int | None = None) -> None:
    """Ask which decision to go back to, where none is given, and play from there."""
    if decision is None:
        decision = explore.ask_decision(talk, player.road())
    if decision is None:
        return
    try:
        again = game.rewind(player.playthrough, decision)
    except (JournalError, NotFound, NotOpenYet) as error:
        talk.say(str(error))
        return
    explore.recap(talk, again)
    PlainFace(game, again, talk).play()


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
