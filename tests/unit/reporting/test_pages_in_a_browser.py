"""Every page in a real browser: axe-core finds nothing against WCAG 2.2 AA, nothing is fetched.

Debian's Chromium, driven by Playwright with that path; no browser is ever downloaded.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.reporting.page_map import story_svg
from dialogue_game.reporting.pages import as_html
from tests.unit.reporting.test_pages import PAGES, full

CHROMIUM = shutil.which("chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; apt-get install chromium"),
    pytest.mark.xdist_group("chromium"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium with a profile of its own."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        context = driver.chromium.launch_persistent_context(
            str(tmp_path_factory.mktemp("profile")),
            executable_path=CHROMIUM,
            headless=True,
            args=FLAGS,
        )
        yield context
        context.close()


def test_axe_finds_nothing_on_any_page_and_nothing_is_fetched(browser: Any, tmp_path: Path) -> None:
    """One test for all, because starting a browser is what costs."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found: dict[str, list[str]] = {}
    for name, kept in PAGES.items():
        file = tmp_path / f"{name}.html"
        file.write_text(as_html(kept), encoding="utf-8")
        page.goto(file.as_uri())
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            done = axe.run(page, options={"runOnly": RULES})
            found[f"{name} {width}"] = [item["id"] for item in done.response["violations"]]
            sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not sideways, f"{name} is wider than {width}"
    assert not any(found.values()), found
    assert len(asked) == len(PAGES)
    assert all(url.startswith("file:") for url in asked)
    map_file = tmp_path / "map.svg"
    map_file.write_text(story_svg(full()), encoding="utf-8")
    page.goto(map_file.as_uri())
    assert page.evaluate("document.documentElement.tagName") == "svg"
    page.close()
