"""An own course with a story of a shipped story's id, through the program itself."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy

from tests.program import lines, run


def own_omar(folder: Path) -> Path:
    """A course of one's own whose only story is called `omar`; the story's file."""
    assert run("new", str(folder)).returncode == 0
    (folder / "first_story.walks.yaml").unlink()
    (folder / "first_story.yaml").rename(folder / "omar.yaml")
    for file in (folder / "omar.yaml", folder / "course.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("first_story", "omar"), encoding="utf-8")
    return folder / "omar.yaml"


def played(story: str) -> str:
    """Play to an ending with the first option everywhere; the run's id."""
    said = lines("play", story, "--json", answers="1\n" * 20)
    return str(said[0]["situation"]["playthrough"])


def test_an_own_omar_is_neither_certified_nor_resumed_nor_mapped_as_the_shipped_one(
    tmp_path: Path,
) -> None:
    file = own_omar(tmp_path / "mine")
    shipped = lines("play", "omar", "--json", answers="1\n")[0]["situation"][
        "playthrough"
    ]
    own = played(str(file))
    refused = run("certificate", "--story", "omar", "--format", "markdown")
    assert "Not brought to an end yet: Omar on Instagram." in refused.stderr
    (card,) = (c for c in json.loads(run("list", "--json").stdout) if c["id"] == "omar")
    assert (card["state"], card["endings_found"]) == ("started", 0)
    resumed = lines("play", "omar", "--resume", "--json", answers="")
    assert resumed[0]["situation"]["playthrough"] == shipped
    assert lines("map", "omar", "--mine", "--json")[0]["finished"] == 0
    assert lines("map", str(file), "--mine", "--json")[0]["finished"] == 1
    listed = {
        entry["id"]: entry for entry in json.loads(run("history", "--json").stdout)
    }
    assert listed[shipped]["course"] == "leadership_dialogue_2023"
    course = listed[own]["course"]
    assert course.startswith("my_course_")
    assert f"{course}/omar" in run("history").stdout
    table = run("export", "--story", "omar", "--format", "jsonl").stdout.splitlines()
    assert {json.loads(row)["playthrough"] for row in table} == {shipped}
    table = run(
        "export", "--story", f"{course}/omar", "--format", "jsonl"
    ).stdout.splitlines()
    assert {json.loads(row)["playthrough"] for row in table} == {own}
    wrong = run("play", "omar", "--resume", own, "--plain")
    assert f"dialogue-game play {file} --resume {own}" in wrong.stderr


def test_a_certificate_names_an_own_course_by_file_folder_or_as_history_tells_it(
    tmp_path: Path,
) -> None:
    file = own_omar(tmp_path / "mine")
    own = played(str(file))
    (entry,) = json.loads(run("history", "--json").stdout)
    pages = {
        run("certificate", "--story", name, "--format", "markdown").stdout
        for name in (str(file), str(file.parent), f"{entry['course']}/omar")
    }
    assert len(pages) == 1
    (page,) = pages
    assert own in page
    assert "**My course**" in page
    several = run("certificate", "--story", str(file), "--story", str(own_lone(file)))
    assert "of one course; these are of several" in several.stderr
    file.parent.rename(tmp_path / "elsewhere")
    gone = run("certificate", "--story", f"{entry['course']}/omar")
    assert "no longer where it was played" in gone.stderr


def own_lone(file: Path) -> Path:
    """A copy of a story by itself, outside of its course."""
    folder = file.parent.parent / "lone"
    folder.mkdir()
    return Path(copy(file, folder / file.name))


def test_every_new_course_has_an_id_of_its_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        run("new", str(tmp_path / name))
        ids.add(
            (tmp_path / name / "course.yaml")
            .read_text(encoding="utf-8")
            .split("\nid: ")[1]
        )
    assert len({told.splitlines()[0] for told in ids}) == 2
