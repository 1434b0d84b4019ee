"""Ballots by phone, on loopback, while a real shared screen shows them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.measure import Result, Target, percentile
from benchmarks.phone_load import VISITORS, Phone
from benchmarks.terminal import GAME, ROOT, Terminal, environment

PEOPLE: Final = 1000
ENTER: Final = "\r"
TO_VOTE: Final = (
    (ENTER, "the first scene"),
    (ENTER, "Read"),
    ("h", "Then we decide together."),
    (ENTER, "Think and commit"),
    (ENTER, "ballots are in."),
)
IDLE: Final = 10.0
"""Seconds over which a program that is left alone is watched."""
BALLOTS: Final = {
    "steady": ("1,000 ballots of 200 phones in 5 s", 50.0),
    "burst": ("200 ballots of 200 phones in 0.5 s", 100.0),
}
"""By load: what it is, and the milliseconds that 95 of 100 may take."""


def measure(rounds: int = 3) -> list[Result]:
    """All of it, on a journal where this project stands: a disk, not a memory file."""
    here = ROOT / ".benchmarks"
    here.mkdir(exist_ok=True)
    runs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=here) as home:
            runs.append(one_run(Path(home)))
    return list(results(runs))


def one_run(home: Path) -> dict[str, float]:
    """Every figure once: a session without phones, then one that has them."""
    with led(home / "alone") as terminal:
        alone = terminal.idle(IDLE)[1]
        memory = terminal.end()
    options = ("--phones", "--phones-address", "127.0.0.1")
    with led(home / "phones", *options) as terminal:
        url = address(home / "phones")
        found = {"idle": terminal.idle(IDLE)[1] - alone}
        counted, lost = Counter[str](), 0
        for load in ("open", *BALLOTS):
            taken, votes = under(terminal, url, load)
            found[load], found[f"{load}, median"] = percentile(taken, 95), median(taken)
            counted.update(votes)
            lost += sum(one == float("inf") for one in taken)
        found |= follows(terminal, url, counted)
        for key in (
            ENTER,
            ENTER,
            "y",
        ):  # talk, vote again, show the ballots: then they are told
            terminal.press(key)
        found["memory"] = terminal.end() - memory
    kept = Counter(kept_counts(home / "phones"))
    found["lost"] = lost + sum(((counted - kept) + (kept - counted)).values())
    return found


@contextmanager
def led(home: Path, *options: str) -> Iterator[Terminal]:
    """A session at its first vote, on the shared screen."""
    command = (*GAME, "facilitate", "omar", "--headcount", str(PEOPLE), *options)
    with Terminal(command, environment(home)) as terminal:
        terminal.until("How we talk today")
        to_vote(terminal)
        terminal.rest(1)
        yield terminal


def to_vote(terminal: Terminal) -> None:
    """From the welcome to the first vote, each key as soon as the one before it is shown."""
    for key, drawn in TO_VOTE:
        terminal.type(key)
        terminal.draws(drawn)


def address(home: Path) -> str:
    """Where phones vote in the session of this folder."""
    (kept,) = home.glob("phones-*.json")
    there = json.loads(kept.read_text(encoding="utf-8"))
    return f"http://127.0.0.1:{there['port']}/{there['word']}/"


def under(
    terminal: Terminal, url: str, load: str
) -> tuple[list[float], dict[str, int]]:
    """Milliseconds of each request under a load, and the votes, while the screen goes on."""
    command = (sys.executable, "-m", "benchmarks.phone_load", url, load)
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as phones:  # noqa: S603
        while phones.poll() is None:
            terminal.rest(0.05)
        told: dict[str, Any] = json.loads(phones.communicate()[0])
    terminal.rest()
    return told["taken"], told["votes"]


def follows(terminal: Terminal, url: str, counted: Counter[str]) -> dict[str, float]:
    """From a phone that is told “Your vote is in” until the screen counts it; these count, too."""
    lags = []
    for turn in range(20):
        terminal.rest(0.2 + 0.013 * turn)  # so that no rhythm of the screen's is met
        terminal.seen = b""
        phone = Phone(url)
        asyncio.run(voted(phone))
        told = time.perf_counter()
        counted[phone.voted] += 1
        lags.append(max(1000 * (terminal.draws(f"{counted.total()} of") - told), 0.0))
    return {"follows": percentile(lags, 95), "follows, median": median(lags)}


async def voted(phone: Phone) -> None:
    """One phone comes and votes."""
    await phone.open()
    await phone.vote()


def kept_counts(home: Path) -> dict[str, int]:
    """The counts of the one round in the session's record."""
    command = [*GAME, "session", "export", "--format", "json"]
    done = subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, env=environment(home), cwd=ROOT
    )
    (only,) = json.loads(done.stdout)["decisions"][0]["rounds"]
    counts: dict[str, int] = only["counts"]
    return counts


def results(runs: list[dict[str, float]]) -> Iterator[Result]:
    """The table's rows: medians over the runs; of what may not happen, the worst."""
    figures = {name: median(run[name] for run in runs) for name in runs[0]}
    for load, (name, bound) in BALLOTS.items():
        yield Result(
            f"{name}, 95th percentile", "ms", figures[load], Target("figure", bound)
        )
        yield Result(f"{name}, median", "ms", figures[f"{load}, median"])
    lost = max(run["lost"] for run in runs)
    yield Result("Ballots lost, or counted twice", "", lost, Target("figure", 0))
    yield Result(
        "The shared screen behind a phone, 95th percentile",
        "ms",
        figures["follows"],
        Target("figure", 300),
        note=f"median {figures['follows, median']:.0f} ms",
    )
    yield Result(
        f"{VISITORS:,} phones open the page at once, 95th percentile",
        "s",
        figures["open"] / 1000,
        Target("figure", 1.5),
    )
    yield Result(
        "Phones' memory, after all that", "MiB", figures["memory"], Target("figure", 60)
    )
    yield Result(
        "Phones left alone", "% of a core", figures["idle"], Target("figure", 0.5)
    )
