"""What each option of a path could still have led to: endings within reach, best and worst sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

from dialogue_game.analysis.graph import components
from dialogue_game.analysis.solver import overall_weights
from dialogue_game.analysis.state_space import (
    ENDED,
    StateGraph,
    compile_program,
    explore,
)
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.story import CONTINUE, Story

BOUND: Final = 60_000
"""Transitions after which the search gives up: about a tenth of a second."""


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
    story: Story, choices: Sequence[ChoiceMade], bound: int = BOUND
) -> LookAhead | None:
    """What each option along a path leads to; None where the story has too many states to tell."""
    states = explore(compile_program(story), bound)
    if not states.complete:
        return None
    ahead = _Ahead(states)
    state, seen = 0, []
    names = states.program.names
    for made in choices:
        state = _read_on(states, state)
        menu = states.menus[states.menu[state]] if states.menu[state] >= 0 else ()
        options = {
            names[n][1]: (n, to)
            for n, to in zip(menu, states.successors[state], strict=True)
        }
        if (
            made.choice not in options
            or names[options[made.choice][0]][0] != made.scene
        ):
            return None
        prospects = {
            option: ahead.prospect(n, to) for option, (n, to) in options.items()
        }
        seen.append(
            {option: known for option, known in prospects.items() if known.endings}
        )
        state = options[made.choice][1]
    return tuple(seen)


def _read_on(states: StateGraph, state: int) -> int:
    """The state at the next decision, past continue pages."""
    met = set()
    while states.menu[state] >= 0 and state not in met:
        met.add(state)
        menu = states.menus[states.menu[state]]
        if states.program.names[menu[0]][1] != CONTINUE:
            break
        state = states.successors[state][0]
    return state


class _Ahead:
    """Folds over the state graph from its ends: what can be reached from each state, and sums."""

    def __init__(self, states: StateGraph) -> None:
        self.state_graph = states
        self.weights = overall_weights(states.program)
        count = len(states.node)
        self.reach, self.best, self.worst = [0] * count, [-inf] * count, [inf] * count
        scenes = states.program.graph.scenes
        for state, offer in enumerate(states.menu):
            if offer == ENDED and states.node[state] >= scenes:
                self.reach[state] = 1 << (states.node[state] - scenes)
                self.best[state] = self.worst[state] = 0
        for part in components(states.successors):
            self._settle(part)

    def prospect(self, choice: int, state: int) -> Prospect:
        graph, own = self.state_graph.program.graph, self.weights.get(choice, 0)
        endings = graph.names[graph.scenes :]
        return Prospect(
            frozenset(e for n, e in enumerate(endings) if self.reach[state] >> n & 1),
            _known(self.best[state] + own),
            _known(self.worst[state] + own),
        )

    def _settle(self, part: Sequence[int]) -> None:
        """Fold one component, whose targets are done; what still grows in a circle has no end."""
        reach = 0
        for state in part:
            reach |= self.reach[state]
            for to in self.state_graph.successors[state]:
                reach |= self.reach[to]
        for state in part:
            self.reach[state] = reach
        for _ in range(len(part)):
            if not self._pass(part):
                return
        if len(part) > 1 or part[0] in self.state_graph.successors[part[0]]:
            self._endless(part)

    def _pass(self, part: Sequence[int]) -> bool:
        """Go once through a component; whether any sum has changed."""
        states, weights, changed = self.state_graph, self.weights, False
        for state in part:
            if states.menu[state] < 0:
                continue
            menu = states.menus[states.menu[state]]
            for choice, to in zip(menu, states.successors[state], strict=True):
                own = weights.get(choice, 0)
                if self.best[to] + own > self.best[state]:
                    self.best[state], changed = self.best[to] + own, True
                if self.worst[to] + own < self.worst[state]:
                    self.worst[state], changed = self.worst[to] + own, True
        return changed

    def _endless(self, part: Sequence[int]) -> None:
        best, worst = self.best.copy(), self.worst.copy()
        if not self._pass(part):
            return
        up = any(self.best[state] > best[state] for state in part)
        down = any(self.worst[state] < worst[state] for state in part)
        for state in part:
            self.best[state] = inf if up else self.best[state]
            self.worst[state] = -inf if down else self.worst[state]


def _known(value: float) -> int | None:
    return int(value) if isfinite(value) else None
