"""The streams of a damaged journal, put together again from the rows that could be read.

A stream that fits its checksum is whole, also where a number that led to its rows was damaged. One
that does not, but has all its rows, is kept as doubtful. One with a gap is kept up to the gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.codec import (
    CODEC,
    Row,
    checksum,
    decode_summary,
    initial_checksum,
)
from dialogue_game.journal.salvage import ReadableRows, StreamRow, Values
from dialogue_game.journal.store import Event, Kind, Recorded, StreamInfo

State = Literal["whole", "doubtful", "partial", "lost"]
KINDS: Final[tuple[Kind, ...]] = ("playthrough", "session")
RECOVERED: Final = "recovered"
"""What a stream is called, with its number, where its name is lost."""
_SESSION: Final = "session_started"


@dataclass(frozen=True, slots=True)
class RecoveredStream:
    """A stream as far as it could be put together."""

    info: StreamInfo
    events: tuple[Recorded, ...]
    state: State


def recovered_streams(found: ReadableRows) -> Iterator[RecoveredStream]:
    """Every stream that left a trace, in the order in which they began."""
    used: set[int] = set()
    for number, stream in sorted(found.streams.items()):
        yield _assembled(stream, found, used)
        used.add(number)
    for number, rows in sorted(found.events.items()):
        if rows and number not in used:
            beginning = _up_to_gap(rows)
            yield _recovered(StreamRow(number), None, beginning, len(rows))


def _assembled(
    stream: StreamRow, found: ReadableRows, used: set[int]
) -> RecoveredStream:
    """A stream with its rows; where they do not fit, strays are tried in their place."""
    for candidate in _candidates(stream, found, used):
        for kind in KINDS:
            if _matches_checksum(stream, kind, candidate.rows):
                used.update(candidate.numbers)
                return _recovered(stream, kind, candidate.rows, len(candidate.rows))
    rows = found.events.get(stream.number, {})
    kind_found: Kind | None = stream.kind if stream.kind in KINDS else None
    return _recovered(
        stream, kind_found, _up_to_gap(rows), _expected_length(stream, rows)
    )


def _matches_checksum(stream: StreamRow, kind: Kind, rows: Sequence[Values]) -> bool:
    """Whether these rows are what the stream's own checksum was made over."""
    try:
        typed: list[Row] = [(at, line) for at, line in rows]
        expected = checksum(typed, initial_checksum(str(stream.id), kind))
    except (TypeError, ValueError):
        return False
    return bool(expected == stream.checksum)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Rows that may be a stream's, and the other numbers whose rows they take."""

    rows: list[Values]
    numbers: tuple[int, ...] = ()


def _candidates(
    stream: StreamRow, found: ReadableRows, used: set[int]
) -> Iterator[_Candidate]:
    """The rows as they stand; all of a number without a stream; a stray one in the one gap."""
    rows = found.events.get(stream.number, {})
    yield _Candidate([rows[seq] for seq in sorted(rows)])
    orphans = [
        _Candidate(list(others.values()), (number,))
        for number, others in found.events.items()
        if number not in found.streams and number not in used
    ]
    if not rows:
        yield from orphans
        return
    fillers = [_Candidate([]), *(_Candidate([row]) for row in found.strays)]
    fillers += [orphan for orphan in orphans if len(orphan.rows) == 1]
    duplicates = found.duplicates.get(stream.number, {})
    for variant in _variants(rows, duplicates):
        for filler in fillers:
            for filled in _with_gap_filled(stream, variant, filler.rows):
                yield _Candidate(filled, filler.numbers)


def _variants(
    rows: dict[int, Values], duplicates: dict[int, Values]
) -> Iterator[dict[int, Values]]:
    """The rows, and each time with the other one of two that claim the same place."""
    yield rows
    for seq, other in duplicates.items():
        yield {**rows, seq: other}


def _with_gap_filled(
    stream: StreamRow, rows: dict[int, Values], strays: Iterable[Values]
) -> Iterator[list[Values]]:
    """The rows with a stray one, or one from beyond the end, in their one gap."""
    length = stream.length if isinstance(stream.length, int) else len(rows) + 1
    last = min(length, len(rows) + 1)
    gaps = [seq for seq in range(1, last + 1) if seq not in rows]
    if len(gaps) != 1:
        return
    index = gaps[0] - 1
    kept = [rows[seq] for seq in sorted(rows) if seq <= length]
    past_end = [rows[seq] for seq in rows if seq > length]
    for row in (*strays, *past_end):
        yield [*kept[:index], row, *kept[index:]]


def _expected_length(stream: StreamRow, rows: dict[int, Values]) -> int:
    """How many rows the stream had; as many as there are where that is not known."""
    length = stream.length
    return length if isinstance(length, int) and 0 <= length < 2**31 else len(rows)


def _up_to_gap(rows: dict[int, Values]) -> list[Values]:
    """The rows from place 1 up to the first gap."""
    beginning: list[Values] = []
    while len(beginning) + 1 in rows:
        beginning.append(rows[len(beginning) + 1])
    return beginning


def _recovered(
    stream: StreamRow, kind: Kind | None, rows: Sequence[Values], expected: int
) -> RecoveredStream:
    """The stream as it will be kept: its events up to the first that cannot be read."""
    name = f"{RECOVERED}{stream.number}"
    if isinstance(stream.id, str) and stream.id:
        name = stream.id
    events = _recorded(name, stream, rows)
    state = _state(stream, kind, rows, len(events), expected)
    times = [recorded.at for recorded in events] or [0]
    info = StreamInfo(
        name,
        kind or _kind_of(rows),
        len(events),
        stream.started if isinstance(stream.started, int) else times[0],
        stream.updated if isinstance(stream.updated, int) else max(times),
        # A summary says how the stream ended: it belongs to the whole of it.
        decode_summary(stream.summary) if state != "partial" else {},
    )
    return RecoveredStream(info, events, state)


def _recorded(
    name: str, stream: StreamRow, rows: Sequence[Values]
) -> tuple[Recorded, ...]:
    """The events up to the first that cannot be read."""
    events: list[Recorded] = []
    at = stream.started if isinstance(stream.started, int) else 0
    for seq, (time, line) in enumerate(rows, 1):
        event = _decoded(line)
        if event is None:
            break
        at = time if isinstance(time, int) else at
        events.append(Recorded(name, seq, at, event))
    return tuple(events)


def _state(
    stream: StreamRow,
    kind: Kind | None,
    rows: Sequence[Values],
    kept: int,
    expected: int,
) -> State:
    if kept < max(expected, len(rows)):
        return "partial" if kept else "lost"
    whole = kind is not None and _matches_checksum(stream, kind, rows)
    return "whole" if whole else "doubtful"


def _kind_of(rows: Sequence[Values]) -> Kind:
    """The kind of a stream by its first event, where its own row does not say it."""
    first = str(rows[0][1]) if rows else ""
    return "session" if first.startswith(_SESSION) else "playthrough"


def _decoded(line: Any) -> Event | None:
    try:
        return CODEC.decode(line) if isinstance(line, str) else None
    except JournalUnreadable:
        return None
