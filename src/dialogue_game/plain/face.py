"""Playing a story line by line: read, answer, read on."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from dialogue_game.app.bootstrap import memory_store
from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.core.state import Consequence, Situation
from dialogue_game.errors import ChoiceNotAvailable, JournalError
from dialogue_game.plain import explore, show
from dialogue_game.plain.talk import Talk
from dialogue_game.reporting.words import sentence

T = TypeVar("T")
AID: Final = "should_i_post"
HELP: Final = (
    "Type the number of your choice, or its id, then Enter.",
    "l: look closer at what is shown. t: tell me the scene again. b: look back at the road so far.",
    "g: the guidelines. r: the references of the last choice; r 2 opens the second one.",
    "s: should I post this? A short check of a post of your own.",
    "q: stop here. Everything is kept, and you can go on later.",
)


class PlainFace:
    """One playthrough in line mode."""

    def __init__(self, game: Game, player: Player, talk: Talk) -> None:
        self._game, self._player, self._talk = game, player, talk
        self._told: Consequence | None = player.last_consequence

    def play(self) -> bool:
        """Play to the ending, or until the player stops. True when the ending was reached."""
        talk = self._talk
        talk.say(sentence(self._player.story.title))
        talk.say("Type ? for help at any prompt, q to stop.")
        while not self._player.ended:
            situation = self._player.situation
            show.scene(talk, self._player, situation)
            if not self._decide(situation):
                self._paused()
                return False
        self._finish()
        return True

    def _decide(self, situation: Situation) -> bool:
        """Ask until a choice is made; False when the player stops."""
        while True:
            answer = self._talk.ask(f"Your choice (1 to {len(situation.options)}, ? for help):")
            if answer is None or answer.lower() in ("q", "quit"):
                return False
            if self._command(answer.lower(), situation):
                continue
            if self._choose(answer, situation):
                return self._read_on()

    def _command(self, answer: str, situation: Situation) -> bool:
        """Do what a letter asks for; False when it is none of ours."""
        talk, word, _, rest = self._talk, *answer.partition(" ")
        if answer == "":
            talk.say("Nothing was typed. Type a number, or ? for help.")
        elif word in ("?", "help"):
            talk.all(HELP)
        elif word in ("l", "look"):
            show.details(talk, situation, self._look)
        elif word in ("t", "tell"):
            show.scene(talk, self._player, situation)
        elif word in ("b", "back"):
            show.look_back(talk, self._player.road())
        elif word in ("g", "guidelines"):
            show.guidelines(talk, self._player.story.guidelines)
        elif word in ("r", "references"):
            self._references(rest.strip())
        elif word == "s":
            self._aid()
        else:
            return False
        return True

    def _choose(self, answer: str, situation: Situation) -> bool:
        choice = answer
        if answer.isdecimal() and 1 <= int(answer) <= len(situation.options):
            choice = situation.options[int(answer) - 1].id
        try:
            told = self._kept(lambda: self._player.choose(choice), "Your choice")
        except ChoiceNotAvailable as error:
            self._talk.say(str(error))
            return False
        if told is None:
            return False
        self._told = told
        show.consequence(self._talk, told)
        if self._game.settings.coaching == "after":
            show.coaching(self._talk, self._player.story, told)
        return True

    def _kept(self, deed: Callable[[], T], what: str = "This") -> T | None:
        """Do what writes to the journal. Where that refuses, nothing has moved: ask how to go on.

        None where there is no answer.
        """
        while True:
            try:
                return deed()
            except JournalError as error:
                self._talk.say(f"{what} could not be saved. {error}")
                answer = self._talk.ask("Type t to try again, or w to go on without saving:")
                if answer is None:
                    return None
                if answer.lower().startswith("w"):
                    store = memory_store()
                    self._player.go_on_without_saving(store)
                    self._game.stop_saving(store, error)

    def _look(self, exhibit: str, detail: str) -> None:
        self._kept(lambda: self._player.look(exhibit, detail))

    def _read_on(self) -> bool:
        """At a terminal, wait until the reader is done with a consequence; False to stop."""
        while self._talk.interactive:
            answer = self._talk.ask("Enter to read on (or r for the references, q to stop):")
            if answer is None or answer.lower() in ("q", "quit"):
                return False
            if answer == "":
                break
            if not self._command(answer.lower(), self._player.situation):
                self._talk.say("Press Enter to read on. The next choice comes after that.")
        return True

    def _references(self, number: str) -> None:
        cited = self._told.references if self._told else ()
        if not cited:
            self._talk.say("The last choice cites no reference.")
        elif number.isdecimal() and 1 <= int(number) <= len(cited):
            opened = cited[int(number) - 1]
            show.reference(self._talk, opened)
            self._kept(lambda: self._player.open_reference(opened.id))
        else:
            for place, reference in enumerate(cited, 1):
                self._talk.say(f"{place}. {reference.label}: {reference.title}", indent="   ")
            self._talk.say("Type r and a number to open one.")

    def _aid(self) -> None:
        entry = self._game.course.entry(AID)
        if entry is None or self._player.story.id == AID:
            self._talk.say("There is no such check here.")
            return
        PlainFace(self._game, self._game.start(AID), self._talk).play()
        self._talk.say("Back to where you were.")

    def _paused(self) -> None:
        if self._game.saving:
            name = shlex.quote(self._game.address(self._player.story.id))
            again = f"dialogue-game play {name} --resume"
            self._talk.say(f"Stopped. Everything is kept. Go on with: {again}")
        else:
            self._talk.say("Stopped. Nothing was saved.")

    def _finish(self) -> None:
        talk, player = self._talk, self._player
        show.ending(talk, player.situation)
        if player.story.kind == "aid":
            return
        back = player.debrief()
        show.debrief(
            talk,
            player.story,
            back,
            self._game.course.contacts,
            with_coaching=self._game.settings.coaching == "end",
        )
        self._transfer()
        answer = talk.ask("One line of your own. On Monday I will (Enter to skip):")
        if answer:
            self._kept(lambda: player.reflect(answer))
            talk.say("Kept with this playthrough." if self._game.saving else "Nothing is saved.")
        if player.story.scored:
            self._other_roads()

    def _other_roads(self) -> None:
        """What the choice just replayed has changed, and the next decision worth another look."""
        run = self._player.playthrough
        explore.what_changed(self._talk, self._game, run)
        onward = explore.what_if(self._talk, self._game, run)
        if onward is not None:
            PlainFace(self._game, onward, self._talk).play()

    def _transfer(self) -> None:
        items = self._player.story.transfer
        if not items or self._game.settings.transfer == "off":
            return
        self._talk.heading("New situations, same guidelines")
        for item in items.values():
            self._talk.say(item.situation)
            for number, option in enumerate(item.options, 1):
                self._talk.say(f"{number}. {option.text}", indent="   ")
            answer = self._talk.ask("Your answer (not scored, Enter to skip):")
            if answer is None:
                return
            if answer.isdecimal() and 1 <= int(answer) <= len(item.options):
                chosen = item.options[int(answer) - 1]
                self._kept(partial(self._player.answer_transfer, item.id, int(answer) - 1))
                self._talk.say(f"{'Sound' if chosen.sound else 'Less sound'}. {chosen.why}")
            self._talk.say()
