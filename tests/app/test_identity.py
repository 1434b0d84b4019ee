"""A run belongs to the story of one course, on both stores and over editions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue_game.app.explore.carry_over import bring_over
from dialogue_game.app.explore.rewind import may_rechoose
from dialogue_game.app.game import Game
from dialogue_game.app.records.attempts import Records
from dialogue_game.app.records.exporting import completed
from dialogue_game.app.runs import UNKNOWN, landmarks, language_of, runs_named
from dialogue_game.app.transfer import due_transfer
from dialogue_game.core.events import ChoiceMade, PlaythroughStarted
from dialogue_game.errors import NotFound
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.journal.store import Store, Summary
from tests import fakes
from tests.app.tales import TALE, edited, play, shelf

Opened = Callable[..., Game]
ENDED = ("tell", "sit")


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    kept = request.param == "file"
    return SqliteStore(tmp_path / "journal.sqlite3") if kept else InMemoryStore()


@pytest.fixture
def opened(store: Store) -> Opened:
    """Opens a course with the tale of that name, in a folder, over one journal."""
    ids = iter(f"run{number}" for number in range(1, 100))

    def game(course: str, folder: Path | str = "", edition: str = "") -> Game:
        told = replace(TALE, course=course, edition=edition or f"{course}-first")
        found = fakes.game(told, store=store)
        found.new_id = lambda: next(ids)
        shelf(found).put_in(str(folder))
        return found

    return game


def test_a_story_of_another_course_with_the_same_id_is_another_story(
    opened: Opened,
) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    paused = play(ours, "tell")
    play(theirs, *ENDED)
    (card,) = ours.cards()
    assert (card.state, card.paused, card.endings_found, card.runs) == (
        "started",
        paused,
        0,
        1,
    )
    assert ours.newest_paused("tale") == paused
    with pytest.raises(NotFound):
        theirs.newest_paused("tale")
    known = ours.explore.discovery("tale")
    assert (known.runs, known.finished) == (1, 0)
    assert not may_rechoose(ours, "tale")
    assert may_rechoose(theirs, "tale")


def test_records_of_a_course_that_is_not_open_are_in_its_language(
    opened: Opened,
) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    found = shelf(theirs)
    found.course = replace(found.course, language="ar", direction="rtl")
    play(theirs, *ENDED)
    play(ours, *ENDED)
    assert language_of(ours, "theirs") == ("ar", "rtl")
    assert Records(ours).learner("theirs").language == "ar"
    assert Records(ours).learner("ours").language == "en"
    found.course = replace(found.course, language="en", direction="ltr")
    play(theirs, *ENDED)
    assert language_of(ours, "theirs") == ("en", "ltr")


def test_a_story_of_another_course_is_not_certified_as_ours(opened: Opened) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    play(theirs, *ENDED)
    with pytest.raises(NotFound, match="Not brought to an end yet"):
        completed(ours)
    (done,) = completed(theirs)
    assert done.edition == "theirs-first"


def test_first_and_best_stand_by_course_in_one_history(opened: Opened) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    own, other = play(ours, "leave"), play(theirs, *ENDED)
    marks = landmarks(ours.history())
    assert marks[ours.key("tale")].first.id == own
    assert marks[theirs.key("tale")].first.id == other
    assert {mark.best.id for mark in marks.values() if mark.best} == {own, other}


def test_what_is_done_with_another_courses_run_from_history_stays_with_it(
    opened: Opened,
) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    own, other = play(ours, *ENDED), play(theirs, *ENDED)
    again = ours.rewind(other, 1)
    again.choose("shout")
    assert [run.course for run in ours.history()] == ["theirs", "theirs", "ours"]
    assert ours.explore.discovery(theirs.key("tale")).runs == 2
    assert ours.explore.edited(other) is None
    with pytest.raises(NotFound, match="another course"):
        bring_over(ours, other)
    with pytest.raises(NotFound, match="different stories: tale of the course"):
        ours.explore.compare(own, other)


def test_no_question_of_another_course_is_put_at_a_start(opened: Opened) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    play(theirs, "leave")
    assert due_transfer(ours) is None
    assert due_transfer(theirs) is not None


def test_copies_of_a_course_are_told_apart_by_where_they_stand(
    opened: Opened, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, copy = opened("same", tmp_path / "a"), opened("same", tmp_path / "b")
    paused = play(one, "tell")
    assert copy.cards()[0].state == "new"
    assert one.newest_paused("tale") == paused
    assert copy.explore.discovery("tale").runs == 0


def test_a_course_that_was_moved_takes_its_runs_along(
    opened: Opened, tmp_path: Path
) -> None:
    (tmp_path / "before").mkdir()
    paused = play(opened("same", tmp_path / "before"), "tell")
    (tmp_path / "before").rename(tmp_path / "after")
    moved = opened("same", tmp_path / "after")
    assert moved.newest_paused("tale") == paused
    moved.open(paused).choose("sit")
    again = moved.rewind(paused, 0)
    begun = PlaythroughStarted(
        "tale", "same-first", paused, 0, place=str(tmp_path / "after")
    )
    assert again.events == (begun,)


def older_run(store: Store, run: str, edition: str) -> None:
    """A finished run as the version before kept it: its line names no course."""
    events = (PlaythroughStarted("tale", edition), ChoiceMade("hall", "leave"))
    line: Summary = {
        "story": "tale",
        "edition": edition,
        "state": "ended",
        "ending": "sad",
        "percent": 0,
    }
    store.create(run, "playthrough", events, 1, line)


def test_runs_of_the_version_before_are_known_by_the_edition_that_was_kept(
    opened: Opened, store: Store
) -> None:
    ours, theirs = opened("ours", edition="o2"), opened("theirs")
    for game, edition in ((ours, "o1"), (theirs, "t1")):
        old = edited(game.story("tale"), edition)
        store.keep_edition(edition, game.encode_edition(old))
    older_run(store, "of_ours", "o1")
    older_run(store, "of_theirs", "t1")
    older_run(store, "lost", "nowhere")
    assert {run.id: run.course for run in ours.history()} == {
        "of_ours": "ours",
        "of_theirs": "theirs",
        "lost": UNKNOWN,
    }
    (card,) = ours.cards()
    assert (card.runs, card.earlier) == (1, 1)


def test_first_best_and_endings_count_the_present_edition_and_name_older_runs(
    opened: Opened,
) -> None:
    game = opened("ours")
    old = play(game, *ENDED)
    shelf(game).edit(edited(game.story("tale")))
    (card,) = game.cards()
    assert (card.state, card.endings_found, card.earlier) == ("new", 0, 1)
    assert landmarks(game.history()) == {}
    own = play(game, "leave")
    (mark,) = landmarks(game.history()).values()
    assert (mark.first.id, mark.best and mark.best.id) == (own, own)
    assert {run.id: run.earlier for run in game.history()} == {own: False, old: True}
    assert game.cards()[0].endings_found == 1


def test_a_paused_run_of_an_older_edition_can_still_be_gone_on_with(
    opened: Opened,
) -> None:
    game = opened("ours")
    paused = play(game, "tell")
    shelf(game).edit(edited(game.story("tale")))
    assert game.newest_paused("tale") == paused
    assert game.explore.edited(paused) is not None


def test_runs_are_named_by_course_and_story_or_by_the_open_courses_own_id(
    opened: Opened,
) -> None:
    ours, theirs = opened("ours"), opened("theirs")
    own, other = play(ours, *ENDED), play(theirs, *ENDED)
    assert [run.id for run in runs_named(ours, "tale")] == [own]
    assert [run.id for run in runs_named(ours, "theirs/tale")] == [other]
    assert runs_named(ours, "nobodys/tale") == ()
