"""What a group was led to is kept, opened and compared, and is nobody's own progress."""

from __future__ import annotations

from dialogue_game.app.game import Game
from dialogue_game.app.runs import landmarks
from dialogue_game.app.transfer import due_transfer
from dialogue_game.reporting.story_outline import (
    discovery_data,
    hidden_text,
    outline_lines,
)
from tests.app.rooms import WALK, WHOLE, led, sitting
from tests.app.tales import ITEM, TALE, play


def after_a_group() -> tuple[Game, str]:
    """A game in which only a group has reached an ending; the id of its run."""
    leading, game, _ = sitting(WALK)
    led(leading, *WHOLE)
    (run,) = game.history()
    assert (run.finished, run.alone) == (True, False)
    return game, run.id


def test_a_groups_ending_is_not_among_those_a_person_has_found() -> None:
    game, _ = after_a_group()
    (card,) = game.cards()
    assert (card.state, card.endings_found, card.runs, card.paused) == ("new", 0, 0, "")
    play(game, "leave", "shut", told="walk")
    (card,) = game.cards()
    assert (card.state, card.endings_found, card.runs) == ("finished", 1, 1)


def test_first_and_best_are_a_persons_own_even_where_a_group_came_first_and_did_better() -> (
    None
):
    game, group = after_a_group()
    assert landmarks(game.history()) == {}
    own = play(game, "leave", "shut", told="walk")
    mark = landmarks(game.history())[game.key("walk")]
    assert (mark.first.id, mark.best and mark.best.id) == (own, own)
    best = max(game.history(), key=lambda run: run.percent or 0)
    assert best.id == group


def test_a_persons_map_shows_nothing_that_only_a_group_has_seen_and_says_how_many_runs() -> (
    None
):
    game, _ = after_a_group()
    known = game.explore.discovery("walk")
    assert (known.scenes, known.endings, known.runs, known.groups) == ((), (), 0, 1)
    assert (known.hidden_scenes, known.hidden_endings) == (3, 2)
    assert discovery_data(known)["groups"] == 1
    assert "1 run with a group not counted here" in outline_lines(known)[1]
    assert "Gate" not in "\n".join(outline_lines(known))
    assert "2 endings not found yet" in hidden_text(known)


def test_a_persons_what_ifs_offer_what_only_a_group_has_tried() -> None:
    game, group = after_a_group()
    own = play(game, "leave", "shut", told="walk")
    assert ("gate", "open") in {(o.scene, o.option) for o in game.explore.what_ifs(own)}
    assert ("gate", "shut") in {
        (o.scene, o.option) for o in game.explore.what_ifs(group)
    }


def test_no_later_question_comes_from_a_groups_run() -> None:
    leading, game, clock = sitting(TALE)
    led(leading, "next", "hands", "settle c", "next", "next", "next")
    assert game.history()[0].finished
    assert due_transfer(game) is None
    play(game, "leave")
    clock.pass_(10)
    due = due_transfer(game)
    assert due is not None
    assert due.item == ITEM


def test_a_groups_run_can_be_opened_compared_and_replayed_and_says_whose_it_was() -> (
    None
):
    game, group = after_a_group()
    own = play(game, "leave", "shut", told="walk")
    assert game.open(group).state.ending == "end"
    compared = game.explore.compare(own, group)
    assert (compared.left.who, compared.right.who) == ("you", "group")
    again = game.rewind(group, 1)
    again.choose("shut")
    assert [run.alone for run in game.history()] == [True, True, False]
