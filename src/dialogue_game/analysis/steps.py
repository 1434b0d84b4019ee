"""Choices as steps between worlds: guards, changes and gotos, compiled to closures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from dialogue_game.analysis.clamps import Span
from dialogue_game.analysis.closures import Reader, reader
from dialogue_game.analysis.facts import Life, before_goto, chosen_fact, reads, visited_fact
from dialogue_game.core.expressions import Effect, parse_effect
from dialogue_game.core.story import Choice, Story

Fixed = tuple[Any, ...]
"""A world: the values of the facts, None where one does not matter."""
Cut = tuple[int, float, float]
"""A slot, and the lowest and highest value worth telling apart there."""


@dataclass(slots=True)
class Asked:
    """A condition or value, and the slots that it reads."""

    read: Reader
    slots: tuple[int, ...]


@dataclass(slots=True)
class Way:
    """Where a choice leads if its condition holds, and what arriving there sets and cuts off."""

    holds: Asked | None
    target: int
    sets: tuple[tuple[int, Any], ...]
    cuts: tuple[Cut, ...]


@dataclass(slots=True)
class Step:
    """A choice: its number, its guard, and what taking it does.

    `plain` is the target of a choice that changes nothing a condition could notice, else -1.
    `changes` are the slots it sets, in order, with their new values.
    """

    number: int
    guard: Reader | None
    plain: int
    take: Callable[[Fixed], tuple[int, Fixed]]
    asked: Asked | None
    changes: tuple[tuple[int, Asked], ...]
    ways: tuple[Way, ...]


class StepBuilder:
    """Turns choices into steps; keeps what they share."""

    def __init__(
        self,
        story: Story,
        known: Life,
        slots: Mapping[str, int],
        limits: Mapping[str, Sequence[Span]],
    ) -> None:
        self.story, self.known, self.slots = story, known, slots
        self.limits = {slots[name]: by_node for name, by_node in limits.items()}
        self.scenes = tuple(story.scenes)
        self.used: set[tuple[int, int]] = set()

    def first(self) -> Fixed:
        """The world at the start: what matters there, as the story sets it."""
        start = self.known.graph.start
        values = []
        for fact, slot in self.slots.items():
            value = self.story.variables.get(fact, fact == visited_fact(self.story.start))
            values.append(value if self.known.at[start] >> slot & 1 else None)
        return tuple(values)

    def asked(self, source: str) -> Asked | None:
        """A condition over the slots; None for the empty one, which always holds."""
        if not source:
            return None
        slots = tuple(dict.fromkeys(self.slots[fact] for fact in reads(source)))
        return Asked(reader(source, self.slots), slots)

    def step(self, node: int, number: int, choice: Choice) -> Step:
        """The step of one choice."""
        asked = self.asked(choice.when)
        guard = asked.read if asked else None
        ways = self.ways(node, choice)
        changes = self.changes(node, choice) if self.slots else ()
        bare = not changes and len(ways) == 1 and not (ways[0].sets or ways[0].cuts)
        plain = ways[0].target if bare and ways[0].holds is None else -1
        take = _taker(number, changes, ways, self.used) if plain < 0 else _nothing
        return Step(number, guard, plain, take, asked, changes, ways)

    def changes(self, node: int, choice: Choice) -> tuple[tuple[int, Asked], ...]:
        """What taking a choice changes and somebody may notice, in order."""
        live = before_goto(self.known, choice)
        kept: list[tuple[int, Asked]] = []
        for source in reversed(choice.effects):
            effect = parse_effect(source)
            bit = self.known.bits.get(effect.target, 0)
            if not live & bit:
                continue
            if effect.operator == "=":
                live &= ~bit
            live |= self.known.mask(effect.value.source)
            kept.append(self.change(effect))
        taken = chosen_fact(f"{self.scenes[node]}.{choice.id}")
        if live & self.known.bits.get(taken, 0):
            kept.append((self.slots[taken], Asked(_true, ())))
        return tuple(reversed(kept))

    def change(self, effect: Effect) -> tuple[int, Asked]:
        """One effect: the slot it sets and the value it gives."""
        slot, asked = self.slots[effect.target], self.asked(effect.value.source)
        if asked is None:
            raise ValueError(effect.source)
        value = asked.read
        if effect.operator == "=":
            return slot, asked
        both = tuple(dict.fromkeys((slot, *asked.slots)))
        if effect.operator == "+=":
            return slot, Asked(lambda w: w[slot] + value(w), both)
        return slot, Asked(lambda w: w[slot] - value(w), both)

    def ways(self, node: int, choice: Choice) -> tuple[Way, ...]:
        """The gotos of a choice, up to the first that always holds."""
        found = []
        for branch in choice.goto:
            target = self.known.graph.target(branch.to)
            sets, cuts = self.arriving(node, choice, target)
            found.append(Way(self.asked(branch.when), target, sets, cuts))
            if not branch.when:
                break
        return tuple(found)

    def arriving(
        self, node: int, choice: Choice, target: int
    ) -> tuple[tuple[tuple[int, Any], ...], tuple[Cut, ...]]:
        """What arriving at a node does: note the visit, forget what no longer matters."""
        if not self.slots:
            return (), ()
        known = self.known
        live = known.at[target]
        before = known.at[node] | before_goto(known, choice)
        sets: list[tuple[int, Any]] = []
        cuts: list[Cut] = []
        visit = self.slots.get(visited_fact(known.graph.names[target]), -1)
        moved = {self.slots.get(parse_effect(source).target) for source in choice.effects}
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


def _positions(mask: int) -> list[int]:
    positions = []
    while mask:
        lowest = mask & -mask
        positions.append(lowest.bit_length() - 1)
        mask ^= lowest
    return positions


def _true(world: Any) -> bool:
    return True


def _nothing(world: Fixed) -> tuple[int, Fixed]:
    raise NotImplementedError


def _taker(
    number: int,
    changes: tuple[tuple[int, Asked], ...],
    ways: tuple[Way, ...],
    used: set[tuple[int, int]],
) -> Callable[[Fixed], tuple[int, Fixed]]:
    """The function that takes a choice: from a world to a node and the world there."""
    only = ways[0] if len(ways) == 1 else None
    setters = tuple((slot, asked.read) for slot, asked in changes)
    gates = tuple((way.holds.read if way.holds else None, way) for way in ways)

    def take(world: Fixed) -> tuple[int, Fixed]:
        after = list(world)
        for slot, value in setters:
            after[slot] = value(after)
        way = only
        if way is None:
            for position, (holds, candidate) in enumerate(gates):
                if holds is None or holds(after):
                    used.add((number, position))
                    way = candidate
                    break
        if way is None:
            raise LookupError(number)
        for slot, fixed in way.sets:
            after[slot] = fixed
        for slot, low, high in way.cuts:
            now = after[slot]
            if now > high:
                after[slot] = high
            elif now < low:
                after[slot] = low
        return way.target, tuple(after)

    return take
