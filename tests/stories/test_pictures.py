"""The shipped pictures: used, credited, small, made from their source, and able to be read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from rich.cells import cell_len

from dialogue_game.content.library import home, open_course, shipped_course
from dialogue_game.core.story import Story
from dialogue_game.tui.text.drawings import MOST_CELLS, MOST_ROWS, drawing

ASSETS = home() / "assets"
PICTURES = ASSETS / "leadership_dialogue_2023"
PNGS = sorted(PICTURES.glob("*.png"))
NAMES = [path.stem for path in PNGS]
SCENARIOS = ("omar", "sepideh", "gumisai")
MOST_BYTES = 60_000
BLOCKS = (40, 20)
"""Half-blocks of the smallest picture that is shown."""


@cache
def story(name: str, folder: Path) -> Story:
    return open_course(shipped_course(), cache_folder=folder).story(name)


def files(told: Story) -> set[str]:
    exhibits = (exhibit for scene in told.scenes.values() for exhibit in scene.exhibits)
    named = {exhibit.fields["file"] for exhibit in exhibits if "file" in exhibit.fields}
    return named | ({told.cover.file} if told.cover else set())


def test_no_picture_lies_about_unused(tmp_path: Path) -> None:
    used = set().union(*(files(story(name, tmp_path)) for name in SCENARIOS))
    assert used == {path.name for path in PNGS}


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_has_a_cover_and_pictures_of_its_key_exhibits(
    name: str, tmp_path: Path
) -> None:
    told = story(name, tmp_path)
    assert told.cover is not None
    assert told.cover.alt
    assert len(files(told)) >= 4


def test_every_picture_is_credited_with_story_and_licence() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (\w+) \| .+ \| drawn for this project \| MIT \|$",
        (ASSETS / "CREDITS.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert sorted(name for name, _ in rows) == NAMES
    assert {about for _, about in rows} == set(SCENARIOS)


@pytest.mark.parametrize("path", PNGS, ids=NAMES)
def test_a_picture_is_small_and_has_its_source_beside_it(path: Path) -> None:
    assert path.stat().st_size < MOST_BYTES
    source = ElementTree.parse(path.with_suffix(".svg")).getroot()  # noqa: S314 (our own)
    with Image.open(path) as drawn:
        assert drawn.format == "PNG"
        assert (str(drawn.width), str(drawn.height)) == (
            source.get("width"),
            source.get("height"),
        )
    said = [
        element.text for element in source if element.tag.endswith(("title", "desc"))
    ]
    assert len(said) == 2
    assert all(said)


def test_no_source_is_without_its_picture_and_nothing_else_lies_there() -> None:
    drawn = {f"{name}.txt" for name in SCENARIOS}
    assert {path.name for path in PICTURES.iterdir()} == drawn | {
        f"{name}.{kind}" for name in NAMES for kind in ("svg", "png")
    }


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_is_drawn_in_characters_too_also_in_ascii(name: str) -> None:
    told = (PICTURES / f"{name}.txt").read_text(encoding="utf-8")
    unicode, ascii_ = (part.splitlines() for part in told.split("\n\n"))
    assert "".join(ascii_).isascii()
    assert len(unicode) == len(ascii_) == MOST_ROWS
    assert max(cell_len(row) for row in (*unicode, *ascii_)) <= MOST_CELLS
    for symbols in ("unicode", "ascii"):
        rows = drawing(PICTURES, name, symbols)
        assert len({row.cell_length for row in rows}) == 1


@pytest.mark.parametrize(
    "damaged", [b"\xff\xfe\x00", b"", b"\x1b[2J\n[bold]\n" + b"x" * 99_999]
)
def test_a_drawing_that_is_damaged_or_hostile_is_harmless(
    tmp_path: Path, damaged: bytes
) -> None:
    (tmp_path / "omar.txt").write_bytes(damaged)
    rows = drawing(tmp_path, "omar", "unicode")
    assert len(rows) <= MOST_ROWS
    assert all(row.cell_length <= MOST_CELLS and "\x1b" not in str(row) for row in rows)
    assert drawing(tmp_path, "../omar", "unicode") == ()


@pytest.mark.parametrize("path", PNGS, ids=NAMES)
def test_a_picture_can_be_read_in_a_few_half_blocks_and_in_greys(path: Path) -> None:
    with Image.open(path) as drawn:
        greys = sorted(drawn.convert("L").resize(BLOCKS).tobytes())
    dark, light = greys[len(greys) // 20], greys[-len(greys) // 20]
    assert light - dark > 70, "the darkest and the lightest twentieth are too near"


@pytest.mark.parametrize("shown", ["boxes", "covers"])
def test_the_wall_behind_the_dancers_does_not_shout(shown: str) -> None:
    """Gumisai, in the middle, is what a glance finds: lighter than anything behind him."""
    with Image.open(PICTURES / f"dancers_{shown}.png") as drawn:
        greys = drawn.convert("L")
    wall = (
        greys.crop((100, 60, 180, 100))
        .resize((1, 1), Image.Resampling.BOX)
        .getpixel((0, 0))
    )
    shirt = (
        greys.crop((295, 200, 345, 300))
        .resize((1, 1), Image.Resampling.BOX)
        .getpixel((0, 0))
    )
    assert isinstance(wall, int)
    assert isinstance(shirt, int)
    assert shirt - wall > 50
