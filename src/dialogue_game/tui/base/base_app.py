"""The app apart from this game: tasks that may fail, sentences, keys, two reaches into Textual.

`begin_with_theme` and `_fatal_error` use what Textual does not document; each says why. Measured
and tried with Textual 8.2; `tests/front_ends/tui/test_textual_internals.py` fails where another
version no longer has it.
"""

from __future__ import annotations

import signal
from asyncio import get_running_loop
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any, Final

from textual import events
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.widgets import Input

from dialogue_game.app.invocation import with_program_name
from dialogue_game.core.text import safe
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import line

LAYOUTS: Final = (
    ("йцукенгшщзфывапролдячсмитьі", "qwertyuiopasdfghjklzxcvbnms"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),
    ("קראטוןםפשדגכעיחלזסבהנמצ", "ertyuiopasdfghjklzxcvnm"),
)
"""Cyrillic, Greek, Arabic and Hebrew letters, each with the Latin one on the same key."""
LATIN: Final[Mapping[str, str]] = {
    letter: latin
    for letters, latins in LAYOUTS
    for letter, latin in zip(letters, latins, strict=True)
} | {"б": "comma"}


class BaseApp(App[int]):
    """Says what goes wrong in a sentence, and keeps for `run` what goes wrong in the program."""

    failure: Exception | None = None

    def begin_with_theme(self, theme: str) -> None:
        """Take the first theme quietly: setting it aloud parses every style a second time.

        NO_COLOR means none at all, where Textual would turn colours into greys; it offers no
        setting for that, only the list of its filters.
        """
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        if self.no_color:
            self._filters = [
                NoColor() if isinstance(f, Monochrome) else f for f in self._filters
            ]

    def on_load(self) -> None:
        """Signals leave as the key Ctrl-C does, so that the terminal is as it was.

        One that is ignored (nohup) stays so. Windows and tests have no such handlers.
        """
        for name in () if self.is_headless else ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    get_running_loop().add_signal_handler(
                        number, self.exit, 128 + number
                    )

    def _fatal_error(self) -> None:
        """Keep what went wrong for `run`.

        Textual would print it with every local variable: what people chose and wrote, too.
        """
        self.failure = self._exception
        self._close_messages_no_wait()

    async def on_event(self, event: events.Event) -> None:
        """What is pasted is text like any other: nothing in it may command the terminal.

        A letter that no key stands for counts by its place, unless somebody is writing.
        """
        if isinstance(event, events.Paste):
            event.text = safe(event.text)
        elif isinstance(event, events.Key) and not isinstance(self.focused, Input):
            key = latin_key(event.character)
            if key and event.key not in self.screen.active_bindings:
                event.key, event.character = key, key if len(key) == 1 else ","
        await super().on_event(event)

    def attempt(
        self, task: Coroutine[Any, Any, None], *, required: bool = False
    ) -> None:
        """Do what may ask and wait; what goes wrong is said, and ends the program if `required`."""
        self.run_worker(self._attempted(task, required=required))

    async def _attempted(
        self, task: Coroutine[Any, Any, None], *, required: bool
    ) -> None:
        try:
            await task
        except DialogueGameError as error:
            if required:
                self.failure = error
                self.exit()
            else:
                self.say(in_keys(error))

    def say(self, sentence: str) -> None:
        """One sentence, for as long as it takes to read, instead of the one before."""
        self.clear_notifications()
        said = str(line(with_program_name(sentence)))
        self.notify(said, markup=False, timeout=max(6, len(said) / 10))


def latin_key(character: str | None) -> str:
    """The key that this character stands for; "" where it is that key already."""
    small = (character or "").lower()
    key = LATIN.get(small, small if small.isascii() and small.isalpha() else "")
    return key if key != character else ""
