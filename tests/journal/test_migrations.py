"""From every older journal to this one, and what a journal from the future gets."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dialogue_game.core.events import PlaythroughStarted
from dialogue_game.errors import JournalReadOnly, JournalTooNew, JournalUnreadable
from dialogue_game.journal.connection import connect
from dialogue_game.journal.migrations import (
    MIGRATIONS,
    Migration,
    migrate,
    verify,
    version_of,
)
from dialogue_game.journal.sqlite_store import SqliteStore
from tests.journal.conftest import OpenStore

STARTED = PlaythroughStarted("omar", "e1")
LINE = 'playthrough_started 1 {"story":"omar","edition":"e1"}'


def journal_of(path: Path, version: int) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = connect(f"{path.as_uri()}?mode=rwc", 1)
    migrate(db, MIGRATIONS[:version])
    return db


def test_names_are_in_order_and_say_their_number() -> None:
    assert [migration.name[:4] for migration in MIGRATIONS] == [
        f"m{number:03}" for number in range(1, len(MIGRATIONS) + 1)
    ]


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_a_journal_of_every_version_goes_on_as_one_of_today(
    path: Path, opened: OpenStore, version: int
) -> None:
    db = journal_of(path, version)
    if version >= 1:
        db.execute(
            "INSERT INTO streams (id, kind, length, started, updated, summary, checksum)"
            " VALUES ('old', 'playthrough', 1, 5, 5, '{}', ?)",
            (checksum_of_old(),),
        )
        db.execute("INSERT INTO events VALUES (1, 1, 5, ?)", (LINE,))
    db.close()
    store = opened()
    if version >= 1:
        assert [recorded.event for recorded in store.read("old")] == [STARTED]
    store.create("p", "playthrough", [STARTED], at=1)
    store.keep_edition("e1", b"x")
    store.put_setting("a", "b")
    assert [info.id for info in store.streams()] == (["p", "old"] if version else ["p"])
    db = sqlite3.connect(path)
    assert version_of(db) == len(MIGRATIONS)
    assert [
        name for (name,) in db.execute("SELECT name FROM migrations ORDER BY number")
    ] == [migration.name for migration in MIGRATIONS]
    db.close()


def checksum_of_old() -> int:
    from dialogue_game.journal.codec import checksum, initial_checksum

    return checksum([(5, LINE)], initial_checksum("old", "playthrough"))


def test_a_migration_that_fails_leaves_the_journal_as_it_was(path: Path) -> None:
    db = journal_of(path, 1)
    broken = Migration(
        "m002_broken", ("CREATE TABLE half (a)", "CREATE TABLE half (a)")
    )
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, (MIGRATIONS[0], broken))
    assert version_of(db) == 1
    assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone()
    verify(db)
    migrate(db)
    assert version_of(db) == len(MIGRATIONS)
    db.close()


def test_migrating_twice_changes_nothing(path: Path) -> None:
    db = journal_of(path, len(MIGRATIONS))
    migrate(db)
    assert db.execute("SELECT count(*) FROM migrations").fetchone() == (
        len(MIGRATIONS),
    )
    db.close()


def test_a_journal_of_a_later_version_is_left_alone_and_says_what_to_do(
    path: Path, opened: OpenStore
) -> None:
    db = journal_of(path, len(MIGRATIONS))
    db.execute("PRAGMA user_version = 99")
    db.executemany(
        "INSERT INTO migrations VALUES (?, 'm0xx_later')",
        ((number,) for number in range(len(MIGRATIONS) + 1, 100)),
    )
    db.close()
    before = path.read_bytes()
    for attempt in (
        opened().streams,
        lambda: opened().put_setting("a", "b"),
        opened().changed,
    ):
        with pytest.raises(JournalTooNew, match="later version of the game") as caught:
            attempt()
        assert caught.value.next_step.startswith("Update dialogue-game")
    assert path.read_bytes() == before


def test_a_journal_whose_migrations_are_not_ours_is_refused(
    path: Path, opened: OpenStore
) -> None:
    db = journal_of(path, len(MIGRATIONS))
    db.execute("UPDATE migrations SET name = 'm001_other' WHERE number = 1")
    db.close()
    with pytest.raises(JournalUnreadable):
        opened().streams()


def test_an_old_journal_that_may_not_be_written_says_so(home_of_nobody: Path) -> None:
    path = home_of_nobody / "j.sqlite3"
    journal_of(path, 1).close()
    path.chmod(0o400)
    store = SqliteStore(path)
    with pytest.raises(JournalReadOnly):
        store.streams()
