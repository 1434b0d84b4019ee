"""Where reviewers differ over a choice, its coaching says how many agree."""

from __future__ import annotations

from pathlib import Path

from dialogue_game.content.build import build_story
from tests.stories.test_planted_slips import CLEAN


def coaching(folder: Path, line: str) -> str:
    file = folder / "slips.yaml"
    file.write_text(CLEAN.replace("takes: 1h\n", f"takes: 1h\n{line}", 1), encoding="utf-8")
    story = build_story(file).stories["slips"].story
    assert story is not None
    return story.scenes["desk"].choices["ask"].coaching


def test_reviewers_who_differ_are_told_after_the_choices_own_caveat(tmp_path: Path) -> None:
    line = "        agreement: 2 of 3\n        coaching: It takes courage.\n"
    told = coaching(tmp_path, line)
    assert told == "It takes courage.\n\n2 of 3 reviewers agree with these marks."


def test_nothing_is_said_where_nothing_is_known(tmp_path: Path) -> None:
    assert coaching(tmp_path, "") == ""
