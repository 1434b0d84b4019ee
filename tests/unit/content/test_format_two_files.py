"""A file that uses everything of format 2: what it builds, what is said of slips, that it plays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialogue_game.analysis.check import check_story
from dialogue_game.content.build_course import build_story
from dialogue_game.content.build_story import BuiltStory
from dialogue_game.content.cache import decode_edition, encode_edition
from dialogue_game.core.story import Paragraph, Story
from tests.unit.content.samples import SAMPLES

SAMPLE = SAMPLES / "good" / "night_shift.yaml"


def built(
    folder: Path, old: str = "", new: str = "", walks: tuple[str, str] = ("", "")
) -> BuiltStory:
    """The sample, with one thing written otherwise."""
    path = folder / SAMPLE.name
    path.write_text(
        SAMPLE.read_text().replace(old, new, 1) if old else SAMPLE.read_text()
    )
    beside = SAMPLE.with_name("night_shift.walks.yaml")
    shutil.copyfile(beside, folder / beside.name)
    if walks[0]:
        text = beside.read_text().replace(*walks, 1)
        (folder / beside.name).write_text(text)
    return build_story(path).stories["night_shift"]


def codes(path: Path, old: str, new: str) -> list[str]:
    built(path, old, new)
    return [noticed.code for noticed in build_story(path / SAMPLE.name).findings]


def sample(folder: Path) -> Story:
    story = built(folder).story
    assert story is not None
    return story


def test_the_sample_loads_without_a_finding(tmp_path: Path) -> None:
    built(tmp_path)
    assert build_story(tmp_path / SAMPLE.name).findings == ()


def test_what_is_built_is_what_was_written(tmp_path: Path) -> None:
    story = sample(tmp_path)
    assert story.scenes["lobby"].continues
    assert story.scenes["lobby"].shuffled
    assert not story.scenes["desk"].shuffled
    assert story.scenes["desk"].choices["call"].effects == ("clock += 90",)
    assert story.scenes["window_seat"].text[0] == Paragraph(
        "Rui wrote down more than you said.", "chose(desk.call)"
    )
    assert story.tracks == ("decisions", "earned", "unrepaired()", "unrepaired(g1)")
    assert story.clock is not None
    assert dict(story.clock.times) == {"deadline": 1800, "hearing": 8 * 1440 + 600}
    assert story.references["office"].force == "office"
    assert not story.references["office"].binding


def test_it_is_kept_and_read_back_whole(tmp_path: Path) -> None:
    story = sample(tmp_path)
    again = decode_edition(encode_edition(story))
    assert again == story
    assert again.initial == story.initial


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("takes: 9h", "takes: nine hours", "DG013"),
        ("start: Friday 22:00", "start: Fryday 22:00", "DG013"),
        ("start: Friday 22:00", "start: Friday 25:00", "DG013"),
        ("use: letter", "use: lettre", "DG115"),
        ("- use: window", "- use: windows", "DG115"),
        (
            "variables: {trust: 2, calls: 0}",
            "variables: {trust: 2, calls: 0, earned: 1}",
            "DG108",
        ),
        (
            "variables: {trust: 2, calls: 0}",
            "variables: {trust: 2, calls: 0, deadline: 1}",
            "DG108",
        ),
        ("if: unrepaired(g1)", "if: unrepaired(g7)", "DG102"),
        ("{if trust >= 2:", "{if turst >= 2:", "DG104"),
        ("{if trust >= 2:", "{if trust >= 2", "DG201"),
        ("effects: [clock = deadline]", "effects: [deadline = 3]", "DG201"),
        ("due: [window_seat, quiet]", "due: [window_seat, loud]", "DG101"),
        ("person: reporter", "person: reporters", "DG107"),
        ("format: 2", "format: 1", "DG016"),
        ("    goto: desk\n", "", "DG114"),
        ("    text: Nobody speaks of it.\n", "", "DG114"),
        ("goto: desk", "goto: dusk", "DG114"),
    ],
)
def test_a_slip_is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in codes(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    goto: desk\n", ""),
        ("goto: desk", "goto: dusk"),
        ("    text: Nobody speaks of it.\n", ""),
    ],
)
def test_a_draft_can_be_played(tmp_path: Path, old: str, new: str) -> None:
    assert built(tmp_path, old, new).story is not None


def test_a_fact_that_does_not_hold_is_told_with_the_walk(tmp_path: Path) -> None:
    told = built(
        tmp_path, walks=("always: unrepaired(g1)", "always: not unrepaired(g1)")
    )
    assert told.story is not None
    found = check_story(told.story, told.places, told.tests, told.walk_places).findings
    broken = [noticed for noticed in found if noticed.code == "DG506"]
    assert len(broken) == 2
    assert "desk.call, window_seat.leave" in broken[0].message


def test_facts_that_hold_are_quiet(tmp_path: Path) -> None:
    told = built(tmp_path)
    assert told.story is not None
    found = check_story(told.story, told.places, told.tests, told.walk_places).findings
    assert not {"DG501", "DG502", "DG503", "DG506"} & {
        noticed.code for noticed in found
    }
