"""What can still be read of a damaged journal, and the streams put together again from it.

Reading: a scan ends at the first broken page, so each table is scanned from both ends, and rows
that are still missing are asked for by their keys. The file is only read.

Assembling: a stream that fits its checksum is whole, also where a number that led to its rows was
damaged. One that does not, but has all its rows, is kept as doubtful. One with a gap is kept up to
the gap.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final, Literal

from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.codec import CODEC, Row, checksum, decode_summary, seed
from dialogue_game.journal.store import Event, Kind, Recorded, StreamInfo

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
class ReadableRows:
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


def remains(path: Path) -> ReadableRows:
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


def _read_streams(db: sqlite3.Connection, found: ReadableRows) -> None:
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


def _read_events(db: sqlite3.Connection, found: ReadableRows) -> None:
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


def _prefer_keyed(db: sqlite3.Connection, found: ReadableRows) -> None:
    """Of two rows that claim the same place, the one that its key leads to comes first."""
    for number, several in found.doubles.items():
        there = found.events[number]
        for seq, other in several.items():
            if _tried(db, _ONE_EVENT, (number, seq)) == [other]:
                there[seq], several[seq] = other, there[seq]


def _plausible(found: ReadableRows, number: int) -> int:
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


State = Literal["whole", "doubtful", "partial", "lost"]
RECOVERED: Final = "recovered"
"""What a stream is called, with its number, where its name is lost."""
_SESSION: Final = "session_started"


@dataclass(frozen=True, slots=True)
class RecoveredStream:
    """A stream as far as it could be put together."""

    info: StreamInfo
    events: tuple[Recorded, ...]
    state: State


def streams(left: ReadableRows) -> Iterator[RecoveredStream]:
    """Every stream that left a trace, in the order in which they began."""
    used: set[int] = set()
    for number, stream in sorted(left.streams.items()):
        yield _assembled(stream, left, used)
        used.add(number)
    for number, rows in sorted(left.events.items()):
        if number not in used and rows:
            yield _found(
                Stream(number),
                None,
                [rows[seq] for seq in _contiguous(rows)],
                len(rows),
            )


def _assembled(stream: Stream, left: ReadableRows, used: set[int]) -> RecoveredStream:
    """A stream with its rows; where they do not fit, strays are tried in their place."""
    rows = left.events.get(stream.number, {})
    for candidate, taken in _candidates(stream, left, used):
        for kind in KINDS:
            if fits(stream, kind, candidate):
                used.update(taken)
                return _found(stream, kind, candidate, len(candidate))
    plausible: Kind | None = stream.kind if stream.kind in KINDS else None
    beginning = [rows[seq] for seq in _contiguous(rows)]
    return _found(stream, plausible, beginning, _expected(stream, rows))


Candidate = tuple[list[Values], set[int]]
"""Rows that may be a stream's, and the other numbers whose rows they take."""


def _candidates(
    stream: Stream, left: ReadableRows, used: set[int]
) -> Iterator[Candidate]:
    """The rows as they stand; all of a number without a stream; a stray one in the one gap."""
    rows = left.events.get(stream.number, {})
    yield [rows[seq] for seq in sorted(rows)], set()
    others = {
        number: list(several.values())
        for number, several in left.events.items()
        if number not in left.streams and number not in used
    }
    if not rows:
        yield from ((several, {number}) for number, several in others.items())
        return
    strays: list[Candidate] = [
        ([], set()),
        *(([stray], set()) for stray in left.strays),
    ]
    strays += [
        (several, {number}) for number, several in others.items() if len(several) == 1
    ]
    for variant in _variants(rows, left.doubles.get(stream.number, {})):
        for stray, taken in strays:
            yield from ((filled, taken) for filled in _filled(stream, variant, stray))


def _variants(
    rows: dict[int, Values], doubles: dict[int, Values]
) -> Iterator[dict[int, Values]]:
    """The rows, and each time with the other one of two that claim the same place."""
    yield rows
    for seq, other in doubles.items():
        yield {**rows, seq: other}


def _filled(
    stream: Stream, rows: dict[int, Values], stray: list[Values]
) -> Iterator[list[Values]]:
    """The rows with a stray one, or one from beyond the end, in their one gap."""
    length = stream.length if isinstance(stream.length, int) else len(rows) + 1
    gaps = [seq for seq in range(1, min(length, len(rows) + 1) + 1) if seq not in rows]
    if len(gaps) != 1:
        return
    place = gaps[0] - 1
    beyond = [seq for seq in rows if seq > length]
    inner = [rows[seq] for seq in sorted(rows) if seq not in beyond]
    for lone in (*stray, *(rows[seq] for seq in beyond)):
        yield [*inner[:place], lone, *inner[place:]]


def _expected(stream: Stream, rows: dict[int, Values]) -> int:
    """How many rows the stream had; as many as there are where that is not known."""
    length = stream.length
    return length if isinstance(length, int) and 0 <= length < 2**31 else len(rows)


def _contiguous(rows: dict[int, Values]) -> Iterator[int]:
    """The places from 1 up to the first gap."""
    for seq in count(1):
        if seq not in rows:
            return
        yield seq


def _found(
    stream: Stream, kind: Kind | None, rows: Sequence[Values], expected: int
) -> RecoveredStream:
    """The stream as it will be kept: its events up to the first that cannot be read."""
    whole = kind is not None and fits(stream, kind, rows)
    name = (
        stream.id
        if isinstance(stream.id, str) and stream.id
        else f"{RECOVERED}{stream.number}"
    )
    events: list[Recorded] = []
    at = stream.started if isinstance(stream.started, int) else 0
    for seq, (time, line) in enumerate(rows, 1):
        event = _decoded(line)
        if event is None:
            break
        at = time if isinstance(time, int) else at
        events.append(Recorded(name, seq, at, event))
    if kind is None:
        kind = (
            "session"
            if rows and str(rows[0][1]).startswith(_SESSION)
            else "playthrough"
        )
    state: State = "whole" if whole and len(events) == len(rows) else "doubtful"
    if len(events) < max(expected, len(rows)):
        state = "partial" if events else "lost"
    times = [recorded.at for recorded in events] or [0]
    started = stream.started if isinstance(stream.started, int) else times[0]
    updated = stream.updated if isinstance(stream.updated, int) else max(times)
    # A summary says how the stream ended: it belongs to the whole of it.
    summary = decode_summary(stream.summary) if state != "partial" else {}
    info = StreamInfo(name, kind, len(events), started, updated, summary)
    return RecoveredStream(info, tuple(events), state)


def _decoded(line: Any) -> Event | None:
    try:
        return CODEC.decode(line) if isinstance(line, str) else None
    except JournalUnreadable:
        return None
