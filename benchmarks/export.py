"""Ten thousand playthroughs carried out as a table, and the tables of a hundred people counted."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

from benchmarks.measure import Result, Target
from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.app.player import summary
from dialogue_game.app.settings import HOME_VARIABLE
from dialogue_game.core import engine
from dialogue_game.core.events import PlayEvent
from dialogue_game.core.story import Story
from dialogue_game.reporting.tables import COLUMNS

PLAYTHROUGHS = 10_000
PEOPLE = 100
STORY = "omar"
SEED = 20231122
STARTED = 1_767_604_353_120

WATCHED = """
import resource, subprocess, sys, time
began = time.perf_counter()
command = [sys.executable, "-m", "dialogue_game", *sys.argv[1:]]
done = subprocess.run(command, stdout=subprocess.DEVNULL)
taken = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(done.returncode, taken, peak / (1 if sys.platform == "darwin" else 1024))
"""


def measure(rounds: int = 3) -> list[Result]:
    """Both, from outside: from exec to the end of the process, and its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        home, tables = Path(folder) / "home", Path(folder) / "tables"
        fill(home)
        out = Path(folder) / "choices.csv"
        exporting = [
            watched(home, "export", str(out), "--force") for _ in range(rounds)
        ]
        share(out, tables)
        counting = [watched(home, "stats", str(tables)) for _ in range(rounds)]
    note = f"{PLAYTHROUGHS:,} playthroughs"
    return [
        *results("Export as CSV", note, exporting),
        *results("stats", f"{note}, {PEOPLE} people", counting),
    ]


def results(name: str, note: str, found: list[tuple[float, float]]) -> list[Result]:
    """The middle time and the largest memory."""
    taken = sorted(seconds for seconds, _ in found)[len(found) // 2]
    peak = max(megabytes for _, megabytes in found)
    return [
        Result(name, "s", taken, Target("figure", 10), note=note),
        Result(f"{name}, peak memory", "MB", peak, Target("figure", 200), note=note),
    ]


def watched(home: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one run of the program. Raises RuntimeError if it fails."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", WATCHED, *arguments],
        env={**os.environ, HOME_VARIABLE: str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, taken, peak = done.stdout.split()
    if code != "0":
        raise RuntimeError(done.stderr)
    return float(taken), float(peak)


def fill(home: Path) -> None:
    """A journal with so many random plays, their times a minute apart."""
    game = open_game(environment={HOME_VARIABLE: str(home)})
    told = game.story(STORY)
    game.store.keep_edition(told.edition, game.encode_edition(told))
    chance = random.Random(SEED)  # noqa: S311 - the same plays at every run
    for number in range(PLAYTHROUGHS):
        keep(game, told, random_path(told, chance), number)
    game.store.close()


def keep(game: Game, told: Story, events: list[PlayEvent], number: int) -> None:
    """One play in the journal."""
    state, at = engine.replay(told, events), STARTED + number * 60_000
    game.store.create(
        f"run{number:05}", "playthrough", events, at, summary(told, events, state, at)
    )


def random_path(told: Story, chance: random.Random) -> list[PlayEvent]:
    """The events of one random play."""
    events = list(engine.begin(told))
    state = engine.replay(told, events)
    while not state.ended:
        options = engine.available(told, state) or ("continue",)
        made = engine.decide(told, state, chance.choice(options))
        for event in made:
            state = engine.evolve(told, state, event)
        events += made
    return events


def share(table: Path, folder: Path) -> None:
    """The table given out among so many people, a file each."""
    folder.mkdir()
    header, *lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    place = list(COLUMNS).index("playthrough")
    runs = [
        list(group)
        for _, group in groupby(lines, key=lambda line: line.split(",")[place])
    ]
    for person in range(PEOPLE):
        mine = (line for run in runs[person::PEOPLE] for line in run)
        renamed = (f"p{person},{line.partition(',')[2]}" for line in mine)
        (folder / f"{person:03}.csv").write_text(
            header + "".join(renamed), encoding="utf-8"
        )


def main() -> None:
    """Show the figures."""
    for result in measure():
        verdict = "met" if result.met else "missed"
        sys.stdout.write(
            f"{result.name}: {result.ours:.2f} {result.unit} ({verdict})\n"
        )


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    sys.stdout.write(f"{time.perf_counter() - began:.0f} s in all\n")
