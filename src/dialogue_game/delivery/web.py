"""One HTTP exchange by the standard library: no redirects followed, bounded in time and size.

`urllib.request` costs 72 ms to import and brings nothing along; it knows the proxies that offices
have. A library of its own (httpx, 200 ms and more) would be a dependency for two requests.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from dialogue_game.errors import DialogueGameError, RecordsNotSent

TIMEOUT: Final = 30.0
"""Seconds for one exchange, and for each wait within it."""
MOST_BYTES: Final = 32 * 1024 * 1024
"""Of one answer; a hundred statements are a two-hundredth of it."""


class TryLater(DialogueGameError):
    """The exchange came to nothing that will last; `after` are seconds the store asked for."""

    def __init__(self, message: str, after: float = 0) -> None:
        super().__init__(message)
        self.after = after


class Answer(NamedTuple):
    """What a server answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Exchange = Callable[[str, str, Mapping[str, str], bytes | None], Answer]
"""Method, address, headers, body → answer. Raises TryLater, RecordsNotSent."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for the answer it is."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Never: credentials are for one address."""


def exchange_with(*, loopback: bool, timeout: float = TIMEOUT) -> Exchange:
    """How to talk to a server; past any proxy where it is on this machine."""
    handlers: list[Any] = [_NoRedirects()]
    if loopback:
        handlers.append(urllib.request.ProxyHandler({}))
    opener = urllib.request.build_opener(*handlers)

    def exchange(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        request = urllib.request.Request(url, body, dict(headers), method=method)  # noqa: S310 - the scheme was checked
        try:
            return _asked(opener, request, timeout)
        except urllib.error.URLError as error:
            raise _explained(error.reason) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _explained(error) from None

    return exchange


def _asked(
    opener: urllib.request.OpenerDirector, request: urllib.request.Request, timeout: float
) -> Answer:
    until = time.monotonic() + timeout
    try:
        answer = opener.open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = bytearray()
        while piece := answer.read1(65536) if hasattr(answer, "read1") else answer.read(65536):
            body += piece
            if len(body) > MOST_BYTES:
                raise RecordsNotSent("The record store's answer is far too long.", _CHECK)
            if time.monotonic() > until:
                raise TimeoutError
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if len(body) < int(headers.get("content-length") or 0):
            raise http.client.IncompleteRead(bytes(body))
        return Answer(int(answer.status), headers, bytes(body))


_CHECK: Final = "Check the address; nothing was lost."


def _explained(error: object) -> DialogueGameError:
    """What went wrong on the way, as a sentence."""
    match error:
        case TimeoutError():
            return TryLater("The record store did not answer in time.")
        case ssl.SSLCertVerificationError():
            return RecordsNotSent(
                f"The record store's certificate is not trusted here: {error.verify_message}.",
                "Ask who runs it; nothing was sent.",
            )
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return TryLater("The connection to the record store was cut.")
        case ssl.SSLError():
            return RecordsNotSent("The record store does not speak TLS at this address.", _CHECK)
        case socket.gaierror():
            return RecordsNotSent(
                "No machine of that name can be found.",
                "Check the address and the network; nothing was lost.",
            )
        case ConnectionRefusedError():
            return RecordsNotSent("Nothing answers at the record store's address.", _CHECK)
        case ConnectionError() | http.client.IncompleteRead():
            return TryLater("The connection to the record store was cut.")
        case http.client.HTTPException():
            return RecordsNotSent("What answers there is not a web server.", _CHECK)
        case OSError():
            return RecordsNotSent(
                "The record store cannot be reached.", "Check the network; nothing was lost."
            )
        case _:
            return RecordsNotSent("What answers there is not a record store.", _CHECK)
