"""Folders and files that may not be opened or written, on the real program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

SETPRIV = shutil.which("setpriv")
AS_OTHERS = ("--bounding-set=-dac_override,-dac_read_search",)
"""Root may open everything; without these two powers root's files are like anybody's."""


@pytest.fixture(autouse=True)
def _rights_count() -> None:
    if not hasattr(os, "geteuid") or (os.geteuid() == 0 and SETPRIV is None):
        pytest.skip(
            "rights do not hold for root, and there is no setpriv to give them up"
        )


@pytest.fixture
def locked() -> Iterator[Callable[[Path, int], Path]]:
    """Takes rights away, and gives them back in the end."""
    taken: list[Path] = []

    def lock(path: Path, mode: int) -> Path:
        path.chmod(mode)
        taken.append(path)
        return path

    yield lock
    for path in taken:
        path.chmod(0o700)


def run(
    home: Path | None,
    *arguments: str | Path,
    answers: str = "",
    code: int = 0,
    environment: Mapping[str, str] = os.environ,
) -> subprocess.CompletedProcess[str]:
    before = (str(SETPRIV), *AS_OTHERS) if os.geteuid() == 0 else ()
    done = subprocess.run(
        (*before, sys.executable, "-m", "dialogue_game", *map(str, arguments)),
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**environment, "DIALOGUE_GAME_HOME": str(home or "")},
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "went wrong" not in done.stderr
    return done


Lock = Callable[[Path, int], Path]


@pytest.mark.parametrize("mode", [0o000, 0o400, 0o500])
def test_a_home_that_is_closed_or_write_protected_still_plays(
    tmp_path: Path, locked: Lock, mode: int
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    locked(home, mode)
    done = run(home, "play", "omar", "--plain", answers="1\n")
    assert "You chose:" in done.stdout
    assert "nothing is being saved" in done.stderr
    assert "damaged" not in done.stderr
    ended = run(home, "play", "omar", "--json", answers="1\n")
    assert "paused" in json.loads(ended.stdout.splitlines()[-1])
    for asked in (("list",), ("privacy", "show")):
        run(home, *asked)
    run(
        home, "history", code=0 if mode == 0o500 else 2
    )  # what cannot be seen is not called empty
    refused = run(home, "settings", "theme", "light", code=2)
    assert f"Check the folder {home}." in refused.stderr


def test_a_journal_that_may_not_be_opened_is_left_where_it_is(
    tmp_path: Path, locked: Lock
) -> None:
    run(tmp_path, "play", "omar", "--plain", answers="1\n")
    journal = locked(tmp_path / "journal.sqlite", 0o000)
    done = run(tmp_path, "play", "omar", "--plain", answers="1\n")
    assert f"The journal may not be opened: {journal}." in done.stderr
    assert [path.name for path in tmp_path.glob("journal*")] == [journal.name]
    journal.chmod(0o600)
    assert len(json.loads(run(tmp_path, "history", "--json").stdout)) == 1


def test_a_journal_that_may_not_be_written_is_read_and_said(
    tmp_path: Path, locked: Lock
) -> None:
    run(tmp_path, "play", "omar", "--plain", answers="1\n")
    locked(tmp_path / "journal.sqlite", 0o400)
    assert len(json.loads(run(tmp_path, "history", "--json").stdout)) == 1
    done = run(tmp_path, "play", "omar", "--plain", answers="1\n")
    assert "The journal may not be written" in done.stderr
    assert "You chose:" in done.stdout


def test_a_cache_that_may_not_be_written_or_read_is_done_without(
    tmp_path: Path, locked: Lock
) -> None:
    for mode in (0o000, 0o500):
        cache = tmp_path / "cache"
        cache.mkdir(exist_ok=True)
        locked(cache, mode)
        assert (
            "You chose:"
            in run(tmp_path, "play", "omar", "--plain", answers="1\n").stdout
        )


@pytest.mark.parametrize("command", [("check",), ("play", "--plain"), ("map",)])
def test_a_story_or_a_course_that_may_not_be_opened_says_so(
    tmp_path: Path, locked: Lock, command: tuple[str, ...]
) -> None:
    course = tmp_path / "course"
    run(tmp_path, "new", course)
    story = locked(course / "first_story.yaml", 0o000)
    said = run(tmp_path, *command, story, code=1)
    assert "permission denied" in said.stdout + said.stderr
    locked(course, 0o000)
    for path in (story, course):
        said = run(tmp_path, *command, path, code=2)
        assert f"“{path}” may not be opened: permission denied." in said.stderr


@pytest.mark.parametrize(
    "command",
    [("new", "closed/mine"), ("export", "closed/x.csv"), ("session", "kit", "closed/kit", "omar"),
     ("page", "story", "omar", "closed/x.html")],
    ids=" ".join,
)  # fmt: skip
def test_a_place_where_nothing_may_be_written_says_so(
    tmp_path: Path, locked: Lock, command: tuple[str, ...]
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    locked(closed, 0o500)
    target = [
        str(tmp_path / part) if part.startswith("closed") else part for part in command
    ]
    said = run(tmp_path, *target, code=2)
    assert str(closed) in said.stderr


def test_a_closed_folder_of_settings_alone_stops_nobody_from_playing(
    tmp_path: Path, locked: Lock
) -> None:
    names = ("CONFIG", "DATA", "CACHE", "STATE")
    folders = {f"XDG_{name}_HOME": str(tmp_path / name) for name in names}
    (tmp_path / "CONFIG").mkdir()
    locked(tmp_path / "CONFIG", 0o000)
    done = run(None, "--plain", answers="q\n", environment={**os.environ, **folders})
    assert "Left." in done.stdout
