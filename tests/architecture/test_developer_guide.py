"""The guide for developers names files that exist."""

from __future__ import annotations

import re

from tests.architecture.figures import ROOT

GUIDE = ROOT / "docs" / "developer.md"


def test_every_file_that_the_guide_names_is_there() -> None:
    named = re.findall(r"`((?:src|tests)/[\w/.-]+)`", GUIDE.read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
