"""Record stores as a stranger might run them: each a behaviour of one connection, by name."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event
from typing import Final

from tests.faults.listening import listening

Behaviour = Callable[[socket.socket, Event, bytes, int], None]
"""What is done with a connection: its socket, when to stop, what was asked, its number."""


def answer(
    status: str, body: bytes = b"", *headers: str, length: int | str = -1
) -> Behaviour:
    """The same answer to everything."""
    size = len(body) if length == -1 else length
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {size}",
        "Connection: close",
        *headers,
    ]
    raw = "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + body

    def behave(
        client: socket.socket, _stop: Event, _asked: bytes, _number: int
    ) -> None:
        client.sendall(raw)

    return behave


def raw(content: bytes) -> Behaviour:
    """These bytes, and the end."""
    return lambda client, _stop, _asked, _number: client.sendall(content)


def drip(start: bytes, drop: bytes, pause: float = 0.05) -> Behaviour:
    """A start, and then a drop again and again without end."""

    def behave(client: socket.socket, stop: Event, _asked: bytes, _number: int) -> None:
        client.sendall(start)
        while not stop.wait(pause):
            client.sendall(drop)

    return behave


def conflict(more: str) -> Behaviour:
    """Everything is there already, it says, and the list of it goes on at `more`."""

    def behave(client: socket.socket, stop: Event, asked: bytes, number: int) -> None:
        if asked.startswith(b"POST"):
            answer("409 Conflict", b'{"detail": "there"}')(client, stop, asked, number)
            return
        page = {
            "statements": [{"id": f"x{number}"}],
            "more": more.replace("{n}", str(number)),
        }
        answer("200 OK", json.dumps(page).encode())(client, stop, asked, number)

    return behave


def cut(client: socket.socket, _stop: Event, _asked: bytes, _number: int) -> None:
    """The connection is reset."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silence(_client: socket.socket, stop: Event, _asked: bytes, _number: int) -> None:
    """Nothing comes."""
    stop.wait(120)


_OK: Final = b"HTTP/1.1 200 OK\r\n"
_CHUNKED: Final = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_ESCAPES: Final = (
    b'{"detail": "\x1b[2J\x1b]0;x\x07 \\u001b[31m who are you, a secret?"}'
)
_MORE: Final = "/xapi/statements?page={n}"

BEHAVIOURS: Final[dict[str, Behaviour]] = {
    "silence": silence,
    "reset": cut,
    "closed at once": raw(b""),
    "status drip": drip(b"", b"H"),
    "header drip": drip(_OK, b"X: y\r\n"),
    "one endless header": drip(_OK + b"X: ", b"y"),
    "slow 100 Continue": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "slow 103": drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "body drip": drip(_OK + b"Content-Length: 1000000\r\n\r\n", b" "),
    "chunk drip": drip(_CHUNKED, b"1\r\n \r\n"),
    "endless trailers": drip(_CHUNKED + b"0\r\n", b"T: z\r\n", 0.01),
    "endless body": drip(_OK + b"\r\n", b" " * 1_000_000, 0.0001),
    "endless chunks": drip(_CHUNKED, b"100000\r\n" + b" " * 0x100000 + b"\r\n", 0.0001),
    "a chunk of all memory": raw(_CHUNKED + b"ffffffffffffffff\r\n "),
    "a chunk of no size": raw(_CHUNKED + b"zz\r\n \r\n"),
    "no such length": answer("200 OK", b"[]", length="many"),
    "a length below zero": answer("200 OK", b"[]", length=-7),
    "a length of all memory": answer("200 OK", b"[]", length=10**15),
    "ten thousand headers": answer(
        "200 OK", b"[]", *[f"X-{n}: y" for n in range(10_000)]
    ),
    "a header of a megabyte": answer("200 OK", b"[]", "X: " + "y" * 1_000_000),
    "another protocol": raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "zeros": raw(bytes(4096)),
    "noise": raw(bytes(range(256)) * 16),
    "HTTP of tomorrow": raw(b"HTTP/9.9 200 Sure\r\n\r\n[]"),
    "a status of four digits": raw(b"HTTP/1.1 2000 OK\r\n\r\n[]"),
    "no content": answer("204 No Content"),
    "accepted, and nothing said": answer("200 OK", b""),
    "ids of others": answer("200 OK", b'["a", "b"]'),
    "no list": answer("200 OK", b'{"ok": true}'),
    "brackets": answer("200 OK", b"[" * 100_000),
    "a number without end": answer("200 OK", b"[1e999, " + b"9" * 100_000 + b"]"),
    "not UTF-8": answer("200 OK", b"\xff\xfe[\x00"),
    "compressed": answer("200 OK", b"\x1f\x8b" + bytes(100), "Content-Encoding: gzip"),
    "moved": answer("301 Moved", b"", "Location: http://127.0.0.1:1/xapi"),
    "moved to a file": answer("302 Found", b"", "Location: file:///etc/passwd"),
    "refuses everything": answer("400 Bad Request", b'{"detail": "no"}'),
    "refuses with escape codes": answer("400 Bad Request", _ESCAPES),
    "refuses at length": answer("400 Bad Request", b"no " * 1_000_000),
    "does not know us": answer("401 Unauthorized", _ESCAPES),
    "forbids": answer("403 Forbidden", b"<html>no</html>"),
    "is not there": answer("404 Not Found"),
    "calls all too large": answer("413 Too Large"),
    "is a teapot": answer("418 Teapot"),
    "asks for ages": answer("429 Too Many", b"", "Retry-After: 99999999"),
    "asks for less than nothing": answer("429 Too Many", b"", "Retry-After: -5"),
    "asks for the year 9999": answer(
        "503 Not Now", b"", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"
    ),
    "asks for a word": answer("503 Not Now", b"", "Retry-After: soon"),
    "is broken": answer("500 Error", b"Traceback (most recent call last):"[:9]),
    "is full": answer("507 Full"),
    "a conflict without end": conflict(_MORE),
    "a conflict in a circle": conflict("/xapi/statements?page=1"),
    "a conflict elsewhere": conflict("http://127.0.0.1:1/xapi/statements"),
    "a conflict in a file": conflict("file:///etc/passwd"),
    "a conflict and no more": conflict(""),
}


@contextmanager
def serving(behave: Behaviour) -> Iterator[str]:
    """A store on this machine that treats each connection in this way; its address."""
    numbers = count(1)

    def treat(client: socket.socket, stop: Event) -> None:
        asked = client.recv(65536)
        behave(client, stop, asked, next(numbers))
        client.shutdown(socket.SHUT_WR)
        client.settimeout(2)
        while client.recv(65536):  # a reset would take away what was answered
            pass

    with listening(treat) as address:
        yield f"{address}/xapi"
