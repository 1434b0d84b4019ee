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
from contextlib import suppress
from threading import Thread
from typing import Any, Final, NamedTuple

from dialogue_game.errors import DialogueGameError, RecordsNotSent

TIMEOUT: Final = 20.0
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
    handlers: list[Any] = [_NoRedirects(), _Http(), _Https()]
    if loopback:
        handlers.append(urllib.request.ProxyHandler({}))
    opener = urllib.request.build_opener(*handlers)

    def exchange(
        method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        answer = _within(opener, _Request(url, body, dict(headers), method), timeout)
        match answer:
            case Answer():
                return answer
            case urllib.error.URLError():
                raise _explained(answer.reason) from None
            case OSError() | http.client.HTTPException() | ValueError():
                raise _explained(answer) from None
        raise answer

    return exchange


class _Connections:
    """The sockets of one exchange, so that all of it can be ended at its deadline."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []
        self._ended = False

    def add(self, opened: socket.socket) -> None:
        """One more; ended at once where the deadline has passed."""
        self._open.append(opened)
        if self._ended:
            self.end()

    def end(self) -> None:
        """Whoever reads from one of them reads its end."""
        self._ended = True
        for opened in self._open:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


class _Request(urllib.request.Request):
    """A request that knows the connections made for it."""

    def __init__(
        self, url: str, body: bytes | None, headers: dict[str, str], method: str
    ) -> None:
        super().__init__(url, body, headers, method=method)
        self.connections = _Connections()


class _Http(urllib.request.HTTPHandler):
    """Notes each connection."""

    def http_open(self, req: Any) -> Any:
        """As urllib does."""
        return self.do_open(_noting(http.client.HTTPConnection, req), req)


class _Https(urllib.request.HTTPSHandler):
    """Notes each connection."""

    def https_open(self, req: Any) -> Any:
        """As urllib does, with a context that checks certificates."""
        context = ssl.create_default_context()
        return self.do_open(
            _noting(http.client.HTTPSConnection, req), req, context=context
        )


def _noting(connection: type[http.client.HTTPConnection], request: Any) -> Any:
    """A class of connections that tells its request of its socket."""

    class Noting(connection):  # type: ignore[misc, valid-type]
        def connect(self) -> None:
            super().connect()
            request.connections.add(self.sock)

    return Noting


def _within(
    opener: urllib.request.OpenerDirector, request: _Request, timeout: float
) -> Answer | BaseException:
    """The answer, or what went wrong; a whole exchange that takes longer is a TimeoutError.

    A timeout of a socket starts anew with each byte, so it ends no exchange with a server that
    sends one now and then. This one does, whatever part of the exchange it is in.
    """
    came: list[Answer | BaseException] = []

    def ask() -> None:
        try:
            came.append(_asked(opener, request, timeout))
        except BaseException as error:
            came.append(error)

    waiting = Thread(target=ask, daemon=True)
    waiting.start()
    waiting.join(timeout)
    if waiting.is_alive():
        request.connections.end()
        return TimeoutError()
    return came[0]


def _asked(
    opener: urllib.request.OpenerDirector,
    request: urllib.request.Request,
    timeout: float,
) -> Answer:
    until = time.monotonic() + timeout
    try:
        answer = opener.open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = bytearray()
        while (
            piece := answer.read1(65536)
            if hasattr(answer, "read1")
            else answer.read(65536)
        ):
            body += piece
            if len(body) > MOST_BYTES:
                raise RecordsNotSent(
                    "The record store's answer is far too long.", _CHECK
                )
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
            return RecordsNotSent(
                "The record store does not speak TLS at this address.", _CHECK
            )
        case socket.gaierror():
            return RecordsNotSent(
                "No machine of that name can be found.",
                "Check the address and the network; nothing was lost.",
            )
        case ConnectionRefusedError():
            return RecordsNotSent(
                "Nothing answers at the record store's address.", _CHECK
            )
        case ConnectionError() | http.client.IncompleteRead():
            return TryLater("The connection to the record store was cut.")
        case http.client.HTTPException():
            return RecordsNotSent("What answers there is not a web server.", _CHECK)
        case OSError():
            return RecordsNotSent(
                "The record store cannot be reached.",
                "Check the network; nothing was lost.",
            )
        case _:
            return RecordsNotSent("What answers there is not a record store.", _CHECK)
