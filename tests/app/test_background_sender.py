"""Records counted and sent while somebody plays: never in play's way, never without a yes."""

from __future__ import annotations

import threading
from pathlib import Path
from threading import Event

import pytest

from dialogue_game.app.game import Game
from dialogue_game.app.records.background_sender import (
    BackgroundSender,
    Waiting,
)
from dialogue_game.app.records.sending import (
    KEY,
    SECRET,
    RecordSending,
    configure,
    configured,
)
from dialogue_game.app.settings import RECORD_STORE
from dialogue_game.errors import JournalFull
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.sqlite_store import SqliteStore
from tests import fakes
from tests.delivery import lrs
from tests.unit.reporting.attempts import tale

PATIENCE = 20.0


@pytest.fixture
def game(tmp_path: Path) -> Game:
    """A game of one story on a journal of its own."""
    return fakes.game(
        tale(), store=SqliteStore(tmp_path / "journal.sqlite"), folder=tmp_path
    )


class Heard:
    """What a courier told, and waiting for it."""

    def __init__(self) -> None:
        self.told: list[Waiting] = []
        self.threads: set[int] = set()
        self._news = threading.Condition()

    def __call__(self, waiting: Waiting) -> None:
        with self._news:
            self.told.append(waiting)
            self.threads.add(threading.get_ident())
            self._news.notify_all()

    def times(self, times: int) -> list[Waiting]:
        with self._news:
            assert self._news.wait_for(lambda: len(self.told) >= times, PATIENCE), (
                self.told
            )
            return self.told[:times]


def settle() -> None:
    """Wait until no courier's thread is left."""
    for thread in threading.enumerate():
        if thread.name == "records":
            thread.join(PATIENCE)
            assert not thread.is_alive()


def set_up(
    game: Game, monkeypatch: pytest.MonkeyPatch, root: str, *, agreed: bool
) -> None:
    for name, value in ((RECORD_STORE, root), (KEY, lrs.KEY), (SECRET, lrs.SECRET)):
        monkeypatch.setenv(name, value)
    if agreed:
        RecordSending(game, configured(game.folders)).agree()


def test_without_a_record_store_nothing_is_counted_and_no_thread_begins(
    game: Game,
) -> None:
    game.start("tale").choose("sign")
    sender = BackgroundSender(game)
    assert not sender.call()
    assert sender.known(PATIENCE).label == ""
    assert game.store.setting("records.pseudonym") is None


def test_what_is_not_saved_is_not_counted(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(game, monkeypatch, "https://lrs.example.org", agreed=False)
    game.saving = False
    assert not BackgroundSender(game).call()


def test_without_a_yes_records_are_counted_and_none_is_sent(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lrs.running(lrs.Lrs()) as store:
        set_up(game, monkeypatch, store.root, agreed=False)
        game.start("tale").choose("sign")
        sender = BackgroundSender(game)
        assert sender.call()
        waiting = sender.known(PATIENCE)
        settle()
        assert waiting == Waiting(3, agreed=False)
        assert waiting.label == "3 records waiting"
        assert "until you agree to sending: dialogue-game send" in waiting.sentence
        assert store.asked == []


def test_after_a_yes_what_waits_is_told_then_sent_then_told_again(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lrs.running(lrs.Lrs()) as store:
        set_up(game, monkeypatch, store.root, agreed=True)
        game.start("tale").choose("sign")
        heard = Heard()
        sender = BackgroundSender(game, heard)
        assert sender.call()
        assert [waiting.records for waiting in heard.times(2)] == [3, 0]
        assert threading.get_ident() not in heard.threads
        assert len(store.stored) == 3
        settle()
        assert sender.known(PATIENCE).sentence == ""


def test_play_goes_on_while_a_store_keeps_us_waiting_and_a_second_call_is_not_needed(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, released = Event(), Event()

    def held(_: str) -> lrs.Fault:
        asked.set()
        released.wait(PATIENCE)
        return ""

    with lrs.running(lrs.Lrs(fault=held)) as store:
        set_up(game, monkeypatch, store.root, agreed=True)
        player = game.start("tale")
        player.choose("sign")
        heard = Heard()
        sender = BackgroundSender(game, heard)
        assert sender.call()
        assert asked.wait(PATIENCE)
        player.choose("tell")
        assert player.state.decisions == 2
        assert not sender.call()
        assert heard.times(1)[0].sentence == "3 records waiting to be sent."
        released.set()
        assert heard.times(2)[1].records == 2
        settle()
        assert len(store.stored) == 3


def test_what_cannot_be_sent_waits_and_is_said_and_nothing_else_happens(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lrs.running(lrs.Lrs()) as gone:
        root = gone.root
    set_up(game, monkeypatch, root, agreed=True)
    game.start("tale").choose("sign")
    heard = Heard()
    assert BackgroundSender(game, heard).call()
    assert [waiting.records for waiting in heard.times(2)] == [3, 3]
    settle()


def test_a_damaged_set_up_is_passed_over_in_silence(game: Game, tmp_path: Path) -> None:
    configure(game.folders, "https://lrs.example.org", "k", "s")
    (tmp_path / "record_store.json").write_text("{", encoding="utf-8")
    sender = BackgroundSender(game)
    assert sender.call()
    settle()
    assert sender.waiting == Waiting()


def test_a_fault_of_our_own_stays_in_the_thread_and_the_next_call_is_taken(
    game: Game, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Game) -> RecordSending:
        raise ZeroDivisionError

    set_up(game, monkeypatch, "https://lrs.example.org", agreed=True)
    sender = BackgroundSender(game, delivery=broken)
    assert sender.call()
    settle()
    assert sender.call()
    settle()
    assert "Traceback" not in capsys.readouterr().err


def test_when_play_goes_on_without_saving_the_courier_stays_with_the_journal(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, released = Event(), Event()

    def slowly(pinned: Game) -> RecordSending:
        started.set()
        released.wait(PATIENCE)
        return RecordSending(pinned, configured(pinned.folders))

    set_up(game, monkeypatch, "https://lrs.example.org", agreed=False)
    game.start("tale").choose("sign")
    sender = BackgroundSender(game, delivery=slowly)
    assert sender.call()
    assert started.wait(PATIENCE)
    game.stop_saving(InMemoryStore(), JournalFull("There is no room."))
    released.set()
    settle()
    assert sender.waiting.records == 3
    assert not sender.call()
