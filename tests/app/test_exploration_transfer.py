"""One new situation for the weakest guideline, at a later start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings
from dialogue_game.app.transfer import (
    LAST_ASKED,
    MIN_INTERVAL,
    answer_transfer,
    due_transfer,
    record_asked,
)
from dialogue_game.core.events import TransferAnswered
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound
from tests import fakes
from tests.app.tales import ITEM, OTHER_ITEM, TALE, edited, play, shelf


class SetClock:
    """A clock that stands until it is set forward."""

    def __init__(self) -> None:
        self.now = 1_700_000_000_000

    def __call__(self) -> int:
        return self.now


def game_at(clock: SetClock, *stories: Story, settings: Settings | None = None) -> Game:
    game = fakes.game(*stories, settings=settings)
    game.clock = clock
    return game


def test_nothing_is_asked_before_a_run_has_ended() -> None:
    game = fakes.game(TALE)
    assert due_transfer(game) is None
    play(game, "wait")
    assert due_transfer(game) is None


def test_the_question_is_on_the_guideline_that_was_weakest() -> None:
    weak_on_two = replace(ITEM, id="two", guideline="g2")
    game = fakes.game(edited(TALE, transfer={"badge": ITEM, "two": weak_on_two}))
    run = play(game, "tell", "shout")
    due = due_transfer(game)
    assert due is not None
    assert (due.item.id, due.guideline.id, due.playthrough) == ("two", "g2", run)
    assert (due.earned, due.at_stake) == (2, 4)


def test_nothing_is_asked_where_nothing_fell_short() -> None:
    game = fakes.game(TALE)
    play(game, "tell", "ask")
    assert due_transfer(game) is None


def test_the_answer_is_kept_with_the_run_it_came_from() -> None:
    game = fakes.game(TALE)
    run = play(game, "leave")
    due = due_transfer(game)
    assert due is not None
    assert answer_transfer(game, due, 1).sound
    assert game.open(run).events[-1] == TransferAnswered("badge", 1)


@pytest.mark.parametrize("option", [-1, 2])
def test_an_answer_that_is_not_offered_is_refused(option: int) -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    due = due_transfer(game)
    assert due is not None
    with pytest.raises(NotFound):
        answer_transfer(game, due, option)


def test_one_setting_turns_the_questions_off() -> None:
    game = fakes.game(TALE, settings=Settings(transfer="off"))
    play(game, "leave")
    assert due_transfer(game) is None


def test_an_item_that_was_not_asked_comes_before_one_that_was() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    first = due_transfer(game)
    assert first is not None
    record_asked(game, first)
    second = due_transfer(game)
    assert second is not None
    assert [first.item, second.item] == [ITEM, OTHER_ITEM]


def test_an_item_rests_for_a_day_and_then_the_one_asked_longest_ago_returns() -> None:
    clock = SetClock()
    game = game_at(clock, TALE)
    play(game, "leave")
    for _ in range(2):
        due = due_transfer(game)
        assert due is not None
        record_asked(game, due)
        clock.now += 1000
    assert due_transfer(game) is None
    clock.now += MIN_INTERVAL
    again = due_transfer(game)
    assert again is not None
    assert again.item == ITEM


def test_an_answer_given_right_after_the_story_counts_as_asked() -> None:
    game = fakes.game(TALE)
    game.open(play(game, "leave")).answer_transfer("badge", 0)
    due = due_transfer(game)
    assert due is not None
    assert due.item == OTHER_ITEM


def test_questions_of_a_story_that_is_no_longer_installed_can_still_be_asked() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    shelf(game).remove("tale")
    assert due_transfer(game) is not None


@pytest.mark.parametrize("damage", ["{", "[]", '{"tale.badge": "long ago"}', "null"])
def test_a_damaged_memory_of_what_was_asked_keeps_nobody_from_playing(
    damage: str,
) -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    game.store.put_setting(LAST_ASKED, damage)
    assert due_transfer(game) is not None


def test_aids_and_tutorials_ask_nothing() -> None:
    game = fakes.game(edited(TALE, kind="tutorial"))
    play(game, "leave")
    assert due_transfer(game) is None
