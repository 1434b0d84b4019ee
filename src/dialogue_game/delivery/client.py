"""One request to a record store, and what its answer means.

Rules: xAPI-Communication.md of xAPI 1.0.3. Known statements may be answered with 204 or 409; one
bad statement refuses its whole batch; a server may answer with another version's header.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal
from urllib.parse import urlencode, urljoin, urlsplit

from dialogue_game.core.text import safe
from dialogue_game.delivery.address import Address, Credentials
from dialogue_game.delivery.exchange import Answer, Exchange, TryLater
from dialogue_game.delivery.outbox import Record
from dialogue_game.errors import RecordsNotSent

VERSION: Final = "1.0.3"
PAGE: Final = 100
MOST_PAGES: Final = 100
"""Of one registration's statements; a store whose list never ends is left there."""
LONGEST_WAIT: Final = 3600.0
"""Seconds; a store that asks for more is asked again after these."""
WORDS: Final = 300

_NOT_ONE: Final = "What answers at that address is not a record store."
_CHECK: Final = "Check the address; the records wait."


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch: stored, conflict (some are known), or rejected, with words."""

    kind: Literal["stored", "conflict", "rejected"]
    said: str = ""


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
            return BatchResult("conflict", self._words(answer))
        if answer.status in (400, 413, 422):
            return BatchResult("rejected", f"{answer.status}: {self._words(answer)}")
        raise self._trouble(answer)

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
        raise self._trouble(answer)

    def _page(self, url: str) -> dict[str, Any]:
        answer = self._ask("GET", url)
        if answer.status != 200:
            raise self._trouble(answer)
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

    def _trouble(self, answer: Answer) -> TryLater | RecordsNotSent:
        """Every answer that is no answer to the question, as a sentence."""
        status = answer.status
        if status in (408, 425, 429) or status >= 500:
            busy = status == 429
            why = (
                "asks us to slow down" if busy else f"has a fault of its own ({status})"
            )
            return TryLater(f"The record store {why}.", self._after(answer.headers))
        if 300 <= status < 400:
            place = safe(self._who.hidden(answer.headers.get("location", "")))[:WORDS]
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
            f"The record store said no ({status}): {self._words(answer)}",
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

    def _words(self, answer: Answer) -> str:
        """What the store said, in short and without our secrets."""
        text = answer.body[: WORDS * 20].decode("utf-8", "replace")
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
        words = " ".join(safe(self._who.hidden(text)).split())
        return words[:WORDS] or "without a word"
