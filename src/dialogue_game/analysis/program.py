"""A story as numbered tables that the search runs on: only what its conditions can notice.

Scenes and endings are nodes (see `graph`), choices are numbered through the whole story, a world
is a tuple with one value a fact. What a step does here equals what the engine does; tests compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogue_game.analysis.clamps import spans
from dialogue_game.analysis.closures import Reader, reader
from dialogue_game.analysis.facts import Watched, life, relevant
from dialogue_game.analysis.graph import Graph
from dialogue_game.analysis.steps import Fixed, Step, StepBuilder
from dialogue_game.core.story import Story


@dataclass(slots=True)
class Program:
    """Everything the search needs. `used` holds (choice number, goto position) pairs met so far."""

    story: Story
    graph: Graph
    facts: tuple[str, ...]
    slots: Mapping[str, int]
    start: Fixed
    steps: list[tuple[Step, ...]]
    names: list[tuple[str, str]]
    numbers: Mapping[tuple[str, str], int]
    used: set[tuple[int, int]]
    node_watch: Mapping[int, tuple[tuple[int, Reader], ...]]
    choice_watch: Mapping[int, tuple[tuple[int, Reader], ...]]

    @property
    def unconditional(self) -> bool:
        """Whether nothing that was done can change what can be done."""
        return not self.facts

    def path(self, choice: int) -> str:
        """The `scene.choice` of a choice's number."""
        return ".".join(self.names[choice])


def program(story: Story, watched: Sequence[Watched] = ()) -> Program:
    """The tables of a story; `watched` conditions are kept decidable, and asked on the way."""
    facts = relevant(story, watched)
    known = life(story, facts, watched)
    slots = {fact: position for position, fact in enumerate(facts)}
    drawn = known.graph
    names = [(scene.id, choice.id) for scene, choice in story.choices()]
    built = StepBuilder(story, known, slots, spans(story, drawn, facts, watched))
    steps: list[tuple[Step, ...]] = []
    number = 0
    for node, scene in enumerate(story.scenes.values()):
        row = [built.step(node, n, c) for n, c in enumerate(scene.choices.values(), number)]
        number += len(row)
        steps.append(tuple(row))
    steps += [()] * (len(drawn.names) - drawn.scenes)
    numbers = {name: position for position, name in enumerate(names)}
    return Program(
        story,
        drawn,
        facts,
        slots,
        built.first(),
        steps,
        names,
        numbers,
        built.used,
        _by_node(watched, drawn, slots),
        _by_choice(watched, numbers, slots),
    )


def _by_node(
    watched: Sequence[Watched], drawn: Graph, slots: Mapping[str, int]
) -> Mapping[int, tuple[tuple[int, Reader], ...]]:
    rows: dict[int, list[tuple[int, Reader]]] = {}
    for position, item in enumerate(watched):
        if not item.choice:
            row = rows.setdefault(drawn.number[item.node], [])
            row.append((position, reader(item.condition, slots)))
    return {node: tuple(row) for node, row in rows.items()}


def _by_choice(
    watched: Sequence[Watched],
    numbers: Mapping[tuple[str, str], int],
    slots: Mapping[str, int],
) -> Mapping[int, tuple[tuple[int, Reader], ...]]:
    rows: dict[int, list[tuple[int, Reader]]] = {}
    for position, item in enumerate(watched):
        if item.choice:
            row = rows.setdefault(numbers[item.node, item.choice], [])
            row.append((position, reader(item.condition, slots)))
    return {choice: tuple(row) for choice, row in rows.items()}
