"""Rows to pick from with arrows and Enter, with a row's own key, or with the mouse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Sequence
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from dialogue_game.tui.text.blocks import wrapped
from dialogue_game.tui.text.glyphs import UNICODE, Glyphs
from dialogue_game.tui.text.prose import ACCENT, MUTED, NOTHING, STRONG, prose
from dialogue_game.tui.text.rows import ListRow
from dialogue_game.tui.widgets.settled import StableWidget


def number_keys() -> list[BindingType]:
    """Keys 1 to 9, told once in the footer."""
    return [
        Binding(
            str(number),
            f"key('{number}')",
            "Choose",
            show=False,
            id=f"rows.{number}",
            tooltip=f"Pick row {number}",
        )
        for number in range(1, 10)
    ]


LEAD = 2
"""Cells at the left for the mark of the cursor."""


class PickList(StableWidget, can_focus=True):
    """Rows, one of which is under the cursor. Posts `Picked` and never decides anything.

    A `pale` list shows no cursor: the keys belong to another list. In a `lettered` one each row's
    key stands out, as the letter of a card that people hold up. `show` takes rows of any height;
    `show_lines` takes thousands of one line each, of which only those in sight are ever made.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Choose", id="rows.pick", tooltip="Take the row at the cursor"),
        Binding("up,k", "move(-1)", "Up", show=False, id="rows.up", tooltip="The row above"),
        Binding("down,j", "move(1)", "Down", show=False, id="rows.down", tooltip="The row below"),
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
        self._rows = tuple(rows)
        self._glyphs = glyphs
        self.pale = self.lettered = False
        self._width = -1
        self._lines: list[list[Content]] = []
        self._starts: Sequence[int] = ()
        self._height = 0
        self._line: Callable[[int, int], Content] | None = None
        self._count = len(self._rows)
        self._passed: Container[int] = ()

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What is offered."""
        return self._rows

    @property
    def current(self) -> ListRow | None:
        """The row at the cursor."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def show(self, rows: Sequence[ListRow], cursor: int = 0, glyphs: Glyphs | None = None) -> None:
        """Offer these rows instead; without any, take no room."""
        self._rows, self._line, self._passed = tuple(rows), None, ()
        self._glyphs = glyphs or self._glyphs
        self.display = bool(self._rows)
        self._show(len(self._rows), cursor)

    def show_lines(
        self,
        count: int,
        line: Callable[[int, int], Content],
        cursor: int = 0,
        passed: Container[int] = (),
    ) -> None:
        """Offer that many rows of one line each, given a row's number and the cells there are.

        Rows in `passed` are headings: the cursor goes over them.
        """
        self._rows, self._line, self._passed = (), line, passed
        self._show(count, cursor)
        self.call_after_refresh(self.keep_in_sight)

    def _show(self, count: int, cursor: int) -> None:
        self._count, self._width = count, -1
        self.set_reactive(PickList.cursor, self._nearest(max(0, min(cursor, count - 1)), 1))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows need."""
        self._lay_out(width)
        return self._height

    def render_line(self, y: int) -> Strip:
        """One line; so that a moving cursor paints two rows and not all of them."""
        width = self.content_size.width
        self._lay_out(width)
        place = bisect_right(self._starts, y) - 1
        number = y - self._starts[place] if 0 <= place < self._count else 0
        if not 0 <= place < self._count or number >= self._height_of(place):
            return Strip.blank(width, self.rich_style)
        content = self._lines[place][number] if self._line is None else self._one_line(place)
        if place == self.cursor and not self.pale:
            content = self._marked(content, first=number == 0)
        strips = Visual.to_strips(self, content, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def render(self) -> RenderResult:
        """Nothing but the lines."""
        return NOTHING

    def watch_cursor(self, before: int, now: int) -> None:
        """The cursor moved: repaint both rows, keep the new one in sight, tell."""
        if self._starts:
            self.refresh(self._region(before), self._region(now))
        self.keep_in_sight()
        if self._count:
            self.post_message(self.Moved(self, self._row_id(now)))

    def action_move(self, step: int) -> None:
        """To the row above or below."""
        target = self.cursor + step
        if 0 <= target < self._count:
            self.cursor = self._nearest(target, step)
        else:
            self.post_message(self.AtEdge(step))

    def move_by(self, rows: int) -> None:
        """That many rows down, or up; past the last one, to the last one."""
        target = max(0, min(self.cursor + rows, self._count - 1))
        self.cursor = self._nearest(target, rows)

    def action_pick(self) -> None:
        """Take the row at the cursor."""
        self._take(self.cursor)

    def action_key(self, key: str) -> None:
        """Take the row that has this key; the cursor stays where it is."""
        keys = [row.key for row in self._rows]
        if key in keys:
            self._take(keys.index(key))

    def on_click(self, event: events.Click) -> None:
        """Take the row under the pointer."""
        number = self._row_at(event)
        if number is not None:
            self._take(number)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The cursor follows the pointer."""
        number = self._row_at(event)
        if number is not None:
            self.cursor = number

    def keep_in_sight(self) -> None:
        """Scroll what this list stands in until the row at the cursor shows, and its heading."""
        if self.cursor >= len(self._starts):
            return
        first = self.cursor
        while first and first - 1 in self._passed:
            first -= 1
        self.bring_into_sight(self._region(first).union(self._region(self.cursor)))

    def _take(self, place: int) -> None:
        available = not self._rows or self._rows[place].available
        if place < self._count and available and place not in self._passed:
            self.post_message(self.Picked(self, self._row_id(place)))

    def _row_id(self, place: int) -> str:
        return self._rows[place].id if self._rows else str(place)

    def _nearest(self, place: int, way: int) -> int:
        """The nearest row that can be taken, looking that way first, then the other."""
        for step in (1, -1) if way > 0 else (-1, 1):
            found = place
            while 0 <= found < self._count:
                if found not in self._passed:
                    return found
                found += step
        return max(0, place)

    def _region(self, place: int) -> Region:
        place = max(0, min(place, len(self._starts) - 1))
        return Region(0, self._starts[place], self.size.width, self._height_of(place))

    def _row_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        place = bisect_right(self._starts, offset.y) - 1
        if not 0 <= place < self._count or place in self._passed:
            return None
        return place if offset.y - self._starts[place] < self._height_of(place) else None

    def _height_of(self, place: int) -> int:
        return 1 if self._line is not None else len(self._lines[place])

    def _one_line(self, place: int) -> Content:
        room = max(self._width - LEAD, 1)
        line = NOTHING if self._line is None else self._line(place, room)
        return prose(" " * LEAD) + line.truncate(room, ellipsis=True)

    def _lay_out(self, width: int) -> None:
        if self._width == width:
            return
        self._width = width
        if self._line is not None:
            self._starts, self._height = range(self._count), self._count
            return
        self._lines, starts = [], []
        key_cells = max((len(row.key) for row in self._rows), default=0)
        place = 0
        for row in self._rows:
            own = self._row_lines(row, width, key_cells)
            self._lines.append(own)
            starts.append(place)
            place += len(own) + row.gap
        self._starts = starts
        self._height = max(0, place - (self._rows[-1].gap if self._rows else 0))

    def _row_lines(self, row: ListRow, width: int, key_cells: int) -> list[Content]:
        lead = LEAD + (key_cells + 2 if key_cells else 0)
        room = width - lead
        text = row.text if row.available else row.text.stylize(MUTED)
        aside_fits = bool(row.aside) and room >= text.cell_length + row.aside.cell_length + 2
        brief = [text.truncate(max(room, 1), ellipsis=True)]
        lines = brief if row.brief else wrapped(text, room)
        if aside_fits:
            lines = [text.pad_right(room - text.cell_length - row.aside.cell_length) + row.aside]
        elif row.aside:
            lines += wrapped(row.aside, room)
        for note in (row.note, *row.more):
            if note:
                lines += wrapped(note, room)
        key = self._key(row.key.ljust(key_cells) + "  ") if key_cells else NOTHING
        first = prose("  ") + key
        rest = prose(" " * lead)
        return [(rest if number else first) + own for number, own in enumerate(lines)]

    def _key(self, key: str) -> Content:
        return prose(key).stylize(f"{STRONG} {ACCENT}" if self.lettered else MUTED)

    def _marked(self, text: Content, *, first: bool) -> Content:
        """A line of the row at the cursor: a bar beside it; its key strong."""
        bar = prose(self._glyphs.cursor + " ").stylize(ACCENT)
        marked = bar + text[LEAD:]
        key = self._rows[self.cursor].key if self._rows else ""
        if first and key:
            end = 2 + len(key)
            marked = marked.stylize(ACCENT, 2, end).stylize(STRONG, 2, end)
        return marked
