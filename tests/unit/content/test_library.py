"""Finding courses: what a name or a path means, and what is said where it means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.content import library
from dialogue_game.errors import ContentInvalid, NotFound
from tests.unit.content.samples import LETTERS, letters, written


def test_the_shipped_course_is_there_and_opens() -> None:
    course = library.open_course(library.shipped_course())
    assert course.course.id == library.SHIPPED


def test_an_id_of_the_shipped_course_means_that_story() -> None:
    assert library.resolve("how_to_play") == (library.shipped_course(), "how_to_play")
    assert library.resolve(library.SHIPPED) == (library.shipped_course(), "")


def test_a_folder_means_its_course(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    assert library.resolve(str(folder)) == (folder, "")


@pytest.mark.parametrize(
    ("file", "story"),
    [
        ("reference_letter.yaml", "reference_letter"),
        ("reference_letter.walks.yaml", "reference_letter"),
        ("course.yaml", ""),
        ("guidelines.yaml", ""),
    ],
)
def test_a_file_of_a_course_means_the_course_and_its_story(
    file: str, story: str
) -> None:
    assert library.resolve(str(LETTERS / file)) == (LETTERS, story)


def test_a_lone_file_means_itself(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert library.resolve(str(path)) == (path, "small")
    assert library.open_course(path).story("small").title == "The title"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean “how_to_play”"):
        library.resolve("how_to_paly")


@pytest.mark.parametrize("name", ["", "x" * 5_000, "a\0b", "../../nowhere", "zzz"])
def test_any_other_name_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        library.resolve(name)


def test_a_folder_without_a_course_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"course\.yaml"):
        library.resolve(str(tmp_path))


def test_a_course_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        library.open_course(tmp_path / "gone")


def test_a_course_with_errors_says_how_many_and_where_to_see_them(
    tmp_path: Path,
) -> None:
    folder = letters(tmp_path)
    (folder / "course.yaml").write_text(
        "format: 1\ntitle: 5\nid: Letters\n", encoding="utf-8"
    )
    with pytest.raises(ContentInvalid) as caught:
        library.open_course(folder)
    assert "2 errors" in caught.value.message
    assert f"dialogue-game check {folder}" in caught.value.next_step
    assert len(caught.value.findings) == 2


def test_a_story_with_errors_says_so_when_it_is_opened(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    path = folder / "shared_folder.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("start: folder", "start: folders"), encoding="utf-8")
    course = library.open_course(folder)
    assert course.story("reference_letter").title == "The Reference Letter"
    with pytest.raises(ContentInvalid, match="1 error") as caught:
        course.story("shared_folder")
    assert str(path) in caught.value.next_step


def test_a_story_that_is_unknown_or_still_to_come_is_not_found() -> None:
    course = library.open_course(LETTERS)
    with pytest.raises(NotFound, match="Did you mean “shared_folder”"):
        course.story("shared_folders")
    with pytest.raises(NotFound, match="not written yet"):
        course.story("the_interview")


def test_pictures_of_a_course_of_ones_own_are_in_its_own_folder() -> None:
    assert library.open_course(LETTERS).assets == LETTERS / "assets"
