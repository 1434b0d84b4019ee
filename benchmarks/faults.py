"""Kills, damage and strangers: `uv run python -m benchmarks.faults [PART …] [--record]`.

Commands are killed at random moments, journals damaged, record stores misbehave and run files are
crafted, all by a fixed seed and on this machine alone. Nothing may be lost, no traceback shown,
nothing hang above 30 seconds or grow above 500 MB. With `--record` the result is written to
`benchmarks/results/faults.md`. Linux; about six minutes on two idle cores.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from subprocess import Popen
from typing import Final

SEED: Final = 20231122
LONGEST: Final = 30.0
LARGEST: Final = 500.0
PROGRAM: Final = (sys.executable, "-m", "dialogue_game")
PLAYED: Final = ("play", "how_to_play", "--json", "--keep")
PARTS: Final = ("kills", "damages", "stores", "runs")
COMMAND: Final = "uv run --group dev python -m benchmarks.faults --record"
RESULT: Final = Path(__file__).parent / "results" / "faults.md"


@dataclass
class Child:
    """One process that ended: how, what it said, what it took."""

    code: int
    said: bytes
    seconds: float
    megabytes: float


@dataclass
class Tally:
    """What came of the trials of one part."""

    name: str
    trials: int = 0
    lost: int = 0
    tracebacks: int = 0
    hangs: int = 0
    large: int = 0
    slowest: float = 0.0
    peak: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, about: str, child: Child, *lost: str) -> None:
        """One trial, and what was lost in it."""
        self.trials += 1
        self.slowest = max(self.slowest, child.seconds)
        self.peak = max(self.peak, child.megabytes)
        found = {
            "lost": bool(lost),
            "tracebacks": b"Traceback" in child.said or child.code == 3,
            "hangs": child.seconds > LONGEST,
            "large": child.megabytes > LARGEST,
        }
        for name, is_so in found.items():
            if is_so:
                setattr(self, name, getattr(self, name) + 1)
                said = child.said[-300:].decode("utf-8", "replace")
                self.wrong.append(
                    f"{self.name}, {about}: {name}; {' '.join(lost)} {said}"
                )

    @property
    def row(self) -> str:
        """The line of the table."""
        counts = f"{self.trials:,} | {self.lost} | {self.tracebacks} | {self.hangs} | {self.large}"
        return f"| {self.name} | {counts} | {self.slowest:.1f} s | {self.peak:.0f} MB |"


def waited(process: Popen[bytes] | int, said: Path, *, waits: bool = False) -> Child:
    """A process until it ends, or is ended; what it said stands in a file."""
    number = process if isinstance(process, int) else process.pid
    begun = time.monotonic()
    while True:
        done, status, used = os.wait4(number, os.WNOHANG)
        if done:
            break
        if time.monotonic() - begun > (LONGEST + 5 if waits else 20 * LONGEST):
            os.kill(number, signal.SIGKILL)
            waits = True
        time.sleep(0.005)
    if not isinstance(process, int):
        process.returncode = os.waitstatus_to_exitcode(status)
    # The wait, where waiting is what may go wrong; else the work, whoever shares the machine.
    work = used.ru_utime + used.ru_stime
    taken = time.monotonic() - begun if waits else work
    return Child(
        os.waitstatus_to_exitcode(status),
        said.read_bytes(),
        taken,
        used.ru_maxrss / 1024,
    )


def started(
    arguments: Sequence[str], folder: Path, answers: str, **extra: str
) -> Popen[bytes]:
    """The program in a folder, with `home` in it as its data folder; it talks into `said`."""
    (folder / "answers").write_text(answers, encoding="utf-8")
    environment = {**os.environ, "DIALOGUE_GAME_HOME": str(folder / "home"), **extra}
    with (folder / "answers").open("rb") as given, (folder / "said").open("wb") as said:
        return Popen(  # noqa: S603 - our own program
            (*PROGRAM, *arguments), cwd=folder, stdin=given, stdout=said, stderr=said,
            env=environment,
        )  # fmt: skip


def ran(
    arguments: Sequence[str], folder: Path, answers: str = "", **extra: str
) -> Child:
    """The program, left to end by itself."""
    process = started(arguments, folder, answers, **extra)
    return waited(process, folder / "said", waits=arguments[0] == "send")


def kept(folder: Path) -> dict[str, int]:
    """The streams of a journal and how many events of each can be read. Raises JournalError."""
    from dialogue_game.journal.sqlite_store import SqliteStore

    store = SqliteStore(folder / "home" / "journal.sqlite")
    try:
        return {info.id: len(store.read(info.id)) for info in store.streams()}
    finally:
        store.close()


COMMANDS: Final = (
    ("play how_to_play --json --keep", "1\n1\n1\n1\n"),
    ("play how_to_play --plain --keep", "1\n\n1\n\n1\n\n"),
    ("play omar --json", "1\n1\n1\n1\n1\n1\n"),
    ("replay newest --at 1 --json", "2\n1\n1\n"),
    (
        "facilitate omar --json --headcount 6",
        "next\nnext\nnext\ntally a=4 b=2\nnext\nnext\n",
    ),
    ("list", ""),
    ("history", ""),
    ("history --export newest run.json", ""),
    ("compare newest newest", ""),
    ("export choices choices.csv", ""),
    ("export choices --format xapi statements.json", ""),
    ("export course --output page.html", ""),
    ("stats .", ""),
    ("page run newest run.html", ""),
    ("page story how_to_play story.html", ""),
    ("certificate certificate.html", ""),
    ("journal check", ""),
    ("journal repair", ""),
    ("journal where", ""),
    ("privacy show", ""),
    ("map how_to_play", ""),
    ("check", ""),
    ("review blind how_to_play --output blind", ""),
    ("review sheet omar", ""),
    ("new course", ""),
    ("schema", ""),
    ("settings theme contrast", ""),
    ("doctor", ""),
    ("completion bash", ""),
    ("session list", ""),
    ("session export --out session.md", ""),
    ("session kit kit omar", ""),
    ("companion --once", ""),
)
"""Every command but `send`, which has a part of its own, and `privacy wipe`, whose aim is loss."""
SIGNALS: Final = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)


def kills(tally: Tally, share: int, place: Path) -> None:
    """Every command killed sixteen times, at moments spread over the time that it takes."""
    with ThreadPoolExecutor(2) as workers:
        jobs = [
            workers.submit(_killed, number, command, answers, share, place)
            for number, (command, answers) in enumerate(COMMANDS)
        ]
        for job in jobs:
            for about, child, lost in job.result():
                tally.add(about, child, *lost)


def _killed(
    number: int, command: str, answers: str, share: int, place: Path
) -> list[tuple[str, Child, list[str]]]:
    """One command, killed again and again in a folder of its own, and then left to end."""
    folder = place / f"kill{number}"
    (folder / "home").mkdir(parents=True)
    ran(PLAYED, folder, "1\n1\n1\n1\n")
    ran(("facilitate", "omar", "--json"), folder, "next\nnext\n")
    arguments = command.split()
    begun = time.monotonic()
    whole = ran(arguments, folder, answers)
    usual = time.monotonic() - begun
    chance = random.Random(SEED + number)  # noqa: S311 - the same moments at every run
    found = [(f"{command}, not killed", whole, _lost(folder, {}, whole))]
    for turn in range(16 // share):
        before = kept(folder)
        _tidied(folder)
        process = started(arguments, folder, answers)
        time.sleep(chance.uniform(0.02, usual))
        os.kill(
            process.pid, SIGNALS[turn % len(SIGNALS)]
        )  # Popen's own would take its result
        child = waited(process, folder / "said")
        found.append((f"{command}, killed", child, _lost(folder, before, child)))
    if command.startswith("new"):  # half a folder must not be in the way of another try
        again = ran(arguments, folder, answers)
        usable = again.code == 0 or ran(("check", "course"), folder).code == 0
        found.append((f"{command}, again", again, [] if usable else ["no second try"]))
    return found


def _tidied(folder: Path) -> None:
    """Without what an earlier turn wrote."""
    from shutil import rmtree

    for path in folder.iterdir():
        if path.name not in ("home", "answers", "said"):
            rmtree(path) if path.is_dir() else path.unlink()


def _lost(folder: Path, before: dict[str, int], child: Child) -> list[str]:
    """What is gone or was left behind: events, choices that were confirmed, half files."""
    from dialogue_game.journal.recovery import diagnose

    lost = [wrong] if (wrong := diagnose(folder / "home" / "journal.sqlite")) else []
    after = kept(folder)
    lost += [
        f"of {name} {n} events were"
        for name, n in before.items()
        if after.get(name, 0) < n
    ]
    told = child.said.count(b'{"consequence"')
    new = [length for name, length in after.items() if name not in before]
    if before and told and max(new, default=0) < told + 1:
        lost.append(f"{told} choices were confirmed, {new} kept")
    return lost + [f"left {path.name}" for path in folder.rglob(".*.new")]


def damages(tally: Tally, share: int, place: Path) -> None:
    """Journals with flipped bits, torn ends, zeroed and foreign stretches: repaired, then read."""
    import shutil

    from tests.journal.test_recovery import written

    whole = written(place / "whole.sqlite").read_bytes()
    for number in range(1_000 // share):
        path = place / "damage" / "journal.sqlite"
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        path.write_bytes(_damaged(whole, random.Random(SEED + number)))  # noqa: S311 - fixed
        child = forked(partial(_repaired, path), place)
        lost = [] if child.code != 1 else [child.said.decode("utf-8", "replace")]
        tally.add(f"damage {number}", child, *lost)


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    at, length = chance.randrange(len(data)), chance.choice((16, 512, 4096, 9000))
    match chance.randrange(8):
        case 0:
            return bytes(data[:at])
        case 1:
            data[at : at + length] = bytes(len(data[at : at + length]))
        case 2:
            data[at : at + length] = chance.randbytes(len(data[at : at + length]))
        case 3:
            return bytes(data[:at] + data[at + length :])
        case _:
            for _ in range(chance.choice((1, 1, 2, 5, 20))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _repaired(path: Path) -> int:
    """Repair a journal as the command does; 1 where a run that SQLite still gave is not whole."""
    from tests.journal.test_recovery import RUNS, kept, readable, road

    from dialogue_game.errors import DialogueGameError
    from dialogue_game.journal.codec import CODEC
    from dialogue_game.journal.recovery import beside, diagnose, repair

    damaged = path.read_bytes()
    there = readable(path)
    try:
        done = repair(path, datetime.now(UTC)) if diagnose(path) else None
        found = kept(path) if path.exists() else {}
    except (
        DialogueGameError
    ) as error:  # another program's file, or a later version's: left alone
        sys.stdout.write(str(error))
        return 0 if path.read_bytes() == damaged else 1
    lost = [
        name
        for name, number in RUNS.items()
        if there.get(name) == [(number, CODEC.encode(event)) for event in road(number)]
        and found.get(name) != road(number)
    ]
    aside = done is None or beside(path)[0].read_bytes() == damaged
    sys.stdout.write(f"lost {lost}, beside {aside}")
    return 1 if lost or not aside else 0


def forked(work: Callable[[], int], place: Path) -> Child:
    """Work done by a copy of this process, which has everything imported, and measured alone."""
    said = place / "forked"
    sys.stdout.flush()
    number = os.fork()
    if number:
        return waited(number, said)
    code = 3
    try:
        with said.open("wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        code = work()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def stores(tally: Tally, _share: int, place: Path) -> None:
    """`send` to record stores that never end, never stop, take nothing or answer nonsense."""
    from benchmarks.hostile_stores import BEHAVIOURS, serving

    def tried(number: int, name: str) -> tuple[str, Child, list[str]]:
        folder = place / f"store{number}"
        (folder / "home").mkdir(parents=True)
        ran(PLAYED, folder, "1\n1\n1\n1\n")
        with serving(BEHAVIOURS[name]) as address:
            told = {"": address, "_KEY": "key", "_SECRET": "a secret"}
            extra = {
                f"DIALOGUE_GAME_RECORD_STORE{part}": value
                for part, value in told.items()
            }
            child = ran(("send", "--yes"), folder, **extra)
        lost = [] if sum(kept(folder).values()) >= 4 else ["the run"]
        if b"\x1b" in child.said or b"a secret" in child.said:
            lost.append("escape codes or the secret told")
        return name, child, lost

    with ThreadPoolExecutor(12) as workers:
        for name, child, lost in workers.map(tried, range(len(BEHAVIOURS)), BEHAVIOURS):
            tally.add(name, child, *lost)


def runs(tally: Tally, share: int, place: Path) -> None:
    """`compare` with a run file that somebody has crafted."""
    from benchmarks.crafted_runs import crafted
    from dialogue_game import __main__ as program

    folder = place / "runs"
    (folder / "home").mkdir(parents=True)
    ran(PLAYED, folder, "1\n1\n1\n1\n")
    ran(("history", "--export", "newest", "run.json"), folder)
    os.environ["DIALOGUE_GAME_HOME"] = str(folder / "home")
    file = folder / "crafted.json"
    sys.argv = ["dialogue-game", "compare", "newest", str(file)]
    used = forked(
        lambda: sys.stdout.write(" ".join(sys.modules) * (program.main() >= 0)), place
    )
    for name in used.said.decode().split():
        if name.startswith(("dialogue_game.", "msgspec", "click.")):
            import_module(name)
    for about, content in crafted(
        (folder / "run.json").read_bytes(), SEED, 1_000 // share
    ):
        file.write_bytes(content)
        child = forked(program.main, place)
        lost = ["escape codes told"] if b"\x1b" in child.said else []
        tally.add(about, child, *lost)


def main(arguments: Sequence[str]) -> int:
    """The parts that were asked for; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faults", description=__doc__
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--share", type=int, default=1, help="Only every n-th trial.")
    parser.add_argument("--record", action="store_true", help="Write the result down.")
    options = parser.parse_args(arguments)
    begun, tallies = time.monotonic(), []
    with tempfile.TemporaryDirectory() as place:
        for name in options.parts or PARTS:
            tally = Tally(name)
            globals()[name](tally, options.share, Path(place))
            sys.stderr.write(f"{tally.row}\n")
            tallies.append(tally)
    told = _told(tallies, time.monotonic() - begun)
    sys.stdout.write("\n".join(told) + "\n")
    wrong = [line for tally in tallies for line in tally.wrong]
    sys.stdout.write("\n".join(wrong) + "\n" * bool(wrong))
    if options.record:
        RESULT.write_text(
            "\n".join([*told, "", *wrong]).rstrip() + "\n", encoding="utf-8"
        )
    return 1 if wrong else 0


def _told(tallies: Iterable[Tally], taken: float) -> list[str]:
    heading = "| Part | Trials | Lost | Tracebacks | Above 30 s | Above 500 MB | Slowest | Peak |"
    return [
        "# Kills, damage and strangers",
        "",
        f"`{COMMAND}`, {datetime.now(UTC):%d %B %Y}, {taken / 60:.0f} minutes on two cores.",
        "",
        heading,
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        *(tally.row for tally in tallies),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
