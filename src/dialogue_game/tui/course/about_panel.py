"""The panel that tells what the course is about, how to prepare, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.reporting.about import HOW, KEEPS, UNSAVED, about
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, heading, paragraphs
from dialogue_game.tui.text.styled import prose
from dialogue_game.tui.widgets.sheet import Sheet


class AboutPanel(Panel):
    """The welcome, the steps, what to read first, what survives of the diagram, contacts."""

    HEADING = "About this course"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "i", "close", "Close", show=False, id="about.close", tooltip="Close this"
        )
    ]

    def content(self) -> Iterable[Widget]:
        """One sheet of all sections."""
        blocks = [
            heading("How it works"),
            *paragraphs((*HOW, KEEPS if self.game.saving else UNSAVED)),
        ]
        for section in about(self.game.course):
            blocks.append(heading(section.title))
            blocks += paragraphs(section.paragraphs)
            blocks += [
                Block(prose(item), prose("- "), above=0) for item in section.items
            ]
        yield Sheet(blocks)
