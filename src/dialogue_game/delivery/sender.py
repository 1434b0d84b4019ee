"""The outbox emptied: batches, what is there already, the bad one found, waiting when asked to.

Every request may be repeated: a statement's id is its own, and a store changes nothing about one
that it knows. So a lost acknowledgement costs a question and never a double.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from dialogue_game.delivery.client import Client
from dialogue_game.delivery.exchange import TryLater
from dialogue_game.delivery.outbox import Outbox, Record
from dialogue_game.errors import RecordsNotSent

T = TypeVar("T")

TRIES: Final = 6
"""How often one request is repeated before the rest is left for another time."""
PATIENCE: Final = 25.0
"""Seconds that one call of `flush` may spend on waits and on requests that came to nothing."""
LONGEST: Final = 60.0
"""Seconds of the longest wait that we choose ourselves."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one attempt at emptying the outbox.

    `sent` were stored now or found there; `stopped` says why it ended early, "" if it did not;
    `retry_at` is when to try again, UTC milliseconds, 0 for any time.
    """

    sent: int
    refused: int
    waiting: int
    stopped: str = ""
    retry_at: int = 0


class Sender:
    """Empties one outbox into one store.

    `clock` gives UTC milliseconds, `sleep` takes seconds, `chance` gives numbers from 0 to 1.
    """

    def __init__(
        self,
        outbox: Outbox,
        client: Client,
        clock: Callable[[], int],
        sleep: Callable[[float], None],
        chance: Callable[[], float],
        patience: float = PATIENCE,
    ) -> None:
        self._outbox, self._client = outbox, client
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._patience = patience
        self._met: set[str] = set()
        self._looked_up: set[str] = set()
        self._rejected: dict[str, str] = {}
        self._sent = self._refused = 0

    def flush(self, progress: Callable[[int], None] = lambda _: None) -> Report:
        """Send until nothing waits, or the store stops us. Raises JournalError.

        `progress` hears how many are stored so far.
        """
        stopped, retry_at = "", 0
        try:
            while batch := self._outbox.batch():
                self._deliver(batch)
                self._keep_refused(len(batch))
                progress(self._sent)
        except TryLater as error:
            self._outbox.mark_tried((record.id for record in batch), error.message)
            stopped = f"{error.message} The rest waits."
            retry_at = self._clock() + int(1000 * max(error.after, LONGEST))
        except RecordsNotSent as error:
            self._outbox.mark_tried((record.id for record in batch), error.message)
            stopped = str(error)
        finally:
            self._looked_up.clear()
            self._rejected.clear()
        waiting = self._outbox.waiting()
        return Report(self._sent, self._refused, waiting, stopped, retry_at)

    def _deliver(self, records: Sequence[Record]) -> None:
        """One batch, whatever it takes."""
        there = [record.id for record in records if record.id in self._met]
        if there:
            self._stored(there)
            records = [record for record in records if record.id not in self._met]
        if not records:
            return
        outcome = self._patiently(lambda: self._client.store(records))
        if outcome.kind == "stored":
            self._stored([record.id for record in records])
        elif outcome.kind == "conflict":
            self._resolve(records, outcome.said)
        else:
            self._halve(records, outcome.said)

    def _keep_refused(self, batch: int) -> None:
        """Mark what the store refused of a batch of this many.

        Raises RecordsNotSent where it refused a whole batch, or has never taken a record: then
        the fault is not in the records, and all of them wait.
        """
        whole = batch > 1 and len(self._rejected) == batch
        if self._rejected and (whole or not self._outbox.sent()):
            words = next(iter(self._rejected.values()))
            raise RecordsNotSent(
                f"The record store refuses every record: {words}.",
                "Ask who runs it; the records wait.",
            )
        for record, said in self._rejected.items():
            self._outbox.mark_refused(record, said)
            self._refused += 1
        self._rejected.clear()

    def _resolve(self, records: Sequence[Record], said: str) -> None:
        """Some of these are known: ask which, and send the others."""
        for registration in dict.fromkeys(record.registration for record in records):
            wanted = {
                r.id for r in records if r.registration == registration
            } - self._looked_up
            if wanted:
                self._met |= self._patiently(
                    partial(self._client.known, registration, wanted)
                )
                self._looked_up |= wanted
        if any(record.id in self._met for record in records):
            self._deliver(records)
        else:
            self._halve(records, f"409: {said}")

    def _halve(self, records: Sequence[Record], said: str) -> None:
        """One of these is bad: find it, keep it with the store's words, and send the others."""
        if len(records) == 1:
            one = records[0].id
            if said.startswith("409") and self._patiently(
                lambda: self._client.has(one)
            ):
                self._stored([one])
            else:
                self._rejected[one] = said
            return
        middle = len(records) // 2
        self._deliver(records[:middle])
        self._deliver(records[middle:])

    def _stored(self, ids: Sequence[str]) -> None:
        self._outbox.mark_sent(ids)
        self._sent += len(ids)

    def _patiently(self, ask: Callable[[], T]) -> T:
        """The answer to a request, repeated with growing waits. Raises TryLater in the end."""
        for attempt in range(TRIES):
            begun = self._clock()
            try:
                return ask()
            except TryLater as error:
                taken = (self._clock() - begun) / 1000
                self._patience -= taken
                wait = min(LONGEST, 2.0**attempt) * (0.5 + self._chance() / 2)
                wait = max(wait, error.after)
                if attempt == TRIES - 1 or wait + taken > self._patience:
                    raise
                self._patience -= wait
                self._sleep(wait)
        raise AssertionError  # the last attempt returns or raises
