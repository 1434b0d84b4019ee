"""Scoring: a table for every verdict, and for each sentence of the score key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core import engine
from dialogue_game.core.events import (
    ChoiceMade,
    Looked,
    PlayEvent,
    ReferenceOpened,
    Reflected,
)
from dialogue_game.core.scoring import Profile, Stake, decisions, profile
from dialogue_game.core.story import Choice, Story
from tests.builders import choice, scene, story
from tests.strategies import stories


def line(*scenes: tuple[Choice, ...]) -> Story:
    """A story whose scenes follow one another; each choice leads on to the next scene."""
    built = []
    for number, choices in enumerate(scenes):
        onward = f"s{number + 1}" if number + 1 < len(scenes) else "end"
        built.append(
            scene(
                f"s{number}",
                *(
                    Choice(
                        c.id,
                        c.text,
                        c.consequence,
                        (type(c.goto[0])(onward),),
                        marks=c.marks,
                        when=c.when,
                        locked=c.locked,
                    )
                    for c in choices
                ),
            )
        )
    return story(*built)


def played(told: Story, *picks: str) -> Profile:
    events: list[PlayEvent] = list(engine.begin(told))
    state = engine.replay(told, events)
    for pick in picks:
        (event,) = engine.decide(told, state, pick)
        state = engine.evolve(told, state, event)
        events.append(event)
    return profile(told, decisions(told, events))


def verdict(result: Profile, guideline: str = "g1") -> tuple[str, bool]:
    found = next(line for line in result.guidelines if line.guideline == guideline)
    return found.verdict, found.repaired


PAIR = (choice("good", "x", "g1 upholds"), choice("bad", "x", "g1 breaches"))
BLUR = (choice("good", "x", "g1 models"), choice("weak", "x", "g1 strains"))
OTHER = (choice("good", "x", "g2 upholds"), choice("bad", "x", "g2 strains"))
SAME = (
    choice("one", "x", "g1 upholds"),
    choice("two", "x", "g1 upholds", "g2 upholds"),
)
SILENT = (choice("good", "x", "g1 upholds"), choice("silent", "x"))


@pytest.mark.parametrize(
    ("scenes", "picks", "expected"),
    [
        ([OTHER], ["good"], ("not tested", False)),
        ([SAME], ["one"], ("not tested", False)),
        ([SILENT], ["silent"], ("passed by", False)),
        ([PAIR], ["good"], ("upheld", False)),
        ([PAIR, PAIR], ["good", "good"], ("upheld", False)),
        ([BLUR], ["weak"], ("strained", False)),
        ([PAIR], ["bad"], ("breached", False)),
        ([PAIR, BLUR], ["bad", "weak"], ("breached", False)),
        ([PAIR, PAIR], ["good", "bad"], ("breached", False)),
        ([PAIR, PAIR], ["bad", "good"], ("mixed", True)),
        ([PAIR, PAIR, PAIR], ["bad", "good", "bad"], ("breached", False)),
        ([BLUR, BLUR], ["weak", "good"], ("mixed", False)),
        ([BLUR, BLUR], ["good", "weak"], ("mixed", False)),
    ],
)
def test_the_verdict_is_said_in_words(
    scenes: list[tuple[Choice, ...]], picks: list[str], expected: tuple[str, bool]
) -> None:
    assert verdict(played(line(*scenes), *picks)) == expected


def test_at_stake_is_the_spread_and_earned_is_the_height_above_the_worst() -> None:
    told = line(
        (
            choice("best", "x", "g1 models", "g2 upholds"),
            choice("middle", "x"),
            choice("worst", "x", "g1 breaches"),
        )
    )
    assert played(told, "best").overall == Stake(5, 5)
    assert played(told, "middle").overall == Stake(2, 5)
    assert played(told, "worst").overall == Stake(0, 5)


@pytest.mark.parametrize(
    ("word", "worth"),
    [("models", 2), ("upholds", 1), ("strains", -1), ("breaches", -2)],
)
def test_each_word_has_its_worth_and_an_unmarked_option_counts_nothing(
    word: str, worth: int
) -> None:
    told = line((choice("marked", "x", f"g1 {word}"), choice("unmarked", "x")))
    assert played(told, "marked").overall == Stake(max(worth, 0), abs(worth))
    assert played(told, "unmarked").overall == Stake(max(-worth, 0), abs(worth))


def test_nothing_else_scores_neither_length_nor_looking_nor_reading() -> None:
    short, long_ = line(PAIR), line(*[PAIR] * 12)
    assert played(short, "good").overall.percent == 100
    assert played(long_, *["good"] * 12).overall.percent == 100
    assert played(long_, *["good", "bad"] * 6).overall.percent == 50
    (began,) = engine.begin(short)
    chosen = ChoiceMade("s0", "bad")
    read = (
        ReferenceOpened("r1"),
        Looked("s0", "mail", "line"),
        Reflected("I will ask."),
    )
    plain = profile(short, decisions(short, [began, chosen]))
    assert profile(short, decisions(short, [began, *read, chosen, *read])) == plain


@pytest.mark.parametrize(
    ("pick", "fine"),
    [("best", True), ("thirds", True), ("less", False), ("worst", False)],
)
def test_a_choice_succeeds_with_two_thirds_of_what_was_at_stake(
    pick: str, fine: bool
) -> None:
    offered = (
        choice("best", "x", "g1 models"),
        choice("thirds", "x", "g1 models", "g2 strains"),
        choice("less", "x"),
        choice("worst", "x", "g1 strains"),
    )
    told = line(offered)
    events = [*engine.begin(told), ChoiceMade("s0", pick)]
    (decision,) = decisions(told, events)
    assert decision.success is fine


def test_a_choice_at_which_nothing_is_at_stake_succeeds() -> None:
    told = line((choice("one", "x", "g1 strains"), choice("other", "x", "g1 strains")))
    (decision,) = decisions(told, [*engine.begin(told), ChoiceMade("s0", "one")])
    assert decision.success


def test_what_counts_as_passing_can_be_set() -> None:
    result = played(line(*[PAIR] * 4), "bad", "good", "bad", "good")
    assert result.overall.percent == 50
    assert not result.success()
    assert result.success(50)
    assert not result.success(51)


def test_per_guideline_only_its_own_marks_count() -> None:
    told = line(
        (
            choice("best", "x", "g1 models", "g2 strains"),
            choice("other", "x", "g1 breaches", "g2 models"),
        )
    )
    stakes = {r.guideline: r.stake for r in played(told, "best").guidelines}
    assert stakes["g1"] == Stake(4, 4)
    assert stakes["g2"] == Stake(0, 3)
    assert stakes["g3"] == Stake(0, 0)


def test_a_single_bad_turn_costs_what_it_was_worth() -> None:
    told = line(PAIR, PAIR, PAIR, PAIR)
    assert played(told, "good", "bad", "good", "good").overall.percent == 75


def test_a_short_bad_road_cannot_look_good() -> None:
    short = story(
        scene(
            "s0",
            choice("good", "s1", "g1 upholds"),
            choice("bad", "end", "g1 breaches"),
        ),
        scene(
            "s1",
            choice("good", "end", "g1 upholds"),
            choice("bad", "end", "g1 breaches"),
        ),
    )
    assert played(short, "bad").overall.percent == 0


def test_a_long_road_of_repairs_cannot_look_better_than_a_clean_one() -> None:
    told = story(
        scene(
            "s0",
            choice("clean", "end", "g1 upholds"),
            choice("bad", "s1", "g1 breaches"),
        ),
        scene(
            "s1", choice("mend", "s2", "g1 models"), choice("hide", "end", "g1 strains")
        ),
        scene(
            "s2",
            choice("mend", "end", "g1 models"),
            choice("hide", "end", "g1 strains"),
        ),
    )
    clean, repaired = played(told, "clean"), played(told, "bad", "mend", "mend")
    assert clean.overall.percent == 100
    assert repaired.overall.percent is not None
    assert repaired.overall.percent < 100
    assert verdict(repaired) == ("mixed", True)


def test_where_nothing_was_at_stake_there_is_no_percentage() -> None:
    told = line((choice("one", "x", "g1 upholds"), choice("two", "x", "g1 upholds")))
    result = played(told, "one")
    assert result.overall == Stake(0, 0)
    assert result.overall.percent is None
    assert not result.success()


def test_a_locked_option_does_not_count_towards_what_was_at_stake() -> None:
    locked = choice("locked", "x", "g1 models", when="false", locked="Not now.")
    told = line(
        (choice("good", "x", "g1 upholds"), choice("bad", "x", "g1 strains"), locked)
    )
    assert played(told, "good").overall == Stake(2, 2)


def test_success_needs_seventy_percent_and_no_breach_left_unrepaired() -> None:
    clean = line(*[PAIR] * 4)
    assert played(clean, "good", "good", "good", "good").success()
    assert not played(clean, "good", "good", "good", "bad").success()
    assert played(clean, "bad", "good", "good", "good").success()
    assert not played(clean, "bad", "bad", "good", "good").success()


def test_evidence_names_each_choice_that_touched_the_guideline_in_order() -> None:
    result = played(line(PAIR, OTHER, PAIR), "bad", "good", "good")
    evidence = next(r for r in result.guidelines if r.guideline == "g1").evidence
    assert [(e.position, e.choice, e.mark.word) for e in evidence] == [
        (0, "bad", "breaches"),
        (2, "good", "upholds"),
    ]


@given(stories(), st.data())
def test_the_best_option_at_every_decision_is_a_hundred_percent_on_every_road(
    told: Story, data: st.DataObject
) -> None:
    events: list[PlayEvent] = list(engine.begin(told))
    state = engine.replay(told, events)
    for _ in range(12):
        options = engine.available(told, state)
        if not options:
            break
        choices = told.scenes[state.scene].choices
        best = max(choices[o].worth for o in options)
        picked = data.draw(
            st.sampled_from([o for o in options if choices[o].worth == best])
        )
        event = ChoiceMade(state.scene, picked)
        state = engine.evolve(told, state, event)
        events.append(event)
    result = profile(told, decisions(told, events))
    assert result.overall.percent in (100, None)
    assert result.overall.earned == result.overall.at_stake


@given(stories(), st.lists(st.integers(0, 2), max_size=10))
def test_what_is_earned_lies_between_nothing_and_all_that_was_at_stake(
    told: Story, turns: list[int]
) -> None:
    events: list[PlayEvent] = list(engine.begin(told))
    state = engine.replay(told, events)
    for turn in turns:
        options = engine.available(told, state)
        if not options:
            break
        event = ChoiceMade(state.scene, options[turn % len(options)])
        state = engine.evolve(told, state, event)
        events.append(event)
    result = profile(told, decisions(told, events))
    for part in (result.overall, *(line.stake for line in result.guidelines)):
        assert 0 <= part.earned <= part.at_stake


@pytest.mark.parametrize(
    ("earned", "at_stake", "percent"),
    [
        (0, 0, None),
        (0, 7, 0),
        (7, 7, 100),
        (199, 200, 99),
        (1, 300, 1),
        (1, 3, 33),
        (2, 3, 67),
    ],
)
def test_all_and_nothing_are_said_only_where_it_is_so(
    earned: int, at_stake: int, percent: int | None
) -> None:
    assert Stake(earned, at_stake).percent == percent
