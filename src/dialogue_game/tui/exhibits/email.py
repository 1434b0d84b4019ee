"""An e-mail: header lines, body, signature, and the banner under it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, body, labelled
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, muted, prose


class EmailExhibit(ExhibitFrame):
    """Looks like a message in a mail program."""

    KIND = "email"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Headers, then what was written."""
        fields = shown.fields
        yield from labelled(fields, {"from": "From", "to": "To", "cc": "Copy", "date": "Date"})
        yield from (
            Block(block.text.stylize("bold"), block.lead, above=0)
            for block in labelled(fields, {"subject": "Subject"})
        )
        yield from body(fields.get("body", ""))
        if fields.get("signature"):
            yield Block(muted("--"))
            yield Block(prose(fields["signature"]).stylize(MUTED), above=0)
        if fields.get("banner"):
            bar = prose(f"{self.glyphs.cursor} ")
            yield Block(prose(fields["banner"]).stylize("italic"), bar, each=True)
