"""Two runs side by side: the shared road, the parting, what came of it; and what caused it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core import engine
from dialogue_game.core.comparison import compare
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.played_path import PlayedPath
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound
from dialogue_game.reporting.run_text import (
    cause_lines,
    comparison_data,
    divergence_text,
    endings_text,
    guideline_text,
    opening_text,
)
from tests import fakes
from tests.app.tales import TALE, edited, play, shelf, with_choice, with_scene
from tests.strategies import stories


def test_runs_that_part_are_named_for_a_reader() -> None:
    game = fakes.game(TALE)
    compared = game.explore.compare(
        play(game, "tell", "sit"), play(game, "wait", "back", "sit")
    )
    assert compared.parting == "another choice"
    assert divergence_text(compared) == (
        "You chose “Tell Omar first.” In the other run you chose “Wait.”"
    )
    assert endings_text(compared) == "Both runs ended in “End”."


def test_the_shared_road_is_folded_and_each_consequence_after_it_stands_in_a_row() -> (
    None
):
    game = fakes.game(TALE)
    left = play(game, "wait", "back", "sit")
    compared = game.explore.compare(left, play(game, "wait", "back", "shout"))
    assert [step.decision.chosen.id for step in compared.shared] == ["wait", "back"]
    [row] = compared.rows
    assert row.left is not None
    assert row.right is not None
    assert not row.alike
    assert row.left.consequence.text == ("sit happens.",)
    assert row.right.consequence.text == ("shout happens.",)


def test_roads_that_meet_again_share_their_rows() -> None:
    game = fakes.game(TALE)
    compared = game.explore.compare(
        play(game, "tell", "sit"), play(game, "wait", "back", "sit")
    )
    shape = [
        (row.left is not None, row.right is not None, row.alike)
        for row in compared.rows
    ]
    assert shape == [(True, True, False), (False, True, False), (True, True, True)]


def test_doors_that_a_choice_opened_are_named() -> None:
    game = fakes.game(TALE)
    compared = game.explore.compare(
        play(game, "tell", "sit"), play(game, "wait", "back", "sit")
    )
    [opening] = compared.openings
    assert (opening.choice, opening.open_on) == ("ask", "left")
    assert (
        opening_text(opening) == "At “Room” it closed “Do ask.” He knows nothing yet."
    )
    assert opening_text(opening, after="left") == "At “Room” it opened “Do ask.”"


def test_the_profile_difference_is_told_in_words_and_numbers() -> None:
    game = fakes.game(TALE)
    compared = game.explore.compare(play(game, "leave"), play(game, "tell", "sit"))
    first = compared.guidelines[0]
    assert first.differs
    assert guideline_text(first) == (
        "Guideline 1, Guideline 1: breached (0 of 3); in the other run upheld (3 of 3)."
    )
    assert not compared.guidelines[2].differs


def test_a_run_beside_itself_takes_the_same_road() -> None:
    game = fakes.game(TALE)
    run = play(game, "tell", "sit")
    compared = game.explore.compare(run, run)
    assert (compared.parting, compared.rows) == ("same road", ())
    assert divergence_text(compared) == "Both runs took the same road."
    assert not any(item.differs for item in compared.guidelines)


def test_a_run_that_stopped_is_told_from_one_that_went_on() -> None:
    game = fakes.game(TALE)
    compared = game.explore.compare(play(game, "wait"), play(game, "wait", "back"))
    assert compared.parting == "one stopped"
    assert divergence_text(compared) == (
        "The first run stopped here; in the other run you went on and chose “Go back.”"
    )
    assert (
        endings_text(compared) == "This run has not ended. The other run has not ended."
    )


def test_runs_of_different_stories_are_not_compared() -> None:
    game = fakes.game(TALE, edited(TALE, id="other"))
    with pytest.raises(NotFound, match="different stories: tale and other"):
        game.explore.compare(play(game, "leave"), play(game, "leave", told="other"))


def test_a_groups_run_is_named_as_the_groups() -> None:
    game = fakes.game(TALE)
    led = PlaythroughStarted("tale", "first", led_by="session1")
    told = (led, ChoiceMade("hall", "tell"), ChoiceMade("room", "sit"))
    game.store.create(
        "group", "playthrough", told, 1, {"story": "tale", "led_by": "session1"}
    )
    compared = game.explore.compare(play(game, "wait"), "group")
    assert "In the other run the group chose “Tell Omar first.”" in divergence_text(
        compared
    )
    assert [run.alone for run in game.history()] == [True, False]


def test_runs_on_two_editions_are_compared_by_the_ids_that_agree() -> None:
    game = fakes.game(TALE)
    before = play(game, "wait", "back", "sit")
    hall = TALE.scenes["hall"]
    choices = {
        "tell": hall.choices["tell"],
        "hold": replace(hall.choices["wait"], id="hold", text="Hold on."),
    }
    scenes = {**TALE.scenes, "hall": replace(hall, choices=choices)}
    shelf(game).edit(edited(TALE, scenes=scenes, aliases={"hall.wait": "hall.hold"}))
    after = play(game, "hold", "stay")
    for left, right in ((before, after), (after, before)):
        compared = game.explore.compare(left, right)
        assert not compared.one_edition
        assert len(compared.shared) == 1
        assert compared.parting == "another choice"


def test_the_same_choice_that_leads_elsewhere_after_an_edit_says_so() -> None:
    game = fakes.game(TALE)
    before = play(game, "wait", "stay")
    onward = TALE.scenes["hall"].choices["tell"].goto
    shelf(game).edit(
        with_choice(TALE, "hall", "wait", lambda c: replace(c, goto=onward))
    )
    compared = game.explore.compare(before, play(game, "wait", "sit"))
    assert compared.parting == "another place"
    assert "edited in between" in divergence_text(compared)


def test_what_another_choice_changed_is_said_after_it_was_played() -> None:
    game = fakes.game(TALE)
    again = game.rewind(play(game, "wait", "back", "sit"), 0)
    again.choose("tell")
    again.choose("sit")
    compared = game.explore.cause(again.playthrough)
    assert compared is not None
    assert cause_lines(compared) == (
        "You chose “Tell Omar first.” Before, it was “Wait.”",
        "It came to the same ending: “End”.",
        "Guideline 1, Guideline 1: upheld. Before: strained.",
        "At “Room” it opened “Do ask.”",
        "It led to other scenes; where the roads met again, you chose alike.",
    )


def test_where_more_was_chosen_differently_one_choice_is_not_called_the_cause() -> None:
    game = fakes.game(TALE)
    again = game.rewind(play(game, "tell", "sit"), 0)
    for taken in ("wait", "back", "shout"):
        again.choose(taken)
    compared = game.explore.cause(again.playthrough)
    assert compared is not None
    said = cause_lines(compared)
    assert "It ended in “Sad” rather than in “End”." in said
    assert "not all of it comes from this choice" in said[-1]


def test_a_run_that_branched_from_a_deleted_one_has_nothing_to_stand_beside() -> None:
    game = fakes.game(TALE)
    run = play(game, "leave")
    again = game.rewind(run, 0)
    again.choose("tell")
    game.store.delete(run)
    assert game.explore.cause(again.playthrough) is None
    assert game.explore.cause(play(game, "leave")) is None


def test_a_replay_of_the_same_choices_has_no_cause_to_tell() -> None:
    game = fakes.game(TALE)
    again = game.rewind(play(game, "leave"), 0)
    again.choose("leave")
    compared = game.explore.cause(again.playthrough)
    assert compared is not None
    assert cause_lines(compared) == ()


def walk(told: Story, picks: list[int], run: str) -> PlayedPath:
    events: list[PlayEvent] = [*engine.begin(told)]
    state = engine.replay(told, events)
    for pick in picks:
        options = engine.available(told, state)
        if not options:
            break
        for event in engine.decide(told, state, options[pick % len(options)]):
            events.append(event)
            state = engine.evolve(told, state, event)
    return PlayedPath(run, told, tuple(events))


PICKS = st.lists(st.integers(0, 2), max_size=8)


@given(stories(), PICKS, PICKS)
def test_any_two_runs_compare_and_every_step_stands_exactly_once(
    told: Story, one: list[int], other: list[int]
) -> None:
    compared = compare(walk(told, one, "a"), walk(told, other, "b"))
    shared = len(compared.shared)
    left = [row.left for row in compared.rows if row.left]
    right = [row.right for row in compared.rows if row.right]
    assert [*compared.shared, *left] == list(compared.left.steps)
    assert right == list(compared.right.steps[shared:])
    assert json.loads(json.dumps(comparison_data(compared)))["story"] == "generated"
    mirrored = compare(walk(told, other, "b"), walk(told, one, "a"))
    assert (mirrored.parting, len(mirrored.shared)) == (compared.parting, shared)


@given(stories(), stories(), PICKS, PICKS)
def test_any_two_editions_compare_without_an_error(
    old: Story, new: Story, one: list[int], other: list[int]
) -> None:
    compared = compare(walk(old, one, "a"), walk(edited(new), other, "b"))
    assert divergence_text(compared)
    assert comparison_data(compared)["one_edition"] is False


def test_an_edited_scene_title_does_not_part_two_runs() -> None:
    game = fakes.game(TALE)
    before = play(game, "tell", "sit")
    shelf(game).edit(
        with_scene(TALE, "hall", lambda s: replace(s, title="The hall, at noon"))
    )
    assert (
        game.explore.compare(before, play(game, "tell", "sit")).parting == "same road"
    )
