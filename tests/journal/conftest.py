"""Stores to test with, and an ordinary user's rights where the tests run as root."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.journal.store import Store

OpenStore = Callable[[], SqliteStore]
NOBODY = 65534


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each kind of store in turn."""
    made: Store = (
        InMemoryStore()
        if request.param == "memory"
        else SqliteStore(tmp_path / "j" / "j.sqlite3")
    )
    yield made
    made.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a journal would be, in a folder that is not there yet."""
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture
def opened(path: Path) -> Iterator[OpenStore]:
    """Opens stores on the same file, as several copies of the game would; closes them all."""
    stores: list[SqliteStore] = []

    def another() -> SqliteStore:
        stores.append(SqliteStore(path, patience=0.05))
        return stores[-1]

    yield another
    for each in stores:
        each.close()


@pytest.fixture
def home_of_nobody() -> Iterator[Path]:
    """A folder of an ordinary user, with that user's rights: root may write everywhere."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are another matter here")
    folder = Path(tempfile.mkdtemp())
    was = os.geteuid()
    if was == 0:
        os.chown(folder, NOBODY, -1)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(was)
        folder.chmod(0o700)
        shutil.rmtree(folder)
