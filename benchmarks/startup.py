"""Starting: the first usable frame, memory, --version and --help, a cold first start, idling."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Result, Target, compared, in_turns
from benchmarks.terminal import GAME, ROOT, Terminal, environment, yardstick

KNOWN = "Omar"
BARE = "bare Textual"
IDLE_SECONDS = 10


def measure(rounds: int = 11) -> list[Result]:
    """All of starting."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        return [
            *first_frame(home, rounds),
            *without_screen(home, rounds),
            *in_lines(home, rounds),
            cold(Path(folder), max(rounds // 3, 3)),
            *idle(home),
        ]


def started(command: tuple[str, ...], known: str, home: Path) -> tuple[float, float]:
    """Milliseconds until a text is drawn, and peak memory in MiB a moment later."""
    with Terminal(command, environment(home)) as terminal:
        took = terminal.until(known)
        terminal.rest(0.3)
        return took, terminal.end()


def first_frame(home: Path, rounds: int) -> list[Result]:
    """Home with the course there, against a bare app; everything compiled and cached."""

    def ours() -> tuple[float, float]:
        return started(GAME, KNOWN, home)

    def bare() -> tuple[float, float]:
        return started(yardstick("bare"), "Hello", home)

    ours(), bare()
    pairs = in_turns(ours, bare, rounds)
    times = [(our[0], their[0]) for our, their in pairs]
    sizes = [(our[1], their[1]) for our, their in pairs]
    return [
        compared("First usable frame of Home", "ms", times, Target("ratio", 1.5), BARE),
        compared("Peak memory there", "MiB", sizes, Target("ratio", 1.5), BARE),
    ]


def without_screen(home: Path, rounds: int) -> list[Result]:
    """What needs no screen, against Python doing nothing."""
    results = []
    for flag in ("--version", "--help"):

        def ours(flag: str = flag) -> float:
            return ran((*GAME, flag), home)

        def nothing() -> float:
            return ran((sys.executable, "-c", "pass"), home)

        ours(), nothing()
        pairs = in_turns(ours, nothing, rounds)
        target = Target("difference", 150)
        results.append(
            compared(f"dialogue-game {flag}", "ms", pairs, target, "python -c pass")
        )
    return results


def in_lines(home: Path, rounds: int) -> list[Result]:
    """The plain face until its first line can be read, at Home and in a story."""
    results = []
    for name, arguments in (
        ("Home", ("--plain",)),
        ("a story", ("play", "omar", "--plain")),
    ):

        def ours(arguments: tuple[str, ...] = arguments) -> float:
            with Terminal((*GAME, *arguments), environment(home)) as terminal:
                return terminal.until_anything()

        def nothing() -> float:
            return ran((sys.executable, "-c", "pass"), home)

        ours(), nothing()
        pairs = in_turns(ours, nothing, rounds)
        target = Target("difference", 350)
        called = f"First line of {name} in the plain face"
        results.append(compared(called, "ms", pairs, target, "python -c pass"))
    return results


def ran(command: tuple[str, ...], home: Path) -> float:
    """Milliseconds that a command takes."""
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        command, env=environment(home), cwd=ROOT, check=True, capture_output=True
    )
    return (time.perf_counter() - began) * 1000


def cold(folder: Path, rounds: int) -> Result:
    """A first start: no settings, no compiled cache, no journal.

    With DROP_CACHES=1 and as root, the disk's cache is emptied before each start, too; that
    slows down everything else on the machine for a while.
    """
    turn = 0

    def ours() -> float:
        nonlocal turn
        turn += 1
        forget_files()
        with Terminal(GAME, environment(folder / f"cold{turn}")) as terminal:
            return terminal.until_anything()

    def bare() -> float:
        forget_files()
        with Terminal(yardstick("bare"), environment(folder)) as terminal:
            return terminal.until_anything()

    pairs = in_turns(ours, bare, rounds)
    name, target = (
        "First start of all, until something shows",
        Target("difference", 500),
    )
    return compared(name, "ms", pairs, target, BARE)


def forget_files() -> None:
    """Empty the disk's cache, where that was asked for."""
    if os.environ.get("DROP_CACHES") == "1":
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")


def idle(home: Path) -> list[Result]:
    """Home left alone."""
    with Terminal(GAME, environment(home)) as terminal:
        terminal.until(KNOWN)
        terminal.rest(1.5)
        written, share = terminal.idle(IDLE_SECONDS)
    return [
        Result(
            "Idle, written to the terminal",
            "B/s",
            written / IDLE_SECONDS,
            Target("figure", 0),
        ),
        Result("Idle, of a core", "%", share, Target("figure", 0.3)),
    ]
