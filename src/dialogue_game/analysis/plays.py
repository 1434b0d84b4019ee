"""Plays chosen by a rule or by lot: by the engine itself, and quickly on the tables.

Chance comes from outside, as `pick(n)`: a number from 0 to n - 1. `lots(seed)` is a small
generator of our own, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dialogue_game.analysis.compiled_choices import Fixed
from dialogue_game.analysis.state_space import Program
from dialogue_game.core.engine import available, begin, evolve, read_on, replay
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.state import State
from dialogue_game.core.story import Story

Pick = Callable[[int], int]
"""Draws a number from 0 to n - 1."""

MOST_DECISIONS: Final = 10_000
"""Where a play that never ends is given up."""


def lots(seed: int) -> Pick:
    """A deterministic source of chance (Knuth's 64-bit linear congruential generator)."""
    state = (seed * 2862933555777941757 + 3037000493) % 2**64

    def pick(count: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % count

    return pick


@dataclass(frozen=True, slots=True)
class Play:
    """One play by the engine: its walk, and the ending it reached ("" where it reached none)."""

    walk: tuple[str, ...]
    ending: str


def play(
    story: Story,
    rule: Callable[[State, tuple[str, ...]], str],
    limit: int = MOST_DECISIONS,
) -> Play:
    """Play once by the engine; `rule` names one of the options available in a state."""
    _, state = read_on(story, replay(story, begin(story)))
    walk: list[str] = []
    while not state.ended and len(walk) < limit:
        options = available(story, state)
        if not options:
            break
        choice = rule(state, options)
        walk.append(f"{state.scene}.{choice}")
        _, state = read_on(story, evolve(story, state, ChoiceMade(state.scene, choice)))
    return Play(tuple(walk), state.ending)


def random_play(story: Story, pick: Pick, limit: int = MOST_DECISIONS) -> Play:
    """Play once by the engine, each available option as likely as the others."""
    return play(story, lambda _, options: options[pick(len(options))], limit)


def follow(story: Story, walk: tuple[str, ...]) -> State | None:
    """The state after a walk, or None where one of its choices is not there or not available.

    Continue pages are read on from, those after the last choice too.
    """
    _, state = read_on(story, replay(story, begin(story)))
    for step in walk:
        scene, _, choice = step.partition(".")
        if state.scene != scene or choice not in available(story, state):
            return None
        _, state = read_on(story, evolve(story, state, ChoiceMade(scene, choice)))
    return state


@dataclass(slots=True)
class Trace:
    """One play on the tables: nodes with their worlds, and what was offered and taken at each."""

    places: list[tuple[int, Fixed]]
    menus: list[tuple[int, ...]]
    taken: list[int]
    ended: bool = False


def trace(
    program: Program,
    choose: Callable[[tuple[int, ...]], int],
    limit: int = MOST_DECISIONS,
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
