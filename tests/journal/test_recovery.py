"""A damaged journal repaired: every row that SQLite can still read is in the fresh one."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogue_game.core.events import ChoiceMade, PlaythroughStarted, Reflected
from dialogue_game.core.session.session_events import SessionStarted, StepReached
from dialogue_game.errors import JournalTooNew
from dialogue_game.journal import recovery
from dialogue_game.journal.codec import CODEC
from dialogue_game.journal.migrations import MIGRATIONS
from dialogue_game.journal.recovery import (
    SalvageResult,
    beside,
    diagnose,
    preview_repair,
    repair,
)
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.journal.store import Event

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STARTED = PlaythroughStarted("omar", "e1")
EDITION = b"the text of an edition " * 99
SEEDS = range(int(os.environ.get("DIALOGUE_GAME_DAMAGE_SEEDS", "150")))
"""Drawn damages; 1000 of them take half a minute."""
RUNS = {f"run{number}": number for number in range(5)}


def road(number: int) -> tuple[Event, ...]:
    choices = [
        ChoiceMade(f"scene_{step}", f"choice_{number % 3}") for step in range(30)
    ]
    return (
        STARTED,
        *choices,
        Reflected(f"On Monday I will ask {number} people first."),
    )


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A journal of five runs, a session, an edition, a setting and an outbox, closed."""
    return written(tmp_path / "journal.sqlite")


def written(path: Path) -> Path:
    """Such a journal at this place."""
    store = SqliteStore(path)
    for name, number in RUNS.items():
        store.create(
            name, "playthrough", road(number), at=number, summary={"n": number}
        )
    session = (
        SessionStarted("c", "e", "l", 9, 90, ("omar",)),
        StepReached("scene", "office"),
    )
    store.create("group", "session", session, at=7, summary={"n": 7})
    store.keep_edition("e1", EDITION)
    store.put_setting("player", "heron-7")
    store.close()
    db = sqlite3.connect(path)
    db.execute(
        "INSERT INTO outbox VALUES (1, 'u1', 'run1', 'r', '{}', 'waiting', 0, '')"
    )
    db.execute("INSERT INTO outbox_queued VALUES ('run1', 3)")
    db.commit()
    db.close()
    return path


def changed(path: Path, *statements: str) -> None:
    """Write into the file past its guards."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA ignore_check_constraints = ON")
    triggers = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for (trigger,) in triggers:
        db.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def repaired(path: Path) -> SalvageResult:
    done = repair(path, NOON)
    assert done is not None
    assert done.aside in beside(path)
    assert diagnose(path) == ""
    return done.saved


def kept(path: Path) -> dict[str, tuple[Event, ...]]:
    """Every stream of a journal, with its events."""
    store = SqliteStore(path)
    try:
        names = [info.id for info in store.streams()]
        return {
            name: tuple(found.event for found in store.read(name)) for name in names
        }
    finally:
        store.close()


def test_a_sound_journal_is_left_as_it_is(whole: Path) -> None:
    before = whole.read_bytes()
    assert diagnose(whole) == ""
    assert repair(whole, NOON) is None
    assert whole.read_bytes() == before
    assert beside(whole) == ()


def test_one_damaged_length_costs_nothing(whole: Path) -> None:
    changed(whole, "UPDATE streams SET length = 'x' WHERE id = 'run2'")
    saved = repaired(whole)
    assert saved.sentence == "5 of 5 playthroughs kept, 1 of 1 sessions"
    assert kept(whole)["run2"] == road(2)


COLUMNS = {
    "streams": (
        "number",
        "id",
        "kind",
        "length",
        "started",
        "updated",
        "summary",
        "checksum",
    ),
    "events": ("stream", "seq", "at", "line"),
    "editions": ("digest", "data"),
    "settings": ("key", "value"),
    "outbox": (
        "number",
        "id",
        "stream",
        "registration",
        "body",
        "state",
        "attempts",
        "said",
    ),
    "outbox_queued": ("stream", "seq"),
    "migrations": ("number", "name"),
}
VALUES = ("'x'", "x'00ff'", "-3", "77", "1e300", "''")
WHERE = {
    "streams": "id = 'run2'",
    "events": "stream = 3 AND seq = 5",
    "migrations": "number = 2",
}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, several in COLUMNS.items() for c in several]
)
def test_damage_to_one_row_costs_at_most_the_rest_of_its_own_stream(
    whole: Path, table: str, column: str, value: str
) -> None:
    where = WHERE.get(table, "1")
    try:
        changed(whole, f"UPDATE {table} SET {column} = {value} WHERE {where}")  # noqa: S608
    except sqlite3.IntegrityError:
        pytest.skip("SQLite itself refuses this value")
    if diagnose(whole):
        repaired(whole)
    found = kept(whole)
    others = {name: road(number) for name, number in RUNS.items() if name != "run2"}
    assert others.items() <= found.items()
    assert len(found["group"]) == 2
    assert any(events and events == road(2)[: len(events)] for events in found.values())
    store = SqliteStore(whole)
    assert table == "settings" or store.setting("player") == "heron-7"
    assert table == "editions" or store.edition("e1") == EDITION
    store.close()


def test_a_row_that_went_astray_is_put_back_where_the_checksum_says(
    whole: Path,
) -> None:
    changed(whole, "UPDATE events SET seq = 900 WHERE stream = 3 AND seq = 5",
            "UPDATE events SET stream = 40 WHERE stream = 2 AND seq = 9",
            "UPDATE streams SET number = 60 WHERE id = 'run4'")  # fmt: skip
    saved = repaired(whole)
    assert saved.sound
    assert {name: kept(whole)[name] for name in RUNS} == {
        n: road(k) for n, k in RUNS.items()
    }


def test_a_changed_letter_is_kept_and_called_doubtful(whole: Path) -> None:
    whole.write_bytes(whole.read_bytes().replace(b"ask 3 people", b"ask 8 people"))
    saved = repaired(whole)
    assert saved.doubtful == ("run3",)
    assert len(saved.whole) == 5


def test_of_a_stream_with_a_row_that_is_no_event_its_beginning_is_kept(
    whole: Path,
) -> None:
    changed(whole, "UPDATE events SET line = 'x' WHERE stream = 3 AND seq = 12")
    assert repaired(whole).partial == ("run2",)
    assert kept(whole)["run2"] == road(2)[:11]
    assert kept(beside(whole)[0].parent / "journal.sqlite").keys() == {*RUNS, "group"}


def test_a_stream_whose_row_is_gone_is_kept_under_a_name_of_its_own(
    whole: Path,
) -> None:
    changed(whole, "DELETE FROM streams WHERE id = 'run2'")
    assert "recovered3" in preview_repair(whole).kept
    changed(whole, "UPDATE streams SET kind = 'x' WHERE id = 'run1'")
    repaired(whole)
    assert kept(whole)["recovered3"] == road(2)


def test_what_waits_to_be_sent_waits_on(whole: Path) -> None:
    changed(whole, "UPDATE streams SET length = 'x' WHERE id = 'run2'")
    repaired(whole)
    db = sqlite3.connect(whole)
    assert db.execute("SELECT id, state FROM outbox").fetchall() == [("u1", "waiting")]
    assert db.execute("SELECT * FROM outbox_queued").fetchall() == [("run1", 3)]
    db.close()


def test_a_file_of_which_nothing_can_be_read_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"not a journal at all" * 500)
    saved = repair(path, NOON)
    assert saved is not None
    assert saved.saved.kept == ()
    assert saved.aside.read_bytes() == b"not a journal at all" * 500
    assert not path.exists()


def test_a_damaged_version_number_is_no_later_version(whole: Path) -> None:
    changed(whole, "PRAGMA user_version = 4242")
    assert repaired(whole).sound
    later = len(MIGRATIONS) + 1
    changed(
        whole,
        f"PRAGMA user_version = {later}",
        f"INSERT INTO migrations VALUES ({later}, 'later')",  # noqa: S608 - a number
    )
    with pytest.raises(JournalTooNew):
        diagnose(whole)


def readable(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Of each run, the rows that SQLite gives when asked for them by their key."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    found: dict[str, list[tuple[object, ...]]] = {}
    try:
        db.execute("PRAGMA writable_schema = ON")
        for name, number in RUNS.items():
            rows = found.setdefault(name, [])
            try:
                row = db.execute(
                    "SELECT id FROM streams WHERE number = ?", (number + 1,)
                ).fetchone()
                if row != (name,):
                    continue
                for seq in range(1, len(road(number)) + 1):
                    query = "SELECT at, line FROM events WHERE stream = ? AND seq = ?"
                    rows += db.execute(query, (number + 1, seq)).fetchall()
            except sqlite3.Error:
                continue
    finally:
        db.close()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_of_a_file_with_flipped_bytes_every_row_that_can_be_read_is_kept(
    whole: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a fixed choice, no secret
    data = bytearray(whole.read_bytes())
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    whole.write_bytes(data)
    there = readable(whole)
    try:
        if diagnose(whole):
            repair(whole, NOON)
        found = kept(whole) if whole.exists() else {}
    except JournalTooNew:
        return
    for name, number in RUNS.items():
        lines = [(number, CODEC.encode(event)) for event in road(number)]
        if there[name] == lines:
            assert found[name] == road(number)


@pytest.mark.skipif(os.name == "nt", reason="modes are another matter there")
def test_whatever_a_repair_makes_is_its_owners_alone(whole: Path) -> None:
    changed(whole, "UPDATE streams SET length = 'x' WHERE id = 'run2'")
    whole.chmod(0o600)
    lock = whole.with_name(f"{whole.name}.repair")
    before = os.umask(0o022)
    try:
        with recovery._alone(whole):
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
        whole.with_name(f"{whole.name}-wal").write_bytes(b"")
        repair(whole, NOON)
    finally:
        os.umask(before)
    made = sorted(whole.parent.glob("journal*"))
    assert [file.name.partition(".")[2] for file in made].count("sqlite-wal") == 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in made} == {0o600}


FINDER = """
import sys
from pathlib import Path
from dialogue_game.app.bootstrap import open_game

game = open_game(environment={"DIALOGUE_GAME_HOME": sys.argv[1]})
print(game.saving, len(game.history()), game.trouble)
"""


def test_copies_that_find_the_damage_at_once_all_go_on_with_the_same_journal(
    whole: Path,
) -> None:
    changed(whole, "UPDATE streams SET length = 'x' WHERE id = 'run2'")
    command = (sys.executable, "-c", FINDER, str(whole.parent))
    found = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=120)[0] for process in found]
    assert [process.returncode for process in found] == [0] * 4
    assert all(line.startswith("True 5 ") for line in said), said
    told = [line for line in said if "5 of 5 playthroughs kept" in line]
    assert len(told) == 1
    assert beside(whole)[0].name in told[0]
    assert len(beside(whole)) == 1
    assert (
        sorted(path.name for path in whole.parent.iterdir() if path.suffix == ".new")
        == []
    )
