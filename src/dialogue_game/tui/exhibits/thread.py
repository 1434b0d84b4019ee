"""A thread: posts one after the other, held together by a line."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue_game.core.state import ShownExhibit
from dialogue_game.tui.exhibits.frame import Counts, ExhibitFrame, counts, person
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, STRONG, joined, line, prose


class ThreadExhibit(ExhibitFrame):
    """Looks like a conversation in public."""

    KIND = "thread"

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """Title, then each post along the line."""
        if shown.fields.get("title"):
            yield Block(line(shown.fields["title"]).stylize(STRONG))
        bar = prose(f"{self.glyphs.quote} ").stylize("$border-blurred")
        for number, post in enumerate(shown.items):
            if number:
                yield Block(prose(" "), bar, above=0)
            yield Block(person(post), prose(f"{self.glyphs.bullet} "), above=0 if number else 1)
            tags = line(post.get("tags", "")).stylize("underline")
            text = joined([prose(post.get("text", "")), tags], " ")
            yield Block(text, bar, above=0, each=True)
            tally = counts(post, {}, self.glyphs.dot).stylize(MUTED)
            if tally:
                yield Block(tally, bar, above=0, each=True)
