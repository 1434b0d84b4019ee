"""A group's session: how far a companion lags behind the shared screen, a tally of 500 ballots."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks.measure import Result, Target, percentile
from benchmarks.terminal import GAME, Terminal, environment
from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.facilitation import Facilitation

PROGRAM = (sys.executable, "-m", "dialogue_game")
PEOPLE = 500
LETTERS = " ".join("ABCD"[place % 4] for place in range(PEOPLE))
PATIENCE = 30.0
"""Seconds after which something has gone wrong."""


def measure(rounds: int = 41) -> list[Result]:
    """Both measures, on a journal where this project stands: a disk, not a memory file."""
    here = Path(__file__).resolve().parent.parent / ".benchmarks"
    here.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here) as home:
        return [
            *lagging(home, rounds),
            *on_screens(home, rounds),
            tallying(home, rounds),
        ]


def lagging(home: str, rounds: int) -> list[Result]:
    """From the line of the shared view to the line of the companion, two processes apart."""
    environment = {**os.environ, "DIALOGUE_GAME_HOME": home}
    leader = started(environment, "facilitate", "--json", "omar")
    shared = arrivals(leader, b'{"shared"')
    shared.get(timeout=PATIENCE)
    companion = started(environment, "companion", "--json")
    followed = arrivals(companion, b'{"companion"')
    followed.get(timeout=PATIENCE)
    lags = []
    keys = piped(leader.stdin)
    for turn in range(rounds):
        time.sleep(0.013 * (turn % 9))  # so that no rhythm of the companion's is met
        keys.write(b"next\n" if turn == 0 else b"pause\n")
        keys.flush()
        seen = shared.get(timeout=PATIENCE)
        lags.append(1000 * (followed.get(timeout=PATIENCE) - seen))
    for process in (leader, companion):
        process.kill()
        process.communicate()
    name = "Companion behind the shared screen"
    return [
        Result(f"{name}, median", "ms", median(lags), Target("figure", 200)),
        Result(f"{name}, 95th percentile", "ms", percentile(lags, 95)),
    ]


def on_screens(home: str, rounds: int) -> list[Result]:
    """The same between the two real screens: from picture to picture."""
    env = environment(Path(home))
    lags = []
    with Terminal((*GAME, "facilitate", "omar"), env) as leader:
        leader.until("How we talk today")
        with Terminal((*GAME, "companion"), env) as companion:
            companion.until("Say the ground rules.")
            for turn in range(rounds):
                for terminal in (leader, companion):
                    terminal.rest(0.02 + 0.013 * (turn % 9))
                    terminal.seen = b""
                leader.type("p")
                said = "left." if turn % 2 else "paused."
                seen = leader.draws(said)
                lags.append(max(1000 * (companion.draws(said) - seen), 0.0))
    name = "Companion behind the shared screen, both on screen"
    return [Result(f"{name}, median", "ms", median(lags), Target("figure", 200))]


def tallying(home: str, rounds: int) -> Result:
    """500 letters pasted from a chat, read, counted and on disk."""
    game = open_game(environment={**os.environ, "DIALOGUE_GAME_HOME": home})
    leading = Facilitation.start(game, plan(game.course, ("omar",), PEOPLE))
    for command in (
        leading.next,
        lambda: leading.settle("a"),
        leading.next,
        leading.next,
    ):
        command()
    leading.next()
    leading.next()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        leading.ballots(LETTERS)
        leading.shared()
        times.append(1000 * (time.perf_counter() - began))
    game.store.close()
    return Result(
        "A tally of 500 ballots typed as letters",
        "ms",
        median(times),
        Target("figure", 100),
    )


def started(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """The program, with pipes at both ends."""
    return subprocess.Popen(  # noqa: S603  our own program
        (*PROGRAM, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def arrivals(process: subprocess.Popen[bytes], start: bytes) -> queue.Queue[float]:
    """When each line that begins like this arrives, in seconds."""
    times: queue.Queue[float] = queue.Queue()

    def watch(out: IO[bytes]) -> None:
        for line in out:
            if line.startswith(start):
                times.put(time.perf_counter())

    threading.Thread(target=watch, args=(piped(process.stdout),), daemon=True).start()
    return times


def piped(stream: IO[bytes] | None) -> IO[bytes]:
    """A stream that was asked for as a pipe."""
    if stream is None:
        raise TypeError("not a pipe")
    return stream
