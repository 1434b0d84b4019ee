"""What if you had…? The decisions worth another look, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dialogue_game.analysis.path_sums import look_ahead
from dialogue_game.app.explore import what_if as suggestions
from dialogue_game.app.runs import played_path
from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.played_path import Visit
from dialogue_game.core.state import State
from dialogue_game.core.story import CastMember, Story
from tests import fakes
from tests.app.tales import TALE, play, shelf, with_scene
from tests.builders import choice, scene, story
from tests.strategies import stories

FORK = story(
    scene("start", choice("a", "left"), choice("b", "right", "g1 upholds")),
    scene("left", choice("on", "calm"), choice("off", "loud", "g2 breaches")),
    scene("right", choice("on", "calm"), choice("off", "rare", "g2 models")),
    endings={"calm": "good", "loud": "poor", "rare": "mixed"},
)


def test_an_ending_that_only_the_other_option_leads_to_weighs_most() -> None:
    game = fakes.game(FORK)
    run = play(game, "a", "on", told="tale")
    first, second = game.explore.what_ifs(run)
    assert (first.visit, first.option) == (Visit(run, 0), "b")
    assert first.question == "What if you had chosen “Do b”?"
    assert first.reason == (
        "You have never seen what comes of it. "
        "It leads towards 1 ending that your choice closed off."
    )
    assert (second.visit, second.option) == (Visit(run, 1), "off")
    assert first.weight > second.weight


def test_a_suggestion_is_played_by_rewinding_to_it() -> None:
    game = fakes.game(FORK)
    offer = game.explore.what_ifs(play(game, "a", "on"))[0]
    player = game.rewind(offer.visit.run, offer.visit.decision)
    assert player.choose(offer.option).choice_text == offer.text


def test_what_any_run_has_tried_is_not_offered_again() -> None:
    game = fakes.game(FORK)
    play(game, "b", "off")
    run = play(game, "a", "on")
    assert [offer.option for offer in game.explore.what_ifs(run)] == ["off"]
    play(game, "a", "off")
    assert game.explore.what_ifs(run) == ()


def test_options_tried_under_an_older_edition_count_as_tried() -> None:
    game = fakes.game(FORK)
    play(game, "b", "off")
    shelf(game).edit(with_scene(FORK, "left", lambda s: replace(s, title="Left again")))
    run = play(game, "a", "on")
    assert [offer.option for offer in game.explore.what_ifs(run)] == ["off"]


def test_locked_options_are_never_suggested() -> None:
    game = fakes.game(TALE)
    offers = game.explore.what_ifs(play(game, "wait", "back", "sit"), most=9)
    assert "ask" not in {offer.option for offer in offers}
    assert len({offer.visit for offer in offers}) == len(offers)


def test_nothing_is_suggested_while_decisions_are_closed() -> None:
    game = fakes.game(TALE)
    assert game.explore.what_ifs(play(game, "wait")) == ()


def test_where_the_states_are_too_many_the_marks_alone_decide() -> None:
    guarded = choice("on", "calm", when="visited(start)", locked="Not yet.")
    told = with_scene(
        FORK, "left", lambda s: replace(s, choices={**s.choices, "on": guarded})
    )
    game = fakes.game(told)
    path = played_path(game.open(play(game, "a", "on")))
    offers = suggestions.what_ifs(path, (), bound=0)
    assert [offer.option for offer in offers] == ["off", "b"]
    assert (
        offers[0].reason
        == "You have never seen what comes of it. It touches: Guideline 2."
    )


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Ask Iris for the list.", "Here, nobody has ever asked Iris."),
        ("Write to Iris and Omar.", "Here, nobody has ever written to Iris."),
        ("Leave it to Iris.", "You have never seen what it would mean for Iris."),
        ("Ask Omar.", "You have never seen what comes of it."),
        ("Irish coffee.", "You have never seen what comes of it."),
    ],
)
def test_an_alternative_is_told_by_what_nobody_has_seen_yet(
    label: str, said: str
) -> None:
    cast = {"iris": CastMember("iris", "Iris"), "omar": CastMember("omar", "Omar")}
    assert suggestions.curious_words(replace(FORK, cast=cast), label, "omar") == said


def test_a_story_of_unmarked_options_still_has_a_reason() -> None:
    bare = story(
        scene("s", choice("a", "s2"), choice("b", "s2")), scene("s2", choice("c"))
    )
    game = fakes.game(bare)
    [offer] = game.explore.what_ifs(play(game, "a", "c"))
    assert offer.reason == "You have never seen what comes of it."


def brute(told: Story, state: State) -> tuple[set[str], int, int]:
    """Endings within reach and the best and worst sums from a state, by trying everything."""
    if state.ended:
        return {state.ending}, 0, 0
    endings: set[str] = set()
    sums: list[tuple[int, int]] = []
    for taken in engine.available(told, state):
        made = ChoiceMade(state.scene, taken)
        found, best, worst = brute(told, engine.evolve(told, state, made))
        if found:
            own = told.scenes[state.scene].choices[taken].worth
            endings |= found
            sums.append((best + own, worst + own))
    if not sums:
        return set(), 0, 0
    return endings, max(best for best, _ in sums), min(worst for _, worst in sums)


@given(stories(cycles=False), st.lists(st.integers(0, 2), max_size=6))
def test_the_outlook_equals_trying_everything(told: Story, picks: list[int]) -> None:
    state = engine.replay(told, engine.begin(told))
    made: list[ChoiceMade] = []
    expected = []
    for pick in picks:
        options = engine.available(told, state)
        if not options:
            break
        row = {}
        for taken in options:
            onward = engine.evolve(told, state, ChoiceMade(state.scene, taken))
            endings, best, worst = brute(told, onward)
            own = told.scenes[state.scene].choices[taken].worth
            if endings:
                row[taken] = (endings, best + own, worst + own)
        expected.append(row)
        made.append(ChoiceMade(state.scene, options[pick % len(options)]))
        state = engine.evolve(told, state, made[-1])
    seen = look_ahead(told, made)
    assert seen is not None
    told_of = [
        {o: (set(p.endings), p.best, p.worst) for o, p in row.items()} for row in seen
    ]
    assert told_of == expected


def test_a_circle_that_can_add_without_end_has_no_best() -> None:
    round_ = story(scene("s", choice("again", "s", "g1 upholds"), choice("stop")))
    seen = look_ahead(round_, [ChoiceMade("s", "stop")])
    assert seen is not None
    assert (seen[0]["again"].best, seen[0]["again"].worst) == (None, 1)
    assert (seen[0]["stop"].best, seen[0]["stop"].worst) == (0, 0)


@given(stories(), st.lists(st.integers(0, 2), max_size=6))
def test_any_finished_run_can_be_asked_for_its_what_ifs(
    told: Story, picks: list[int]
) -> None:
    game = fakes.game(told)
    player = game.start("generated")
    for pick in picks:
        options = [o.id for o in player.situation.options if o.available]
        if not options:
            break
        player.choose(options[pick % len(options)])
    assume(player.kept)
    for offer in game.explore.what_ifs(player.playthrough, most=9):
        again = game.rewind(offer.visit.run, offer.visit.decision)
        again.choose(offer.option)
        assert offer.reason
