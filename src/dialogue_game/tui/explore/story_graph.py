"""The own map as a graph: scenes in columns from the start to the endings, and where each stands.

A way that runs over several columns bends at each of them; ways to one place share their bends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final

from dialogue_game.analysis.graph import layered, ordered
from dialogue_game.core.discovery import Discovery
from dialogue_game.reporting.story_outline import by_path

SWEEPS: Final = 10
MOST_GAP: Final = 3
STRAIGHT: Final = 5
"""How many times more the path that is shown pulls, so that it runs straight."""


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
    """What is known of a story, in columns. Nodes are numbers; those past the nodes are bends."""

    def __init__(self, known: Discovery) -> None:
        self.nodes = tuple(_nodes(known))
        self.number = {
            node.id: place for place, node in enumerate(self.nodes) if node.id
        }
        targets, walked = self._targets(known)
        self.targets = tuple(tuple(dict.fromkeys(leads)) for leads in targets)
        self.column = self._columns(known.start)
        self.bends: dict[tuple[int, int], int] = {}
        ways = [(a, b) for a, leads in enumerate(self.targets) for b in leads]
        self._bend(ways)
        self.ways = frozenset(way for a, b in ways for way in self.steps(a, b))
        self.walked = frozenset(way for a, b in walked for way in self.steps(a, b))
        self.columns = self._ordered()
        passed = [self.number[place] for place in known.path if place in self.number]
        self.passed = frozenset(passed)
        self.path = (
            frozenset(way for a, b in pairwise(passed) for way in self.steps(a, b))
            & self.ways
        )

    def steps(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """A way as its steps from column to column; none where it leads back."""
        first, last = self.column[start], self.column[end]
        if last <= first:
            return ()
        between = (self.bends[end, column] for column in range(first + 1, last))
        nodes = (start, *between, end)
        return tuple(pairwise(nodes))

    def beside(self, node: int, step: int) -> int | None:
        """The node next to this one in its column."""
        column = [n for n in self.columns[self.column[node]] if n < len(self.nodes)]
        place = column.index(node) + step
        return column[place] if 0 <= place < len(column) else None

    def rows(self, height: int) -> dict[int, int]:
        """In which row each node and bend stands: near those it is tied to."""
        widest = max((len(column) for column in self.columns), default=0)
        gap = max(1, min(MOST_GAP, (height - 1) // max(1, widest - 1)))
        height = max(height, (widest - 1) * gap + 1)
        tied: dict[int, list[int]] = {
            node: [] for column in self.columns for node in column
        }
        for start, end in self.ways:
            pull = STRAIGHT if (start, end) in self.path else 1
            tied[start] += [end] * pull
            tied[end] += [start] * pull
        row = dict.fromkeys(tied, (height - 1) / 2)
        for sweep in range(SWEEPS):
            for column in self.columns if sweep % 2 == 0 else self.columns[::-1]:
                wanted = [
                    _mean([row[other] for other in tied[node]], row[node])
                    for node in column
                ]
                row |= zip(column, _settled(wanted, gap, height), strict=True)
        # Not round(): it takes halves to the even number, and two neighbours to one row.
        return {node: floor(place + 0.5) for node, place in row.items()}

    def _targets(
        self, known: Discovery
    ) -> tuple[list[list[int]], set[tuple[int, int]]]:
        targets: list[list[int]] = [[] for _ in self.nodes]
        walked: set[tuple[int, int]] = set()
        for scene in known.scenes:
            here = self.number[scene.id]
            leads = [lead for option in scene.options for lead in option.leads]
            for lead in (*leads, *scene.onward):
                if lead.to in self.number:
                    targets[here].append(self.number[lead.to])
                    if lead.walks:
                        walked.add((here, self.number[lead.to]))
        return targets, walked

    def _columns(self, start: str) -> dict[int, int]:
        """Endings stand in the last column, everything else as far from the start as it can."""
        layers = layered(self.targets, self.number.get(start, 0)) if self.nodes else []
        column = {node: depth for depth, layer in enumerate(layers) for node in layer}
        scenes = [
            place for node, place in column.items() if not self.nodes[node].ending
        ]
        last = max(scenes, default=-1) + 1
        return {
            node: last if self.nodes[node].ending else at for node, at in column.items()
        }

    def _bend(self, ways: Sequence[tuple[int, int]]) -> None:
        for start, end in ways:
            for column in range(self.column[start] + 1, self.column[end]):
                self.bends.setdefault((end, column), len(self.nodes) + len(self.bends))

    def _ordered(self) -> list[list[int]]:
        standing = self.column | {
            bend: column for (_, column), bend in self.bends.items()
        }
        columns: list[list[int]] = [
            [] for _ in range(max(standing.values(), default=-1) + 1)
        ]
        for node in sorted(standing):
            columns[standing[node]].append(node)
        targets: list[list[int]] = [
            [] for _ in range(len(self.nodes) + len(self.bends))
        ]
        for start, end in sorted(self.ways):
            targets[start].append(end)
        return ordered(columns, targets)


def _nodes(known: Discovery) -> list[Node]:
    nodes = []
    for scene in by_path(known):
        doors = sum(option.state == "untried" for option in scene.options)
        nodes.append(
            Node(scene.id, scene.title, ending=False, seen=scene.seen, doors=doors)
        )
    nodes += [Node(e.id, e.title, ending=True, seen=e.found) for e in known.endings]
    if nodes:
        nodes += [Node("", "", ending=True, seen=False)] * known.hidden_endings
    return nodes


def _mean(rows: Sequence[float], otherwise: float) -> float:
    return sum(rows) / len(rows) if rows else otherwise


def _settled(wanted: Sequence[float], gap: int, height: int) -> list[float]:
    """Rows as near to what is wanted as their order and the gap between them allow.

    Neighbours that want the same place share its middle (pooling adjacent violators).
    """
    pools: list[tuple[float, int]] = []
    for number, row in enumerate(wanted):
        pools.append((row - number * gap, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (low, n), (high, m) = pools[-2:]
            pools[-2:] = [((low * n + high * m) / (n + m), n + m)]
    most = height - 1 - (len(wanted) - 1) * gap
    flat = [
        max(0.0, min(float(most), row)) for row, count in pools for _ in range(count)
    ]
    return [row + number * gap for number, row in enumerate(flat)]
