"""A value that cannot be read is said once, and stops nothing else from being looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dialogue_game.content.build_course import build_course
from tests.unit.content.samples import LETTERS, letters

STORY = "reference_letter.yaml"
TEXT = (LETTERS / STORY).read_text(encoding="utf-8")
VALUES = [
    match.span() for match in re.finditer(r"(?<=: )[^\n{}\[\]|>]+$", TEXT, re.MULTILINE)
]


@pytest.mark.parametrize("unread", ["*gone", "", "!!x y", "[", "{}", "[]", "&a x"])
def test_whatever_value_cannot_be_read_nothing_fails_and_findings_have_places(
    unread: str, tmp_path: Path
) -> None:
    folder = letters(tmp_path)
    for start, end in VALUES:
        (folder / STORY).write_text(
            TEXT[:start] + unread + TEXT[end:], encoding="utf-8"
        )
        for noticed in build_course(folder).findings:
            assert noticed.place.line > 0, TEXT[start:end]
