"""Every page in a real browser: axe-core finds nothing against WCAG 2.2 AA, nothing is fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dialogue_game.reporting.page_map import story_svg
from dialogue_game.reporting.pages import as_html
from tests.unit.reporting.test_pages import PAGES, full

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.xdist_group("chromium")


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
