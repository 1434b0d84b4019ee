"""An outbox on a journal of its own, and everything a sender waits with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.core.events import PlaythroughStarted
from dialogue_game.delivery.address import Credentials, address_of
from dialogue_game.delivery.client import Client, Sender
from dialogue_game.delivery.exchange import exchange_with
from dialogue_game.delivery.outbox import Outbox, Record
from dialogue_game.journal.connection import JournalFile, connect
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.reporting.xapi_statements import serialised, statements
from tests.delivery.lrs import KEY, SECRET, Lrs, running
from tests.unit.reporting.attempts import LEARNER, START, attempt

RunLrs = Callable[..., Lrs]


@dataclass
class Desk:
    """One player's side: the outbox, and waits that are noted and not waited."""

    store: SqliteStore
    outbox: Outbox
    slept: list[float] = field(default_factory=list)
    now: int = START
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - waits, not secrets

    def queue(self, records: list[Record], stream: str = "run1") -> None:
        self.store.create(
            stream, "playthrough", [PlaythroughStarted("tale", "first")], 1
        )
        assert self.outbox.queue(stream, 0, 1, records)

    def sender(self, root: str, timeout: float = 5, **extra: Any) -> Sender:
        return Sender(
            self.outbox,
            self.client(root, timeout),
            lambda: self.now,
            self.sleep,
            self.chance.random,
            **extra,
        )

    def client(self, root: str, timeout: float = 5, secret: str = SECRET) -> Client:
        exchange = exchange_with(loopback=True, timeout=timeout)
        return Client(
            address_of(root), Credentials(KEY, secret), exchange, lambda: self.now
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def records(count: int) -> list[Record]:
    """So many statements of as many playthroughs as it takes."""
    made: list[Record] = []
    number = 0
    while len(made) < count:
        number += 1
        told = statements(
            attempt("sign", "tell", "out", stream=f"run{number}"), LEARNER
        )
        made += [Record(s["id"], LEARNER.registration, serialised(s)) for s in told]
    return made[:count]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A journal with an empty outbox."""
    path = tmp_path / "journal.sqlite"
    store, handle = SqliteStore(path), JournalFile(path, 1, connect)
    yield Desk(store, Outbox(handle))
    store.close()
    handle.close()


@pytest.fixture
def lrs() -> Iterator[RunLrs]:
    """Starts record stores of given kinds; stops them all."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda **kind: stack.enter_context(running(Lrs(**kind)))
