"""The own map as a graph: scenes in columns from the start to the endings, and where each stands.

An edge that crosses several columns bends in each of them; edges to one node share their bends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final

from dialogue_game.analysis.graph import layered, ordered
from dialogue_game.core.discovery import Discovery
from dialogue_game.reporting.story_outline import scenes_by_path

SWEEPS: Final = 10
MOST_GAP: Final = 3
STRAIGHT: Final = 5
"""How many times more the path that is shown pulls, so that it runs straight."""

Edge = tuple[int, int]
"""From one node to another."""


@dataclass(frozen=True, slots=True)
class Node:
    """A scene or an ending; one of unknown name has no id.

    `doors` are the options that were met there and could be tried still.
    """

    id: str
    title: str
    ending: bool
    seen: bool
    doors: int = 0


class StoryGraph:
    """What is known of a story, in columns. Nodes are numbers; those past the nodes are bends.

    `edges` lead from one column to the next, `taken` are those that were walked, `path` those of
    the run that is shown; `on_path` are the nodes of that run.
    """

    def __init__(self, known: Discovery) -> None:
        self.nodes = tuple(_nodes(known))
        self.number = {
            node.id: number for number, node in enumerate(self.nodes) if node.id
        }
        links = self._links(known)
        self.targets = self._targets(edge for edge, _ in links)
        self.column = self._columns(known.start)
        edges = [
            (start, end) for start, ends in enumerate(self.targets) for end in ends
        ]
        self.bends: dict[tuple[int, int], int] = {}
        self._bend(edges)
        self.edges = self._segments(edges)
        self.taken = self._segments(edge for edge, walked in links if walked)
        self.columns = self._ordered()
        visited = [self.number[id_] for id_ in known.path if id_ in self.number]
        self.on_path = frozenset(visited)
        self.path = self._segments(pairwise(visited)) & self.edges

    def segments(self, start: int, end: int) -> Iterator[Edge]:
        """The pieces of an edge from column to column; none where it leads back."""
        first, last = self.column[start], self.column[end]
        if last <= first:
            return
        bends = [self.bends[end, column] for column in range(first + 1, last)]
        yield from pairwise([start, *bends, end])

    def neighbour(self, node: int, step: int) -> int | None:
        """The node above this one in its column (-1), or below it (1)."""
        column = self.columns[self.column[node]]
        nodes = [number for number in column if number < len(self.nodes)]
        place = nodes.index(node) + step
        return nodes[place] if 0 <= place < len(nodes) else None

    def rows(self, height: int) -> dict[int, int]:
        """In which row each node and bend stands: near those it is tied to."""
        widest = max(map(len, self.columns), default=0)
        gaps = max(1, widest - 1)
        gap = max(1, min(MOST_GAP, (height - 1) // gaps))
        height = max(height, (widest - 1) * gap + 1)
        tied = self._tied()
        row = dict.fromkeys(tied, (height - 1) / 2)
        for sweep in range(SWEEPS):
            columns = self.columns if sweep % 2 == 0 else self.columns[::-1]
            for column in columns:
                wanted = [_mean(row, tied[node], row[node]) for node in column]
                row |= zip(column, _spaced(wanted, gap, height), strict=True)
        # Not round(): it takes halves to the even number, and two neighbours to one row.
        return {node: floor(place + 0.5) for node, place in row.items()}

    def _tied(self) -> dict[int, list[int]]:
        """To which nodes and bends each is tied, as often as they pull."""
        tied: dict[int, list[int]] = {}
        for column in self.columns:
            tied |= {node: [] for node in column}
        for start, end in self.edges:
            pull = STRAIGHT if (start, end) in self.path else 1
            tied[start] += [end] * pull
            tied[end] += [start] * pull
        return tied

    def _links(self, known: Discovery) -> list[tuple[Edge, bool]]:
        """Every known way from node to node, and whether it was walked."""
        links = []
        for scene in known.scenes:
            here = self.number[scene.id]
            leads = [lead for option in scene.options for lead in option.leads]
            for lead in (*leads, *scene.onward):
                target = self.number.get(lead.to)
                if target is not None:
                    links.append(((here, target), lead.walks > 0))
        return links

    def _targets(self, edges: Iterable[Edge]) -> tuple[tuple[int, ...], ...]:
        targets: list[dict[int, None]] = [{} for _ in self.nodes]
        for start, end in edges:
            targets[start][end] = None
        return tuple(map(tuple, targets))

    def _columns(self, start: str) -> dict[int, int]:
        """Endings stand in the last column, everything else as far from the start as it can."""
        if not self.nodes:
            return {}
        column: dict[int, int] = {}
        for depth, layer in enumerate(layered(self.targets, self.number.get(start, 0))):
            column |= dict.fromkeys(layer, depth)
        endings = [node for node in column if self.nodes[node].ending]
        scenes = column.keys() - endings
        last = max((column[node] for node in scenes), default=-1) + 1
        return column | dict.fromkeys(endings, last)

    def _bend(self, edges: Iterable[Edge]) -> None:
        for start, end in edges:
            for column in range(self.column[start] + 1, self.column[end]):
                number = len(self.nodes) + len(self.bends)
                self.bends.setdefault((end, column), number)

    def _segments(self, edges: Iterable[Edge]) -> frozenset[Edge]:
        return frozenset(piece for edge in edges for piece in self.segments(*edge))

    def _ordered(self) -> list[list[int]]:
        """Nodes and bends by column, so that few edges cross."""
        column = dict(self.column)
        column |= {bend: at for (_, at), bend in self.bends.items()}
        last = max(column.values(), default=-1)
        columns: list[list[int]] = [[] for _ in range(last + 1)]
        targets: list[list[int]] = [[] for _ in column]
        for node in sorted(column):
            columns[column[node]].append(node)
        for start, end in sorted(self.edges):
            targets[start].append(end)
        return ordered(columns, targets)


def _nodes(known: Discovery) -> Iterator[Node]:
    scenes = scenes_by_path(known)
    for scene in scenes:
        doors = sum(option.state == "untried" for option in scene.options)
        yield Node(scene.id, scene.title, ending=False, seen=scene.seen, doors=doors)
    for ending in known.endings:
        yield Node(ending.id, ending.title, ending=True, seen=ending.found)
    if scenes or known.endings:
        for _ in range(known.hidden_endings):
            yield Node("", "", ending=True, seen=False)


def _mean(row: dict[int, float], nodes: Sequence[int], otherwise: float) -> float:
    return sum(row[node] for node in nodes) / len(nodes) if nodes else otherwise


def _spaced(wanted: Sequence[float], gap: int, height: int) -> list[float]:
    """Rows as near to what is wanted as their order and the gap between them allow.

    Neighbours that want the same place share its middle (pooling adjacent violators).
    """
    pools: list[tuple[float, int]] = []
    for number, row in enumerate(wanted):
        middle, count = row - number * gap, 1
        while pools and pools[-1][0] >= middle:
            before, size = pools.pop()
            total = before * size + middle * count
            count += size
            middle = total / count
        pools.append((middle, count))
    most = float(height - 1 - (len(wanted) - 1) * gap)
    flat: list[float] = []
    for middle, count in pools:
        flat += [max(0.0, min(most, middle))] * count
    return [row + number * gap for number, row in enumerate(flat)]
