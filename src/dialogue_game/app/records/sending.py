"""Sending records: only where a person set that up and said yes, and never in play's way.

The journal keeps that it was agreed to, and never a secret: the store's address, key and secret
stand in the environment, or in a file that this user alone can read. Statements are made from the
journal when they are asked for, so that playing knows nothing of all this.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dialogue_game.app.files import json_in, keep_privately
from dialogue_game.app.game import Game
from dialogue_game.app.records.attempts import Records
from dialogue_game.app.settings import RECORD_STORE, Folders
from dialogue_game.delivery.address import Address, Credentials, address_of
from dialogue_game.delivery.outbox import Outbox, Record, Refused
from dialogue_game.errors import RecordsNotSent, SettingsInvalid
from dialogue_game.journal.connection import JournalFile, connect
from dialogue_game.journal.sqlite_store import BUSY_TIMEOUT
from dialogue_game.reporting.xapi_statements import serialised

if TYPE_CHECKING:
    from dialogue_game.delivery.client import Report
    from dialogue_game.delivery.exchange import Exchange

AGREED: Final = "delivery.agreed"
"""The journal's fact: the address that sending to was agreed to."""
RETRY_AT: Final = "delivery.retry_at"
"""The journal's fact: when the store may be asked again, UTC milliseconds."""


@dataclass(slots=True)
class RecordSending:
    """Sending one journal's records. `to` is None where nobody configured a store.

    `exchange`, `sleep` and `chance` stand for the network, for waiting and for jitter.
    """

    game: Game
    to: RecordStore | None
    exchange: Exchange | None = None
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    _outbox: Outbox | None = field(default=None, init=False)

    @property
    def outbox(self) -> Outbox:
        """What waits, on a connection of its own, so that play is never in its way."""
        if self._outbox is None:
            handle = JournalFile(self.game.folders.journal_file, BUSY_TIMEOUT, connect)
            self._outbox = Outbox(handle)
        return self._outbox

    @property
    def agreed(self) -> bool:
        """Whether the player said yes to sending to this store. Raises JournalError."""
        return (
            self.to is not None
            and self.game.store.setting(AGREED) == self.to.address.root
        )

    @property
    def moving(self) -> bool:
        """Whether it was another store that the player agreed to. Raises JournalError."""
        return not self.agreed and bool(self.game.store.setting(AGREED))

    @property
    def due(self) -> bool:
        """Whether to send now without being told: agreed to, and not asked to wait.

        Raises JournalError.
        """
        if not (self.agreed and self.game.saving):
            return False
        retry_at = self.game.store.setting(RETRY_AT) or "0"
        return not retry_at.isdecimal() or self.game.clock() >= int(retry_at)

    def agree(self) -> None:
        """Remember that the player said yes; another store than before starts over.

        Raises JournalError.
        """
        if self.to is None:
            raise RecordsNotSent("No record store is configured.", SETUP)
        if self.moving:
            self.outbox.start_over()
        self.game.store.put_setting(AGREED, self.to.address.root)

    def waiting(self) -> int:
        """How many records wait for a store that was configured; 0 without one.

        For a front end to show as "n records waiting". Raises JournalError.
        """
        if self.to is None or not self.game.saving:
            return 0
        self.fill()
        return self.outbox.waiting()

    def refused(self) -> tuple[Refused, ...]:
        """What the store would not have, with its words. Raises JournalError."""
        return self.outbox.refused() if self.game.saving else ()

    def fill(self) -> None:
        """Queue the statements of everything played since last time. Raises JournalError."""
        records, queued = Records(self.game), self.outbox.queued()
        for info in records.streams():
            after = queued.get(info.id, 0)
            if info.length <= after:
                continue
            for attempt in records.attempts([info]):
                learner = records.learner(attempt.story.course)
                registration = learner.registered(attempt.start.led_by)
                made = [
                    Record(statement["id"], registration, serialised(statement))
                    for statement in records.statements_of(attempt, after)
                ]
                self.outbox.queue(info.id, after, attempt.moments[-1].seq, made)

    def send(self, progress: Callable[[int], None] = lambda _: None) -> Report:
        """Send what waits. Raises RecordsNotSent where nothing may be sent, JournalError."""
        from dialogue_game.delivery.client import Client, Sender
        from dialogue_game.delivery.exchange import exchange_with

        if self.to is None:
            raise RecordsNotSent("No record store is configured.", SETUP)
        if not self.game.saving:
            raise RecordsNotSent("Nothing is being saved, so there is nothing to send.")
        if not self.agreed:
            raise RecordsNotSent("Nobody has agreed to send records there yet.", SETUP)
        self.fill()
        address = self.to.address
        exchange = self.exchange or exchange_with(loopback=address.loopback)
        client = Client(address, self.to.credentials, exchange, self.game.clock)
        sender = Sender(self.outbox, client, self.game.clock, self.sleep, self.chance)
        report = sender.flush(progress)
        self.game.store.put_setting(RETRY_AT, str(report.retry_at))
        return report


SETUP: Final = "Set one up with: dialogue-game send --setup"


KEY: Final = "DIALOGUE_GAME_RECORD_STORE_KEY"
SECRET: Final = "DIALOGUE_GAME_RECORD_STORE_SECRET"  # noqa: S105 - a variable's name


@dataclass(frozen=True, slots=True)
class RecordStore:
    """A store that a person configured, and where: the environment's or the settings' words."""

    address: Address
    credentials: Credentials
    source: str


def configured(
    folders: Folders, environment: Mapping[str, str] | None = None
) -> RecordStore | None:
    """The record store to send to; None where nobody configured one. Raises RecordsNotSent."""
    known = os.environ if environment is None else environment
    file = folders.record_store_file
    kept = _kept(file)
    address = known.get(RECORD_STORE, "").strip()
    source = RECORD_STORE if address else str(file)
    address = address or kept.get("address", "")
    if not address:
        return None
    here = kept if kept.get("address") == address else {}
    key = known.get(KEY) or here.get("key", "")
    secret = known.get(SECRET) or here.get("secret", "")
    if not key or not secret:
        raise RecordsNotSent(
            "The record store needs a key and a secret, and they are not set.",
            f"Set {KEY} and {SECRET}, or run: dialogue-game send --setup",
        )
    return RecordStore(address_of(address), Credentials(key, secret), source)


def configure(folders: Folders, address: str, key: str, secret: str) -> Path:
    """Keep where to send, readable for this user alone; the file.

    Raises RecordsNotSent for an address that cannot be used, SettingsInvalid.
    """
    kept = {"address": address_of(address).root, "key": key, "secret": secret}
    file = folders.record_store_file
    try:
        keep_privately(file, kept)
    except OSError as error:
        raise SettingsInvalid(
            f"The record store could not be kept: {error.strerror}.",
            f"Check {file.parent}.",
        ) from None
    return file


def _kept(file: Path) -> dict[str, str]:
    try:
        kept = json_in(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        kept = None
    if not isinstance(kept, dict):
        raise RecordsNotSent(
            f"The file with the record store's address cannot be read: {file}.",
            "Write it anew with: dialogue-game send --setup",
        )
    return {name: str(value) for name, value in kept.items()}
