"""What SQLite can still read of a damaged journal: every row of every table, one by one.

A scan ends at the first broken page, so each table is scanned from both ends, and rows that are
still missing are asked for by their keys. The file is only read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dialogue_game.journal.codec import Row, checksum, seed
from dialogue_game.journal.store import Kind

MOST_LOOKUPS: Final = 100_000
"""Rows of one stream that are asked for one by one; a damaged length may say any number."""
KINDS: Final[tuple[Kind, ...]] = ("playthrough", "session")

Values = tuple[Any, ...]
_LENIENT: Final = (
    "PRAGMA writable_schema = ON",  # a broken trigger hides no table
    "PRAGMA cell_size_check = OFF",
    "PRAGMA query_only = ON",
)
_STREAMS: Final = "rowid, id, kind, length, started, updated, summary, checksum"
_ONE_STREAM: Final = f"SELECT {_STREAMS} FROM streams WHERE rowid = ?"  # noqa: S608 - ours
_ONE_EVENT: Final = "SELECT at, line FROM events WHERE stream = ? AND seq = ?"
_ONES_EVENTS: Final = (
    "SELECT seq, at, line FROM events WHERE stream = ? ORDER BY seq",
    "SELECT seq, at, line FROM events WHERE stream = ? ORDER BY seq DESC",
)


@dataclass(frozen=True, slots=True)
class Stream:
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
class Remains:
    """All rows that could be read.

    `events` are by stream number and place; `doubles` are second rows of the same place, and
    `strays` rows whose place is not certain.
    """

    streams: dict[int, Stream] = field(default_factory=dict)
    events: dict[int, dict[int, Values]] = field(default_factory=dict)
    doubles: dict[int, dict[int, Values]] = field(default_factory=dict)
    strays: list[Values] = field(default_factory=list)
    editions: dict[str, bytes] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    outbox: list[Values] = field(default_factory=list)
    queued: list[Values] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether no row at all could be read."""
        return not (
            self.streams or self.events or self.editions or self.settings or self.outbox
        )


def remains(path: Path) -> Remains:
    """Everything that can be read at this path; nothing where it is no database at all."""
    found = Remains()
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
        columns = "number, id, stream, registration, body, state, attempts, said"
        found.outbox = _scan(db, "outbox", columns, "number")
        found.queued = _scan(db, "outbox_queued", "stream, seq", "stream")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The file, for reading; None where SQLite takes it for no database."""
    uri = path.absolute().as_uri()
    for how in ("mode=ro", "mode=ro&immutable=1"):
        db = None
        try:
            db = sqlite3.connect(f"{uri}?{how}", uri=True, isolation_level=None)
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


def _tried(
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
    query = f"SELECT {columns} FROM {table} ORDER BY {key}"  # noqa: S608 - our own names
    first = _tried(db, query)
    last = _tried(db, f"{query.removesuffix(key)}{key.replace(',', ' DESC,')} DESC")
    return list(dict.fromkeys((*first, *reversed(last))))


def _read_streams(db: sqlite3.Connection, found: Remains) -> None:
    rows = _scan(db, "streams", _STREAMS, "rowid")
    found.streams = {row[0]: Stream(*row) for row in rows}
    index = _tried(
        db, "SELECT rowid, id FROM streams INDEXED BY sqlite_autoindex_streams_1"
    )
    numbers = {number for number, _ in index}
    numbers |= {n for (n,) in _tried(db, "SELECT DISTINCT stream FROM events")}
    numbers |= set(range(1, min(max(found.streams, default=0), MOST_LOOKUPS)))
    for number in sorted(n for n in numbers - set(found.streams) if isinstance(n, int)):
        for row in _tried(db, _ONE_STREAM, (number,)):
            found.streams[number] = Stream(*row)
    for number, name in index:  # the row is lost, its name is not
        if isinstance(number, int) and number not in found.streams:
            found.streams[number] = Stream(number, name)


def _read_events(db: sqlite3.Connection, found: Remains) -> None:
    for number, seq, at, line in _scan(
        db, "events", "stream, seq, at, line", "stream, seq"
    ):
        if not (isinstance(number, int) and isinstance(seq, int)):
            found.strays.append((at, line))
            continue
        there = found.events.setdefault(number, {})
        if seq in there:  # one of the two is another place's
            found.strays += [there[seq], (at, line)]
            found.doubles.setdefault(number, {})[seq] = (at, line)
        else:
            there[seq] = (at, line)
    _prefer_keyed(db, found)
    for number in sorted(set(found.streams) | set(found.events)):
        rows = found.events.setdefault(number, {})
        length = _plausible(found, number)
        if len(rows) >= length:
            continue
        for query in _ONES_EVENTS:
            for seq, at, line in _tried(db, query, (number,)):
                if isinstance(seq, int):
                    rows[seq] = (at, line)
        for seq in _missing(rows, max(length, _plausible(found, number))):
            for row in _tried(db, _ONE_EVENT, (number, seq)):
                rows[seq] = row


def _prefer_keyed(db: sqlite3.Connection, found: Remains) -> None:
    """Of two rows that claim the same place, the one that its key leads to comes first."""
    for number, several in found.doubles.items():
        there = found.events[number]
        for seq, other in several.items():
            if _tried(db, _ONE_EVENT, (number, seq)) == [other]:
                there[seq], several[seq] = other, there[seq]


def _plausible(found: Remains, number: int) -> int:
    """How many events a stream may have had."""
    known = found.streams.get(number)
    length = known.length if known and isinstance(known.length, int) else 0
    seen = max(found.events.get(number, {}), default=0)
    return min(max(length, seen), MOST_LOOKUPS)


def _missing(rows: Iterable[Any], length: int) -> list[int]:
    there = set(rows)
    return [seq for seq in range(1, length + 1) if seq not in there]


def fits(stream: Stream, kind: Kind, rows: Sequence[Values]) -> bool:
    """Whether these rows are what the stream's own checksum was made over."""
    try:
        typed: list[Row] = [(at, line) for at, line in rows]
        return bool(checksum(typed, seed(str(stream.id), kind)) == stream.checksum)
    except (TypeError, ValueError):
        return False
