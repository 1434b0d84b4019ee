"""Exact extremes over all paths: of sums of marks, of decisions; and the number of paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import add
from typing import Final

from dialogue_game.analysis.quotient import Quotient
from dialogue_game.analysis.state_space import Program

Weights = Mapping[int, int]
"""What a choice (by number) counts for; choices that are not there count 0."""
Row = tuple[int, ...]

ROUNDS: Final = 200
"""How often the states of one cycle are gone through before its sums count as not exact."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A cycle that changes a sum each time round: its scenes, first one again at the end."""

    scenes: tuple[str, ...]
    gain: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or greatest sum over all paths, and a walk that has it.

    `value` is None where there is no least or greatest (`loops` say why), where no ending can be
    reached, and where it could not be decided: then it is not `exact`.
    """

    value: int | None
    walk: tuple[str, ...] = ()
    exact: bool = True
    loops: tuple[Loop, ...] = ()

    @property
    def unbounded(self) -> bool:
        """Whether a cycle makes it grow without end."""
        return bool(self.loops)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The worst and the best sum of something."""

    worst: Extreme
    best: Extreme

    @property
    def exact(self) -> bool:
        """Whether both are attained, or proved to have no end."""
        return self.worst.exact and self.best.exact


UNDECIDED_BOUNDS: Final = Bounds(Extreme(None, exact=False), Extreme(None, exact=False))
"""Where not all states were seen."""


def bounds(program: Program, classes: Quotient, weights: Weights) -> Bounds:
    """Both extremes of the sum of `weights` over all paths to an ending."""
    if classes.start < 0:
        return Bounds(Extreme(None), Extreme(None))
    if not classes.acyclic:
        return Bounds(*(_looped(program, classes, weights, sign) for sign in (-1, 1)))
    rows = _rows(classes, weights)
    low, high = _folded(classes, rows)
    return Bounds(
        Extreme(
            low[classes.start],
            _walk(program, classes, _picker(classes, rows, low, min)),
        ),
        Extreme(
            high[classes.start],
            _walk(program, classes, _picker(classes, rows, high, max)),
        ),
    )


def path_count(classes: Quotient) -> int | None:
    """How many different paths lead to an ending; None where cycles make them endless."""
    if classes.start < 0:
        return 0
    if not classes.acyclic:
        return None
    last = {to: here for here, leads in enumerate(classes.successors) for to in leads}
    counts: list[int] = []
    for here, leads in enumerate(classes.successors):
        counts.append(sum(map(counts.__getitem__, leads)) if leads else 1)
        for to in leads:
            if last[to] == here:
                # The counts of long stories are thousands of digits: let go of them.
                counts[to] = 0
        if here == classes.start:
            break
    return counts[classes.start]


def _rows(classes: Quotient, weights: Weights) -> list[Row | None]:
    """The weights along each menu; None where all are 0, which is what most are."""
    return [
        tuple(weights.get(choice, 0) for choice in menu)
        if not weights.keys().isdisjoint(menu)
        else None
        for menu in classes.menus
    ]


def _folded(classes: Quotient, rows: list[Row | None]) -> tuple[list[int], list[int]]:
    """The least and the greatest sum from each class on, where no cycles are."""
    low: list[int] = []
    high: list[int] = []
    at_least, at_most = low.__getitem__, high.__getitem__
    for menu, leads in zip(classes.menu, classes.successors, strict=True):
        row = rows[menu]
        if row is not None:
            low.append(min(map(add, row, map(at_least, leads))))
            high.append(max(map(add, row, map(at_most, leads))))
        elif leads:
            low.append(min(map(at_least, leads)))
            high.append(max(map(at_most, leads)))
        else:
            low.append(0)
            high.append(0)
    return low, high


def _picker(
    classes: Quotient,
    rows: list[Row | None],
    sums: list[int],
    best: Callable[[list[int]], int],
) -> Callable[[int], int]:
    """Which way to turn at a class for the wanted sum."""

    def turn(here: int) -> int:
        onward = [sums[to] for to in classes.successors[here]]
        row = rows[classes.menu[here]]
        if row is not None:
            onward = list(map(add, row, onward))
        return onward.index(best(onward))

    return turn


def _walk(
    program: Program, classes: Quotient, turn: Callable[[int], int]
) -> tuple[str, ...]:
    """The walk from the start that turns as told."""
    here, walk = classes.start, []
    while leads := classes.successors[here]:
        way = turn(here)
        walk.append(classes.menus[classes.menu[here]][way])
        here = leads[way]
    return program.walk(walk)


def _looped(
    program: Program, classes: Quotient, weights: Weights, sign: int
) -> Extreme:
    """The greatest sum (of `sign` times the weights) where there are cycles.

    Each cycle is gone through until nothing grows.
    """
    table = [
        tuple(sign * weights.get(choice, 0) for choice in menu)
        for menu in classes.menus
    ]
    count = len(classes.node)
    best = [-inf] * count
    way = [-1] * count
    member = {c: n for n, group in enumerate(classes.groups) for c in group}
    done: set[int] = set()
    loops: list[Loop] = []
    exact = True
    for here in range(count):
        group = member.get(here)
        if group is None:
            best[here], way[here] = _top(classes, table, best, here)
        elif group not in done:
            done.add(group)
            settled, ring = _settle(classes, table, best, way, classes.groups[group])
            exact &= settled
            if ring:
                loops.append(_loop(program, classes, table, way, ring, sign))
                for c in classes.groups[group]:
                    best[c] = inf
    if loops:
        return Extreme(None, loops=tuple(loops))
    total = best[classes.start]
    if not exact or total in (inf, -inf):
        return Extreme(None, exact=False)
    return Extreme(int(sign * total), _walk(program, classes, way.__getitem__))


def _top(
    classes: Quotient, table: list[Row], best: Sequence[float], here: int
) -> tuple[float, int]:
    """The best of a class's choices as things stand, and which one it is."""
    leads = classes.successors[here]
    if not leads:
        return 0, -1
    sums = [
        w + best[to] for w, to in zip(table[classes.menu[here]], leads, strict=True)
    ]
    most = max(sums)
    return most, sums.index(most)


def _settle(
    classes: Quotient,
    table: list[Row],
    best: list[float],
    way: list[int],
    group: Sequence[int],
) -> tuple[bool, list[int]]:
    """Raise a cycle's sums until they rest: whether they did, and a ring that never will."""
    for _ in range(ROUNDS):
        grown = False
        for here in group:
            most, turn = _top(classes, table, best, here)
            if most > best[here]:
                best[here], way[here], grown = most, turn, True
        if not grown:
            return True, []
        ring = _ring(classes, way, group)
        if ring:
            return True, ring
    return False, []


def _ring(classes: Quotient, way: Sequence[int], group: Sequence[int]) -> list[int]:
    """The classes of a circle among the ways now taken, or nothing.

    Ways change only for a greater sum, so such a circle adds to the sum each time round.
    """
    colour = dict.fromkeys(group, 0)
    for number, root in enumerate(group, 1):
        here = root
        while colour.get(here) == 0 and way[here] >= 0:
            colour[here] = number
            here = classes.successors[here][way[here]]
        if colour.get(here) == number and way[here] >= 0:
            ring = [here]
            after = classes.successors[here][way[here]]
            while after != here:
                ring.append(after)
                after = classes.successors[after][way[after]]
            return ring
    return []


def _loop(
    program: Program,
    classes: Quotient,
    table: list[Row],
    way: Sequence[int],
    ring: list[int],
    sign: int,
) -> Loop:
    gain = sum(table[classes.menu[c]][way[c]] for c in ring)
    names = [program.graph.names[classes.node[c]] for c in ring]
    turn = names.index(min(names))
    names = names[turn:] + names[:turn]
    return Loop((*names, names[0]), sign * gain)
