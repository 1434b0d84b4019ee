"""The engine: whole random plays with a situation at every step, beside a walk over plain dicts."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from typing import Any

from benchmarks import stories
from benchmarks.measure import Result, Target, compared, in_turns
from benchmarks.yardsticks.plain_walk import bare_walk, walk
from dialogue_game.core import engine
from dialogue_game.core.story import Story

SMALL, LARGE = 1_000, 50_000
PLAYS = 60
YARDSTICK = "a plain-dict walk"


def measure(rounds: int = 40) -> list[Result]:
    """Plays per second, and whether a choice costs the same in a story fifty times as large."""
    small, large = stories.plain(SMALL), stories.plain(LARGE)
    our_small, our_large = stories.compiled(small), stories.compiled(large)
    gc.collect()
    quarter = Target("ratio", 0.25, at_least=True)
    name, unit = "Whole random plays", "plays/s"
    results = []
    for ours, theirs, scenes in ((our_small, small, SMALL), (our_large, large, LARGE)):
        pairs = in_turns(rate(ours, random_play), rate(theirs, walk), rounds)
        note = f"{scenes:,} scenes"
        results.append(compared(name, unit, pairs, quarter, YARDSTICK, note))
    # Out of competition: what a loop costs that shows nothing, notes nothing, counts nothing.
    pairs = in_turns(rate(our_small, random_play), rate(small, bare_walk), rounds)
    results.append(compared(name, unit, pairs, None, "", "beside the barest loop"))
    pairs = in_turns(rate(our_large, random_play), rate(our_small, random_play), rounds)
    name = f"The engine at {LARGE:,} scenes"
    same = Target("ratio", 0.8, at_least=True)
    return [*results, compared(name, "plays/s", pairs, same, f"itself at {SMALL:,}")]


def rate(
    story: Any, play: Callable[[Any, random.Random], object]
) -> Callable[[], float]:
    """Plays per second; each measurement plays the same roads."""

    def measured() -> float:
        chance = random.Random(stories.SEED)  # noqa: S311 - the same roads at every run
        began = time.perf_counter()
        for _ in range(PLAYS):
            play(story, chance)
        return PLAYS / (time.perf_counter() - began)

    return measured


def random_play(story: Story, chance: random.Random) -> str:
    """One play as a face would: look, pick what is available, decide, apply."""
    state = engine.replay(story, engine.begin(story))
    while not state.ended:
        shown = engine.situation(story, state)
        options = [option.id for option in shown.options if option.available]
        for event in engine.decide(story, state, chance.choice(options)):
            state = engine.evolve(story, state, event)
    return engine.situation(story, state).ending
