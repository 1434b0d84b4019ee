"""The figures of fair scoring, against plain enumeration; coverage; the loader's-eye view."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import choice, scene, story
from tests.strategies import conditions, stories
from tests.unit.analysis.brute import brute

from dialogue_game.analysis.condition_queries import constant_conditions
from dialogue_game.analysis.fairness import fairness
from dialogue_game.analysis.solver import solve
from dialogue_game.analysis.story_figures import figures, path_count
from dialogue_game.analysis.walks import (
    coverage,
    follow,
    play,
    random_play,
    random_source,
)
from dialogue_game.core.engine import available, begin, evolve, replay
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.expressions import holds
from dialogue_game.core.scoring import decisions, profile
from dialogue_game.core.state import State
from dialogue_game.core.story import Paragraph, Story


def percent_of(told: Story, walk: tuple[str, ...]) -> float | None:
    events = [*begin(told), *(ChoiceMade(*step.split(".")) for step in walk)]
    stake = profile(told, decisions(told, events)).overall
    return 100 * stake.earned / stake.at_stake if stake.at_stake else None


def all_plays(told: Story) -> list[tuple[tuple[str, ...], str, float]]:
    """Every complete walk of a story without cycles, its ending, and its chance."""
    plays: list[tuple[tuple[str, ...], str, float]] = []

    def go(state: State, walk: tuple[str, ...], chance: float) -> None:
        if state.ended:
            plays.append((walk, state.ending, chance))
        options = available(told, state)
        for option in options:
            event = ChoiceMade(state.scene, option)
            path = (*walk, f"{state.scene}.{option}")
            go(evolve(told, state, event), path, chance / len(options))

    go(replay(told, begin(told)), (), 1.0)
    return plays


@settings(max_examples=60)
@given(stories(cycles=False, growing=True))
def test_chances_and_means_are_those_of_all_plays(told: Story) -> None:
    solution = solve(told)
    fair = fairness(solution)
    if solution.stuck:
        return
    plays = all_plays(told)
    assert fair.exact
    for ending, share in fair.endings.items():
        assert abs(share - sum(c for _, e, c in plays if e == ending)) < 1e-9
    rows = [(percent_of(told, walk), chance) for walk, _, chance in plays]
    staked = [(percent, chance) for percent, chance in rows if percent is not None]
    if staked:
        mean = sum(p * c for p, c in staked) / sum(c for _, c in staked)
        assert fair.mean is not None
        assert abs(fair.mean - mean) < 1e-6
    else:
        assert fair.mean is None


@settings(max_examples=60)
@given(stories(cycles=False, growing=True))
def test_habits_earn_what_the_engine_says(told: Story) -> None:
    habits = fairness(solve(told)).habits
    for name, turn in (("first", 0), ("last", -1)):
        played = play(told, lambda _, options, turn=turn: options[turn])  # type: ignore[misc]
        if played.ending:
            expected = percent_of(told, played.walk)
            assert (habits[name] is None) == (expected is None)
            assert abs((habits[name] or 0) - (expected or 0)) < 1e-9


@settings(max_examples=60)
@given(stories(max_scenes=4), st.data())
def test_what_is_said_of_a_texts_condition_holds_in_every_state(
    told: Story, data: st.DataObject
) -> None:
    where = data.draw(st.sampled_from(sorted(told.scenes)))
    asked = data.draw(conditions(sorted(told.scenes)))
    shown = replace(told.scenes[where], text=(Paragraph("Here.", asked),))
    told = replace(told, scenes={**told.scenes, where: shown})
    seen = {
        holds(asked, s.variables, s.visited, s.chosen)
        for s in brute(told).states.values()
        if s.scene == where
    }
    settled = constant_conditions(solve(told))
    assert bool(settled.never) == (seen == {False})
    assert bool(settled.always) == (seen == {True})


def test_a_best_road_that_breaches_or_ends_poorly_is_found_with_its_walk() -> None:
    told = story(
        scene("a", choice("x", "b", "g1 models"), choice("y", "b", "g1 strains")),
        scene(
            "b",
            choice("z", "ruin", "g1 breaches", "g2 models"),
            choice("w", "fine", "g2 breaches"),
        ),
        endings={"ruin": "poor", "fine": "good"},
    )
    faults = {path.fault: path.walk for path in fairness(solve(told)).best_faults}
    assert faults == {
        "breaches a guideline, at b.z": ("a.x", "b.z"),
        "ends poorly, in “ruin”": ("a.x", "b.z"),
    }


def test_a_cyclic_story_is_sampled_and_says_so() -> None:
    told = story(
        scene("a", choice("x", "a", "g1 upholds"), choice("out", "end", "g1 strains"))
    )
    fair = fairness(solve(told))
    assert not fair.exact
    assert fair.plays > 100
    assert fair.endings == {"end": 1.0}
    assert fair.habits["first"] is None


def test_chance_is_the_same_on_every_run() -> None:
    told = story(scene("a", choice("x", "a"), choice("y"), choice("z", "a")))
    walks = [random_play(told, random_source(7)).walk for _ in range(2)]
    assert walks[0] == walks[1]
    pick = random_source(1)
    drawn = [pick(3) for _ in range(300)]
    assert min(drawn.count(n) for n in range(3)) > 60


def test_figures_are_plain_data() -> None:
    told = story(
        scene(
            "a",
            choice("x", "b", "g1 upholds"),
            choice("y", "b", "g1 breaches"),
            group="full",
        ),
        scene("b", choice("z", "end", "g2 models"), choice("w", "end")),
    )
    data = figures(solve(told)).as_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["marks"]["overall"] == {"worst": -2, "best": 3, "exact": True}
    assert data["marks"]["guidelines"]["g1"] == {"worst": -2, "best": 1, "exact": True}
    assert data["roads"] == 4
    assert data["decisions"] == {"least": 2, "most": 2}
    assert data["full_votes"] == {"least": 1, "most": 1}
    assert data["fair"]["exact"]


def test_a_huge_number_of_roads_is_told_in_round_words() -> None:
    assert path_count(3**24) == 3**24
    assert path_count(3**20_000) == "about 2.7e9542"
    assert path_count(10**40 - 1) == "about 1.0e40"
    assert path_count(None) is None


def test_coverage_counts_what_walks_meet_as_far_as_they_go() -> None:
    told = story(scene("a", choice("x", "b"), choice("y")), scene("b", choice("z")))
    met = coverage(told, [("a.x", "b.z"), ("a.y",), ("a.gone", "b.z")])
    assert met.plays == 3
    assert met.scenes == {"a": 3, "b": 1}
    assert met.choices == {"a.x": 1, "a.y": 1, "b.z": 1}
    assert met.endings == {"end": 2}
    assert coverage(told, [("a.y",)]).missed == ("b", "a.x", "b.z")


def test_following_a_walk_that_cannot_be_walked_gives_nothing() -> None:
    told = story(
        scene("a", choice("x"), choice("y", when="no", locked="No.")),
        variables={"no": False},
    )
    assert follow(told, ("a.y",)) is None
    assert follow(told, ("b.x",)) is None
    reached = follow(told, ("a.x",))
    assert reached is not None
    assert reached.ending == "end"


@settings(max_examples=40)
@given(stories(cycles=False, growing=True))
def test_the_chances_of_endings_alone_are_the_same_as_with_their_stakes(
    told: Story,
) -> None:
    from dialogue_game.analysis.fairness import _ending_chances

    solution = solve(told)
    alone = _ending_chances(solution)
    if alone is not None:
        names = solution.program.graph.names
        for ending, share in fairness(solution).endings.items():
            assert abs(alone.get(names.index(ending), 0.0) - share) < 1e-9
