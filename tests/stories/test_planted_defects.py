"""Ten kinds of planted defect, each found at its place, all in one run; none on a clean story."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from dialogue_game.analysis.findings import Finding, Severity
from dialogue_game.app.authoring.checking import check
from tests.stories.test_planted_slips import word_for_word

CLEAN = """\
format: 1
id: planted
kind: aid
title: A day out
variables: {trust: 1, late: false}
start: door
scenes:
  door:
    title: The door
    text: You stand at a door.
    choices:
      ring: {text: Ring the bell., consequence: A bell., effects: [trust += 1], goto: hall}
      wait: {text: Wait a while., consequence: You wait., effects: [late = true], goto: hall}
      both:
        text: Ring at noon.
        consequence: A bell.
        effects: [trust += 1, late = true]
        goto: hall
  hall:
    title: The hall
    text:
      - Somebody looks at you.
      - {if: late, text: They look at the clock.}
    choices:
      greet:
        text: Greet them.
        if: trust >= 2
        locked: They do not know you yet.
        consequence: They smile.
        goto: [{if: not late, to: inside}, {to: home}]
      leave: {text: Go home., consequence: You go home., goto: home}
endings:
  inside: {kind: neutral, title: Inside, text: You are in.}
  home: {kind: neutral, title: Home, text: You are home.}
"""
WALKS = """\
- {name: straight in, pick: [door.ring, hall.greet], ending: inside}
- {name: home again, pick: [door.wait, hall.leave], ending: home}
"""


@dataclass(frozen=True)
class Defect:
    """A slip of the pen: a line is put in the place of `old`, or after it where it is a scene.

    `marks` are the pieces of text at whose beginning each finding must stand.
    """

    name: str
    code: str
    old: str
    new: str
    marks: tuple[str, ...]


CELLAR = """\
  cellar:
    title: The cellar
    text: It is dark.
    choices:
      up: {text: Go up., consequence: You go up., goto: %s}
"""
ATTIC = CELLAR.replace("cellar", "attic")
END = "endings:\n"
LEAVE = "      leave: {text: Go home., consequence: You go home., goto: home}\n"


def way(name: str, to: str, extra: str = "") -> str:
    return (
        f"      {name}: {{text: Go {name}., {extra}consequence: You go., goto: {to}}}\n"
    )


DEFECTS = (
    Defect(
        "a dangling target",
        "DG114",
        LEAVE,
        LEAVE + way("far", "nowhere"),
        ("nowhere}",),
    ),
    Defect("an unreachable scene", "DG120", END, CELLAR % "home" + END, ("cellar:",)),
    Defect(
        "an unreachable island of two",
        "DG120",
        END,
        CELLAR % "attic" + ATTIC % "cellar" + END,
        ("cellar:", "attic:"),
    ),
    Defect(
        "a dead end",
        "DG123",
        END,
        CELLAR.replace("text: Go up.", "if: trust > 90, locked: No., text: Go up.")
        % "home"
        + END,
        ("choices:\n      up",),
    ),
    Defect(
        "a trap cycle",
        "DG124",
        END,
        CELLAR % "attic" + ATTIC % "cellar" + END,
        ("cellar:",),
    ),
    Defect(
        "all options possibly locked",
        "DG125",
        LEAVE,
        way("leave", "home", "if: trust >= 2, locked: It is early., "),
        ("choices:\n      greet",),
    ),
    Defect(
        "an ending behind an impossible condition",
        "DG122",
        "if: not late, to: inside",
        "if: trust >= 9, to: inside",
        ("inside: {kind",),
    ),
    Defect(
        "an undefined variable", "DG104", "if: trust >= 2", "if: turst >= 2", ("turst",)
    ),
    Defect(
        "an undefined variable behind an unlikely branch",
        "DG104",
        "if: not late, to",
        "if: not late and trust >= 2 and lucky, to",
        ("lucky",),
    ),
    Defect(
        "a duplicate id",
        "DG004",
        LEAVE,
        LEAVE + way("leave", "home"),
        ("leave: {text: Go leave",),
    ),
    Defect(
        "an unused variable", "DG205", "late: false}", "late: false, steps: 0}", ("0}",)
    ),
)
REACHED = {"a dead end", "a trap cycle"}
"""Defects whose scenes must be reached first."""


def planted(defect: Defect, text: str = CLEAN) -> str:
    assert defect.old in text
    text = text.replace(defect.old, defect.new, 1)
    if defect.name in REACHED:
        text = text.replace(LEAVE, LEAVE + way("down", "cellar"), 1)
    return text


def checked(folder: Path, text: str, walks: str = WALKS) -> list[Finding]:
    (folder / "planted.yaml").write_text(text, encoding="utf-8")
    (folder / "planted.walks.yaml").write_text(walks, encoding="utf-8")
    return check([str(folder / "planted.yaml")]).findings


def position(text: str, mark: str) -> tuple[int, int]:
    before = text[: text.index(mark)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_clean_story_has_no_findings(tmp_path: Path) -> None:
    assert checked(tmp_path, CLEAN) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_each_planted_defect_is_found_where_it_stands(
    defect: Defect, tmp_path: Path
) -> None:
    text = planted(defect)
    found = [
        noticed for noticed in checked(tmp_path, text) if noticed.code == defect.code
    ]
    places = [(noticed.place.line, noticed.place.column) for noticed in found]
    assert places == [position(text, mark) for mark in defect.marks]
    assert all(noticed.place.file.endswith("planted.yaml") for noticed in found)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_told_once(
    defect: Defect, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    found = checked(tmp_path, planted(defect))
    assert word_for_word(found) == snapshot
    errors = {n.code for n in found if n.severity is Severity.ERROR} - {
        "DG501",
        "DG502",
    }
    assert errors <= {defect.code}


def test_all_ten_are_found_in_one_run(tmp_path: Path) -> None:
    text = CLEAN
    text = text.replace("late: false}", "late: false, steps: 0}", 1)
    text = text.replace("if: not late, to: inside", "if: trust >= 9, to: inside", 1)
    text = text.replace(
        "      - Some", "      - {if: lucky, text: Luck.}\n      - Some", 1
    )
    more = (
        way("far", "nowhere")
        + way("odd", "home", "if: turst > 1, locked: No., ")
        + way("leave", "home")
        + way("pit", "pit")
        + way("ring", "ring_a")
        + way("lock", "lock")
    )
    text = text.replace(LEAVE, LEAVE + more, 1)
    shut = "if: trust > %d, locked: No., text: Go up."
    scenes = (
        CELLAR % "attic"
        + ATTIC % "cellar"
        + CELLAR.replace("cellar", "lonely") % "home"
        + CELLAR.replace("cellar", "pit").replace("text: Go up.", shut % 90) % "home"
        + CELLAR.replace("cellar", "lock").replace("text: Go up.", shut % 1) % "home"
        + CELLAR.replace("cellar", "ring_a") % "ring_b"
        + CELLAR.replace("cellar", "ring_b") % "ring_a"
    )
    found = checked(tmp_path, text.replace(END, scenes + END, 1))
    counts: dict[str, int] = {}
    for noticed in found:
        counts[noticed.code] = counts.get(noticed.code, 0) + 1
        assert noticed.place.line > 0, noticed
    expected = {
        "DG114": 1,
        "DG120": 3,
        "DG123": 1,
        "DG124": 1,
        "DG125": 1,
        "DG122": 1,
        "DG104": 2,
        "DG004": 1,
        "DG205": 1,
    }
    assert {code: counts.get(code, 0) for code in expected} == expected
