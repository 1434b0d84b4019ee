"""A note: a few words on a piece of paper."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import STRONG, line, muted


class NoteExhibit(ExhibitFrame):
    """Looks like something left on a desk."""

    KIND = "note"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Title, text, and who wrote it."""
        fields = shown.fields
        if fields.get("title"):
            yield Block(line(fields["title"]).stylize(STRONG))
        yield from body(fields.get("body", ""))
        if fields.get("author"):
            yield Block(muted(f"– {fields['author']}"))
