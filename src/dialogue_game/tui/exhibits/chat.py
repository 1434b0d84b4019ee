"""A chat: bubbles, one speaker at the left, the others set in."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, person
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import STRONG, line, prose

SET_IN = 8


class ChatExhibit(ExhibitFrame):
    """Looks like messages on a telephone."""

    KIND = "chat"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Title, then the messages in order."""
        if shown.fields.get("title"):
            yield Block(line(shown.fields["title"]).stylize(STRONG))
        left = shown.items[0].get("from", "") if shown.items else ""
        for message in shown.items:
            indent = "" if message.get("from", "") == left else " " * SET_IN
            yield Block(person(message, "from"), prose(indent))
            bar = prose(f"{indent}{self.glyphs.quote} ").stylize("$border-blurred")
            yield Block(prose(message.get("text", "")), bar, above=0, each=True)
