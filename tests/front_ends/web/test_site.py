"""The site, built and read in Chromium; long, so only with DIALOGUE_GAME_NIGHTLY=1."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from tests.architecture.figures import ROOT
from tests.front_ends.tui.everywhere import screens
from tests.front_ends.web.conftest import until
from tests.front_ends.web.test_page_in_a_browser import RULES, WIDER
from tests.nightly import NIGHTLY

pytestmark = [
    pytest.mark.skipif(
        not NIGHTLY, reason="long; DIALOGUE_GAME_NIGHTLY=1 builds the site"
    ),
    pytest.mark.xdist_group("chromium"),
]

QUESTIONS = {
    "stop and come back later": "--resume",
    "resume a session": "facilitate --resume",
    "what leaves my machine": "no telemetry",
    "which file do I edit": "omar.yaml",
    "does my story work": "check my_course --report",
    "play with a screen reader": "--plain",
    "delete what I played": "privacy wipe",
    "journal damaged": "journal repair",
    "put it on our learning platform": "--scorm",
    "results to our record store": "dialogue-game send",
    "report a fault": "dialogue-game doctor",
    "vote with phones": "--phones",
    "install without Python": "one file",
    "folder cannot be written": "uvx --from .",
    "translate a course": "language:",
    "annual Dialogue": "participation line",
    "case from your own office": "unrecognisable",
    "quick card": "Speak for an option",
    "score key reviewed": "At least three reviewers",
    "United Nations endorsed": "nobody has endorsed it",
    "how many players": "two people or a hundred",
    "how long does it take": "fifteen minutes",
    "does it cost anything": "free",
    "can I play on my phone": "--html",
    "save my progress on another computer": "journal where",
    "update to a new version": "git pull",
    "large text on a projector": "ctrl and plus",
    "change the language": "translation of the course",
    "add a picture": "assets/",
    "what does the percentage mean": "at stake",
    "rename a scene without losing saved runs": "aliases:",
    "share my story with a colleague": "export course my_course",
    "undo a wrong vote": "takes the latest thing back",
    "number of participants for the focal point": "participation line",
    "no internet": "HTTPS_PROXY",
}
"""What a newcomer types into the search, and what the first page that it gives must say."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as the documented command builds it; strictly, so that a dead link fails."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [
            *(shutil.which("uv") or "uv", "run", "--group", "site"),
            *("python", "-m", "release.site", str(folder / "site")),
        ],
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder / "environment")},
        check=True,
        timeout=600,
    )
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, on this machine alone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of the browser; it fails where a script does, or where another server is asked."""
    opened = browser.new_page()
    faults: list[str] = []
    asked: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert faults == []
    assert [
        url for url in asked if not url.startswith((address, "data:", "blob:"))
    ] == []


def pages(site: Path) -> list[str]:
    """Every page's address in the site, the course and the page for dead links left out."""
    found = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return sorted(set(found) - {"404.html", "play/index.html"})


def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_a_phone(
    site: Path, address: str, page: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    for number, name in enumerate(pages(site)):
        if name.startswith("findings/") and number % 30:
            continue  # they are all made alike
        for scheme, width in (("light", 320), ("dark", 1280)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address + name)
            until(page, "document.querySelector('.md-search[aria-label]') !== null")
            page.wait_for_timeout(100)
            done = axe.run(page, options={"runOnly": RULES})
            found += [
                f"{name} {width} {item['id']}: {item['nodes'][0]['html']}"
                for item in done.response["violations"]
            ]
            if page.evaluate(WIDER):
                found.append(f"{name} is wider than {width}")
    assert found == []


def test_the_course_is_played_to_its_first_consequence_on_the_front_page(
    address: str, page: Any
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "index.html")
    course = page.frame_locator("iframe.course")
    course.locator("[data-story=omar]").click()
    while not course.locator("button.option").count():
        course.locator("main .primary").click()
    scene = course.locator("h1").inner_text()
    course.locator("button.option").first.click()
    course.locator("main .primary").wait_for()
    assert course.locator("button.option").count() == 0
    assert scene


@pytest.mark.parametrize(("asked", "answer"), QUESTIONS.items())
def test_the_first_page_that_the_search_gives_answers(
    page: Any, address: str, asked: str, answer: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "quick-card.html")
    said = "document.querySelector('.md-search-result__meta').innerText"
    until(page, f"{said}.includes('Type to start')")  # the index has been read
    page.fill("[data-md-component=search-query]", asked)
    page.keyboard.press("End")  # it looks when a key is let go
    until(page, f"/[0-9]|No matching/.test({said})")
    first = page.locator(".md-search-result__link").first.get_attribute("href")
    page.goto(urljoin(address, first))
    assert answer in page.inner_text("article"), first


def test_every_link_and_every_picture_of_the_site_leads_somewhere(site: Path) -> None:
    texts = {name: (site / name).read_text(encoding="utf-8") for name in pages(site)}
    places = {
        name: set(re.findall(r'\bid="?([^"\s>]+)', text))
        for name, text in texts.items()
    }

    def there(name: str, link: str) -> bool:
        target, fragment = urldefrag(urljoin(name, link))
        wanted = unquote(target) or name
        ids = places.get(wanted, {unquote(fragment)})
        return (site / wanted).exists() and (not fragment or unquote(fragment) in ids)

    dead = [
        f"{name}: {link}"
        for name, text in texts.items()
        for link in re.findall(r'\b(?:href|src|srcset)="?([^"\s>]+)', text)
        if not re.match(r"[a-z]+:", link) and not there(name, link)
    ]
    assert dead == []


def test_every_screen_of_the_game_has_a_picture_in_dark_and_in_light(
    site: Path,
) -> None:
    drawn = {file.stem for file in (site / "screens").glob("*.svg")}
    names = {kind.__name__ for kind in screens()}
    assert drawn == {name + theme for name in names for theme in ("", "-light")}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_quick_card_is_printed_on_one_page(
    page: Any, address: str, paper: str
) -> None:
    page.goto(address + "quick-card.html")
    edge = dict.fromkeys(("top", "right", "bottom", "left"), "12mm")
    printed = page.pdf(format=paper, margin=edge)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_every_finding_has_a_page(site: Path) -> None:
    codes = {file.stem for file in (ROOT / "docs" / "findings").glob("DG*.md")}
    assert codes
    assert codes <= {Path(name).stem for name in pages(site)}
