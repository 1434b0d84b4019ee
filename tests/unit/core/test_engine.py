"""The rules of play."""

from __future__ import annotations

import copy
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, PlayEvent, ReferenceOpened
from dialogue_game.core.state import State
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Detail,
    Exhibit,
    Paragraph,
    Story,
)
from dialogue_game.errors import ChoiceNotAvailable
from tests.builders import choice, scene, story
from tests.strategies import stories

HALL = scene(
    "hall",
    choice("wait", "hall", effects=("patience += 1",)),
    choice("open", "room", when="patience >= 1", locked="Wait {patience} more."),
    text=(
        Paragraph("You wait ({patience})."),
        Paragraph("Somebody laughs.", "patience > 1"),
    ),
)
ROOM = scene(
    "room", choice("leave", goto=(Branch("late", "patience > 1"), Branch("end")))
)
TALE = story(
    HALL, ROOM, endings={"end": "good", "late": "mixed"}, variables={"patience": 0}
)


def state_after(told: Story, *choices: str) -> State:
    state = engine.replay(told, engine.begin(told))
    for taken in choices:
        for event in engine.decide(told, state, taken):
            state = engine.evolve(told, state, event)
    return state


def test_a_playthrough_begins_in_the_first_scene() -> None:
    assert state_after(TALE).scene == "hall"
    assert state_after(TALE).visited == {"hall"}


def test_a_locked_option_is_shown_with_its_reason() -> None:
    option = engine.situation(TALE, state_after(TALE)).options[1]
    assert (option.id, option.available, option.locked) == (
        "open",
        False,
        "Wait 0 more.",
    )


@pytest.mark.parametrize("wrong", ["open", "shout", ""])
def test_a_choice_that_cannot_be_taken_is_refused_with_those_that_can(
    wrong: str,
) -> None:
    with pytest.raises(ChoiceNotAvailable) as caught:
        engine.decide(TALE, state_after(TALE), wrong)
    assert caught.value.options == ("wait",)


def test_an_unknown_choice_is_refused_where_all_are_open_too() -> None:
    told = story(scene("hall", choice("go"), choice("stay")))
    with pytest.raises(ChoiceNotAvailable) as refused:
        engine.decide(told, state_after(told), "fly")
    assert refused.value.options == ("go", "stay")


def test_nothing_can_be_chosen_after_the_ending() -> None:
    ended = state_after(TALE, "wait", "open", "leave")
    with pytest.raises(ChoiceNotAvailable):
        engine.decide(TALE, ended, "leave")
    assert engine.situation(TALE, ended).options == ()
    assert engine.situation(TALE, ended).ending == "end"


def test_the_first_branch_that_holds_after_the_effects_is_taken() -> None:
    assert state_after(TALE, "wait", "open", "leave").ending == "end"
    assert state_after(TALE, "wait", "wait", "open", "leave").ending == "late"


def test_paragraphs_appear_when_their_condition_holds_and_show_variables() -> None:
    assert engine.situation(TALE, state_after(TALE, "wait")).text == ("You wait (1).",)
    twice = engine.situation(TALE, state_after(TALE, "wait", "wait"))
    assert twice.text == ("You wait (2).", "Somebody laughs.")


def test_a_consequence_is_told_as_the_world_stood_before_its_own_effects() -> None:
    told = story(
        scene(
            "hall",
            choice(
                "tell",
                consequence=(
                    Paragraph("They listen."),
                    Paragraph("They know already.", "told"),
                ),
                effects=("told = true",),
            ),
        ),
        variables={"told": False},
    )
    assert engine.consequence(told, state_after(told), "tell").text == ("They listen.",)


def test_people_in_exhibits_are_named_with_their_handles() -> None:
    post = Exhibit(
        "post",
        "post",
        {"author": "ann", "shares": "{reach}", "text": "{{not a variable}}"},
        details=(Detail("d", "the corner", "A door."),),
    )
    told = story(
        scene("hall", choice("go"), exhibits=(post,)),
        cast={"ann": CastMember("ann", "Ann Lee", handle="ann_l")},
        variables={"reach": 40},
    )
    shown = engine.situation(told, state_after(told)).exhibits[0]
    assert shown.fields == {
        "author": "Ann Lee",
        "handle": "@ann_l",
        "shares": "40",
        "text": "{not a variable}",
    }
    assert shown.details[0].text == "A door."


def test_exhibits_appear_when_their_condition_holds() -> None:
    note = Exhibit("note", "note", {"body": "Later."}, when="visited(room)")
    told = story(
        scene("hall", choice("go", "room"), exhibits=(note,)),
        scene("room", choice("x")),
    )
    assert engine.situation(told, state_after(told)).exhibits == ()


def test_events_that_decide_nothing_change_nothing() -> None:
    state = state_after(TALE, "wait")
    assert engine.evolve(TALE, state, ReferenceOpened("code")) == state


@given(stories(), st.lists(st.integers(0, 2), max_size=12))
def test_a_legal_walk_replayed_from_its_events_gives_the_same_state(
    told: Story, turns: list[int]
) -> None:
    events: list[PlayEvent] = list(engine.begin(told))
    state = engine.replay(told, events)
    for turn in turns:
        options = engine.available(told, state)
        if not options:
            break
        decided = engine.decide(told, state, options[turn % len(options)])
        for event in decided:
            state = engine.evolve(told, state, event)
        events += decided
    assert engine.replay(told, events) == state


@given(stories(), st.lists(st.integers(0, 2), max_size=8))
def test_every_available_option_can_be_chosen_and_nothing_given_is_changed(
    told: Story, turns: list[int]
) -> None:
    state = engine.replay(told, engine.begin(told))
    for turn in turns:
        options = engine.available(told, state)
        shown = engine.situation(told, state)
        assert tuple(o.id for o in shown.options if o.available) == options
        if not options:
            break
        kept = copy.deepcopy((told, state))
        for option in options:
            (event,) = engine.decide(told, state, option)
            assert event == ChoiceMade(state.scene, option)
            engine.consequence(told, state, option)
            engine.evolve(told, state, event)
        assert (told, state) == kept
        taken = ChoiceMade(state.scene, options[turn % len(options)])
        state = engine.evolve(told, state, taken)


@given(stories(), st.lists(st.integers(0, 2), max_size=12))
def test_a_scene_that_is_read_again_tells_what_a_first_reading_would(
    told: Story, turns: list[int]
) -> None:
    state = engine.replay(told, engine.begin(told))
    for turn in turns:
        shown = engine.situation(told, state)
        assert engine.situation(told, state) == shown
        assert engine.situation(copy.deepcopy(told), state) == shown
        options = engine.available(told, state)
        if not options:
            break
        state = engine.evolve(
            told, state, ChoiceMade(state.scene, options[turn % len(options)])
        )


def test_having_been_read_is_no_part_of_what_a_scene_is() -> None:
    unread = scene("attic", choice("leave"))
    read = copy.deepcopy(unread)
    engine.situation(story(read), state_after(story(read)))
    assert read == unread
    assert msgspec.to_builtins(read) == msgspec.to_builtins(unread)
    rewritten = replace(read, text=(Paragraph("This is new."),))
    assert engine.situation(story(rewritten), state_after(story(rewritten))).text == (
        "This is new.",
    )


def test_only_an_author_brings_a_handle() -> None:
    email = Exhibit("email", "email", {"from": "ann", "to": "ann", "body": "Hello."})
    told = story(
        scene("hall", choice("go"), exhibits=(email,)),
        cast={"ann": CastMember("ann", "Ann Lee", handle="ann_l")},
    )
    shown = engine.situation(told, state_after(told)).exhibits[0]
    assert shown.fields == {"from": "Ann Lee", "to": "Ann Lee", "body": "Hello."}
