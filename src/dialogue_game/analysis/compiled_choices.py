"""Choices compiled to steps between worlds: guards, changes and gotos as functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from dialogue_game.analysis.conditions import (
    ANY_BREACH,
    EARNED,
    Liveness,
    Reader,
    World,
    breach_flags,
    chosen_fact,
    facts_read,
    live_before_goto,
    reader,
    visited_fact,
)
from dialogue_game.analysis.value_bounds import ValueRange
from dialogue_game.core.engine import begin, replay
from dialogue_game.core.expressions import Effect, parse_effect
from dialogue_game.core.story import CONTINUE, Choice, Story

FrozenWorld = tuple[Any, ...]
"""A world: the values of the facts, None where one does not matter."""
Take = Callable[[FrozenWorld], tuple[int, FrozenWorld]]
"""Takes a choice: from a world to a node and the world there."""
Clamp = tuple[int, float, float]
"""A slot, and the lowest and highest value worth telling apart there."""


@dataclass(slots=True)
class CompiledExpression:
    """A condition or value, and the slots that it reads."""

    read: Reader
    slots: tuple[int, ...]


Changes = tuple[tuple[int, CompiledExpression], ...]
"""Slots that are set, in order, with their new values."""


@dataclass(slots=True)
class EnterEffects:
    """What entering a scene or ending does: first the visit, then its effects.

    `visit` is the slot of having been there, -1 where nothing asks for it.
    """

    visit: int
    first: Changes
    every: Changes

    @property
    def targets(self) -> set[int]:
        """The slots that it may change."""
        return {slot for slot, _ in (*self.first, *self.every)}


@dataclass(slots=True)
class CompiledBranch:
    """Where a choice leads if its condition holds, and what arriving there sets and cuts off."""

    holds: CompiledExpression | None
    target: int
    sets: tuple[tuple[int, Any], ...]
    clamps: tuple[Clamp, ...]
    enters: EnterEffects | None = None

    @property
    def plain(self) -> bool:
        """Whether it has no condition, and arriving changes nothing."""
        return not (self.holds or self.sets or self.clamps or self.enters)


@dataclass(slots=True)
class ChoiceStep:
    """A choice: its number, its guard, and what taking it does.

    `plain` is the target of a choice that changes nothing a condition could notice, else -1.
    `changes` are the slots it sets, in order, with their new values.
    """

    number: int
    guard: Reader | None
    plain: int
    take: Take
    condition: CompiledExpression | None
    changes: Changes
    branches: tuple[CompiledBranch, ...]

    def follow(self, world: FrozenWorld) -> tuple[int, FrozenWorld]:
        """The node and the world after taking it."""
        return (self.plain, world) if self.plain >= 0 else self.take(world)


class StepBuilder:
    """Turns choices into steps; keeps what they share."""

    def __init__(
        self,
        story: Story,
        live_facts: Liveness,
        slots: Mapping[str, int],
        limits: Mapping[str, Sequence[ValueRange]],
    ) -> None:
        self.story, self.live_facts, self.slots = story, live_facts, slots
        self.limits = {slots[name]: by_node for name, by_node in limits.items()}
        self.scenes = tuple(story.scenes)
        self.used: set[tuple[int, int]] = set()
        self.tracks = [fact for fact in story.tracks if fact in slots]
        self.entered: dict[int, EnterEffects | None] = {}

    def first(self) -> FrozenWorld:
        """The world at the start: what matters there, once the first scene is entered."""
        start = self.live_facts.graph.start
        begun = replay(self.story, begin(self.story))
        pairs: Mapping[str, Any] = {EARNED: (0, 0), ANY_BREACH: frozenset()}
        values = []
        for fact, slot in self.slots.items():
            value = begun.variables.get(fact, fact == visited_fact(self.story.start))
            if fact in self.tracks:
                value = pairs.get(fact, value)
            values.append(value if self.live_facts.at[start] >> slot & 1 else None)
        return tuple(values)

    def compiled(self, source: str) -> CompiledExpression | None:
        """A condition over the slots; None for the empty one, which always holds."""
        if not source:
            return None
        slots = tuple(dict.fromkeys(self.slots[fact] for fact in facts_read(source)))
        return CompiledExpression(reader(source, self.slots), slots)

    def step(self, node: int, number: int, choice: Choice) -> ChoiceStep:
        """The step of one choice."""
        condition = self.compiled(choice.when)
        guard = condition.read if condition else None
        branches = self.branches(node, choice)
        changes = self.changes(node, choice) if self.slots else ()
        plain = -1
        take: Take = _untaken
        if not changes and len(branches) == 1 and branches[0].plain:
            plain = branches[0].target
        else:
            take = _taker(number, changes, branches, self.used)
        return ChoiceStep(number, guard, plain, take, condition, changes, branches)

    def changes(self, node: int, choice: Choice) -> Changes:
        """What taking a choice changes and somebody may notice, in order."""
        live_after = live_before_goto(self.live_facts, choice)
        effects, live = self.noticed(choice.effects, live_after)
        taken = chosen_fact(f"{self.scenes[node]}.{choice.id}")
        chosen: Changes = ()
        if live & self.live_facts.bits.get(taken, 0):
            chosen = ((self.slots[taken], _constant(True)),)
        return (*self.profile(node, choice, live), *chosen, *effects)

    def noticed(self, effects: Sequence[str], live: int) -> tuple[Changes, int]:
        """The effects that change what matters after them, and what matters before them."""
        kept: list[tuple[int, CompiledExpression]] = []
        for source in reversed(effects):
            effect = parse_effect(source)
            bit = self.live_facts.bits.get(effect.target, 0)
            if not live & bit:
                continue
            if effect.operator == "=":
                live &= ~bit
            live |= self.live_facts.mask(effect.value.source)
            kept.append(self.change(effect))
        return tuple(reversed(kept)), live

    def profile(self, node: int, choice: Choice, live: int) -> Changes:
        """What a decision changes of the profile so far, where somebody may notice."""
        if choice.id == CONTINUE:
            return ()
        flags = breach_flags(choice, self.tracks)
        changes: dict[str, CompiledExpression] = {}
        for fact in self.tracks:
            slot = self.slots[fact]
            if not live >> slot & 1:
                continue
            if fact == EARNED:
                changes[fact] = self.earning(slot, node, choice)
            elif fact == ANY_BREACH:
                changes[fact] = _breaching(slot, choice)
            elif fact == "decisions":
                changes[fact] = _one_more(slot)
            elif fact in flags:
                changes[fact] = _constant(flags[fact])
        # What is earned depends on guards, which may read the others: it comes first.
        order = sorted(changes, key=lambda fact: fact != EARNED)
        return tuple((self.slots[fact], changes[fact]) for fact in order)

    def earning(self, slot: int, node: int, choice: Choice) -> CompiledExpression:
        """What a decision adds to the points earned and at stake, by the options there are."""
        scene = self.story.scenes[self.scenes[node]]
        mine = choice.worth
        always = [option.worth for option in scene.choices.values() if not option.when]
        least, most = min(always, default=mine), max(always, default=mine)
        guarded = [
            (condition, option.worth)
            for option in scene.choices.values()
            if (condition := self.compiled(option.when))
            and not least <= option.worth <= most
        ]

        def earned(world: World) -> tuple[int, int]:
            low, high = least, most
            for guard, worth in guarded:
                if not low <= worth <= high and guard.read(world):
                    low, high = min(low, worth), max(high, worth)
            points, at_stake = world[slot]
            return points + mine - low, at_stake + high - low

        slots = (s for guard, _ in guarded for s in guard.slots)
        return CompiledExpression(earned, tuple(dict.fromkeys((slot, *slots))))

    def enters(self, target: int) -> EnterEffects | None:
        """What entering a node does, where somebody may notice."""
        if target not in self.entered:
            self.entered[target] = self._entering(target)
        return self.entered[target]

    def _entering(self, target: int) -> EnterEffects | None:
        live_facts = self.live_facts
        effects = live_facts.entering.get(target)
        if effects is None:
            return None
        every, live = self.noticed(effects.every, live_facts.at[target])
        first, _ = self.noticed(effects.first, live)
        visit = self.slots.get(visited_fact(live_facts.graph.names[target]), -1)
        return EnterEffects(visit, first, every) if first or every else None

    def change(self, effect: Effect) -> tuple[int, CompiledExpression]:
        """One effect: the slot it sets and the value it gives."""
        slot, expression = self.slots[effect.target], self.compiled(effect.value.source)
        if expression is None:
            raise ValueError(effect.source)
        if effect.operator == "=":
            return slot, expression
        value = expression.read
        both = tuple(dict.fromkeys((slot, *expression.slots)))
        if effect.operator == "+=":
            return slot, CompiledExpression(lambda w: w[slot] + value(w), both)
        return slot, CompiledExpression(lambda w: w[slot] - value(w), both)

    def branches(self, node: int, choice: Choice) -> tuple[CompiledBranch, ...]:
        """The gotos of a choice, up to the first that always holds."""
        found = []
        live = 0
        if self.slots:
            live = live_before_goto(self.live_facts, choice) | self.live_facts.at[node]
        for branch in choice.goto:
            target = self.live_facts.graph.target(branch.to)
            sets, clamps = self.arriving(node, choice, target, live)
            enters = self.enters(target) if self.slots else None
            condition = self.compiled(branch.when)
            found.append(CompiledBranch(condition, target, sets, clamps, enters))
            if not branch.when:
                break
        return tuple(found)

    def arriving(
        self, node: int, choice: Choice, target: int, before: int
    ) -> tuple[tuple[tuple[int, Any], ...], tuple[Clamp, ...]]:
        """What arriving at a node does: note the visit, forget what no longer matters.

        `before` are the facts that mattered until the way on was decided.
        """
        if not self.slots:
            return (), ()
        live = self.live_facts.at[target]
        visited = visited_fact(self.live_facts.graph.names[target])
        visit_slot = self.slots.get(visited, -1)
        moved = self.moved_slots(choice, target)
        enters = self.enters(target)
        for slot in enters.targets if enters is not None else ():
            before |= 1 << slot
        sets: list[tuple[int, Any]] = []
        clamps: list[Clamp] = []
        for slot in _positions(live | before):
            if not live >> slot & 1:
                sets.append((slot, None))
            elif slot == visit_slot:
                sets.append((slot, True))
            elif slot in self.limits:
                clamps += self.clamp(slot, node, target, moved=slot in moved)
        return tuple(sets), tuple(clamps)

    def moved_slots(self, choice: Choice, target: int) -> set[int]:
        """The slots that taking a choice, and arriving at a node, may change."""
        facts = {parse_effect(source).target for source in choice.effects}
        moved = {
            self.slots[fact] for fact in (*facts, "decisions") if fact in self.slots
        }
        enters = self.enters(target)
        return moved | enters.targets if enters is not None else moved

    def clamp(
        self, slot: int, node: int, target: int, *, moved: bool
    ) -> Iterator[Clamp]:
        """How a number is cut off on arriving, unless it is within these values already."""
        low, high = self.limits[slot][target]
        least, most = self.limits[slot][node]
        within = not moved and low <= least and most <= high
        if not within and (isfinite(low) or isfinite(high)):
            yield slot, low, high


def _breaching(slot: int, choice: Choice) -> CompiledExpression:
    """How a choice's marks change the set of guidelines that are breached and not repaired."""
    breached = frozenset(m.guideline for m in choice.marks if m.word == "breaches")
    repaired = frozenset(m.guideline for m in choice.marks if m.weight > 0)
    return CompiledExpression(lambda w: (w[slot] - repaired) | breached, (slot,))


def _enter(enters: EnterEffects, world: list[Any]) -> None:
    """Do in a world what entering a place does."""
    again = enters.visit >= 0 and world[enters.visit]
    if enters.visit >= 0:
        world[enters.visit] = True
    for slot, value in enters.every if again else (*enters.first, *enters.every):
        world[slot] = value.read(world)


def _positions(mask: int) -> list[int]:
    positions = []
    while mask:
        lowest = mask & -mask
        positions.append(lowest.bit_length() - 1)
        mask ^= lowest
    return positions


def _constant(value: Any) -> CompiledExpression:
    return CompiledExpression(lambda world: value, ())


def _one_more(slot: int) -> CompiledExpression:
    return CompiledExpression(lambda world: world[slot] + 1, (slot,))


def _untaken(world: FrozenWorld) -> tuple[int, FrozenWorld]:
    raise NotImplementedError


def _taker(
    number: int,
    changes: Changes,
    branches: tuple[CompiledBranch, ...],
    used: set[tuple[int, int]],
) -> Take:
    """The function that takes a choice: from a world to a node and the world there."""
    only = branches[0] if len(branches) == 1 else None
    setters = tuple((slot, condition.read) for slot, condition in changes)
    gates = tuple(
        (branch.holds.read if branch.holds else None, branch) for branch in branches
    )

    def take(world: FrozenWorld) -> tuple[int, FrozenWorld]:
        after = list(world)
        for slot, value in setters:
            after[slot] = value(after)
        branch = only
        if branch is None:
            for position, (holds, candidate) in enumerate(gates):
                if holds is None or holds(after):
                    used.add((number, position))
                    branch = candidate
                    break
        if branch is None:
            raise LookupError(number)
        if branch.enters is not None:
            _enter(branch.enters, after)
        for slot, fixed in branch.sets:
            after[slot] = fixed
        for slot, low, high in branch.clamps:
            now = after[slot]
            if now > high:
                after[slot] = high
            elif now < low:
                after[slot] = low
        return branch.target, tuple(after)

    return take
