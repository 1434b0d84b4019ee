"""The journal as a file: when it is made, who may read it, what really goes when it goes."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dialogue_game.core.events import ChoiceMade, PlaythroughStarted, Reflected
from dialogue_game.errors import (
    JournalBusy,
    JournalError,
    JournalFull,
    JournalReadOnly,
    JournalUnreadable,
    NotFound,
)
from dialogue_game.journal.connection import connect
from dialogue_game.journal.sqlite_store import SqliteStore
from tests.journal.conftest import OpenStore

STARTED = PlaythroughStarted("omar", "e1")
CHOICE = ChoiceMade("office", "rewrite")


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_naming_the_store_does_not_import_sqlite() -> None:
    code = "import sys, dialogue_game.journal.store as s; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_made_before_the_first_write(path: Path, opened: OpenStore) -> None:
    store = opened()
    assert (store.streams(), store.editions(), store.setting("a"), store.changed()) == (
        (),
        (),
        None,
        False,
    )
    with pytest.raises(NotFound):
        store.read("p")
    store.close()
    assert not path.parent.exists()
    store.put_setting("a", "b")
    assert path.exists()


@pytest.mark.skipif(os.name == "nt", reason="modes are another matter there")
def test_only_its_owner_may_look_into_it(path: Path, opened: OpenStore) -> None:
    opened().create("p", "playthrough", [STARTED], at=1)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_says_what_it_is_and_keeps_a_write_ahead_log(
    path: Path, opened: OpenStore
) -> None:
    opened().create("p", "playthrough", [STARTED], at=1)
    with raw(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (
            int.from_bytes(b"DGjl"),
        )
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_a_closed_journal_is_one_file(path: Path, opened: OpenStore) -> None:
    store = opened()
    store.create("p", "playthrough", [STARTED], at=1)
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET line = 'choice_made 1 {}'",
        "UPDATE events SET seq = 9 WHERE seq = 2",
        "DELETE FROM events",
        "DELETE FROM events WHERE seq = 2",
        "INSERT OR REPLACE INTO events VALUES (1, 2, 3, 'looked 1 {}')",
        "REPLACE INTO events VALUES (1, 1, 3, 'looked 1 {}')",
        "UPDATE streams SET length = 1",
        "UPDATE streams SET id = 'q'",
        "UPDATE streams SET started = 0",
        "UPDATE editions SET data = ''",
        "DELETE FROM editions",
    ],
)
def test_the_file_itself_refuses_to_alter_what_was_recorded(
    path: Path, opened: OpenStore, statement: str
) -> None:
    store = opened()
    store.create("p", "playthrough", [STARTED, CHOICE], at=1)
    store.keep_edition("e1", b"text")
    before = store.read("p")
    db = raw(path)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)
    db.close()
    assert store.read("p") == before


def test_a_whole_stream_can_be_deleted_even_by_hand(
    path: Path, opened: OpenStore
) -> None:
    opened().create("p", "playthrough", [STARTED, CHOICE], at=1)
    db = raw(path)
    db.execute("DELETE FROM streams WHERE id = 'p'")
    assert db.execute("SELECT count(*) FROM events").fetchone() == (0,)
    db.close()


def test_nothing_of_a_deleted_stream_is_left_in_any_file(
    path: Path, opened: OpenStore
) -> None:
    store = opened()
    chance = random.Random(7)  # noqa: S311 - a fixed order, no secret
    names = [f"run{number}" for number in range(60)]
    for name in names:
        store.create(name, "playthrough", [STARTED], 1, {"note": f"summary-of-{name}."})
    for turn in range(1, 9):
        for name in names:
            text = f"secret-of-{name}. " * chance.randrange(1, 60)
            store.append(name, [Reflected(text)], expected=turn, at=turn)
    gone = chance.sample(names, 30)
    for name in gone[:10]:
        store.delete(name)
    store.delete(*gone[10:])
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for name in gone:
        assert f"of-{name}.".encode() not in left
    assert len(store.streams()) == 30
    assert all(len(store.read(info.id)) == 9 for info in store.streams())


def test_a_lock_held_for_too_long_is_said_and_nothing_moved(
    path: Path, opened: OpenStore
) -> None:
    store = opened()
    store.create("p", "playthrough", [STARTED], at=1)
    db = raw(path)
    db.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalBusy, match="holding the journal"):
        store.append("p", [CHOICE], expected=1, at=2)
    assert len(store.read("p")) == 1
    db.execute("ROLLBACK")
    db.close()
    store.append("p", [CHOICE], expected=1, at=2)


def test_a_follower_notices_what_another_copy_wrote(opened: OpenStore) -> None:
    writer, follower = opened(), opened()
    assert not follower.changed()
    writer.create("p", "session", [STARTED], at=1)
    assert follower.changed()
    assert not follower.changed()
    assert len(follower.read("p")) == 1
    writer.append("p", [CHOICE], expected=1, at=2)
    assert follower.changed()
    assert [recorded.event for recorded in follower.read("p", after=1)] == [CHOICE]
    assert not follower.changed()


def test_a_journal_moved_away_while_open_is_noticed_by_all(
    path: Path, opened: OpenStore
) -> None:
    writer, follower = opened(), opened()
    writer.create("p", "playthrough", [STARTED], at=1)
    follower.changed()
    writer.close()
    path.rename(path.with_name("elsewhere"))
    with pytest.raises(NotFound):
        writer.append("p", [CHOICE], expected=1, at=2)
    assert follower.changed()
    assert follower.streams() == ()


def test_several_threads_may_share_a_store(opened: OpenStore) -> None:
    store = opened()

    def play(name: str) -> None:
        store.create(name, "playthrough", [STARTED], at=1)
        for turn in range(1, 20):
            store.append(name, [CHOICE], expected=turn, at=turn)
            store.read(name)

    threads = [
        threading.Thread(target=play, args=(f"p{number}",)) for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [info.length for info in store.streams()] == [20] * 4


def roomless(uri: str, patience: float) -> sqlite3.Connection:
    db = connect(uri, patience)
    db.execute("PRAGMA max_page_count = 24")
    return db


def test_a_full_disk_is_said_and_the_journal_stays_whole(
    path: Path, opened: OpenStore
) -> None:
    tight = SqliteStore(path, connect=roomless)
    tight.create("p", "playthrough", [STARTED], at=1)

    def write_on() -> None:
        for kept in range(1, 99):
            tight.append("p", [Reflected("x" * 9000)], expected=kept, at=2)

    with pytest.raises(JournalFull, match="no room left") as caught:
        write_on()
    assert "without saving" in caught.value.next_step
    kept = tight.info("p").length
    assert 1 < kept == len(tight.read("p"))
    tight.close()
    opened().append("p", [CHOICE], expected=kept, at=3)


def test_a_disk_too_full_to_begin_is_said(path: Path) -> None:
    def crammed(uri: str, patience: float) -> sqlite3.Connection:
        db = connect(uri, patience)
        db.execute("PRAGMA max_page_count = 3")
        return db

    store = SqliteStore(path, connect=crammed)
    with pytest.raises(JournalFull):
        store.create("p", "playthrough", [STARTED], at=1)
    store.close()


def test_a_file_system_without_shared_memory_gets_the_older_journal(path: Path) -> None:
    def remote(uri: str, patience: float) -> sqlite3.Connection:
        return connect(f"{uri}&vfs=unix-dotfile", patience)

    store = SqliteStore(path, connect=remote)
    store.create("p", "playthrough", [STARTED], at=1)
    store.append("p", [CHOICE], expected=1, at=2)
    assert len(store.read("p")) == 2
    store.delete("p")
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    db = raw(path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db.close()


class TestRights:
    def test_a_write_protected_journal_can_be_read_and_says_so_when_written(
        self, home_of_nobody: Path
    ) -> None:
        path = home_of_nobody / "j.sqlite3"
        store = SqliteStore(path)
        store.create("p", "playthrough", [STARTED], at=1)
        store.close()
        path.chmod(0o400)
        with pytest.raises(JournalReadOnly, match="may not be written") as caught:
            store.append("p", [CHOICE], expected=1, at=2)
        assert "DIALOGUE_GAME_HOME" in caught.value.next_step
        assert len(store.read("p")) == 1
        path.chmod(0o600)
        store.append("p", [CHOICE], expected=1, at=2)
        store.close()

    def test_a_journal_in_a_protected_folder_can_be_read(
        self, home_of_nobody: Path
    ) -> None:
        path = home_of_nobody / "j.sqlite3"
        store = SqliteStore(path)
        store.create("p", "playthrough", [STARTED], at=1)
        store.close()
        home_of_nobody.chmod(0o500)
        assert len(store.read("p")) == 1
        with pytest.raises(JournalReadOnly):
            store.append("p", [CHOICE], expected=1, at=2)
        store.close()

    def test_a_folder_where_nothing_may_be_made_says_so(
        self, home_of_nobody: Path
    ) -> None:
        home_of_nobody.chmod(0o500)
        store = SqliteStore(home_of_nobody / "data" / "j.sqlite3")
        assert store.streams() == ()
        with pytest.raises(JournalReadOnly):
            store.create("p", "playthrough", [STARTED], at=1)

    def test_a_journal_that_may_not_be_read_says_so(self, home_of_nobody: Path) -> None:
        path = home_of_nobody / "j.sqlite3"
        store = SqliteStore(path)
        store.create("p", "playthrough", [STARTED], at=1)
        store.close()
        for barred, mode in ((path, 0o000), (home_of_nobody, 0o000)):
            barred.chmod(mode)
            for attempt in (store.streams, store.changed):
                with pytest.raises(JournalUnreadable, match="may not be opened"):
                    attempt()
            with pytest.raises(JournalError):
                store.append("p", [CHOICE], expected=1, at=2)


def test_a_folder_where_the_file_should_be_says_so(
    path: Path, opened: OpenStore
) -> None:
    path.mkdir(parents=True)
    with pytest.raises(JournalUnreadable, match="A folder stands where"):
        opened().streams()
    with pytest.raises(JournalUnreadable):
        opened().create("p", "playthrough", [STARTED], at=1)


def test_a_file_where_the_folder_should_be_says_so(
    path: Path, opened: OpenStore
) -> None:
    path.parent.write_text("not a folder")
    with pytest.raises(JournalReadOnly):
        opened().create("p", "playthrough", [STARTED], at=1)
    assert path.parent.read_text() == "not a folder"


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "100% [sic]? #1 ü" / "j;?mode=memory.sqlite3")
    store.create("p", "playthrough", [STARTED], at=1)
    store.close()
    assert store.path.is_file()
    assert len(store.read("p")) == 1
    store.close()
