"""Where records are sent to, if a person set that up: in the environment or in a file of its own.

The file can be read by this user alone. The journal never holds a key or a secret.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dialogue_game.app.files import PRIVATE, write_whole
from dialogue_game.app.settings import Folders, there
from dialogue_game.content.folders import make_private
from dialogue_game.delivery.address import Address, Credentials, address_of
from dialogue_game.errors import RecordsNotSent, SettingsInvalid

ADDRESS: Final = "DIALOGUE_GAME_RECORD_STORE"
KEY: Final = "DIALOGUE_GAME_RECORD_STORE_KEY"
SECRET: Final = "DIALOGUE_GAME_RECORD_STORE_SECRET"  # noqa: S105 - a variable's name


@dataclass(frozen=True, slots=True)
class RecordStore:
    """A store that a person configured, and where: the environment's or the settings' words."""

    address: Address
    credentials: Credentials
    source: str


def settings_file(folders: Folders) -> Path:
    """Where the record store's address, key and secret are kept, for this user alone."""
    return folders.config / "record_store.json"


def is_set_up(folders: Folders, environment: Mapping[str, str] | None = None) -> bool:
    """Whether there is anything to send to; quick, because it looks at nothing closely."""
    known = os.environ if environment is None else environment
    return bool(known.get(ADDRESS, "").strip()) or there(settings_file(folders))


def configured(
    folders: Folders, environment: Mapping[str, str] | None = None
) -> RecordStore | None:
    """The record store to send to; None where nobody configured one. Raises RecordsNotSent."""
    known = os.environ if environment is None else environment
    file = settings_file(folders)
    kept = _kept(file)
    address = known.get(ADDRESS, "").strip()
    source = ADDRESS if address else str(file)
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
    file = settings_file(folders)
    try:
        make_private(file.parent)
        # Made with these rights: there is no moment at which others could read it.
        write_whole(file, [json.dumps(kept, indent=2), "\n"], force=True, mode=PRIVATE)
    except OSError as error:
        raise SettingsInvalid(
            f"The record store could not be kept: {error.strerror}.",
            f"Check {file.parent}.",
        ) from None
    return file


def _kept(file: Path) -> dict[str, str]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
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
