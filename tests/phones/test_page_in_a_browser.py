"""The phone's page in headless Chromium: every state, light and dark, either direction, narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.phones.server import Phones
from dialogue_game.phones.voting_page import SCRIPT, STYLE, PageLanguage
from tests.nightly import NIGHTLY
from tests.phones.test_server import OPTIONS, closed, opened
from tests.unit.reporting.conftest import browser
from tests.unit.reporting.test_pages_in_a_browser import RULES

__all__ = ["browser"]

LONG = (
    *OPTIONS[:2],
    ("C", "long", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 3),
)


def states(phones: Phones, shown: Any) -> Iterator[str]:
    """The page in each of its states, as a person comes to them."""
    phones.show("Omar on Instagram", "Look at the screen. This page asks you then.")
    shown.goto(phones.url)
    yield "waiting"
    phones.open_round("1", "Monday, 09:30", 1, LONG)
    shown.reload()
    yield "asked"
    shown.evaluate("document.querySelector('form').noValidate = true")
    shown.click("button")
    yield "nothing chosen"
    shown.check("input[value=long]")
    shown.click("button")
    shown.wait_for_selector("text=Your vote is in")
    yield "voted"
    closed(phones)
    opened(phones, "2")
    shown.check("input[value=wait]")
    shown.click("button")
    shown.wait_for_selector("text=That round is closed")
    yield "too late"
    shown.evaluate("document.getElementById('lost').hidden = false")
    yield "no answer"
    phones.show("Omar on Instagram", phones.words.ended)
    shown.reload()
    yield "ended"


@pytest.mark.parametrize(("scheme", "course"), [("light", "en"), ("dark", "ar")])
def test_axe_finds_nothing_in_any_state_and_nothing_is_wider_than_320_pixels(
    browser: Any, tmp_path: Path, scheme: str, course: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    language = PageLanguage(course, "rtl" if course == "ar" else "ltr")
    phones = Phones("127.0.0.1", tmp_path / "ballots", language=language)
    shown = browser.new_page()
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.emulate_media(color_scheme=scheme)
    shown.set_viewport_size({"width": 320, "height": 640})
    found = {}
    for state in states(phones, shown):
        done = axe.run(shown, options={"runOnly": RULES})
        found[state] = [item["id"] for item in done.response["violations"]]
        if shown.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[state].append("wider than the window")
    shown.close()
    phones.stop()
    assert [*filter(None, found.values())] == []
    assert len(found) == 7
    assert all(url.startswith(phones.url) for url in asked)


@pytest.mark.skipif(not NIGHTLY, reason="it waits as long as phones wait")
def test_a_page_without_script_votes_and_renews_itself(
    browser: Any, tmp_path: Path
) -> None:
    phones = Phones("127.0.0.1", tmp_path / "ballots")
    phones.show("Omar on Instagram", "Look at the screen.")
    shown = browser.new_page()
    shown.context.new_cdp_session(shown).send(
        "Emulation.setScriptExecutionDisabled", {"value": True}
    )
    shown.goto(phones.url)
    opened(phones)
    shown.check("input[value=wait]")  # it has read itself anew
    shown.click("button")
    shown.wait_for_selector("text=Your vote is in")
    shown.close()
    assert closed(phones) == {"wait": 1}
    phones.stop()


@pytest.mark.skipif(not NIGHTLY, reason="it waits as long as phones wait")
def test_a_page_that_is_open_follows_the_screen_and_says_when_nobody_answers(
    browser: Any, tmp_path: Path
) -> None:
    phones = Phones("127.0.0.1", tmp_path / "ballots", word="samewd")
    shown = browser.new_page()
    shown.goto(phones.url)
    opened(phones)
    shown.wait_for_selector("text=Choose one")
    phones.stop()
    shown.wait_for_selector("text=does not answer")
    again = Phones("127.0.0.1", tmp_path / "ballots", port=phones.port, word="samewd")
    opened(again)
    shown.wait_for_selector("text=does not answer", state="hidden")
    shown.check("input[value=wait]")
    shown.click("button")
    shown.wait_for_selector("text=Your vote is in")
    shown.close()
    assert closed(again) == {"wait": 1}
    again.stop()


def test_nothing_on_the_page_needs_a_browser_of_the_last_eight_years() -> None:
    assert not re.search(
        r"=>|`|\b(let|const|class|async|await)\b|\?\.|\?\?|\.\.\.", SCRIPT
    )
    newer = r"gap:|inset|clamp\(|m(in|ax)\(|:is\(|:where\(|inline-|Canvas|aspect|@layer|system-ui"
    assert not re.search(newer, STYLE)
    for rule in re.findall(
        r"([^{}]*:has\([^{]*)\{|\{([^{}]*accent-color:[^{}]*)\}", STYLE
    ):
        assert "," not in rule[0]
        assert rule[1].count(":") <= 1
