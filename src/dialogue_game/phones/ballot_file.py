"""The ballots of one open round on disk: one a device, the last one counts, until it closes.

A ballot is on disk before its phone is told so; a program that is killed finds it again. A device
is known by a keyed digest of a random cookie, under a key of this round alone. When the round
closes the counts are taken out, and rows and key are overwritten and removed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

KEY_BYTES: Final = 32


def devices_in(path: Path) -> int:
    """How many devices have a ballot in the round of this file; 0 where there is none."""
    devices = set()
    with suppress(OSError, ValueError), path.open(encoding="utf-8") as rows:
        for row in rows:
            with suppress(ValueError, KeyError, TypeError):
                devices.add(json.loads(row)["device"])
    return len(devices)


class BallotFile:
    """Takes the ballots of one round; may be shared by threads.

    A file that is there already and belongs to the same round is gone on with. Raises OSError
    where the file cannot be written; a ballot that raises is not counted.
    """

    def __init__(self, path: Path, round_name: str) -> None:
        self._path, self._lock = path, Lock()
        self._choices: dict[str, str] = {}
        self._key = self._resumed(round_name)
        if not self._key:
            self._erase()
            self._key = secrets.token_bytes(KEY_BYTES)
            self._append({"round": round_name, "key": self._key.hex()})

    @property
    def cast(self) -> int:
        """How many devices have a ballot in."""
        return len(self._choices)

    def put(self, device: str, option: str) -> None:
        """Keep a device's ballot in place of its earlier one; on disk when this returns."""
        digest = self._digest(device)
        with self._lock:
            if self._choices.get(digest) != option:
                self._append({"device": digest, "option": option})
                self._choices[digest] = option

    def choice(self, device: str) -> str:
        """What a device has chosen in this round, "" where nothing."""
        return self._choices.get(self._digest(device), "")

    def counts(self) -> Mapping[str, int]:
        """How many devices chose each option."""
        with self._lock:
            return dict(Counter(self._choices.values()))

    def destroy(self) -> None:
        """Remove everything that says who chose what, and the key, from disk and memory."""
        with self._lock:
            self._erase()
            self._choices.clear()
            self._key = b""

    def _digest(self, device: str) -> str:
        return hmac.new(self._key, device.encode(), hashlib.sha256).hexdigest()

    def _append(self, row: Mapping[str, str]) -> None:
        line = (json.dumps(row) + "\n").encode()
        descriptor = os.open(self._path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _resumed(self, round_name: str) -> bytes:
        """The key of this round and its ballots, where a killed program left them."""
        try:
            first, *rows = self._path.read_text(encoding="utf-8").splitlines()
            head = json.loads(first)
            if head["round"] != round_name:
                return b""
            for row in rows:
                with suppress(ValueError, KeyError, TypeError):  # the last one may be cut short
                    ballot = json.loads(row)
                    self._choices[ballot["device"]] = ballot["option"]
            return bytes.fromhex(head["key"])
        except (OSError, ValueError, KeyError, TypeError):
            return b""

    def _erase(self) -> None:
        """Overwrite the file before it goes, so that its blocks hold nothing."""
        try:
            size = self._path.stat().st_size
            with self._path.open("r+b") as opened:
                opened.write(b"\0" * size)
                opened.flush()
                os.fsync(opened.fileno())
            self._path.unlink()
        except FileNotFoundError:
            return
