"""Conditions as the search sees them: the facts they read, where each is live, and as functions.

A *fact* is a variable, `visited(scene)` or `chose(scene.choice)`. Facts that no condition reads,
directly or through effects, are projected away; at each scene the rest are kept only while some
path from there still reads them before they are set anew (liveness). Both are exact.

A condition is compiled to a function of a world: one value a fact, by position. It means the same
as in `core.expressions`, which the tests compare; only the look-up is faster.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dialogue_game.analysis.graph import Graph, components, scene_graph
from dialogue_game.core.expressions import (
    COMPARISONS,
    Expression,
    parse,
    parse_effect,
)
from dialogue_game.core.story import UNREPAIRED, Choice, Story


@dataclass(frozen=True, slots=True)
class Watched:
    """A condition whose truth is asked about without ruling the play: a text's or an exhibit's.

    It is read whenever `node` (a scene or an ending) is shown, or, where `choice` is given,
    whenever that choice can be taken there; only where `given` holds.
    """

    node: str
    condition: str
    choice: str = ""
    given: str = ""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions that it asks."""
        return (self.condition, self.given) if self.given else (self.condition,)


def visited_fact(scene: str) -> str:
    """The name of the fact that a scene was shown."""
    return f"visited({scene})"


def chosen_fact(path: str) -> str:
    """The name of the fact that `scene.choice` was taken."""
    return f"chose({path})"


def facts_of(expression: Expression) -> tuple[str, ...]:
    """The facts that an expression reads."""
    return (
        *expression.names,
        *map(visited_fact, expression.scenes),
        *map(chosen_fact, expression.choices),
    )


def facts_read(condition: str) -> tuple[str, ...]:
    """The facts that a condition reads; none for the empty one."""
    return facts_of(parse(condition)) if condition else ()


def ruling_conditions(story: Story) -> Iterable[str]:
    """The conditions that rule the play: of choices and of gotos."""
    for _, choice in story.transitions():
        if choice.when:
            yield choice.when
        for branch in choice.goto:
            if branch.when:
                yield branch.when


def all_effects(story: Story) -> Iterable[str]:
    """Every effect of a story: of choices, and of entering scenes and endings."""
    for _, choice in story.choices():
        yield from choice.effects
    for scene in story.scenes.values():
        yield from (*scene.first_enter, *scene.enter)
    for ending in story.endings.values():
        yield from ending.enter


def relevant_facts(story: Story, watched: Sequence[Watched] = ()) -> tuple[str, ...]:
    """The facts that decide some condition, directly or by way of effects, in a fixed order."""
    conditions = list(ruling_conditions(story))
    for item in watched:
        conditions += item.conditions
    if not conditions:
        return ()
    sources: dict[str, set[str]] = defaultdict(set)
    for written in all_effects(story):
        effect = parse_effect(written)
        sources[effect.target].update(facts_of(effect.value))
    for scene in story.scenes.values():
        for written in scene.first_enter:
            sources[parse_effect(written).target].add(visited_fact(scene.id))
    waiting = [fact for condition in conditions for fact in facts_read(condition)]
    found: dict[str, None] = {}
    while waiting:
        fact = waiting.pop()
        if fact not in found:
            found[fact] = None
            waiting += sorted(sources.get(fact, ()))
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Entering:
    """The effects of entering a scene or an ending: the first time, and then every time."""

    first: tuple[str, ...]
    every: tuple[str, ...]


def entering(story: Story, graph: Graph) -> Mapping[int, Entering]:
    """The scenes and endings that do something on entering, by node."""
    found = {
        graph.number[scene.id]: Entering(scene.first_enter, scene.enter)
        for scene in story.scenes.values()
        if scene.enter or scene.first_enter
    }
    found.update(
        (graph.number[ending.id], Entering((), ending.enter))
        for ending in story.endings.values()
        if ending.enter
    )
    return found


@dataclass(frozen=True, slots=True)
class Liveness:
    """Which facts matter where, as sets of bits (bit n stands for fact n).

    `at[node]` are those that matter once a scene or ending is shown, with its effects of entering
    done. `tracks` are the facts that follow from the profile so far.
    """

    graph: Graph
    bits: Mapping[str, int]
    at: Sequence[int]
    entering: Mapping[int, Entering] = field(default_factory=dict)
    tracks: frozenset[str] = frozenset()

    def before_entering(self, node: int) -> int:
        """The facts that matter just before a scene or ending is entered."""
        mask = self.at[node]
        visit = self.bits.get(visited_fact(self.graph.names[node]), 0)
        effects = self.entering.get(node)
        if effects is None:
            return mask & ~visit
        mask = self.before_effects(effects.every, mask)
        first = self.before_effects(effects.first, mask)
        touched = any(
            self.bits.get(parse_effect(e).target, 0) & mask for e in effects.first
        )
        return (mask | first) & ~visit | (visit if touched else 0)

    def before_effects(self, effects: Sequence[str], mask: int) -> int:
        """The facts that matter before these effects, where those of `mask` do after them."""
        for source in reversed(effects):
            effect = parse_effect(source)
            bit = self.bits.get(effect.target, 0)
            if mask & bit:
                if effect.operator == "=":
                    mask &= ~bit
                mask |= _mask(self.bits, facts_of(effect.value))
        return mask

    def mask(self, condition: str) -> int:
        """The facts that a condition reads, as bits."""
        return _mask(self.bits, facts_read(condition))


def liveness(
    story: Story, facts: Sequence[str], watched: Sequence[Watched] = ()
) -> Liveness:
    """Where each of these facts matters; a fixpoint from the endings backwards."""
    graph = scene_graph(story)
    bits = {fact: 1 << position for position, fact in enumerate(facts)}
    at = [0] * len(graph.names)
    known = Liveness(graph, bits, at, entering(story, graph), frozenset(story.tracks))
    if not facts:
        return known
    read_here = _read_at_places(story, known, watched)
    scenes = list(story.scenes.values())
    order = [node for component in components(graph.targets) for node in component]
    changed = True
    while changed:
        changed = False
        for node in order:
            mask = read_here[node]
            for choice in scenes[node].transitions if node < graph.scenes else ():
                mask |= live_before_choice(known, scenes[node].id, choice)
            if mask != at[node]:
                at[node], changed = mask, True
    return known


def _read_at_places(
    story: Story, known: Liveness, watched: Sequence[Watched]
) -> list[int]:
    """The facts that conditions read at each scene and ending itself."""
    read_here = [0] * len(known.graph.names)
    for item in watched:
        node = known.graph.number[item.node]
        for condition in item.conditions:
            read_here[node] |= known.mask(condition)
    for node, scene in enumerate(story.scenes.values()):
        for choice in scene.transitions:
            read_here[node] |= known.mask(choice.when)
    return read_here


def live_before_choice(known: Liveness, scene: str, choice: Choice) -> int:
    """The facts that matter just before a choice is taken, its own condition left aside."""
    mask = known.before_effects(choice.effects, live_before_goto(known, choice))
    for fact in breach_flags(choice, known.tracks):
        mask &= ~known.bits.get(fact, 0)
    return mask & ~known.bits.get(chosen_fact(f"{scene}.{choice.id}"), 0)


def breach_flags(choice: Choice, tracks: Iterable[str]) -> Mapping[str, bool]:
    """The `unrepaired(guideline)` facts that a choice's marks set, whatever was before."""
    flags: dict[str, bool] = {}
    for mark in choice.marks:
        fact = f"{UNREPAIRED}{mark.guideline})"
        if fact in tracks and (mark.word == "breaches" or mark.weight > 0):
            flags[fact] = mark.word == "breaches"
    return flags


def live_before_goto(known: Liveness, choice: Choice) -> int:
    """The facts that matter after a choice's effects, before its goto is decided."""
    mask = 0
    for branch in choice.goto:
        mask |= known.mask(branch.when)
        mask |= known.before_entering(known.graph.target(branch.to))
    return mask


def _mask(bits: Mapping[str, int], facts: Iterable[str]) -> int:
    mask = 0
    for fact in facts:
        mask |= bits.get(fact, 0)
    return mask


World = Sequence[Any]
"""The values of the facts in force, by position; None where a fact no longer matters."""
Reader = Callable[[World], Any]


EARNED: Final = "earned"
"""Where a story reads it of the profile: the fact is the pair of points earned and at stake."""
ANY_BREACH: Final = "unrepaired()"
"""The fact is the set of guidelines that are breached and not repaired."""


def percent(earned: Any) -> Any:
    """What a pair of points earned and at stake is in per cent; a variable's own value as it is."""
    if not isinstance(earned, tuple):
        return earned
    points, at_stake = earned
    return 100 * points // at_stake if at_stake else 100


def reader(source: str, slots: Mapping[str, int]) -> Reader:
    """A condition or value as a function; `slots` gives each fact's position."""
    return _reader_of(parse(source).tree, slots)


def fact_of(node: ast.expr) -> str | None:
    """The fact that a piece of an expression names, or None."""
    if isinstance(node, ast.Name) and node.id not in ("true", "false"):
        return node.id
    if isinstance(node, ast.Call):
        return ast.unparse(node)
    return None


def constant_of(node: ast.expr, constants: Mapping[str, Any] | None = None) -> Any:
    """The value of a literal, a signed one too, or of a name or sum of constants; else None."""
    if isinstance(node, ast.Constant):
        return node.value
    if constants and isinstance(node, ast.Name) and node.id in constants:
        return constants[node.id]
    if constants and isinstance(node, ast.BinOp):
        left = constant_of(node.left, constants)
        right = constant_of(node.right, constants)
        if left is None or right is None:
            return None
        return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node, ast.Name) and node.id in ("true", "false"):
        return node.id == "true"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = constant_of(node.operand, constants)
        return None if inner is None else -inner
    return None


def _reader_of(node: ast.expr, slots: Mapping[str, int]) -> Reader:
    fixed = constant_of(node)
    if fixed is not None:
        return lambda w: fixed
    fact = fact_of(node)
    if fact is not None:
        slot = slots[fact]
        if fact == EARNED:
            return lambda w: percent(w[slot])
        if fact == ANY_BREACH:
            return lambda w: bool(w[slot])
        return lambda w: w[slot]
    match node:
        case ast.BoolOp():
            return _boolean_reader(node, slots)
        case ast.UnaryOp(op=ast.Not()):
            inner = _reader_of(node.operand, slots)
            return lambda w: not inner(w)
        case ast.UnaryOp():
            inner = _reader_of(node.operand, slots)
            return lambda w: -inner(w)
        case ast.BinOp():
            left, right = _reader_of(node.left, slots), _reader_of(node.right, slots)
            if isinstance(node.op, ast.Add):
                return lambda w: left(w) + right(w)
            return lambda w: left(w) - right(w)
        case ast.Compare():
            return _comparison_reader(node, slots)
    raise TypeError(ast.dump(node))


def _boolean_reader(node: ast.BoolOp, slots: Mapping[str, int]) -> Reader:
    first, *others = (_reader_of(part, slots) for part in node.values)
    rest = tuple(others)
    if len(rest) == 1:
        second = rest[0]
        if isinstance(node.op, ast.And):
            return lambda w: first(w) and second(w)
        return lambda w: first(w) or second(w)
    parts = (first, *rest)
    if isinstance(node.op, ast.And):
        return lambda w: all(part(w) for part in parts)
    return lambda w: any(part(w) for part in parts)


def _comparison_reader(node: ast.Compare, slots: Mapping[str, int]) -> Reader:
    function = COMPARISONS[type(node.ops[0])]
    fact, fixed = fact_of(node.left), constant_of(node.comparators[0])
    if fact is not None and fixed is not None and fact not in (EARNED, ANY_BREACH):
        slot = slots[fact]
        return lambda w: function(w[slot], fixed)
    left, right = _reader_of(node.left, slots), _reader_of(node.comparators[0], slots)
    return lambda w: function(left(w), right(w))
