"""The journal: appending with full sync, resuming after 10,000 events, a long history."""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from dataclasses import asdict
from io import FileIO
from pathlib import Path

from benchmarks import stories
from benchmarks.measure import Result, Target, compared, in_turns, percentile
from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, PlayEvent
from dialogue_game.core.story import Story
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.journal.store import Summary

APPENDS, BURST = 400, 50
BLOCK = bytes(4096)
EVENTS = 10_000
HISTORY = 5_000
SUMMARY: Summary = {
    "story": "measured",
    "edition": "e" * 40,
    "ending": "",
    "choices": 7,
    "percent": 66,
}


def measure(rounds: int = 21) -> list[Result]:
    """All of the journal, in the folder where this project stands: a disk, not a memory file."""
    here = Path(__file__).resolve().parent.parent / ".benchmarks"
    here.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here) as folder:
        return [
            *appending(Path(folder)),
            *resuming(Path(folder), rounds),
            history(Path(folder)),
        ]


def appending(folder: Path) -> list[Result]:
    """One event a transaction, beside writing one block to a file and syncing that."""
    store = SqliteStore(folder / "append.sqlite")
    store.create("run", "playthrough", [], 0, SUMMARY)
    ours: list[float] = []
    theirs: list[float] = []
    with (folder / "plain").open("wb", buffering=0) as file:
        for number in range(0, APPENDS, BURST):
            # In bursts: each sync of one file makes the next sync of the other one slower.
            ours += [append(store, number + turn) for turn in range(BURST)]
            theirs += [append_block(file) for _ in range(BURST)]
    store.close()
    pairs = list(zip(ours, theirs, strict=True))
    name, bound = "Journal append, 95th percentile", Target("figure", 5)
    slow = Result(
        name, "ms", percentile(ours, 95), bound, theirs=percentile(theirs, 95)
    )
    return [
        compared("Journal append, median", "ms", pairs, None, "one block and fsync"),
        slow,
    ]


def append(store: SqliteStore, number: int) -> float:
    """Milliseconds for one choice on the disk."""
    began = time.perf_counter()
    store.append("run", [ChoiceMade("scene", "choice")], number, number, SUMMARY)
    return (time.perf_counter() - began) * 1000


def append_block(file: FileIO) -> float:
    """Milliseconds for one block on the disk."""
    began = time.perf_counter()
    file.write(BLOCK)
    os.fsync(file.fileno())
    return (time.perf_counter() - began) * 1000


def resuming(folder: Path, rounds: int) -> list[Result]:
    """Read a stream, fold it, build the situation; beside json.loads of the same lines."""
    story = stories.compiled(stories.plain(480, loop=True))
    events = long_path(story)
    store = SqliteStore(folder / "resume.sqlite")
    store.create("run", "playthrough", events, 0, SUMMARY)
    lines = [json.dumps(asdict(event)) for event in events]

    def ours() -> float:
        began = time.perf_counter()
        found = [recorded.event for recorded in store.read("run")]
        engine.situation(story, engine.replay(story, found))  # type: ignore[arg-type]
        return (time.perf_counter() - began) * 1000

    def reading() -> float:
        began = time.perf_counter()
        store.read("run")
        return (time.perf_counter() - began) * 1000

    def theirs() -> float:
        began = time.perf_counter()
        for line in lines:
            json.loads(line)
        return (time.perf_counter() - began) * 1000

    name = f"Resume after {EVENTS:,} events"
    whole = in_turns(ours, theirs, rounds)
    part = in_turns(reading, theirs, rounds)
    store.close()
    return [
        compared(name, "ms", whole, Target("figure", 50), "json.loads of them"),
        compared("of which reading them", "ms", part, None, "json.loads of them"),
    ]


def long_path(story: Story) -> list[PlayEvent]:
    """A playthrough that goes round and round."""
    chance = random.Random(stories.SEED)  # noqa: S311 - the same road at every run
    events = list(engine.begin(story))
    state = engine.replay(story, events)
    while len(events) < EVENTS:
        made = engine.decide(story, state, chance.choice("abc"))
        for event in made:
            state = engine.evolve(story, state, event)
        events += made
    return events


def history(folder: Path) -> Result:
    """The list of many playthroughs, read by a process that has just opened the journal."""
    store = SqliteStore(folder / "history.sqlite")
    began = store.streams()
    for number in range(HISTORY):
        store.create(
            f"run{number:05}", "playthrough", [ChoiceMade("a", "b")], number, SUMMARY
        )
    store.close()
    times = []
    for _ in range(7):
        before = time.perf_counter()
        began = store.streams("playthrough")
        times.append((time.perf_counter() - before) * 1000)
        store.close()
    assert len(began) == HISTORY  # noqa: S101 - measuring nothing would be fast, too
    name = f"List of {HISTORY:,} playthroughs, opening included"
    return Result(name, "ms", percentile(times, 50), Target("figure", 300))
