"""The state graph made small and put in order: states whose futures are equal become one.

Kept are the states from which an ending can be reached, numbered so that each comes after all
those it leads to, save inside cycles. Sums, counts and chances are folds along that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogue_game.analysis.graph import components, cyclic, reachable, reversed_targets
from dialogue_game.analysis.state_space import ENDED, UNEXPANDED, States

Menu = tuple[int, ...]


@dataclass(slots=True)
class Quotient:
    """Classes of states. Class c is at node `place[c]`; class `start` holds the first state.

    `menu[c]` numbers a row of `menus`, the choices from which an ending can still be reached, and
    `to[c]` the classes they lead to. `groups` are the cycles. `whole` tells that no choice of a
    reachable state had to be left out.
    """

    menus: list[Menu] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    menu: list[int] = field(default_factory=list)
    to: list[tuple[int, ...]] = field(default_factory=list)
    groups: list[Sequence[int]] = field(default_factory=list)
    start: int = -1
    whole: bool = True

    @property
    def acyclic(self) -> bool:
        """Whether every play comes to an end by itself."""
        return not self.groups


def states_that_can_end(found: States) -> list[bool]:
    """The states from which an ending, or something unexplored, can be reached."""
    roots = [s for s, offer in enumerate(found.offer) if offer in (ENDED, UNEXPANDED)]
    return reachable(reversed_targets(found.to), roots)


def quotient(found: States, can_end: Sequence[bool]) -> Quotient:
    """The classes of a state graph that was searched to its end."""
    order, groups = _ordered(found)
    built = Quotient(whole=all(can_end))
    number = [-1] * len(found.place)
    rows = _Rows(found, can_end, number, built)
    known: dict[tuple[int, int, tuple[int, ...]], int] = {}
    in_cycle = {state for group in groups for state in group}
    for state in order:
        if not can_end[state]:
            continue
        if state in in_cycle:
            number[state] = _added(built, found.place[state])
            continue
        menu, leads = rows.moves(state)
        key = (found.place[state], menu, leads)
        if key not in known:
            known[key] = _added(built, *key)
        number[state] = known[key]
    for group in groups:
        kept = [state for state in group if can_end[state]]
        for state in kept:
            built.menu[number[state]], built.to[number[state]] = rows.moves(state)
        if kept:
            built.groups.append([number[state] for state in kept])
    built.start = number[0]
    return built


def _ordered(found: States) -> tuple[list[int], list[list[int]]]:
    """The states, targets first, and the cycles among them."""
    drawn = found.program.graph
    parts = components(drawn.targets)
    if not any(cyclic(part, drawn.targets) for part in parts):
        at: list[list[int]] = [[] for _ in drawn.names]
        for state, node in enumerate(found.place):
            at[node].append(state)
        return [state for part in parts for state in at[part[0]]], []
    by_state = components(found.to)
    groups = [part for part in by_state if cyclic(part, found.to)]
    return [state for part in by_state for state in part], groups


class _Rows:
    """The rows of menus in use, and a state's moves as a row's number and its classes."""

    def __init__(
        self, found: States, can_end: Sequence[bool], number: list[int], built: Quotient
    ) -> None:
        self.found, self.can_end, self.number, self.built = found, can_end, number, built
        built.menus += [*found.menus, ()]
        self.rows = {menu: row for row, menu in enumerate(built.menus)}

    def moves(self, state: int) -> tuple[int, tuple[int, ...]]:
        """The menu and the classes that a state leads to, hopeless ones left out."""
        leads = self.found.to[state]
        if not leads:
            return len(self.found.menus), ()
        if self.built.whole or all(map(self.can_end.__getitem__, leads)):
            return self.found.offer[state], tuple(map(self.number.__getitem__, leads))
        menu = self.found.menus[self.found.offer[state]]
        kept = [(c, t) for c, t in zip(menu, leads, strict=True) if self.can_end[t]]
        left = tuple(choice for choice, _ in kept)
        if left not in self.rows:
            self.rows[left] = len(self.built.menus)
            self.built.menus.append(left)
        return self.rows[left], tuple(self.number[t] for _, t in kept)


def _added(
    built: Quotient, node: int, menu: int = -1, leads: tuple[int, ...] = ()
) -> int:
    built.place.append(node)
    built.menu.append(menu)
    built.to.append(leads)
    return len(built.place) - 1
