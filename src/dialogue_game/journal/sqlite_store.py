"""The store that keeps: one SQLite file, several processes, full sync at every append."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from itertools import count, repeat
from pathlib import Path
from typing import Any, Final

from dialogue_game.core.text import decompressed
from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.codec import (
    CODEC,
    Codec,
    Row,
    checksum,
    decode_summary,
    encode_summary,
    initial_checksum,
    without_surrogates,
)
from dialogue_game.journal.connection import Connect, JournalFile, connect
from dialogue_game.journal.migrations import M002_EDITIONS, REPAIR_ADVICE
from dialogue_game.journal.store import (
    Event,
    Kind,
    Recorded,
    StreamInfo,
    Summary,
    moved_on,
    unknown_stream,
)

BUSY_TIMEOUT: Final = 2.0
"""Seconds to wait for another process that is writing."""

_INFO: Final = "SELECT id, kind, length, started, updated, summary FROM streams"
_NEXT: Final = "(SELECT coalesce(max(written), 0) + 1 FROM streams)"
_WRITTEN: Final = f"UPDATE streams SET written = {_NEXT} WHERE number = ?"  # noqa: S608 - ours
_KINDS: Final = ("playthrough", "session")


class SqliteStore:
    """A Store in one file, opened at the first use and created at the first write.

    `connect` is how a connection is made; a test gives one with little room.
    """

    def __init__(
        self,
        path: Path,
        codec: Codec = CODEC,
        patience: float = BUSY_TIMEOUT,
        connect: Connect = connect,
    ) -> None:
        self.path = path
        self._codec = codec
        self._handle = JournalFile(path, patience, connect)

    def create(
        self,
        stream: str,
        kind: Kind,
        events: Sequence[Event],
        at: int,
        summary: Summary | None = None,
    ) -> None:
        """Begin a stream with these events. Raises JournalMovedOn if it is there already."""
        rows: list[Row] = [(at, self._codec.encode(event)) for event in events]
        self._begin(
            StreamInfo(
                without_surrogates(stream), kind, len(rows), at, at, summary or {}
            ),
            rows,
        )

    def import_stream(self, info: StreamInfo, events: Sequence[Recorded]) -> None:
        """Begin a stream as it is elsewhere, times and summary included. Raises JournalMovedOn."""
        rows: list[Row] = [
            (found.at, self._codec.encode(found.event)) for found in events
        ]
        self._begin(info, rows)

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected: int,
        at: int,
        summary: Summary | None = None,
    ) -> None:
        """Add events. Raises NotFound, and JournalMovedOn if the stream has another length."""
        rows: list[Row] = [(at, self._codec.encode(event)) for event in events]
        text = None if summary is None else encode_summary(summary)
        with self._handle.writing(create=False) as db:
            number, _, length, before = _found(db, without_surrogates(stream))
            if length != expected:
                raise moved_on(stream)
            _insert(db, number, length, rows)
            db.execute(
                "UPDATE streams SET length = ?, checksum = ?, updated = max(updated, ?),"
                " summary = coalesce(?, summary) WHERE number = ?",
                (
                    length + len(rows),
                    checksum(rows, before),
                    at if rows else 0,
                    text,
                    number,
                ),
            )
            if rows:
                db.execute(_WRITTEN, (number,))

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """The events with a `seq` above `after`. Raises NotFound."""
        stream, first = without_surrogates(stream), max(after, 0)
        with self._handle.reading() as db:
            if db is None:
                raise unknown_stream(stream)
            number, kind, length, expected = _found(db, stream)
            rows: list[Row] = db.execute(
                "SELECT at, line FROM events WHERE stream = ? AND seq > ? ORDER BY seq",
                (number, first),
            ).fetchall()
        altered = (
            not first and checksum(rows, initial_checksum(stream, kind)) != expected
        )
        if altered or len(rows) != max(length - first, 0):
            raise JournalUnreadable(
                f"The record of “{stream}” is damaged.", REPAIR_ADVICE
            )
        events = self._codec.decode_all(rows)
        times = [at for at, _ in rows]
        return tuple(
            map(Recorded._make, zip(repeat(stream), count(first + 1), times, events))
        )

    def streams(self, kind: Kind | None = None) -> tuple[StreamInfo, ...]:
        """Every stream (of that kind), the one written last first."""
        chosen, values = (" WHERE kind = ?", (kind,)) if kind else ("", ())
        order = " ORDER BY written DESC, number DESC"
        with self._handle.reading() as db:
            rows = db.execute(_INFO + chosen + order, values).fetchall() if db else []
        return tuple(_info(*row) for row in rows)

    def info(self, stream: str) -> StreamInfo:
        """One stream without its events. Raises NotFound."""
        found = self._rows(f"{_INFO} WHERE id = ?", without_surrogates(stream))
        if not found:
            raise unknown_stream(stream)
        return _info(*found[0])

    def delete(self, *streams: str) -> None:
        """Remove streams from the file and from its log. Raises NotFound."""
        for stream in streams:
            self.info(stream)
        with self._handle.writing() as db:
            names = ((without_surrogates(stream),) for stream in streams)
            db.executemany("DELETE FROM streams WHERE id = ?", names)
        self._handle.forget()

    def keep_edition(self, digest: str, data: bytes) -> None:
        """Keep the text of an edition, compressed, unless it is kept already and can be read.

        Raises JournalError where the journal cannot be written, also for one that is kept: a run
        that begins finds out before its first choice.
        """
        with self._handle.writing() as db:
            # Changes nothing; SQLite would let a file that may only be read pass until a write.
            db.execute("UPDATE streams SET updated = updated WHERE number IS NULL")
            asked = "SELECT data FROM editions WHERE digest = ?"
            found = db.execute(asked, (without_surrogates(digest),)).fetchall()
            if found and _unpacked(found[0][0]) is not None:
                return
            if found:
                self._mend(db, without_surrogates(digest), data)
                return
            db.execute(
                "INSERT INTO editions VALUES (?, ?) ON CONFLICT DO NOTHING",
                (without_surrogates(digest), zlib.compress(data)),
            )

    def edition(self, digest: str) -> bytes | None:
        """The text of an edition, if it is kept. Raises JournalUnreadable."""
        found = self._rows(
            "SELECT data FROM editions WHERE digest = ?", without_surrogates(digest)
        )
        text = _unpacked(found[0][0]) if found else None
        if found and text is None:
            raise JournalUnreadable(
                "The text of an edition in the journal is damaged.", REPAIR_ADVICE
            )
        return text

    def editions(self) -> tuple[str, ...]:
        """The digests of all editions that are kept."""
        found = self._rows("SELECT digest FROM editions ORDER BY 1")
        return tuple(digest for (digest,) in found if isinstance(digest, str))

    def setting(self, key: str) -> str | None:
        """A local fact."""
        found = self._rows(
            "SELECT value FROM settings WHERE key = ?", without_surrogates(key)
        )
        return found[0][0] if found else None

    def settings(self) -> dict[str, str]:
        """All local facts."""
        return dict(self._rows("SELECT key, value FROM settings"))

    def put_setting(self, key: str, value: str) -> None:
        """Keep a local fact."""
        with self._handle.writing() as db:
            db.execute(
                "INSERT INTO settings VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (without_surrogates(key), without_surrogates(value)),
            )

    def changed(self) -> bool:
        """Whether another process wrote, or another file stands here, since last asked."""
        return self._handle.changed()

    def broken_pages(self) -> str:
        """What SQLite finds wrong with the file itself, "" where it is sound."""
        found = self._rows("PRAGMA quick_check(1)")
        said = str(found[0][0]) if found else "ok"
        return "" if said == "ok" else f"The journal’s file is damaged: {said}"

    def close(self) -> None:
        """Let go of the file; the last process to do so leaves it without a log."""
        self._handle.close()

    def _begin(self, info: StreamInfo, rows: Sequence[Row]) -> None:
        with self._handle.writing() as db:
            if db.execute("SELECT 1 FROM streams WHERE id = ?", (info.id,)).fetchone():
                raise moved_on(info.id)
            summary, check = (
                encode_summary(info.summary),
                checksum(rows, initial_checksum(info.id, info.kind)),
            )
            begun = db.execute(
                "INSERT INTO streams"  # noqa: S608 - our own words
                " (id, kind, length, started, updated, summary, checksum, written)"
                f" VALUES (?, ?, ?, ?, ?, ?, ?, {_NEXT})",
                (
                    info.id,
                    info.kind,
                    len(rows),
                    info.started,
                    info.updated,
                    summary,
                    check,
                ),
            )
            _insert(db, begun.lastrowid or 0, 0, rows)

    def _mend(self, db: sqlite3.Connection, digest: str, data: bytes) -> None:
        """Write a damaged edition anew; its guard is away for the length of the transaction."""
        db.execute("DROP TRIGGER IF EXISTS editions_are_never_altered")
        db.execute(
            "UPDATE editions SET data = ? WHERE digest = ?",
            (zlib.compress(data), digest),
        )
        db.execute(M002_EDITIONS.statements[1])

    def _rows(self, query: str, *values: str) -> list[Any]:
        """All that one question gives; nothing where there is no journal yet."""
        with self._handle.reading() as db:
            return db.execute(query, values).fetchall() if db else []


def _found(db: sqlite3.Connection, stream: str) -> tuple[int, str, int, int]:
    """A stream's number, kind, length and checksum. Raises NotFound."""
    row: tuple[int, str, int, int] | None = db.execute(
        "SELECT number, kind, length, checksum FROM streams WHERE id = ?", (stream,)
    ).fetchone()
    if row is None:
        raise unknown_stream(stream)
    return row


def _insert(
    db: sqlite3.Connection, number: int, length: int, rows: Sequence[Row]
) -> None:
    db.executemany(
        "INSERT INTO events (stream, seq, at, line) VALUES (?, ?, ?, ?)",
        ((number, seq, *row) for seq, row in enumerate(rows, length + 1)),
    )


def _unpacked(data: object) -> bytes | None:
    """The text that was compressed; None where it is damaged."""
    try:
        return decompressed(data) if isinstance(data, bytes) else None
    except ValueError:
        return None


def _info(
    stream: str, kind: Kind, length: int, started: int, updated: int, summary: str
) -> StreamInfo:
    """One row as a value. Raises JournalUnreadable where a changed byte left no such thing."""
    numbers = all(isinstance(number, int) for number in (length, started, updated))
    if kind not in _KINDS or not numbers or not isinstance(stream, str):
        raise JournalUnreadable(
            "The journal’s list of playthroughs is damaged.", REPAIR_ADVICE
        )
    return StreamInfo(stream, kind, length, started, updated, decode_summary(summary))
