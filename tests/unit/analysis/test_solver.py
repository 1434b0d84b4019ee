"""What the solver claims, on stories small enough to see through."""

from __future__ import annotations

from tests.builders import choice, scene, story

from dialogue_game.analysis.solver import Verdict, solve
from dialogue_game.core.story import Branch, Story


def counter(limit: str = "reach >= 100") -> Story:
    """A loop in which a post spreads by forty each time round."""
    return story(
        scene(
            "post",
            choice("wait", "post", effects=("reach += 40",)),
            choice("press", "news", when=limit, locked="Nobody asks yet."),
            choice("delete", "end"),
        ),
        scene("news", choice("talk", "end")),
        variables={"reach": 0, "unread": 0},
    )


def test_variables_that_no_condition_reads_are_projected_away() -> None:
    told = story(
        scene("a", choice("x", "b", effects=("n += 1",)), choice("y", "b")),
        scene("b", choice("z", effects=("n += 1",))),
        variables={"n": 0},
    )
    solution = solve(told)
    assert solution.program.unconditional
    assert solution.states == 3


def test_a_fact_is_kept_only_while_somebody_may_still_ask() -> None:
    told = story(
        scene("a", choice("x", "b"), choice("y", "b")),
        scene("b", choice("z", "c", when="chose(a.x)", locked="No."), choice("w", "c")),
        scene("c", choice("v")),
    )
    assert solve(told).states == 5  # a, b twice, c once, the ending once


def test_a_number_that_grows_in_a_loop_has_few_states() -> None:
    solution = solve(counter())
    assert solution.complete
    assert solution.states < 12
    assert solution.witness("post.press") == ("post.wait",) * 3 + ("post.press",)
    assert solution.paths is None


def test_a_limit_that_a_loop_steps_over_is_unreachable() -> None:
    solution = solve(counter("reach == 100"))
    assert solution.complete
    assert solution.verdicts["post.press"] is Verdict.UNREACHABLE
    assert solution.verdicts["news"] is Verdict.UNREACHABLE
    assert solution.never == {("post", "press", -1)}


def test_numbers_compared_with_each_other_are_undecided_past_the_bound_and_say_so() -> (
    None
):
    told = story(
        scene(
            "a",
            choice("up", "a", effects=("n += 2",)),
            choice("down", "a", effects=("m += 2",)),
            choice("odd", "b", when="n - m == 1", locked="Never even."),
            choice("out", "end"),
        ),
        scene("b", choice("x", "end")),
        variables={"n": 0, "m": 0},
    )
    solution = solve(told, bound=500)
    assert not solution.complete
    assert solution.verdicts["a.odd"] is Verdict.UNDECIDED
    assert solution.verdicts["a.out"] is Verdict.REACHABLE
    assert set(solution.of(Verdict.UNDECIDED)) == {"a.odd", "b", "b.x"}


def test_past_the_bound_what_no_value_allows_is_still_proved_out_of_reach() -> None:
    told = story(
        scene(
            "a",
            choice("up", "a", effects=("n += 1",)),
            choice("down", "a", effects=("m += 1",)),
            choice("more", "a", when="n > m", locked="No."),
            choice("shut", "b", when="tone == 'cross'", locked="Nobody is cross."),
            choice("out", "end"),
        ),
        scene("b", choice("x", "end")),
        variables={"n": 0, "m": 0, "tone": "calm"},
    )
    solution = solve(told, bound=500)
    assert not solution.complete
    assert solution.verdicts["a.shut"] is Verdict.UNREACHABLE
    assert solution.verdicts["b"] is Verdict.UNREACHABLE


def test_the_worst_and_best_sums_come_with_their_walks() -> None:
    told = story(
        scene(
            "a", choice("x", "b", "g1 models", effects=("n += 1",)), choice("y", "b")
        ),
        scene(
            "b",
            choice("z", "end", "g1 models", when="n == 0", locked="No."),
            choice("w", "end", "g1 strains", "g2 breaches"),
        ),
        variables={"n": 0},
    )
    solution = solve(told)
    assert (solution.overall.worst.value, solution.overall.worst.walk) == (
        -3,
        ("a.y", "b.w"),
    )
    assert (solution.overall.best.value, solution.overall.best.walk) == (
        2,
        ("a.y", "b.z"),
    )
    assert solution.guidelines["g2"].worst.value == -2
    assert solution.overall.exact
    assert solution.paths == 3


def test_a_cycle_that_takes_marks_away_has_no_worst_sum_and_a_best_one() -> None:
    told = story(
        scene("a", choice("x", "b", "g1 strains"), choice("out", "end", "g1 upholds")),
        scene("b", choice("back", "a")),
    )
    bounds = solve(told).guidelines["g1"]
    assert bounds.worst.unbounded
    assert bounds.worst.loops[0].scenes == ("a", "b", "a")
    assert bounds.worst.loops[0].gain == -1
    assert bounds.best.value == 1


def test_a_cycle_that_conditions_end_has_exact_sums() -> None:
    told = story(
        scene(
            "a",
            choice(
                "again",
                "a",
                "g1 upholds",
                when="n < 3",
                locked="Enough.",
                effects=("n += 1",),
            ),
            choice("out", "end"),
        ),
        variables={"n": 0},
    )
    solution = solve(told)
    assert solution.overall.best.value == 3
    assert solution.paths == 4
    assert solution.decisions.best.value == 4


def test_a_goto_is_decided_with_the_values_after_the_effects() -> None:
    told = story(
        scene(
            "a",
            choice(
                "x", effects=("n += 1",), goto=(Branch("far", "n == 1"), Branch("end"))
            ),
        ),
        endings={"end": "good", "far": "poor"},
        variables={"n": 0},
    )
    solution = solve(told)
    assert solution.verdicts["far"] is Verdict.REACHABLE
    assert solution.verdicts["end"] is Verdict.UNREACHABLE
    assert solution.always == {("a", "x", 0)}


def test_a_long_unconditional_story_is_solved_whole() -> None:
    count = 3_000
    told = story(
        *(
            scene(
                f"s{n}",
                choice("x", f"s{n + 1}" if n + 1 < count else "end", "g1 upholds"),
                choice("y", f"s{n + 1}" if n + 1 < count else "end", "g1 breaches"),
            )
            for n in range(count)
        )
    )
    solution = solve(told)
    assert solution.complete
    assert solution.overall.best.value == count
    assert solution.overall.worst.value == -2 * count
    assert solution.paths == 2**count


def test_a_trap_past_the_bound_is_found_without_looking_at_states() -> None:
    told = story(
        scene(
            "hall", choice("go", "pit"), choice("leave", "end"), choice("on", "attic")
        ),
        scene(
            "pit", choice("round", "deep", when="trust > 0", effects=("trust += 1",))
        ),
        scene("deep", choice("back", "pit", effects=("trust += 1",))),
        scene("attic", choice("leave", when="trust > 3", effects=("trust -= 1",))),
        variables={"trust": 1},
    )
    solution = solve(told, bound=1)
    assert not solution.complete
    assert [trap.scenes for trap in solution.traps] == [("pit", "deep")]
