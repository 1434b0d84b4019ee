"""The corpus of bad files: each is refused for what its first line expects, at that very place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialogue_game.analysis.findings import Finding
from dialogue_game.content.build_course import build_course, build_story
from dialogue_game.content.source import read_source
from tests.unit.content.samples import BAD, LETTERS

FILES = {
    "course": "course.yaml",
    "guidelines": "guidelines.yaml",
    "references": "references.yaml",
    "walks": "reference_letter.walks.yaml",
}
STORIES = sorted((BAD / "story").glob("*.yaml"))
OTHERS = sorted(path for kind in FILES for path in (BAD / kind).glob("*.yaml"))


def expected(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return sorted(file.readline().removeprefix("# expect: ").strip().split(", "))


def told(finding: Finding, wanted: list[str]) -> str:
    """The finding as the corpus writes it; the column only where the corpus knows it.

    Where an expression is no Python at all the column is Python's, and differs between versions.
    """
    line = f"{finding.code} {finding.place.line}"
    return line if line in wanted else f"{line}:{finding.place.column}"


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(STORIES) + len(OTHERS) >= 150


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_bad_story_is_refused_at_the_very_place(path: Path) -> None:
    built = build_story(path)
    wanted = expected(path)
    assert sorted(told(finding, wanted) for finding in built.findings) == wanted
    assert all(
        finding.message and finding.place.file == str(path)
        for finding in built.findings
    )


@pytest.mark.parametrize(
    "path", OTHERS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_bad_file_of_a_course_is_refused_at_the_very_place(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    shutil.copytree(LETTERS, folder)
    shutil.copyfile(path, folder / FILES[path.parent.name])
    built = build_course(folder)
    wanted = expected(path)
    assert sorted(told(finding, wanted) for finding in built.findings) == wanted
    names = {Path(finding.place.file).name for finding in built.findings}
    assert names == {FILES[path.parent.name]}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_both_parsers_refuse_the_same_files(path: Path) -> None:
    fast = {finding.code for finding in read_source(path).findings}
    pure = {finding.code for finding in read_source(path, pure=True).findings}
    differing = {"question_mark"}  # Python's parser reads "? what" as text where it may
    if path.stem not in differing:
        assert fast == pure
