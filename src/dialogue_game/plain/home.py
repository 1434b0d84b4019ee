"""The first page in lines: what there is to play, and a question."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from dialogue_game.app.game import Card, Game
from dialogue_game.app.player import Player
from dialogue_game.app.records.background_sender import BackgroundSender
from dialogue_game.core.text import counted, numbered
from dialogue_game.errors import DialogueGameError, SettingsInvalid
from dialogue_game.plain import explore, history, panels
from dialogue_game.plain.console import (
    HELP_COMMANDS,
    LEAVE_COMMANDS,
    Console,
    error_text,
)
from dialogue_game.plain.playthrough import AID, PlainPlay
from dialogue_game.reporting.about import HOW_TO_PLAY, SAVED_NOTE, UNSAVED_NOTE
from dialogue_game.reporting.labels import sentence

CHOOSE_PROMPT: Final = "Which one (a number, ? for help, q to leave)?"
HELP: Final = (
    "A number plays that story. t: tell me the stories again.",
    "m and a number: your own map of it, as far as you know it.",
    "h: what you have played, to go on, replay, compare or delete.",
    "a: about this course, how to prepare, whom to ask.",
    "g: the guidelines. r: all references; r and a number opens one.",
    "s: should I post this? c: settings; c coaching end changes one.",
    "q: leave.",
)
COUNT_WAIT_SECONDS: Final = 0.3
"""Seconds that a question waits for the number of records, which are counted meanwhile."""
PAUSED_HELP: Final = (
    "Enter goes on exactly where you left off. "
    "n begins the story anew; the run under way is kept."
)


def show_home(
    game: Game, console: Console, sender: BackgroundSender | None = None
) -> None:
    """List the stories and play the ones that are asked for, until the visitor leaves."""
    console.heading(game.course.title)
    console.say(game.course.notice)
    if game.settings.welcomed == "no":
        _welcome(game, console)
    if game.trouble:
        console.say(game.trouble)
    panels.ask_due_transfer(game, console)
    sender = sender or BackgroundSender(game)
    cards: tuple[Card, ...] = ()
    while True:
        cards = cards or _list_stories(game, console, sender)
        answer = console.ask(CHOOSE_PROMPT)
        if answer is None or answer.lower() in LEAVE_COMMANDS:
            console.say("Left." if game.saving else "Left. Nothing was being saved.")
            return
        if _command(game, console, answer.lower()):
            continue
        if _played(game, console, sender, cards, answer.lower()):
            cards = ()


def _welcome(game: Game, console: Console) -> None:
    """What this is and how it goes, once: a pipe is told again, because nobody may have read it."""
    console.say()
    keeps = SAVED_NOTE if game.saving else UNSAVED_NOTE
    console.all((game.course.welcome or game.course.summary, *HOW_TO_PLAY, keeps))
    if console.interactive:
        with suppress(SettingsInvalid):
            game.set("welcomed", "yes")


def _list_stories(
    game: Game, console: Console, sender: BackgroundSender
) -> tuple[Card, ...]:
    """The stories and how far one is in each; how many records wait."""
    sender.call()
    cards = game.cards()
    console.say()
    for number, card in enumerate(cards, 1):
        console.say(f"{number}. {_line(card)}", indent="   ")
    _waiting(console, sender)
    return cards


def _waiting(console: Console, sender: BackgroundSender) -> None:
    """How many records wait, where a record store is set up."""
    console.flush()
    said = sender.known(COUNT_WAIT_SECONDS).sentence
    if said:
        console.say()
        console.say(said)


def _command(game: Game, console: Console, answer: str) -> bool:
    """Do what a letter asks for; False when it is none of ours."""
    word, _, rest = answer.partition(" ")
    if word in HELP_COMMANDS:
        console.all(HELP)
    elif word in ("r", "references"):
        panels.references(game, console, rest.strip(), "r")
    else:
        return panels.open_panel(game, console, word, rest)
    return True


def _played(
    game: Game,
    console: Console,
    sender: BackgroundSender,
    cards: Sequence[Card],
    answer: str,
) -> bool:
    """Play the story of that number, show its map where an m stands before it, or history.

    Whether the list should be told again: something may have been played.
    """
    if answer in ("t", "tell"):
        return True
    if answer in ("h", "history"):
        _history(game, console, sender)
        return True
    aid = next((str(n) for n, card in enumerate(cards, 1) if card.entry.id == AID), "")
    named = aid if answer == "s" and aid else answer.removeprefix("m").strip()
    number = numbered(named, len(cards))
    if not number:
        console.say(f"Type a number from 1 to {len(cards)}, ? for help, or q to leave.")
        return False
    card = cards[number - 1]
    if card.entry.coming:
        console.say("This scenario is not written yet.")
    elif answer.startswith("m"):
        onward = explore.explore_map(console, game, card.entry.id)
        if onward is not None:
            player, take = onward
            explore.recap(console, player)
            PlainPlay(game, player, console, sender).play(take)
            return True
    else:
        _play(game, console, sender, card)
        return True
    return False


def _play(game: Game, console: Console, sender: BackgroundSender, card: Card) -> None:
    if card.paused:
        console.say(_line(card))
    if not card.paused or _ask_to_begin_anew(console):
        PlainPlay(game, game.start(card.entry.id), console, sender).play()
    else:
        _resume(game, console, sender, card.paused)


def _resume(game: Game, console: Console, sender: BackgroundSender, run: str) -> None:
    player = explore.resume_run(game, console, run)
    if player is not None:
        if player.playthrough != run:
            explore.recap(console, player)
        PlainPlay(game, player, console, sender).play()


def _ask_to_begin_anew(console: Console) -> bool:
    """Whether to begin anew, where a run is under way."""
    while True:
        prompt = "Enter goes on where you left off; n starts anew (? for help):"
        answer = console.ask(prompt, PAUSED_HELP)
        if not answer:
            return False
        if answer.lower() in ("n", "new", "anew"):
            return True
        console.say("That was not understood. Press Enter, or type n.")


def _history(game: Game, console: Console, sender: BackgroundSender) -> None:
    chosen = history.show_history(game, console)
    if chosen is None:
        return
    try:
        if chosen.action == "replay":
            _replay(game, console, sender, game.open(chosen.run.id))
        else:
            _resume(game, console, sender, chosen.run.id)
    except DialogueGameError as error:
        console.say(error_text(error))


def _replay(
    game: Game, console: Console, sender: BackgroundSender, player: Player
) -> None:
    """Ask which decision to go back to, and play from there."""
    decision = explore.ask_decision(console, player.steps())
    if decision is None:
        return
    again = explore.replay_run(game, console, player.playthrough, decision)
    if again is not None:
        explore.recap(console, again)
        PlainPlay(game, again, console, sender).play()


def _line(card: Card) -> str:
    entry = card.entry
    if card.state == "coming":
        return f"{sentence(entry.title)} Not written yet."
    parts = [sentence(entry.title), f"About {entry.minutes} minutes."]
    if entry.kind == "scenario":
        parts.append(f"Endings found: {card.endings_found} of {len(entry.endings)}.")
    if card.earlier:
        parts.append("Finished before in an earlier edition.")
    if card.paused:
        count = card.paused_decisions
        parts.append(f"Under way, {counted(count, 'decision')} made.")
    return " ".join(parts)
