"""The only place that wires: folders, settings, course, journal and clock become a `Game`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dialogue_game.app import settings as settings_module
from dialogue_game.app.game import Game
from dialogue_game.app.settings import Folders
from dialogue_game.errors import (
    DialogueGameError,
    JournalClosed,
    JournalError,
    JournalUnreadable,
)
from dialogue_game.journal.store import Store

ID_ALPHABET: Final = "23456789abcdefghjkmnpqrstvwxyz"
"""No letters or digits that are easily taken for one another."""
ID_LENGTH: Final = 10


def now() -> int:
    """Milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """An id for a stream: short enough to type, long enough (49 bits) not to meet another."""
    import secrets

    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def open_game(
    course: Path | None = None,
    flags: Mapping[str, str | None] | None = None,
    keep: bool = True,
    environment: Mapping[str, str] | None = None,
    before_building: Callable[[], None] | None = None,
) -> Game:
    """Everything a front end needs. The shipped course unless a folder or story file is given.

    With `keep` false nothing outlives the program. `before_building` is called where the course
    has to be read from its sources, so that somebody who waits can be told.

    Raises
    ------
    ContentInvalid, NotFound, SettingsInvalid; trouble with the journal never stops anyone from
    playing.
    """
    from dialogue_game.content import cache, library

    known = os.environ if environment is None else environment
    places = settings_module.folders(known)
    settings, trouble = settings_module.load(places.settings_file, known, flags or {})
    folder = course or library.shipped_course()
    shelf = library.open_course(folder, places.cache, before_building)
    store, journal_trouble, unread = _open_store(places, keep)
    return Game(
        shelf=shelf,
        store=store,
        settings=settings,
        folders=places,
        clock=now,
        new_id=new_id,
        encode_edition=cache.encode_edition,
        decode_edition=cache.decode_edition,
        assets=shelf.assets,
        trouble=" ".join(filter(None, (trouble, journal_trouble))),
        saving=keep and unread is None,
        unread=unread,
    )


def memory_store() -> Store:
    """A store that keeps nothing beyond this run of the program."""
    from dialogue_game.journal.memory_store import InMemoryStore

    return InMemoryStore()


def _open_store(places: Folders, keep: bool) -> tuple[Store, str, JournalError | None]:
    """The journal; where it cannot serve, one that keeps nothing, a sentence, and why."""
    if not keep:
        return memory_store(), "", None
    from dialogue_game.journal.sqlite_store import SqliteStore

    try:
        store: Store = SqliteStore(places.journal_file)
        store.streams()
    except JournalError as error:
        if isinstance(error, JournalUnreadable) and not isinstance(
            error, JournalClosed
        ):
            return _repaired(places)
        return (
            memory_store(),
            f"{error.message} You can play; nothing is being saved.",
            error,
        )
    return store, "", None


def _repaired(places: Folders) -> tuple[Store, str, JournalError | None]:
    """A fresh journal with all that could be read of the damaged one, which is kept beside it."""
    from dialogue_game.journal.recovery import repair
    from dialogue_game.journal.sqlite_store import SqliteStore

    try:
        done = repair(places.journal_file, datetime.now(UTC), thorough=False)
        store = SqliteStore(places.journal_file)
        store.streams()
    except (DialogueGameError, OSError):
        sentence = "Your journal is damaged and cannot be moved aside."
        why = JournalUnreadable(
            sentence, "See what is in it with: dialogue-game journal check"
        )
        return memory_store(), f"{sentence} You can play; nothing is being saved.", why
    if done is None:  # another copy of the game was quicker
        return store, "", None
    kept = f"{done.saved.sentence}; the damaged file is beside it: {done.aside.name}."
    return store, f"Your journal was damaged. {kept}", None
