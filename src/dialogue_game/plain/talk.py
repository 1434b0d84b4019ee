"""The one voice of the plain face: lines out, an answer in, nothing else."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable
from typing import Final, TextIO

from dialogue_game.core.text import ascii_only, safe, unfolded

MEASURE: Final = 76
LEAST_WIDTH: Final = 30


class Talk:
    """Says paragraphs at a readable measure and asks for answers.

    `interactive` tells whether a person sits at the other end; a pipe is never asked to press
    Enter, and its answers are repeated so that the transcript reads whole. `ascii_only` tells
    whether nothing but ASCII may be said.
    """

    def __init__(self, source: TextIO, sink: TextIO, *, ascii_: bool = False) -> None:
        self._source, self._sink, self.ascii_only = source, sink, ascii_
        columns = shutil.get_terminal_size((MEASURE, 24)).columns
        self.width = max(LEAST_WIDTH, min(columns - 1, MEASURE))
        self.interactive = source.isatty()
        self._empty = True

    def say(self, text: str = "", indent: str = "") -> None:
        """One or more paragraphs, wrapped; `indent` stands before each line but the first."""
        for paragraph in self._clean(text).split("\n"):
            if not paragraph:
                self._gap()
                continue
            lines = textwrap.wrap(
                paragraph,
                self.width,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            self._sink.write("\n".join(lines or [""]) + "\n")
            self._empty = False

    def _gap(self) -> None:
        """One empty line, and never two."""
        if not self._empty:
            self._sink.write("\n")
        self._empty = True

    def all(self, texts: Iterable[str]) -> None:
        """Several paragraphs, each followed by an empty line."""
        for text in texts:
            for paragraph in unfolded(text):
                self.say(paragraph)
                self.say()

    def heading(self, text: str) -> None:
        """A heading on a line of its own, with an empty line before and after."""
        self.say()
        self.say(f"# {text}")
        self.say()

    def ask(self, prompt: str) -> str | None:
        """The next line of the input, without its ends; None when there is no more."""
        self._gap()
        self._sink.write(self._clean(prompt) + " ")
        self._empty = False
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
            self._sink.write(self._clean(answer) + "\n")
        return answer

    def _clean(self, text: str) -> str:
        text = safe(text)
        return ascii_only(text) if self.ascii_only else text
