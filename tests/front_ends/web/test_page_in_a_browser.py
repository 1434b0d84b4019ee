"""The exported page in headless Chromium: played, read by axe-core, and never asking for anything.

The normal run looks at every view and at two walks of each story; with DIALOGUE_GAME_NIGHTLY=1
at every scene and every consequence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.app.bootstrap import open_game
from tests.front_ends.web.conftest import opened_page, until, visit
from tests.front_ends.web.equality import every_place
from tests.nightly import NIGHTLY

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STORIES = [entry.id for entry in open_game(keep=False).course.stories]
WIDTHS = (320, 1280)
LOOKS = (("light", 320), ("dark", 1280))
ALL_OPEN = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
}"""
AT_REST = """() => !document.querySelector("[data-later]")
  && document.getAnimations().every((one) => one.playState !== "running")"""
"""What comes a moment later is there, and what moves has come to rest."""
WIDER = "document.documentElement.scrollWidth > innerWidth"

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture
def page(browser: Any, course_page: Path) -> Iterator[Any]:
    """The page, opened anew and empty; it fails where a script does, or where it asks for more."""
    asked: list[str] = []

    def watch(opened: Any, faults: list[str]) -> None:
        opened.on(
            "console",
            lambda told: faults.append(told.text) if told.type == "error" else None,
        )
        opened.on("request", lambda request: asked.append(request.url))

    with opened_page(browser, course_page, 320, 700, watch) as opened:
        yield opened
    assert all(url.startswith(("file:", "data:image/", "blob:")) for url in asked)


def look(page: Any, axe: Any, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What axe finds here, in these widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(ALL_OPEN)
        until(page, AT_REST)
        done = axe.run(page, options={"runOnly": RULES})
        found += [
            f"{width} {item['id']}: {item['nodes'][0]['html']}"
            for item in done.response["violations"]
        ]
        if page.evaluate(WIDER):
            found.append(f"{width} wider than the window")
    return found


def press(page: Any, selector: str) -> None:
    """Click, and wait until another view stands there."""
    page.evaluate("() => { window.before = document.querySelector('main'); }")
    page.click(selector)
    until(page, "() => document.querySelector('main') !== window.before")


def play(page: Any, story: str, chance: random.Random) -> Iterator[str]:
    """Press buttons to an ending, as a person does; each place on the way."""
    visit(page, "#/")
    press(page, f"[data-story={story}]")
    for _ in range(200):
        yield page.inner_text("h1")
        if options := page.locator("button.option").count():
            press(page, f"button.option >> nth={chance.randrange(options)}")
            yield page.inner_text("h1")
            press(page, "main .primary")
        elif page.query_selector("main a.primary"):
            press(page, "main a.primary")
            return
        else:
            press(page, "main .primary")
    raise AssertionError(f"{story} does not end")


@pytest.mark.parametrize("story", STORIES if NIGHTLY else STORIES[:2])
def test_a_story_is_played_to_an_ending_and_axe_finds_nothing_on_the_way(
    page: Any, story: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    chance = random.Random(3)  # noqa: S311
    seen: set[str] = set()
    found: list[str] = []
    for _ in range(40 if NIGHTLY else 1):
        for number, title in enumerate(play(page, story, chance)):
            key = f"{title} {page.inner_text('.overline')}"
            if key not in seen and (NIGHTLY or number < 2):
                seen.add(key)
                found += look(
                    page, axe, WIDTHS if NIGHTLY else WIDTHS[number % 2 :][:1]
                )
    if NIGHTLY or story == "omar":
        found += look(page, axe, WIDTHS if NIGHTLY else WIDTHS[:1])  # the debrief
    assert found == []


@pytest.mark.skipif(
    not NIGHTLY, reason="long; DIALOGUE_GAME_NIGHTLY=1 looks at every scene"
)
@pytest.mark.parametrize("story", STORIES)
def test_axe_finds_nothing_on_any_scene_or_ending(page: Any, story: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    told = open_game(keep=False).story(story)
    places = dict(every_place(told))
    assert set(places) == {*told.scenes, *told.endings}
    found = {}
    for number, (place, picks) in enumerate(places.items()):
        theme = ("light", "dark")[number % 2]
        page.evaluate("story => { dialogueGame.begin(story, 0); }", story)
        for pick in picks:
            page.evaluate("id => { dialogueGame.choose(id); }", pick)
        now = page.evaluate("dialogueGame.situation()")
        assert place == (now["scene"] or now["ending"]["id"])
        page.wait_for_function(
            "title => document.querySelector('h1').innerText === title",
            arg=now["title"],
        )
        page.evaluate(f"document.documentElement.dataset.theme = {theme!r}")
        if faults := look(page, axe):
            found[place] = faults
    assert found == {}


def test_axe_finds_nothing_on_the_other_views(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    chance = random.Random(5)  # noqa: S311
    for _ in range(2):
        for _place in play(page, "how_to_play", chance):
            pass
    runs = page.evaluate(
        "JSON.parse(localStorage[Object.keys(localStorage)[0]]).runs.map((run) => run.id)"
    )
    found = {}
    places = (
        *(
            "#/",
            "#/guidelines",
            "#/runs",
            "#/about",
            "#/settings",
            "#/certificate",
            "#/map/omar",
        ),
        *(f"#/compare/{runs[0]}/{runs[1]}", "#present", "#/nowhere", "#/play/gone"),
    )
    for number, where in enumerate(places):
        for theme, width in LOOKS if NIGHTLY else LOOKS[number % 2 :][:1]:
            visit(page, where)
            page.evaluate(f"document.documentElement.dataset.theme = {theme!r}")
            if faults := look(page, axe, WIDTHS if NIGHTLY else (width,)):
                found[f"{where} {theme}"] = faults
    assert found == {}
