"""A program in a pseudo-terminal of 120×36: when it shows what, and when it comes to rest."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

COLUMNS: Final = 120
ROWS: Final = 36
ROOT: Final = Path(__file__).resolve().parent.parent
GAME: Final = (sys.executable, "-m", "dialogue_game")
QUIET: Final = 0.12
"""Seconds without a byte after which a screen counts as settled."""

_CODES = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[\[?=<>][0-9;?<>=$ ]*[a-zA-Z~]|\x1b."
)
_DROPPED = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "NO_COLOR",
    "COLUMNS",
    "LINES",
)


def yardstick(name: str) -> tuple[str, str]:
    """The command of a yardstick app."""
    return sys.executable, str(ROOT / "benchmarks" / "yardsticks" / f"{name}.py")


def environment(home: Path) -> dict[str, str]:
    """What a player's terminal has, and a home of its own for the game."""
    kept = {key: value for key, value in os.environ.items() if key not in _DROPPED}
    return kept | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "DIALOGUE_GAME_HOME": str(home),
        "DIALOGUE_GAME_WELCOMED": "yes",
    }


class Terminal:
    """A program under way in a pseudo-terminal. A context manager; leaving it ends the program."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.seen = b""
        self.bytes = 0
        self.peak_mib = self.first = 0.0
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(
                    0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
                )
                os.chdir(ROOT)
                os.execvpe(command[0], list(command), dict(env))  # noqa: S606
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: object,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def until(self, text: str, timeout: float = 60) -> float:
        """Milliseconds from the start until this text has been drawn. Raises TimeoutError."""
        wanted = text.encode()
        while True:
            left = self.started + timeout - time.perf_counter()
            arrived = self._read(left) if left > 0 else None
            if arrived is None:
                raise TimeoutError(
                    f"“{text}” never came; the screen says: {self.text()[-400:]!r}"
                )
            if wanted in _CODES.sub(b"", self.seen):
                return (arrived - self.started) * 1000

    def until_anything(self, timeout: float = 60) -> float:
        """Milliseconds from the start until any letter has been drawn. Raises TimeoutError."""
        while (arrived := self._read(timeout)) is not None:
            if re.search(rb"[A-Za-z]{2}", _CODES.sub(b"", self.seen)):
                return (arrived - self.started) * 1000
        raise TimeoutError("Nothing was ever drawn.")

    def press(self, key: str, timeout: float = 10) -> float:
        """Milliseconds from a key press to the last byte before the screen is at rest.

        `first` is then when its first byte came.
        """
        self.seen = b""
        pressed = last = time.perf_counter()
        os.write(self._fd, key.encode())
        arrived = self._read(timeout)
        if arrived is None:
            raise TimeoutError(f"Nothing happened on {key!r}.")
        self.first = (arrived - pressed) * 1000
        while arrived is not None:
            last = arrived
            arrived = self._read(QUIET)
        return (last - pressed) * 1000

    def type(self, key: str) -> None:
        """Press a key and wait for nothing; what was drawn before is forgotten."""
        self.seen = b""
        os.write(self._fd, key.encode())

    def draws(self, text: str, timeout: float = 10) -> float:
        """The moment at which this text has been drawn, in seconds. Raises TimeoutError."""
        end = time.perf_counter() + timeout
        arrived: float | None = time.perf_counter()
        while text.encode() not in _CODES.sub(b"", self.seen):
            arrived = self._read(max(end - time.perf_counter(), 0))
            if arrived is None:
                raise TimeoutError(f"“{text}” never came: {self.text()[-400:]!r}")
        return arrived or 0.0

    def rest(self, quiet: float = 0.4) -> None:
        """Read until nothing has come for so many seconds."""
        while self._read(quiet) is not None:
            pass

    def idle(self, seconds: float) -> tuple[int, float]:
        """Bytes written and the share of a core used, in per cent, over so many seconds."""
        bytes_, cpu, began = self.bytes, self.cpu(), time.perf_counter()
        while (left := began + seconds - time.perf_counter()) > 0:
            self._read(left)
        return self.bytes - bytes_, 100 * (self.cpu() - cpu) / seconds

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mib(self) -> float:
        """Memory in use now."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def text(self) -> str:
        """What was drawn since the last key, without its codes."""
        return _CODES.sub(b"", self.seen).decode(errors="replace")

    def end(self) -> float:
        """Kill it; its peak memory in MiB."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            _, _, usage = os.wait4(self.pid, 0)
            self.peak_mib = usage.ru_maxrss / (
                1024 if sys.platform != "darwin" else 1024**2
            )
            os.close(self._fd)
            self.pid = 0
        return self.peak_mib

    def _read(self, timeout: float) -> float | None:
        """Wait for bytes; when they came, or None where none did."""
        if not select.select([self._fd], [], [], timeout)[0]:
            return None
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return None
        if not data:
            return None
        self.seen += data
        self.bytes += len(data)
        return time.perf_counter()
