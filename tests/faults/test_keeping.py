"""Kind: what is kept, while disks fill, other processes delete, and programs are killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dialogue_game.app import files
from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.records.attempts import Records
from dialogue_game.app.records.exporting import exported
from dialogue_game.cli.main import cli
from dialogue_game.cli.output import run_guarded
from dialogue_game.content.new_course import write_starter
from dialogue_game.errors import DialogueGameError, JournalFull
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.sqlite_store import SqliteStore
from tests.faults.test_command_line import run
from tests.program import Conversation


@pytest.mark.parametrize("by", ["history --delete", "privacy wipe"])
def test_a_run_that_is_deleted_while_it_is_played_goes_on_unsaved(
    tmp_path: Path, by: str
) -> None:
    playing = Conversation(
        "play", "how_to_play", "--json", DIALOGUE_GAME_HOME=str(tmp_path)
    )
    name = playing.read()[1]["playthrough"]
    playing.write("1")
    assert [playing.read()[0], playing.read()[0]] == ["consequence", "situation"]
    command = (
        ("history", "--delete", name)
        if by == "history --delete"
        else ("privacy", "wipe")
    )
    assert run(*command, "--yes", home=tmp_path).returncode == 0
    said = []
    for answer in ("1", "1"):
        playing.write(answer)
        said.append(playing.read())
    playing.process.communicate(timeout=30)
    assert playing.process.returncode == 0
    assert said[0][0] == "error"
    assert said[0][1]["message"].startswith("This playthrough was deleted while it was")
    assert said[1][0] == "consequence"
    assert json.loads(run("history", "--json", home=tmp_path).stdout) == []


def test_a_folder_of_data_is_the_users_alone_whoever_makes_it_first(
    tmp_path: Path,
) -> None:
    home = tmp_path / "new" / "home"
    previous = os.umask(0o022)
    try:
        assert run("settings", "theme", "light", home=home).returncode == 0
        assert run("list", home=home).returncode == 0
    finally:
        os.umask(previous)
    for folder in (home, home / "cache", home / "cache" / "courses"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "settings.json").stat().st_mode) == 0o600


@pytest.mark.skipif(
    not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name"
)
def test_a_program_that_is_killed_while_it_writes_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    script = (
        "import sys, time; from pathlib import Path; from dialogue_game.app.files import *\n"
        "def pieces():\n"
        "    yield 'secret ' * 100_000\n"
        "    print('half', flush=True)\n"
        "    time.sleep(60)\n"
        "write_whole(Path(sys.argv[1]), pieces())\n"
    )
    target = tmp_path / "out" / "table.csv"
    target.parent.mkdir()
    writing = subprocess.Popen(
        (sys.executable, "-c", script, str(target)), stdout=subprocess.PIPE, text=True
    )
    assert writing.stdout is not None
    assert writing.stdout.readline() == "half\n"
    os.kill(writing.pid, signal.SIGKILL)
    writing.wait(10)
    writing.stdout.close()
    assert list(target.parent.iterdir()) == []


def broken_pieces() -> Iterator[str]:
    yield "half"
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    "named", [False, True], ids=["without a name", "beside its place"]
)
def test_a_file_that_cannot_be_finished_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    if named:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    file = tmp_path / "kept.txt"
    files.write_whole(file, ["before"])
    with pytest.raises(OSError, match="No space left"):
        files.write_whole(file, broken_pieces(), force=True)
    with pytest.raises(FileExistsError):
        files.write_whole(file, ["after"])
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert file.read_text(encoding="utf-8") == "before"
    files.write_whole(file, ["after"], force=True)
    assert file.read_text(encoding="utf-8") == "after"


def test_a_course_that_cannot_be_written_whole_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "course"
    write = Path.write_text

    def full(path: Path, *given: object, **named: object) -> int:
        if path.name == "references.yaml":
            raise OSError(28, "No space left on device")
        return write(path, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(DialogueGameError, match="No space left on device"):
            write_starter(folder, {})
    assert list(tmp_path.iterdir()) == []
    assert len(write_starter(folder, {"more.json": "{}"})) > 4


def test_a_folder_that_a_killed_new_left_is_finished_and_no_other(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "course"
    whole = write_starter(folder, {})
    with pytest.raises(DialogueGameError, match="not empty"):
        write_starter(folder, {})
    (folder / "course.yaml").write_text("", encoding="utf-8")
    story = folder / "first_story.yaml"
    text = story.read_text(encoding="utf-8")
    story.write_text(text[:100], encoding="utf-8")
    assert write_starter(folder, {}) == whole
    assert story.read_text(encoding="utf-8") == text
    (folder / "course.yaml").unlink()
    (folder / "notes.txt").touch()
    with pytest.raises(DialogueGameError, match="not empty"):
        write_starter(folder, {})


def test_one_cache_serves_many_data_folders(tmp_path: Path) -> None:
    built = []
    for name in ("one", "two", "three"):
        places = {"HOME": tmp_path / name, "CACHE": tmp_path / "cache"}
        open_game(
            environment={f"DIALOGUE_GAME_{key}": str(at) for key, at in places.items()},
            before_building=lambda: built.append(1),
        )
    assert len(built) == 1


@pytest.fixture
def a_small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB, where root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if not mounted or mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield place
    finally:
        for _ in range(20):
            done = subprocess.run(
                ["umount", str(place)], check=False, capture_output=True
            )
            if not done.returncode:
                break
            time.sleep(0.1)


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with suppress(OSError):
        descriptor = os.open(disk / "filler", os.O_CREAT | os.O_WRONLY)
        while os.write(descriptor, b"x" * 4096):
            pass
    with suppress(OSError, UnboundLocalError):
        os.close(descriptor)


def test_a_journal_on_a_full_disk_is_still_listed_and_exported(
    a_small_disk: Path, tmp_path: Path
) -> None:
    run("play", "how_to_play", "--json", "--keep", "--pick", "1", home=a_small_disk)
    fill(a_small_disk)
    assert len(json.loads(run("history", "--json", home=a_small_disk).stdout)) == 1
    table = tmp_path / "choices.csv"
    assert run("export", "choices", str(table), home=a_small_disk).returncode == 0
    assert len(table.read_text(encoding="utf-8").splitlines()) == 2
    done = run("play", "how_to_play", "--json", home=a_small_disk, answers="1\n")
    assert "nothing is being saved" in done.stderr
    assert run("journal", "check", home=a_small_disk).returncode == 0


def test_what_a_killed_program_left_in_the_log_is_read_on_a_full_disk(
    a_small_disk: Path,
) -> None:
    killed = Conversation(
        "play", "how_to_play", "--json", DIALOGUE_GAME_HOME=str(a_small_disk)
    )
    killed.read()
    killed.write("1")
    killed.read()
    killed.process.kill()
    killed.process.communicate()
    assert (a_small_disk / "journal.sqlite-wal").stat().st_size > 0
    (a_small_disk / "journal.sqlite-shm").unlink()  # as after a restart of the machine
    fill(a_small_disk)
    assert len(json.loads(run("history", "--json", home=a_small_disk).stdout)) == 1
    assert run("journal", "check", home=a_small_disk).returncode == 0


ASKED = (
    "history", "history --json", "session list", "export choices", "certificate", "send",
    "map omar --mine", "page run newest", "companion --once", "replay newest",
    "compare newest newest",
)  # fmt: skip


def test_a_journal_that_cannot_be_read_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_HOME", str(tmp_path))
    store = SqliteStore(tmp_path / "journal.sqlite")
    store.put_setting("a", "b")
    store.close()
    with closing(sqlite3.connect(store.path)) as later:
        later.execute("PRAGMA user_version = 99")
        names = [(number, "later") for number in range(50, 99)]
        later.executemany("INSERT INTO migrations VALUES (?, ?)", names)
        later.commit()
    for asked in ASKED:
        assert run_guarded(cli, asked.split()) == 2
        said = capsys.readouterr()
        assert said.out == "", asked
        assert "written by a later version" in said.err, asked


def test_a_session_is_led_unsaved_where_the_disk_is_full(a_small_disk: Path) -> None:
    fill(a_small_disk)
    done = run(
        "facilitate", "omar", "--json", home=a_small_disk, answers="next\nquit\n"
    )
    assert done.returncode == 0
    assert "nothing is being saved" in done.stderr
    assert len(done.stdout.splitlines()) >= 4


def test_an_export_needs_no_room_in_the_journal(tmp_path: Path) -> None:
    class Full(InMemoryStore):
        """A journal that takes no setting any more."""

        def put_setting(self, key: str, value: str) -> None:
            raise JournalFull("There is no room left.")

    game = open_game(keep=False, environment={"DIALOGUE_GAME_HOME": str(tmp_path)})
    game.store = Full()
    game.start("how_to_play").choose("ask_her")
    records = Records(game)
    rows = "".join(exported(records, "csv", records.streams())).splitlines()
    assert len(rows) == 2
    assert records.unkept_name
