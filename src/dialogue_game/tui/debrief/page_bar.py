"""The pages of a debrief in one line, the open one marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.widget import Widget

from dialogue_game.tui.text.styled import ACCENT, MUTED, NOTHING, line, prose


class PageBar(Widget):
    """Names that can be clicked; arrows belong to the screen."""

    ALLOW_SELECT = False

    class Opened(Message):
        """A name was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._at = 0

    def show(self, at: int) -> None:
        """Mark another page as the open one."""
        self._at = at
        self.refresh()

    def render(self) -> RenderResult:
        """All names; where there is no room, the open one and its neighbours."""
        bar = NOTHING
        for place in self._visible():
            name = line(self._names[place])
            own = (
                name.stylize(f"{ACCENT} bold underline") if place == self._at else name
            )
            bar += (own if place == self._at else own.stylize(MUTED)) + prose("  ")
        return bar

    def on_click(self, event: events.Click) -> None:
        """Open what was clicked."""
        offset = event.get_content_offset(self)
        start = 0
        for place in self._visible():
            end = start + len(self._names[place])
            if offset is not None and start <= offset.x < end:
                self.post_message(self.Opened(place))
            start = end + 2

    def _visible(self) -> list[int]:
        places = list(range(len(self._names)))
        width = self.content_size.width
        while (
            len(places) > 1 and sum(len(self._names[p]) + 2 for p in places) > width + 2
        ):
            places.remove(max(places, key=lambda place: abs(place - self._at)))
        return places
