"""The compiled cache: the same course again, without YAML or pydantic, and never any trouble."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogue_game.content import cache, library
from dialogue_game.content.build_course import build_course
from dialogue_game.core.story import Story
from dialogue_game.errors import ContentInvalid
from tests.unit.content.samples import LETTERS, letters, written


def stories() -> list[Story]:
    return [
        built.story for built in build_course(LETTERS).stories.values() if built.story
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return letters(tmp_path)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def files(shelf: Path) -> list[Path]:
    return sorted(shelf.rglob("*.json"))


def test_a_kept_edition_is_the_same_story() -> None:
    for story in stories():
        again = cache.decode_edition(cache.encode_edition(story))
        assert again == story
        assert [type(v) for v in again.variables.values()] == [
            type(v) for v in story.variables.values()
        ]
        assert isinstance(again.scenes, dict)
        assert isinstance(again.resources, tuple)


@pytest.mark.parametrize("raw", [b"", b"nothing", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_bytes_that_are_no_edition_are_refused_in_words(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no kept edition"):
        cache.decode_edition(raw)


def test_what_comes_from_the_cache_equals_what_was_built(
    folder: Path, shelf: Path
) -> None:
    built = library.open_course(folder, cache_folder=shelf)
    kept = library.open_course(folder, cache_folder=shelf)
    assert kept.course == built.course
    assert kept.course.folder == str(folder)
    for name in ("how_to_play", "reference_letter", "shared_folder"):
        assert kept.story(name) == built.story(name)
        assert kept.story(name) is kept.story(name)


def test_home_reads_only_the_index(folder: Path, shelf: Path) -> None:
    library.open_course(folder, cache_folder=shelf)
    for path in files(shelf):
        if path.name != "course.json":
            path.unlink()
    assert library.open_course(folder, cache_folder=shelf).course.title == "Letters"


WARM = """\
import json, sys
from pathlib import Path
from dialogue_game.content import library
before = sorted(sys.modules)
course = library.open_course(Path(sys.argv[1]), cache_folder=Path(sys.argv[2]))
course.story("reference_letter")
heavy = {"yaml", "pydantic", "pydantic_core", "difflib", "textual", "sqlite3", "tempfile", "shutil"}
print(json.dumps([sorted(heavy & set(sys.modules)), "msgspec" in before]))
"""


def test_a_warm_start_imports_neither_yaml_nor_pydantic(
    folder: Path, shelf: Path
) -> None:
    library.open_course(folder, cache_folder=shelf)
    ran = subprocess.run(
        [sys.executable, "-c", WARM, str(folder), str(shelf)],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy, eager = json.loads(ran.stdout)
    assert heavy == []
    assert not eager, "importing the library alone must stay cheap"


@pytest.mark.parametrize(
    "name", ["course.yaml", "references.yaml", "reference_letter.yaml"]
)
def test_a_changed_source_is_built_anew(name: str, folder: Path, shelf: Path) -> None:
    library.open_course(folder, cache_folder=shelf)
    path = folder / name
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: ", "title: New "), "utf-8"
    )
    course = library.open_course(folder, cache_folder=shelf)
    told = [course.course.title, *(entry.title for entry in course.course.stories)]
    told += [reference.title for reference in course.course.references.values()]
    assert any(title.startswith("New ") for title in told)


def test_a_picture_that_goes_away_is_noticed(folder: Path, shelf: Path) -> None:
    library.open_course(folder, cache_folder=shelf)
    (folder / "assets" / "doorway.png").unlink()
    course = library.open_course(folder, cache_folder=shelf)
    with pytest.raises(ContentInvalid):
        course.story("reference_letter")


def test_a_change_to_the_walks_alone_compiles_nothing(
    folder: Path, shelf: Path
) -> None:
    library.open_course(folder, cache_folder=shelf)
    before = files(shelf)
    (folder / "reference_letter.walks.yaml").write_text(
        "- broken: [\n", encoding="utf-8"
    )
    library.open_course(folder, cache_folder=shelf)
    assert files(shelf) == before


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    body = b'{"id": 5}'
    path.write_bytes(cache.seal(body) + b"\n" + body)


@pytest.mark.parametrize("damage", [truncate, flip, empty, foreign, Path.unlink])
def test_a_damaged_cache_is_ignored_and_mended(
    damage: Callable[[Path], None], folder: Path, shelf: Path
) -> None:
    first = library.open_course(folder, cache_folder=shelf)
    for path in files(shelf):
        damage(path)
    again = library.open_course(folder, cache_folder=shelf)
    assert again.course == first.course
    assert again.story("shared_folder") == first.story("shared_folder")
    mended = library.open_course(folder, cache_folder=shelf)
    assert mended.story("shared_folder") == first.story("shared_folder")


def test_a_story_missing_from_the_cache_is_built(folder: Path, shelf: Path) -> None:
    first = library.open_course(folder, cache_folder=shelf)
    for path in files(shelf):
        if path.name.startswith("story."):
            empty(path)
    kept = library.open_course(folder, cache_folder=shelf)
    assert kept.story("shared_folder") == first.story("shared_folder")


def test_a_cache_that_cannot_be_written_is_no_trouble(
    folder: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    assert library.open_course(folder, cache_folder=blocked).course.id == "letters"


def test_no_temporary_file_stays_behind(folder: Path, shelf: Path) -> None:
    library.open_course(folder, cache_folder=shelf)
    assert not [path for path in shelf.rglob("*") if path.name.startswith(".")]


def test_the_cache_forgets_the_oldest(folder: Path, shelf: Path) -> None:
    course = folder / "course.yaml"
    text = course.read_text(encoding="utf-8")
    for number in range(cache.KEPT + 4):
        course.write_text(
            text.replace("title: Letters", f"title: Letters {number}"), "utf-8"
        )
        library.open_course(folder, cache_folder=shelf)
    kept = list((shelf / "courses").iterdir())
    assert len(kept) == cache.KEPT
    newest = library.open_course(folder, cache_folder=shelf)
    assert newest.course.title == f"Letters {cache.KEPT + 3}"


def test_a_course_with_a_broken_story_is_not_kept(folder: Path, shelf: Path) -> None:
    (folder / "shared_folder.yaml").write_text("title: Half\n", encoding="utf-8")
    library.open_course(folder, cache_folder=shelf)
    assert files(shelf) == []


def test_a_lone_story_is_kept_as_well(tmp_path: Path, shelf: Path) -> None:
    path = written(tmp_path)
    first = library.open_course(path, cache_folder=shelf)
    again = library.open_course(path, cache_folder=shelf)
    assert [p.name for p in files(shelf)] == ["course.json", "story.small.json"]
    assert again.story("small") == first.story("small")
