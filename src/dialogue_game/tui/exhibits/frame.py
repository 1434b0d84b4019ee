"""The frame around every exhibit: its name above, looking closer below."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.geometry import Region
from textual.message import Message

from dialogue_game.core.state import ShownExhibit
from dialogue_game.reporting.exhibits import name_of
from dialogue_game.tui.exhibits.graphics import NO_PICTURES, PictureSource
from dialogue_game.tui.exhibits.picture import PictureSheet
from dialogue_game.tui.exhibits.renderers import RENDERERS, Counts
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.styled import (
    ACCENT,
    STRONG,
    UNICODE,
    Glyphs,
    line,
    muted,
    prose,
)

END_LINES = 5


class ExhibitFrame(PictureSheet):
    """An exhibit of one kind, in the looks of that kind; details open beneath it, one by one."""

    class LookedAt(Message):
        """The exhibit was clicked: a closer look is wanted."""

        def __init__(self, exhibit: str) -> None:
            super().__init__()
            self.exhibit = exhibit

    def __init__(
        self, kind: str, glyphs: Glyphs = UNICODE, pictures: PictureSource = NO_PICTURES
    ) -> None:
        super().__init__(pictures, classes=f"exhibit -{kind}")
        self.glyphs, self._render_kind = glyphs, RENDERERS[kind]
        self.exhibit = ""
        self.border_title = line(" ")
        self.border_subtitle = line(" ")

    def present(
        self, shown: ShownExhibit, opened: int = 0, before: Counts | None = None
    ) -> None:
        """Show this exhibit with its first `opened` details, and what its counts were before."""
        self.exhibit = shown.id
        self.border_title = line(f"{name_of(shown)} ")
        details = len(shown.details)
        if opened < details:
            key = prose("l").stylize(ACCENT)
            self.border_subtitle = key + muted(f" look closer · {opened} of {details}")
        else:
            self.border_subtitle = (
                muted(f"{details} of {details} looked at") if details else None
            )
        looks = self._render_kind(shown, self.glyphs, before or {})
        self.show([*looks, *self._details(shown, opened)])

    def on_click(self, event: events.Click) -> None:
        """A click is a closer look."""
        event.stop()
        self.post_message(self.LookedAt(self.exhibit))

    def show_end(self) -> None:
        """Scroll to what was found last."""
        lines = min(self.size.height, END_LINES)
        self.bring_into_sight(
            Region(0, self.outer_size.height - lines, self.size.width, lines)
        )

    def _details(self, shown: ShownExhibit, opened: int) -> Iterator[Block]:
        for detail in shown.details[:opened]:
            lead = prose(f"{self.glyphs.closed} ").stylize(ACCENT)
            text = line(detail.look).stylize(STRONG) + prose(f": {detail.text}")
            yield Block(text, lead)
