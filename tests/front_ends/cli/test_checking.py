"""`check` and `new` as an author meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dialogue_game.content.new_course import FIRST_STORY
from tests.program import PROGRAM, run

BAD = """\
format: 1
id: tale
kind: tutorial
title: A Tale
start: halll
scenes:
  hall:
    title: The hall
    text: You stand in it.
    choices:
      go: {text: Go., consequence: You go., goto: attic}
      stay: {text: Stay., consequence: You stay., goto: attic}
endings:
  attic: {kind: neutral, title: The attic, text: Dust.}
"""


@pytest.fixture
def bad(tmp_path: Path) -> str:
    (tmp_path / "tale.yaml").write_text(BAD)
    return str(tmp_path / "tale.yaml")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    assert run("new", str(tmp_path / "mine")).returncode == 0
    return tmp_path / "mine"


def test_a_finding_has_file_line_column_a_caret_and_did_you_mean(bad: str) -> None:
    done = run("check", bad)
    assert done.returncode == 1
    assert f"{bad}:5:8: error DG101" in done.stdout
    told = done.stdout.splitlines()
    caret = next(number for number, line in enumerate(told) if line.strip(" |") == "^")
    assert told[caret - 1][told[caret].index("^") :].startswith("halll")
    assert "Did you mean “hall”?" in done.stdout


def test_the_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "tale.yaml").write_text(BAD.replace("title: A Tale", "title: A: Tale"))
    done = run("check", str(tmp_path / "tale.yaml"))
    assert "tale.yaml could not be read; the rest is checked once" in (
        done.stdout + done.stderr
    )


def test_the_json_of_check_has_the_documented_keys(bad: str) -> None:
    data = json.loads(run("check", bad, "--format", "json").stdout)
    assert set(data["findings"][0]) == {
        "code",
        "severity",
        "file",
        "line",
        "column",
        "message",
        "advice",
    }
    shipped = json.loads(run("check", "omar", "--format", "json").stdout)
    assert not any(found["severity"] == "error" for found in shipped["findings"])
    omar = next(story for story in shipped["stories"] if story["id"] == "omar")
    assert set(omar) >= {
        "id",
        "scenes",
        "choices",
        "endings",
        "words",
        "roads",
        "marks",
    }
    assert set(omar["marks"]["overall"]) >= {"worst", "best", "exact"}
    assert len(omar["marks"]["guidelines"]) == 11
    assert omar["marks"]["overall"]["exact"] is True
    judged = omar["judgement"]
    shares = ["one_above_zero", "best_without_cost", "best_longest", "dominated"]
    shares += [
        "last_options_differ_in_kind",
        "last_options_differ_by_two",
        "never_remembered",
    ]
    assert all(0 <= judged[name] <= 1 for name in shares)
    assert isinstance(judged["good_below_50"], int)
    assert isinstance(judged["poor_above_65"], int)
    places = {
        "first",
        "second",
        "last",
        "longest",
        "shortest",
        "neither_first_nor_longest",
    }
    stances = {"consult", "retreat", "bold", "wait", "act"}
    assert set(judged["habits"]) == places | stances
    assert set(judged["habits"]["wait"]) >= {"offered", "earns", "best", "worst"}


def test_annotations_for_a_code_host(bad: str) -> None:
    done = run("check", bad, "--format", "github")
    assert done.stdout.startswith(f"::error file={bad},line=5,col=8,title=DG101::")


def test_warnings_fail_only_strictly(course: Path) -> None:
    story = course / FIRST_STORY
    text = story.read_text().replace("variables: {", "variables: {unread: 1, ")
    story.write_text(text)
    assert run("check", str(course)).returncode == 0
    done = run("check", str(course), "--strict")
    assert done.returncode == 1
    assert "DG205" in done.stdout


def test_a_new_course_checks_clean_and_plays(course: Path) -> None:
    done = run("check", str(course), "--strict")
    assert (done.returncode, done.stdout) == (0, "")
    played = run("play", str(course / FIRST_STORY), "--plain", "--pick", "1,2")
    assert played.returncode == 0
    assert "The end: " in played.stdout
    assert run("play", str(course), "--plain", "--pick", "1").returncode == 0


def test_a_new_course_never_writes_over_anything(course: Path) -> None:
    before = {path.name: path.read_bytes() for path in course.iterdir()}
    done = run("new", str(course))
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert {path.name: path.read_bytes() for path in course.iterdir()} == before


def test_the_report_gives_the_figures_in_words() -> None:
    said = run("check", "omar", "--report").stdout
    for part in (
        "random players earn",
        "by kind of ending",
        "reading level",
        "always the …",
    ):
        assert part in said


def test_random_plays_are_the_same_for_a_seed() -> None:
    first, again = (
        run("check", "how_to_play", "--play", "50", "--seed", "7") for _ in range(2)
    )
    assert first.stdout == again.stdout
    assert "50 random plays with seed 7 met scenes" in first.stdout


@pytest.mark.parametrize(
    "arguments",
    [["check", "nowhere"], ["check", "--play", "0"], ["check", "--format", "xml"]],
)
def test_what_cannot_be_checked_is_a_usage_error(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00\x01\x02" * 50,
        b"[" * 100_000,
        b"a: &x [*x]",
        b"- 1\n- 2",
    ],
    ids=["empty", "wrong encoding", "binary", "deep", "aliases", "a list"],
)
def test_a_broken_file_is_told_and_not_played(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tale.yaml"
    file.write_bytes(content)
    checked, played = run("check", str(file)), run("play", str(file), "--plain")
    assert checked.returncode == played.returncode == 1
    assert "error DG" in checked.stdout
    assert "cannot be played" in played.stderr
    assert "Traceback" not in checked.stderr + played.stderr


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "tale.yaml"
    with file.open("wb") as huge:
        huge.truncate(100_000_000)
    done = run("check", str(file))
    assert done.returncode == 1
    assert "DG006" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_watching_checks_again_at_each_save(bad: str, tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    with (
        told.open("w") as sink,
        subprocess.Popen(
            (*PROGRAM, "check", bad, "--watch"), stdout=subprocess.DEVNULL, stderr=sink
        ) as watching,
    ):
        try:
            assert comes(told, "1 error")
            Path(bad).write_text(BAD.replace("halll", "hall"))
            assert comes(told, "1 warning")
            watching.send_signal(signal.SIGINT)
            assert watching.wait(30) == 130
        finally:
            watching.kill()


def comes(file: Path, words: str) -> bool:
    """Whether these words come to stand in a file, within a generous while."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if words in file.read_text():
            return True
        time.sleep(0.05)
    return False


def test_the_program_is_found_by_its_module_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dialogue_game", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("dialogue-game ")


def test_figures_as_data_hold_the_reading_grade_where_it_is_asked_for() -> None:
    plain = json.loads(run("check", "how_to_play", "--format", "json").stdout)[
        "stories"
    ][0]
    asked = json.loads(
        run("check", "how_to_play", "--format", "json", "--report").stdout
    )
    assert plain["reading_grade"] is None
    assert 0 < asked["stories"][0]["reading_grade"] < 9
    page = Path("docs/machine.md").read_text(encoding="utf-8")
    assert [key for key in plain if f"`{key}`" not in page] == []
