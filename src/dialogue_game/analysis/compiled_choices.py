"""Choices as steps between worlds: guards, changes and gotos, compiled to functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
Cut = tuple[int, float, float]
"""A slot, and the lowest and highest value worth telling apart there."""


@dataclass(slots=True)
class CompiledExpression:
    """A condition or value, and the slots that it reads."""

    read: Reader
    slots: tuple[int, ...]


Changes = tuple[tuple[int, CompiledExpression], ...]
"""Slots that are set, in order, with their new values."""


@dataclass(slots=True)
class Enters:
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
    cuts: tuple[Cut, ...]
    enters: Enters | None = None


@dataclass(slots=True)
class ChoiceStep:
    """A choice: its number, its guard, and what taking it does.

    `plain` is the target of a choice that changes nothing a condition could notice, else -1.
    `changes` are the slots it sets, in order, with their new values.
    """

    number: int
    guard: Reader | None
    plain: int
    take: Callable[[FrozenWorld], tuple[int, FrozenWorld]]
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
        known: Liveness,
        slots: Mapping[str, int],
        limits: Mapping[str, Sequence[ValueRange]],
    ) -> None:
        self.story, self.known, self.slots = story, known, slots
        self.limits = {slots[name]: by_node for name, by_node in limits.items()}
        self.scenes = tuple(story.scenes)
        self.used: set[tuple[int, int]] = set()
        self.tracks = [fact for fact in story.tracks if fact in slots]
        self.entered: dict[int, Enters | None] = {}

    def first(self) -> FrozenWorld:
        """The world at the start: what matters there, once the first scene is entered."""
        start = self.known.graph.start
        begun = replay(self.story, begin(self.story))
        pairs: Mapping[str, Any] = {EARNED: (0, 0), ANY_BREACH: frozenset()}
        values = []
        for fact, slot in self.slots.items():
            value = begun.variables.get(fact, fact == visited_fact(self.story.start))
            if fact in self.tracks:
                value = pairs.get(fact, value)
            values.append(value if self.known.at[start] >> slot & 1 else None)
        return tuple(values)

    def asked(self, source: str) -> CompiledExpression | None:
        """A condition over the slots; None for the empty one, which always holds."""
        if not source:
            return None
        slots = tuple(dict.fromkeys(self.slots[fact] for fact in facts_read(source)))
        return CompiledExpression(reader(source, self.slots), slots)

    def step(self, node: int, number: int, choice: Choice) -> ChoiceStep:
        """The step of one choice."""
        asked = self.asked(choice.when)
        guard = asked.read if asked else None
        branches = self.branches(node, choice)
        changes = self.changes(node, choice) if self.slots else ()
        bare = not changes and len(branches) == 1
        bare = bare and not (branches[0].sets or branches[0].cuts or branches[0].enters)
        plain = branches[0].target if bare and branches[0].holds is None else -1
        take = _taker(number, changes, branches, self.used) if plain < 0 else _nothing
        return ChoiceStep(number, guard, plain, take, asked, changes, branches)

    def changes(self, node: int, choice: Choice) -> Changes:
        """What taking a choice changes and somebody may notice, in order."""
        effects, live = self.noticed(
            choice.effects, live_before_goto(self.known, choice)
        )
        taken = chosen_fact(f"{self.scenes[node]}.{choice.id}")
        chosen: Changes = ()
        if live & self.known.bits.get(taken, 0):
            chosen = ((self.slots[taken], CompiledExpression(_true, ())),)
        return (*self.profile(node, choice, live), *chosen, *effects)

    def noticed(self, effects: Sequence[str], live: int) -> tuple[Changes, int]:
        """The effects that change what matters after them, and what matters before them."""
        kept: list[tuple[int, CompiledExpression]] = []
        for source in reversed(effects):
            effect = parse_effect(source)
            bit = self.known.bits.get(effect.target, 0)
            if not live & bit:
                continue
            if effect.operator == "=":
                live &= ~bit
            live |= self.known.mask(effect.value.source)
            kept.append(self.change(effect))
        return tuple(reversed(kept)), live

    def profile(self, node: int, choice: Choice, live: int) -> Changes:
        """What a decision changes of the profile so far, where somebody may notice."""
        if choice.id == CONTINUE:
            return ()
        kept: list[tuple[int, CompiledExpression]] = []
        settled = breach_flags(choice, self.tracks)
        for fact in sorted(
            self.tracks, key=(EARNED, ANY_BREACH).__contains__, reverse=True
        ):
            slot = self.slots[fact]
            if not live >> slot & 1:
                continue
            if fact == EARNED:
                kept.insert(0, (slot, self.earning(slot, node, choice)))
            elif fact == ANY_BREACH:
                kept.append((slot, _breaching(slot, choice)))
            elif fact == "decisions":
                kept.append(
                    (slot, CompiledExpression(lambda w, at=slot: w[at] + 1, (slot,)))  # type: ignore[misc]
                )
            elif fact in settled:
                kept.append(
                    (slot, CompiledExpression(lambda w, value=settled[fact]: value, ()))  # type: ignore[misc]
                )
        return tuple(kept)

    def earning(self, slot: int, node: int, choice: Choice) -> CompiledExpression:
        """What a decision adds to the points earned and at stake, by the options there are."""
        scene = self.story.scenes[self.scenes[node]]
        mine = choice.worth
        always = [option.worth for option in scene.choices.values() if not option.when]
        least, most = min(always, default=mine), max(always, default=mine)
        guarded = [
            (asked, option.worth)
            for option in scene.choices.values()
            if (asked := self.asked(option.when)) and not least <= option.worth <= most
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

    def enters(self, target: int) -> Enters | None:
        """What entering a node does, where somebody may notice."""
        if target not in self.entered:
            self.entered[target] = self._entering(target)
        return self.entered[target]

    def _entering(self, target: int) -> Enters | None:
        known = self.known
        effects = known.entering.get(target)
        if effects is None:
            return None
        every, live = self.noticed(effects.every, known.at[target])
        first, _ = self.noticed(effects.first, live)
        visit = self.slots.get(visited_fact(known.graph.names[target]), -1)
        return Enters(visit, first, every) if first or every else None

    def change(self, effect: Effect) -> tuple[int, CompiledExpression]:
        """One effect: the slot it sets and the value it gives."""
        slot, asked = self.slots[effect.target], self.asked(effect.value.source)
        if asked is None:
            raise ValueError(effect.source)
        value = asked.read
        if effect.operator == "=":
            return slot, asked
        both = tuple(dict.fromkeys((slot, *asked.slots)))
        if effect.operator == "+=":
            return slot, CompiledExpression(lambda w: w[slot] + value(w), both)
        return slot, CompiledExpression(lambda w: w[slot] - value(w), both)

    def branches(self, node: int, choice: Choice) -> tuple[CompiledBranch, ...]:
        """The gotos of a choice, up to the first that always holds."""
        found = []
        live = (
            self.known.at[node] | live_before_goto(self.known, choice)
            if self.slots
            else 0
        )
        for branch in choice.goto:
            target = self.known.graph.target(branch.to)
            sets, cuts = self.arriving(node, choice, target, live)
            enters = self.enters(target) if self.slots else None
            found.append(
                CompiledBranch(self.asked(branch.when), target, sets, cuts, enters)
            )
            if not branch.when:
                break
        return tuple(found)

    def arriving(
        self, node: int, choice: Choice, target: int, before: int
    ) -> tuple[tuple[tuple[int, Any], ...], tuple[Cut, ...]]:
        """What arriving at a node does: note the visit, forget what no longer matters.

        `before` are the facts that mattered until the way on was decided.
        """
        if not self.slots:
            return (), ()
        known = self.known
        live = known.at[target]
        sets: list[tuple[int, Any]] = []
        cuts: list[Cut] = []
        visit = self.slots.get(visited_fact(known.graph.names[target]), -1)
        moved = {
            self.slots.get(parse_effect(source).target) for source in choice.effects
        }
        moved.add(self.slots.get("decisions"))
        enters = self.enters(target)
        if enters is not None:
            moved |= enters.targets
            before |= sum(1 << slot for slot in enters.targets)
        for slot in _positions(live | before):
            if not live >> slot & 1:
                sets.append((slot, None))
            elif slot == visit:
                sets.append((slot, True))
            elif slot in self.limits:
                low, high = self.limits[slot][target]
                least, most = self.limits[slot][node]
                within = slot not in moved and low <= least and most <= high
                if not within and (isfinite(low) or isfinite(high)):
                    cuts.append((slot, low, high))
        return tuple(sets), tuple(cuts)


def _breaching(slot: int, choice: Choice) -> CompiledExpression:
    """How a choice's marks change the set of guidelines that are breached and not repaired."""
    breached = frozenset(m.guideline for m in choice.marks if m.word == "breaches")
    repaired = frozenset(m.guideline for m in choice.marks if m.weight > 0)
    return CompiledExpression(lambda w: (w[slot] - repaired) | breached, (slot,))


def _enter(enters: Enters, world: list[Any]) -> None:
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


def _true(world: Any) -> bool:
    return True


def _nothing(world: FrozenWorld) -> tuple[int, FrozenWorld]:
    raise NotImplementedError


def _taker(
    number: int,
    changes: Changes,
    branches: tuple[CompiledBranch, ...],
    used: set[tuple[int, int]],
) -> Callable[[FrozenWorld], tuple[int, FrozenWorld]]:
    """The function that takes a choice: from a world to a node and the world there."""
    only = branches[0] if len(branches) == 1 else None
    setters = tuple((slot, asked.read) for slot, asked in changes)
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
        for slot, low, high in branch.cuts:
            now = after[slot]
            if now > high:
                after[slot] = high
            elif now < low:
                after[slot] = low
        return branch.target, tuple(after)

    return take
