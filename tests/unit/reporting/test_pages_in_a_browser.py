"""Every page in a real browser: axe-core finds nothing against WCAG 2.2 AA, nothing is fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.documents import kit_pages, record_text
from dialogue_game.reporting.pages.markup import as_html
from dialogue_game.reporting.pages.player_pages import debrief_page
from dialogue_game.reporting.pages.story_pages import reader_page
from dialogue_game.reporting.story_map import story_svg
from tests.app.rooms import led, sitting
from tests.nightly import NIGHTLY
from tests.unit.reporting.test_pages import PAGES, full

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.xdist_group("chromium")


def papers() -> dict[str, str]:
    """Every kind of page that there is: made up ones with everything in them, and the course's."""
    found = {name: as_html(kept) for name, kept in PAGES.items()}
    leading, room, _ = sitting()
    led(
        leading,
        "next",
        "next",
        "next",
        "tally a=4 b=3",
        "next",
        "next",
        "tally a=5 b=2",
        "next",
    )
    led(leading, "next", "minority It was late.", "next", "next", "park Later.", "end")
    found["session record"] = record_text(room, leading.id, "html")
    game = open_game(keep=False)
    planned = plan(game.course, ("omar", "sepideh"), 12, 90)
    found |= {f"kit {name}": text for name, text in kit_pages(game, planned).items()}
    player = game.start("omar")
    player.read_on_to_decision()
    while not player.ended:
        player.choose(next(o.id for o in player.situation.options if o.available))
        player.read_on_to_decision()
    kept = debrief_page(player.story, player.debrief(), "2026-01-05", game.course)
    found["debrief of omar"] = as_html(kept)
    found["reader of omar"] = as_html(
        reader_page(game.story("omar"), game.course.notice)
    )
    drawn = story_svg(game.story("omar"))
    found["map"] = (
        '<!doctype html><html lang="en"><title>Map</title><main style="overflow: auto" '
        f'tabindex="0"><h1>Map</h1>{drawn}</main></html>'
    )
    return found


def test_axe_finds_nothing_on_any_page_and_nothing_is_fetched(
    browser: Any, tmp_path: Path
) -> None:
    """One test for all, because starting a browser is what costs."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found: dict[str, list[str]] = {}
    pages = papers()
    for name, text in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            faults = []
            if (
                NIGHTLY or width == 320
            ):  # axe takes a second or two; narrow, more can go wrong
                done = axe.run(page, options={"runOnly": RULES})
                faults = [item["id"] for item in done.response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append("wider than the window")
            if faults:
                found[f"{name} {width}"] = faults
    assert found == {}
    assert len(asked) == len(pages)
    assert all(url.startswith("file:") for url in asked)
    map_file = tmp_path / "map.svg"
    map_file.write_text(story_svg(full()), encoding="utf-8")
    page.goto(map_file.as_uri())
    assert page.evaluate("document.documentElement.tagName") == "svg"
    page.close()
