"""A video: a still that tells what it shows, and the bar to play it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body, person
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, STRONG, line, prose

BAR_CELLS = 28


class VideoExhibit(ExhibitFrame):
    """Looks like a clip that has been stopped."""

    KIND = "video"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Who put it up, what it shows, its caption."""
        fields = shown.fields
        yield Block(person(fields))
        if fields.get("title"):
            yield Block(line(fields["title"]).stylize(STRONG), above=0)
        bar = prose(f"{self.glyphs.cursor} ").stylize("$border-blurred")
        yield Block(prose(shown.alt), bar, each=True)
        played = f"{self.glyphs.closed} {self.glyphs.rule * BAR_CELLS} {fields.get('duration', '')}"
        yield Block(prose(played).stylize(MUTED), above=0)
        yield from body(fields.get("caption", ""), "italic")
