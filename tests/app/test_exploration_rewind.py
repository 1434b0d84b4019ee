"""Back to any decision: what is shared, what is kept, and when it is open."""

from __future__ import annotations

import pytest

from dialogue_game.app.explore.rewind import may_rechoose
from dialogue_game.app.player import shared_steps
from dialogue_game.app.runs import landmarks
from dialogue_game.app.settings import Settings
from dialogue_game.core.events import ChoiceMade, PlaythroughStarted
from dialogue_game.errors import JournalFull, NotFound, NotOpenYet, Remedy
from tests import fakes
from tests.app.tales import TALE, edited, play, shelf, with_scene


def test_a_rewind_begins_a_playthrough_that_shares_what_came_before() -> None:
    game = fakes.game(TALE)
    run = play(game, "wait", "back", "sit")
    again = game.rewind(run, 2)
    assert again.playthrough != run
    assert again.events == (
        PlaythroughStarted("tale", "first", branched_from=run, branched_at=2),
        ChoiceMade("hall", "wait"),
        ChoiceMade("yard", "back"),
    )
    assert again.situation.scene == "room"
    again.choose("shout")
    assert again.ended


def test_a_rewind_deletes_nothing_and_both_runs_can_be_opened() -> None:
    game = fakes.game(TALE)
    run = play(game, "wait", "back", "sit")
    before = game.open(run).events
    game.rewind(run, 1).choose("stay")
    assert game.open(run).events == before
    assert [(r.state, r.branched_from, r.branched_at) for r in game.history()] == [
        ("ended", run, 1),
        ("ended", "", 0),
    ]


def test_each_run_can_be_deleted_on_its_own() -> None:
    game = fakes.game(TALE)
    run = play(game, "wait", "back", "sit")
    again = game.rewind(run, 1)
    again.choose("back")
    game.store.delete(run)
    assert game.open(again.playthrough).situation.scene == "room"


def test_a_rewind_that_is_only_looked_at_is_never_kept() -> None:
    game = fakes.game(TALE)
    run = play(game, "wait", "back", "sit")
    again = game.rewind(run, 1)
    again.open_reference("code")
    assert [line.id for line in game.history()] == [run]
    again.choose("stay")
    assert [(line.branched_from, line.choices) for line in game.history()] == [
        (run, 2),
        ("", 3),
    ]
    assert [
        type(item.event).__name__ for item in game.store.read(again.playthrough)
    ] == [*("PlaythroughStarted", "ChoiceMade", "ReferenceOpened", "ChoiceMade")]


def test_home_goes_on_where_one_chose_last_whatever_was_looked_at_since() -> None:
    game = fakes.game(TALE)
    behind = play(game, "tell")
    ahead = play(game, "wait", "back")
    game.start("tale").open_reference("code")
    game.open(behind).open_reference("code")
    assert game.history()[0].id == behind
    (card,) = game.cards()
    assert (card.paused, card.paused_decisions, card.runs) == (ahead, 2, 2)
    assert game.newest_paused("tale") == ahead


def test_what_is_shared_is_told_in_one_line_a_step() -> None:
    game = fakes.game(TALE)
    again = game.rewind(play(game, "wait", "back", "sit"), 2)
    again.choose("shout")
    assert again.shared == 2
    lines = [
        (line.number, line.title, line.choice_text) for line in shared_steps(again)
    ]
    assert lines == [(1, "Hall", "Wait."), (2, "Yard", "Go back.")]


def test_a_run_that_was_never_rewound_shares_nothing() -> None:
    game = fakes.game(TALE)
    assert shared_steps(game.open(play(game, "wait"))) == ()


def test_in_a_first_run_one_can_look_back_but_not_choose_again() -> None:
    game = fakes.game(TALE)
    run = play(game, "wait")
    assert len(game.open(run).steps()) == 1
    with pytest.raises(NotOpenYet) as refused:
        game.rewind(run, 0)
    assert refused.value.remedy is Remedy.ALLOW_RECHOOSING
    assert len(game.history()) == 1


def test_an_ending_of_any_run_opens_the_decisions_of_every_run_of_that_story() -> None:
    game = fakes.game(TALE, edited(TALE, id="other"))
    run = play(game, "wait")
    play(game, "leave", told="other")
    assert not may_rechoose(game, "tale")
    play(game, "leave")
    assert game.rewind(run, 0).situation.scene == "hall"


def test_a_setting_opens_decisions_in_a_first_run() -> None:
    game = fakes.game(TALE, settings=Settings(rechoose="on"))
    assert game.rewind(play(game, "wait"), 0).situation.scene == "hall"


@pytest.mark.parametrize("decision", [-1, 1, 99])
def test_a_decision_that_was_not_made_is_not_found(decision: int) -> None:
    game = fakes.game(TALE)
    with pytest.raises(NotFound, match="one decision, number 1"):
        game.rewind(play(game, "leave"), decision)


def test_a_rewind_stays_on_the_edition_that_was_played() -> None:
    game = fakes.game(TALE)
    run = play(game, "wait", "back", "sit")
    shelf(game).edit(with_scene(TALE, "room", lambda s: s))
    again = game.rewind(run, 1)
    assert again.story.edition == "first"
    again.choose("back")
    assert game.open(again.playthrough).story.edition == "first"


def test_a_rewind_of_a_rewind_says_which_run_it_left() -> None:
    game = fakes.game(TALE)
    first = play(game, "wait", "back", "sit")
    second = game.rewind(first, 1)
    second.choose("stay")
    third = game.rewind(second.playthrough, 0)
    assert third.events == (PlaythroughStarted("tale", "first", second.playthrough, 0),)


def test_when_the_journal_refuses_the_old_run_is_as_it_was() -> None:
    class Full(fakes.FailingStore):
        def create(self, *args: object, **more: object) -> None:
            if self.failure is not None:
                raise self.failure
            super().create(*args, **more)  # type: ignore[arg-type]

    store = Full()
    game = fakes.game(TALE, store=store)
    run = play(game, "leave")
    store.fail()
    again = game.rewind(run, 0)
    with pytest.raises(JournalFull):
        again.choose("tell")
    assert again.situation.scene == "hall"
    assert [r.id for r in game.history()] == [run]


def test_an_answer_or_a_line_written_later_does_not_move_the_date_of_an_ending() -> (
    None
):
    game = fakes.game(TALE)
    run = play(game, "leave")
    ended = game.history()[0].ended
    game.open(run).reflect("Later.")
    assert game.history()[0].ended == ended
    assert game.history()[0].updated > ended


def test_first_and_best_run_are_told_apart() -> None:
    game = fakes.game(TALE)
    first = play(game, "leave")
    best = play(game, "tell", "ask")
    play(game, "wait", "stay")
    play(game, "tell")
    mark = landmarks(game.history())[game.key("tale")]
    assert mark.first.id == first
    assert mark.best is not None
    assert mark.best.id == best


def test_a_run_is_found_by_the_beginning_of_its_id() -> None:
    game = fakes.game(TALE)
    for _ in range(10):
        run = play(game, "leave")
    explore = game.explore
    assert explore.find("run10").id == explore.find("newest").id == run
    assert explore.find("run1").id == "run1"
    with pytest.raises(NotFound, match="begins several"):
        explore.find("ru")
    for unknown in ("", "walk"):
        with pytest.raises(NotFound):
            explore.find(unknown)
