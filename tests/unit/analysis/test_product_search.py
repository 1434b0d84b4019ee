"""What is asked of the classes of states comes out as every full state by the engine says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from tests.nightly import NIGHTLY
from tests.strategies import stories
from tests.unit.analysis.brute import brute

from dialogue_game.analysis.conditions import Watched
from dialogue_game.analysis.product_search import ask
from dialogue_game.analysis.solver import solve
from dialogue_game.analysis.walks import follow
from dialogue_game.core.engine import available
from dialogue_game.core.expressions import holds
from dialogue_game.core.state import State
from dialogue_game.core.story import Story

SHARE = 100_000

some = settings(
    max_examples=600 if NIGHTLY else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


def questions(story: Story) -> Iterator[Watched]:
    """What was chosen, visited and set, asked at every place and at every second choice."""
    paths = [f"{scene.id}.{choice.id}" for scene, choice in story.choices()]
    conditions = [f"chose({path})" for path in paths[::3]]
    conditions += [f"visited({scene})" for scene in list(story.scenes)[1:3]]
    for name, value in story.variables.items():
        asked = f"{name} == '{value}'" if isinstance(value, str) else f"{name} > 1"
        conditions.append(name if isinstance(value, bool) else asked)
    for number, condition in enumerate(conditions):
        for node in (*story.scenes, *story.endings):
            yield Watched(node, f"not ({condition})")
        given = conditions[number - 1]
        for scene, choice in list(story.choices())[::2]:
            yield Watched(scene.id, condition, choice.id, given)


def truths(story: Story, states: list[State], item: Watched) -> set[bool]:
    """How a condition comes out in the states that ask it."""
    return {
        bool(holds(item.condition, state.variables, state.visited, state.chosen))
        for state in states
        if (state.scene or state.ending) == item.node
        and (not item.choice or item.choice in available(story, state))
        and holds(item.given, state.variables, state.visited, state.chosen)
    }


def expect_walk(story: Story, walk: tuple[str, ...], item: Watched) -> None:
    """The walk leads to a state that asks the condition, and there it holds."""
    reached = follow(story, walk)
    assert reached is not None
    scene = story.scenes.get(item.node)
    if scene is None or not scene.continues:  # from such a page `follow` reads on
        assert truths(story, [reached], item) == {True}


def expect_answers(
    story: Story, watched: list[Watched], share: int = SHARE, *, tracks: bool = False
) -> None:
    """What is answered is so, and where the share was enough, everything is answered."""
    solution = solve(replace(story, tracks=()) if tracks else story)
    found = brute(story)
    if not (solution.complete and found.complete):
        return
    answers = ask(solution, watched, share, tracks=story.tracks)
    assert share < SHARE or not answers.open
    states = list(found.states.values())
    for number, item in enumerate(watched):
        seen = truths(story, states, item)
        if number in answers.open:
            assert seen >= {True} & {number in answers.true}
            continue
        assert (number in answers.true) is (True in seen), item
        assert (number in answers.false) is (False in seen), item
        if number in answers.true:
            expect_walk(story, answers.true[number], item)


@some
@given(stories(cycles=False, growing=True, second=True))
def test_answers_are_those_of_brute_force(story: Story) -> None:
    expect_answers(story, list(questions(story)))


@some
@given(stories(max_scenes=4))
def test_answers_are_those_of_brute_force_where_plays_go_round(story: Story) -> None:
    expect_answers(story, list(questions(story)))


@some
@given(stories(cycles=False, growing=True))
def test_what_was_earned_and_left_unrepaired_is_answered_like_brute_force(
    story: Story,
) -> None:
    tracked = replace(story, tracks=("decisions", "earned", "unrepaired()"))
    asked = ("earned >= 50", "unrepaired()", "decisions > 2 and earned < 80")
    places = (*story.scenes, *story.endings)
    watched = [Watched(node, condition) for condition in asked for node in places]
    expect_answers(tracked, watched, tracks=True)


@some
@given(stories(cycles=False, growing=True))
def test_with_too_small_a_share_nothing_false_is_answered(story: Story) -> None:
    expect_answers(story, list(questions(story)), share=5)
