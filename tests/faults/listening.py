"""A server on this machine that treats each connection as it is told, in threads of its own."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


@contextmanager
def listening(treat: Callable[[socket.socket, Event], None]) -> Iterator[str]:
    """Its address, without a path; `treat` gets a connection, and what says when to stop."""
    stop = Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)

    def treated(client: socket.socket) -> None:
        with client, suppress(OSError):
            treat(client, stop)

    def accept() -> None:
        while not stop.is_set():
            with suppress(OSError):
                Thread(
                    target=treated, args=(listener.accept()[0],), daemon=True
                ).start()

    thread = Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        thread.join(5)
        listener.close()
