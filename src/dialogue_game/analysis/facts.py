"""Which facts a story's conditions can notice, and where each still matters.

A *fact* is a variable, `visited(scene)` or `chose(scene.choice)`. Facts that no condition reads,
directly or through effects, are projected away; at each scene the rest are kept only while some
road from there still reads them before they are set anew (liveness). Both are exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogue_game.analysis.graph import Graph, components, graph
from dialogue_game.core.expressions import Expression, parse, parse_effect
from dialogue_game.core.story import Choice, Story


@dataclass(frozen=True, slots=True)
class Watched:
    """A condition whose truth is asked about without ruling the play: a text's or an exhibit's.

    It is read whenever `node` (a scene or an ending) is shown, or, where `choice` is given,
    whenever that choice can be taken there.
    """

    node: str
    condition: str
    choice: str = ""


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


def reads(condition: str) -> tuple[str, ...]:
    """The facts that a condition reads; none for the empty one."""
    return facts_of(parse(condition)) if condition else ()


def ruling_conditions(story: Story) -> Iterable[str]:
    """The conditions that rule the play: of choices and of gotos."""
    for _, choice in story.choices():
        if choice.when:
            yield choice.when
        for branch in choice.goto:
            if branch.when:
                yield branch.when


def relevant(story: Story, watched: Sequence[Watched] = ()) -> tuple[str, ...]:
    """The facts that decide some condition, directly or by way of effects, in a fixed order."""
    asked = [*ruling_conditions(story), *(item.condition for item in watched)]
    if not asked:
        return ()
    sources: dict[str, set[str]] = defaultdict(set)
    for _, choice in story.choices():
        for source in choice.effects:
            effect = parse_effect(source)
            sources[effect.target].update(facts_of(effect.value))
    waiting = [fact for condition in asked for fact in reads(condition)]
    found: dict[str, None] = {}
    while waiting:
        fact = waiting.pop()
        if fact not in found:
            found[fact] = None
            waiting += sorted(sources.get(fact, ()))
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Life:
    """Which facts matter where, as sets of bits (bit n stands for fact n).

    `at[node]` are those that matter once a scene or ending is shown.
    """

    graph: Graph
    bits: Mapping[str, int]
    at: Sequence[int]

    def mask(self, condition: str) -> int:
        """The facts that a condition reads, as bits."""
        return _mask(self.bits, reads(condition))


def life(story: Story, facts: Sequence[str], watched: Sequence[Watched] = ()) -> Life:
    """Where each of these facts matters; a fixpoint from the endings backwards."""
    drawn = graph(story)
    bits = {fact: 1 << position for position, fact in enumerate(facts)}
    at = [0] * len(drawn.names)
    known = Life(drawn, bits, at)
    if not facts:
        return known
    own = [0] * len(drawn.names)
    for item in watched:
        own[drawn.number[item.node]] |= known.mask(item.condition)
    scenes = list(story.scenes.values())
    order = [node for component in components(drawn.targets) for node in component]
    changed = True
    while changed:
        changed = False
        for node in order:
            mask = own[node]
            if node < drawn.scenes:
                for choice in scenes[node].choices.values():
                    mask |= known.mask(choice.when) | before(known, scenes[node].id, choice)
            if mask != at[node]:
                at[node], changed = mask, True
    return known


def before(known: Life, scene: str, choice: Choice) -> int:
    """The facts that matter just before a choice is taken, its own condition left aside."""
    mask = before_goto(known, choice)
    for source in reversed(choice.effects):
        effect = parse_effect(source)
        bit = known.bits.get(effect.target, 0)
        if mask & bit:
            if effect.operator == "=":
                mask &= ~bit
            mask |= _mask(known.bits, facts_of(effect.value))
    return mask & ~known.bits.get(chosen_fact(f"{scene}.{choice.id}"), 0)


def before_goto(known: Life, choice: Choice) -> int:
    """The facts that matter after a choice's effects, before its goto is decided."""
    mask = 0
    for branch in choice.goto:
        mask |= known.mask(branch.when)
        live = known.at[known.graph.target(branch.to)]
        mask |= live & ~known.bits.get(visited_fact(branch.to), 0)
    return mask


def _mask(bits: Mapping[str, int], facts: Iterable[str]) -> int:
    mask = 0
    for fact in facts:
        mask |= bits.get(fact, 0)
    return mask
