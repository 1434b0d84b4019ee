"""Starting, choosing, leaving, coming back; what is kept, and what happens when it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue_game.app.bootstrap import memory_store
from dialogue_game.core.course import StoryEntry
from dialogue_game.core.events import ChoiceMade, PlaythroughStarted, Reflected
from dialogue_game.core.story import Detail, Exhibit
from dialogue_game.errors import (
    ChoiceNotAvailable,
    JournalBusy,
    JournalFull,
    NotFound,
)
from dialogue_game.journal.store import Unknown
from tests import fakes
from tests.builders import choice, scene, story

PHOTO = Exhibit(
    "photo", "photo", {}, alt="A door.", details=(Detail("lock", "the lock", "Open."),)
)
TALE = story(
    scene(
        "hall", choice("in", "room", "g1 upholds"), choice("out", "end", "g1 breaches")
    ),
    scene(
        "room", choice("sit", "end", "g1 models"), choice("run", "sad", "g1 strains")
    ),
    endings={"end": "good", "sad": "poor"},
)
LOOKED_AT = replace(
    TALE,
    scenes={**TALE.scenes, "hall": replace(TALE.scenes["hall"], exhibits=(PHOTO,))},
)


def test_a_choice_is_in_the_journal_when_the_state_has_moved() -> None:
    game = fakes.game(TALE)
    player = game.start("tale")
    told = player.choose("in")
    assert told.choice_text == "Do in."
    assert player.situation.scene == "room"
    kept = [recorded.event for recorded in game.store.read(player.playthrough)]
    assert kept == [PlaythroughStarted("tale", "first"), ChoiceMade("hall", "in")]


def test_a_playthrough_is_resumed_exactly_where_it_was_left() -> None:
    game = fakes.game(TALE)
    left = game.start("tale")
    left.choose("in")
    back = game.open(game.newest_paused("tale"))
    assert back.situation == left.situation
    assert back.state == left.state
    assert back.last_consequence is not None
    assert back.last_consequence.choice == "in"


def test_when_the_journal_refuses_nothing_has_moved() -> None:
    store = fakes.FailingStore()
    player = fakes.game(TALE, store=store).start("tale")
    before = (player.situation, player.events)
    store.fail()
    with pytest.raises(JournalFull):
        player.choose("in")
    assert (player.situation, player.events) == before
    store.failure = None
    player.choose("in")
    assert player.situation.scene == "room"


def test_one_can_go_on_without_saving() -> None:
    store = fakes.FailingStore()
    game = fakes.game(TALE, store=store)
    player = game.start("tale")
    player.choose("in")
    store.fail()
    unkept = memory_store()
    player.go_on_without_saving(unkept)
    player.choose("sit")
    assert player.ended
    assert len(store.read(player.playthrough)) == 2
    assert len(unkept.read(player.playthrough)) == 3


def test_a_playthrough_that_went_on_elsewhere_is_not_mixed_up() -> None:
    game = fakes.game(TALE)
    first = game.start("tale")
    first.choose("in")
    second = game.open(first.playthrough)
    first.choose("sit")
    with pytest.raises(JournalBusy):
        second.choose("sit")
    assert second.situation.scene == "room"


def test_events_of_a_later_version_do_not_stop_a_resume() -> None:
    game = fakes.game(TALE)
    player = game.start("tale")
    player.choose("in")
    game.store.append(player.playthrough, [Unknown("danced", "{}")], expected=2, at=5)
    back = game.open(player.playthrough)
    back.choose("sit")
    assert back.ended
    assert len(game.store.read(player.playthrough)) == 4


def test_a_playthrough_stays_on_the_edition_it_was_played_on() -> None:
    game = fakes.game(TALE)
    player = game.start("tale")
    player.choose("in")
    shelf = game.shelf
    assert isinstance(shelf, fakes.FakeShelf)
    shelf.edit(replace(TALE, edition="second", title="A New Tale", scenes={}))
    back = game.open(player.playthrough)
    assert back.story.title == "A Tale"
    assert back.situation.scene == "room"


def test_looking_closer_is_noted_once() -> None:
    game = fakes.game(LOOKED_AT)
    player = game.start("tale")
    player.look("photo", "lock")
    player.look("photo", "lock")
    assert len(player.events) == 2


def test_the_newest_line_of_ones_own_counts() -> None:
    game = fakes.game(TALE)
    player = game.start("tale")
    player.reflect("ask first")
    player.reflect("ask Nala first")
    assert player.debrief().reflection == "ask Nala first"
    assert Reflected("ask first") in player.events


def test_the_debrief_tells_the_road_and_its_profile() -> None:
    player = fakes.game(TALE).start("tale")
    player.choose("in")
    player.choose("run")
    back = player.debrief()
    assert back.ending is not None
    assert back.ending.ending == "sad"
    assert [step.decision.chosen.id for step in back.path] == ["in", "run"]
    assert (back.profile.overall.earned, back.profile.overall.at_stake) == (3, 6)


def test_progress_says_what_lies_behind_and_ahead() -> None:
    player = fakes.game(TALE).start("tale")
    assert (player.progress.made, player.progress.least, player.progress.most) == (
        0,
        1,
        2,
    )
    player.choose("in")
    assert (player.progress.made, player.progress.least, player.progress.most) == (
        1,
        1,
        1,
    )
    player.choose("sit")
    assert player.progress.share == 1.0


def test_cards_tell_endings_found_and_what_can_be_resumed() -> None:
    game = fakes.game(TALE)
    assert [card.state for card in game.cards()] == ["new"]
    player = game.start("tale")
    player.choose("in")
    (card,) = game.cards()
    assert (card.state, card.paused, card.paused_decisions) == (
        "started",
        player.playthrough,
        1,
    )
    player.choose("sit")
    (card,) = game.cards()
    assert (card.state, card.endings_found, card.paused) == ("finished", 1, "")


def test_a_story_that_is_not_written_yet_says_so() -> None:
    from dialogue_game.app.game import Card

    assert (
        Card(StoryEntry("x", "X", "scenario", coming=True), 0, "", 0, 0).state
        == "coming"
    )


def test_history_is_newest_first_and_can_be_deleted() -> None:
    game = fakes.game(TALE)
    first, second = game.start("tale"), game.start("tale")
    second.choose("in")
    first.choose("out")
    assert [run.id for run in game.history()] == [first.playthrough, second.playthrough]
    run = game.history()[0]
    assert (run.state, run.ending, run.choices, run.percent) == ("ended", "end", 1, 0)
    game.store.delete(first.playthrough)
    assert [run.id for run in game.history()] == [second.playthrough]
    with pytest.raises(NotFound):
        game.open(first.playthrough)


def test_an_unknown_story_or_choice_is_named() -> None:
    game = fakes.game(TALE)
    with pytest.raises(NotFound, match="nothing"):
        game.start("nothing")
    with pytest.raises(ChoiceNotAvailable):
        game.start("tale").choose("fly")
    with pytest.raises(NotFound):
        game.newest_paused("other")


def test_where_the_journal_cannot_be_written_a_playthrough_starts_all_the_same() -> (
    None
):
    class Unwritable(fakes.FailingStore):
        def keep_edition(self, digest: str, data: bytes) -> None:
            raise JournalFull(
                "There is no room left on the disk.", "Free some, try again."
            )

    game = fakes.game(TALE, store=Unwritable())
    player = game.start("tale")
    player.choose("in")
    assert player.situation.scene == "room"
    assert not game.saving
    assert game.trouble.startswith("There is no room left")
