"""A memo: office paper, header lines, body."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body, labelled
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import STRONG, line


class MemoExhibit(ExhibitFrame):
    """Looks like a page from an office."""

    KIND = "memo"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """To, from, date, subject; then the text."""
        labels = {"to": "To", "from": "From", "date": "Date"}
        yield from labelled(shown.fields, labels)
        if shown.fields.get("subject"):
            yield Block(line(shown.fields["subject"]).stylize(STRONG))
        yield from body(shown.fields.get("body", ""))
