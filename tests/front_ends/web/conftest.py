"""The exported course, once for all tests, and a real browser to show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.web.export import export
from tests.unit.reporting.conftest import browser

__all__ = ["browser"]


@pytest.fixture(scope="module")
def course_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped course as a file."""
    file = tmp_path_factory.mktemp("page") / "course.html"
    file.write_text(export(open_course(shipped_course())).page, encoding="utf-8")
    return file
