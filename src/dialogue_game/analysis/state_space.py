"""The states that a story can reach: its tables, and the search over them up to a bound.

Scenes and endings are nodes (see `graph`), choices are numbered through the whole story, a world
is a tuple with one value a fact. A state is a node with the facts that still matter there, so an
unconditional story has exactly one state a scene. What a step does here equals what the engine
does; tests compare. The search is breadth-first, so that the walks to its states are shortest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Final

from dialogue_game.analysis.compiled_choices import ChoiceStep, FrozenWorld, StepBuilder
from dialogue_game.analysis.conditions import (
    Reader,
    Watched,
    liveness,
    reader,
    relevant_facts,
)
from dialogue_game.analysis.graph import Graph
from dialogue_game.analysis.value_bounds import value_ranges
from dialogue_game.analysis.walks import random_source
from dialogue_game.core.story import CONTINUE, Story

Watch = tuple[int, Reader, Reader | None]
"""A watched condition: its number, what it asks, and what must hold for it to be asked."""
Watches = Mapping[int, tuple[Watch, ...]]


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
    start: FrozenWorld
    steps: list[tuple[ChoiceStep, ...]]
    names: list[tuple[str, str]]
    numbers: Mapping[tuple[str, str], int]
    used: set[tuple[int, int]]
    node_watch: Watches
    choice_watch: Watches
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


def compile_program(story: Story, watched: Sequence[Watched] = ()) -> Program:
    """A story's program; `watched` conditions are kept decidable, and noted on the way."""
    facts = relevant_facts(story, watched)
    live_facts = liveness(story, facts, watched)
    slots = {fact: position for position, fact in enumerate(facts)}
    graph = live_facts.graph
    moves = list(story.transitions())
    names = [(scene.id, choice.id) for scene, choice in moves]
    numbers = {name: position for position, name in enumerate(names)}
    builder = StepBuilder(
        story, live_facts, slots, value_ranges(story, graph, facts, watched)
    )
    steps = [
        tuple(
            builder.step(node, numbers[scene.id, move.id], move)
            for move in scene.transitions
        )
        for node, scene in enumerate(story.scenes.values())
    ]
    steps += [()] * (len(graph.names) - graph.scenes)
    return Program(
        story,
        graph,
        facts,
        slots,
        builder.first(),
        steps,
        names,
        numbers,
        builder.used,
        *watched_by_place(graph.number, numbers, watched, slots),
        [choice.worth for _, choice in moves],
    )


def watched_by_place(
    numbers: Mapping[str, int],
    moves: Mapping[tuple[str, str], int],
    watched: Sequence[Watched],
    slots: Mapping[str, int],
) -> tuple[Watches, Watches]:
    """The watched conditions by the node at which they are asked, and by the choice."""
    by_node: dict[int, tuple[Watch, ...]] = {}
    by_choice: dict[int, tuple[Watch, ...]] = {}
    for position, item in enumerate(watched):
        given = reader(item.given, slots) if item.given else None
        watch = (position, reader(item.condition, slots), given)
        if item.choice:
            choice = moves[item.node, item.choice]
            by_choice[choice] = (*by_choice.get(choice, ()), watch)
        else:
            node = numbers[item.node]
            by_node[node] = (*by_node.get(node, ()), watch)
    return by_node, by_choice


DEFAULT_BOUND: Final = 1_000_000
"""Transitions (choices tried in states) after which the search gives up."""

PROBE: Final = 150_000
"""Transitions after which a quarter of the places must have been met, and half of the states met
also looked at, for the search to go on; where more are asked for than usual, it goes on anyway."""

FACTS: Final = 30
"""So many facts a state has room for; where there are more, fewer states are kept for it."""

LOOKS: Final = 10
"""So many watched conditions take as long as one transition."""

LONGEST_TRACE: Final = 10_000
"""Decisions after which a trace that never ends is given up."""

UNEXPANDED: Final = -1
ENDED: Final = -2


@dataclass(slots=True)
class StateGraph:
    """The state graph. State 0 is the start; state s is at node `place[s]`.

    `offer[s]` numbers the set of choices that can be taken there (`menus`, as choice numbers), or
    is ENDED, or UNEXPANDED where the bound was met. `to[s]` are the states that they lead to, in
    the same order. `parent` and `via` tell the step by which each state was first met.
    """

    program: Program
    node: list[int] = field(default_factory=list)
    menu: list[int] = field(default_factory=list)
    successors: list[tuple[int, ...]] = field(default_factory=list)
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


def explore(program: Program, bound: int = DEFAULT_BOUND) -> StateGraph:
    """All states that can be reached, or those met before `bound` transitions.

    Where a good part of the bound has not shown a quarter of the places, or more than half of the
    states wait to be looked at, the rest is hopeless too, and it stops there. Unconditional
    stories have no bound: they are as many states as scenes.
    """
    states = StateGraph(program, [program.graph.start], parent=[-1], via=[-1])
    expanded = _expand(states, *_limits(program, bound))
    states.complete = expanded == len(states.node)
    left = len(states.node) - expanded
    states.menu += [UNEXPANDED] * left
    states.successors += [()] * left
    _first_met(states)
    return states


def _expand(states: StateGraph, bound: int, probe: int, enough: int) -> int:
    """Look at state after state; how many were looked at before there were no more, or enough."""
    place, parent, via = states.node, states.parent, states.via
    program, steps_of = states.program, states.program.steps
    worlds: list[FrozenWorld] = [program.start]
    index: list[dict[FrozenWorld, int]] = [{} for _ in program.graph.names]
    index[program.graph.start][program.start] = 0
    menus: dict[tuple[int, ...], int] = {}
    watching = bool(program.node_watch or program.choice_watch)
    spent = head = 0
    while head < len(place) and spent < bound:
        if spent > probe:
            if len(place) > 2 * head or len(set(place)) < enough:
                break
            probe = bound
        node, world = place[head], worlds[head]
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
        # Without steps it is an ending, or a scene that is not written yet.
        offered = menus.setdefault(tuple(menu), len(menus)) if steps_of[node] else ENDED
        states.menu.append(offered)
        states.successors.append(tuple(leads))
        if watching:
            spent += _note_watched(states, node, world) // LOOKS
        head += 1
    states.transitions, states.menus = spent, list(menus)
    return head


def _limits(program: Program, bound: int) -> tuple[int, int, int]:
    """The bound, when to probe how far the search came, and how many places are far enough."""
    if program.unconditional:
        bound = sum(map(len, program.steps)) + 1
        return bound, bound, 0
    probe = min(bound // 4, PROBE) if bound <= DEFAULT_BOUND else bound
    bound = bound * FACTS // max(FACTS, len(program.facts))
    return bound, probe, len(program.graph.names) // 4


def _note_watched(states: StateGraph, node: int, world: FrozenWorld) -> int:
    """Note the truth of the watched conditions in a state just expanded; how many there are."""
    program = states.program
    rows = [program.node_watch.get(node, ())]
    if states.menu[-1] >= 0:
        offered = list(states.program.steps[node])
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
                states.seen_true.add(position)
                states.true_state.setdefault(position, len(states.menu) - 1)
            else:
                states.seen_false.add(position)
    return sum(map(len, rows))


def _first_met(states: StateGraph) -> None:
    """For each node and each choice, the first state that shows it reachable."""
    for state, node in enumerate(states.node):
        states.node_state.setdefault(node, state)
    first: dict[int, int] = {}
    at: dict[int, int] = {}
    for state, offer in enumerate(states.menu):
        if offer >= 0 and offer not in first:
            first[offer] = state
            at[offer] = states.node[state]
    for offer, state in first.items():
        menu = states.menus[offer]
        for choice in menu:
            states.choice_state.setdefault(choice, state)
        taken = set(menu)
        for step in states.program.steps[at[offer]]:
            if step.number not in taken:
                states.refused.add(step.number)


@dataclass(slots=True)
class Trace:
    """One play on the tables: nodes with their worlds, and what was offered and taken at each."""

    places: list[tuple[int, FrozenWorld]]
    menus: list[tuple[int, ...]]
    taken: list[int]
    ended: bool = False


def trace(
    program: Program,
    choose: Callable[[tuple[int, ...]], int],
    limit: int = LONGEST_TRACE,
) -> Trace:
    """Play once on the tables; `choose` gives the position of the choice to take in a menu."""
    node, world = program.graph.start, program.start
    made = Trace([(node, world)], [], [])
    while program.steps[node] and len(made.taken) < limit:
        steps = [s for s in program.steps[node] if s.guard is None or s.guard(world)]
        if not steps:
            return made
        menu = tuple(step.number for step in steps)
        step = steps[choose(menu)]
        made.menus.append(menu)
        made.taken.append(step.number)
        if step.plain >= 0:
            node = step.plain
        else:
            node, world = step.take(world)
        made.places.append((node, world))
    made.ended = not program.steps[node]
    return made


def random_traces(program: Program, seed: int, steps: int) -> Iterator[Trace]:
    """Random plays with a fixed seed, until so many places were come by."""
    pick, spent = random_source(seed), 0
    while spent < steps:
        played = trace(program, lambda menu: pick(len(menu)), steps)
        spent += len(played.places)
        yield played
