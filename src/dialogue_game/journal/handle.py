"""A journal's file while it is open: snapshots to read from, transactions to write in."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dialogue_game.errors import (
    JournalBusy,
    JournalError,
    JournalFull,
    JournalReadOnly,
    JournalUnreadable,
    NotFound,
)
from dialogue_game.journal.connection import (
    Connect,
    explained,
    identity,
    open_journal,
    present,
)
from dialogue_game.journal.migrations import SAVE_IT


class Handle:
    """Opens the file at the first use, creates it at the first write, may be shared by threads.

    A file that was moved or replaced under it is noticed at the next use: nothing is ever
    written to a journal that nobody will open again.
    """

    def __init__(self, path: Path, patience: float, connect: Connect) -> None:
        self.path = path
        self._patience, self._connect = patience, connect
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._seen: tuple[tuple[int, int] | None, int] | None = (None, 0)
        self._refused = False
        self._lock = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """One snapshot of the journal; None where there is none yet. Raises JournalError."""
        with self._lock, self._careful():
            db = self._opened(create=False)
            if db is None:
                yield None
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                _roll_back(db)

    @contextmanager
    def writing(self, *, create: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing. Raises JournalError.

        Without `create` it raises NotFound where there is no journal, and makes none.
        """
        with self._lock, self._careful():
            if not create and not present(self.path):
                raise NotFound(f"There is no journal: {self.path}.")
            db = self._opened(create=True)
            if db is None:
                raise JournalUnreadable(
                    f"The journal could not be made: {self.path}.", SAVE_IT
                )
            # The write lock at once: what is read in here cannot change before the commit.
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                _roll_back(db)

    def forget(self) -> None:
        """Rewrite the file from what is in it now, and empty the log.

        secure_delete zeroes what was deleted, but not the copies that moved rows left behind in
        their pages, nor the log's older pages; both were found in tests.
        """
        with self._lock, self._careful():
            if self._db is not None:
                self._db.execute("VACUUM")
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def changed(self) -> bool:
        """Whether another connection wrote, or another file stands here, since last asked."""
        with self._lock, self._careful():
            db = self._opened(create=False)
            version = int(db.execute("PRAGMA data_version").fetchone()[0]) if db else 0
            seen, self._seen = self._seen, (self._file, version)
            return seen != self._seen

    def close(self) -> None:
        """Let go of the file; the last process to do so leaves it without a log."""
        with self._lock, explained(self.path):
            db, self._db, self._file, self._seen = self._db, None, None, None
            self._refused = False
            if db is not None:
                db.close()

    def _opened(self, *, create: bool) -> sqlite3.Connection | None:
        if self._db is not None and (
            identity(self.path) != self._file or (create and self._refused)
        ):
            self.close()
        if self._db is None:
            self._db = open_journal(
                self.path, create=create, patience=self._patience, connect=self._connect
            )
            self._file = identity(self.path) if self._db is not None else None
            self._refused = (
                not create
            )  # it may have been opened in a way that only reads
        return self._db

    @contextmanager
    def _careful(self) -> Iterator[None]:
        try:
            with explained(self.path):
                yield
        except (JournalBusy, JournalFull):
            raise
        except JournalReadOnly:
            # A connection made for reading stays so; the next write tries with a new one.
            self._refused = True
            raise
        except JournalError:
            # Opened anew at the next use: by then the file may be well, or another one.
            self.close()
            raise


def _roll_back(db: sqlite3.Connection) -> None:
    """End the transaction where it has not ended by itself."""
    if db.in_transaction:
        db.execute("ROLLBACK")
