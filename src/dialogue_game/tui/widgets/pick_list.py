"""Rows to pick from with arrows and Enter, with a row's own key, or with the mouse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
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


class PickList(StableWidget, can_focus=True):
    """Rows, one of which is under the cursor. Posts `Picked` and never decides anything.

    A `pale` list shows no cursor: the keys belong to another list. In a `lettered` one each row's
    key stands out, as the letter of a card that people hold up.
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
        self._starts: list[int] = []
        self._height = 0

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What is offered."""
        return self._rows

    @property
    def current(self) -> ListRow | None:
        """The row at the cursor."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    def show(self, rows: Sequence[ListRow], cursor: int = 0, glyphs: Glyphs | None = None) -> None:
        """Offer these rows instead; without any, take no room."""
        self._rows = tuple(rows)
        self._glyphs = glyphs or self._glyphs
        self._width = -1
        self.display = bool(self._rows)
        self.set_reactive(PickList.cursor, max(0, min(cursor, len(self._rows) - 1)))
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
        if not 0 <= place < len(self._lines) or y - self._starts[place] >= len(self._lines[place]):
            return Strip.blank(width, self.rich_style)
        number = y - self._starts[place]
        content = self._lines[place][number]
        if place == self.cursor and not self.pale:
            content = self._marked(content, first=number == 0)
        strips = Visual.to_strips(self, content, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def render(self) -> RenderResult:
        """Nothing but the lines."""
        return NOTHING

    def watch_cursor(self, before: int, now: int) -> None:
        """The cursor moved: repaint both rows, keep the new one in sight, tell."""
        if self._lines:
            self.refresh(self._region(before), self._region(now))
        self.keep_in_sight()
        if self.current:
            self.post_message(self.Moved(self, self.current.id))

    def action_move(self, step: int) -> None:
        """To the row above or below."""
        target = self.cursor + step
        if 0 <= target < len(self._rows):
            self.cursor = target
        else:
            self.post_message(self.AtEdge(step))

    def action_pick(self) -> None:
        """Take the row at the cursor."""
        self._take(self.current)

    def action_key(self, key: str) -> None:
        """Take the row that has this key; the cursor stays where it is."""
        self._take(next((row for row in self._rows if row.key == key), None))

    def on_click(self, event: events.Click) -> None:
        """Take the row under the pointer."""
        number = self._row_at(event)
        if number is not None:
            self._take(self._rows[number])

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The cursor follows the pointer."""
        number = self._row_at(event)
        if number is not None:
            self.cursor = number

    def keep_in_sight(self) -> None:
        """Scroll what this list stands in until the whole row at the cursor shows."""
        if self.cursor >= len(self._lines):
            return
        self.bring_into_sight(self._region(self.cursor))

    def _take(self, row: ListRow | None) -> None:
        if row is not None and row.available:
            self.post_message(self.Picked(self, row.id))

    def _region(self, number: int) -> Region:
        number = max(0, min(number, len(self._lines) - 1))
        return Region(0, self._starts[number], self.size.width, len(self._lines[number]))

    def _row_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        for number, own in enumerate(self._lines):
            if self._starts[number] <= offset.y < self._starts[number] + len(own):
                return number
        return None

    def _lay_out(self, width: int) -> None:
        if self._width == width:
            return
        self._width = width
        self._lines, self._starts = [], []
        key_cells = max((len(row.key) for row in self._rows), default=0)
        place = 0
        for row in self._rows:
            own = self._row_lines(row, width, key_cells)
            self._lines.append(own)
            self._starts.append(place)
            place += len(own) + row.gap
        self._height = max(0, place - (self._rows[-1].gap if self._rows else 0))

    def _row_lines(self, row: ListRow, width: int, key_cells: int) -> list[Content]:
        lead = 2 + (key_cells + 2 if key_cells else 0)
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
        marked = bar + text[2:]
        key = self._rows[self.cursor].key
        if first and key:
            end = 2 + len(key)
            marked = marked.stylize(ACCENT, 2, end).stylize(STRONG, 2, end)
        return marked
