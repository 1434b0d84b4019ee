"""Past the bound, too, a play may be caught nowhere without its author being told."""

from __future__ import annotations

import pytest
from benchmarks.stories import TRAPS, guarded, trapped

from dialogue_game.analysis.solver import Solution, solve
from dialogue_game.analysis.walks import follow

BOUND = 2_000
"""Far too few for the states of these stories."""


def held(solution: Solution) -> dict[str, tuple[str, ...] | None]:
    """Where a play may be caught, with the walk that leads there."""
    traps = {scene: trap.walk for trap in solution.traps for scene in trap.scenes}
    return {**traps, **{stuck.scene: stuck.walk for stuck in solution.stuck}}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_trap_is_found_by_a_walk_that_the_engine_can_walk(seed: int) -> None:
    story = trapped(240, seed)
    solution = solve(story, BOUND)
    found = held(solution)
    assert not solution.complete
    assert set(found) == {*TRAPS, "ring_on"}
    for walk in found.values():
        state = follow(story, walk or ())
        assert state is not None
        assert state.scene in found


def test_a_story_without_traps_raises_no_alarm() -> None:
    solution = solve(guarded(240, 1), BOUND)
    assert not solution.complete
    assert held(solution) == {}
