"""Which addresses of this machine a room's phones may reach."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import closing, suppress

LOOPBACK = "127.0.0.1"


def own_addresses() -> tuple[str, ...]:
    """IPv4 addresses of this machine that others in a room's network may reach, likeliest first.

    Loopback is the last, where there is no network: then only this machine can vote.
    """
    found = dict.fromkeys(address for address in _known() if _reachable(address))
    return (*found, LOOPBACK) if not found else tuple(found)


def is_ours(address: str) -> bool:
    """Whether this machine still has that address; asks nobody."""
    try:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def way_out() -> str:
    """The address by which this machine reaches its network, loopback where it is in none.

    Quick, and asks nobody: connecting a datagram socket sends nothing.
    """
    with (
        suppress(OSError),
        closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe,
    ):
        probe.connect(("192.0.2.1", 9))  # a documentation address, which nobody has
        return str(probe.getsockname()[0])
    return LOOPBACK


def _known() -> Iterator[str]:
    yield way_out()
    with suppress(OSError):
        for *_, address in socket.getaddrinfo(
            socket.gethostname(), None, socket.AF_INET
        ):
            yield str(address[0])


def _reachable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_unspecified or parsed.is_multicast)
