"""The page with the path: what was chosen, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.reporting.about_you import TITLES
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.text.layout import Block, ListRow, heading, paragraphs
from dialogue_game.tui.text.story_blocks import guideline_name
from dialogue_game.tui.text.styled import (
    MARK_WORDS,
    MUTED,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
)

BETWEEN: Final = prose(" ")
"""An empty line between two pieces of coaching."""


class PathPage(DebriefPage):
    """What was chosen, step by step; coaching opens beneath each."""

    name = "Path"

    def __init__(
        self, player: Player, back: Debrief, glyphs: Glyphs, *, coach: bool
    ) -> None:
        super().__init__(player, back, glyphs)
        if coach:
            self.opened = {str(number) for number, _ in enumerate(back.path, 1)}

    def text(self) -> list[Block]:
        """What the page is."""
        return [
            heading(TITLES["path"]),
            Block(muted("Open a step to see it again."), above=0),
        ]

    def rows(self) -> list[ListRow]:
        """A row for each step."""
        return [
            self._row(str(number), step)
            for number, step in enumerate(self.back.path, 1)
        ]

    def _row(self, number: str, step: PathStep) -> ListRow:
        consequence = step.consequence
        opened = number in self.opened
        marks = joined(
            [self.glyphs.named(mark.word) for mark in consequence.marks], "  "
        )
        return ListRow(
            number,
            line(step.before.title).stylize(STRONG),
            key=number,
            note=line(consequence.choice_text),
            more=tuple(self._coaching(step)) if opened else (),
            aside=marks,
            gap=1,
        )

    def _coaching(self, step: PathStep) -> Iterator[Content]:
        consequence = step.consequence
        for block in paragraphs(consequence.text):
            yield BETWEEN
            yield block.text.stylize(MUTED)
        for mark in consequence.marks:
            name = guideline_name(self.player.story.guidelines, mark.guideline)
            yield BETWEEN
            word = self.glyphs.named(mark.word, MARK_WORDS[mark.word])
            yield word + prose(f" guideline {name}. {mark.why}")
        if consequence.references:
            yield BETWEEN
            labels = "; ".join(reference.label for reference in consequence.references)
            yield muted(f"Where it is written: {labels} (r opens the references)")
