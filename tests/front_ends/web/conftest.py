"""The exported course, once for all tests, and a real browser to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.web.export import export
from tests.unit.reporting.conftest import browser

__all__ = ["browser"]


@contextmanager
def opened_page(
    browser: Any,
    file: Path,
    width: int,
    height: int,
    watch: Callable[[Any, list[str]], None] = lambda *_: None,
) -> Iterator[Any]:
    """The page, opened anew with nothing kept; fails where a script does.

    `watch` is given the page, before anything is loaded, and the list of its faults.
    """
    opened = browser.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    watch(opened, faults)
    opened.set_viewport_size({"width": width, "height": height})
    opened.goto(file.as_uri())
    opened.evaluate("localStorage.clear()")
    opened.reload()
    yield opened
    opened.evaluate("localStorage.clear()")
    opened.close()
    assert faults == []


@pytest.fixture(scope="module")
def course_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped course as a file."""
    file = tmp_path_factory.mktemp("page") / "course.html"
    file.write_text(export(open_course(shipped_course())).page, encoding="utf-8")
    return file
