"""The states a story can reach, searched breadth-first up to a bound.

A state is a node with the facts that still matter there, so an unconditional story has exactly
one state a scene. Witness walks are shortest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from dialogue_game.analysis.search_tables import Program
from dialogue_game.analysis.steps import Fixed

DEFAULT_BOUND: Final = 1_000_000
"""Transitions (choices tried in states) after which the search gives up."""

PROBE: Final = 150_000
"""Transitions after which a quarter of the places must have been met, and half of the states met
also looked at, for the search to go on; where more are asked for than usual, it goes on anyway."""

FACTS: Final = 30
"""So many facts a state has room for; where there are more, fewer states are kept for it."""

LOOKS: Final = 10
"""So many watched conditions take as long as one transition."""

UNEXPANDED: Final = -1
ENDED: Final = -2


@dataclass(slots=True)
class States:
    """The state graph. State 0 is the start; state s is at node `place[s]`.

    `offer[s]` numbers the set of choices that can be taken there (`menus`, as choice numbers), or
    is ENDED, or UNEXPANDED where the bound was met. `to[s]` are the states that they lead to, in
    the same order. `parent` and `via` tell the step by which each state was first met.
    """

    program: Program
    place: list[int] = field(default_factory=list)
    offer: list[int] = field(default_factory=list)
    to: list[tuple[int, ...]] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    via: list[int] = field(default_factory=list)
    menus: list[tuple[int, ...]] = field(default_factory=list)
    transitions: int = 0
    complete: bool = True
    seen_true: set[int] = field(default_factory=set)
    seen_false: set[int] = field(default_factory=set)
    node_state: dict[int, int] = field(default_factory=dict)
    choice_state: dict[int, int] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    true_state: dict[int, int] = field(default_factory=dict)

    def walk(self, state: int) -> tuple[str, ...]:
        """The shortest walk to a state, as `scene.choice`."""
        steps = []
        while self.parent[state] >= 0:
            steps.append(self.via[state])
            state = self.parent[state]
        return self.program.walk(reversed(steps))


def explore(program: Program, bound: int = DEFAULT_BOUND) -> States:
    """All states that can be reached, or those met before `bound` transitions.

    Where a good part of the bound has not shown a quarter of the places, or more than half of the
    states wait to be looked at, the rest is hopeless too, and it stops there. Unconditional
    stories have no bound: they are as many states as scenes.
    """
    bound, probe, enough = _limits(program, bound)
    found, index, worlds = _begun(program)
    menus: dict[tuple[int, ...], int] = {}
    place, parent, via, steps_of = found.place, found.parent, found.via, program.steps
    watching = bool(program.node_watch or program.choice_watch)
    spent = head = 0
    while head < len(place) and spent < bound:
        if spent > probe:
            if len(place) > 2 * head or len(set(place)) < enough:
                break
            probe = bound
        node, world = place[head], worlds[head]
        if not steps_of[node]:  # an ending, or a scene that is not written yet
            found.offer.append(ENDED)
            found.to.append(())
        else:
            leads: list[int] = []
            menu: list[int] = []
            for step in steps_of[node]:
                if step.guard is not None and not step.guard(world):
                    continue
                menu.append(step.number)
                if step.plain >= 0:
                    target, after = step.plain, world
                else:
                    target, after = step.take(world)
                known = index[target].get(after)
                if known is None:
                    known = index[target][after] = len(place)
                    place.append(target)
                    worlds.append(after)
                    parent.append(head)
                    via.append(step.number)
                leads.append(known)
            spent += len(steps_of[node])
            offered = tuple(menu)
            found.offer.append(menus.setdefault(offered, len(menus)))
            found.to.append(tuple(leads))
        if watching:
            spent += _watch(found, node, world) // LOOKS
        head += 1
    found.transitions, found.complete, found.menus = (
        spent,
        head == len(place),
        list(menus),
    )
    _finish(found, head)
    return found


def _limits(program: Program, bound: int) -> tuple[int, int, int]:
    """The bound, when to probe how far the search came, and how many places are far enough."""
    if program.unconditional:
        bound = sum(map(len, program.steps)) + 1
        return bound, bound, 0
    probe = min(bound // 4, PROBE) if bound <= DEFAULT_BOUND else bound
    bound = bound * FACTS // max(FACTS, len(program.facts))
    return bound, probe, len(program.graph.names) // 4


def _begun(program: Program) -> tuple[States, list[dict[Fixed, int]], list[Fixed]]:
    """A search that knows the start alone: the states, their numbers by node, their worlds."""
    found = States(program, [program.graph.start], parent=[-1], via=[-1])
    index: list[dict[Fixed, int]] = [{} for _ in program.graph.names]
    index[program.graph.start][program.start] = 0
    return found, index, [program.start]


def _finish(found: States, expanded: int) -> None:
    """Mark what was left unexpanded, and find the first states of nodes and choices."""
    left = len(found.place) - expanded
    found.offer += [UNEXPANDED] * left
    found.to += [()] * left
    _first_met(found)


def _watch(found: States, node: int, world: Fixed) -> int:
    """Note the truth of the watched conditions in a state just expanded; how many there are."""
    program = found.program
    rows = [program.node_watch.get(node, ())]
    if found.offer[-1] >= 0:
        offered = list(found.program.steps[node])
        rows += [
            program.choice_watch.get(step.number, ())
            for step in offered
            if step.guard is None or step.guard(world)
        ]
    for row in rows:
        for position, holds, given in row:
            if given is not None and not given(world):
                continue
            if holds(world):
                found.seen_true.add(position)
                found.true_state.setdefault(position, len(found.offer) - 1)
            else:
                found.seen_false.add(position)
    return sum(map(len, rows))


def _first_met(found: States) -> None:
    """For each node and each choice, the first state that shows it reachable."""
    for state, node in enumerate(found.place):
        found.node_state.setdefault(node, state)
    first: dict[int, int] = {}
    at: dict[int, int] = {}
    for state, offer in enumerate(found.offer):
        if offer >= 0 and offer not in first:
            first[offer] = state
            at[offer] = found.place[state]
    for offer, state in first.items():
        menu = found.menus[offer]
        for choice in menu:
            found.choice_state.setdefault(choice, state)
        taken = set(menu)
        for step in found.program.steps[at[offer]]:
            if step.number not in taken:
                found.refused.add(step.number)
