"""A headline: the paper's name, the line, the first sentences."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body, maybe
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, STRONG, joined, line


class HeadlineExhibit(ExhibitFrame):
    """Looks like a cutting."""

    KIND = "headline"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Outlet and date, the line, the text."""
        fields = shown.fields
        told = [line(fields.get("outlet", "").upper()), line(fields.get("date", ""))]
        yield from maybe(joined(told, f" {self.glyphs.dot} ").stylize(MUTED))
        yield Block(line(fields.get("title", "")).stylize(STRONG))
        yield from body(fields.get("text", ""))
