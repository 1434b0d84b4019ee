"""The first page: the run as a story about its player."""

from __future__ import annotations

from dialogue_game.reporting.about_you import about_you
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.text.layout import Block, heading
from dialogue_game.tui.text.styled import MUTED, NOTHING, line, prose


class AboutYouPage(DebriefPage):
    """What one tends to do, the moments that decided, what was protected and paid with."""

    name = "You"

    def text(self) -> list[Block]:
        """Each passage under its title."""
        blocks = []
        for title, remarks in about_you(self.back):
            blocks.append(heading(title))
            for text, at in remarks:
                lead = line(at).stylize(MUTED) + prose(" ") if at else NOTHING
                blocks.append(Block(lead + prose(text), above=0))
        return blocks
