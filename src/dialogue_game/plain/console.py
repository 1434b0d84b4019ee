"""The one voice of the plain front end: lines out, an answer in, nothing else."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from dialogue_game.app.started import as_started
from dialogue_game.core.text import ascii_only, safe, unfolded
from dialogue_game.reporting.labels import sentence

MEASURE: Final = 76
LEAST_WIDTH: Final = 30
LEAST_PAGE: Final = 8
HELP: Final = ("?", "help")
"""What asks for help, at any prompt."""
MORE_HELP: Final = (
    "Enter reads on. s reads to the next question without a stop. "
    "To have no stops at all: dialogue-game settings more off"
)
LEAVING: Final = ("q", "quit")
ONWARD: Final = ("s", *LEAVING)
NOT_YET: Final = "You can leave at the next question. First the rest:"

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
        self._source, self._sink, self.ascii_only = source, sink, ascii_
        columns, rows = shutil.get_terminal_size((MEASURE, 24))
        self.width = max(LEAST_WIDTH, min(columns - 1, MEASURE))
        self._page = max(LEAST_PAGE, rows - 2)
        self.interactive, self.stops = source.isatty(), stops
        self._empty = True
        self._read = 0
        self._hurried = False

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
            for paragraph in unfolded(text):
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
            self._hurried = False
            answer = self._answer(prompt)
            if not help_ or answer is None or answer.lower() not in HELP:
                return answer
            self.say(help_)

    def flush(self) -> None:
        """Let what was said be read, before something that may take a moment."""
        self._sink.flush()

    def _answer(self, prompt: str) -> str | None:
        self._gap()
        self._sink.write("\n".join(self._wrapped(self._clean(prompt), "")) + " ")
        self._empty, self._read = False, 0
        self._sink.flush()
        try:
            line = self._source.readline()
        except UnicodeDecodeError:
            return ""
        if not line:
            self._sink.write("\n")
            return None
        answer = safe(line.strip())
        if not self.interactive:
            self._sink.write(self._clean(answer).expandtabs() + "\n")
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
            if word in ("", *ONWARD):
                self._hurried = bool(word)
                if word in LEAVING:
                    self._write(self._wrapped(NOT_YET, ""))
                return
            self._write(self._wrapped(MORE_HELP, ""))

    def _fits(self, lines: list[str]) -> bool:
        """Whether these lines end on this page."""
        stops = self.interactive and self.stops and not self._hurried
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
        self._sink.write("\n".join(lines) + "\n")
        self._empty = False
        self._read += len(lines)

    def _gap(self) -> None:
        """One empty line, and never two."""
        if not self._empty:
            self._sink.write("\n")
            self._read += 1
        self._empty = True

    def _clean(self, text: str) -> str:
        text = safe(as_started(text))
        return ascii_only(text) if self.ascii_only else text
