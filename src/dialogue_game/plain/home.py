"""The plain face's first page: what there is to play, and a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from dialogue_game.app.game import Card, Game
from dialogue_game.app.player import Player
from dialogue_game.app.settings import Settings, allowed_values
from dialogue_game.errors import JournalError, NotFound, NotOpenYet, SettingsInvalid
from dialogue_game.plain import explore, history, show, transfer
from dialogue_game.plain.face import PlainFace
from dialogue_game.plain.talk import Talk
from dialogue_game.reporting.words import sentence

ASK: Final = "Which one (a number, ? for help, q to leave)?"
HELP: Final = (
    "A number plays that story.",
    "m and a number: your own map of it, as far as you know it.",
    "h: what you have played, to go on, replay, compare or delete.",
    "a: about this course, how to prepare, whom to ask.",
    "g: the guidelines. r: all references; r and a number opens one.",
    "c: settings; c coaching end changes one.",
    "q: leave.",
)


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
        if not _command(game, talk, answer.lower()):
            _story(game, talk, cards, answer.lower())


def _command(game: Game, talk: Talk, answer: str) -> bool:
    """Do what a letter asks for; False when it is none of ours."""
    word, _, rest = answer.partition(" ")
    if word in ("?", "help"):
        talk.all(HELP)
    elif word in ("h", "history"):
        _history(game, talk)
    elif word in ("a", "about"):
        show.about_course(talk, game.course)
    elif word in ("g", "guidelines"):
        show.guidelines(talk, game.course.guidelines)
    elif word in ("r", "references"):
        _references(game, talk, rest.strip())
    elif word in ("c", "settings"):
        _settings(game, talk, rest.split())
    else:
        return False
    return True


def _references(game: Game, talk: Talk, number: str) -> None:
    listed = list(game.course.references.values())
    if number.isdecimal() and 1 <= int(number) <= len(listed):
        show.reference(talk, listed[int(number) - 1])
        return
    talk.heading("References")
    for place, cited in enumerate(listed, 1):
        talk.say(f"{place}. {cited.label}: {cited.title}", indent="   ")
    talk.say("Type r and a number to open one.")


def _settings(game: Game, talk: Talk, words: Sequence[str]) -> None:
    """Show the settings, or change one where a name and a value are given."""
    if len(words) == 2:
        try:
            game.set(words[0], words[1])
        except SettingsInvalid as error:
            talk.say(str(error))
            return
        talk.say(f"{words[0]} is now {words[1]}.")
        return
    talk.heading("Settings")
    for spec in fields(Settings):
        allowed = ", ".join(allowed_values(spec.name))
        talk.say(f"{spec.name}: {getattr(game.settings, spec.name)}. One of: {allowed}.")
    talk.say("Type c, a name and a value to change one, as in: c coaching end")


def _story(game: Game, talk: Talk, cards: Sequence[Card], answer: str) -> None:
    """Play the story of that number, or show its map where an m stands before it."""
    number = answer.removeprefix("m").strip()
    if not number.isdecimal() or not 1 <= int(number) <= len(cards):
        talk.say(f"Type a number from 1 to {len(cards)}, or q.")
        return
    card = cards[int(number) - 1]
    if card.entry.coming:
        talk.say("This scenario is not written yet.")
    elif answer.startswith("m"):
        explore.own_map(talk, game.explore.discovery(card.entry.id))
    else:
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
        return f"{sentence(entry.title)} Not written yet."
    parts = [sentence(entry.title), f"About {entry.minutes} minutes."]
    if entry.kind == "scenario":
        parts.append(f"Endings found: {card.endings_found} of {len(entry.endings)}.")
    if card.paused:
        count = card.paused_decisions
        parts.append(f"Under way, {count} decision{'' if count == 1 else 's'} made.")
    return " ".join(parts)
