"""The two places where the app reaches past what Textual offers, and why.

Measured and tried with Textual 8.2; `tests/front_ends/tui/test_textual_internals.py` fails where
another version no longer has what is used here.
"""

from __future__ import annotations

from textual.app import App
from textual.filter import Monochrome, NoColor


class QuietApp(App[int]):
    """Starts with its theme without a second parsing of all styles, and keeps its failure."""

    failure: Exception | None = None

    def begin_with_theme(self, theme: str) -> None:
        """Take the first theme quietly: setting it aloud parses every style a second time.

        NO_COLOR means none at all, where Textual would turn colours into greys; it offers no
        setting for that, only the list of its filters.
        """
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        if self.no_color:
            self._filters = [NoColor() if isinstance(f, Monochrome) else f for f in self._filters]

    def _fatal_error(self) -> None:
        """Keep what went wrong for `run`.

        Textual would print it with every local variable: what people chose and wrote, too.
        """
        self.failure = self._exception
        self._close_messages_no_wait()
