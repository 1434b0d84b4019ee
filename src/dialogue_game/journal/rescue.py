"""A damaged journal set aside, and what can be read of it saved into a fresh one."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from dialogue_game.errors import DialogueGameError, JournalUnreadable, NotFound
from dialogue_game.journal.connection import explained
from dialogue_game.journal.sqlite import SqliteStore

_COMPANIONS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The ids of the streams that were copied, and of those that could not be read."""

    kept: tuple[str, ...]
    lost: tuple[str, ...]


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


def salvage(old: Path, new: SqliteStore) -> Salvaged:
    """Copy every readable stream, edition and setting of a journal into another one.

    What cannot be read is named in the answer; what the new journal has already stays as it is.
    Raises JournalError where the old one cannot be listed, or the new one cannot be written.
    """
    source = SqliteStore(old)
    kept: list[str] = []
    lost: list[str] = []
    try:
        present = {info.id for info in new.streams()}
        for info in source.streams():
            if info.id in present:
                continue
            try:
                events = source.read(info.id)
            except DialogueGameError:
                lost.append(info.id)
                continue
            new.adopt(info, events)
            kept.append(info.id)
        _copy_editions(source, new)
        _copy_settings(source, new)
    finally:
        source.close()
    return Salvaged(tuple(kept), tuple(lost))


def _copy_editions(source: SqliteStore, new: SqliteStore) -> None:
    for digest in source.editions():
        # An edition that cannot be read is still in its course's files, as a rule.
        with suppress(JournalUnreadable):
            new.keep_edition(digest, source.edition(digest) or b"")


def _copy_settings(source: SqliteStore, new: SqliteStore) -> None:
    for key, value in source.settings().items():
        if new.setting(key) is None:
            new.put_setting(key, value)


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
