"""The kit as it comes out of a printer: a page for each scenario, the sheet of ten items on one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan, playable
from dialogue_game.app.session.documents import kit_pages, record_text
from dialogue_game.app.session.facilitation import Facilitation
from tests.app.rooms import led
from tests.unit.reporting.test_pages_in_a_browser import RULES

pytestmark = pytest.mark.xdist_group("chromium")

CUT = """() => [...document.querySelectorAll("body *")].filter(
    (each) => each.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1
).length"""
"""How many elements reach beyond the paper's right edge."""


def printed(browser: Any, folder: Path, pages: dict[str, str]) -> dict[str, int]:
    """How many sheets of A4 each page takes; none reaches over the edge of one."""
    page, sheets = browser.new_page(), {}
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1123})
    for name, text in pages.items():
        file = folder / name
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        assert page.evaluate(CUT) == 0, name
        paper = page.pdf(prefer_css_page_size=True)
        sheets[name.removesuffix(".html")] = len(re.findall(rb"/Type\s*/Page\b", paper))
    page.close()
    return sheets


def test_every_scenario_has_its_script_on_one_page_and_every_sheet_is_one(
    browser: Any, tmp_path: Path
) -> None:
    """One test for all, because starting a browser is what costs."""
    game = open_game(keep=False)
    every = tuple(entry.id for entry in playable(game.course))
    assert every == ("omar", "sepideh", "gumisai")
    sheets = {"participation": 1, "evaluation": 1, "cards": 1}
    for scenarios, minutes in ((every, 90), *(((story,), 30) for story in every)):
        planned = plan(
            game.course, scenarios, 12, minutes, "An entity of the Organization"
        )
        counted = printed(browser, tmp_path, kit_pages(game, planned))
        assert counted.pop("prepare") <= 2
        assert counted == sheets | {"script": len(scenarios)}


def test_axe_finds_nothing_on_what_is_also_read_on_a_screen(
    browser: Any, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    game = open_game(keep=False)
    planned = plan(game.course, ("omar",), 12, 30)
    leading = Facilitation.start(game, planned)
    led(
        leading,
        "next",
        "settle b",
        "next",
        "next",
        "next",
        "next",
        "tally a=4 b=2",
        "reveal",
    )
    pages = kit_pages(game, planned) | {
        "record.html": record_text(game, leading.id, "html")
    }
    page, found = browser.new_page(), {}
    for name in ("prepare.html", "script.html", "evaluation.html", "record.html"):
        file = tmp_path / name
        file.write_text(pages[name], encoding="utf-8")
        page.goto(file.as_uri())
        done = axe.run(page, options={"runOnly": RULES})
        found[name] = [item["id"] for item in done.response["violations"]]
    page.close()
    assert not any(found.values()), found
