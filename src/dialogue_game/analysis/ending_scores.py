"""Endings against scores, exact over all paths: which paths end well below, or badly above, a bar.

Earned of at stake below a bar is a sum: with the bar at n/d, every step adds d * earned minus
n * at stake, and the path lies below where the total is negative. So extremes are a fold over the
states, and counts need one number a state, not two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    classes = solution.quotient
    if classes is None or not classes.acyclic or not classes.whole or classes.start < 0:
        return ContradictingPaths(kind, bar, None)
    names = solution.program.graph.names
    endings = solution.story.endings
    wanted = [
        not classes.successors[here] and endings[names[classes.node[here]]].kind == kind
        if names[classes.node[here]] in endings
        else False
        for here in range(len(classes.node))
    ]
    rows = _rows(solution, classes, bar, 1 if below else -1)
    least = _least(classes, rows, wanted)
    if least[classes.start] >= 0:
        return ContradictingPaths(kind, bar, 0)
    most = COUNTED_STEPS_LARGE if len(solution.story.scenes) > LARGE else COUNTED_STEPS
    walk, ending, percent = _worst(solution, classes, rows, least)
    return ContradictingPaths(
        kind, bar, _count(classes, rows, wanted, most), walk, percent, ending
    )


def _worths(solution: Solution) -> list[int]:
    return solution.program.worths


def _stakes(worth: Sequence[int], menu: Sequence[int]) -> tuple[list[int], int]:
    """What each option of a menu earns, and what is at stake there; continue pages count 0."""
    worths = [worth[choice] for choice in menu]
    low = min(worths, default=0)
    return [value - low for value in worths], max(worths, default=0) - low


def _rows(solution: Solution, classes: Quotient, bar: int, sign: int) -> list[Row]:
    worth = _worths(solution)
    rows = []
    for menu in classes.menus:
        earned, at_stake = _stakes(worth, menu)
        rows.append(tuple(sign * (100 * value - bar * at_stake) for value in earned))
    return rows


def _least(classes: Quotient, rows: list[Row], wanted: Sequence[bool]) -> list[float]:
    """The least sum from each class on to a wanted ending; infinite where none is ahead."""
    least: list[float] = []
    for here, leads in enumerate(classes.successors):
        if not leads:
            least.append(0 if wanted[here] else inf)
            continue
        row = rows[classes.menu[here]]
        least.append(
            min(value + least[to] for value, to in zip(row, leads, strict=True))
        )
    return least


def _worst(
    solution: Solution, classes: Quotient, rows: list[Row], least: Sequence[float]
) -> tuple[tuple[str, ...], str, float]:
    """The path with the least sum: its walk, its ending and its percentage."""
    worth, program = _worths(solution), solution.program
    here, walk, earned, at_stake = classes.start, [], 0, 0
    while leads := classes.successors[here]:
        row, menu = rows[classes.menu[here]], classes.menus[classes.menu[here]]
        sums = [value + least[to] for value, to in zip(row, leads, strict=True)]
        turn = sums.index(min(sums))
        gains, spread = _stakes(worth, menu)
        earned, at_stake = earned + gains[turn], at_stake + spread
        walk.append(menu[turn])
        here = leads[turn]
    ending = program.graph.names[classes.node[here]]
    return program.walk(walk), ending, 100 * earned / at_stake if at_stake else 0.0


def _count(
    classes: Quotient, rows: list[Row], wanted: Sequence[bool], most: int
) -> int | None:
    """How many paths to wanted endings have a negative sum."""
    sums: dict[int, dict[int, int]] = {classes.start: {0: 1}}
    found = spent = 0
    for here in range(classes.start, -1, -1):
        arrived = sums.pop(here, None)
        if arrived is None:
            continue
        leads = classes.successors[here]
        if not leads:
            if wanted[here]:
                found += sum(paths for total, paths in arrived.items() if total < 0)
            continue
        spent += len(arrived) * len(leads)
        if spent > most:
            return None
        for value, to in zip(rows[classes.menu[here]], leads, strict=True):
            onward = sums.setdefault(to, {})
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
    kinds: Mapping[str, frozenset[str]] = {
        name: frozenset({ending.kind}) for name, ending in endings.items()
    }
    ahead = [kinds.get(names[node], frozenset()) for node in states.node]
    for state in range(len(ahead)):
        here, seen = state, set()
        while len(states.successors[here]) == 1 and here not in seen:
            seen.add(here)
            here = states.successors[here][0]
        ahead[state] = kinds.get(names[states.node[here]], frozenset()) or ahead[state]
    return ahead
