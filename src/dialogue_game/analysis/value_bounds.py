"""Where a number has grown past everything that could still notice it, exactly.

A number that is only compared with constants, and only ever set or moved by constants, can be cut
off beyond the last constant that some path from here compares it with. So a counter in a loop
(`reach += 40`) has few different states instead of endlessly many.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from dialogue_game.analysis.conditions import (
    Watched,
    all_effects,
    constant_of,
    entering,
    facts_of,
)
from dialogue_game.analysis.graph import Graph, components, cyclic
from dialogue_game.core.expressions import parse, parse_effect
from dialogue_game.core.story import CONTINUE, Story, Value

ValueRange = tuple[float, float]
"""The lowest and the highest value worth telling apart; infinite where there is no such limit."""

Key = tuple[int, int]
"""A node's number and a choice's position in its scene."""
Moves = list[tuple[bool, float]]
"""A choice's changes to one number, in order: whether it is set, and to what or by how much."""


@dataclass(slots=True)
class _Number:
    """One variable: what it is compared with at a node, and before a goto; its moves.

    `first` and `every` are those of entering a node, the first time and every time.
    """

    shown: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    going: dict[Key, list[float]] = field(default_factory=lambda: defaultdict(list))
    moves: dict[Key, Moves] = field(default_factory=lambda: defaultdict(list))
    first: dict[int, Moves] = field(default_factory=lambda: defaultdict(list))
    every: dict[int, Moves] = field(default_factory=lambda: defaultdict(list))

    def before_entering(self, node: int, far: float, sign: int) -> float:
        """A limit at a node as it is just before the node is entered."""
        every = _before(self.every.get(node, ()), far, sign)
        return max(every, _before(self.first.get(node, ()), every, sign))


def value_ranges(
    story: Story, graph: Graph, facts: Sequence[str], watched: Sequence[Watched] = ()
) -> Mapping[str, Sequence[ValueRange]]:
    """For each number that can be cut off: its span at each node."""
    constants = constants_of(story)
    profile = {"earned"} & set(story.tracks)
    numbers = {
        name: _Number()
        for name in facts
        if isinstance(story.initial.get(name), int | float)
        and not isinstance(story.initial.get(name), bool)
        and name not in constants
        and name not in profile
    }
    if not numbers:
        return {}
    _thresholds(story, graph, numbers, watched, constants)
    _moves(story, graph, numbers, frozenset(facts), constants)
    order = components(graph.targets)
    leads = [
        [tuple(graph.target(b.to) for b in move.goto) for move in scene.transitions]
        for scene in story.scenes.values()
    ]
    leads += [[]] * (len(graph.names) - graph.scenes)
    return {
        name: _span(number, graph, order, leads) for name, number in numbers.items()
    }


def constants_of(story: Story) -> Mapping[str, Value]:
    """The variables that nothing ever changes; named times are among them."""
    moved = {parse_effect(source).target for source in all_effects(story)}
    return {
        name: value
        for name, value in story.initial.items()
        if name not in moved and name not in story.tracks
    }


def _thresholds(
    story: Story,
    graph: Graph,
    numbers: dict[str, _Number],
    watched: Sequence[Watched],
    constants: Mapping[str, Value],
) -> None:
    for item in watched:
        for condition in item.conditions:
            for name, constant in _compared(condition, numbers, constants):
                numbers[name].shown[graph.number[item.node]].append(constant)
    for node, scene in enumerate(story.scenes.values()):
        for position, choice in enumerate(scene.transitions):
            for name, constant in _compared(choice.when, numbers, constants):
                numbers[name].shown[node].append(constant)
            for branch in choice.goto:
                for name, constant in _compared(branch.when, numbers, constants):
                    numbers[name].going[node, position].append(constant)


def _compared(
    condition: str, numbers: dict[str, _Number], constants: Mapping[str, Value]
) -> list[tuple[str, float]]:
    """The numbers that a condition compares with constants; drops those it reads in other ways."""
    pairs: list[tuple[str, float]] = []
    waiting: list[ast.AST] = [parse(condition).tree] if condition else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Compare):
            sides = (node.left, node.comparators[0])
            found = [
                (name.id, fixed)
                for name, other in (sides, sides[::-1])
                if isinstance(name, ast.Name)
                and name.id in numbers
                and (fixed := constant_of(other, constants)) is not None
            ]
            if found:
                pairs += found
                continue
        if isinstance(node, ast.Name):
            numbers.pop(node.id, None)
        waiting += ast.iter_child_nodes(node)
    return [(name, fixed) for name, fixed in pairs if name in numbers]


def _moves(  # noqa: C901 - one walk over everything that moves a number
    story: Story,
    graph: Graph,
    numbers: dict[str, _Number],
    facts: frozenset[str],
    constants: Mapping[str, Value],
) -> None:
    """Collect each number's moves; drop numbers that move by more than constants."""

    def moved(effects: Sequence[str]) -> Iterator[tuple[str, tuple[bool, float]]]:
        for source in effects:
            effect = parse_effect(source)
            if effect.target not in facts:
                continue
            for name in facts_of(effect.value):
                numbers.pop(name, None)
            amount = constant_of(effect.value.tree, constants)
            if amount is None:
                numbers.pop(effect.target, None)
            elif effect.target in numbers:
                signed = -amount if effect.operator == "-=" else amount
                yield effect.target, (effect.operator == "=", signed)

    counts = "decisions" in story.tracks and "decisions" in numbers
    for node, scene in enumerate(story.scenes.values()):
        for position, choice in enumerate(scene.transitions):
            if counts and choice.id != CONTINUE:
                numbers["decisions"].moves[node, position].append((False, 1))
            for name, move in moved(choice.effects):
                numbers[name].moves[node, position].append(move)
    for node, effects in entering(story, graph).items():
        for name, move in moved(effects.first):
            numbers[name].first[node].append(move)
        for name, move in moved(effects.every):
            numbers[name].every[node].append(move)


def _span(
    number: _Number,
    graph: Graph,
    order: Sequence[Sequence[int]],
    leads: Sequence[Sequence[tuple[int, ...]]],
) -> Sequence[ValueRange]:
    high = _furthest(number, graph, order, leads, 1)
    low = _furthest(number, graph, order, leads, -1)
    return [(-down - 1, up + 1) for down, up in zip(low, high, strict=True)]


def _furthest(
    number: _Number,
    graph: Graph,
    order: Sequence[Sequence[int]],
    leads: Sequence[Sequence[tuple[int, ...]]],
    sign: int,
) -> list[float]:
    """For each node the greatest value (times `sign`) that some path from it still compares."""
    far: list[float] = [-inf] * len(graph.names)
    moved = {node for node, _ in (*number.moves, *number.going)}
    enters = number.first or number.every

    def arriving(target: int) -> float:
        return (
            number.before_entering(target, far[target], sign) if enters else far[target]
        )

    for component in order:
        inside = set(component) if cyclic(component, graph.targets) else set()
        most, endless = -inf, False
        for node in component:
            if node in number.shown:
                most = max([most, *(sign * c for c in number.shown[node])])
            if node in inside and enters:
                comes = (*number.first.get(node, ()), *number.every.get(node, ()))
                endless |= _moves_away(comes, sign)
            if node not in moved:
                most = max([most, *map(arriving, graph.targets[node])])
                continue
            for position, targets in enumerate(leads[node]):
                moves = number.moves.get((node, position), ())
                if inside.intersection(targets):
                    endless |= _moves_away(moves, sign)
                beyond = [arriving(target) for target in targets]
                beyond += [sign * c for c in number.going.get((node, position), ())]
                most = max(most, _before(moves, max(beyond, default=-inf), sign))
        # A number that a cycle moves away from its constants may come from any distance.
        for node in component:
            far[node] = inf if endless and most > -inf else most
    return far


def _moves_away(moves: Sequence[tuple[bool, float]], sign: int) -> bool:
    """Whether these moves lead away from where a number is compared."""
    return any(not is_set and sign * by < 0 for is_set, by in moves)


def _before(moves: Sequence[tuple[bool, float]], far: float, sign: int) -> float:
    """The same limit before a choice's moves."""
    for is_set, by in reversed(moves):
        far = -inf if is_set else far - sign * by
    return far
