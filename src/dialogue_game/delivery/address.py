"""A record store's address, checked before anything is sent to it, and who we are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from dialogue_game.errors import RecordsNotSent

_EXAMPLE: Final = "Write it like https://records.example.org/xapi"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a record store answers: `root` without a slash at its end, such as `…/xapi`."""

    root: str
    secure: bool
    loopback: bool

    @property
    def private(self) -> bool:
        """Whether nobody on the way can read along: TLS, or the same machine."""
        return self.secure or self.loopback

    @property
    def statements(self) -> str:
        """The statement resource."""
        return f"{self.root}/statements"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Key and secret of HTTP Basic; never shown."""

    key: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def header(self) -> str:
        """The value of the Authorization header."""
        from base64 import b64encode

        return "Basic " + b64encode(f"{self.key}:{self.secret}".encode()).decode()

    def redacted(self, text: str) -> str:
        """The text without key, secret or header, should somebody have echoed them."""
        for word in (
            self.header,
            self.header.removeprefix("Basic "),
            self.secret,
            self.key,
        ):
            text = text.replace(word, "…") if len(word) > 3 else text
        return text


def address_of(text: str) -> Address:
    """The address that a person typed. Raises RecordsNotSent, with what is wrong with it."""
    try:
        parts = urlsplit(text.strip())
        _refuse_foreign(parts)
    except ValueError:
        raise _wrong("It cannot be read as an address.") from None
    path = parts.path.rstrip("/").removesuffix("/statements").rstrip("/")
    root = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return Address(root, parts.scheme == "https", _loopback(parts.hostname or ""))


def _refuse_foreign(parts: SplitResult) -> None:
    if parts.scheme not in ("http", "https"):
        raise _wrong("It begins with neither https:// nor http://.")
    if not parts.hostname or any(mark in parts.netloc for mark in " \\"):
        raise _wrong("It names no machine.")
    if parts.username is not None or parts.password is not None:
        raise RecordsNotSent(
            "The address of the record store has a name or a password in it.",
            "Give the address alone; key and secret are asked for, or stand in the environment.",
        )
    if parts.query or parts.fragment:
        raise _wrong("It goes on after a “?” or “#”.")
    if (
        not (parts.netloc + parts.path).isascii()
        or not (parts.netloc + parts.path).isprintable()
    ):
        raise _wrong("It has characters in it that no address has.")
    _ = parts.port  # raises ValueError for one that is no port


def _wrong(why: str) -> RecordsNotSent:
    return RecordsNotSent(
        f"The address of the record store cannot be used. {why}", _EXAMPLE
    )


def _loopback(host: str) -> bool:
    from ipaddress import ip_address

    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
