"""A post: who, to whom, what, and how far it has gone."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import (
    Counts,
    ExhibitFrame,
    body,
    counts,
    maybe,
    person,
)
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, joined, line, prose


class PostExhibit(ExhibitFrame):
    """Looks like a post in a feed; its counts say when they have changed."""

    KIND = "post"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Head, text, picture, counts."""
        fields = shown.fields
        yield Block(person(fields))
        if fields.get("audience"):
            yield Block(line(f"Shared with {fields['audience']}").stylize(MUTED), above=0)
        yield from body(fields.get("text", ""))
        yield from maybe(line(fields.get("tags", "")).stylize("underline"))
        if shown.alt:
            bar = prose(f"{self.glyphs.cursor} ").stylize("$border-blurred")
            picture = joined([line("Picture:").stylize(MUTED), prose(shown.alt)], " ")
            yield Block(picture, bar, each=True)
        yield from maybe(counts(fields, before, self.glyphs.dot))
