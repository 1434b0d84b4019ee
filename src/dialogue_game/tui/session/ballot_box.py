"""Where ballots go in: whatever is typed here, the same is shown."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.tui.text.layout import heading, remark, statement
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key

MOST_TYPED = 20_000
"""Characters that are kept of what is typed or pasted; ten thousand letters and their spaces."""


class BallotMode(StrEnum):
    """How ballots come in here."""

    COUNT = "count"
    ROUND = "round"
    CORRECT = "correct"


class BallotBox(Sheet, can_focus=True):
    """Takes counts, or letters from a chat, in one line; or one secret letter after another.

    Nothing of what is typed is ever drawn, not even how much. Where the keyboard goes round, a
    space comes before each letter, so that a key held too long is not a second ballot.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "Done", id="ballots.enter", tooltip="Done"),
        Binding(
            "escape",
            "close",
            "Close",
            id="ballots.close",
            tooltip="Close without counting",
        ),
        hidden_key("backspace", "back", "ballots.back", "Take the last one back"),
    ]

    class CountsEntered(Message):
        """Counts or letters were typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class BallotTyped(Message):
        """One secret ballot: a letter."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    class BallotTakenBack(Message):
        """The secret ballot that was just cast is to go."""

    class Closed(Message):
        """Nothing more comes."""

    def __init__(self) -> None:
        super().__init__(id="ballots")
        self.mode = BallotMode.COUNT
        self._typed = ""
        self._open = False
        self._cast = False
        self._confirming = False
        self.display = False

    def open(self, mode: BallotMode) -> None:
        """Be ready for ballots that come this way."""
        self.mode, self._typed = mode, ""
        self._open = self._cast = self._confirming = False
        self.say("The keyboard goes round." if mode is BallotMode.ROUND else "")
        self.focus(scroll_visible=False)

    def close(self) -> None:
        """Put the box away."""
        self._typed = ""
        self.show([])
        self.screen.set_focus(None)

    def say(self, sentence: str) -> None:
        """What has become of what was typed, and what to do now."""
        rest = "Nothing is shown as you type. Enter hands it in."
        if self.mode is BallotMode.COUNT:
            prompt = "Type counts: a=4 b=2 c=1. Or paste letters: A B B C."
        elif self.mode is BallotMode.CORRECT:
            prompt = (
                "The right counts: a=4 b=2 c=1. Of an earlier round: 1: a=4 b=2 c=1."
            )
        else:
            prompt = "Press Space, then your letter. Nobody sees it."
            rest = "Backspace takes it back. All have voted: Enter."
        blocks = [heading(sentence, above=0)] if sentence else []
        self.show([*blocks, statement(prompt, above=0), remark(rest, above=0)])

    def take(self, message: Message, to: Facilitation) -> None:
        """Put the ballots where they belong. Raises what is raised there; then nothing is put."""
        match message:
            case BallotBox.CountsEntered(text=text):
                counted = any(character.isdecimal() for character in text)
                (to.tally if counted else to.ballots)(text)
                self.close()
            case BallotBox.BallotTyped(letter=letter):
                to.cast(letter)
                self._cast = True
                self.say("Recorded. Pass the keyboard on.")
            case BallotBox.BallotTakenBack():
                to.undo()
                self.say("That ballot is taken back.")
            case _:
                self.close()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every character is for this box, and none is a key of the screen's."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """A character: kept, or a ballot."""
        if not event.is_printable or event.character is None:
            return
        event.stop()
        event.prevent_default()
        if self.mode is not BallotMode.ROUND:
            self._typed = (self._typed + event.character)[:MOST_TYPED]
        elif event.character == " ":
            self._open, self._cast, self._confirming = True, False, False
            self.say("Now press your letter.")
        elif self._open:
            self._open = False
            self.post_message(self.BallotTyped(event.character))
        else:
            self.say("Press Space first.")

    def on_paste(self, event: events.Paste) -> None:
        """Letters from a chat."""
        event.stop()
        event.prevent_default()
        if self.mode is not BallotMode.ROUND:
            self._typed = (self._typed + event.text)[:MOST_TYPED]

    def action_enter(self) -> None:
        """Hand the line in; where the keyboard goes round, everybody has voted.

        Some press Enter after their own letter: then it is asked, and the box stays for the others.
        """
        if self.mode is not BallotMode.ROUND and self._typed.strip():
            typed, self._typed = self._typed, ""
            self.post_message(self.CountsEntered(typed))
        elif (
            self.mode is BallotMode.ROUND
            and (self._cast or self._open)
            and not self._confirming
        ):
            self._confirming = True
            self.say("Pass the keyboard on. All have voted? Enter once more.")
        else:
            self.post_message(self.Closed())

    def action_close(self) -> None:
        """Close it; what was not handed in is forgotten."""
        self.post_message(self.Closed())

    def action_back(self) -> None:
        """The last character; or the ballot that was just cast."""
        if self.mode is not BallotMode.ROUND:
            self._typed = self._typed[:-1]
        elif self._cast:
            self._cast = False
            self.post_message(self.BallotTakenBack())
