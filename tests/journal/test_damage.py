"""Damaged journals: one sentence and a way on, never other data than was recorded."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogue_game.core.events import ChoiceMade, PlaythroughStarted, Reflected
from dialogue_game.errors import DialogueGameError, JournalUnreadable, NotFound
from dialogue_game.journal.recovery import set_aside
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.journal.store import Event, Recorded
from tests.journal.conftest import OpenStore

EDITION = b"the text of an edition " * 99
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STARTED = PlaythroughStarted("omar", "e1")


def road(number: int) -> tuple[Event, ...]:
    choices = [
        ChoiceMade(f"scene_{step}", f"choice_{number % 3}") for step in range(30)
    ]
    return (
        STARTED,
        *choices,
        Reflected(f"On Monday I will ask {number} people first."),
    )


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A journal of twelve runs, closed."""
    path = tmp_path / "whole.sqlite3"
    store = SqliteStore(path)
    for number in range(12):
        store.create(
            f"run{number}",
            "playthrough",
            road(number),
            at=number,
            summary={"n": number},
        )
    store.keep_edition("e1", EDITION)
    store.put_setting("player", "heron-7")
    store.close()
    return path


def noise(size: int) -> bytes:
    return random.Random(5).randbytes(size)  # noqa: S311 - fixed noise, no secret


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "one byte": lambda _: b"\x00",
    "random bytes": lambda _: noise(20_000),
    "a text": lambda _: b"Dear journal,\n" * 900,
    "zeros": lambda data: bytes(len(data)),
    "half a header": lambda data: data[:50],
    "a header and no more": lambda data: data[:100],
    "half a page": lambda data: data[:2000],
    "one page": lambda data: data[:4096],
    "a few pages": lambda data: data[:12288],
    "torn in the middle of a page": lambda data: data[:14000],
    "noise after the first page": lambda data: data[:4096] + noise(len(data) - 4096),
    "zeros after the first page": lambda data: data[:4096] + bytes(len(data) - 4096),
}


def everything(store: SqliteStore) -> list[tuple[Recorded, ...]]:
    return [store.read(info.id) for info in store.streams()]


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_said_in_a_sentence_with_a_way_on(
    whole: Path, path: Path, opened: OpenStore, name: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(damaged := DAMAGES[name](whole.read_bytes()))
    with pytest.raises(JournalUnreadable) as caught:
        everything(opened())
    assert caught.value.next_step
    assert str(caught.value).count("\n") == 0
    aside = set_aside(path, NOON)
    assert aside.read_bytes() == damaged
    fresh = opened()
    fresh.create("p", "playthrough", [STARTED], at=1)
    assert len(fresh.streams()) == 1


def test_a_file_of_zero_bytes_is_a_journal_that_nobody_wrote_yet(
    path: Path, opened: OpenStore
) -> None:
    path.parent.mkdir()
    path.touch()
    assert opened().streams() == ()
    opened().create("p", "playthrough", [STARTED], at=1)
    assert len(opened().streams()) == 1


def test_another_programs_database_is_left_alone(path: Path, opened: OpenStore) -> None:
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    before = path.read_bytes()
    for attempt in (opened().streams, lambda: opened().put_setting("a", "b")):
        with pytest.raises(JournalUnreadable, match="not a journal of this game"):
            attempt()
    assert path.read_bytes() == before


def test_a_flipped_byte_anywhere_never_gives_other_events_than_were_recorded(
    whole: Path, path: Path
) -> None:
    data = whole.read_bytes()
    chance = random.Random(11)  # noqa: S311 - a fixed choice, no secret
    places = [
        *range(0, 100, 5),
        *(chance.randrange(100, len(data)) for _ in range(200)),
    ]
    path.parent.mkdir()
    refused = 0
    for place in places:
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        store = SqliteStore(path)
        for number in range(12):
            refused += not came_back(store, number)
        for ask in (store.streams, store.editions, store.settings):
            with suppress(DialogueGameError):
                ask()
        with suppress(DialogueGameError):
            assert store.edition("e1") in (None, EDITION)
        store.close()
    assert refused > 20


def came_back(store: SqliteStore, number: int) -> bool:
    """Whether a run is readable; if it is, then as it was recorded."""
    try:
        found = store.read(f"run{number}")
    except DialogueGameError:
        return False
    assert tuple(recorded.event for recorded in found) == road(number)
    assert {recorded.at for recorded in found} == {number}
    return True


def test_a_changed_letter_is_noticed_though_the_pages_are_sound(
    whole: Path, path: Path, opened: OpenStore
) -> None:
    data = whole.read_bytes()
    assert data.count(b"ask 7 people") == 1
    path.parent.mkdir()
    path.write_bytes(data.replace(b"ask 7 people", b"ask 8 people"))
    store = opened()
    with pytest.raises(JournalUnreadable, match="“run7” is damaged"):
        store.read("run7")
    assert len(store.read("run8")) == 32


class TestSettingAside:
    def test_the_file_goes_with_its_log_under_a_dated_name(self, whole: Path) -> None:
        whole.with_name("whole.sqlite3-wal").write_text("log")
        whole.with_name("whole.sqlite3-shm").write_text("map")
        before = whole.read_bytes()
        aside = set_aside(whole, NOON)
        assert aside.name == "whole-damaged-20261122-120000.sqlite3"
        assert aside.read_bytes() == before
        assert aside.with_name(f"{aside.name}-wal").read_text() == "log"
        assert aside.with_name(f"{aside.name}-shm").read_text() == "map"
        assert not whole.exists()
        assert not whole.with_name("whole.sqlite3-wal").exists()

    def test_nothing_is_ever_overwritten(self, path: Path) -> None:
        path.parent.mkdir()
        places = set()
        for number in range(3):
            path.write_text(f"damaged {number}")
            places.add(set_aside(path, NOON))
        assert sorted(place.read_text() for place in places) == [
            "damaged 0",
            "damaged 1",
            "damaged 2",
        ]

    def test_a_folder_in_its_place_is_moved_as_it_is(self, path: Path) -> None:
        path.mkdir(parents=True)
        (path / "inside").write_text("kept")
        assert (set_aside(path, NOON) / "inside").read_text() == "kept"
        assert not path.exists()

    def test_nothing_to_set_aside_is_said(self, path: Path) -> None:
        with pytest.raises(NotFound):
            set_aside(path, NOON)
