"""Playing a story line by line: read, answer, read on; or by choices given beforehand."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.app.records.background_sender import BackgroundSender
from dialogue_game.core.engine import CONTINUE_WORDS
from dialogue_game.core.state import Consequence, Situation
from dialogue_game.core.text import counted, numbered
from dialogue_game.errors import ChoiceNotAvailable, JournalError
from dialogue_game.plain import explore, panels
from dialogue_game.plain import rendering as show
from dialogue_game.plain.console import (
    HELP_COMMANDS,
    LEAVE_COMMANDS,
    Console,
    ask_to_retry,
    error_text,
)
from dialogue_game.reporting.labels import sentence, skipped_text
from dialogue_game.reporting.run_text import transfer_result

T = TypeVar("T")
AID: Final = "should_i_post"
HELP: Final = (
    "Type the number of your choice, or its id, then Enter.",
    "l: look closer at what is shown. t: tell me the scene again. b: look back at the road so far.",
    "g: the guidelines. r: the references of the last choice; r 2 opens the second one.",
    "r all: every reference of the course; r all 2 opens the second one.",
    "m: your own map of this story. a: about this course, how to prepare, whom to ask.",
    "s: should I post this? A short check of a post of your own.",
    "c: settings; c coaching end changes one.",
    "x, in a replay: skip the pages that you have read before, to the next choice.",
    "d, in a replay: go on as on the path before, to the next difference.",
    "q: stop here. It is said then how to go on later, or that nothing was being saved.",
)
SKIP_COMMANDS: Final = ("x", "skip")
DIFFERENCE_COMMANDS: Final = ("d", "difference")
PAGE_HELP: Final = (
    "Enter reads on; the next choice comes after that. These work here, too:"
)
UNSAVED_HELP: Final = (
    "w goes on without saving: you can play to the end, and nothing of it is kept from here. "
    "q stops here."
)
LINE_HELP: Final = (
    "What you type is kept with this playthrough, for you alone. "
    "Enter alone keeps nothing."
)
LINE_UNSAVED: Final = "Nothing is being saved: what you type is gone when you leave."


class PlainPlay:
    """One playthrough in line mode."""

    def __init__(
        self,
        game: Game,
        player: Player,
        console: Console,
        sender: BackgroundSender | None = None,
    ) -> None:
        self._game, self._player, self._console = game, player, console
        self._sender = sender or BackgroundSender(game)
        self._consequence: Consequence | None = player.last_consequence
        self._memory = game.explore.memory(player)

    def play(self, take: str = "") -> bool:
        """Play to the ending, or until the player stops. True when the ending was reached.

        With an option to `take` it begins with what comes of that option.
        """
        console = self._console
        console.say(sentence(self._player.story.title))
        console.say("Type ? for help at any prompt, q to stop.")
        if take and self._choose(take, self._player.situation) and not self._read_on():
            self._paused()
            return False
        if self._player.untouched and self._player.story.titled:
            show.title_card(console, self._player)
            if not self._read_on("Enter to begin (? for help):"):
                self._paused()
                return False
        was = ""
        while not self._player.ended:
            situation = self._player.situation
            show.scene(console, self._player, situation, self._memory.note, was)
            was = situation.as_
            if situation.stub:
                console.say(show.NOT_WRITTEN)
            if situation.stub or not self._decide(situation):
                self._paused()
                return False
        self._finish()
        return True

    def _decide(self, situation: Situation) -> bool:
        """Ask until a choice is made, or a page is read; False when the player stops."""
        if situation.continues:
            here = self._player.state
            if not self._read_on():
                return False
            return (
                self._player.state is not here
                or self._saved(self._next_page) is not None
            )
        while True:
            answer = self._console.ask(
                f"Your choice (1 to {len(situation.options)}, ? for help):"
            )
            # A choice may have the name of a command; a letter is never a choice's.
            named = len(answer or "") > 1 and answer in {
                o.id for o in situation.options
            }
            if answer is None or (answer.lower() in LEAVE_COMMANDS and not named):
                return False
            if not named and answer.lower() in DIFFERENCE_COMMANDS:
                return self._saved(self._go_as_before) is not None
            if not named and self._command(answer.lower(), situation):
                continue
            if self._choose(answer, situation):
                return self._read_on()

    def _command(self, answer: str, situation: Situation) -> bool:
        """Do what a letter asks for; False when it is none of ours."""
        console, word, _, rest = self._console, *answer.partition(" ")
        if answer == "":
            console.say("Nothing was typed. Type a number, or ? for help.")
        elif word in HELP_COMMANDS:
            console.all(HELP)
        elif word in ("l", "look"):
            for exhibit, detail in show.details(console, situation):
                self._saved(partial(self._player.look, exhibit, detail))
        elif word in ("t", "tell"):
            show.scene(console, self._player, situation, self._memory.note)
        elif word in ("b", "back"):
            show.path_so_far(console, self._player.steps())
        elif word in ("g", "guidelines"):
            show.guidelines(console, self._player.story.guidelines)
        elif word in ("r", "references"):
            self._references(rest.strip())
        elif word in ("m", "map"):
            self._map()
        elif word == "s":
            self._open_aid()
        else:
            return panels.open_panel(self._game, console, word, rest)
        return True

    def _choose(self, answer: str, situation: Situation) -> bool:
        number = numbered(answer, len(situation.options))
        choice = situation.options[number - 1].id if number else answer
        try:
            made = self._saved(lambda: self._player.choose(choice), "Your choice")
        except ChoiceNotAvailable as error:
            self._console.say(error_text(error))
            return False
        if made is None:
            return False
        self._show_consequence(made)
        return True

    def _show_consequence(self, made: Consequence) -> None:
        self._consequence = made
        show.consequence(self._console, made)
        if self._game.settings.coaching == "after":
            show.coaching(self._console, self._player.story, made)

    def _saved(self, action: Callable[[], T], what: str = "This") -> T | None:
        """Do what writes to the journal. Where that refuses, nothing has moved: ask how to go on.

        None where the player stops.
        """
        while True:
            try:
                return action()
            except JournalError as error:
                kept = self._player
                if not ask_to_retry(
                    self._console, self._game, kept, error, what, UNSAVED_HELP
                ):
                    return None

    def _next_page(self) -> bool:
        self._player.read_on()
        return True

    def _skip_read(self) -> bool:
        skipped = self._memory.skip_pages(self._player)
        if skipped:
            self._console.say(
                f"Skipped: {counted(skipped, 'page')} that you have read."
            )
        return True

    def _go_as_before(self) -> bool:
        gone = self._memory.skip_to_difference(self._player)
        self._console.say(skipped_text(gone.decisions, gone.pages))
        consequence = self._player.last_consequence
        if gone.differs and consequence is not None:
            self._show_consequence(consequence)
        return True

    def _read_on(self, prompt: str = "Enter to read on (? for help):") -> bool:
        """At a terminal, wait until the reader is done with a page; False to stop."""
        while self._console.interactive:
            answer = self._console.ask(prompt)
            if answer is None or answer.lower() in LEAVE_COMMANDS:
                return False
            if answer == "":
                break
            if answer.lower() in SKIP_COMMANDS:
                return self._saved(self._skip_read) is not None
            if answer.lower() in DIFFERENCE_COMMANDS:
                return self._saved(self._go_as_before) is not None
            if answer.lower() in HELP_COMMANDS:
                self._console.say(PAGE_HELP)
            if not self._command(answer.lower(), self._player.situation):
                self._console.say(
                    "Press Enter to read on. The next choice comes after that."
                )
        return True

    def _references(self, number: str) -> None:
        cited = self._consequence.references if self._consequence else ()
        word, _, rest = number.partition(" ")
        if word == "all":
            opened = panels.references(self._game, self._console, rest.strip(), "r all")
            if opened in self._player.story.references:
                self._saved(partial(self._player.open_reference, opened))
        elif not cited:
            self._console.say(
                "The last choice cites no reference. r all lists all of the course."
            )
        elif named := numbered(number, len(cited)):
            found = cited[named - 1]
            show.reference(self._console, found)
            self._saved(partial(self._player.open_reference, found.id))
        else:
            for place, reference in enumerate(cited, 1):
                self._console.say(
                    f"{place}. {reference.label}: {reference.title}", indent="   "
                )
            self._console.say("Type r and a number to open one.")

    def _map(self) -> None:
        key, run = self._game.key_of(self._player), self._player.playthrough
        onward = explore.explore_map(self._console, self._game, key, run)
        if onward is not None:
            player, take = onward
            explore.recap(self._console, player)
            self._play_aside(player, take)

    def _open_aid(self) -> None:
        entry = self._game.course.entry(AID)
        if entry is None or self._player.story.id == AID:
            self._console.say("There is no such check here.")
            return
        self._play_aside(self._game.start(AID))

    def _play_aside(self, player: Player, take: str = "") -> None:
        """Play something else, and come back to this run."""
        PlainPlay(self._game, player, self._console, self._sender).play(take)
        self._console.say("Back to where you were. Type t to hear the scene again.")

    def _paused(self) -> None:
        if not self._player.kept:
            self._console.say("Stopped before the first choice. Nothing of it is kept.")
        elif why := self._game.why_not_kept(self._player.playthrough):
            self._console.say(f"Stopped. {why}")
        else:
            name = shlex.quote(self._game.address(self._player.story.id))
            again = f"dialogue-game play {name} --resume"
            self._console.say(f"Stopped. Everything is kept. Go on with: {again}")

    def _finish(self) -> None:
        console, player = self._console, self._player
        self._sender.call()
        show.ending(console, player.situation)
        if player.story.kind == "aid":
            return
        back = player.debrief()
        show.debrief(
            console,
            player.story,
            back,
            self._game.course,
            with_coaching=self._game.settings.coaching == "end",
        )
        self._transfer()
        self._line_of_ones_own()
        if player.story.scored:
            self._other_paths()

    def _line_of_ones_own(self) -> None:
        prompt = "One line of your own. On Monday I will (Enter to skip, ? for help):"
        answer = self._console.ask(
            prompt, LINE_HELP if self._game.saving else LINE_UNSAVED
        )
        if answer and answer.lower() not in LEAVE_COMMANDS:
            kept = self._saved(
                lambda: keep_reflection(self._game, self._player, answer)
            )
            self._console.say(kept or "It is not kept.")
        elif answer is not None:
            self._console.say("Skipped.")

    def _other_paths(self) -> None:
        """What the choice just replayed has changed, and the next decision worth another look."""
        run = self._player.playthrough
        explore.show_cause(self._console, self._game, run)
        onward = explore.what_if(self._console, self._game, run)
        if onward is not None:
            player, take = onward
            PlainPlay(self._game, player, self._console, self._sender).play(take)

    def _transfer(self) -> None:
        items = self._player.story.transfer
        if not items or self._game.settings.transfer == "off":
            return
        self._console.heading("New situations, same guidelines")
        for item in items.values():
            self._console.say(item.situation)
            answer = panels.ask_option(
                self._console, [option.text for option in item.options]
            )
            if answer is None:
                self._console.say("Skipped.")
            else:
                self._saved(partial(self._player.answer_transfer, item.id, answer))
                self._console.say(transfer_result(item.options[answer]))
            self._console.say()


def keep_reflection(game: Game, player: Player, text: str) -> str:
    """Keep the line, and say so where it outlives the program."""
    player.reflect(text)
    return "Kept with this playthrough." if game.saving else "Nothing is being saved."


def play_picks(
    game: Game, player: Player, console: Console, choices: Sequence[str]
) -> bool:
    """Take exactly these choices; False at one that is not available."""
    from dialogue_game.plain.json_lines import picked

    for choice in choices:
        if player.situation.continues and choice in CONTINUE_WORDS:
            player.read_on()
            continue
        player.read_on_to_decision()
        try:
            consequence = player.choose(picked(player, choice))
        except ChoiceNotAvailable as error:
            console.say(error_text(error))
            return False
        show.consequence(console, consequence)
        if game.settings.coaching == "after":
            show.coaching(console, player.story, consequence)
    if not player.ended:
        show.scene(console, player, player.situation)
        return True
    show.ending(console, player.situation)
    show.debrief(
        console,
        player.story,
        player.debrief(),
        game.course,
        with_coaching=game.settings.coaching == "end",
    )
    return True
