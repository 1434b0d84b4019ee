"""A group led through stories of one's own: by paths, as they are played."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.front_ends.cli.driving import refused, run

FIRST = "first_story.yaml"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    run("new", str(tmp_path / "own"))
    return tmp_path / "own"


def lead(*arguments: str, answers: str = "next\nquit\n") -> str:
    return run("facilitate", "--plain", *arguments, answers=answers).stdout


@pytest.mark.parametrize("named", ["", FIRST])
def test_a_folder_and_a_file_are_led_and_come_back_to(course: Path, named: str) -> None:
    assert "The Poster" in lead(str(course / named))
    assert "Thursday, 15:10" in lead("--resume", answers="quit\n")
    record = run("session", "export").stdout
    assert "Scenarios: The Poster" in record
    companion = run("companion", "--once", "--plain").stdout
    assert "The Poster: minute" in companion


def test_a_story_alone_is_led() -> None:
    alone = Path(__file__).parents[2] / "samples" / "good" / "night_shift.yaml"
    assert "The Night Shift" in lead(str(alone))


def test_the_kit_is_of_the_course_that_is_named(course: Path, tmp_path: Path) -> None:
    run("session", "kit", str(tmp_path / "print"), str(course))
    script = (tmp_path / "print" / "script.html").read_text(encoding="utf-8")
    assert "The Poster" in script


def test_scenarios_of_two_courses_are_no_session(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = copytree(course, tmp_path / "other")
    said = refused(capsys, "facilitate", str(course / FIRST), str(other / FIRST))
    assert "of one course" in said


def test_a_course_that_was_moved_is_named_anew_and_its_record_is_there(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead(str(course), answers="next\nnext\nquit\n")
    moved = course.rename(tmp_path / "moved")
    assert "Name its course" in refused(capsys, "facilitate", "--plain", "--resume")
    assert "The Poster" in run("session", "export").stdout
    assert "Thursday, 15:10" in lead(str(moved), "--resume", answers="quit\n")
