"""A web page: its address, its title, what it says, its foot."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, STRONG, line, prose


class WebExhibit(ExhibitFrame):
    """Looks like a page in a browser."""

    KIND = "web"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Address, title, body, footer."""
        fields = shown.fields
        if fields.get("address"):
            lead = prose(f"{self.glyphs.closed} ").stylize(MUTED)
            yield Block(line(fields["address"]).stylize("underline"), lead)
        if fields.get("title"):
            yield Block(line(fields["title"]).stylize(STRONG))
        yield from body(fields.get("body", ""))
        yield from body(fields.get("footer", ""), MUTED)
