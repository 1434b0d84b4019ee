"""What waits to be sent: final statements in the journal's file, each until it is stored.

How far each playthrough is queued stands beside them, so nothing is queued twice. A statement that
is stored leaves only its id; one that the store refuses stays, with the store's words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, NamedTuple, Protocol

MOST: Final = 50
"""Statements in one request."""
LARGEST: Final = 256 * 1024
"""Bytes in one request, brackets and commas included."""
WORDS: Final = 1000
"""Characters kept of what a store said."""


class Ledger(Protocol):
    """A journal's file: snapshots to read from, transactions to write in. Raises JournalError."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection | None]:
        """One snapshot; None where there is no journal yet."""

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing."""


class Record(NamedTuple):
    """A statement on its way: its id, the registration to ask for, its one spelling."""

    id: str
    registration: str
    body: str


class Refused(NamedTuple):
    """A statement that a store will not have, and why, in its words."""

    id: str
    stream: str
    said: str


class Outbox:
    """The queue of one journal. Every method may raise JournalError."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def queued(self) -> dict[str, int]:
        """How many events of each playthrough have been turned into statements."""
        return dict(self._rows("SELECT stream, seq FROM outbox_queued"))

    def queue(
        self, stream: str, after: int, seq: int, records: Sequence[Record]
    ) -> bool:
        """Add what the events above `after` up to `seq` gave; all of it or nothing.

        Nothing where another process has done so first, or the playthrough is gone.
        """
        with self._ledger.writing() as db:
            found = db.execute(
                "SELECT seq FROM outbox_queued WHERE stream = ?", (stream,)
            )
            there = db.execute(
                "SELECT 1 FROM streams WHERE id = ?", (stream,)
            ).fetchone()
            if not there or (found.fetchone() or (0,))[0] != after:
                return False
            db.executemany(
                "INSERT INTO outbox (id, stream, registration, body, state)"
                " VALUES (?, ?, ?, ?, 'waiting') ON CONFLICT (id) DO NOTHING",
                (
                    (record.id, stream, record.registration, record.body)
                    for record in records
                ),
            )
            db.execute(
                "INSERT INTO outbox_queued VALUES (?, ?)"
                " ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq",
                (stream, seq),
            )
        return True

    def waiting(self) -> int:
        """How many statements wait."""
        return self._count("waiting")

    def bodies(self) -> tuple[str, ...]:
        """Every statement that is kept here, waiting or refused, in order."""
        rows = self._rows(
            "SELECT body FROM outbox WHERE state <> 'sent' ORDER BY number"
        )
        return tuple(str(row[0]) for row in rows)

    def sent(self) -> int:
        """How many statements were stored."""
        return self._count("sent")

    def batch(self, most: int = MOST, largest: int = LARGEST) -> tuple[Record, ...]:
        """The oldest that wait, as many as fit into one request; at least one if any wait."""
        rows = self._rows(
            "SELECT id, registration, body FROM outbox WHERE state = 'waiting'"
            " ORDER BY number LIMIT ?",
            most,
        )
        taken: list[Record] = []
        size = 1
        for row in rows:
            size += len(row[2].encode()) + 1
            if taken and size > largest:
                break
            taken.append(Record(*row))
        return tuple(taken)

    def mark_sent(self, ids: Iterable[str]) -> None:
        """Note that these are stored; only their ids are kept."""
        with self._ledger.writing() as db:
            db.executemany(
                "UPDATE outbox SET state = 'sent', body = '', said = '',"
                " attempts = attempts + 1 WHERE id = ?",
                ((one,) for one in ids),
            )

    def mark_refused(self, one: str, said: str) -> None:
        """Set one aside that will not be taken; kept with the store's words."""
        with self._ledger.writing() as db:
            db.execute(
                "UPDATE outbox SET state = 'refused', said = ?, attempts = attempts + 1"
                " WHERE id = ?",
                (said[:WORDS], one),
            )

    def mark_tried(self, ids: Iterable[str], said: str) -> None:
        """Note that these were tried in vain; they wait on."""
        with self._ledger.writing() as db:
            db.executemany(
                "UPDATE outbox SET attempts = attempts + 1, said = ?"
                " WHERE id = ? AND state = 'waiting'",
                ((said[:WORDS], one) for one in ids),
            )

    def refused(self) -> tuple[Refused, ...]:
        """What a store would not have, in order."""
        rows = self._rows(
            "SELECT id, stream, said FROM outbox WHERE state = 'refused' ORDER BY number"
        )
        return tuple(Refused(*row) for row in rows)

    def retry_refused(self) -> int:
        """Let the refused ones wait again; how many those were."""
        with self._ledger.writing() as db:
            done = db.execute(
                "UPDATE outbox SET state = 'waiting' WHERE state = 'refused'"
            )
        return done.rowcount

    def start_over(self) -> None:
        """Forget what was queued and sent, for another store; the playthroughs stay."""
        with self._ledger.writing() as db:
            db.execute("DELETE FROM outbox")
            db.execute("DELETE FROM outbox_queued")

    def _count(self, state: str) -> int:
        rows = self._rows("SELECT count(*) FROM outbox WHERE state = ?", state)
        return int(rows[0][0]) if rows else 0

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        with self._ledger.reading() as db:
            return db.execute(query, values).fetchall() if db else []
