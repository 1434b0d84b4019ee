"""A strict record store on loopback: atomic batches, header rules, both ways with duplicates.

It can be made to fail: a function is asked before each request and may name a fault.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from tests.delivery.checker import faults

KEY, SECRET = "game", "a secret of the tests"
EXPECTED = "Basic " + b64encode(f"{KEY}:{SECRET}".encode()).decode()
Fault = Literal["", "hang", "500", "503", "429", "cut", "lost", "stored 500", "garbage"]


@dataclass
class Lrs:
    """What the store holds, how it behaves, and what it was asked."""

    duplicates: Literal["skip", "conflict"] = "conflict"
    fault: Callable[[str], Fault] = lambda _: ""
    largest: int = 2_500_000
    page: int = 100
    bad: set[str] = field(default_factory=set)
    root: str = ""
    stored: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    stop: Event = field(default_factory=Event)

    @property
    def ids(self) -> list[str]:
        return [statement["id"] for statement in self.stored]

    def post(self, body: bytes) -> tuple[int, Any]:
        if len(body) > self.largest:
            return 413, {"detail": "too large"}
        try:
            told = json.loads(body)
        except ValueError:
            return 400, {"detail": "not JSON"}
        batch = told if isinstance(told, list) else [told]
        for statement in batch:
            wrong = faults(statement)
            if statement.get("id") in self.bad:
                wrong.append("this store does not like it")
            if wrong:
                return 400, {"detail": "; ".join(wrong)}
        with self.lock:
            return self._keep(batch)

    def _keep(self, batch: list[dict[str, Any]]) -> tuple[int, Any]:
        known = set(self.ids)
        fresh = [statement for statement in batch if statement["id"] not in known]
        if len(fresh) < len(batch) and self.duplicates == "conflict":
            return 409, {"detail": "a statement with this id exists"}
        self.stored += fresh
        if not fresh:
            return 204, None
        return 200, [statement["id"] for statement in batch]

    def get(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        if set(query) - {"registration", "limit", "statementId", "from"}:
            return 400, {"detail": "unknown parameter"}
        if "statementId" in query:
            found = [s for s in self.stored if s["id"] == query["statementId"][0]]
            return (200, found[0]) if found else (404, {"detail": "none"})
        registration = query["registration"][0]
        found = [
            s for s in self.stored if s["context"]["registration"] == registration
        ][::-1]
        start, size = (
            int(query.get("from", ["0"])[0]),
            min(int(query["limit"][0]), self.page),
        )
        more = ""
        if len(found) > start + size:
            more = f"/xapi/statements?registration={registration}&limit={size}&from={start + size}"
        return 200, {"statements": found[start : start + size], "more": more}


class Handler(BaseHTTPRequestHandler):
    """One request to the store of this server."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        self._answer("POST")

    def do_GET(self) -> None:
        self._answer("GET")

    def log_message(self, *_: object) -> None:
        """Nothing: the test knows."""

    def _answer(self, method: str) -> None:
        lrs = self.server.lrs
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        lrs.asked.append(method)
        fault = lrs.fault(method)
        if fault == "hang":
            lrs.stop.wait(2)
        if fault == "garbage":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        if fault in ("hang", "cut", "garbage"):
            self.close_connection = True
        elif fault in ("500", "503", "429"):
            self._send(int(fault), {"detail": "not now"}, {"Retry-After": "7"})
        else:
            self._take(method, body, fault)

    def _take(self, method: str, body: bytes, fault: Fault) -> None:
        status, told = self._told(method, body)
        if fault == "lost":
            self.close_connection = True
        elif fault == "stored 500":
            self._send(500, {"detail": "late"})
        else:
            self._send(status, told)

    def _told(self, method: str, body: bytes) -> tuple[int, Any]:
        parts, lrs = urlsplit(self.path), self.server.lrs
        if parts.path != "/xapi/statements":
            return 404, {"detail": "nothing here"}
        if self.headers.get("Authorization") != EXPECTED:
            return 401, {"detail": f"who are you, {self.headers.get('Authorization')}?"}
        if self.headers.get("X-Experience-API-Version") != "1.0.3":
            return 400, {"detail": "X-Experience-API-Version is missing"}
        if method == "GET":
            return lrs.get(parse_qs(parts.query, keep_blank_values=True))
        if self.headers.get("Content-Type") != "application/json" or parts.query:
            return 400, {"detail": "not a batch of statements"}
        lrs.batches.append(len(body))
        return lrs.post(body)

    def _send(
        self, status: int, told: Any, headers: dict[str, str] | None = None
    ) -> None:
        body = b"" if told is None else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("X-Experience-API-Version", "2.0.0")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Answers for one store, each request in a thread."""

    daemon_threads = True

    def __init__(self, lrs: Lrs) -> None:
        self.lrs = lrs
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, *_: object) -> None:
        """A client that has gone is none."""


@contextmanager
def running(lrs: Lrs) -> Iterator[Lrs]:
    """The store, answering on a free port of this machine until the block ends."""
    server = Server(lrs)
    lrs.root = f"http://127.0.0.1:{server.server_address[1]}/xapi"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield lrs
    finally:
        lrs.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
