"""Our own program, run as others run it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any, Final

from tests import fork_server
from tests.nightly import NIGHTLY

PATIENCE: Final = 120
PROGRAM: Final = (sys.executable, "-m", "dialogue_game")


def run(
    *arguments: str, answers: str = "", **extra: str
) -> subprocess.CompletedProcess[str]:
    """What the program did with these answers; `extra` goes into its environment."""
    environment = {**os.environ, **extra}
    if not NIGHTLY and fork_server.serves(environment):
        return fork_server.run(arguments, answers, environment, PATIENCE)
    return subprocess.run(
        (*PROGRAM, *arguments),
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=environment,
    )


def lines(*arguments: str, answers: str = "") -> list[dict[str, Any]]:
    """What it said, as JSON lines; it must leave well."""
    done = run(*arguments, answers=answers)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


class Conversation:
    """The program by JSON lines, with somebody who reads a line when one is due."""

    def __init__(self, *arguments: str, **extra: str) -> None:
        self.process = subprocess.Popen(
            (*PROGRAM, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **extra},
        )

    def read(self) -> tuple[str, Any]:
        """The next line's kind and value."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "nothing more came, though something was owed"
        ((kind, value),) = json.loads(line).items()
        return kind, value

    def write(self, line: str) -> None:
        """One answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
