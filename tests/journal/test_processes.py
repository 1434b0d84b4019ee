"""Several copies of the game on one journal, and copies that are killed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from dialogue_game.core.events import PlaythroughStarted, Reflected
from dialogue_game.journal.sqlite_store import SqliteStore
from tests.journal.conftest import OpenStore

STARTED = PlaythroughStarted("omar", "e1")

# Appends one line after another, going on where the stream is, and says each once it is kept.
WRITER = """
import sys
from pathlib import Path
from dialogue_game.core.events import PlaythroughStarted, Reflected
from dialogue_game.errors import JournalBusy
from dialogue_game.journal.sqlite_store import SqliteStore

path, stream, name, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
store = SqliteStore(path, patience=30)
try:
    store.create(stream, "playthrough", [PlaythroughStarted("omar", "e1")], at=1)
except JournalBusy:
    pass
done = 0
while done < count:
    length = store.info(stream).length
    try:
        store.append(stream, [Reflected(f"{name} {done}")], length, length, {"n": length})
    except JournalBusy:
        continue
    print(f"{name} {done}", flush=True)
    done += 1
"""


def writer(path: Path, stream: str, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), stream, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> list[str]:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.splitlines()


def texts(store: SqliteStore, stream: str) -> list[str]:
    recorded = store.read(stream)
    assert [each.seq for each in recorded] == list(range(1, len(recorded) + 1))
    return [each.event.text for each in recorded if isinstance(each.event, Reflected)]


def test_what_was_acknowledged_survives_kill_9_and_nothing_is_doubled(
    path: Path, opened: OpenStore
) -> None:
    chance = random.Random(3)  # noqa: S311 - a fixed order, no secret
    promised: list[str] = []
    for round_ in range(8):
        process = writer(path, "p", f"round{round_}", 10_000)
        assert process.stdout is not None
        promised += [
            process.stdout.readline().strip() for _ in range(chance.randrange(1, 40))
        ]
        process.kill()
        # What it said before it died counts, too; a line torn by the kill does not.
        promised += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.stdout.close()
        process.wait()
        kept = texts(opened(), "p")
        assert len(set(kept)) == len(kept)
        # At most the one append under way when it died was kept without being said.
        unsaid = [text for text in kept if text not in set(promised)]
        assert [text for text in kept if text in set(promised)] == promised
        assert len(unsaid) <= round_ + 1
        assert opened().info("p").length == len(kept) + 1


def test_copies_on_different_streams_do_not_disturb_each_other(
    path: Path, opened: OpenStore
) -> None:
    processes = [writer(path, f"p{number}", f"w{number}", 40) for number in range(2)]
    for number, process in enumerate(processes):
        assert finished(process) == texts(opened(), f"p{number}")
    assert [info.length for info in opened().streams()] == [41, 41]


def test_copies_on_the_same_stream_take_turns_and_double_nothing(
    path: Path, opened: OpenStore
) -> None:
    processes = [writer(path, "p", f"w{number}", 40) for number in range(2)]
    said = [line for process in processes for line in finished(process)]
    kept = texts(opened(), "p")
    assert sorted(kept) == sorted(said)
    assert [text for text in kept if text.startswith("w0")] == [
        f"w0 {n}" for n in range(40)
    ]


def test_a_journal_may_be_begun_by_several_copies_at_once(
    path: Path, opened: OpenStore
) -> None:
    processes = [writer(path, f"p{number}", "w", 1) for number in range(4)]
    for process in processes:
        assert finished(process) == ["w 0"]
    assert sorted(info.id for info in opened().streams()) == ["p0", "p1", "p2", "p3"]


def test_a_reader_is_not_held_up_by_a_writer(path: Path, opened: OpenStore) -> None:
    store = opened()
    store.create("p", "playthrough", [STARTED], at=1)
    process = writer(path, "p", "w", 60)
    assert process.stdout is not None
    heard = []
    for line in process.stdout:
        heard.append(line.strip())
        assert texts(store, "p")[: len(heard)] == heard
    process.stdout.close()
    assert process.wait() == 0
    assert store.info("p").summary == json.loads('{"n": 60}')
