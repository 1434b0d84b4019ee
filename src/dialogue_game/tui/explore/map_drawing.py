"""The own map, drawn: scenes as squares, doors beside them, endings at the right, edges between.

Read scenes are bright, the path of one run is a double line. The whole story fits where it can; a
closer look shows a stretch of it with titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual

from dialogue_game.tui.explore.map_layout import Edge, Node, StoryGraph
from dialogue_game.tui.text.styled import (
    ACCENT,
    MUTED,
    NOTHING,
    STRONG,
    UNICODE,
    Glyphs,
    line,
    prose,
)
from dialogue_game.tui.widgets.bases import StableWidget

LEFT, RIGHT, UP, DOWN = 1, 2, 4, 8
LEAST, MOST = 3, 26
"""Cells from one column to the next."""
TITLED: Final = 16
"""Cells from which on a scene has room for its title."""
TITLES: Final = (24, 16, 3)
"""Cells that the titles of endings have at the right, where each column keeps its least."""
LEAST_TITLE: Final = 8
"""Cells with fewer of which a title would be a riddle."""
KNOWN, WALKED, ON_PATH, AT_CURSOR = range(4)
"""How much an edge stands out: never walked, walked, on the path shown, from the cursor on."""
STYLES: Final = {
    KNOWN: MUTED,
    WALKED: "",
    ON_PATH: ACCENT,
    AT_CURSOR: f"{STRONG} {ACCENT}",
}

Point = tuple[int, int]
"""A cell of the drawing: column and line."""


class Cell(NamedTuple):
    """A piece of an edge: where its arms go, and how much it stands out."""

    arms: int
    weight: int


EMPTY: Final = Cell(0, KNOWN)


class GraphLayout:
    """Where everything stands, at one size."""

    def __init__(
        self, graph: StoryGraph, width: int, height: int, *, near: bool
    ) -> None:
        self.graph, self.width, self.height = graph, width, height
        self.pitch = MOST if near else self._fitting_pitch()
        self.titled = self.pitch >= TITLED
        self.row = graph.rows(height)
        self.x: dict[int, int] = {}
        for number, column in enumerate(graph.columns):
            self.x |= dict.fromkeys(column, 1 + number * self.pitch)
        self.label_cells = min(2, self.pitch - 1)
        if self.titled:
            self.label_cells = self.pitch - 4
        nodes = range(len(graph.nodes))
        self.node_at = {(self.x[node], self.row[node]): node for node in nodes}
        self._edges: dict[Point, Cell] = {}
        self._draw(self._edges, graph.edges)

    def cells(self, highlighted: frozenset[Edge]) -> Mapping[Point, Cell]:
        """The edges as cells; those that are highlighted stand out most."""
        if not highlighted:
            return self._edges
        cells = dict(self._edges)
        self._draw(cells, highlighted, AT_CURSOR)
        return cells

    def _fitting_pitch(self) -> int:
        """As many cells from column to column as there is room for."""
        last = max(1, len(self.graph.columns) - 1)
        for titles in TITLES:
            pitch = (self.width - 1 - titles) // last
            if pitch > LEAST:
                return min(MOST, pitch)
        return LEAST

    def _draw(
        self, cells: dict[Point, Cell], edges: Iterable[Edge], least: int = KNOWN
    ) -> None:
        for edge in sorted(edges):
            weight = max(least, self._weight(edge))
            for point, arms in self._drawn(*edge):
                before = cells.get(point, EMPTY)
                if weight > before.weight and weight >= ON_PATH:
                    cells[point] = Cell(arms, weight)
                elif weight >= before.weight or before.weight < ON_PATH:
                    weight_here = max(weight, before.weight)
                    cells[point] = Cell(before.arms | arms, weight_here)

    def _weight(self, edge: Edge) -> int:
        if edge in self.graph.path:
            return ON_PATH
        return WALKED if edge in self.graph.taken else KNOWN

    def _drawn(self, start: int, end: int) -> Iterator[tuple[Point, int]]:
        """An edge from its column to the next, as cells and their arms."""
        top, bottom = self.row[start], self.row[end]
        turn = self._turn(start, end)
        for x in range(self.x[start], self.x[end]):
            if x != turn:
                yield (x, top if x < turn else bottom), LEFT | RIGHT
            elif top == bottom:
                yield (x, top), LEFT | RIGHT
            else:
                out, into = (DOWN, UP) if bottom > top else (UP, DOWN)
                yield (x, top), LEFT | out
                yield (x, bottom), RIGHT | into
        first, last = sorted((top, bottom))
        for y in range(first + 1, last):
            yield (turn, y), UP | DOWN

    def _turn(self, start: int, end: int) -> int:
        """Where an edge turns: edges down and edges up keep apart where there is room."""
        first = self.x[start] + self.label_cells
        last = self.x[end] - 2
        if last <= first:
            return max(first, last) if self.pitch > LEAST else first
        return last if self.row[end] > self.row[start] else first


class StoryDrawing(StableWidget):
    """Draws a graph, one node of it under the cursor; posts `Pointed` when another is clicked."""

    ALLOW_SELECT = False

    class Pointed(Message):
        """A scene or ending was clicked."""

        def __init__(self, node: int) -> None:
            super().__init__()
            self.node = node

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._graph: StoryGraph | None = None
        self._placed: GraphLayout | None = None
        self._lines: list[Content] = []
        self._left = self._top = 0
        self.node = 0
        self.near = False
        self._highlighted: frozenset[Edge] = frozenset()

    def show(self, graph: StoryGraph, glyphs: Glyphs) -> None:
        """Draw this graph instead."""
        self._graph, self._glyphs, self._placed = graph, glyphs, None
        self.refresh()

    def point(self, node: int, leads: Iterable[int] = ()) -> None:
        """Put the cursor on a node; the edges from it to those it leads to stand out."""
        self.node, self._lines = node, []
        if self._graph:
            edges: set[Edge] = set()
            for lead in leads:
                edges.update(self._graph.segments(node, lead))
            self._highlighted = frozenset(edges)
        self.refresh()

    def zoom(self) -> None:
        """Closer, or the whole again."""
        self.near, self._placed = not self.near, None
        self.refresh()

    def render(self) -> RenderResult:
        """Nothing but the lines."""
        return NOTHING

    def render_line(self, y: int) -> Strip:
        """One line of the drawing."""
        self._draw()
        width = self.content_size.width
        if y < len(self._lines) and self._lines[y]:
            strips = Visual.to_strips(self, self._lines[y], width, 1, self.visual_style)
            if strips:
                return strips[0]
        return Strip.blank(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """The node under the pointer, or right beside it."""
        offset, placed = event.get_content_offset(self), self._placed
        if offset is None or placed is None:
            return
        x, y = offset.x + self._left, offset.y + self._top
        for (left, row), node in placed.node_at.items():
            if row == y and -1 <= x - left < placed.pitch - 1:
                self.post_message(self.Pointed(node))
                return

    def _draw(self) -> None:
        """Draw all lines anew where something has changed."""
        graph, placed = self._graph, self._placed
        if graph is None or not graph.nodes:
            self._lines = []
            return
        width, height = self.content_size
        if placed is None or (placed.width, placed.height) != (width, height):
            placed = GraphLayout(graph, width, height, near=self.near)
            self._placed, self._lines = placed, []
        if self._lines:
            return
        self._scroll(placed)
        edges = placed.cells(self._highlighted)
        rows = range(self._top, self._top + height)
        self._lines = [self._line(placed, edges, y) for y in rows]

    def _scroll(self, placed: GraphLayout) -> None:
        """Bring the cursor into sight, in the middle where not all can be seen."""
        right = max(placed.x.values()) + placed.pitch
        bottom = max(placed.row.values()) + 1
        middle = placed.x[self.node] + placed.pitch // 2
        self._left = _scrolled(middle, placed.width, right)
        self._top = _scrolled(placed.row[self.node], placed.height, bottom)

    def _line(
        self, placed: GraphLayout, edges: Mapping[Point, Cell], y: int
    ) -> Content:
        pieces: list[_Piece] = []
        x, end = self._left, self._left + placed.width
        while x < end:
            node = placed.node_at.get((x, y))
            if node is not None:
                label = self._label(placed, node, end - x).truncate(end - x)
                pieces.append(label)
                x += max(1, label.cell_length)
                continue
            if placed.node_at.get((x + 1, y)) == self.node:
                pieces.append((self._glyphs.cursor, STYLES[AT_CURSOR]))
            else:
                pieces.append(self._edge_glyph(edges.get((x, y))))
            x += 1
        return prose("").join(_joined(pieces))

    def _edge_glyph(self, cell: Cell | None) -> tuple[str, str]:
        """The sign that stands in a cell, and its style."""
        if cell is None:
            return " ", ""
        lines = self._glyphs.path if cell.weight >= ON_PATH else self._glyphs.edges
        return lines[cell.arms], STYLES[cell.weight]

    def _label(self, placed: GraphLayout, number: int, cells: int) -> Content:
        """A node's sign, its door, and its title where these cells have room for it."""
        node = placed.graph.nodes[number]
        style = MUTED
        if node.seen:
            on_path = number in placed.graph.on_path
            style = f"{STRONG} {ACCENT}" if on_path else STRONG
        label = prose(_node_glyph(node, self._glyphs), style)
        if node.doors:
            label += prose(self._glyphs.door, ACCENT)
        own = placed.label_cells
        if node.ending:
            own = max(placed.pitch, placed.width - placed.x[number])
        room = min(own, cells) - label.cell_length - 1
        titled = placed.titled or node.ending
        if not titled or not node.title or room < LEAST_TITLE:
            return label
        title = line(node.title).truncate(room, ellipsis=True)
        title = title.stylize(STRONG if number == self.node else style)
        return label + prose(" ") + title


def _node_glyph(node: Node, glyphs: Glyphs) -> str:
    if node.ending:
        return glyphs.found if node.seen else glyphs.untried
    return glyphs.full if node.seen else glyphs.empty


def _scrolled(place: int, room: int, whole: int) -> int:
    """The first cell that is seen where a place stands in the middle of the room there is."""
    return max(0, min(place - room // 2, whole - room))


_Piece = tuple[str, str] | Content
"""A sign and its style, or a label."""


def _joined(pieces: list[_Piece]) -> Iterator[Content]:
    """Signs of one style as one piece."""
    for style, run in groupby(pieces, _style_of):
        same = list(run)
        if style is None:
            yield from (piece for piece in same if isinstance(piece, Content))
        else:
            signs = [piece[0] for piece in same if isinstance(piece, tuple)]
            yield prose("".join(signs), style)


def _style_of(piece: _Piece) -> str | None:
    return piece[1] if isinstance(piece, tuple) else None
