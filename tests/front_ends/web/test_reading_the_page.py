"""Reading the page with keys and ears, in a room, by script, and on paper."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.front_ends.web.conftest import (
    focused,
    headed,
    opened_page,
    says,
    until,
    visit,
)

pytestmark = pytest.mark.xdist_group("chromium")
FOCUSED = "document.activeElement"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def page(browser: Any, course_page: Path) -> Iterator[Any]:
    with opened_page(browser, course_page, 700, 800) as opened:
        yield opened


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until an element of this kind has the focus, and is seen to have it."""
    for _ in range(60):
        page.evaluate("() => { window.before = document.activeElement; }")
        page.keyboard.press("Tab")
        until(page, "() => document.activeElement !== window.before")
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            outline = page.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle")
            assert outline != "none"
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_a_scene_is_played_with_the_keyboard_alone(page: Any) -> None:
    tab_to(page, "[data-story=omar]")
    page.keyboard.press("Enter")
    focused(page, "h1")
    title = page.inner_text("h1")
    assert title in page.title()
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    focused(page, "details[open] summary")
    tab_to(page, "button.option")
    page.keyboard.press("Enter")
    headed(page, "What came of it")
    focused(page, "h1")
    tab_to(page, "main button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("button.option")
    assert page.inner_text("h1") != title


def test_the_first_tab_leads_past_the_navigation(page: Any) -> None:
    page.keyboard.press("Tab")
    focused(page, ".skip")
    assert page.evaluate(f"{FOCUSED}.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    focused(page, "#main")


def test_who_wants_no_motion_gets_none(page: Any) -> None:
    moves = "getComputedStyle(document.querySelector('main')).animationName"
    page.click("[data-story=omar]")
    page.wait_for_selector("button.option")
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moves) == "rise"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moves) == "none"


def test_light_and_dark_follow_the_setting(page: Any) -> None:
    page.emulate_media(color_scheme="light")
    light = page.evaluate(BACKGROUND)
    visit(page, "#/settings")
    page.select_option("#theme", "dark")
    until(page, f"light => {BACKGROUND} !== light", light)
    dark = page.evaluate(BACKGROUND)
    page.reload()
    assert page.evaluate(BACKGROUND) == dark


def test_a_script_reads_what_the_program_writes(page: Any, tmp_path: Path) -> None:
    """`window.dialogueGame` gives the objects of `play --json`, but for the run's id."""
    first = page.evaluate("dialogueGame.begin('sepideh')")
    picks = []
    mine = [{"situation": first}]
    for _ in range(4):
        now = page.evaluate("dialogueGame.situation()")
        options = [option["id"] for option in now["options"] if option["available"]]
        picks.append((options or ["continue"])[0])
        told = page.evaluate("id => dialogueGame.choose(id)", picks[-1])
        if told:
            mine.append({"consequence": told})
        mine.append({"situation": page.evaluate("dialogueGame.situation()")})
    done = subprocess.run(
        [sys.executable, "-m", "dialogue_game", "play", "sepideh", "--json", "--pick",
         ",".join(picks)],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    wanted = [json.loads(line) for line in done.stdout.splitlines()]
    for line in (*mine, *wanted):
        line.get("situation", {}).pop("playthrough", None)
    assert mine == wanted


def test_a_room_votes_blind_and_sees_the_votes_only_then(page: Any) -> None:
    visit(page, "#present")
    page.click("main .primary >> nth=1")
    until(
        page,
        "() => parseFloat(getComputedStyle(document.documentElement).fontSize) > 20",
    )
    for letter, times in (("A", 3), ("B", 5)):
        for _ in range(times):
            page.click(f"[aria-label='One vote more for {letter}']")
    focused(page, "[aria-label='One vote more for B']")
    says(page, "8 votes counted")
    moves = "getComputedStyle(document.querySelector('main')).animationName"
    assert page.evaluate(moves) == "none", "the wall does not blink at each vote"
    assert page.query_selector(".vote meter") is None
    page.click("text=Show the votes")
    page.wait_for_selector(".vote meter")
    shown = page.evaluate(
        "[...document.querySelectorAll('.vote meter')].map((one) => one.value)"
    )
    assert shown[:2] == [3, 5]
    page.click("text=Go on with B")
    headed(page, "What came of it")
    visit(page, "#/")
    page.wait_for_selector("[data-story]")
    assert page.query_selector("main a.primary") is None, (
        "a group's run is nobody's own"
    )


def test_a_certificate_is_printed_without_what_is_only_for_the_screen(
    page: Any,
) -> None:
    page.evaluate("dialogueGame.begin('gumisai')")
    for _ in range(80):
        now = page.evaluate("dialogueGame.situation()")
        if now.get("ending"):
            break
        options = [option["id"] for option in now["options"] if option["available"]]
        page.evaluate("id => dialogueGame.choose(id)", (options or ["continue"])[0])
    visit(page, "#/certificate")
    page.fill("#name", "Mira Lind")
    says(page, "Mira Lind", ".name")
    page.emulate_media(media="print")
    assert not page.is_visible("#name")
    assert not page.is_visible("header")
    assert page.is_visible("table")
    assert "Mira" not in page.evaluate("JSON.stringify(localStorage)")
