"""The JSON Schema: what an editor is told agrees with what the loader does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dialogue_game.content.library import SHIPPED, shipped_course
from dialogue_game.content.schema import KINDS, schema
from dialogue_game.content.source import read_source
from tests.unit.content.samples import BAD, LETTERS

STRUCTURAL = {"DG008", "DG010", "DG011", "DG012", "DG014"}
"""What a schema can see; names, expressions and YAML's own traps are beyond it."""
BEYOND = {
    "story_id_is_another",  # the file's name
    "empty_file",
    "format_decimal",  # JSON knows no difference between 1 and 1.0
}


def kind_of(path: Path) -> str:
    if path.name.endswith(".walks.yaml"):
        return "walks"
    return path.stem if path.stem in KINDS else "story"


def errors(kind: str, data: Any) -> list[str]:
    return [
        error.message for error in Draft202012Validator(schema(kind)).iter_errors(data)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_schema_with_its_dialect(kind: str) -> None:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert made["$schema"].endswith("2020-12/schema")
    assert made["title"]


@pytest.mark.parametrize(
    "folder", [LETTERS, shipped_course()], ids=["letters", SHIPPED]
)
def test_every_good_file_fits_its_schema(folder: Path) -> None:
    for path in sorted(folder.glob("*.yaml")):
        if path.name.endswith(".review.yaml"):  # a program writes it
            continue
        assert errors(kind_of(path), read_source(path).data) == [], path.name


def structural(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        codes = {
            part.split()[0] for part in file.readline()[10:].split(",") if part.strip()
        }
    return (
        bool(codes & STRUCTURAL)
        and path.stem not in BEYOND
        and not codes & {"DG003", "DG006"}
    )


@pytest.mark.parametrize(
    "path",
    [
        path
        for kind in KINDS
        for path in sorted((BAD / kind).glob("*.yaml"))
        if structural(path)
    ],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_an_editor_marks_what_the_loader_refuses(path: Path) -> None:
    data = read_source(path).data
    if path.parent.name == "story" or data is not None:
        assert errors(path.parent.name, data), "the schema lets this pass"


def test_every_key_of_a_story_is_described() -> None:
    made = schema("story")
    places = [made, *made["$defs"].values()]
    silent = [
        f"{place.get('title')}.{key}"
        for place in places
        for key, value in place.get("properties", {}).items()
        if not value.get("description")
    ]
    assert silent == []
