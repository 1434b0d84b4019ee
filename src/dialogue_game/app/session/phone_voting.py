"""A session's ballots by phone: the open round, what phones show, and where they reach us.

The server knows nothing of sessions; this follows one. A round's counts go into the session's
stream first, and only then is everything destroyed that says who chose what.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dialogue_game.app.files import PRIVATE, json_in, write_whole
from dialogue_game.content.folders import make_private
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import option_letters
from dialogue_game.core.session.session_state import Session
from dialogue_game.core.story import Option
from dialogue_game.errors import SessionInvalid
from dialogue_game.phones.ballot_file import erase
from dialogue_game.phones.voting_page import PageLanguage

if TYPE_CHECKING:
    from dialogue_game.phones.server import Phones

LOOPBACK: Final = "127.0.0.1"
WAITING: Final = (
    "Look at the screen. This page asks you when there is something to vote on."
)
TALKING: Final = "Talk about it in the room. You can vote again soon."
USUAL_PORT: Final = 8080
"""Short to type; any that is free, where it is taken."""
NO_NETWORK: Final = (
    "This machine is in no network, so phones cannot reach it. Join one, or open a hotspot: the "
    "code follows by itself. Or count cards."
)
ADDRESS_CHANGED: Final = "The address has changed: show the new code to everybody."


def ballots_file(folder: Path, session: str) -> Path:
    """Where the ballots of a session's open round are."""
    return folder / f"phones-{session}.ballots"


def set_aside(folder: Path, session: str) -> None:
    """Let ballots that are in count no longer, until phones are served again."""
    with suppress(OSError):
        ballots_file(folder, session).replace(_aside(folder, session))


def forget_ballots(folder: Path, session: str) -> None:
    """Destroy what phones voted, where they are not served; nothing where there is none.

    A file that cannot be removed now is removed with the session, or by wiping.
    """
    for file in (ballots_file(folder, session), _aside(folder, session)):
        with suppress(OSError):
            erase(file)


def forget_session(folder: Path, session: str) -> None:
    """Destroy everything that was kept of a session's phones."""
    forget_ballots(folder, session)
    with suppress(OSError):
        erase(_address_file(folder, session))


def _address_file(folder: Path, session: str) -> Path:
    return folder / f"phones-{session}.json"


def _aside(folder: Path, session: str) -> Path:
    return folder / f"phones-{session}.aside"


class PhoneVoting:
    """Phones for one session. Raises SessionInvalid where the address cannot be used.

    `address` is one of this machine's ("" for the likeliest), `port` 0 for any that is free. The
    join word and the port of a session that is resumed are those it had, so that open pages come
    back by themselves.
    """

    def __init__(
        self,
        folder: Path,
        session: str,
        address: str = "",
        port: int = 0,
        language: str = "en",
        direction: str = "ltr",
    ) -> None:
        self._kept, self._ballots = (
            _address_file(folder, session),
            ballots_file(folder, session),
        )
        with suppress(OSError):
            _aside(folder, session).replace(self._ballots)
        self._chosen, self._port = address, port
        self._language = PageLanguage(language, direction)
        self.changed: Callable[[], None] = lambda: None
        """Called after each ballot, in a thread of the server."""
        self._open = ""
        self.moved = False
        """Whether this is not the address that the session had: open pages do not come back."""
        self._phones = self._begun(address or self._usual())

    @property
    def url(self) -> str:
        """The address that phones open."""
        return self._phones.url

    @property
    def code(self) -> str:
        """The same address in capitals, which make a code of fewer and larger modules."""
        return self.url.rstrip("/").upper()

    @property
    def short(self) -> str:
        """The same address, as short as it can be typed."""
        return self.url.removeprefix("http://").rstrip("/")

    @property
    def address(self) -> str:
        """The address of this machine that it is served at."""
        return self._phones.address

    @property
    def trouble(self) -> str:
        """Why phones cannot come here, in a sentence; "" where they can."""
        return NO_NETWORK if self.address == LOOPBACK != self._chosen else ""

    @property
    def cast(self) -> int:
        """How many ballots the open round has from phones."""
        return self._phones.cast if self._open else 0

    def follow(self, session: Session, title: str, options: Sequence[Option]) -> None:
        """Show on phones what the session asks now. Raises SessionInvalid."""
        self.renew()
        if session.ended:
            self._open = ""
            self._phones.show(title, self._phones.words.ended)
            return
        if not (session.deciding and session.step in steps.VOTING):
            self._open = ""
            self._phones.show(title, TALKING if session.step == steps.TALK else WAITING)
            return
        decision = session.deliberation
        number = len(decision.rounds) + (decision.open_round is None)
        name = f"{session.path.playthrough} {len(session.path.choices)} {number}"
        if name == self._open:
            return
        letters = option_letters(options)
        texts = {option.id: option.text for option in options}
        try:
            self._phones.open_round(
                name,
                title,
                number,
                [(letter, id_, texts[id_]) for letter, id_ in letters.items()],
            )
        except OSError as error:
            raise SessionInvalid(
                f"Ballots by phone cannot be kept: {error.strerror}.",
                "Count cards instead.",
            ) from None
        self._open = name

    def stop_round(self) -> Mapping[str, int]:
        """The counts of the open round; it takes no more ballots."""
        return self._phones.stop_round() if self._open else {}

    def resume_round(self) -> None:
        """The counts could not be kept: the round goes on."""
        self._phones.resume_round()

    def forget_round(self) -> None:
        """The counts are kept: destroy the rest."""
        self._open = ""
        with suppress(OSError):  # then it goes with the session
            self._phones.forget_round()

    def stop(self) -> None:
        """Stop the server; what is in waits for phones that are served again."""
        self._phones.stop()

    def _begun(self, address: str) -> Phones:
        from dialogue_game.phones.server import Phones

        word, before, there = self._known()
        ports = (
            (self._port,)
            if self._port
            else tuple(dict.fromkeys((before or USUAL_PORT, 0)))
        )
        for port in ports:
            with suppress(OSError, OverflowError):
                make_private(self._ballots.parent)
                phones = Phones(
                    address,
                    self._ballots,
                    port=port,
                    word=word,
                    language=self._language,
                    changed=self._voted,
                )
                self.moved = bool(word) and (before, there) != (
                    phones.port,
                    phones.address,
                )
                self._keep(phones)
                return phones
        asked = f"{address}:{self._port}" if self._port else address
        raise SessionInvalid(
            f"Phones cannot be served at {asked}.",
            "Name another address or port of this machine: "
            "--phones-address ADDRESS --phones-port N.",
        )

    def renew(self) -> bool:
        """Serve at a new address where the machine has lost the one it had; whether it did so.

        Ballots of the open round stay; the next `follow` opens it again. Raises SessionInvalid.
        """
        address = outward_address()
        joined = bool(self.trouble) and address != LOOPBACK
        if is_own_address(self.address) and not joined:
            return False
        self._phones.stop()
        self._open = self._chosen = ""
        self._phones = self._begun(address)
        return True

    def _voted(self) -> None:
        self.changed()

    def _usual(self) -> str:
        """The address that the session had, where it is this machine's still; or the likeliest."""
        known = self._known()[2]
        still = known not in ("", LOOPBACK) and is_own_address(known)
        return known if still else own_addresses()[0]

    def _known(self) -> tuple[str, int, str]:
        """Join word, port and address that this session had; empty where it had none."""
        try:
            kept = json_in(self._kept)
            word, port, address = (
                str(kept["word"]),
                int(kept["port"]),
                str(kept["address"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return "", 0, ""
        if not (word.isalpha() and word.isascii()):
            return "", 0, ""
        return word, port, address

    def _keep(self, phones: Phones) -> None:
        kept = {"word": phones.word, "port": phones.port, "address": phones.address}
        with suppress(OSError):
            write_whole(self._kept, [json.dumps(kept)], force=True, mode=PRIVATE)


def own_addresses() -> tuple[str, ...]:
    """IPv4 addresses of this machine that others in a room's network may reach, likeliest first.

    Loopback is the last, where there is no network: then only this machine can vote.
    """
    found = dict.fromkeys(address for address in _known() if _reachable(address))
    return (*found, LOOPBACK) if not found else tuple(found)


def is_own_address(address: str) -> bool:
    """Whether this machine still has that address; asks nobody."""
    try:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def outward_address() -> str:
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
    yield outward_address()
    with suppress(OSError):
        for *_, address in socket.getaddrinfo(
            socket.gethostname(), None, socket.AF_INET
        ):
            yield str(address[0])


def _reachable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_unspecified or parsed.is_multicast)
