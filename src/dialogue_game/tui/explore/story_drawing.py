"""The own map, drawn: scenes as squares, doors beside them, endings at the right, the ways between.

Read scenes are bright, the path of one run is a double line. The whole story fits where it can; a
closer look shows a stretch of it with titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual

from dialogue_game.tui.explore.story_graph import Node, StoryGraph
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
KNOWN, WALKED, PASSED, MEANT = range(4)
"""How much a way stands out: never walked, walked, on the path shown, at the cursor."""
STYLES: Final = {KNOWN: MUTED, WALKED: "", PASSED: ACCENT, MEANT: f"{STRONG} {ACCENT}"}


class Cell(NamedTuple):
    """A piece of a way: where its arms go, and how much it stands out."""

    arms: int
    weight: int


class Plan:
    """Where everything stands, at one size."""

    def __init__(
        self, graph: StoryGraph, width: int, height: int, *, near: bool
    ) -> None:
        self.graph, self.width, self.height = graph, width, height
        last = max(1, len(graph.columns) - 1)
        fits = ((width - 1 - titles) // last for titles in TITLES)
        pitch = next((each for each in fits if each > LEAST), LEAST)
        self.pitch = MOST if near else max(LEAST, min(MOST, pitch))
        self.titled = self.pitch >= TITLED
        self.row = graph.rows(height)
        self.x = {
            n: 1 + at * self.pitch for at, ns in enumerate(graph.columns) for n in ns
        }
        self.label_cells = self.pitch - 4 if self.titled else min(2, self.pitch - 1)

        self._ways = self._cells({}, sorted(graph.ways))

    def cells(self, meant: frozenset[tuple[int, int]]) -> dict[tuple[int, int], Cell]:
        """The ways as cells; those that are meant stand out most."""
        return (
            self._cells(dict(self._ways), sorted(meant), MEANT) if meant else self._ways
        )

    def _cells(
        self,
        drawn: dict[tuple[int, int], Cell],
        ways: Iterable[tuple[int, int]],
        least: int = KNOWN,
    ) -> dict[tuple[int, int], Cell]:
        graph = self.graph
        for way in ways:
            weight = WALKED if way in graph.walked else KNOWN
            weight = max(least, PASSED if way in graph.path else weight)
            for place, arms in self._run(*way):
                before = drawn.get(place, Cell(0, KNOWN))
                if weight > before.weight:
                    drawn[place] = Cell(
                        arms if weight >= PASSED else before.arms | arms, weight
                    )
                elif weight == before.weight or before.weight < PASSED:
                    drawn[place] = Cell(before.arms | arms, before.weight)
        return drawn

    def _run(self, start: int, end: int) -> Iterator[tuple[tuple[int, int], int]]:
        """One step of a way, from its column to the next, as cells and their arms."""
        top, bottom = self.row[start], self.row[end]
        turn = self._turn(start, end)
        for x in range(self.x[start], self.x[end]):
            if x != turn:
                yield (x, top if x < turn else bottom), LEFT | RIGHT
            elif top == bottom:
                yield (x, top), LEFT | RIGHT
            else:
                down = bottom > top
                yield (x, top), LEFT | (DOWN if down else UP)
                yield (x, bottom), RIGHT | (UP if down else DOWN)
        for y in range(min(top, bottom) + 1, max(top, bottom)):
            yield (turn, y), UP | DOWN

    def _turn(self, start: int, end: int) -> int:
        """Where a way turns: ways down and ways up keep apart where there is room."""
        first, last = self.x[start] + self.label_cells, self.x[end] - 2
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
        self._plan: Plan | None = None
        self._lines: list[Content] = []
        self._left = self._top = 0
        self.node = 0
        self.near = False
        self._meant: frozenset[tuple[int, int]] = frozenset()

    def show(self, graph: StoryGraph, glyphs: Glyphs) -> None:
        """Draw this graph instead."""
        self._graph, self._glyphs, self._plan = graph, glyphs, None
        self.refresh()

    def point(self, node: int, leads: Iterable[int] = ()) -> None:
        """Put the cursor on a node; the ways from it to those it leads to stand out."""
        self.node, self._lines = node, []
        if self._graph:
            ways = (way for lead in leads for way in self._graph.steps(node, lead))
            self._meant = frozenset(ways)
        self.refresh()

    def zoom(self) -> None:
        """Closer, or the whole again."""
        self.near, self._plan = not self.near, None
        self.refresh()

    def render(self) -> RenderResult:
        """Nothing but the lines."""
        return NOTHING

    def render_line(self, y: int) -> Strip:
        """One line of the drawing."""
        self._draw()
        width = self.content_size.width
        shown = self._lines[y] if y < len(self._lines) else NOTHING
        strips = (
            Visual.to_strips(self, shown, width, 1, self.visual_style) if shown else ()
        )
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """The node under the pointer, or right beside it."""
        offset, plan = event.get_content_offset(self), self._plan
        if offset is None or plan is None or self._graph is None:
            return
        x, y = offset.x + self._left, offset.y + self._top
        for node in range(len(self._graph.nodes)):
            if plan.row[node] == y and -1 <= x - plan.x[node] < plan.pitch - 1:
                self.post_message(self.Pointed(node))
                return

    def _draw(self) -> None:
        width, height = self.content_size
        graph, plan = self._graph, self._plan
        if graph is None or not graph.nodes:
            self._lines = []
            return
        if plan is None or (plan.width, plan.height) != (width, height):
            plan = self._plan = Plan(graph, width, height, near=self.near)
            self._lines = []
        if self._lines:
            return
        self._scroll(plan)
        ways = plan.cells(self._meant)
        labels = {(plan.x[n], plan.row[n]): n for n in range(len(graph.nodes))}
        self._lines = [
            self._line(plan, ways, labels, self._top + y) for y in range(height)
        ]

    def _scroll(self, plan: Plan) -> None:
        """Bring the cursor into sight, in the middle where not all can be seen."""
        wide = max(plan.x.values()) + plan.pitch
        high = max(plan.row.values()) + 1
        self._left = _from(plan.x[self.node] + plan.pitch // 2, plan.width, wide)
        self._top = _from(plan.row[self.node], plan.height, high)

    def _line(
        self,
        plan: Plan,
        ways: dict[tuple[int, int], Cell],
        labels: dict[tuple[int, int], int],
        y: int,
    ) -> Content:
        parts: list[tuple[str, str] | Content] = []
        x, end = self._left, self._left + plan.width
        while x < end:
            node = labels.get((x, y))
            if node is not None:
                label = self._label(plan, node, end - x).truncate(end - x)
                parts.append(label)
                x += max(1, label.cell_length)
                continue
            if labels.get((x + 1, y)) == self.node:
                parts.append((self._glyphs.cursor, STYLES[MEANT]))
            else:
                parts.append(self._sign(ways.get((x, y))))
            x += 1
        return prose("").join(_joined(parts))

    def _sign(self, cell: Cell | None) -> tuple[str, str]:
        if cell is None:
            return " ", ""
        signs = self._glyphs.path if cell.weight >= PASSED else self._glyphs.ways
        return signs[cell.arms], STYLES[cell.weight]

    def _label(self, plan: Plan, place: int, cells: int) -> Content:
        """A node's sign, its door, and its title where these cells have room for it."""
        graph, glyphs = plan.graph, self._glyphs
        node = graph.nodes[place]
        style = MUTED
        if node.seen:
            style = f"{STRONG} {ACCENT}" if place in graph.passed else STRONG
        label = prose(_node_sign(node, glyphs), style)
        if node.doors:
            label += prose(glyphs.door, ACCENT)
        at_edge = max(plan.pitch, plan.width - plan.x[place])
        own = at_edge if node.ending else plan.label_cells
        room = min(own, cells) - label.cell_length - 1
        if node.title and room >= LEAST_TITLE and (plan.titled or node.ending):
            cut = line(node.title).truncate(room, ellipsis=True)
            label += prose(" ") + cut.stylize(STRONG if place == self.node else style)
        return label


def _node_sign(node: Node, glyphs: Glyphs) -> str:
    if node.ending:
        return glyphs.found if node.seen else glyphs.untried
    return glyphs.full if node.seen else glyphs.empty


def _from(place: int, room: int, whole: int) -> int:
    return max(0, min(place - room // 2, whole - room))


def _joined(parts: list[tuple[str, str] | Content]) -> Iterator[Content]:
    """Signs of one style as one piece."""
    for style, run in groupby(
        parts, lambda part: part[1] if isinstance(part, tuple) else None
    ):
        if style is None:
            yield from (part for part in run if isinstance(part, Content))
        else:
            signs = "".join(part[0] for part in run if isinstance(part, tuple))
            yield prose(signs, style)
