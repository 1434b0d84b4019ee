"""The journal's file: how it is opened, read and written in, and what is said when that fails.

Nothing is created before the first write. Where the file or its folder may not be written, the
journal is opened for reading; where the file system has no shared memory (network folders), it
keeps SQLite's older rollback journal instead of a write-ahead log. `JournalFile` is the open file:
snapshots to read from, transactions to write in.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dialogue_game.errors import (
    JournalBusy,
    JournalClosed,
    JournalError,
    JournalFull,
    JournalReadOnly,
    JournalUnreadable,
    NotFound,
)
from dialogue_game.journal.migrations import REPAIR_ADVICE, blank, migrate, verify

Connect = Callable[[str, float], sqlite3.Connection]
"""How to connect: a URI and the seconds to wait for other processes."""

_SMALLEST = 512  # bytes in the smallest database there is
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
)


def connect(uri: str, patience: float) -> sqlite3.Connection:
    """A connection without Python's own idea of transactions; the store has a lock of its own."""
    return sqlite3.connect(
        uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )


def open_journal(
    path: Path, *, create: bool, patience: float, connect: Connect = connect
) -> sqlite3.Connection | None:
    """The journal at this path, migrated; None if there is none yet and none is wanted.

    Raises JournalError.
    """
    if not present(path):
        if not create:
            return None
        _make_file(path)
    db = _connected(path, patience, connect, create=create)
    try:
        if blank(db):
            if not create:
                db.close()
                return None
            _prefer_wal(db)
        else:
            verify(db)
        migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at this path, so that a moved one is noticed; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Failures of SQLite and of the system, told as JournalErrors."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise _from_system(error, path) from error
    except UnicodeDecodeError as error:
        # Python's wrapper reads names from a damaged schema before SQLite refuses it.
        raise _damaged(path) from error


def present(path: Path) -> bool:
    """Whether a file stands there. Raises JournalUnreadable for a folder, JournalClosed."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError as error:
        raise _closed(path) from error
    if stat.S_ISDIR(status.st_mode):
        raise JournalUnreadable(
            f"A folder stands where the journal should be: {path}.",
            "Move it away, or play without saving.",
        )
    if 0 < status.st_size < _SMALLEST:
        # SQLite takes such a stump for an empty file and would write over it.
        raise _damaged(path)
    return True


def _make_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Made before SQLite sees it: its companions, -wal and -shm, take this file's mode.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _connected(
    path: Path, patience: float, connect: Connect, *, create: bool
) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    # Without a log beside the file, and where none can be made, its reader has all there is.
    unchanging = f"{uri}?mode=ro&immutable=1"
    if not _writable(path) and not _has_log(path):
        return _tried(connect(unchanging, patience))
    try:
        return _tried(connect(f"{uri}?mode=rw", patience))
    except sqlite3.OperationalError as error:
        folder_is_shut = _primary(error) in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        )
        # On a full disk there is no room for the memory that processes share; reading needs none.
        no_room = not create and (
            _primary(error) == sqlite3.SQLITE_FULL
            or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE
        )
        if no_room and _has_log(path):
            return _tried(connect(f"{uri}?mode=rw", patience), alone=True)
        if not (folder_is_shut or no_room) or _has_log(path):
            raise
        return _tried(connect(unchanging, patience))


def _writable(path: Path) -> bool:
    """Asked without opening it: closing a second descriptor would drop SQLite's locks."""
    return os.access(
        path, os.W_OK, effective_ids=os.access in os.supports_effective_ids
    )


def _tried(db: sqlite3.Connection, *, alone: bool = False) -> sqlite3.Connection:
    """The connection, prepared, after a first look into the file.

    One that holds the file `alone` shares no memory, so that a log is read where there is no room.
    """
    try:
        if alone:
            db.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        for pragma in _PRAGMAS:
            db.execute(pragma)
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _prefer_wal(db: sqlite3.Connection) -> None:
    try:
        db.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        # Busy: another process is creating the same journal, and asks for the same.
        # Otherwise no shared memory here; SQLite stays with its rollback journal.
        if _primary(error) == sqlite3.SQLITE_FULL:
            raise


def _primary(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 1 (a plain error) where Python gives none."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF


def _from_sqlite(error: sqlite3.Error, path: Path) -> JournalError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return _full(path)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return JournalBusy(
                "Another program is holding the journal.",
                "Try again in a moment; if it stays so, close the other copy of the game.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _read_only(path)
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_CANTOPEN:
            return _closed(path)
        case sqlite3.SQLITE_IOERR:
            return JournalError(
                f"The disk failed while the journal was used: {path}.",
                "Try again; if it stays so, play without saving and look after the disk.",
            )
        case _:
            return _damaged(path)


def _from_system(error: OSError, path: Path) -> JournalError:
    if error.errno in _NO_ROOM:
        return _full(path)
    return _read_only(path)


def _full(path: Path) -> JournalFull:
    return JournalFull(
        f"There is no room left where the journal is kept: {path.parent}.",
        "Free some space and choose again, or play on without saving.",
    )


def _read_only(path: Path) -> JournalReadOnly:
    return JournalReadOnly(
        f"The journal may not be written: {path}.",
        "Allow writing to it and to its folder, name another folder in DIALOGUE_GAME_HOME, "
        "or play without saving.",
    )


def _damaged(path: Path) -> JournalUnreadable:
    return JournalUnreadable(
        f"The journal is damaged or is not a journal: {path}.", REPAIR_ADVICE
    )


def _closed(path: Path) -> JournalClosed:
    return JournalClosed(
        f"The journal may not be opened: {path}.",
        "Allow reading it and its folder, name another folder in DIALOGUE_GAME_HOME, "
        "or play without saving.",
    )


class JournalFile:
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
                    f"The journal could not be made: {self.path}.", REPAIR_ADVICE
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
