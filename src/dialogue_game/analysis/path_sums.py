"""Exact extremes over all paths: of sums of marks, of decisions; path counts; and a look ahead.

All are folds over the quotient (see `quotient`). A look ahead tells what each option of a path
could still have led to: the endings within reach, the best and the worst sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from operator import add
from typing import Final

from dialogue_game.analysis.graph import reachable, reversed_targets
from dialogue_game.analysis.quotient import Quotient, quotient
from dialogue_game.analysis.state_space import (
    Program,
    StateGraph,
    compile_program,
    explore,
)
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.story import CONTINUE, Story

Weights = Mapping[int, int]
"""What a choice (by number) counts for; choices that are not there count 0."""
Row = tuple[int, ...]
"""The weights of a menu's choices."""

ROUNDS: Final = 200
"""How often the states of one cycle are gone through before its sums count as undecided."""
LOOK_AHEAD_BOUND: Final = 60_000
"""Transitions after which a look ahead gives up: about a tenth of a second."""


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


def overall_weights(program: Program) -> Weights:
    """What each choice adds to the sum of marks."""
    worths = (
        (n, choice.worth) for n, (_, choice) in enumerate(program.story.choices())
    )
    return {n: worth for n, worth in worths if worth}


def bounds(program: Program, classes: Quotient, weights: Weights) -> Bounds:
    """Both extremes of the sum of `weights` over all paths to an ending."""
    if classes.start < 0:
        return Bounds(Extreme(None), Extreme(None))
    if not classes.acyclic:
        worst = _cyclic_extreme(program, classes, weights, -1)
        return Bounds(worst, _cyclic_extreme(program, classes, weights, 1))
    rows = _rows(classes, weights)
    low, high = _acyclic_sums(classes, rows)
    worst_walk = _walk(program, classes, _chooser(classes, rows, low, min))
    best_walk = _walk(program, classes, _chooser(classes, rows, high, max))
    return Bounds(
        Extreme(low[classes.start], worst_walk),
        Extreme(high[classes.start], best_walk),
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
    weighted = weights.keys()
    return [
        None
        if weighted.isdisjoint(menu)
        else tuple(weights.get(choice, 0) for choice in menu)
        for menu in classes.menus
    ]


def _acyclic_sums(
    classes: Quotient, rows: list[Row | None]
) -> tuple[list[int], list[int]]:
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


def _chooser(
    classes: Quotient,
    rows: list[Row | None],
    sums: list[int],
    best: Callable[[list[int]], int],
) -> Callable[[int], int]:
    """Which choice to take at a class for the wanted sum, by its position in the menu."""

    def choose(here: int) -> int:
        onward = [sums[to] for to in classes.successors[here]]
        row = rows[classes.menu[here]]
        if row is not None:
            onward = list(map(add, row, onward))
        return onward.index(best(onward))

    return choose


def _walk(
    program: Program, classes: Quotient, choose: Callable[[int], int]
) -> tuple[str, ...]:
    """The walk from the start that takes these choices."""
    here = classes.start
    walk: list[int] = []
    while leads := classes.successors[here]:
        position = choose(here)
        menu = classes.menus[classes.menu[here]]
        walk.append(menu[position])
        here = leads[position]
    return program.walk(walk)


def _cyclic_extreme(
    program: Program, classes: Quotient, weights: Weights, sign: int
) -> Extreme:
    """The greatest sum (of `sign` times the weights) where there are cycles."""
    sums = _CyclicSums(classes, weights, sign)
    if sums.growing:
        return Extreme(None, loops=tuple(_loop(program, sums, c) for c in sums.growing))
    total = sums.greatest[classes.start]
    if not isfinite(total):
        return Extreme(None, exact=False)
    walk = _walk(program, classes, sums.chosen.__getitem__)
    return Extreme(int(sign * total), walk)


class _CyclicSums:
    """The greatest sum of `sign` times the weights from each class on, where there are cycles.

    It is infinite where a cycle adds to it each time round (these are `growing`, with their
    classes in order), and where a cycle was not done with after so many rounds. `chosen` is the
    position of the choice that leads to it.
    """

    def __init__(self, classes: Quotient, weights: Weights, sign: int) -> None:
        self.classes, self.sign = classes, sign
        self.rows = [
            tuple(sign * weights.get(choice, 0) for choice in menu)
            for menu in classes.menus
        ]
        count = len(classes.node)
        self.greatest = [-inf] * count
        self.chosen = [-1] * count
        self.growing: list[list[int]] = []
        cycle_of = classes.cycle_of
        done: set[int] = set()
        for here in range(count):
            cycle = cycle_of.get(here)
            if cycle is None:
                self.greatest[here], self.chosen[here] = self.best_choice(here)
            elif here not in done:
                done.update(cycle)
                self.fold_cycle(cycle)

    def best_choice(self, here: int) -> tuple[float, int]:
        """The best of a class's choices as things stand, and which one it is."""
        leads = self.classes.successors[here]
        if not leads:
            return 0, -1
        row = self.rows[self.classes.menu[here]]
        sums = [w + self.greatest[to] for w, to in zip(row, leads, strict=True)]
        most = max(sums)
        return most, sums.index(most)

    def fold_cycle(self, cycle: Sequence[int]) -> None:
        """Raise a cycle's sums until they rest; infinite where they never do."""
        for _ in range(ROUNDS):
            grown = False
            for here in cycle:
                most, position = self.best_choice(here)
                if most > self.greatest[here]:
                    self.greatest[here], self.chosen[here] = most, position
                    grown = True
            if not grown:
                return
            ring = self.chosen_ring(cycle)
            if ring:
                self.growing.append(ring)
                break
        for here in cycle:
            self.greatest[here] = inf

    def next(self, here: int) -> int:
        """The class that the chosen option leads to."""
        return self.classes.successors[here][self.chosen[here]]

    def chosen_ring(self, cycle: Sequence[int]) -> list[int]:
        """The classes of a ring among the options now chosen, or nothing.

        Options change only for a greater sum, so such a ring adds to the sum each time round.
        """
        colour = dict.fromkeys(cycle, 0)
        for number, root in enumerate(cycle, 1):
            here = root
            while colour.get(here) == 0 and self.chosen[here] >= 0:
                colour[here] = number
                here = self.next(here)
            if colour.get(here) == number and self.chosen[here] >= 0:
                ring = [here]
                while (after := self.next(ring[-1])) != here:
                    ring.append(after)
                return ring
        return []


def _loop(program: Program, sums: _CyclicSums, ring: Sequence[int]) -> Loop:
    """A ring in words, from the scene whose name comes first."""
    names = [program.graph.names[sums.classes.node[c]] for c in ring]
    first = names.index(min(names))
    names = names[first:] + names[:first]
    gain = sum(sums.rows[sums.classes.menu[c]][sums.chosen[c]] for c in ring)
    return Loop((*names, names[0]), sums.sign * gain)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What lies behind one option: endings that can be reached, and sums of marks with its own.

    A sum is None where a cycle leaves it without an end.
    """

    endings: frozenset[str]
    best: int | None
    worst: int | None


LookAhead = tuple[Mapping[str, Prospect], ...]
"""For each decision of a path, its options (by id) that were available and lead to an ending."""


def look_ahead(
    story: Story, choices: Sequence[ChoiceMade], bound: int = LOOK_AHEAD_BOUND
) -> LookAhead | None:
    """What each option along a path leads to; None where the story has too many states to tell."""
    states = explore(compile_program(story), bound)
    if not states.complete:
        return None
    prospects = _Prospects(states)
    names = states.program.names
    state, seen = 0, []
    for made in choices:
        state = _decision_state(states, state)
        options = {
            names[number]: (number, to) for number, to in _transitions(states, state)
        }
        if (made.scene, made.choice) not in options:
            return None
        known = {
            name: prospects.behind(number, to)
            for (_, name), (number, to) in options.items()
        }
        seen.append({name: one for name, one in known.items() if one.endings})
        state = options[made.scene, made.choice][1]
    return tuple(seen)


def _transitions(states: StateGraph, state: int) -> Sequence[tuple[int, int]]:
    """The choices that can be taken in a state (by number), and the states they lead to."""
    menu = states.menu[state]
    if menu < 0:
        return ()
    return list(zip(states.menus[menu], states.successors[state], strict=True))


def _decision_state(states: StateGraph, state: int) -> int:
    """The state at the next decision, past continue pages."""
    passed = set()
    while states.menu[state] >= 0 and state not in passed:
        passed.add(state)
        menu = states.menus[states.menu[state]]
        if states.program.names[menu[0]][1] != CONTINUE:
            break
        state = states.successors[state][0]
    return state


class _Prospects:
    """What can be reached from each class of states: endings (as bits), and sums."""

    def __init__(self, states: StateGraph) -> None:
        self.graph = states.program.graph
        self.weights = overall_weights(states.program)
        endings = [s for s, n in enumerate(states.node) if n >= self.graph.scenes]
        can_end = reachable(reversed_targets(states.successors), endings)
        self.classes = quotient(states, can_end)
        self.best = _CyclicSums(self.classes, self.weights, 1).greatest
        self.worst = _CyclicSums(self.classes, self.weights, -1).greatest
        self.endings = self.endings_ahead()

    def endings_ahead(self) -> list[int]:
        """The endings that each class leads to."""
        classes = self.classes
        ahead = [-1] * len(classes.node)
        cycle_of = classes.cycle_of
        for here, leads in enumerate(classes.successors):
            if ahead[here] >= 0:
                continue
            if not leads:
                ahead[here] = 1 << (classes.node[here] - self.graph.scenes)
                continue
            # A whole cycle leads where any part of it does.
            cycle = cycle_of.get(here, (here,))
            onward = {to for member in cycle for to in classes.successors[member]}
            reached = 0
            for to in onward:
                reached |= max(ahead[to], 0)
            for member in cycle:
                ahead[member] = reached
        return ahead

    def behind(self, choice: int, state: int) -> Prospect:
        """What a choice that leads to this state may come to."""
        here = self.classes.class_of[state]
        if here < 0:
            return Prospect(frozenset(), None, None)
        own = self.weights.get(choice, 0)
        endings = self.graph.names[self.graph.scenes :]
        reached = (e for n, e in enumerate(endings) if self.endings[here] >> n & 1)
        best, worst = self.best[here] + own, self.worst[here] - own
        return Prospect(
            frozenset(reached),
            int(best) if isfinite(best) else None,
            int(-worst) if isfinite(worst) else None,
        )
