"""A bare Textual app: one label; space swaps its text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Label

TEXTS = ("Hello, world", "World, hello")


class Bare(App[None]):
    """The least that a Textual app can be."""

    BINDINGS: ClassVar = [("space", "swap", "Swap")]
    turn = 0

    def compose(self) -> ComposeResult:
        """One label."""
        self.label = Label(TEXTS[0], markup=False)
        yield self.label

    def action_swap(self) -> None:
        """The other text."""
        self.turn = 1 - self.turn
        self.label.update(TEXTS[self.turn])


if __name__ == "__main__":
    Bare().run()
