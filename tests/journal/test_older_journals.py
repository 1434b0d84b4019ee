"""A journal that an earlier version wrote is read whole; the names of events never change."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import get_args

from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    PlayEvent,
    PlaythroughStarted,
)
from dialogue_game.core.session.session_events import SessionEvent
from dialogue_game.journal.codec import EVENT_NAMES, event_types
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.journal.store import Unknown

NOVEMBER = Path(__file__).with_name("november_2026.sql")
NAMES = {
    *("playthrough_started", "choice_made", "reference_opened", "looked", "reflected"),
    *(
        "transfer_answered",
        "session_started",
        "step_reached",
        "road_opened",
        "form_chosen",
    ),
    *(
        "ballot_opened",
        "ballot_cast",
        "ballot_closed",
        "settled",
        "minority_reason",
        "parked",
    ),
    *("takeaway", "blanked", "extended", "undone", "paused", "headcount_changed"),
    "session_ended",
}


def opened(folder: Path) -> SqliteStore:
    file = folder / "journal.sqlite3"
    database = sqlite3.connect(file)
    database.executescript(NOVEMBER.read_text(encoding="utf-8"))
    database.close()
    return SqliteStore(file)


def test_every_event_of_an_older_journal_is_known(tmp_path: Path) -> None:
    store = opened(tmp_path)
    read = [
        item.event for stream in ("run-1", "session-1") for item in store.read(stream)
    ]
    assert len(read) == 24
    assert not [event for event in read if isinstance(event, Unknown)]
    assert {event_types()[name] for name in NAMES} == {type(event) for event in read}


def test_what_an_older_run_says_is_what_was_written(tmp_path: Path) -> None:
    events = [item.event for item in opened(tmp_path).read("run-1")]
    assert events[0] == PlaythroughStarted("omar", "0ld")
    assert events[1] == ChoiceMade("omw_home", "ask")


def test_an_older_journal_takes_new_events(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.append(
        "run-1", [Continued("pause")], expected=7, at=1_800_000_000_000, summary=None
    )
    assert [item.event for item in store.read("run-1", after=7)] == [Continued("pause")]


def test_the_names_of_an_older_version_stand_in_the_table() -> None:
    assert EVENT_NAMES.keys() >= NAMES


def test_every_event_class_has_exactly_one_name() -> None:
    classes = (*get_args(PlayEvent), *get_args(SessionEvent))
    assert sorted(EVENT_NAMES.values()) == sorted(kind.__name__ for kind in classes)
