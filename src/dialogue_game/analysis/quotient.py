"""The quotient of the state graph: states from which all goes on alike become one class.

Kept are the states from which an ending can be reached, numbered so that each comes after all
those it leads to, save inside cycles. Sums, counts and chances are folds along that order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dialogue_game.analysis.graph import components, cyclic, reachable, reversed_targets
from dialogue_game.analysis.state_space import ENDED, UNEXPANDED, StateGraph

Menu = tuple[int, ...]


@dataclass(slots=True)
class Quotient:
    """Classes of states. Class c is at node `node[c]`; class `start` holds the first state.

    `menu[c]` numbers a row of `menus`, the choices from which an ending can still be reached, and
    `successors[c]` the classes they lead to; `class_of[s]` is the class of a state, or -1. `whole`
    tells that no choice of a reachable state had to be left out.
    """

    menus: list[Menu] = field(default_factory=list)
    node: list[int] = field(default_factory=list)
    menu: list[int] = field(default_factory=list)
    successors: list[tuple[int, ...]] = field(default_factory=list)
    cycles: list[Sequence[int]] = field(default_factory=list)
    class_of: list[int] = field(default_factory=list)
    start: int = -1
    whole: bool = True

    @property
    def acyclic(self) -> bool:
        """Whether every play comes to an end by itself."""
        return not self.cycles

    @property
    def cycle_of(self) -> Mapping[int, Sequence[int]]:
        """The cycle of each class that is in one."""
        return {c: cycle for cycle in self.cycles for c in cycle}


def states_that_can_end(states: StateGraph) -> list[bool]:
    """The states from which an ending, or something unexplored, can be reached."""
    roots = [s for s, offer in enumerate(states.menu) if offer in (ENDED, UNEXPANDED)]
    return reachable(reversed_targets(states.successors), roots)


def quotient(states: StateGraph, can_end: Sequence[bool]) -> Quotient:
    """The classes of a state graph that was searched to its end."""
    order, cycles = _ordered(states)
    built = Quotient(whole=all(can_end))
    number = built.class_of = [-1] * len(states.node)
    rows = _Rows(states, can_end, number, built)
    known: dict[tuple[int, int, tuple[int, ...]], int] = {}
    in_cycle = {state for cycle in cycles for state in cycle}
    for state in order:
        if not can_end[state]:
            continue
        if state in in_cycle:
            number[state] = _added(built, states.node[state])
            continue
        menu, leads = rows.moves(state)
        key = (states.node[state], menu, leads)
        if key not in known:
            known[key] = _added(built, *key)
        number[state] = known[key]
    for cycle in cycles:
        kept = [state for state in cycle if can_end[state]]
        for state in kept:
            built.menu[number[state]], built.successors[number[state]] = rows.moves(
                state
            )
        if kept:
            built.cycles.append([number[state] for state in kept])
    built.start = number[0]
    return built


def _ordered(states: StateGraph) -> tuple[list[int], list[list[int]]]:
    """The states, targets first, and the cycles among them."""
    graph = states.program.graph
    parts = components(graph.targets)
    if not any(cyclic(part, graph.targets) for part in parts):
        at: list[list[int]] = [[] for _ in graph.names]
        for state, node in enumerate(states.node):
            at[node].append(state)
        return [state for part in parts for state in at[part[0]]], []
    by_state = components(states.successors)
    cycles = [part for part in by_state if cyclic(part, states.successors)]
    return [state for part in by_state for state in part], cycles


class _Rows:
    """The rows of menus in use, and a state's moves as a row's number and its classes."""

    def __init__(
        self,
        states: StateGraph,
        can_end: Sequence[bool],
        number: list[int],
        built: Quotient,
    ) -> None:
        self.state_graph, self.can_end, self.number, self.built = (
            states,
            can_end,
            number,
            built,
        )
        built.menus += [*states.menus, ()]
        self.rows = {menu: row for row, menu in enumerate(built.menus)}

    def moves(self, state: int) -> tuple[int, tuple[int, ...]]:
        """The menu and the classes that a state leads to, hopeless ones left out."""
        leads = self.state_graph.successors[state]
        if not leads:
            return len(self.state_graph.menus), ()
        if self.built.whole or all(map(self.can_end.__getitem__, leads)):
            return self.state_graph.menu[state], tuple(
                map(self.number.__getitem__, leads)
            )
        menu = self.state_graph.menus[self.state_graph.menu[state]]
        kept = [(c, t) for c, t in zip(menu, leads, strict=True) if self.can_end[t]]
        left = tuple(choice for choice, _ in kept)
        if left not in self.rows:
            self.rows[left] = len(self.built.menus)
            self.built.menus.append(left)
        return self.rows[left], tuple(self.number[t] for _, t in kept)


def _added(
    built: Quotient, node: int, menu: int = -1, leads: tuple[int, ...] = ()
) -> int:
    built.node.append(node)
    built.menu.append(menu)
    built.successors.append(leads)
    return len(built.node) - 1
