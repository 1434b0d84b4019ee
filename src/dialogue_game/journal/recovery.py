"""A damaged journal: what is wrong with it, and what can be read saved into a fresh one.

The damaged file stays beside the fresh one under a dated name; nothing of it is ever altered.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from dialogue_game.core.text import decompressed
from dialogue_game.errors import JournalClosed, JournalUnreadable, NotFound
from dialogue_game.journal.connection import JournalFile, connect, explained
from dialogue_game.journal.reassembly import RecoveredStream, State, recovered_streams
from dialogue_game.journal.salvage import ReadableRows, readable_rows
from dialogue_game.journal.sqlite_store import BUSY_TIMEOUT, SqliteStore

_COMPANIONS: Final = ("-wal", "-shm", "-journal")
_STATES: Final = ("waiting", "sent", "refused")
_WAIT: Final = 30.0
"""Seconds to wait for another copy of the game that repairs the same journal."""


@dataclass(frozen=True, slots=True)
class SalvageResult:
    """The ids of streams by what became of them; `playthroughs` are those of them that are runs.

    Doubtful ones are kept whole though a checksum says that something in them was altered; of
    partial ones the beginning is kept.
    """

    whole: tuple[str, ...]
    doubtful: tuple[str, ...]
    partial: tuple[str, ...]
    lost: tuple[str, ...]
    playthroughs: frozenset[str]

    @property
    def kept(self) -> tuple[str, ...]:
        """Those of which something is kept."""
        return (*self.whole, *self.doubtful, *self.partial)

    @property
    def sound(self) -> bool:
        """Whether nothing is lost, and nothing doubtful."""
        return not (self.doubtful or self.partial or self.lost)

    @property
    def sentence(self) -> str:
        """How much was kept, in a sentence without its stop."""
        runs = self.playthroughs
        kept_runs = len(runs.intersection(self.kept))
        sentence = f"{kept_runs} of {len(runs)} playthroughs kept"
        sessions = len(self.kept) + len(self.lost) - len(runs)
        if sessions:
            sentence += f", {len(self.kept) - kept_runs} of {sessions} sessions"
        return sentence


@dataclass(frozen=True, slots=True)
class Repaired:
    """Where the damaged journal is now, and what of it is in the fresh one."""

    aside: Path
    saved: SalvageResult


def diagnose(path: Path) -> str:
    """What is wrong with the journal at this path, "" where all of it can be read.

    Raises JournalError where that is not for damage: rights, a lock, a later version.
    """
    store = SqliteStore(path)
    try:
        for info in store.streams():
            store.read(info.id)
        for digest in store.editions():
            store.edition(digest)
        store.settings()
        return store.broken_pages()
    except (JournalUnreadable, NotFound) as error:
        # NotFound comes from a list that leads nowhere.
        if isinstance(error, JournalClosed):
            raise
        return error.message
    finally:
        store.close()


def preview_repair(path: Path) -> SalvageResult:
    """What a repair would keep; changes nothing."""
    return _by_state(list(recovered_streams(readable_rows(path))))


def repair(path: Path, now: datetime, *, thorough: bool = True) -> Repaired | None:
    """Save what can be read into a fresh journal, and keep the damaged one beside it.

    None where there is nothing to repair, or another copy of the game has just done it. Without
    `thorough` only the list of streams counts, which is read at every start. Raises NotFound,
    JournalError.
    """
    if not path.exists():
        raise NotFound(f"There is no journal to repair: {path}.")
    with explained(path), _alone(path):
        if not (diagnose(path) if thorough else _unlisted(path)):
            return None
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            rows = readable_rows(path)
            if rows.empty:
                return Repaired(set_aside(path, now), _by_state([]))
            streams = _saved(rows, fresh)
            aside = copy_aside(path, now)
            for companion in _COMPANIONS:
                path.with_name(path.name + companion).unlink(missing_ok=True)
            fresh.replace(path)
        finally:
            for ending in ("", *_COMPANIONS):
                fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
    return Repaired(aside, _by_state(streams))


def set_aside(path: Path, now: datetime) -> Path:
    """Move a journal, with its log, beside itself under a dated name, so a fresh one may start.

    `now` is what the caller's clock says. Gives the new place; nothing is ever overwritten.
    Every store on the file should be closed first. Raises NotFound, JournalError.
    """
    if not path.exists():
        raise NotFound(f"There is no journal to set aside: {path}.")
    with explained(path):
        target = _reserved(path, f"{now:%Y%m%d-%H%M%S}")
        # The log goes first: a fresh journal beside an old log would take it for its own.
        for companion in _COMPANIONS:
            beside = path.with_name(path.name + companion)
            if beside.exists():
                beside.rename(target.with_name(target.name + companion))
        path.replace(target)
    return target


def copy_aside(path: Path, now: datetime) -> Path:
    """Copy a journal, with its log, beside itself under a dated name; gives its place."""
    target = _reserved(path, f"{now:%Y%m%d-%H%M%S}")
    for ending in ("", "-wal", "-journal"):
        copied = path.with_name(path.name + ending)
        if copied.exists():
            shutil.copyfile(copied, _private(target.with_name(target.name + ending)))
    return target


def beside(path: Path) -> tuple[Path, ...]:
    """The damaged journals that were kept beside this one, the oldest first."""
    return tuple(sorted(path.parent.glob(f"{path.stem}-damaged-*{path.suffix}")))


def _unlisted(path: Path) -> str:
    """Why the list of streams cannot be read, "" where it can."""
    store = SqliteStore(path)
    try:
        store.streams()
    except JournalUnreadable as error:
        return error.message
    finally:
        store.close()
    return ""


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Holds off other copies of the game that would repair the same journal.

    A lock of SQLite's own: it works on every system and ends with the process that holds it.
    """
    file = path.with_name(f"{path.name}.repair")
    db = _locked(file)
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()
        db.close()


def _locked(file: Path) -> sqlite3.Connection:
    """A connection that alone holds this file; one that waited for a file now gone tries anew."""
    until = time.monotonic() + _WAIT
    while True:
        db = sqlite3.connect(_private(file), timeout=_WAIT, isolation_level=None)
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            db.close()
            if time.monotonic() > until or not os.access(file.parent, os.W_OK):
                raise
            time.sleep(0.05)
        else:
            return db


def _saved(found: ReadableRows, fresh: Path) -> list[RecoveredStream]:
    """A new journal beside the damaged one with all that can be read of it."""
    streams = list(recovered_streams(found))
    oldest_first = sorted(_kept(streams), key=lambda stream: stream.info.updated)
    new = SqliteStore(_private(fresh))
    try:
        for key, value in found.settings.items():
            new.put_setting(key, value)
        for stream in oldest_first:
            new.import_stream(stream.info, stream.events)
        for digest, data in found.editions.items():
            with suppress(ValueError):
                new.keep_edition(digest, decompressed(data))
    finally:
        new.close()
    _copy_outbox(found, fresh)
    return streams


def _kept(streams: list[RecoveredStream]) -> Iterable[RecoveredStream]:
    """The streams to keep; where a damaged id is another stream's, that one keeps it."""
    kept: dict[str, RecoveredStream] = {}
    for stream in streams:
        whole = stream.state == "whole"
        if not (stream.events or whole):
            continue
        other = kept.get(stream.info.id)
        if other is None or (whole and other.state != "whole"):
            kept[stream.info.id] = stream
    return kept.values()


_INSERT_STATEMENT: Final = (
    "INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_QUEUED: Final = "INSERT OR IGNORE INTO outbox_queued VALUES (?, ?)"


def _copy_outbox(found: ReadableRows, fresh: Path) -> None:
    """What waits to be sent, and what was; a statement's id keeps it from being sent twice."""
    file = JournalFile(fresh, BUSY_TIMEOUT, connect)
    try:
        with file.writing() as db:
            for number, name, *texts, state, attempts, answer in found.outbox:
                if not all(isinstance(text, str) for text in (name, *texts)):
                    continue
                known_state = state if state in _STATES else "waiting"
                tried = attempts if isinstance(attempts, int) else 0
                row = (number, name, *texts, known_state, tried, str(answer or ""))
                db.execute(_INSERT_STATEMENT, row)
            for name, seq in found.queued:
                if isinstance(name, str) and isinstance(seq, int) and seq >= 0:
                    db.execute(_INSERT_QUEUED, (name, seq))
    finally:
        file.close()


def _by_state(streams: list[RecoveredStream]) -> SalvageResult:
    def ids(state: State) -> tuple[str, ...]:
        return tuple(stream.info.id for stream in streams if stream.state == state)

    infos = [stream.info for stream in streams]
    return SalvageResult(
        ids("whole"),
        ids("doubtful"),
        ids("partial"),
        ids("lost"),
        frozenset(info.id for info in infos if info.kind == "playthrough"),
    )


def _private(file: Path) -> Path:
    """A file that is there and is its owner's alone, before anything is written to it."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    return file


def _reserved(path: Path, day: str) -> Path:
    """A name that nobody has, made ours before anything moves there."""
    for number in count(1):
        ending = "" if number == 1 else f"-{number}"
        target = path.with_name(f"{path.stem}-damaged-{day}{ending}{path.suffix}")
        try:
            if path.is_dir():
                target.mkdir()
            else:
                os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return target
    raise AssertionError  # count() never ends
