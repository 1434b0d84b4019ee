"""A graph in layers, for those who draw it: Sugiyama and others, 1981.

The kept libraries for it need Graphviz or numpy; a story has some dozens of scenes. Nodes are
numbers; `targets[n]` are those that node `n` leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

Targets = Sequence[Sequence[int]]
SWEEPS: Final = 8


def layered(targets: Targets, start: int) -> list[list[int]]:
    """Nodes by their longest way from the start, ways that lead back left out."""
    order = _forward(targets, start)
    place = {node: position for position, node in enumerate(order)}
    depth = dict.fromkeys(order, 0)
    for node in order:
        for target in targets[node]:
            if place[target] > place[node]:
                depth[target] = max(depth[target], depth[node] + 1)
    layers: list[list[int]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    for node in sorted(depth):
        layers[depth[node]].append(node)
    return layers


def ordered(layers: list[list[int]], targets: Targets) -> list[list[int]]:
    """Each layer sorted by the middle of its nodes' neighbours, downwards and upwards in turns."""
    neighbours: dict[int, list[int]] = {node: [] for layer in layers for node in layer}
    for node, others in neighbours.items():
        for target in targets[node]:
            others.append(target)
            neighbours[target].append(node)
    where = _positions(layers)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            middle = {n: _middle(n, neighbours[n], where) for n in layer}
            layer.sort(key=lambda node: middle[node])
            where |= _positions([layer])
    return layers


def _forward(targets: Targets, start: int) -> list[int]:
    """All nodes, each before those it leads to, as far as cycles allow: reversed postorder."""
    seen = [False] * len(targets)
    reached = _finished(targets, [start], seen)
    # What the start cannot reach comes after all that it can.
    others = _finished(targets, range(len(targets)), seen)
    return [*reversed(reached), *reversed(others)]


def _finished(targets: Targets, roots: Iterable[int], seen: list[bool]) -> list[int]:
    """The nodes that roots lead to and that were not seen yet, in postorder."""
    finished: list[int] = []
    for root in roots:
        stack = [] if seen[root] else [(root, iter(targets[root]))]
        seen[root] = True
        while stack:
            following = next(
                (target for target in stack[-1][1] if not seen[target]), None
            )
            if following is None:
                finished.append(stack.pop()[0])
            else:
                seen[following] = True
                stack.append((following, iter(targets[following])))
    return finished


def _positions(layers: Sequence[Sequence[int]]) -> dict[int, float]:
    """Each node's place across, from -0.5 to 0.5 of its layer, weighted by the layer's length."""
    return {
        n: p - (len(layer) - 1) / 2 for layer in layers for p, n in enumerate(layer)
    }


def _middle(node: int, neighbours: Sequence[int], where: Mapping[int, float]) -> float:
    if not neighbours:
        return where[node]
    return sum(where[other] for other in neighbours) / len(neighbours)
