"""Statements sent to a record store: one request and what its answer means; the outbox emptied.

Rules: xAPI-Communication.md of xAPI 1.0.3. Known statements may be answered with 204 or 409; one
bad statement refuses its whole batch; a server may answer with another version's header.

Every request may be repeated: a statement's id is its own, and a store changes nothing about one
that it knows. So a lost acknowledgement costs a question and never a double.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, Final, Literal, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

from dialogue_game.core.text import safe
from dialogue_game.delivery.address import Address, Credentials
from dialogue_game.delivery.exchange import Answer, Exchange, TryLater
from dialogue_game.delivery.outbox import Outbox, Record
from dialogue_game.errors import RecordsNotSent

VERSION: Final = "1.0.3"
PAGE: Final = 100
MOST_PAGES: Final = 100
"""Of one registration's statements; a store whose list never ends is left there."""
LONGEST_WAIT: Final = 3600.0
"""Seconds; a store that asks for more is asked again after these."""
MAX_EXCERPT: Final = 300

_NOT_ONE: Final = "What answers at that address is not a record store."
_CHECK: Final = "Check the address; the records wait."


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch: stored, conflict (some are known), or rejected, with words."""

    kind: Literal["stored", "conflict", "rejected"]
    message: str = ""


class Client:
    """Speaks to one record store. Every method may raise TryLater and RecordsNotSent.

    `clock` gives UTC milliseconds, for the answers that name a day and not seconds.
    """

    def __init__(
        self, address: Address, who: Credentials, exchange: Exchange, clock: Any = None
    ) -> None:
        self.address, self._who, self._exchange, self._clock = (
            address,
            who,
            exchange,
            clock,
        )

    def store(self, records: Sequence[Record]) -> BatchResult:
        """Post a batch."""
        body = "[" + ",".join(record.body for record in records) + "]"
        answer = self._ask("POST", self.address.statements, body.encode())
        if answer.status == 204:
            return BatchResult("stored")
        if answer.status == 200:
            self._confirm(answer, {record.id for record in records})
            return BatchResult("stored")
        if answer.status == 409:
            return BatchResult("conflict", self._excerpt(answer))
        if answer.status in (400, 413, 422):
            return BatchResult("rejected", f"{answer.status}: {self._excerpt(answer)}")
        raise self._error_for(answer)

    def known(self, registration: str, wanted: Iterable[str]) -> set[str]:
        """The statements of a registration that are there, until all that are wanted are met."""
        missing, found = set(wanted), set[str]()
        query = urlencode({"registration": registration, "limit": PAGE})
        url = f"{self.address.statements}?{query}"
        for _ in range(MOST_PAGES):
            page = self._page(url)
            met = {
                str(item.get("id"))
                for item in page["statements"]
                if isinstance(item, dict)
            }
            more = page.get("more")
            nothing_new = met <= found
            found |= met
            missing -= met
            if not missing or not more or nothing_new:
                break
            url = self._following(str(more))
        return found

    def has(self, statement: str) -> bool:
        """Whether one statement is there."""
        query = urlencode({"statementId": statement})
        answer = self._ask("GET", f"{self.address.statements}?{query}")
        if answer.status in (200, 404):
            return answer.status == 200
        raise self._error_for(answer)

    def _page(self, url: str) -> dict[str, Any]:
        answer = self._ask("GET", url)
        if answer.status != 200:
            raise self._error_for(answer)
        try:
            page = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise RecordsNotSent(_NOT_ONE, _CHECK) from None
        if not isinstance(page, dict) or not isinstance(page.get("statements"), list):
            raise RecordsNotSent(_NOT_ONE, _CHECK)
        return page

    def _following(self, more: str) -> str:
        """The next page's address, which must be the same server's: it gets our credentials."""
        url = urljoin(self.address.statements, more)
        if urlsplit(url)[:2] != urlsplit(self.address.root)[:2]:
            raise RecordsNotSent(
                "The record store sends us to another machine.", _CHECK
            )
        return url

    def _ask(self, method: str, url: str, body: bytes | None = None) -> Answer:
        headers = {
            "X-Experience-API-Version": VERSION,
            "Authorization": self._who.header,
            "Accept": "application/json",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self._exchange(method, url, headers, body)

    def _confirm(self, answer: Answer, ids: set[str]) -> None:
        """Raise RecordsNotSent unless the answer is the list of these ids."""
        try:
            content = json.loads(answer.body)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, list) or not ids <= {
            str(item).lower() for item in content
        }:
            raise RecordsNotSent(_NOT_ONE, _CHECK)

    def _error_for(self, answer: Answer) -> TryLater | RecordsNotSent:
        """Every answer that is no answer to the question, as a sentence."""
        status = answer.status
        if status in (408, 425, 429) or status >= 500:
            busy = status == 429
            why = (
                "asks us to slow down" if busy else f"has a fault of its own ({status})"
            )
            return TryLater(f"The record store {why}.", self._after(answer.headers))
        if 300 <= status < 400:
            place = safe(self._who.redacted(answer.headers.get("location", "")))[
                :MAX_EXCERPT
            ]
            named = f" to {place}" if place else ""
            return RecordsNotSent(
                f"The record store sends us elsewhere{named}.",
                "If that is right, give that address; nothing was sent there.",
            )
        if status in (401, 403):
            return RecordsNotSent(
                f"The record store does not accept this key and secret ({status}).",
                "Ask who runs it for others; the records wait.",
            )
        if status in (404, 405, 410):
            return RecordsNotSent(
                f"There is no record store at that address ({status}).", _CHECK
            )
        return RecordsNotSent(
            f"The record store said no ({status}): {self._excerpt(answer)}",
            "The records wait.",
        )

    def _after(self, headers: Mapping[str, str]) -> float:
        """The seconds that Retry-After asks for, given as such or as a date; 0 without one."""
        text = headers.get("retry-after", "").strip()
        if text.isdecimal():
            return (
                float(text)
                if len(text) < 5 and float(text) < LONGEST_WAIT
                else LONGEST_WAIT
            )
        try:
            when = parsedate_to_datetime(text)
            wait = when.timestamp() - self._clock() / 1000 if self._clock else 0.0
        except (TypeError, ValueError, OverflowError):
            return 0.0
        return min(LONGEST_WAIT, max(0.0, wait))

    def _excerpt(self, answer: Answer) -> str:
        """What the store said, in short and without our secrets."""
        text = answer.body[: MAX_EXCERPT * 20].decode("utf-8", "replace")
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            content = None
        if isinstance(content, dict):
            known = (
                content.get(key)
                for key in ("detail", "message", "error", "description")
            )
            text = next((str(value) for value in known if value), text)
        words = " ".join(safe(self._who.redacted(text)).split())
        return words[:MAX_EXCERPT] or "without a word"


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
            self._resolve(records, outcome.message)
        else:
            self._halve(records, outcome.message)

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
