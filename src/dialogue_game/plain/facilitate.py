"""Leading a session line by line: what the room may see, and a prompt for the leader.

Ballots are typed where nothing is shown: at a terminal after a hidden prompt, and from a pipe
without being repeated. Notes are never printed here, because lines stay on a screen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from getpass import getpass
from typing import Final

from dialogue_game.app.game import Game
from dialogue_game.app.session.agenda import Preparation
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.session import steps
from dialogue_game.core.text import counted, numbered
from dialogue_game.errors import DialogueGameError, JournalError, JournalStreamGone
from dialogue_game.plain.console import (
    Console,
    ask_to_retry,
    continue_unsaved,
    error_text,
)
from dialogue_game.plain.leader_commands import COMMANDS, HELP, QUIT, execute_command
from dialogue_game.plain.session_views import show_companion, show_shared

NOTE_COMMANDS: Final = ("minority", "park", "takeaway")
TIMER_COMMANDS: Final = ("pause", "extend")
HIDDEN_INPUT: Final = ("tally", "ballots", "cast")
SHORTCUTS: Final = {
    "": "next",
    "n": "next",
    "b": "blank",
    "+": "extend",
    "u": "undo",
    "p": "pause",
    "r": "reveal",
}
"""One key for what is done often. Digits are options at a show of hands."""
ECHOED: Final = frozenset(
    (*COMMANDS, *SHORTCUTS, *QUIT, "?", "help", "t", "tell", "qr")
)
"""The words that may be repeated on the shared screen, with what stands behind them."""

NOTES_ELSEWHERE: Final = (
    "The notes are not shown here, where the room can read along. Open them in a second terminal: "
    "dialogue-game companion"
)
NOTES_UNSAVED: Final = (
    "Nothing is being saved, so that no second terminal can show the notes. They are in your "
    "printed script."
)
SHORTCUT_HELP: Final = (
    "Short: Enter next, a number settles a show of hands, b blank, + two minutes more.",
    "Also short: u undo, p pause, r reveal.",
    "tell: tell the scene again. qr: the evaluation form’s code.",
)
UNSAVED_HELP: Final = (
    "w goes on without saving: nothing more of this session is kept. "
    "q leaves it undone."
)
_BALLOT_PROMPTS: Final = {
    "tally": "Counts, as a=4 b=2 (nothing is shown as you type):",
    "ballots": "Paste the letters, as A B B C (nothing is shown); then an empty line:",
    "cast": "Your letter, then Enter (nothing is shown; Enter alone when all have voted):",
}


def pasted(prompt: str) -> str:
    """What is typed or pasted up to an empty line, without showing any of it.

    The echo is off from the first line to the last: asking line by line with `getpass` would
    throw away what was pasted behind the first one. Raises EOFError where nothing more comes.
    """
    try:
        import termios
    except ImportError:  # Windows, where `getpass` throws nothing away
        return "\n".join(iter(lambda: getpass(prompt).strip(), ""))
    terminal = sys.stdin.fileno()
    shown = termios.tcgetattr(terminal)
    silent = [*shown[:3], shown[3] & ~termios.ECHO, *shown[4:]]
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return "\n".join(iter(_line, ""))
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, shown)
        sys.stdout.write("\n")


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


class PlainFacilitation:
    """One session in line mode. `hidden` reads a line without showing it, `pasted` several."""

    def __init__(
        self,
        game: Game,
        facilitation: Facilitation,
        console: Console,
        hidden: Callable[[str], str] = getpass,
        pasted: Callable[[str], str] = pasted,
    ) -> None:
        self._game, self._facilitation, self._console = game, facilitation, console
        self._hidden, self._pasted = hidden, pasted
        self._shown_url = ""
        self._shown_card = ("", 0)

    def lead(self) -> None:
        """Lead until the session has ended, or the leader leaves."""
        self._console.say("Enter goes on. Type ? for all commands, quit to leave.")
        self._show_phones()
        self._show()
        while not self._facilitation.session.ended:
            answer = self._ask("Command (Enter: next, ? for help):")
            if answer is None or answer.lower() in QUIT:
                self.farewell()
                return
            self._handle(answer)
        self.farewell()

    def _handle(self, answer: str) -> None:
        word, _, rest = answer.partition(" ")
        word = word.lower()
        if word in ("?", "help"):
            for typed, meaning in HELP.items():
                self._console.say(f"{typed}: {meaning}", indent="   ")
            self._console.all(SHORTCUT_HELP)
        elif word == "notes":
            self._notes()
        elif word in ("t", "tell"):
            show_shared(self._console, self._facilitation.shared(), whole=True)
        elif word == "qr":
            self._qr()
        elif word in HIDDEN_INPUT and self._console.interactive:
            self._ballots(word, rest)
        else:
            self._execute(self._expanded(answer))

    def _notes(self) -> None:
        """The notes of a rehearsal, where there is no room to read along; else where they are."""
        if self._facilitation.session.started.rehearsal:
            show_companion(self._console, self._facilitation.companion())
        else:
            self._console.say(NOTES_ELSEWHERE if self._game.saving else NOTES_UNSAVED)

    def _expanded(self, answer: str) -> str:
        """The whole command for a short one; a digit settles a show of hands."""
        options = self._facilitation.shared().options
        if self._settling():
            available = [option for option in options if option.available]
            if number := numbered(answer, len(available)):
                return f"settle {available[number - 1].id}"
        return SHORTCUTS.get(answer.lower(), answer)

    def _settling(self) -> bool:
        """Whether a show of hands, or the room after its ballots, may settle the decision now."""
        session = self._facilitation.session
        hands = session.step == steps.SCENE and session.form == steps.HANDS
        return hands or session.step in (steps.REVEAL, steps.MINORITY)

    def _execute(self, command: str) -> bool:
        """Obey one command and show what has become of it; False where it was refused."""
        try:
            execute_command(self._facilitation, command)
            self._show_phones()
        except JournalError as error:
            return self._ask_to_retry(error) and self._execute(command)
        except DialogueGameError as error:
            self._console.say(error_text(error))
            return False
        self._report_result(command)
        while self._facilitation.notices:
            self._console.say(self._facilitation.notices.pop(0))
        return True

    def _ask_to_retry(self, error: JournalError) -> bool:
        """Whether to try what the journal refused once more."""
        console, game, facilitation = self._console, self._game, self._facilitation
        return ask_to_retry(console, game, facilitation, error, "This", UNSAVED_HELP)

    def _report_result(self, command: str) -> None:
        """What has become of a command: in a word where the scene stays as it was."""
        word, session = command.partition(" ")[0].lower(), self._facilitation.session
        view = self._facilitation.shared()
        timer = view.timer
        if word == "phones":
            self._shown_url = ""
            self._show_phones()
            self._console.say(view.ballots.said if view.ballots else "")
        elif word in NOTE_COMMANDS and session.step != steps.TAKEAWAYS:
            self._console.say("Written down.")
        elif word in TIMER_COMMANDS and timer is not None:
            self._console.say(timer.said)
        elif word == "headcount":
            here = session.headcount
            self._console.say(counted(here, "person is here.", "people are here."))
        else:
            self._show()

    def _ballots(self, word: str, rest: str) -> None:
        """Ballots typed at a terminal, hidden; the keyboard goes round until nobody is left."""
        if rest:
            self._console.say(f"Type only: {word}. What you type after that is hidden.")
            return
        ask = self._pasted if word == "ballots" else self._hidden
        while True:
            try:
                typed = ask(f"{_BALLOT_PROMPTS[word]} ").strip()
            except EOFError:
                return
            if not typed:
                self._show()
                return
            if word != "cast":
                self._execute(f"{word} {typed}")
                return
            self._cast(typed)

    def _cast(self, typed: str) -> None:
        try:
            self._facilitation.cast(typed)
        except JournalError as error:
            if self._ask_to_retry(error):
                self._cast(typed)
        except DialogueGameError as error:
            self._console.say(error_text(error))
        else:
            self._console.say("Recorded. Pass the keyboard on.")

    def _ask(self, prompt: str) -> str | None:
        """The next answer. From a pipe it is repeated, but never with ballots in it."""
        interactive, self._console.interactive = self._console.interactive, True
        try:
            answer = self._console.ask(prompt)
        finally:
            self._console.interactive = interactive
        if answer is not None and not interactive:
            self._console.say(_echo(answer))
        return answer

    def _show(self) -> None:
        """The view; a scenario's title card only once."""
        view = self._facilitation.shared()
        carded = (view.story, view.scenario_number)
        if view.card is not None and carded == self._shown_card:
            view = replace(view, card=None)
        elif view.card is not None:
            self._shown_card = carded
        show_shared(self._console, view)

    def _show_phones(self) -> None:
        """Where phones vote: said first, and again when it changes."""
        phones = self._facilitation.phones
        url = phones.url if phones else ""
        if phones is not None and url != self._shown_url:
            self._console.say(f"Phones vote at {url} (its code: qr).")
            self._console.say(phones.trouble)
        self._shown_url = url

    def _qr(self) -> None:
        form, phones = self._facilitation.shared().evaluation, self._facilitation.phones
        address = form.url if form else phones.code if phones else ""
        if not address:
            self._console.say(
                "The code is shown at the evaluation, or where phones vote."
            )
            return
        if self._console.ascii_only:
            self._console.say(
                "The code cannot be drawn in ASCII. It is on the printed sheet."
            )
            return
        from dialogue_game.reporting.qr import qr_lines

        for line in qr_lines(address):
            self._console.say(line)

    def farewell(self) -> None:
        """Where the record is, or how to come back.

        Where nothing outlives the program, what the room said is read out once, to be copied.
        """
        session, id_ = self._facilitation.session, self._facilitation.id
        if session.started.rehearsal:
            self._console.say("This was a rehearsal. Nothing was saved.")
        elif why := self._game.why_not_kept(id_):
            self._read_out(why)
        elif session.ended:
            self._console.say(f"The record: dialogue-game session export {id_}")
        else:
            self._console.say(f"Left. {way_back(self._game, self._facilitation)}")

    def _read_out(self, why: str) -> None:
        from dialogue_game.app.session.documents import record_text

        if self._game.saving:
            continue_unsaved(self._game, self._facilitation, JournalStreamGone(why))
        self._console.say(
            f"{why} Copy the record from here before you close this window:"
        )
        for line in record_text(self._game, self._facilitation.id, "md").splitlines():
            self._console.say(line)


def way_back(game: Game, facilitation: Facilitation | None) -> str:
    """How to come back to a session that was left before its end; "" where nobody can."""
    if (
        facilitation is None
        or facilitation.session.started.rehearsal
        or facilitation.session.ended
    ):
        return ""
    if game.why_not_kept(facilitation.id):
        return ""
    back = f"dialogue-game facilitate --resume {facilitation.id}"
    return f"Everything is kept. Come back with: {back}"


def _echo(answer: str) -> str:
    """An answer as the room may read it: no ballots, and nothing that could be meant as some."""
    word = answer.partition(" ")[0]
    if word.lower() in HIDDEN_INPUT:
        return f"{word} …"
    return answer if word.lower() in ECHOED or answer.isdecimal() else "…"


def show_preparation(console: Console, ready: Preparation) -> None:
    """How to prepare, with the invitation to copy."""
    console.heading(ready.title)
    for line in (*ready.agenda, *ready.advice):
        console.say(f"- {line}", indent="  ")
    console.heading("The course’s steps")
    for title, text in ready.steps:
        console.say(f"{title}.")
        console.all(text.split("\n\n"))
    console.heading("For you, before the day")
    for line in ready.needs:
        console.say(f"- {line}", indent="  ")
    console.heading("An invitation to copy")
    console.say(ready.invitation)
