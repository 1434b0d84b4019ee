"""What is expanded has a budget: a small file takes no more memory or time than a small story."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogue_game.analysis.state_space import compile_program
from dialogue_game.app.authoring.checking import check
from dialogue_game.content.build_course import BuiltCourse, build_story
from dialogue_game.content.cache import decode_edition
from dialogue_game.content.folders import MAX_BYTES
from dialogue_game.core.text import MAX_DECOMPRESSED
from tests.nightly import NIGHTLY

START = "format: 2\nid: tale\nkind: aid\ntitle: A tale\nstart: s0\n"
END = "endings:\n  out: {kind: good, title: Out, text: You are out.}\n"
ONE = "scenes:\n  s0:\n    title: A\n    text: B\n"


def chain(count: int, more: str = "", choice: str = "") -> str:
    """So many scenes in a row, each with these lines, and these parts of its choice."""
    return "scenes:\n" + "".join(
        f"  s{n}:\n    title: T{n}\n{more or '    text: Go.'}\n    choices:\n"
        f"      a: {{text: A, consequence: C, {choice}"
        f"goto: {f's{n + 1}' if n + 1 < count else 'out'}}}\n"
        for n in range(count)
    )


def built(folder: Path, body: str) -> BuiltCourse:
    file = folder / "tale.yaml"
    file.write_text(START + body + END, encoding="utf-8")
    return build_story(file)


def lists(count: int) -> str:
    return "".join(
        f"      c{n}: {{text: A{n}, consequence: C, goto: out}}\n" for n in range(count)
    )


TOO_LARGE = {
    "a text of a novel": (
        "scenes:\n  s0: {title: A, text: '" + "word " * 20_001 + "', goto: out}\n",
        "This text is longer than 100,000 letters.",
    ),
    "a scene of thousands of choices": (
        ONE + "    choices:\n" + lists(2_001),
        "more than 2,000 entries",
    ),
    "a way on of thousands of branches": (
        "variables: {x: 1}\n" + ONE + "    goto:\n"
        + "".join(f"    - {{if: x == {n}, to: out}}\n" for n in range(2_000))
        + "    - {to: out}\n",
        "more than 2,000 entries",
    ),
    "thousands of variables": (
        "variables:\n" + "".join(f"  v{n}: 1\n" for n in range(2_001)) + ONE + "    goto: out\n",
        "more than 2,000 entries",
    ),
    "a text in very many scenes": (
        "fragments:\n  long: ['" + "word " * 10_000 + "']\n"
        + chain(101, "    text: [{use: long}]"),
        "comes to more than 5,000,000 letters",
    ),
    "an exhibit in very many scenes": (
        "shared_exhibits:\n  long: {memo: {from: A, body: '" + "word " * 10_000 + "'}}\n"
        + chain(101, "    text: Go.\n    exhibits: [{use: long}]"),
        "comes to more than 5,000,000 letters",
    ),
    "a cost that falls due in very many scenes": (
        chain(101, choice="cost: {text: '" + "word " * 100 + "', due: ["
              + ", ".join(f"s{n}" for n in range(100)) + "]}, "),
        "comes to more than 5,000,000 letters",
    ),
    "conditions that ask for too many things": (
        re.sub(r"goto: s(\d+)", r"if: visited(s\1), goto: s\1", chain(1_800)),
        "different things in 1,800 scenes",
    ),
    "a word that is a page": (
        "variables: {w: '" + "word " * 50 + "'}\n" + ONE + "    goto: out\n",
        "This word is too long.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_what_would_grow_too_large_is_told_in_a_sentence_and_not_looked_into(
    kind: str, tmp_path: Path
) -> None:
    body, sentence = TOO_LARGE[kind]
    found = built(tmp_path, body)
    assert found.course is None
    told = [noticed for noticed in found.findings if sentence in noticed.message]
    assert len(told) == 1, found.findings[:3]
    assert told[0].advice
    assert (
        all(story.draft is None for story in found.stories.values()) or "a page" in kind
    )


def test_what_stays_within_its_budget_is_played(tmp_path: Path) -> None:
    body = (
        "fragments:\n  rule: ['"
        + "word " * 50
        + "']\n"
        + chain(2_500, "    text: [{use: rule}]")
    )
    assert built(tmp_path, body).course is not None


def test_an_error_after_hundreds_of_warnings_still_stops_a_story(
    tmp_path: Path,
) -> None:
    drafts = "".join(f"  d{n}: {{title: D{n}}}\n" for n in range(250))
    body = (
        ONE.replace("scenes:\n", "scenes:\n" + drafts)
        + "    goto: [{if: hope, to: out}]\n"
    )
    found = built(tmp_path, body)
    assert "DG104" in {noticed.code for noticed in found.findings}
    assert found.course is None


def test_very_many_conditions_on_one_page_are_looked_at_only_so_often(
    tmp_path: Path,
) -> None:
    said = " ".join(f"{{if x == {n}: yes|no}}" for n in range(2_000))
    file = tmp_path / "tale.yaml"
    file.write_text(
        START + "variables: {x: 1}\n" + ONE.replace("text: B", f"text: >-\n      {said}")
        + "    goto: out\n" + END,
        encoding="utf-8",
    )  # fmt: skip
    found = check([str(file)]).findings
    assert sum(noticed.code == "DG203" for noticed in found) > 1_000


def test_many_walks_through_one_choice_hold_its_name_once(tmp_path: Path) -> None:
    (story,) = built(tmp_path, chain(3)).stories.values()
    assert story.draft is not None
    tables = compile_program(story.draft)
    assert tables.walk([0, 1])[0] is tables.walk([0, 2])[0]


def test_an_edition_that_would_grow_beyond_measure_is_damaged() -> None:
    small = zlib.compress(b" " * (MAX_DECOMPRESSED + 1), 9)
    with pytest.raises(ValueError, match="larger than any story"):
        decode_edition(small)
    with pytest.raises(ValueError, match="larger than any story"):
        decode_edition(zlib.compress(b"{}")[:-2])


def scenes_of_little_text(count: int) -> str:
    """Each with two choices of a few words: many small values."""
    choice = (
        "      {}:\n        text: Take the {} badge from desk {}\n        consequence: Somebody "
        "at desk {} asks what the badge is for, and waits\n        goto: {}\n"
    )
    return "scenes:\n" + "".join(
        f"  s{n}:\n    title: Desk {n}\n    text: At desk {n} a colleague looks up from case "
        f"{n * 7919 % 99_991}, and the phone beside it rings.\n    choices:\n"
        + choice.format("a", n % 97, n, n, f"s{n + 1}" if n + 1 < count else "out")
        + choice.format("b", n % 89, n, n, f"s{n + 1}" if n + 1 < count else "out")
        for n in range(count)
    )


def scenes_of_very_many_choices(count: int) -> str:
    """Each with as many choices as one may have: as many lists and mappings as a file may have."""
    return "scenes:\n" + "".join(
        f"  s{k}:\n    title: Hall {k}\n    text: There are many doors.\n    choices:\n"
        + "".join(
            f"      c{n}: {{text: Door {n} of hall {k} with its own bell, consequence: It opens "
            f"at {n}, goto: {f's{k + 1}' if k + 1 < count else 'out'}}}\n"
            for n in range(2_000)
        )
        for k in range(count)
    )


@pytest.mark.skipif(
    not NIGHTLY, reason="takes a minute; DIALOGUE_GAME_NIGHTLY=1 runs it"
)
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system tells no peak")
@pytest.mark.parametrize(
    ("scenes", "count"),
    [(scenes_of_little_text, 41_000), (scenes_of_very_many_choices, 86)],
)
def test_the_largest_story_that_is_let_in_is_checked_within_five_hundred_megabytes(
    scenes: Callable[[int], str], count: int, tmp_path: Path
) -> None:
    file = tmp_path / "tale.yaml"
    file.write_text(START + scenes(count) + END, encoding="utf-8")
    assert 0.9 * MAX_BYTES < file.stat().st_size < MAX_BYTES
    command = [sys.executable, "-m", "dialogue_game", "check", str(file)]
    with (tmp_path / "said").open("w") as said:
        child = subprocess.Popen(command, stdout=said, stderr=said)
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
    assert "DG006" not in (tmp_path / "said").read_text(encoding="utf-8")
    assert "tale: " in (tmp_path / "said").read_text(encoding="utf-8")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    assert used.ru_maxrss / unit < 500
