"""Where a play may be caught: scenes with every option locked, scenes that lead only to each other.

Where all states were looked at they tell it. Past the bound the over-estimate proves some, and
plays that are led towards the scenes in question find others; what they find is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogue_game.analysis.compiled_choices import ChoiceStep, FrozenWorld
from dialogue_game.analysis.graph import components, cyclic, reachable, reversed_targets
from dialogue_game.analysis.past_bound import SEED, PastBound
from dialogue_game.analysis.state_space import ENDED, UNEXPANDED, StateGraph
from dialogue_game.analysis.walks import random_source

MOST_STEPS: Final = 120_000
"""Decisions spent on plays towards scenes where one may be caught."""
MOST_PLAYS: Final = 100
"""Plays towards each of them."""
LONGEST: Final = 2_000
MOST_AROUND: Final = 400
"""States looked at around one that may be caught."""


@dataclass(frozen=True, slots=True)
class StuckScene:
    """A scene that a walk reaches with nothing left to choose."""

    scene: str
    walk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """Scenes that lead only to each other, and a walk into them where one is known."""

    scenes: tuple[str, ...]
    walk: tuple[str, ...] | None


@dataclass(slots=True)
class TrapFindings:
    """What was found, by node and by the scenes of a trap."""

    stuck: dict[int, StuckScene] = field(default_factory=dict)
    traps: dict[tuple[str, ...], Trap] = field(default_factory=dict)

    def results(self) -> tuple[tuple[StuckScene, ...], tuple[Trap, ...]]:
        """What was found, in the order of the story."""
        return tuple(self.stuck[node] for node in sorted(self.stuck)), tuple(
            self.traps.values()
        )


def find_traps(
    states: StateGraph, can_end: Sequence[bool], past_bound: PastBound
) -> tuple[tuple[StuckScene, ...], tuple[Trap, ...]]:
    """Every place where a play may be caught, as far as it was found."""
    known = TrapFindings(_stuck(states))
    if states.complete:
        known.traps = _traps(states, can_end)
    else:
        _Hunt(states, past_bound, known).run()
    return known.results()


def _stuck(states: StateGraph) -> dict[int, StuckScene]:
    """The first state of each scene that offers nothing."""
    scenes: dict[int, StuckScene] = {}
    names = states.program.graph.names
    for state, offer in enumerate(states.menu):
        if offer >= 0 and not states.successors[state]:
            node = states.node[state]
            if node not in scenes:
                scenes[node] = StuckScene(names[node], states.walk(state))
    return scenes


def _traps(states: StateGraph, can_end: Sequence[bool]) -> dict[tuple[str, ...], Trap]:
    """The cycles of states that nothing leads out of, one a set of scenes."""
    traps: dict[tuple[str, ...], Trap] = {}
    if all(can_end):
        return traps
    outs = [
        state
        for state, offer in enumerate(states.menu)
        if offer in (ENDED, UNEXPANDED) or not states.successors[state]
    ]
    escapes = reachable(reversed_targets(states.successors), outs)
    names = states.program.graph.names
    held = [state for state, free in enumerate(escapes) if not free]
    place = {state: position for position, state in enumerate(held)}
    among = [[place[to] for to in states.successors[state]] for state in held]
    for group in components(among):
        part = [held[position] for position in group]
        inside = set(part)
        if any(t not in inside for s in part for t in states.successors[s]):
            continue
        scenes = tuple(names[node] for node in sorted({states.node[s] for s in part}))
        traps.setdefault(scenes, Trap(scenes, states.walk(min(part))))
    return traps


@dataclass(frozen=True, slots=True)
class _Place:
    """A scene where a play may be caught, with the scenes of its circle."""

    node: int
    around: frozenset[int]


class _Hunt:
    """Past the bound: what the over-estimate proves, and what led plays find."""

    def __init__(
        self, states: StateGraph, past_bound: PastBound, known: TrapFindings
    ) -> None:
        self.state_graph, self.past_bound, self.known = states, past_bound, known
        self.program = states.program
        self.steps = states.program.steps
        self.names = states.program.graph.names
        self.targets = [self.leads(node) for node in range(len(self.names))]
        self.sources = reversed_targets(self.targets)
        self.pick = random_source(SEED)
        self.spent = 0

    def leads(self, node: int) -> tuple[int, ...]:
        """Where a scene may lead: what the over-estimate does not rule out."""
        possible = self.past_bound.possible.branches
        found = [
            branch.target
            for step in self.steps[node]
            for position, branch in enumerate(step.branches)
            if (step.number, position) in possible
        ]
        return tuple(dict.fromkeys(found))

    def run(self) -> None:
        """Look at every circle and every scene without a free option."""
        places: list[_Place] = []
        for part in components(self.targets):
            inside = frozenset(part)
            met = self.past_bound.possible.nodes & inside
            if not met:
                continue
            leads = {to for node in part for to in self.targets[node]}
            if leads and leads <= inside:
                scenes = self.program.graph.ids(sorted(part))
                self.known.traps[scenes] = Trap(
                    scenes, self.walk(part) or self.led(part[0])
                )
            else:
                places += self.doubtful(part, inside)
        self.lead(places)

    def walk(self, part: Sequence[int]) -> tuple[str, ...] | None:
        """A walk to one of these nodes, where one is known."""
        states = [
            self.state_graph.node_state[node]
            for node in part
            if node in self.state_graph.node_state
        ]
        if states:
            return self.state_graph.walk(min(states))
        plays = (
            self.past_bound.nodes[node]
            for node in part
            if node in self.past_bound.nodes
        )
        where = next(plays, None)
        return self.past_bound.walk(self.program, where) if where else None

    def led(self, node: int) -> tuple[str, ...] | None:
        """A walk to a node by one of some plays that are led towards it."""
        toward = reachable(self.sources, [node])
        plays = (
            self.arrive(node, toward, eager=bool(n % 2)) for n in range(MOST_PLAYS)
        )
        arrived = next(filter(None, plays), None)
        return self.program.walk(arrived[1]) if arrived else None

    def doubtful(self, part: Sequence[int], inside: frozenset[int]) -> Iterator[_Place]:
        """The scenes of a part where conditions may keep a play."""
        circle = cyclic(part, self.targets) and any(
            step.guard or len(step.branches) > 1
            for node in part
            for step in self.steps[node]
        )
        for node in part:
            asked = circle or all(step.guard for step in self.steps[node])
            if asked and self.targets[node] and node not in self.known.stuck:
                yield _Place(node, inside)

    def lead(self, places: Sequence[_Place]) -> None:
        """Lead plays towards these scenes, each in turn, until something is found or all spent."""
        toward: dict[int, list[bool]] = {}
        for turn in range(MOST_PLAYS):
            for place in places:
                if self.spent > MOST_STEPS:
                    return
                if self.settled(place):
                    continue
                if not turn:
                    toward[place.node] = reachable(self.sources, [place.node])
                    self.spent += len(self.names) // 8
                arrived = self.arrive(
                    place.node, toward[place.node], eager=bool(turn % 2)
                )
                if arrived is not None:
                    self.look_around(place, *arrived)

    def settled(self, place: _Place) -> bool:
        """Whether it is known that a play may be caught here."""
        name = self.names[place.node]
        return place.node in self.known.stuck or any(
            name in trap for trap in self.known.traps
        )

    def open(self, node: int, world: FrozenWorld) -> list[ChoiceStep]:
        """The choices that can be taken in a state."""
        return [
            step for step in self.steps[node] if step.guard is None or step.guard(world)
        ]

    def arrive(
        self, goal: int, toward: Sequence[bool], *, eager: bool
    ) -> tuple[FrozenWorld, list[int]] | None:
        """Play by lot among what still leads there: the world on arriving, and the choices.

        An eager play takes first what changes the facts that are asked for there.
        """
        asked = {
            slot for step in self.steps[goal] if step.asked for slot in step.asked.slots
        }
        node, world = self.program.graph.start, self.program.start
        taken: list[int] = []
        while node != goal:
            options = self.open(node, world)
            self.spent += 1
            while options:
                liked = [
                    s
                    for s in options
                    if eager and asked & {slot for slot, _ in s.changes}
                ]
                step = (liked or options)[self.pick(len(liked or options))]
                options.remove(step)
                to, after = _taken(step, world)
                if toward[to]:
                    break
            else:
                return None
            if len(taken) > LONGEST:
                return None
            node, world = to, after
            taken.append(step.number)
        return world, taken

    def look_around(
        self, place: _Place, world: FrozenWorld, taken: Sequence[int]
    ) -> None:
        """Whether every state from here on stays in the circle, or is stuck."""
        seen = {(place.node, world)}
        waiting = [(place.node, world)]
        for node, here in waiting:
            options = self.open(node, here)
            self.spent += 1
            if not options and node == place.node:
                self.known.stuck[node] = StuckScene(
                    self.names[node], self.program.walk(taken)
                )
                return
            if not options or len(waiting) > MOST_AROUND:
                return
            for after in (_taken(step, here) for step in options):
                if after[0] not in place.around:
                    return
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        scenes = self.program.graph.ids(sorted({node for node, _ in seen}))
        self.known.traps.setdefault(scenes, Trap(scenes, self.program.walk(taken)))


def _taken(step: ChoiceStep, world: FrozenWorld) -> tuple[int, FrozenWorld]:
    return (step.plain, world) if step.plain >= 0 else step.take(world)
