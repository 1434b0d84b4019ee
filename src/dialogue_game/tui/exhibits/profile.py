"""A profile page: name and handle, what it claims, who can see it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import (
    Counts,
    ExhibitFrame,
    body,
    labelled,
    maybe,
)
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, STRONG, joined, line


class ProfileExhibit(ExhibitFrame):
    """Looks like the top of somebody's page."""

    KIND = "profile"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Who, then what they say about themselves."""
        fields = shown.fields
        name = line(fields.get("name", "")).stylize(STRONG)
        handle = line(fields.get("handle", "")).stylize(MUTED)
        yield Block(joined([name, handle], "  "))
        numbers = [
            line(f"{fields[key]} {key}") for key in ("posts", "followers") if fields.get(key)
        ]
        yield from maybe(joined(numbers, f"  {self.glyphs.dot}  ").stylize(MUTED), above=0)
        yield from body(fields.get("bio", ""))
        lines = list(
            labelled(fields, {"affiliation": "Works at", "link": "Link", "privacy": "Seen by"})
        )
        for number, block in enumerate(lines):
            yield Block(block.text, block.lead, above=0 if number else 1)
