"""A store that forgets: for tests, rehearsals, and play without saving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, repeat

from dialogue_game.journal.codec import (
    CODEC,
    Codec,
    Row,
    decode_summary,
    encode_summary,
    without_surrogates,
)
from dialogue_game.journal.store import (
    Event,
    Kind,
    Recorded,
    StreamInfo,
    Summary,
    moved_on,
    unknown_stream,
)


@dataclass(slots=True)
class _Stream:
    """Rows as they would be on disk, so that what comes back is what a file would give."""

    kind: Kind
    started: int
    updated: int
    summary: str
    rows: list[Row] = field(default_factory=list)


class InMemoryStore:
    """A Store whose streams end with the process."""

    def __init__(self, codec: Codec = CODEC) -> None:
        self._codec = codec
        self._streams: dict[str, _Stream] = {}
        self._editions: dict[str, bytes] = {}
        self._settings: dict[str, str] = {}
        self._writes = self._seen = 0

    def create(
        self,
        stream: str,
        kind: Kind,
        events: Sequence[Event],
        at: int,
        summary: Summary | None = None,
    ) -> None:
        """Begin a stream with these events. Raises JournalMovedOn if it is there already."""
        stream = without_surrogates(stream)
        if stream in self._streams:
            raise moved_on(stream)
        kept = _Stream(kind, at, at, encode_summary(summary))
        kept.rows += [(at, self._codec.encode(event)) for event in events]
        self._streams[stream] = kept
        self._writes += 1

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected: int,
        at: int,
        summary: Summary | None = None,
    ) -> None:
        """Add events. Raises NotFound, and JournalMovedOn if the stream has another length."""
        kept = self._find(stream)
        if len(kept.rows) != expected:
            raise moved_on(stream)
        rows: list[Row] = [(at, self._codec.encode(event)) for event in events]
        if summary is not None:
            kept.summary = encode_summary(summary)
        if rows:
            kept.rows += rows
            kept.updated = max(kept.updated, at)
            self._streams[without_surrogates(stream)] = self._streams.pop(
                without_surrogates(stream)
            )
        self._writes += 1

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """The events with a `seq` above `after`. Raises NotFound."""
        first = max(after, 0)
        rows = self._find(stream).rows[first:]
        events = self._codec.decode_all(rows)
        times = [at for at, _ in rows]
        return tuple(
            map(
                Recorded._make,
                zip(
                    repeat(without_surrogates(stream)), count(first + 1), times, events
                ),
            )
        )

    def streams(self, kind: Kind | None = None) -> tuple[StreamInfo, ...]:
        """Every stream (of that kind), the one written last first."""
        return tuple(
            self.info(stream)
            for stream, kept in reversed(self._streams.items())
            if kind in (None, kept.kind)
        )

    def info(self, stream: str) -> StreamInfo:
        """One stream without its events. Raises NotFound."""
        kept = self._find(stream)
        summary = decode_summary(kept.summary)
        return StreamInfo(
            without_surrogates(stream),
            kept.kind,
            len(kept.rows),
            kept.started,
            kept.updated,
            summary,
        )

    def delete(self, *streams: str) -> None:
        """Remove streams. Raises NotFound."""
        for stream in streams:
            self._find(stream)
        for stream in streams:
            self._streams.pop(without_surrogates(stream), None)
        self._writes += 1

    def keep_edition(self, digest: str, data: bytes) -> None:
        """Keep the text of an edition, unless it is kept already."""
        self._editions.setdefault(without_surrogates(digest), bytes(data))
        self._writes += 1

    def edition(self, digest: str) -> bytes | None:
        """The text of an edition, if it is kept."""
        return self._editions.get(without_surrogates(digest))

    def editions(self) -> tuple[str, ...]:
        """The digests of all editions."""
        return tuple(sorted(self._editions))

    def setting(self, key: str) -> str | None:
        """A local fact."""
        return self._settings.get(without_surrogates(key))

    def put_setting(self, key: str, value: str) -> None:
        """Keep a local fact."""
        self._settings[without_surrogates(key)] = without_surrogates(value)
        self._writes += 1

    def changed(self) -> bool:
        """Whether anything was written since this was last asked."""
        seen, self._seen = self._seen, self._writes
        return seen != self._writes

    def close(self) -> None:
        """Nothing to let go of."""

    def _find(self, stream: str) -> _Stream:
        found = self._streams.get(without_surrogates(stream))
        if found is None:
            raise unknown_stream(stream)
        return found
