"""Rows to pick from with arrows and Enter, with a row's own key, or with the mouse."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from dialogue_game.tui.text.layout import (
    CURSOR_CELLS,
    LETTERED,
    LineOf,
    ListRow,
    RowLayout,
)
from dialogue_game.tui.text.styled import (
    ACCENT,
    MUTED,
    NOTHING,
    STRONG,
    UNICODE,
    Glyphs,
    prose,
)
from dialogue_game.tui.widgets.bases import StableWidget
from dialogue_game.tui.widgets.key_bar import hidden_key


def number_keys() -> list[BindingType]:
    """Keys 1 to 9, shown once in the footer."""
    return [
        hidden_key(
            str(number), f"key('{number}')", f"rows.{number}", f"Pick row {number}"
        )
        for number in range(1, 10)
    ]


NO_ROW: Final = -1
"""Where the cursor stands while no row is under it."""


class PickList(StableWidget, can_focus=True):
    """Rows, one of which is under the cursor. Posts `Picked` and never decides anything.

    With the cursor at `NO_ROW` no row is under it, until somebody moves it there. A `pale` list
    shows no cursor: the keys belong to another list. In a `lettered` one each row's key stands
    out, as the letter of a card that people hold up. `show` takes rows of any height;
    `show_lines` takes thousands of one line each, of which only those in sight are ever made.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "pick",
            "Choose",
            id="rows.pick",
            tooltip="Take the row at the cursor",
        ),
        hidden_key("up,k", "move(-1)", "rows.up", "The row above"),
        hidden_key("down,j", "move(1)", "rows.down", "The row below"),
        *number_keys(),
    ]

    cursor = reactive(0, init=False, repaint=False)

    class Picked(Message):
        """A row was taken."""

        def __init__(self, rows: PickList, row: str) -> None:
            super().__init__()
            self.rows, self.row = rows, row

        @property
        def control(self) -> PickList:
            """The list it was taken from."""
            return self.rows

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: PickList, row: str) -> None:
            super().__init__()
            self.rows, self.row = rows, row

        @property
        def control(self) -> PickList:
            """The list whose cursor moved."""
            return self.rows

    class NoneAtCursor(Message):
        """Enter was pressed while the cursor stood on no row."""

    class AtEdge(Message):
        """The cursor cannot go further that way: -1 is up, 1 is down."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def __init__(
        self,
        rows: Sequence[ListRow] = (),
        *,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.laid = RowLayout(rows)
        self._glyphs = glyphs
        self.pale = self.option_letters = False

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What is offered."""
        return self.laid.rows

    @property
    def current(self) -> ListRow | None:
        """The row at the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(
        self, rows: Sequence[ListRow], cursor: int = 0, glyphs: Glyphs | None = None
    ) -> None:
        """Offer these rows instead; without any, take no room."""
        self._glyphs = glyphs or self._glyphs
        self.display = bool(rows)
        self._show(RowLayout(rows), cursor)

    def show_lines(
        self,
        count: int,
        line_of: LineOf,
        cursor: int = 0,
        headings: Container[int] = (),
    ) -> None:
        """Offer that many rows of one line each; the cursor goes over headings."""
        self._show(RowLayout.of_lines(count, line_of, headings), cursor)
        self.call_after_refresh(self.keep_in_sight)

    def _show(self, layout: RowLayout, cursor: int) -> None:
        self.laid = layout
        layout.key_style = LETTERED if self.option_letters else MUTED
        place = NO_ROW if cursor == NO_ROW else layout.nearest(cursor, 1)
        self.set_reactive(PickList.cursor, place)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows need."""
        self.laid.set_width(width)
        return self.laid.height

    def render_line(self, y: int) -> Strip:
        """One line; so that a moving cursor paints two rows and not all of them."""
        width, layout = self.content_size.width, self.laid
        layout.set_width(width)
        place = layout.row_at(y)
        if place is None:
            return Strip.blank(width, self.rich_style)
        number = y - layout.tops[place]
        line = layout.line(place, number)
        if place == self.cursor and not self.pale:
            line = self._marked(line, first=number == 0)
        strips = Visual.to_strips(self, line, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def render(self) -> RenderResult:
        """Nothing but the lines."""
        return NOTHING

    def watch_cursor(self, before: int, now: int) -> None:
        """The cursor moved: repaint both rows, keep the new one in sight, say so."""
        if self.laid.tops:
            width = self.size.width
            self.refresh(*(self.laid.region(place, width) for place in (before, now)))
        self.keep_in_sight()
        if self.laid.count:
            self.post_message(self.Moved(self, self.laid.name_of(now)))

    def action_move(self, step: int) -> None:
        """To the row above or below."""
        if 0 <= self.cursor + step < self.laid.count:
            self.move_by(step)
        else:
            self.post_message(self.AtEdge(step))

    def move_by(self, rows: int) -> None:
        """That many rows down, or up; past the last one, to the last one."""
        self.cursor = self.laid.nearest(self.cursor + rows, rows)

    def action_pick(self) -> None:
        """Take the row at the cursor."""
        if self.cursor == NO_ROW:
            self.post_message(self.NoneAtCursor())
        else:
            self._take(self.cursor)

    def action_key(self, key: str) -> None:
        """Take the row that has this key; the cursor stays where it is."""
        keys = [row.key for row in self.rows]
        if key in keys:
            self._take(keys.index(key))

    def on_click(self, event: events.Click) -> None:
        """Take the row under the pointer."""
        place = self._row_at(event)
        if place is not None:
            self._take(place)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The cursor follows the pointer."""
        place = self._row_at(event)
        if place is not None and place not in self.laid.headings:
            self.cursor = place

    def keep_in_sight(self) -> None:
        """Scroll what this list stands in until the row at the cursor shows, and its heading."""
        if not 0 <= self.cursor < len(self.laid.tops):
            return
        first = self.cursor
        while first and first - 1 in self.laid.headings:
            first -= 1
        layout, width = self.laid, self.size.width
        rows = layout.region(first, width).union(layout.region(self.cursor, width))
        self.bring_into_sight(rows)

    def _take(self, place: int) -> None:
        if self.laid.can_take(place):
            self.post_message(self.Picked(self, self.laid.name_of(place)))

    def _row_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        return None if offset is None else self.laid.row_at(offset.y)

    def _marked(self, line: Content, *, first: bool) -> Content:
        """A line of the row at the cursor: a bar beside it; its key strong."""
        marked = prose(self._glyphs.cursor + " ", ACCENT) + line[CURSOR_CELLS:]
        key = self.current.key if self.current else ""
        if first and key:
            marked = marked.stylize(
                f"{STRONG} {ACCENT}", CURSOR_CELLS, CURSOR_CELLS + len(key)
            )
        return marked
