"""The figures of judgement, against plain enumeration of all paths."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.builders import choice, scene, story
from tests.strategies import stories
from tests.unit.analysis.test_fairness_and_figures import all_plays, percent_of

from dialogue_game.analysis.ending_scores import contradicting_paths, last_options
from dialogue_game.analysis.judgement import judgement
from dialogue_game.analysis.shown_texts import never_remembered
from dialogue_game.analysis.solver import solve
from dialogue_game.core.story import Branch, Cost, Paragraph, Story


@settings(max_examples=60)
@given(stories(cycles=False, growing=True))
def test_endings_against_scores_are_counted_over_all_paths(told: Story) -> None:
    solution = solve(told)
    if solution.stuck:
        return
    scored = [(walk, end, percent_of(told, walk)) for walk, end, _ in all_plays(told)]
    for kind, bar, below in (
        ("good", 50, True),
        ("poor", 65, False),
        ("good", 70, True),
    ):
        wrong = [
            (percent, walk)
            for walk, end, percent in scored
            if percent is not None
            and told.endings[end].kind == kind
            and (percent < bar if below else percent > bar)
        ]
        found = contradicting_paths(solution, kind, bar, below=below)
        assert found.count == len(wrong)
        assert bool(found.walk) == bool(wrong)
        if wrong:
            assert (found.percent, found.walk) in [
                (percent, walk)
                for percent, walk in wrong
                if abs(percent - found.percent) < 1e-9
            ]


def test_one_option_above_zero_counts_the_decisions_that_are_a_quiz() -> None:
    quiz = scene(
        "quiz", choice("a", "both", "g1 upholds"), choice("b", "both", "g1 strains")
    )
    both = scene(
        "both", choice("a", "end", "g1 upholds"), choice("b", "end", "g2 upholds")
    )
    told = judgement(solve(story(quiz, both)))
    assert told.quizzes == ("quiz",)
    assert told.as_dict()["one_above_zero"] == 0.5
    assert told.dominated == ("quiz.b",)


def test_an_option_that_spares_somebody_a_cost_is_dominated_and_has_its_point() -> None:
    priced = replace(
        choice("a", "end", "g1 models"), cost=Cost("It cost a day.", due=("end",))
    )
    told = judgement(
        solve(story(scene("one", priced, choice("b", "end", "g1 upholds"))))
    )
    assert (told.dominated, told.pointless) == (("one.b",), ())
    plain = judgement(
        solve(
            story(
                scene(
                    "one",
                    choice("a", "end", "g1 models"),
                    choice("b", "end", "g1 upholds"),
                )
            )
        )
    )
    assert plain.pointless == ("one.b",)


def test_a_best_option_with_a_negative_mark_is_not_free() -> None:
    costly = choice("a", "end", "g1 models", "g2 strains")
    told = judgement(
        solve(story(scene("one", costly, choice("b", "end", "g1 strains"))))
    )
    assert told.free == ()
    free = judgement(
        solve(story(scene("one", choice("a"), choice("b", "end", "g1 strains"))))
    )
    assert free.free == ("one.a",)


def test_a_habit_of_neither_first_nor_longest_takes_what_is_left_by_lot() -> None:
    options = (
        choice("a", "end", "g1 breaches", text="short"),
        choice("b", "end", "g1 models", text="middle"),
        choice("c", "end", "g1 breaches", text="middle"),
        choice("d", "end", "g1 breaches", text="by far the longest"),
    )
    habits = judgement(solve(story(scene("one", *options)))).habits
    assert habits["neither_first_nor_longest"] == 50
    assert habits["first"] == habits["longest"] == habits["shortest"] == 0
    assert habits["second"] == 100


def test_last_options_that_differ_by_two_grades_are_found_with_a_walk() -> None:
    first = scene("first", choice("on", "last"), choice("off", "last"))
    last = scene("last", choice("a", "well"), choice("b", "badly"))
    found = last_options(
        solve(story(first, last, endings={"well": "good", "badly": "poor"}))
    )
    assert (found.states, found.by_kind, found.by_two) == (1, 1, 1)
    assert found.two_walk == ("first.on",)


def test_a_choice_is_remembered_where_a_later_text_asks_for_it() -> None:
    told = story(
        scene("first", choice("a", "next"), choice("b", "next")),
        scene("next", choice("c"), text=(Paragraph("She knows.", "chose(first.a)"),)),
    )
    assert never_remembered(told) == ("first.b",)


def test_a_flag_that_every_option_sets_or_a_counter_remembers_no_choice() -> None:
    told = story(
        scene(
            "first",
            choice("a", "next", effects=("seen = true", "trust += 1")),
            choice("b", "next", effects=("seen = true", "told = true")),
        ),
        scene(
            "next", choice("c"), text=(Paragraph("So.", "seen and trust > 0 and told"),)
        ),
        variables={"seen": False, "trust": 0, "told": False},
    )
    assert never_remembered(told) == ("first.a",)


def test_what_is_asked_only_before_a_choice_does_not_remember_it() -> None:
    told = story(
        scene("first", choice("a", "next"), choice("b", "next")),
        scene(
            "next", choice("c"), choice("d"), text=(Paragraph("So.", "chose(next.c)"),)
        ),
    )
    assert set(never_remembered(told)) == {"first.a", "first.b", "next.c", "next.d"}


def test_a_way_on_that_asks_for_a_choice_remembers_it() -> None:
    split = choice("c", goto=(Branch("end", "chose(first.a)"), Branch("late")))
    told = story(
        scene("first", choice("a", "next"), choice("b", "next")),
        scene("next", split),
        endings={"end": "good", "late": "poor"},
    )
    assert never_remembered(told) == ("first.b",)
