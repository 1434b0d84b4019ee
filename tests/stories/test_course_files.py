"""Pictures that cannot be shown, files that nothing lists, names in two Unicode forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from dialogue_game.app.authoring.checking import check

STORY = """\
format: 1
id: ID
kind: aid
title: The Picture
start: desk
scenes:
  desk:
    title: Monday
    text: You look at it.
    exhibits:
      - photo: {file: NAME, alt: A wall in the sun.}
    choices:
      leave: {text: Go home., consequence: You go home at once., goto: home}
      stay: {text: Stay here., consequence: You stay where you are., goto: home}
endings:
  home: {kind: neutral, title: Home, text: You are home.}
"""
COURSE = """\
format: 1
id: a_course
title: A course
summary: One story.
notice: Made up.
stories: [one]
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "course.yaml").write_text(COURSE)
    Image.effect_noise((200, 200), 60).save(tmp_path / "assets" / "wall.png")
    tell(tmp_path, "one", "wall.png")
    return tmp_path


def tell(folder: Path, story: str, picture: str) -> None:
    text = STORY.replace("ID", story).replace("NAME", picture)
    (folder / f"{story}.yaml").write_text(text, encoding="utf-8")


def codes(course: Path) -> set[tuple[str, str, int]]:
    found = check([str(course)]).findings
    return {
        (n.code, Path(n.place.file).name, n.place.line)
        for n in found
        if n.code < "DG132"
    }


def test_a_course_with_its_picture_is_clean(course: Path) -> None:
    assert codes(course) == set()


@pytest.mark.parametrize("what", ["no picture", "cut off"])
def test_a_file_that_is_no_picture_or_cut_off_is_told_where_it_is_named(
    course: Path, what: str
) -> None:
    file = course / "assets" / "wall.png"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if what == "cut off" else b"hello")
    assert codes(course) == {("DG116", "one.yaml", 11)}


def test_a_picture_too_large_for_the_screen_is_told_and_a_phones_photo_is_not(
    course: Path,
) -> None:
    Image.new("L", (4624, 3468)).save(course / "assets" / "wall.png")
    assert codes(course) == set()
    Image.new("1", (9000, 9000)).save(course / "assets" / "wall.png")
    assert codes(course) == {("DG117", "one.yaml", 11)}


def test_a_picture_that_no_story_shows_is_a_note(course: Path) -> None:
    Image.new("L", (9, 9)).save(course / "assets" / "spare.png")
    assert codes(course) == {("DG118", "spare.png", 0)}


def test_a_name_in_another_unicode_form_is_told_as_that(course: Path) -> None:
    Image.new("L", (9, 9)).save(course / "assets" / "caf\u00e9.png")
    (course / "assets" / "wall.png").unlink()
    tell(course, "one", "cafe\u0301.png")
    assert codes(course) == {("DG119", "one.yaml", 11)}


def test_stories_and_walks_that_nothing_lists_are_told(course: Path) -> None:
    tell(course, "other", "wall.png")
    (course / "gone.walks.yaml").write_text("[]")
    assert codes(course) == {
        ("DG131", "course.yaml", 6),
        ("DG131", "gone.walks.yaml", 0),
    }
