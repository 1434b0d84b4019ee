"""The solver's claims against the plain way, on generated stories."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from tests.nightly import NIGHTLY
from tests.strategies import stories
from tests.unit.analysis.brute import (
    Brute,
    best_sum,
    brute,
    condition_truths,
    hopeful,
    path_count,
    stuck_scenes,
)

from dialogue_game.analysis.path_sums import Bounds
from dialogue_game.analysis.solver import Solution, Verdict, solve
from dialogue_game.analysis.walks import follow
from dialogue_game.core.story import Story

some = settings(
    max_examples=600 if NIGHTLY else 50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


def weights(story: Story, guideline: str = "") -> dict[str, int]:
    return {
        f"{scene.id}.{choice.id}": sum(
            mark.weight for mark in choice.marks if guideline in ("", mark.guideline)
        )
        for scene, choice in story.choices()
    }


def expect_sums(
    story: Story, found: Brute, bounds: Bounds, counts: dict[str, int]
) -> None:
    best = best_sum(story, found, counts)
    worst = best_sum(story, found, {path: -weight for path, weight in counts.items()})
    for extreme, told, sign in ((bounds.best, best, 1), (bounds.worst, worst, -1)):
        assert extreme.exact
        if told == "unbounded":
            assert extreme.unbounded
            assert all(loop.gain * sign > 0 for loop in extreme.loops)
        elif told is None:
            assert extreme.value is None
        else:
            assert extreme.value == sign * int(told)
            state = follow(story, extreme.walk)
            assert state is not None
            assert state.ended
            assert sum(counts[step] for step in extreme.walk) == extreme.value


def expect_proved(story: Story, found: Brute, solution: Solution) -> None:
    assert solution.complete
    assert set(solution.of(Verdict.REACHABLE)) == found.met
    assert not solution.of(Verdict.UNDECIDED)
    assert {stuck.scene for stuck in solution.stuck} == stuck_scenes(found)
    assert solution.paths == path_count(found)
    expect_sums(story, found, solution.overall, weights(story))
    for guideline, bounds in solution.guidelines.items():
        expect_sums(story, found, bounds, weights(story, guideline))


def expect_conditions(story: Story, found: Brute, solution: Solution) -> None:
    truths = condition_truths(story, found)
    assert solution.never == {key for key, seen in truths.items() if seen == {False}}
    assert solution.always == {key for key, seen in truths.items() if seen == {True}}


def expect_witnesses(story: Story, solution: Solution) -> None:
    for key in solution.of(Verdict.REACHABLE):
        walk = solution.witness(key)
        assert walk is not None
        scene, dot, _ = key.partition(".")
        state = follow(story, walk[:-1] if dot else walk)
        assert state is not None
        assert scene in (state.scene, state.ending)
        assert not dot or (walk[-1] == key and follow(story, walk) is not None)


@some
@given(stories(conditional=False))
def test_an_unconditional_story_is_solved_like_brute_force(story: Story) -> None:
    solution, found = solve(story), brute(story)
    expect_proved(story, found, solution)
    expect_conditions(story, found, solution)
    expect_witnesses(story, solution)


@some
@given(stories(cycles=False, growing=True))
def test_a_story_with_conditions_is_solved_like_brute_force(story: Story) -> None:
    solution, found = solve(story), brute(story)
    expect_proved(story, found, solution)
    expect_conditions(story, found, solution)
    expect_witnesses(story, solution)


@some
@given(stories(max_scenes=4))
def test_a_story_with_conditions_and_cycles_is_solved_like_brute_force(
    story: Story,
) -> None:
    solution, found = solve(story), brute(story)
    expect_proved(story, found, solution)
    expect_conditions(story, found, solution)
    expect_witnesses(story, solution)


@some
@given(stories(cycles=False, growing=True, second=True))
def test_a_story_of_the_second_format_is_solved_like_brute_force(story: Story) -> None:
    solution, found = solve(story), brute(story)
    expect_proved(story, found, solution)
    expect_conditions(story, found, solution)


@some
@given(stories(max_scenes=4, growing=True, second=True))
def test_what_the_second_format_brings_neither_hangs_nor_misleads_in_cycles(
    story: Story,
) -> None:
    solution = solve(story, bound=2_000)
    found = brute(story, most=300)
    assert found.met.isdisjoint(solution.of(Verdict.UNREACHABLE))
    if found.complete and solution.complete:
        assert set(solution.of(Verdict.REACHABLE)) == found.met
        expect_conditions(story, found, solution)


@some
@given(stories(max_scenes=4, growing=True))
def test_numbers_that_grow_without_end_neither_hang_nor_mislead(story: Story) -> None:
    solution = solve(story, bound=2_000)
    found = brute(story, most=300)
    expect_witnesses(story, solution)
    assert found.met.isdisjoint(solution.of(Verdict.UNREACHABLE))
    assert {stuck.scene for stuck in solution.stuck} <= stuck_scenes(
        brute(story, most=3000)
    ) | {stuck.scene for stuck in solution.stuck if len(stuck.walk) > 5}
    if found.complete and solution.complete:
        assert set(solution.of(Verdict.REACHABLE)) == found.met


@some
@given(stories(cycles=False, growing=True))
def test_a_small_bound_leaves_things_undecided_and_never_wrong(story: Story) -> None:
    solution = solve(story, bound=4)
    found = brute(story)
    expect_witnesses(story, solution)
    assert set(solution.of(Verdict.REACHABLE)) <= found.met
    assert found.met.isdisjoint(solution.of(Verdict.UNREACHABLE))
    best, told = solution.overall.best, best_sum(story, found, weights(story))
    assert best.exact is solution.complete
    if best.exact and isinstance(told, int):
        assert best.value == told


@some
@given(stories(max_scenes=4))
def test_a_trap_is_told_exactly_where_no_ending_can_be_reached_any_more(
    story: Story,
) -> None:
    solution = solve(story)
    found = brute(story)
    hope = hopeful(found)
    lost = [key for key in found.states if key not in hope]
    dead_ends = stuck_scenes(found)
    assert bool(solution.traps or dead_ends) == bool(lost)
    for trap in solution.traps:
        state = follow(story, trap.walk or ())
        assert state is not None
        assert state.scene in trap.scenes
