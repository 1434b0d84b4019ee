"""A process that has the program's modules loaded and forks one child for each run asked of it.

Starting Python and loading the modules takes longer than most runs of the program. Each run is
still a process of its own, with its own environment, folder, input and output; only what the
interpreter does as it starts is not done again. Where that itself is tested, and at night, the
program is started in full.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, NamedTuple, TextIO

import dialogue_game

SCREENS: Final = ("dialogue_game.tui", "dialogue_game.web")
POSSIBLE: Final = hasattr(os, "pidfd_open")
READ_AT_START: Final = ("LANG", "LC_", "PYTHON")
"""How variables begin that the interpreter reads before the program runs."""
ROOT: Final = Path(__file__).resolve().parent.parent
MOST: Final = 1 << 17
"""Bytes of a request; the environment is the most of it."""


def at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that a process which has started already cannot be given."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(READ_AT_START)
    }


@cache
def _server() -> tuple[socket.socket, dict[str, str]]:
    """The server of this process, and what it was started with."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        started = subprocess.Popen(
            (sys.executable, "-m", "tests.fork_server", str(theirs.fileno())),
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(started.wait)
    atexit.register(ours.close)
    return ours, at_start(os.environ)


def serves(environment: Mapping[str, str]) -> bool:
    """Whether a program with this environment can be forked."""
    return POSSIBLE and _server()[1] == at_start(environment)


def run(
    arguments: Sequence[str],
    answers: str,
    environment: Mapping[str, str],
    patience: float,
) -> subprocess.CompletedProcess[str]:
    """What the program did, as `subprocess.run` tells it."""
    request = json.dumps([arguments, dict(environment), str(Path.cwd())]).encode()
    assert len(request) < MOST
    here, there = os.pipe()
    with (
        TemporaryFile("w+", encoding="utf-8") as given,
        TemporaryFile("w+", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8") as err,
        os.fdopen(here, "rb", buffering=0) as reply,
    ):
        given.write(answers)
        given.seek(0)
        files = [given.fileno(), out.fileno(), err.fileno(), there]
        socket.send_fds(_server()[0], [request], files)
        os.close(there)
        pid = int(reply.readline())
        if not select.select([reply], [], [], patience)[0]:
            os.kill(pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired(arguments, patience)
        code = int(reply.readline())
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


class Request(NamedTuple):
    """What a child is to do, and its input, output and errors."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    files: list[int]


def serve(asked: socket.socket) -> Request | None:
    """Fork a child for each request and tell its exit code to whoever asked.

    In the child it gives the request; in the server None, when nobody asks any more.
    """
    with selectors.DefaultSelector() as waiting:
        waiting.register(asked, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is not asked:
                    waiting.unregister(key.fileobj)
                    _tell_end(key.fd, *key.data)
                    continue
                content, files, _, _ = socket.recv_fds(asked, MOST, 4)
                if not content:
                    return None
                reply = files.pop()
                pid = os.fork()
                if not pid:
                    arguments, environment, folder = json.loads(content)
                    return Request(arguments, environment, folder, files)
                os.write(reply, b"%d\n" % pid)
                for file in files:
                    os.close(file)
                ended = os.pidfd_open(pid)
                waiting.register(ended, selectors.EVENT_READ, (pid, reply))


def _tell_end(ended: int, pid: int, reply: int) -> None:
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(BrokenPipeError):  # nobody waits for it any more
        os.write(reply, b"%d\n" % code)
    os.close(reply)
    os.close(ended)


def become(request: Request) -> None:
    """Be the program, as if it had just been started."""
    for number, file in enumerate(request.files):
        os.dup2(file, number)
    os.closerange(3, 1024)
    sys.stdin = _stream(0, sys.stdin)
    sys.stdout = _stream(1, sys.stdout)
    sys.stderr = _stream(2, sys.stderr)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request.environment)
    os.chdir(request.folder)
    time.tzset()
    sys.argv[1:] = request.arguments
    code = 0
    try:
        runpy.run_module("dialogue_game", run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    gc.collect()  # closes what the program left open, as Python does when it ends
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the loaded modules are not taken down, which would take longest


def _stream(number: int, like: TextIO) -> TextIO:
    file = os.fdopen(
        number, like.mode, encoding=like.encoding, errors=like.errors, closefd=False
    )
    assert isinstance(file, TextIOWrapper)
    return file


def load() -> None:
    """Load all that the program may need without a screen."""
    for package in pkgutil.iter_modules(dialogue_game.__path__, "dialogue_game."):
        if package.ispkg and package.name not in SCREENS:
            found = importlib.import_module(package.name)
            for module in pkgutil.walk_packages(found.__path__, f"{package.name}."):
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def main() -> None:
    """Serve whoever holds the other end of the socket with the given number."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests themselves
    load()
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        request = serve(asked)
    if request:
        become(request)


if __name__ == "__main__":
    main()
