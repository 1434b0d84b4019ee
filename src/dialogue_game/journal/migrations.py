"""From every older journal to this one: named steps, each a transaction, recorded in the file.

A migration that has been released is never edited; a change is a new one at the end.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from dialogue_game.errors import JournalTooNew, JournalUnreadable

APPLICATION_ID: Final = int.from_bytes(b"DGjl")
"""What SQLite's header says of a file that is a journal of this game."""
REPAIR_ADVICE: Final = "To save what can be read: dialogue-game journal repair"
"""The next step wherever something in the file is damaged."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step, as statements."""

    name: str
    statements: tuple[str, ...]


# The triggers guard the facts against every program, this one included. A stream's row goes
# first and takes its events along; while it stands, they cannot be removed. A line holds an
# event's type, body version and JSON in one text: reading four columns took twice as long.
M001_STREAMS = Migration(
    "m001_streams",
    (
        """
        CREATE TABLE streams (
            number   INTEGER PRIMARY KEY,
            id       TEXT NOT NULL UNIQUE,
            kind     TEXT NOT NULL,
            length   INTEGER NOT NULL CHECK (length >= 0),
            started  INTEGER NOT NULL,
            updated  INTEGER NOT NULL,
            summary  TEXT NOT NULL,
            checksum INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE events (
            stream INTEGER NOT NULL REFERENCES streams (number),
            seq    INTEGER NOT NULL CHECK (seq >= 1),
            at     INTEGER NOT NULL,
            line   TEXT NOT NULL,
            PRIMARY KEY (stream, seq)
        ) WITHOUT ROWID
        """,
        """
        CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'an event is never replaced'); END
        """,
        """
        CREATE TRIGGER events_are_never_altered BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never altered'); END
        """,
        """
        CREATE TRIGGER events_go_with_their_stream BEFORE DELETE ON events
        WHEN EXISTS (SELECT 1 FROM streams WHERE number = OLD.stream)
        BEGIN SELECT RAISE(ABORT, 'events go only with their whole stream'); END
        """,
        """
        CREATE TRIGGER streams_take_their_events_along AFTER DELETE ON streams
        BEGIN DELETE FROM events WHERE stream = OLD.number; END
        """,
        """
        CREATE TRIGGER streams_only_grow BEFORE UPDATE ON streams
        WHEN NEW.number <> OLD.number OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind
            OR NEW.started <> OLD.started OR NEW.length < OLD.length
        BEGIN SELECT RAISE(ABORT, 'a stream only grows'); END
        """,
    ),
)
M002_EDITIONS = Migration(
    "m002_editions",
    (
        "CREATE TABLE editions (digest TEXT PRIMARY KEY, data BLOB NOT NULL)",
        """
        CREATE TRIGGER editions_are_never_altered BEFORE UPDATE ON editions
        BEGIN SELECT RAISE(ABORT, 'an edition is never altered'); END
        """,
        """
        CREATE TRIGGER editions_are_kept BEFORE DELETE ON editions
        BEGIN SELECT RAISE(ABORT, 'an edition that was played is kept'); END
        """,
    ),
)
M003_SETTINGS = Migration(
    "m003_settings",
    (
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
)
# What waits to be sent goes with its playthrough; what was sent is remembered by its id alone.
M004_OUTBOX = Migration(
    "m004_outbox",
    (
        """
        CREATE TABLE outbox (
            number       INTEGER PRIMARY KEY,
            id           TEXT NOT NULL UNIQUE,
            stream       TEXT NOT NULL,
            registration TEXT NOT NULL,
            body         TEXT NOT NULL,
            state        TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
            attempts     INTEGER NOT NULL DEFAULT 0,
            said         TEXT NOT NULL DEFAULT ''
        )
        """,
        "CREATE INDEX outbox_by_state ON outbox (state, number)",
        "CREATE INDEX outbox_by_stream ON outbox (stream)",
        """
        CREATE TABLE outbox_queued (
            stream TEXT PRIMARY KEY,
            seq    INTEGER NOT NULL CHECK (seq >= 0)
        ) WITHOUT ROWID
        """,
        """
        CREATE TRIGGER streams_take_their_records_along AFTER DELETE ON streams
        BEGIN
            DELETE FROM outbox WHERE stream = OLD.id AND state <> 'sent';
            UPDATE outbox SET stream = '' WHERE stream = OLD.id;
            DELETE FROM outbox_queued WHERE stream = OLD.id;
        END
        """,
    ),
)
# A clock that once ran in the future must not keep a run the newest for ever: what was written
# last comes first, whatever the clock said.
M005_ORDER = Migration(
    "m005_order",
    (
        "ALTER TABLE streams ADD COLUMN written INTEGER NOT NULL DEFAULT 0",
        """
        WITH ranked AS (
            SELECT number, row_number() OVER (ORDER BY updated, number) AS place FROM streams
        )
        UPDATE streams SET written = (SELECT place FROM ranked WHERE number = streams.number)
        """,
        "CREATE INDEX streams_by_writing ON streams (written)",
    ),
)
MIGRATIONS: Final = (
    M001_STREAMS,
    M002_EDITIONS,
    M003_SETTINGS,
    M004_OUTBOX,
    M005_ORDER,
)


def version_of(db: sqlite3.Connection) -> int:
    """How many migrations the file has seen; 0 for one that has no content yet."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def blank(db: sqlite3.Connection) -> bool:
    """Whether nothing was ever written here, as after a kill in the moment of creation."""
    return (
        version_of(db) == 0 and not db.execute("SELECT 1 FROM sqlite_master").fetchone()
    )


def verify(
    db: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS
) -> None:
    """Make sure that this is a journal which this version of the game can read.

    Raises JournalUnreadable for another program's file, JournalTooNew for a later version's.
    """
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise JournalUnreadable(
            "The file where the journal should be is not a journal of this game.",
            "Move it away. To see where it is: dialogue-game journal where",
        )
    version = version_of(db)
    names = [
        name for (name,) in db.execute("SELECT name FROM migrations ORDER BY number")
    ]
    # Both numbers say it of a later version's file; one alone is a damaged number.
    if version > len(migrations) and len(names) > len(migrations):
        raise JournalTooNew(
            f"This journal was written by a later version of the game "
            f"(journal version {version}; this game knows {len(migrations)}).",
            "Update dialogue-game, or play without saving.",
        )
    if version != len(names) or names != [known.name for known in migrations[:version]]:
        raise JournalUnreadable(
            "The journal's list of its own migrations is damaged.",
            REPAIR_ADVICE,
        )


def migrate(
    db: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS
) -> None:
    """Bring a blank or older journal up to date; another process may be doing the same."""
    for number, migration in enumerate(migrations, 1):
        if version_of(db) >= number:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            # Asked again, now that nobody else can be writing.
            if version_of(db) < number:
                _apply(db, number, migration)
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def _apply(db: sqlite3.Connection, number: int, migration: Migration) -> None:
    if number == 1:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(
            "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
        )
    for statement in migration.statements:
        db.execute(statement)
    db.execute("INSERT INTO migrations VALUES (?, ?)", (number, migration.name))
    db.execute(f"PRAGMA user_version = {number}")
