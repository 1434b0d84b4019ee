"""Endings against scores, exact over all paths: which paths end well below, or badly above, a bar.

Earned of at stake below a bar is a sum: with the bar at n/d, every step adds d * earned minus
n * at stake, and the path lies below where the total is negative. So extremes are a fold over the
states, and counts need one number a state, not two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from dialogue_game.analysis.quotient import Quotient
from dialogue_game.analysis.solver import Solution

COUNTED_STEPS: Final = 4_000_000
"""How many additions counting may cost before only the worst path is told."""
COUNTED_STEPS_LARGE: Final = 60_000
"""The same for stories of many scenes, whose check must stay quick."""
LARGE: Final = 200

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ContradictingPaths:
    """Paths on the wrong side of a bar.

    `count` of them reach an ending of the kind (None where that was too much to count), `walk` is
    the one that lies furthest beyond, with its `percent` and its `ending`; empty where none does.
    """

    kind: str
    bar: int
    count: int | None
    walk: tuple[str, ...] = ()
    percent: float = 0.0
    ending: str = ""


@dataclass(frozen=True, slots=True)
class LastOptions:
    """States whose options lead straight to endings: how many, and in how many these differ.

    `by_kind` and `by_two` count the states with different kinds, and with both good and poor
    ones; each has the scene of one such state and a walk to it, or nothing.
    """

    states: int
    by_kind: int
    by_two: int
    kind_scene: str = ""
    kind_walk: tuple[str, ...] = ()
    two_scene: str = ""
    two_walk: tuple[str, ...] = ()


def contradicting_paths(
    solution: Solution, kind: str, bar: int, *, below: bool
) -> ContradictingPaths:
    """Paths to endings of a kind that score below, or above, `bar` percent."""
    classes = solution.ending_quotient
    if classes is None:
        return ContradictingPaths(kind, bar, None)
    sums = _BarSums(solution, classes, kind, bar, 1 if below else -1)
    if sums.least[classes.start] >= 0:
        return ContradictingPaths(kind, bar, 0)
    large = len(solution.story.scenes) > LARGE
    count = sums.count(COUNTED_STEPS_LARGE if large else COUNTED_STEPS)
    return ContradictingPaths(kind, bar, count, *sums.worst())


class _BarSums:
    """How far paths to endings of a kind lie from a bar, as sums (see above).

    `rows` has for each menu what its options add, `least` for each class the least sum from there
    on to such an ending, infinite where none is ahead. `sign` is -1 where a path above is sought.
    """

    def __init__(
        self, solution: Solution, classes: Quotient, kind: str, bar: int, sign: int
    ) -> None:
        self.program, self.classes = solution.program, classes
        names, endings = self.program.graph.names, solution.story.endings
        of_kind = {name for name, ending in endings.items() if ending.kind == kind}
        self.wanted = [
            not leads and names[node] in of_kind
            for node, leads in zip(classes.node, classes.successors, strict=True)
        ]
        self.rows: list[Row] = []
        for menu in classes.menus:
            earned, at_stake = self.stakes(menu)
            row = (sign * (100 * value - bar * at_stake) for value in earned)
            self.rows.append(tuple(row))
        self.least: list[float] = []
        for here in range(len(classes.node)):
            self.least.append(min(self.sums(here)))

    def stakes(self, menu: Sequence[int]) -> tuple[list[int], int]:
        """What each option of a menu earns, and what is at stake there; continue pages count 0."""
        worths = [self.program.worths[choice] for choice in menu]
        low = min(worths, default=0)
        return [value - low for value in worths], max(worths, default=0) - low

    def sums(self, here: int) -> list[float]:
        """The least sum behind each option of a class."""
        leads = self.classes.successors[here]
        if not leads:
            return [0 if self.wanted[here] else inf]
        row = self.rows[self.classes.menu[here]]
        return [value + self.least[to] for value, to in zip(row, leads, strict=True)]

    def worst(self) -> tuple[tuple[str, ...], float, str]:
        """The path with the least sum: its walk, its percentage and its ending."""
        classes, here = self.classes, self.classes.start
        walk: list[int] = []
        earned = at_stake = 0
        while leads := classes.successors[here]:
            sums = self.sums(here)
            position = sums.index(min(sums))
            menu = classes.menus[classes.menu[here]]
            gains, spread = self.stakes(menu)
            earned += gains[position]
            at_stake += spread
            walk.append(menu[position])
            here = leads[position]
        percent = 100 * earned / at_stake if at_stake else 0.0
        ending = self.program.graph.names[classes.node[here]]
        return self.program.walk(walk), percent, ending

    def count(self, most: int) -> int | None:
        """How many paths to wanted endings have a negative sum; None after so many additions."""
        classes = self.classes
        path_counts: dict[int, dict[int, int]] = {classes.start: {0: 1}}
        found = spent = 0
        for here in range(classes.start, -1, -1):
            arrived = path_counts.pop(here, None)
            if arrived is None:
                continue
            leads = classes.successors[here]
            if not leads:
                if self.wanted[here]:
                    found += sum(n for total, n in arrived.items() if total < 0)
                continue
            spent += len(arrived) * len(leads)
            if spent > most:
                return None
            for value, to in zip(self.rows[classes.menu[here]], leads, strict=True):
                onward = path_counts.setdefault(to, {})
                for total, paths in arrived.items():
                    onward[total + value] = onward.get(total + value, 0) + paths
        return found


def last_options(solution: Solution) -> LastOptions:
    """The states whose options lead straight to endings; none where not all states were seen."""
    states, names = solution.state_graph, solution.program.graph.names
    if not states.complete:
        return LastOptions(0, 0, 0)
    kinds_ahead = _kinds_ahead(solution)
    compared = 0
    differing: list[int] = []
    by_two: list[int] = []
    for state, leads in enumerate(states.successors):
        ending_leads = sum(bool(kinds_ahead[to]) for to in leads)
        if ending_leads < 2:
            continue
        compared += 1
        kinds = {kind for to in leads for kind in kinds_ahead[to]}
        if len(kinds) > 1:
            differing.append(state)
        if {"good", "poor"} <= kinds:
            by_two.append(state)

    def example(rows: list[int]) -> tuple[str, tuple[str, ...]]:
        return (names[states.node[rows[0]]], states.walk(rows[0])) if rows else ("", ())

    return LastOptions(
        compared, len(differing), len(by_two), *example(differing), *example(by_two)
    )


def _kinds_ahead(solution: Solution) -> Sequence[frozenset[str]]:
    """For each state the kind of ending it is, or leads to with nothing to decide on the way."""
    states, names = solution.state_graph, solution.program.graph.names
    endings = solution.story.endings
    nothing: frozenset[str] = frozenset()
    own = [
        frozenset({endings[names[node]].kind}) if names[node] in endings else nothing
        for node in states.node
    ]
    ahead = []
    for state in range(len(own)):
        here, passed = state, set()
        while len(states.successors[here]) == 1 and here not in passed:
            passed.add(here)
            here = states.successors[here][0]
        ahead.append(own[here])
    return ahead
