"""The streams of a damaged journal put together again from the rows that are left of them.

A stream that fits its checksum is whole, also where a number that led to its rows was damaged.
One that does not, but has all its rows, is kept as doubtful. One with a gap is kept up to the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, Literal

from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.codec import CODEC, decode_summary
from dialogue_game.journal.damaged import KINDS, Remains, Stream, Values, fits
from dialogue_game.journal.store import Event, Kind, Recorded, StreamInfo

State = Literal["whole", "doubtful", "partial", "lost"]
RECOVERED: Final = "recovered"
"""What a stream is called, with its number, where its name is lost."""
_SESSION: Final = "session_started"


@dataclass(frozen=True, slots=True)
class Found:
    """A stream as far as it could be put together."""

    info: StreamInfo
    events: tuple[Recorded, ...]
    state: State


def streams(left: Remains) -> Iterator[Found]:
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


def _assembled(stream: Stream, left: Remains, used: set[int]) -> Found:
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


def _candidates(stream: Stream, left: Remains, used: set[int]) -> Iterator[Candidate]:
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
) -> Found:
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
    return Found(info, tuple(events), state)


def _decoded(line: Any) -> Event | None:
    try:
        return CODEC.decode(line) if isinstance(line, str) else None
    except JournalUnreadable:
        return None
