"""Traps: scenes that lead only to each other, and scenes where every option may be locked.

Where all states were looked at they tell it. Past the bound the over-approximation proves some,
and plays that are guided towards the scenes in question find others; what they find is so.
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
"""Decisions spent on plays towards scenes that may be a trap."""
MOST_PLAYS: Final = 100
"""Plays towards each of them."""
LONGEST_PLAY: Final = 2_000
MOST_EXPLORED: Final = 400
"""States looked at around one that may be in a trap."""


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
    """What was found: stuck scenes by their node, traps by their scenes."""

    stuck: dict[int, StuckScene] = field(default_factory=dict)
    traps: dict[tuple[str, ...], Trap] = field(default_factory=dict)


def find_traps(
    states: StateGraph, can_end: Sequence[bool], past_bound: PastBound
) -> tuple[tuple[StuckScene, ...], tuple[Trap, ...]]:
    """Every stuck scene and every trap, as far as they were found, in the order of the story."""
    known = TrapFindings(_stuck_scenes(states))
    if states.complete:
        known.traps = _closed_cycles(states, can_end)
    else:
        _TrapSearch(states, past_bound, known).run()
    stuck = tuple(known.stuck[node] for node in sorted(known.stuck))
    return stuck, tuple(known.traps.values())


def _stuck_scenes(states: StateGraph) -> dict[int, StuckScene]:
    """The first state of each scene that offers nothing."""
    stuck: dict[int, StuckScene] = {}
    names = states.program.graph.names
    for state, menu in enumerate(states.menu):
        node = states.node[state]
        if menu >= 0 and not states.successors[state] and node not in stuck:
            stuck[node] = StuckScene(names[node], states.walk(state))
    return stuck


def _closed_cycles(
    states: StateGraph, can_end: Sequence[bool]
) -> dict[tuple[str, ...], Trap]:
    """The cycles of states that nothing leads out of, one for each set of scenes."""
    traps: dict[tuple[str, ...], Trap] = {}
    if all(can_end):
        return traps
    exits = [
        state
        for state, menu in enumerate(states.menu)
        if menu in (ENDED, UNEXPANDED) or not states.successors[state]
    ]
    can_leave = reachable(reversed_targets(states.successors), exits)
    caught = [state for state, free in enumerate(can_leave) if not free]
    position = {state: number for number, state in enumerate(caught)}
    targets = [[position[to] for to in states.successors[state]] for state in caught]
    for component in components(targets):
        inside = set(component)
        if any(to not in inside for number in component for to in targets[number]):
            continue
        members = [caught[number] for number in component]
        nodes = sorted({states.node[state] for state in members})
        scenes = states.program.graph.ids(nodes)
        traps.setdefault(scenes, Trap(scenes, states.walk(min(members))))
    return traps


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A scene that may be in a trap, and the scenes that it shares a cycle with."""

    node: int
    cycle: frozenset[int]


class _TrapSearch:
    """Past the bound: what the over-approximation proves, and what guided plays find."""

    def __init__(
        self, states: StateGraph, past_bound: PastBound, known: TrapFindings
    ) -> None:
        self.states, self.past_bound, self.known = states, past_bound, known
        self.program = states.program
        self.steps = states.program.steps
        self.names = states.program.graph.names
        self.targets = [self.possible_targets(node) for node in range(len(self.names))]
        self.sources = reversed_targets(self.targets)
        self.pick = random_source(SEED)
        self.spent = 0

    def possible_targets(self, node: int) -> tuple[int, ...]:
        """Where a scene may lead: what the over-approximation does not rule out."""
        possible = self.past_bound.possible.branches
        targets = [
            branch.target
            for step in self.steps[node]
            for position, branch in enumerate(step.branches)
            if (step.number, position) in possible
        ]
        return tuple(dict.fromkeys(targets))

    def run(self) -> None:
        """Look at every cycle, and at every scene without an option that is always open."""
        suspects: list[_Suspect] = []
        for component in components(self.targets):
            inside = frozenset(component)
            if inside.isdisjoint(self.past_bound.possible.nodes):
                continue
            leads = {to for node in component for to in self.targets[node]}
            if leads and leads <= inside:
                walk = self.known_walk(component)
                if walk is None:
                    walk = self.guided_walk(component[0])
                self.add_trap(component, walk)
            else:
                suspects += self.suspects(component, inside)
        self.guide_towards(suspects)

    def add_trap(
        self, nodes: Sequence[int] | set[int], walk: tuple[str, ...] | None
    ) -> None:
        """Note that these nodes lead only to each other."""
        scenes = self.program.graph.ids(sorted(nodes))
        self.known.traps.setdefault(scenes, Trap(scenes, walk))

    def known_walk(self, component: Sequence[int]) -> tuple[str, ...] | None:
        """A walk to one of these nodes, where one is known already."""
        first = self.states.node_state
        states = [first[node] for node in component if node in first]
        if states:
            return self.states.walk(min(states))
        played = self.past_bound.nodes
        where = next((played[node] for node in component if node in played), None)
        return self.past_bound.walk(self.program, where) if where else None

    def guided_walk(self, node: int) -> tuple[str, ...] | None:
        """A walk to a node by one of some plays that are guided towards it."""
        toward = reachable(self.sources, [node])
        for number in range(MOST_PLAYS):
            arrived = self.arrive(node, toward, eager=bool(number % 2))
            if arrived is not None:
                return self.program.walk(arrived[1])
        return None

    def suspects(
        self, component: Sequence[int], inside: frozenset[int]
    ) -> Iterator[_Suspect]:
        """The scenes of a component that conditions may turn into a trap."""
        conditional_cycle = cyclic(component, self.targets) and any(
            step.guard or len(step.branches) > 1
            for node in component
            for step in self.steps[node]
        )
        for node in component:
            if not self.targets[node] or node in self.known.stuck:
                continue
            if conditional_cycle or all(step.guard for step in self.steps[node]):
                yield _Suspect(node, inside)

    def guide_towards(self, suspects: Sequence[_Suspect]) -> None:
        """Play towards these scenes, each in turn, until all is found or all plays are spent."""
        toward: dict[int, list[bool]] = {}
        for turn in range(MOST_PLAYS):
            for suspect in suspects:
                if self.spent > MOST_STEPS:
                    return
                if self.proved(suspect):
                    continue
                node = suspect.node
                if not turn:
                    toward[node] = reachable(self.sources, [node])
                    self.spent += len(self.names) // 8
                arrived = self.arrive(node, toward[node], eager=bool(turn % 2))
                if arrived is not None:
                    self.explore_around(suspect, *arrived)

    def proved(self, suspect: _Suspect) -> bool:
        """Whether it is known that this scene is in a trap, or can be stuck."""
        name = self.names[suspect.node]
        in_trap = any(name in scenes for scenes in self.known.traps)
        return in_trap or suspect.node in self.known.stuck

    def options(self, node: int, world: FrozenWorld) -> list[ChoiceStep]:
        """The choices that can be taken in a state."""
        return [
            step for step in self.steps[node] if step.guard is None or step.guard(world)
        ]

    def arrive(
        self, goal: int, toward: Sequence[bool], *, eager: bool
    ) -> tuple[FrozenWorld, list[int]] | None:
        """Play at random among what still leads there: the world on arriving, and the choices.

        An eager play takes first what changes the facts that are asked for there.
        """
        slots: set[int] = set()
        for step in self.steps[goal] if eager else ():
            slots.update(step.condition.slots if step.condition else ())
        node, world = self.program.graph.start, self.program.start
        taken: list[int] = []
        while node != goal:
            self.spent += 1
            following = self.random_step(
                self.options(node, world), world, toward, slots
            )
            if following is None or len(taken) > LONGEST_PLAY:
                return None
            choice, node, world = following
            taken.append(choice)
        return world, taken

    def random_step(
        self,
        options: list[ChoiceStep],
        world: FrozenWorld,
        toward: Sequence[bool],
        slots: set[int],
    ) -> tuple[int, int, FrozenWorld] | None:
        """A choice that still leads to the goal, with the node and the world after it.

        Those that change one of these slots come first.
        """
        while options:
            candidates = options
            if slots:
                preferred = [
                    step
                    for step in options
                    if any(slot in slots for slot, _ in step.changes)
                ]
                candidates = preferred or options
            step = candidates[self.pick(len(candidates))]
            options.remove(step)
            node, after = step.follow(world)
            if toward[node]:
                return step.number, node, after
        return None

    def explore_around(
        self, suspect: _Suspect, world: FrozenWorld, taken: Sequence[int]
    ) -> None:
        """Note a trap where every state from here on stays in the cycle, or a stuck scene."""
        seen = {(suspect.node, world)}
        waiting = [(suspect.node, world)]
        for node, here in waiting:
            options = self.options(node, here)
            self.spent += 1
            if not options and node == suspect.node:
                walk = self.program.walk(taken)
                self.known.stuck[node] = StuckScene(self.names[node], walk)
                return
            if not options or len(waiting) > MOST_EXPLORED:
                return
            for step in options:
                after = step.follow(here)
                if after[0] not in suspect.cycle:
                    return
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        self.add_trap({node for node, _ in seen}, self.program.walk(taken))
