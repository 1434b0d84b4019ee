"""A story as numbered tables that the search runs on: only what its conditions can notice.

Scenes and endings are nodes (see `graph`), choices are numbered through the whole story, a world
is a tuple with one value a fact. What a step does here equals what the engine does; tests compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

from dialogue_game.analysis.compiled_conditions import Reader, reader
from dialogue_game.analysis.facts import Watched, life, relevant
from dialogue_game.analysis.graph import Graph
from dialogue_game.analysis.steps import ChoiceStep, Fixed, StepBuilder
from dialogue_game.analysis.value_bounds import spans
from dialogue_game.core.story import CONTINUE, Story

Watch = tuple[int, Reader, Reader | None]
"""A watched condition: its number, what it asks, and what must hold for it to be asked."""


@dataclass(slots=True)
class Program:
    """Everything the search needs.

    Choices are numbered in the author's order, and after them the continue pages, each as a
    choice without an id. `used` holds (choice number, goto position) pairs met so far; `worths`
    are the sums of the choices' marks.
    """

    story: Story
    graph: Graph
    facts: tuple[str, ...]
    slots: Mapping[str, int]
    start: Fixed
    steps: list[tuple[ChoiceStep, ...]]
    names: list[tuple[str, str]]
    numbers: Mapping[tuple[str, str], int]
    used: set[tuple[int, int]]
    node_watch: Mapping[int, tuple[Watch, ...]]
    choice_watch: Mapping[int, tuple[Watch, ...]]
    worths: list[int]

    @property
    def unconditional(self) -> bool:
        """Whether nothing that was done can change what can be done."""
        return not self.facts

    def path(self, choice: int) -> str:
        """The `scene.choice` of a choice's number; one string, however many walks hold it."""
        return intern(".".join(self.names[choice]))

    def walk(self, moves: Iterable[int]) -> tuple[str, ...]:
        """The `scene.choice` of these choices; reading on from a continue page is left out."""
        return tuple(
            self.path(move) for move in moves if self.names[move][1] != CONTINUE
        )


def program(story: Story, watched: Sequence[Watched] = ()) -> Program:
    """The tables of a story; `watched` conditions are kept decidable, and asked on the way."""
    facts = relevant(story, watched)
    known = life(story, facts, watched)
    slots = {fact: position for position, fact in enumerate(facts)}
    drawn = known.graph
    moves = list(story.moves())
    names = [(scene.id, choice.id) for scene, choice in moves]
    numbers = {name: position for position, name in enumerate(names)}
    built = StepBuilder(story, known, slots, spans(story, drawn, facts, watched))
    steps = [
        tuple(
            built.step(node, numbers[scene.id, move.id], move) for move in scene.moves
        )
        for node, scene in enumerate(story.scenes.values())
    ]
    steps += [()] * (len(drawn.names) - drawn.scenes)
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
        [choice.worth for _, choice in moves],
    )


def _by_node(
    watched: Sequence[Watched], drawn: Graph, slots: Mapping[str, int]
) -> Mapping[int, tuple[Watch, ...]]:
    rows: dict[int, list[Watch]] = {}
    for position, item in enumerate(watched):
        if not item.choice:
            row = rows.setdefault(drawn.number[item.node], [])
            row.append(_watch(position, item, slots))
    return {node: tuple(row) for node, row in rows.items()}


def _by_choice(
    watched: Sequence[Watched],
    numbers: Mapping[tuple[str, str], int],
    slots: Mapping[str, int],
) -> Mapping[int, tuple[Watch, ...]]:
    rows: dict[int, list[Watch]] = {}
    for position, item in enumerate(watched):
        if item.choice:
            row = rows.setdefault(numbers[item.node, item.choice], [])
            row.append(_watch(position, item, slots))
    return {choice: tuple(row) for choice, row in rows.items()}


def _watch(position: int, item: Watched, slots: Mapping[str, int]) -> Watch:
    given = reader(item.given, slots) if item.given else None
    return position, reader(item.condition, slots), given
