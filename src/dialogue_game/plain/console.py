"""Lines out, an answer in; an error with its advice as a command; what to do where saving fails."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from dialogue_game.app.invocation import with_program_name
from dialogue_game.core.text import ascii_only, safe, split_paragraphs
from dialogue_game.errors import DialogueGameError, JournalError, Remedy
from dialogue_game.reporting.labels import sentence

if TYPE_CHECKING:
    from dialogue_game.app.game import Game
    from dialogue_game.app.player import Player
    from dialogue_game.app.session.facilitation import Facilitation

MAX_WIDTH: Final = 76
MIN_WIDTH: Final = 30
MIN_PAGE_LINES: Final = 8
HELP_COMMANDS: Final = ("?", "help")
"""What asks for help, at any prompt."""
MORE_HELP: Final = (
    "Enter reads on. s reads to the next question without a stop. "
    "To have no stops at all: dialogue-game settings more off"
)
LEAVE_COMMANDS: Final = ("q", "quit")
SKIP_STOPS_COMMANDS: Final = ("s", *LEAVE_COMMANDS)
LEAVE_LATER_NOTE: Final = "You can leave at the next question. First the rest:"

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])([”’\")]*)\s+")


class Console:
    """Says paragraphs at a readable measure and asks for answers.

    `interactive` tells whether a person sits at the other end; a pipe is never asked to press
    Enter, and its answers are repeated so that the transcript reads whole. With `stops` such a
    person is asked for more where the screen would be full, at the end of a sentence. `ascii_only`
    tells whether nothing but ASCII may be said.
    """

    def __init__(
        self, source: TextIO, sink: TextIO, *, ascii_: bool = False, stops: bool = False
    ) -> None:
        self._input, self._output, self.ascii_only = source, sink, ascii_
        columns, rows = shutil.get_terminal_size((MAX_WIDTH, 24))
        self.width = max(MIN_WIDTH, min(columns - 1, MAX_WIDTH))
        self._page = max(MIN_PAGE_LINES, rows - 2)
        self.interactive, self.stops = source.isatty(), stops
        self._empty = True
        self._read = 0
        self._stops_skipped = False

    def say(self, text: str = "", indent: str = "") -> None:
        """One or more paragraphs, wrapped; `indent` stands before each line but the first."""
        for paragraph in self._clean(text).split("\n"):
            if not paragraph:
                self._gap()
            elif self._fits(lines := self._wrapped(paragraph, indent)):
                self._write(lines)
            else:
                self._by_sentences(paragraph, indent)

    def all(self, texts: Iterable[str]) -> None:
        """Several paragraphs, each followed by an empty line."""
        for text in texts:
            for paragraph in split_paragraphs(text):
                self.say(paragraph)
                self.say()

    def together(self, paragraphs: Sequence[str], indent: str = "") -> None:
        """Short paragraphs that are read as one: a stop comes before them, not among them."""
        if not self._fits(
            [ln for text in paragraphs for ln in self._wrapped(text, indent)]
        ):
            self._stop()
        for text in paragraphs:
            self.say(text, indent)

    def heading(self, text: str) -> None:
        """A heading: a sentence on a line of its own, with an empty line before and after.

        No sign stands before it: a screen reader would read that out.
        """
        self.say()
        self.say(sentence(text))
        self.say()

    def ask(self, prompt: str, help_: str = "") -> str | None:
        """The next line of the input, without its ends; None when there is no more.

        With `help_`, a question mark is answered with it, and the question put again.
        """
        while True:
            self._stops_skipped = False
            answer = self._answer(prompt)
            if not help_ or answer is None or answer.lower() not in HELP_COMMANDS:
                return answer
            self.say(help_)

    def flush(self) -> None:
        """Let what was said be read, before something that may take a moment."""
        self._output.flush()

    def _answer(self, prompt: str) -> str | None:
        self._gap()
        self._output.write("\n".join(self._wrapped(self._clean(prompt), "")) + " ")
        self._empty, self._read = False, 0
        self._output.flush()
        try:
            line = self._input.readline()
        except UnicodeDecodeError:
            return ""
        if not line:
            self._output.write("\n")
            return None
        answer = safe(line.strip())
        if not self.interactive:
            self._output.write(self._clean(answer).expandtabs() + "\n")
        return answer

    def _by_sentences(self, paragraph: str, indent: str) -> None:
        """As many sentences as still fit, a stop, and so on."""
        piece = ""
        for part in _SENTENCE_END.sub("\\1\n", paragraph).split("\n"):
            longer = f"{piece} {part}".lstrip()
            if piece and not self._fits(self._wrapped(longer, indent)):
                self._write(self._wrapped(piece, indent))
                longer = part
            if longer == part and not self._fits(self._wrapped(part, indent)):
                self._stop()
            piece = longer
        self._write(self._wrapped(piece, indent))

    def _stop(self) -> None:
        """Ask for more, where something was read since the last question."""
        while self._read:
            answer = self._answer("More (Enter, ? for help):")
            word = "s" if answer is None else answer.lower()
            if word in ("", *SKIP_STOPS_COMMANDS):
                self._stops_skipped = bool(word)
                if word in LEAVE_COMMANDS:
                    self._write(self._wrapped(LEAVE_LATER_NOTE, ""))
                return
            self._write(self._wrapped(MORE_HELP, ""))

    def _fits(self, lines: list[str]) -> bool:
        """Whether these lines end on this page."""
        stops = self.interactive and self.stops and not self._stops_skipped
        return not stops or self._read + len(lines) <= self._page

    def _wrapped(self, paragraph: str, indent: str) -> list[str]:
        return textwrap.wrap(
            paragraph,
            self.width,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]

    def _write(self, lines: list[str]) -> None:
        self._output.write("\n".join(lines) + "\n")
        self._empty = False
        self._read += len(lines)

    def _gap(self) -> None:
        """One empty line, and never two."""
        if not self._empty:
            self._output.write("\n")
            self._read += 1
        self._empty = True

    def _clean(self, text: str) -> str:
        text = safe(with_program_name(text))
        return ascii_only(text) if self.ascii_only else text


REMEDY_COMMANDS: Final[Mapping[Remedy, str]] = {
    Remedy.GO_ON: "Go on with: next",
    Remedy.GO_ON_UNCOUNTED: "Go on with: next. Nothing was counted.",
    Remedy.STEP_BACK: "Take a step back: undo",
    Remedy.HOLD_NEW_ROUND: "For a new round: reopen",
    Remedy.COUNT_FIRST: "Count them first: tally a=4 b=2",
    Remedy.COUNT_LIKE_THIS: "Write them like this: tally a=4 b=2 c=1",
    Remedy.USE_WHOLE_NUMBERS: "Use whole numbers: tally a=4 b=2 c=1",
    Remedy.USE_ZERO_OR_MORE: "Use 0 or more: tally a=4 b=2 c=1",
    Remedy.PASTE_ONLY_LETTERS: "Paste only the letters, without names, like this: ballots A B B C",
    Remedy.ADD_ONE_BY_ONE: "Add the others one by one: cast LETTER. Or take those back first: undo",
    Remedy.COUNT_AGAIN: "Count again, or say how many are here: headcount N",
    Remedy.COUNT_PEOPLE_AGAIN: "Count the people again, or take ballots back: undo",
    Remedy.REVEAL_FIRST: "Reveal the ballots first (reveal), "
    "or take a show of hands at the scene (hands).",
    Remedy.CHOOSE_OPTION: "Settle it: settle LETTER",
    Remedy.TALK_THEN_CHOOSE: "Talk, then: settle LETTER, or for a new round: reopen",
    Remedy.PARK_IT: "Keep it with: park TEXT",
    Remedy.TYPE_SOMETHING: "Type the words after the command.",
    Remedy.WRITE_ELSEWHERE: "Add --force to write over it.",
    Remedy.ALLOW_RECHOOSING: "Every decision opens once you have reached an ending; "
    "or allow it now with: dialogue-game settings rechoose on",
}


RETRY_PROMPT: Final = "Type t to try again, or w to go on without saving (? for help):"
RETRY_HELP: Final = "t tries to save it again, after you have made room. "
UNSAVED_PROMPT: Final = "Type w to go on without saving, or q to leave (? for help):"


def error_text(error: DialogueGameError) -> str:
    """An error's sentence, and its next step as a command."""
    if error.remedy is None:
        return str(error)
    step = REMEDY_COMMANDS[error.remedy]
    if error.remedy is Remedy.CHOOSE_OPTION and error.options:
        step = f"Then: {', '.join(f'settle {letter}' for letter in error.options)}"
    return f"{error.message} {step}"


def ask_to_retry(
    console: Console,
    game: Game,
    kept: Player | Facilitation,
    error: JournalError,
    what: str,
    help_: str,
) -> bool:
    """Nothing has moved: ask how to go on; False to leave it. `what` could not be saved."""
    console.say(f"{what} could not be saved. {error}")
    answers: tuple[str, ...] = ("w",)
    prompt = UNSAVED_PROMPT
    if error.retry_helps:
        answers, prompt, help_ = ("t", "w"), RETRY_PROMPT, RETRY_HELP + help_
    while (answer := (console.ask(prompt, help_) or "q").lower()) not in answers:
        if answer in LEAVE_COMMANDS:
            return False
        console.say(f"That was not understood. Type {' or '.join(answers)}.")
    if answer == "w":
        continue_unsaved(game, kept, error)
        console.say("Nothing is saved from here.")
    return True


def continue_unsaved(
    game: Game, kept: Player | Facilitation, error: JournalError
) -> None:
    """Go on with a store that keeps nothing, where one was asked or nobody can be."""
    from dialogue_game.app.bootstrap import memory_store

    store = memory_store()
    kept.go_on_without_saving(store)
    game.stop_saving(store, error)
