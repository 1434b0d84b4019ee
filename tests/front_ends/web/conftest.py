"""The exported course, once for all tests, and a real browser to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.web.course_page import export
from tests.unit.reporting.conftest import browser

__all__ = ["browser"]

PATIENCE = 20_000
"""Milliseconds until what a test expects of a page counts as not coming."""


def until(page: Any, expression: str, arg: Any = None) -> None:
    """Wait until a function of the page says yes: what a press leads to may come a little later."""
    page.wait_for_function(expression, arg=arg, timeout=PATIENCE)


def says(page: Any, words: str, selector: str = "main") -> None:
    """Wait until these words can be read there."""
    there = "([at, words]) => document.querySelector(at)?.innerText.includes(words)"
    until(page, there, [selector, words])


def holds(page: Any, words: str) -> None:
    """Wait until the page has these words, be they in something that is closed."""
    page.locator("main", has_text=words).wait_for(state="attached", timeout=PATIENCE)


def headed(page: Any, title: str) -> None:
    """Wait until the page shows what has this heading."""
    until(page, "title => document.querySelector('h1')?.innerText === title", title)


def focused(page: Any, selector: str) -> None:
    """Wait until an element of this kind has the focus."""
    until(page, "wanted => document.activeElement?.matches(wanted)", selector)


def visit(page: Any, place: str) -> None:
    """Go to an address of the page, and wait until it has heard of it."""
    page.evaluate(
        """place => new Promise(done => {
          if (location.hash === place) return done();
          addEventListener("hashchange", () => done(), { once: true });
          location.hash = place;
        })""",
        place,
    )


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


@cache
def shipped_page() -> str:
    """The shipped course in one file's text."""
    return export(open_course(shipped_course())).page


@pytest.fixture(scope="module")
def course_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped course as a file."""
    file = tmp_path_factory.mktemp("page") / "course.html"
    file.write_text(shipped_page(), encoding="utf-8")
    return file
