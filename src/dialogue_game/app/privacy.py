"""Everything that is kept about a player on this machine: shown, and wiped.

Only files that this program makes are ever removed; a folder goes when nothing else is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialogue_game.app.files import json_in
from dialogue_game.app.records.sending import AGREED
from dialogue_game.app.settings import Folders, may_exist
from dialogue_game.errors import JournalError
from dialogue_game.journal.connection import JournalFile, connect
from dialogue_game.journal.sqlite_store import BUSY_TIMEOUT, SqliteStore
from dialogue_game.journal.store import StreamInfo, Unknown

_LOG: Final = re.compile(r"\d{8}-\d{6}\.log\Z")
_COMPILED: Final = re.compile(r"[0-9a-f]{32}\Z")
_UNFINISHED: Final = re.compile(r"\.?(settings|record_store)\.json\.\d+\.new\Z")
_PHONES: Final = re.compile(r"phones-[a-z0-9]+\.(json|ballots|aside)\Z")
"""Of a session with phones that has not ended."""

OUT_OF_REACH: Final = (
    "Files that you exported, printed or gave to somebody else.",
    "Backups and snapshots of this disk, and what a disk keeps of deleted files.",
    "What other accounts on this machine played.",
)
"""What wiping cannot reach, besides what was sent."""


@dataclass(frozen=True, slots=True)
class StoredData:
    """One thing that is kept: what it is, where, and its content as plain data."""

    what: str
    where: str
    content: Any


@dataclass(frozen=True, slots=True)
class Wiped:
    """What was removed, what could not be, and how much was sent to which record store before."""

    removed: tuple[Path, ...]
    failed: tuple[tuple[Path, str], ...]
    sent: int
    sent_to: str


def stored_data(folders: Folders) -> Iterator[StoredData]:
    """Everything kept about the player, in order of weight. Changes nothing."""
    yield from _journal(folders)
    for file in _damaged_journals(folders):
        yield StoredData(
            "a damaged journal, set aside", str(file), f"{file.stat().st_size} bytes"
        )
    if may_exist(folders.settings_file):
        yield StoredData(
            "settings", str(folders.settings_file), _json(folders.settings_file)
        )
    secrets = folders.record_store_file
    if may_exist(secrets):
        yield StoredData("record store", str(secrets), _without_secrets(_json(secrets)))
    for folder in _compiled(folders):
        yield StoredData("compiled stories; nothing about you", str(folder), None)
    for file in _logs(folders):
        text = file.read_text(encoding="utf-8", errors="replace")
        yield StoredData("a log of a fault", str(file), text.splitlines())


def wipe(folders: Folders) -> Wiped:
    """Remove everything that `stored_data` gives; what cannot be removed is named."""
    sent, sent_to = _sent(folders)
    removed: list[Path] = []
    failed: list[tuple[Path, str]] = []
    for file in _files(folders):
        try:
            file.unlink()
            removed.append(file)
        except FileNotFoundError:
            continue
        except OSError as error:
            failed.append((file, error.strerror or "it cannot be removed"))
    for folder in _maybe_empty_folders(folders):
        with suppress(OSError):  # something else is in it
            folder.rmdir()
    return Wiped(tuple(removed), tuple(failed), sent, sent_to)


def _journal(folders: Folders) -> Iterator[StoredData]:
    file = folders.journal_file
    store = SqliteStore(file)
    try:
        streams = store.streams()
        for info in streams:
            yield StoredData(f"a {info.kind}", str(file), _stream(store, info))
        facts = store.settings()
        if facts:
            yield StoredData("facts of the journal", str(file), facts)
        if editions := store.editions():
            yield StoredData("editions that were played", str(file), list(editions))
        yield from _outbox(file)
    except JournalError as error:
        yield StoredData("a journal that cannot be read", str(file), error.message)
    finally:
        store.close()


def _stream(store: SqliteStore, info: StreamInfo) -> dict[str, Any]:
    import msgspec

    from dialogue_game.journal.codec import name_of

    try:
        events = [
            {"at": found.at, "event": found.event.type, "body": found.event.body}
            if isinstance(found.event, Unknown)
            else {
                "at": found.at,
                "event": name_of(type(found.event)),
                **msgspec.to_builtins(found.event),
            }
            for found in store.read(info.id)
        ]
    except JournalError as error:
        return {"id": info.id, "damaged": error.message}
    return {"id": info.id, "summary": dict(info.summary), "events": events}


def _outbox(file: Path) -> Iterator[StoredData]:
    from dialogue_game.delivery.outbox import Outbox

    handle = JournalFile(file, BUSY_TIMEOUT, connect)
    try:
        outbox = Outbox(handle)
        content = {
            "waiting": outbox.waiting(),
            "sent": outbox.sent(),
            "refused": [refused._asdict() for refused in outbox.refused()],
            "statements": [json.loads(body) for body in outbox.bodies()],
        }
    finally:
        handle.close()
    if any(content.values()):
        yield StoredData("records for a record store", str(file), content)


def _sent(folders: Folders) -> tuple[int, str]:
    """How many records were sent, and where to, as far as the journal knows."""
    handle = JournalFile(folders.journal_file, BUSY_TIMEOUT, connect)
    store = SqliteStore(folders.journal_file)
    try:
        from dialogue_game.delivery.outbox import Outbox

        return Outbox(handle).sent(), store.setting(AGREED) or ""
    except JournalError:
        return 0, ""
    finally:
        with suppress(JournalError):
            handle.close()
            store.close()


def _files(folders: Folders) -> Iterator[Path]:
    journal = folders.journal_file
    yield from (
        journal.with_name(journal.name + end)
        for end in ("-wal", "-shm", "-journal", "")
    )
    yield from _damaged_journals(folders)
    yield folders.settings_file
    yield folders.record_store_file
    yield from (
        file for file in _files_in(folders.config) if _UNFINISHED.match(file.name)
    )
    yield from (file for file in _files_in(folders.data) if _PHONES.match(file.name))
    for folder in _compiled(folders):
        yield from _files_in(folder)
    yield from _logs(folders)


def _damaged_journals(folders: Folders) -> list[Path]:
    journal = folders.journal_file
    named = f"{journal.stem}-damaged-"
    return [file for file in _files_in(journal.parent) if file.name.startswith(named)]


def _compiled(folders: Folders) -> list[Path]:
    shelf = folders.cache / "courses"
    return [
        f for f in _entries_in(shelf) if _COMPILED.match(f.name) and not f.is_symlink()
    ]


def _logs(folders: Folders) -> list[Path]:
    return [file for file in _files_in(folders.log) if _LOG.match(file.name)]


def _maybe_empty_folders(folders: Folders) -> Iterator[Path]:
    """The folders that may be empty now, the inner ones first."""
    yield from _compiled(folders)
    yield folders.cache / "courses"
    yield from dict.fromkeys((folders.cache, folders.log, folders.config, folders.data))


def _files_in(folder: Path) -> list[Path]:
    """The files and links in a folder; nothing where there is none."""
    return [path for path in _entries_in(folder) if path.is_symlink() or path.is_file()]


def _entries_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if not folder.is_symlink() else []
    except OSError:
        return []


def _json(file: Path) -> Any:
    try:
        return json_in(file)
    except (OSError, ValueError):
        return "it cannot be read"


def _without_secrets(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    hidden = {name: "set, not shown" for name in ("key", "secret") if content.get(name)}
    return content | hidden
