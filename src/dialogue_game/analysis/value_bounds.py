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
Update = tuple[bool, float]
"""A change to a number: whether it is set, and to what or by how much."""
Updates = list[Update]


@dataclass(slots=True)
class _Number:
    """One variable: what it is compared with at a node, and before a goto; its updates.

    `first_enter` and `every_enter` are those of entering a node, the first time and every time.
    """

    compared: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    compared_in_goto: dict[Key, list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )
    updates: dict[Key, Updates] = field(default_factory=lambda: defaultdict(list))
    first_enter: dict[int, Updates] = field(default_factory=lambda: defaultdict(list))
    every_enter: dict[int, Updates] = field(default_factory=lambda: defaultdict(list))

    def before_entering(self, node: int, limit: float, sign: int) -> float:
        """A limit at a node as it is just before the node is entered."""
        again = _before(self.every_enter.get(node, ()), limit, sign)
        first = _before(self.first_enter.get(node, ()), again, sign)
        return max(again, first)


def value_ranges(
    story: Story, graph: Graph, facts: Sequence[str], watched: Sequence[Watched] = ()
) -> Mapping[str, Sequence[ValueRange]]:
    """For each number that can be cut off: its range at each node."""
    collector = _Collector(story, graph, facts)
    if not collector.numbers:
        return {}
    collector.collect_comparisons(watched)
    collector.collect_updates()
    choice_targets = [
        [tuple(graph.target(b.to) for b in choice.goto) for choice in scene.transitions]
        for scene in story.scenes.values()
    ]
    choice_targets += [[]] * (len(graph.names) - graph.scenes)
    order = components(graph.targets)
    ranges: dict[str, Sequence[ValueRange]] = {}
    for name, number in collector.numbers.items():
        high = _Limits(number, graph, order, choice_targets, 1).at
        low = _Limits(number, graph, order, choice_targets, -1).at
        ranges[name] = [(-d - 1, u + 1) for d, u in zip(low, high, strict=True)]
    return ranges


def constants_of(story: Story) -> Mapping[str, Value]:
    """The variables that nothing ever changes; named times are among them."""
    changed = {parse_effect(source).target for source in all_effects(story)}
    return {
        name: value
        for name, value in story.initial.items()
        if name not in changed and name not in story.tracks
    }


class _Collector:
    """The numbers that can be cut off, with what they are compared with and how they change.

    A number that is compared with more than constants, or changes by more, is dropped.
    """

    def __init__(self, story: Story, graph: Graph, facts: Sequence[str]) -> None:
        self.story, self.graph, self.facts = story, graph, frozenset(facts)
        self.constants = constants_of(story)
        self.numbers = {name: _Number() for name in facts if self.variable(name)}

    def variable(self, fact: str) -> bool:
        """Whether a fact is a variable with a number that something changes."""
        value = self.story.initial.get(fact)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        earned = fact == "earned" and fact in self.story.tracks
        return not earned and fact not in self.constants

    def collect_comparisons(self, watched: Sequence[Watched]) -> None:
        """Note at each node what numbers are compared with there."""
        for item in watched:
            node = self.graph.number[item.node]
            for condition in item.conditions:
                for name, constant in self.comparisons(condition):
                    self.numbers[name].compared[node].append(constant)
        for node, scene in enumerate(self.story.scenes.values()):
            for position, choice in enumerate(scene.transitions):
                for name, constant in self.comparisons(choice.when):
                    self.numbers[name].compared[node].append(constant)
                for branch in choice.goto:
                    for name, constant in self.comparisons(branch.when):
                        before_goto = self.numbers[name].compared_in_goto
                        before_goto[node, position].append(constant)

    def comparisons(self, condition: str) -> list[tuple[str, float]]:
        """The numbers that a condition compares with constants; drops those it reads otherwise."""
        pairs: list[tuple[str, float]] = []
        waiting: list[ast.AST] = [parse(condition).tree] if condition else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Compare):
                found = list(self.comparison(node.left, node.comparators[0]))
                if found:
                    pairs += found
                    continue
            if isinstance(node, ast.Name):
                self.numbers.pop(node.id, None)
            waiting += ast.iter_child_nodes(node)
        return [(name, fixed) for name, fixed in pairs if name in self.numbers]

    def comparison(
        self, left: ast.expr, right: ast.expr
    ) -> Iterator[tuple[str, float]]:
        """The number on one side and the constant on the other, if that is what they are."""
        for side, other in ((left, right), (right, left)):
            if isinstance(side, ast.Name) and side.id in self.numbers:
                fixed = constant_of(other, self.constants)
                if fixed is not None:
                    yield side.id, fixed

    def collect_updates(self) -> None:
        """Note how choices and entering a place change numbers."""
        counted = "decisions" in self.story.tracks and "decisions" in self.numbers
        for node, scene in enumerate(self.story.scenes.values()):
            for position, choice in enumerate(scene.transitions):
                if counted and choice.id != CONTINUE:
                    decisions = self.numbers["decisions"].updates
                    decisions[node, position].append((False, 1))
                for name, update in self.updates(choice.effects):
                    self.numbers[name].updates[node, position].append(update)
        for node, effects in entering(self.story, self.graph).items():
            for name, update in self.updates(effects.first):
                self.numbers[name].first_enter[node].append(update)
            for name, update in self.updates(effects.every):
                self.numbers[name].every_enter[node].append(update)

    def updates(self, effects: Sequence[str]) -> Iterator[tuple[str, Update]]:
        """The changes that effects make to numbers; drops those that change by no constant."""
        for source in effects:
            effect = parse_effect(source)
            if effect.target not in self.facts:
                continue
            for name in facts_of(effect.value):
                self.numbers.pop(name, None)
            amount = constant_of(effect.value.tree, self.constants)
            if amount is None:
                self.numbers.pop(effect.target, None)
            elif effect.target in self.numbers:
                signed = -amount if effect.operator == "-=" else amount
                yield effect.target, (effect.operator == "=", signed)


class _Limits:
    """For each node the greatest value (times `sign`) that some path from it still compares."""

    def __init__(
        self,
        number: _Number,
        graph: Graph,
        order: Sequence[Sequence[int]],
        choice_targets: Sequence[Sequence[tuple[int, ...]]],
        sign: int,
    ) -> None:
        self.number, self.graph, self.sign = number, graph, sign
        self.choice_targets = choice_targets
        self.at: list[float] = [-inf] * len(graph.names)
        self.changing = {
            node for node, _ in (*number.updates, *number.compared_in_goto)
        }
        self.on_entering = bool(number.first_enter or number.every_enter)
        for component in order:
            self.fold(component)

    def fold(self, component: Sequence[int]) -> None:
        """The limits of one component, whose targets are done."""
        most = max(self.greatest(node) for node in component)
        # A number that a cycle moves away from its constants may come from any distance.
        endless = (
            most > -inf
            and cyclic(component, self.graph.targets)
            and self.leads_away(component)
        )
        for node in component:
            self.at[node] = inf if endless else most

    def greatest(self, node: int) -> float:
        """The limit of a node by its own comparisons and by what is known of its targets."""
        number, sign = self.number, self.sign
        limits = [sign * constant for constant in number.compared.get(node, ())]
        if node not in self.changing:
            limits += map(self.before_entering, self.graph.targets[node])
            return max(limits, default=-inf)
        for position, targets in enumerate(self.choice_targets[node]):
            key = (node, position)
            onward = [self.before_entering(target) for target in targets]
            onward += [sign * c for c in number.compared_in_goto.get(key, ())]
            updates = number.updates.get(key, ())
            limits.append(_before(updates, max(onward, default=-inf), sign))
        return max(limits, default=-inf)

    def before_entering(self, node: int) -> float:
        """The limit just before a node is entered."""
        limit = self.at[node]
        if not self.on_entering:
            return limit
        return self.number.before_entering(node, limit, self.sign)

    def leads_away(self, cycle: Sequence[int]) -> bool:
        """Whether going round a cycle may move the number away from what it is compared with."""
        number, inside = self.number, set(cycle)
        for node in cycle:
            entered = (
                *number.first_enter.get(node, ()),
                *number.every_enter.get(node, ()),
            )
            if _moves_away(entered, self.sign):
                return True
            for position, targets in enumerate(self.choice_targets[node]):
                updates = number.updates.get((node, position), ())
                if _moves_away(updates, self.sign) and inside.intersection(targets):
                    return True
        return False


def _moves_away(updates: Sequence[Update], sign: int) -> bool:
    """Whether these updates lead away from where a number is compared."""
    return any(not is_set and sign * by < 0 for is_set, by in updates)


def _before(updates: Sequence[Update], limit: float, sign: int) -> float:
    """The same limit before a choice's updates."""
    for is_set, by in reversed(updates):
        limit = -inf if is_set else limit - sign * by
    return limit
