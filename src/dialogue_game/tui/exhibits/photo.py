"""A photo: what a glance shows, in a frame, with caption and credit."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body, maybe
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, joined, line, prose


class PhotoExhibit(ExhibitFrame):
    """Looks like a print on a page."""

    KIND = "photo"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """The sight itself, told; then what is written under it."""
        fields = shown.fields
        bar = prose(f"{self.glyphs.cursor} ").stylize("$border-blurred")
        yield Block(prose(shown.alt), bar, each=True)
        yield from body(fields.get("caption", ""), "italic")
        told = [line(fields[key]) for key in ("credit", "place", "time") if fields.get(key)]
        above = 0 if fields.get("caption") else 1
        yield from maybe(joined(told, f" {self.glyphs.dot} ").stylize(MUTED), above=above)
