"""The web server for a room's phones: a thread of the leading program, off until it is asked for.

It knows the page that is shown now and takes ballots while a round is open. Whoever does not know
the join word is told nothing. Requests are bounded in size, number and time, so that a stranger on
the same network cannot hold the leader up.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qs

from dialogue_game.phones.ballot_file import BallotFile
from dialogue_game.phones.voting_page import (
    POLICY,
    PageLanguage,
    Prompt,
    Voter,
    Words,
    page,
)

COOKIE: Final = "ballot"
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
"""Of join words: no letter that is easily taken for another."""
WORD_LENGTH: Final = 6
MOST_BODY: Final = 2_000
"""Bytes of a form; an honest one has under 200."""
MOST_AT_ONCE: Final = 256
"""Requests under way; more wait in the system's queue."""
DAY: Final = 86_400
ELSEWHERE: Final = "There is nothing here. Type the address as it stands on the screen."
UNREADABLE: Final = "That could not be read. Go back, and send it again."
PATIENCE: Final = 8.0
"""Seconds that one request may take, whoever sends it however slowly."""


def new_word() -> str:
    """A join word, another one for each session."""
    return "".join(secrets.choice(LETTERS) for _ in range(WORD_LENGTH))


class Phones:
    """Ballots by phone for one session. Methods are called by the program that leads.

    `changed` is called, in a thread of the server, after each ballot. Raises OSError where the
    address or the port cannot be used.
    """

    def __init__(
        self,
        address: str,
        file: Path,
        *,
        port: int = 0,
        word: str = "",
        language: PageLanguage | None = None,
        words: Words | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.word = word or new_word()
        self.language = language or PageLanguage()
        self.words = words or Words()
        self._file, self._changed = file, changed
        self._asked = Prompt("", "")
        self._round: BallotFile | None = None
        self._state = secrets.token_hex(4)
        self._server = _Server((address, port), self)
        self._thread = Thread(
            target=self._server.serve_forever, args=(0.2,), name="phones", daemon=True
        )
        self._thread.start()

    @property
    def address(self) -> str:
        """The address of this machine that it listens at."""
        return str(self._server.server_address[0])

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """What a phone opens."""
        return f"http://{self.address}:{self.port}/{self.word}/"

    @property
    def cast(self) -> int:
        """How many ballots the open round has; 0 where none is open."""
        return self._round.cast if self._round else 0

    @property
    def open(self) -> bool:
        """Whether a round is open."""
        return self._round is not None

    def show(self, title: str, text: str) -> None:
        """Say to the phones what is going on; no round is open."""
        self._turn(Prompt(title, text))

    def open_round(
        self,
        name: str,
        title: str,
        number: int,
        options: Iterable[tuple[str, str, str]],
    ) -> None:
        """Ask for ballots; `name` is the round's own, so that a killed program finds it again.

        `options` are letter, id and text. Raises OSError where ballots cannot be kept.
        """
        self._round = BallotFile(self._file, name)
        self._turn(Prompt(title, "", tuple(options), number))

    def stop_round(self) -> Mapping[str, int]:
        """The counts of the open round by option; it takes no more ballots. {} where none is open.

        What is on disk stays, so that nothing is lost until the counts are kept elsewhere: then
        `forget_round`, or `resume_round` where they could not be kept.
        """
        return self._round.stop() if self._round else {}

    def resume_round(self) -> None:
        """Take ballots again for a round that was stopped."""
        if self._round:
            self._round.resume()

    def forget_round(self) -> None:
        """Destroy everything that says who chose what in the round that was stopped."""
        round_, self._round = self._round, None
        if round_:
            round_.destroy()
        self._turn(Prompt(self._asked.title, self.words.closed))

    def stop(self) -> None:
        """End the server; ballots of an open round stay on disk for a session that is resumed."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _turn(self, asked: Prompt) -> None:
        self._asked, self._state = asked, secrets.token_hex(4)

    @property
    def state(self) -> str:
        """What changes whenever phones should read their page anew."""
        return self._state

    def page_for(self, device: str, said: str = "", *, known: bool = True) -> str:
        """The page as this device should see it, which is `known` by its cookie, or by its form."""
        chosen = self._round.choice(device) if self._round and device else ""
        voter = Voter(chosen, "" if known else device)
        message = said or (self.words.voted if chosen else "")
        return page(self._asked, self._state, voter, message, self.language, self.words)

    def vote(self, device: str, option: str, state: str) -> str:
        """Take a ballot; what to say of it. Raises OSError where it cannot be kept."""
        round_, asked = self._round, self._asked
        if round_ is None or state != self._state:
            return self.words.late
        if option not in {known for _, known, _ in asked.options}:
            return self.words.nothing
        if not round_.put(device, option):
            return self.words.late
        self._changed()
        return self.words.voted


def _named(value: str) -> str:
    """A device's random name, "" where this is none of ours."""
    return value if len(value) == 32 and value.isascii() and value.isalnum() else ""


class _Server(ThreadingHTTPServer):
    """A thread a request, no more than so many at once, none for longer than it may take."""

    daemon_threads = True
    request_queue_size = 1024
    allow_reuse_address = (
        os.name != "nt"
    )  # there it would let two programs share a port

    def __init__(self, address: tuple[str, int], phones: Phones) -> None:
        self.phones = phones
        self._places = BoundedSemaphore(MOST_AT_ONCE)
        self._since: dict[socket.socket, float] = {}
        self._lock = Lock()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """As the library does, once there is a place."""
        if not self._places.acquire(timeout=1):
            self.end_overdue()
            if not self._places.acquire(timeout=1):
                self.shutdown_request(request)
                return
        with self._lock:
            self._since[request] = time.monotonic()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """As the library does, and give the place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._since.pop(request, None)
            self._places.release()

    def service_actions(self) -> None:
        """Called by the library between requests."""
        self.end_overdue()

    def end_overdue(self) -> None:
        """End what takes too long: a client that sends a byte now and then."""
        now = time.monotonic()
        with self._lock:
            overdue = [
                one for one, begun in self._since.items() if now - begun > PATIENCE
            ]
        for request in overdue:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that has gone is no fault; nothing is written about it."""


class _Handler(BaseHTTPRequestHandler):
    """One request of a phone."""

    protocol_version = "HTTP/1.0"
    timeout = PATIENCE
    wbufsize = -1  # an answer is sent at once, not line by line
    server: _Server

    def log_message(self, *_: object) -> None:
        """Nothing: no address is ever written down."""

    def version_string(self) -> str:
        """Says as little as may be."""
        return "phones"

    def do_GET(self) -> None:
        """The page, or only whether it has changed."""
        phones, path = self.server.phones, self._path
        page = f"/{phones.word}/"
        if path != page and path.lower() in (page, page[:-1]):
            # As it is typed from the screen, or read from the code, which is in capitals.
            self._send(HTTPStatus.SEE_OTHER, "", {"Location": page})
        elif path == f"{page}state":
            self._send(HTTPStatus.OK, phones.state, kind="text/plain")
        elif path == page:
            device = self._device()
            self._show(HTTPStatus.OK, device or secrets.token_hex(16))
        else:
            self._send(HTTPStatus.NOT_FOUND, ELSEWHERE, kind="text/plain")

    def do_HEAD(self) -> None:
        """As for the page, without it."""
        self.do_GET()

    def do_POST(self) -> None:
        """A ballot."""
        phones = self.server.phones
        if self._path != f"/{phones.word}/":
            return self._send(HTTPStatus.NOT_FOUND, ELSEWHERE, kind="text/plain")
        if not self._from_here():
            return self._send(HTTPStatus.FORBIDDEN, ELSEWHERE, kind="text/plain")
        form = self._form()
        if form is None:
            return self._send(HTTPStatus.BAD_REQUEST, UNREADABLE, kind="text/plain")
        option, state, named = (
            form.get(name, [""])[0] for name in ("option", "state", "device")
        )
        known = (
            self._device()
        )  # "" where a browser keeps no cookies: then its form names it
        device = known or _named(named) or secrets.token_hex(16)
        try:
            said = phones.vote(device, option, state)
        except OSError:
            return self._show(
                HTTPStatus.INSUFFICIENT_STORAGE,
                device,
                phones.words.unkept,
                known=bool(known),
            )
        if (
            known and said == phones.words.voted
        ):  # reading the page anew does not send it again
            return self._send(
                HTTPStatus.SEE_OTHER, "", {"Location": f"/{phones.word}/"}
            )
        return self._show(HTTPStatus.OK, device, said, known=bool(known))

    def _show(
        self, status: HTTPStatus, device: str, said: str = "", *, known: bool = True
    ) -> None:
        """The page, with the cookie that names the device for as long as a session may take."""
        phones = self.server.phones
        cookie = f"{COOKIE}={device}; Max-Age={DAY}; HttpOnly; SameSite=Lax; Path=/{phones.word}/"
        page = phones.page_for(device, said, known=known)
        self._send(status, page, {"Set-Cookie": cookie})

    @property
    def _path(self) -> str:
        """Without what some apps hang on to an address that they open."""
        return self.path.partition("?")[0]

    def _device(self) -> str:
        """The random name that this browser was given; "" where it has none of ours."""
        try:
            morsel = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        except CookieError:
            return ""
        return _named(morsel.value if morsel else "")

    def _from_here(self) -> bool:
        """Whether the form was on our own page, as far as the browser says."""
        if self.headers.get("Sec-Fetch-Site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            return False
        origin = self.headers.get("Origin")
        return (
            origin in (None, "null")
            or origin == f"http://{self.headers.get('Host', '')}"
        )

    def _form(self) -> dict[str, list[str]] | None:
        """The fields of the form; None where it is none."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > 4 or int(length) > MOST_BODY:
            return None
        body = self.rfile.read(int(length))
        try:
            return parse_qs(body.decode("ascii"), max_num_fields=8)
        except (UnicodeDecodeError, ValueError):
            return None

    def _send(
        self,
        status: HTTPStatus,
        text: str,
        headers: Mapping[str, str] | None = None,
        kind: str = "text/html",
    ) -> None:
        body = text.encode()
        self.send_response(status)
        fixed = {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in (fixed | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
