"""Thousands of rows of one line each, of which only those in sight are ever made."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from dialogue_game.tui.text.glyphs import UNICODE, Glyphs
from dialogue_game.tui.text.prose import ACCENT, prose

LEAD = 2
"""Cells at the left for the mark of the cursor."""


class LineList(ScrollView, can_focus=True):
    """Rows by number, told line by line when they come into sight. Posts and never decides.

    `tell` says what stands in a row, given its number and the cells there are. Rows in `passed`
    are headings: the cursor goes over them.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Choose", id="rows.pick", tooltip="Take the row at the cursor"),
        Binding("up,k", "move(-1)", "Up", show=False, id="lines.up", tooltip="The row above"),
        Binding("down,j", "move(1)", "Down", show=False, id="lines.down", tooltip="The row below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="lines.page_up",
                tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="lines.page_down",
                tooltip="A page down"),
        Binding("home", "move(-999999)", "First", show=False, id="lines.first",
                tooltip="The first row"),
        Binding("end", "move(999999)", "Last", show=False, id="lines.last",
                tooltip="The last row"),
    ]  # fmt: skip

    cursor = reactive(0, init=False, repaint=False)

    class Picked(Message):
        """A row was taken."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        tell: Callable[[int, int], Content],
        *,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._tell, self._glyphs = tell, glyphs
        self._count = 0
        self._passed: Container[int] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def show(self, count: int, cursor: int = 0, passed: Container[int] = ()) -> None:
        """Show that many rows instead, the cursor on that one or the next that can be taken."""
        self._count, self._passed = count, passed
        self.virtual_size = Size(0, count)
        self.set_reactive(LineList.cursor, self._settled(min(cursor, count - 1), 1))
        self.call_after_refresh(self.keep_in_sight)
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One line of those in sight."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if not 0 <= number < self._count or width <= LEAD:
            return Strip.blank(width, self.rich_style)
        here = number == self.cursor
        lead = prose(self._glyphs.cursor + " ").stylize(ACCENT) if here else prose(" " * LEAD)
        told = lead + self._tell(number, width - LEAD).truncate(width - LEAD, ellipsis=True)
        strips = Visual.to_strips(self, told, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def watch_cursor(self, before: int, now: int) -> None:
        """The cursor moved: repaint both rows, keep the new one in sight, tell."""
        self.refresh_line(before)
        self.refresh_line(now)
        self.keep_in_sight()
        self.post_message(self.Moved(now))

    def keep_in_sight(self) -> None:
        """Scroll until the row at the cursor shows; the heading above the first one, too."""
        height = self.scrollable_content_region.height
        first = self.cursor
        while first and first - 1 in self._passed:
            first -= 1
        top = self.scroll_offset.y
        if top - height <= first < top:
            target = first
        elif top + height <= self.cursor < top + 2 * height:
            target = self.cursor - height + 1
        elif top <= self.cursor < top + height:
            return
        else:
            target = self.cursor - height // 2
        self.scroll_to(y=target, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """To a row above or below; past the last one, to the last one."""
        if self._count:
            target = max(0, min(self._count - 1, self.cursor + step))
            self.cursor = self._settled(target, 1 if step > 0 else -1)

    def action_page(self, pages: int) -> None:
        """By as many rows as are in sight."""
        self.action_move(pages * max(1, self.scrollable_content_region.height - 1))

    def action_pick(self) -> None:
        """Take the row at the cursor."""
        if self._count and self.cursor not in self._passed:
            self.post_message(self.Picked(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """To the row under the pointer; a click on the row at the cursor takes it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = offset.y + self.scroll_offset.y
        if number == self.cursor:
            self.action_pick()
        elif 0 <= number < self._count and number not in self._passed:
            self.cursor = number

    def _settled(self, row: int, way: int) -> int:
        """The nearest row that can be taken, looking that way first, then the other."""
        for step in (way, -way):
            place = row
            while 0 <= place < self._count:
                if place not in self._passed:
                    return place
                place += step
        return max(0, row)
