"""What can still be read of a damaged journal, row by row.

A scan ends at the first broken page, so each table is scanned from both ends, and rows that are
still missing are asked for by their keys. The file is only read. `reassembly` puts the rows
together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

MAX_LOOKUPS: Final = 100_000
"""Rows of one stream that are asked for one by one; a damaged length may say any number."""

Values = tuple[Any, ...]
"""The values of one row, of whatever type the damage left."""

_LENIENT: Final = (
    "PRAGMA writable_schema = ON",  # a broken trigger hides no table
    "PRAGMA cell_size_check = OFF",
    "PRAGMA query_only = ON",
)
_STREAM_COLUMNS: Final = "rowid, id, kind, length, started, updated, summary, checksum"
_ONE_STREAM: Final = f"SELECT {_STREAM_COLUMNS} FROM streams WHERE rowid = ?"  # noqa: S608 - ours
_INDEXED_STREAMS: Final = (
    "SELECT rowid, id FROM streams INDEXED BY sqlite_autoindex_streams_1"
)
_OUTBOX_COLUMNS: Final = "number, id, stream, registration, body, state, attempts, said"
_ONE_EVENT: Final = "SELECT at, line FROM events WHERE stream = ? AND seq = ?"
_EVENTS_OF_STREAM: Final = (
    "SELECT seq, at, line FROM events WHERE stream = ? ORDER BY seq",
    "SELECT seq, at, line FROM events WHERE stream = ? ORDER BY seq DESC",
)


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A stream's row as it was found; None for what could not be read."""

    number: int
    id: Any = None
    kind: Any = None
    length: Any = None
    started: Any = None
    updated: Any = None
    summary: Any = None
    checksum: Any = None


@dataclass(slots=True)
class ReadableRows:
    """All rows that could be read.

    `events` are by stream number and place; `duplicates` are second rows of the same place, and
    `strays` rows whose place is not certain.
    """

    streams: dict[int, StreamRow] = field(default_factory=dict)
    events: dict[int, dict[int, Values]] = field(default_factory=dict)
    duplicates: dict[int, dict[int, Values]] = field(default_factory=dict)
    strays: list[Values] = field(default_factory=list)
    editions: dict[str, bytes] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    outbox: list[Values] = field(default_factory=list)
    queued: list[Values] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether no row at all could be read."""
        tables = (
            self.streams,
            self.events,
            self.editions,
            self.settings,
            self.outbox,
        )
        return not any(tables)


def readable_rows(path: Path) -> ReadableRows:
    """Everything that can be read at this path; nothing where it is no database at all."""
    found = ReadableRows()
    with _opened(path) as db:
        if db is None:
            return found
        _read_streams(db, found)
        _read_events(db, found)
        for digest, data in _scan(db, "editions", "digest, data", "rowid"):
            if isinstance(digest, str) and isinstance(data, bytes):
                found.editions[digest] = data
        for key, value in _scan(db, "settings", "key, value", "key"):
            if isinstance(key, str) and isinstance(value, str):
                found.settings[key] = value
        found.outbox = _scan(db, "outbox", _OUTBOX_COLUMNS, "number")
        found.queued = _scan(db, "outbox_queued", "stream, seq", "stream")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The file, for reading; None where SQLite takes it for no database."""
    uri = path.absolute().as_uri()
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        db = None
        try:
            db = sqlite3.connect(f"{uri}?{mode}", uri=True, isolation_level=None)
            # A flipped bit in a text may leave no text; what it leaves is told apart later.
            db.text_factory = lambda raw: raw.decode("utf-8", "replace")
            for pragma in _LENIENT:
                db.execute(pragma)
            db.execute("SELECT 1 FROM sqlite_master").fetchone()
            yield db
        except sqlite3.Error:
            continue
        else:
            return
        finally:
            if db is not None:
                db.close()
    yield None


def _rows_until_error(
    db: sqlite3.Connection, query: str, values: Sequence[Any] = ()
) -> list[Values]:
    """The rows that a query gives before it meets what is broken."""
    rows: list[Values] = []
    try:
        for row in db.execute(query, values):
            rows.append(row)  # noqa: PERF402 - what came before an error is kept
    except (sqlite3.Error, OverflowError, MemoryError):
        pass
    return rows


def _scan(db: sqlite3.Connection, table: str, columns: str, key: str) -> list[Values]:
    """The rows of a table, from its start and from its end."""
    query = f"SELECT {columns} FROM {table} ORDER BY "  # noqa: S608 - our own names
    descending = key.replace(",", " DESC,") + " DESC"
    first = _rows_until_error(db, query + key)
    last = _rows_until_error(db, query + descending)
    return list(dict.fromkeys((*first, *reversed(last))))


def _read_streams(db: sqlite3.Connection, found: ReadableRows) -> None:
    for row in _scan(db, "streams", _STREAM_COLUMNS, "rowid"):
        found.streams[row[0]] = StreamRow(*row)
    index = _rows_until_error(db, _INDEXED_STREAMS)
    names: dict[Any, Any] = dict(reversed(index))  # of equal numbers the first counts
    for number in _missing_streams(db, found, names):
        for row in _rows_until_error(db, _ONE_STREAM, (number,)):
            found.streams[number] = StreamRow(*row)
    for number, name in names.items():  # the row is lost, its name is not
        if isinstance(number, int) and number not in found.streams:
            found.streams[number] = StreamRow(number, name)


def _missing_streams(
    db: sqlite3.Connection, found: ReadableRows, names: dict[Any, Any]
) -> list[int]:
    """The numbers of streams that left a trace elsewhere, or may stand between those found."""
    traces = _rows_until_error(db, "SELECT DISTINCT stream FROM events")
    last = min(max(found.streams, default=0), MAX_LOOKUPS)
    numbers = {*names, *(number for (number,) in traces), *range(1, last)}
    missing = numbers - found.streams.keys()
    return sorted(number for number in missing if isinstance(number, int))


def _read_events(db: sqlite3.Connection, found: ReadableRows) -> None:
    columns = "stream, seq, at, line"
    for number, seq, *row in _scan(db, "events", columns, "stream, seq"):
        _add_event(found, number, seq, tuple(row))
    _prefer_rows_by_key(db, found)
    for number in sorted({*found.streams, *found.events}):
        rows = found.events.setdefault(number, {})
        if len(rows) < _plausible_length(found, number):
            _look_up_events(db, found, number, rows)


def _add_event(found: ReadableRows, number: Any, seq: Any, row: Values) -> None:
    if not (isinstance(number, int) and isinstance(seq, int)):
        found.strays.append(row)
        return
    rows = found.events.setdefault(number, {})
    if seq not in rows:
        rows[seq] = row
        return
    # One of the two belongs to another place.
    found.strays += [rows[seq], row]
    found.duplicates.setdefault(number, {})[seq] = row


def _prefer_rows_by_key(db: sqlite3.Connection, found: ReadableRows) -> None:
    """Of two rows that claim the same place, the one that its key leads to comes first."""
    for number, duplicates in found.duplicates.items():
        rows = found.events[number]
        for seq, other in duplicates.items():
            if _rows_until_error(db, _ONE_EVENT, (number, seq)) == [other]:
                rows[seq], duplicates[seq] = other, rows[seq]


def _look_up_events(
    db: sqlite3.Connection,
    found: ReadableRows,
    number: int,
    rows: dict[int, Values],
) -> None:
    """Ask for the rows of one stream by its number, and for the rest one by one."""
    for query in _EVENTS_OF_STREAM:
        for seq, at, line in _rows_until_error(db, query, (number,)):
            if isinstance(seq, int):
                rows[seq] = (at, line)
    for seq in range(1, _plausible_length(found, number) + 1):
        if seq in rows:
            continue
        for row in _rows_until_error(db, _ONE_EVENT, (number, seq)):
            rows[seq] = row


def _plausible_length(found: ReadableRows, number: int) -> int:
    """How many events a stream may have had."""
    stream = found.streams.get(number)
    length = stream.length if stream and isinstance(stream.length, int) else 0
    last = max(found.events.get(number, {}), default=0)
    return min(max(length, last), MAX_LOOKUPS)
