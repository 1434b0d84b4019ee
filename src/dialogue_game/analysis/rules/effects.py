"""Effects: those that change nothing, or set where all others add; idle gotos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from dialogue_game.analysis.compiled_conditions import constant_of
from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.core.expressions import Effect, parse_effect
from dialogue_game.core.story import Story

OTHERS: Final = 2
"""How many `+=` and `-=` a variable must have before one `=` looks like a slip."""

Placed = tuple[PathKey, str, Effect]
"""Where an effect stands, the choice or scene it belongs to, and the effect."""


def placed_effects(story: Story) -> Iterator[Placed]:
    """Every effect as authored."""
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        for key, effects in (
            ("first_enter", scene.first_enter),
            ("enter", scene.enter),
        ):
            for number, source in enumerate(effects):
                yield (*here, key, number), scene.id, parse_effect(source)
        for choice in scene.choices.values():
            row: PathKey = (*here, "choices", choice.id)
            spare = (
                1 if choice.takes else 0
            )  # what it takes stands first, and in a field
            for number, source in enumerate(choice.effects[spare:]):
                path = (*row, "effects", number)
                yield path, f"{scene.id}.{choice.id}", parse_effect(source)
    for ending in story.endings.values():
        for number, source in enumerate(ending.enter):
            path = ("endings", ending.id, "enter", number)
            yield path, ending.id, parse_effect(source)


def set_where_others_add(subject: Subject) -> Iterator[Finding]:
    """DG209: one `=` with a number where every other effect on the variable adds or takes away."""
    counts: Counter[tuple[str, bool]] = Counter()
    for _, _, effect in placed_effects(subject.story):
        counts[effect.target, effect.operator == "="] += 1
    for path, name, effect in placed_effects(subject.story):
        if effect.operator != "=" or counts[effect.target, True] > 1:
            continue
        value = constant_of(effect.value.tree)
        if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
            continue
        if value == subject.story.variables.get(effect.target):
            continue  # back to where it began
        if counts[effect.target, False] >= OTHERS and effect.target != "clock":
            sign = "-=" if value < 0 else "+="
            yield finding(
                "DG209",
                subject.at(*path),
                f"{name} sets “{effect.target}” to {value}; everything else adds to it.",
                f"Write {effect.target} {sign} {abs(value)}, if that is what you mean.",
            )


def idle_effects(subject: Subject) -> Iterator[Finding]:
    """DG211: an effect that leaves its variable as it was."""
    for path, name, effect in placed_effects(subject.story):
        value = effect.value.source.strip()
        same = effect.operator == "=" and value == effect.target
        nothing = effect.operator != "=" and constant_of(effect.value.tree) == 0
        if same or nothing:
            yield finding(
                "DG211",
                subject.at(*path),
                f"“{effect.source}” in {name} changes nothing.",
                "Write what it should change, or take it away.",
            )


def idle_gotos(subject: Subject) -> Iterator[Finding]:
    """DG212: a list of ways on that all lead to the same place."""
    for scene in subject.story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        rows = [((*here, "goto"), scene.id, scene.goto)]
        rows += [
            (
                (*here, "choices", choice.id, "goto"),
                f"{scene.id}.{choice.id}",
                choice.goto,
            )
            for choice in scene.choices.values()
        ]
        for path, name, goto in rows:
            if len(goto) > 1 and len({branch.to for branch in goto}) == 1:
                yield finding(
                    "DG212",
                    subject.at(*path),
                    f"Every way on of {name} leads to “{goto[0].to}”, whatever its condition.",
                    "Lead one of them elsewhere, or write the one target.",
                )


RULES = (set_where_others_add, idle_effects, idle_gotos)
