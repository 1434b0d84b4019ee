"""Past the bound: an over-approximation from above, and guided plays from below.

The over-estimate says fact by fact which values each may have at each place. It is cheap and
sound: what it does not reach, no play reaches. What it does reach may still be out of reach, since
it forgets which values go together; what a guided play reaches is so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from dialogue_game.analysis.compiled_choices import (
    ChoiceStep,
    CompiledBranch,
    CompiledExpression,
)
from dialogue_game.analysis.graph import components
from dialogue_game.analysis.state_space import Program, StateGraph, Trace, trace
from dialogue_game.analysis.walks import random_source

MOST_VALUES: Final = 64
"""Beyond this many, a fact counts as anything at all."""
MOST_COMBINATIONS: Final = 4096

Values = frozenset[Any] | None
"""What a fact may be; None for anything at all."""
Spread = list[Values]


@dataclass(slots=True)
class OverApproximation:
    """Nodes, choices (by number) and ways (choice number, position) that are not ruled out."""

    nodes: set[int] = field(default_factory=set)
    choices: set[int] = field(default_factory=set)
    branches: set[tuple[int, int]] = field(default_factory=set)


def over_approximation(program: Program) -> OverApproximation:
    """What cannot be ruled out by looking at each fact alone."""
    found = OverApproximation()
    at: dict[int, Spread] = {
        program.graph.start: [frozenset((v,)) for v in program.start]
    }
    parts = components(program.graph.targets)
    order = [node for part in reversed(parts) for node in reversed(part)]
    stale = {program.graph.start}
    while stale:
        for node in order:
            if node in stale:
                stale.discard(node)
                found.nodes.add(node)
                for step in program.steps[node]:
                    stale.update(_joined(at, found, step, at[node]))
    return found


def _joined(
    at: dict[int, Spread], found: OverApproximation, step: ChoiceStep, spread: Spread
) -> Iterator[int]:
    """Take a choice with all the values it allows; yields the nodes that learned something."""
    allowed = _narrowed(step.asked, spread, wanted=True)
    if allowed is None:
        return
    found.choices.add(step.number)
    for slot, value in step.changes:
        results = _results(value, allowed)
        allowed = [*allowed[:slot], results, *allowed[slot + 1 :]]
    for position, branch in enumerate(step.branches):
        taken = _narrowed(branch.holds, allowed, wanted=True)
        if taken is not None:
            found.branches.add((step.number, position))
            if _merged(at, branch, taken):
                yield branch.target
        if branch.holds is None:
            return
        left = _narrowed(branch.holds, allowed, wanted=False)
        if left is None:
            return
        allowed = left


def _merged(at: dict[int, Spread], branch: CompiledBranch, spread: Spread) -> bool:
    """Add these values to a node's; whether it had not known them all."""
    arriving = list(spread)
    for slot in branch.enters.targets if branch.enters is not None else ():
        arriving[slot] = None
    for slot, fixed in branch.sets:
        arriving[slot] = frozenset((fixed,))
    for slot, low, high in branch.cuts:
        values = arriving[slot]
        if values is not None:
            arriving[slot] = frozenset(min(max(v, low), high) for v in values)
    known = at.get(branch.target)
    if known is None:
        at[branch.target] = arriving
        return True
    joined = [_either(old, new) for old, new in zip(known, arriving, strict=True)]
    at[branch.target] = joined
    return joined != known


def _either(old: Values, new: Values) -> Values:
    if old is None or new is None:
        return None
    if new <= old:
        return old
    both = old | new
    return both if len(both) <= MOST_VALUES else None


def _combinations(
    asked: CompiledExpression, spread: Spread
) -> list[tuple[Any, ...]] | None:
    """All values of the slots read, or None where they are too many to go through."""
    size = 1
    rows = []
    for slot in asked.slots:
        values = spread[slot]
        if values is None:
            return None
        size *= len(values)
        rows.append(values)
    return list(product(*rows)) if size <= MOST_COMBINATIONS else None


def _narrowed(
    asked: CompiledExpression | None, spread: Spread, *, wanted: bool
) -> Spread | None:
    """The values for which a condition comes out as wanted; None where it cannot."""
    if asked is None:
        return spread if wanted else None
    rows = _combinations(asked, spread)
    if rows is None:
        return spread
    world: list[Any] = [None] * len(spread)
    fitting = []
    for row in rows:
        for slot, value in zip(asked.slots, row, strict=True):
            world[slot] = value
        if bool(asked.read(world)) is wanted:
            fitting.append(row)
    if not fitting:
        return None
    narrowed = list(spread)
    for slot, values in zip(asked.slots, zip(*fitting, strict=True), strict=False):
        narrowed[slot] = frozenset(values)
    return narrowed


def _results(asked: CompiledExpression, spread: Spread) -> Values:
    rows = _combinations(asked, spread)
    if rows is None:
        return None
    world: list[Any] = [None] * len(spread)
    results = set()
    for row in rows:
        for slot, value in zip(asked.slots, row, strict=True):
            world[slot] = value
        results.add(asked.read(world))
    return frozenset(results) if len(results) <= MOST_VALUES else None


MOST_STEPS: Final = 60_000
"""Decisions spent on guided plays; in long stories, four for each choice."""
SEED: Final = 20_231_101


@dataclass(slots=True)
class PastBound:
    """What the over-estimate leaves possible, and what the guided plays found.

    `nodes` and `choices` (by number) are found in a play after some steps: (play, steps).
    """

    possible: OverApproximation = field(default_factory=OverApproximation)
    plays: list[list[int]] = field(default_factory=list)
    nodes: dict[int, tuple[int, int]] = field(default_factory=dict)
    choices: dict[int, tuple[int, int]] = field(default_factory=dict)

    def walk(self, program: Program, where: tuple[int, int]) -> tuple[str, ...]:
        """The first steps of a play."""
        play, steps = where
        return program.walk(self.plays[play][:steps])


def explore_past_bound(states: StateGraph) -> PastBound:
    """Estimate from above and play from below, until they meet or the plays are spent."""
    program = states.program
    past_bound = PastBound(over_approximation(program))
    wanted = past_bound.possible.choices - set(states.choice_state)
    missing = past_bound.possible.nodes - set(states.node_state)
    uses = [0] * len(program.names)
    pick = random_source(SEED)

    def least_used(menu: tuple[int, ...]) -> int:
        if pick(4) == 0:
            return pick(len(menu))
        fewest = min(uses[choice] for choice in menu)
        rows = [n for n, choice in enumerate(menu) if uses[choice] == fewest]
        return rows[pick(len(rows))]

    spent = 0
    enough = max(MOST_STEPS, 4 * len(program.names))
    while (wanted or missing) and spent < enough:
        made = trace(program, least_used)
        spent += len(made.taken) + 1
        for choice in made.taken:
            uses[choice] += 1
        _note(past_bound, wanted, missing, made)
    return past_bound


def _note(
    past_bound: PastBound, wanted: set[int], missing: set[int], made: Trace
) -> None:
    """Keep a play that met something new."""
    play, news = len(past_bound.plays), len(wanted) + len(missing)
    for position, (node, _) in enumerate(made.places):
        if node in missing:
            missing.discard(node)
            past_bound.nodes[node] = (play, position)
    for position, menu in enumerate(made.menus):
        for choice in menu:
            if choice in wanted:
                wanted.discard(choice)
                past_bound.choices[choice] = (play, position)
    if len(wanted) + len(missing) < news:
        past_bound.plays.append(made.taken)
