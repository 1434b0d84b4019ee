"""The panel with the guidelines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.story_blocks import guideline_blocks
from dialogue_game.tui.text.styled import muted
from dialogue_game.tui.widgets.sheet import Sheet


class GuidelinesPanel(Panel):
    """All guidelines, verbatim, under our short names."""

    HEADING = "The guidelines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "g",
            "close",
            "Close",
            show=False,
            id="guidelines.close",
            tooltip="Close this",
        )
    ]

    def content(self) -> Iterable[Widget]:
        """One sheet."""
        course = self.game.course
        listed = course.guidelines or (
            self.player.story.guidelines if self.player else {}
        )
        blocks = list(guideline_blocks(listed))
        if course.guide_note:
            blocks.append(Block(muted(course.guide_note)))
        yield Sheet(blocks)
