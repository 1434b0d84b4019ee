"""Which choices a later text, exhibit, option or way on depends on, and which are forgotten.

A choice is remembered where something that it alone settles (that it was chosen, a variable that
it sets, a visit to the scene it leads to) is still read on some path from there, or where its cost
falls due. What every option of its decision sets alike tells nothing of the choice, and a counter
that it moves by some steps does not come back by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogue_game.analysis.constant_conditions import text_conditions
from dialogue_game.analysis.facts import (
    Life,
    Watched,
    all_effects,
    chosen_fact,
    life,
    reads,
    ruling_conditions,
    visited_fact,
)
from dialogue_game.analysis.texts import shown_texts
from dialogue_game.core.expressions import parse_effect
from dialogue_game.core.story import Choice, Scene, Story
from dialogue_game.core.template import names_shown


def never_remembered(story: Story) -> tuple[str, ...]:
    """The `scene.choice` of decisions that nothing later depends on, in the author's order."""
    watched = [*(item.watched for item in text_conditions(story)), *_shown(story)]
    asked = [
        *ruling_conditions(story),
        *(c for item in watched for c in item.conditions),
    ]
    facts = tuple(
        sorted(
            {fact for condition in asked for fact in reads(condition)} | _passed(story)
        )
    )
    known = life(story, facts, watched)
    return tuple(
        f"{scene.id}.{choice.id}"
        for scene in story.scenes.values()
        if len(scene.choices) > 1
        for choice in scene.choices.values()
        if not _remembered(known, scene, choice)
    )


def _passed(story: Story) -> set[str]:
    """The variables that effects read, which pass on what they hold."""
    return {
        fact
        for source in all_effects(story)
        for fact in reads(parse_effect(source).value.source)
    }


def _remembered(known: Life, scene: Scene, choice: Choice) -> bool:
    if choice.cost is not None and choice.cost.due:
        return True
    others = [other for other in scene.choices.values() if other is not choice]
    changed = {chosen_fact(f"{scene.id}.{choice.id}")} | _targets(choice, others)
    bits = 0
    for fact in changed:
        bits |= known.bits.get(fact, 0)
    for branch in choice.goto:
        alive = known.at[known.graph.target(branch.to)]
        visit = known.bits.get(visited_fact(branch.to), 0)
        if any(branch.to not in {way.to for way in other.goto} for other in others):
            bits |= visit
        if alive & bits:
            return True
    return bool(before_goto_reads(known, choice) & bits)


def before_goto_reads(known: Life, choice: Choice) -> int:
    """What the choice's own ways on ask about."""
    mask = 0
    for branch in choice.goto:
        mask |= known.mask(branch.when)
    return mask


def _targets(choice: Choice, others: list[Choice]) -> set[str]:
    """The variables that a choice sets, and not all of its neighbours to the same."""
    return {
        effect.target
        for source in choice.effects
        if (effect := parse_effect(source)).operator == "="
        and not all(source in other.effects for other in others)
    }


def _shown(story: Story) -> Iterator[Watched]:
    """The variables that texts show, as conditions that read them where they are shown."""
    known = {
        (node, name) for node, text in shown_texts(story) for name in names_shown(text)
    }
    for node, name in sorted(known):
        yield Watched(node, f"{name} == {name}")
