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
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
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


def erase(path: Path) -> None:
    """Overwrite a file of ballots before it goes, so that its blocks hold nothing.

    Raises OSError where it can be neither; nothing where there is none.
    """
    try:
        size = path.stat().st_size
        with path.open("r+b") as opened:
            opened.write(b"\0" * size)
            opened.flush()
            os.fsync(opened.fileno())
        path.unlink()
    except FileNotFoundError:
        return


@dataclass(slots=True)
class _Batch:
    """Ballots that are written together, by whoever brought the first; `done` wakes the others."""

    rows: list[dict[str, str]] = field(default_factory=list)
    done: Event = field(default_factory=Event)
    error: OSError | None = None


class BallotFile:
    """Takes the ballots of one round; may be shared by threads.

    A file that is there already and belongs to the same round is gone on with. Raises OSError
    where the file cannot be written; a ballot that raises is not counted. A disk takes some
    milliseconds to be sure: ballots that come in the meantime share the next write.
    """

    def __init__(self, path: Path, round_name: str) -> None:
        self._path, self._lock, self._writing = path, Lock(), Lock()
        self._next, self._stopped = _Batch(), False
        self._choices: dict[str, str] = {}
        self._key = self._resumed(round_name)
        if not self._key:
            self._choices.clear()
            erase(path)
            self._key = secrets.token_bytes(KEY_BYTES)
            self._append([{"round": round_name, "key": self._key.hex()}])

    @property
    def cast(self) -> int:
        """How many devices have a ballot in."""
        return len(self._choices)

    def put(self, device: str, option: str) -> bool:
        """Keep a device's ballot in place of its earlier one; False where the round is stopped.

        On disk when this returns True.
        """
        row = {"device": self._digest(device), "option": option}
        with self._lock:
            if self._stopped:
                return False
            batch = self._next
            batch.rows.append(row)
            first = len(batch.rows) == 1
        if first:
            self._write(batch)
        else:
            batch.done.wait()
        if batch.error is not None:
            raise batch.error
        return True

    def choice(self, device: str) -> str:
        """What a device has chosen in this round, "" where nothing."""
        return self._choices.get(self._digest(device), "")

    def stop(self) -> Mapping[str, int]:
        """How many devices chose each option; it takes no more ballots."""
        with self._lock:
            self._stopped = True
            last = self._next
        if last.rows:
            last.done.wait()
        with self._writing:  # the one before it, where nobody waited for the next
            return dict(Counter(self._choices.values()))

    def resume(self) -> None:
        """Take ballots again."""
        self._stopped = False

    def destroy(self) -> None:
        """Remove everything that says who chose what, and the key, from disk and memory."""
        self.stop()
        erase(self._path)
        self._choices.clear()
        self._key = b""

    def _digest(self, device: str) -> str:
        return hmac.new(self._key, device.encode(), hashlib.sha256).hexdigest()

    def _write(self, batch: _Batch) -> None:
        """Write a batch for everybody who waits for it, once the one before it is written."""
        with self._writing:
            with self._lock:
                self._next = _Batch()
            try:
                self._append(batch.rows)
            except OSError as error:
                batch.error = error
            else:
                self._choices.update(
                    (row["device"], row["option"]) for row in batch.rows
                )
            finally:
                batch.done.set()

    def _append(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Each row begins its own line, whatever a program that was killed left before it."""
        descriptor = os.open(self._path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "ab") as opened:
            opened.write("".join("\n" + json.dumps(row) for row in rows).encode())
            opened.flush()
            os.fsync(descriptor)

    def _resumed(self, round_name: str) -> bytes:
        """The key of this round and its ballots, where a killed program left them."""
        try:
            first, *rows = self._path.read_text(encoding="utf-8").strip().splitlines()
            head = json.loads(first)
            if head["round"] != round_name:
                return b""
            for row in rows:
                with suppress(
                    ValueError, KeyError, TypeError
                ):  # the last one may be cut short
                    ballot = json.loads(row)
                    self._choices[ballot["device"]] = ballot["option"]
            return bytes.fromhex(head["key"])
        except (OSError, ValueError, KeyError, TypeError):
            return b""
