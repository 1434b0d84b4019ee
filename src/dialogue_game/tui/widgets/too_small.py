"""All there is to say when the terminal is too small to read in."""

from __future__ import annotations

from textual.app import RenderResult
from textual.widget import Widget

from dialogue_game.tui.text.prose import prose

LEAST_COLUMNS = 30
LEAST_ROWS = 10


class TooSmall(Widget):
    """One line, shown by the styles instead of everything else."""

    def render(self) -> RenderResult:
        """What to do about it."""
        return prose(
            f"Too small here. Make the window {LEAST_COLUMNS} × {LEAST_ROWS} or more."
        )
