"""The package as a cmi5 platform launches it: a token, its documents, and Ralph as its store."""

from __future__ import annotations

import base64
import http.server
import io
import json
import random
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

import pytest

from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.core.engine import begin
from dialogue_game.core.events import ChoiceMade
from dialogue_game.reporting.xapi_model import Attempt, Moment
from dialogue_game.reporting.xapi_statements import statements
from dialogue_game.web.course_page import export
from dialogue_game.web.scorm import package
from tests.delivery.lrs import KEY, SECRET
from tests.delivery.test_ralph import RALPH, Ralph, opinion, ralph
from tests.front_ends.web.conftest import says
from tests.front_ends.web.test_scorm_platform import play
from tests.unit.reporting.attempts import LEARNER

__all__ = ["ralph"]

pytestmark = pytest.mark.xdist_group("chromium")
SHELF = open_course(shipped_course())
ACTOR = {
    "objectType": "Agent",
    "account": {"homePage": "https://example.org", "name": "m1"},
}
REGISTRATION = "0b5a6b00-0000-4000-8000-000000000001"
ACTIVITY = "https://example.org/launched/unit"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
LAUNCH = {
    "launchMode": "Normal",
    "masteryScore": 0.7,
    "returnURL": "https://example.org/back",
    "contextTemplate": {"extensions": {SESSION: "s1"}},
}


class Platform(http.server.ThreadingHTTPServer):
    """What a launching platform has: the page, one token, documents, a store of statements."""

    def __init__(self, page: str, store: Ralph | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.page, self.store = page, store
        self.documents: dict[str, Any] = {"LMS.LaunchData": LAUNCH}
        self.statements: list[dict[str, Any]] = []
        self.refusing = False
        self.tokens = 0

    @property
    def launch(self) -> str:
        at = f"http://127.0.0.1:{self.server_port}"
        given = {
            "endpoint": f"{at}/lrs",
            "fetch": f"{at}/token",
            "actor": json.dumps(ACTOR),
            "registration": REGISTRATION,
            "activityId": ACTIVITY,
        }
        return f"{at}/index.html?{urlencode(given)}"

    def keep(self, told: list[dict[str, Any]]) -> int:
        """Take statements, as the store behind does where there is one."""
        if self.store is not None:
            key = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
            request = urllib.request.Request(  # noqa: S310  loopback
                f"{self.store.root}/statements/",
                json.dumps(told).encode(),
                {
                    "Authorization": f"Basic {key}",
                    "X-Experience-API-Version": "1.0.3",
                    "Content-Type": "application/json",
                },
            )
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=20) as answer:
                assert answer.status == 200
        self.statements += told
        return 200


class Handler(http.server.BaseHTTPRequestHandler):
    """Its answers."""

    server: Platform

    def log_message(self, *args: object) -> None:
        """Nothing: the test tells what went wrong."""

    def answer(
        self, status: int, body: str = "", kind: str = "application/json"
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def asked(self) -> tuple[str, str, Any]:
        """The path, the document's name, and the body; all but the page has to know the token."""
        parts = urlsplit(self.path)
        name = parse_qs(parts.query).get("stateId", [""])[0]
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        if parts.path.startswith("/lrs"):
            assert self.headers["Authorization"] == "Basic c2VjcmV0"
            assert self.headers["X-Experience-API-Version"] == "1.0.3"
        return parts.path, name, body

    def do_GET(self) -> None:
        path, name, _ = self.asked()
        if path == "/index.html":
            self.answer(200, self.server.page, "text/html")
        elif name in self.server.documents:
            self.answer(200, json.dumps(self.server.documents[name]))
        else:
            self.answer(404)

    def do_PUT(self) -> None:
        _, name, body = self.asked()
        if not self.server.refusing:
            self.server.documents[name] = body
        self.answer(503 if self.server.refusing else 204)

    def do_POST(self) -> None:
        path, _, body = self.asked()
        if path == "/token":
            self.server.tokens += 1
            once = (
                {"auth-token": "c2VjcmV0"}
                if self.server.tokens == 1
                else {"error-code": "1"}
            )
            self.answer(200, json.dumps(once))
        else:
            self.answer(503 if self.server.refusing else self.server.keep(body))


@pytest.fixture(scope="module")
def packed() -> zipfile.ZipFile:
    made = export(SHELF, scorm={"mastery": True, "version": "cmi5"})
    return zipfile.ZipFile(io.BytesIO(b"".join(package(made))))


@pytest.fixture
def platform(packed: zipfile.ZipFile) -> Iterator[Platform]:
    server = Platform(packed.read("index.html").decode())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def opened(browser: Any, platform: Platform) -> Any:
    page = browser.new_page()
    page.goto(platform.launch)
    page.wait_for_function("() => window.dialogueGame")
    return page


def quiet(page: Any) -> None:
    """Wait until everything that was said has been sent."""
    page.wait_for_load_state("networkidle")


def verbs(platform: Platform) -> list[str]:
    return [told["verb"]["id"].rpartition("/")[2] for told in platform.statements]


def test_the_structure_names_the_page_and_the_mark(packed: zipfile.ZipFile) -> None:
    assert set(packed.namelist()) == {"cmi5.xml", "index.html"}
    root = ElementTree.fromstring(packed.read("cmi5.xml"))  # noqa: S314  our own
    space = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
    unit = root.find(f"{space}au")
    assert unit is not None
    assert (unit.get("moveOn"), unit.get("masteryScore")) == (
        "CompletedAndPassed",
        "0.7",
    )
    assert unit.findtext(f"{space}url") == "index.html"


def test_a_whole_course_is_told_and_taken_by_the_store(
    browser: Any, platform: Platform, request: pytest.FixtureRequest
) -> None:
    if (RALPH / "bin" / "ralph").exists():
        platform.store = request.getfixturevalue("ralph")
    page = opened(browser, platform)
    chance = random.Random(11)  # noqa: S311
    decisions = sum(
        play(page, story, chance) for story in ("omar", "sepideh", "gumisai")
    )
    quiet(page)
    page.goto("about:blank")
    page.close()
    until = time.monotonic() + 20
    while "terminated" not in verbs(platform) and time.monotonic() < until:
        time.sleep(0.05)
    told = verbs(platform)
    assert told[-1] == "terminated"
    assert told[0] == "initialized"
    assert 0 < told.count("answered") <= decisions
    own = [one for one in platform.statements if one["object"]["id"] == ACTIVITY]
    assert [one["verb"]["display"]["en"] for one in own][:2] == [
        "initialized",
        "completed",
    ]
    assert [one["verb"]["display"]["en"] for one in own][2] in ("passed", "failed")
    assert "score" not in own[1]["result"]
    assert {one["context"]["registration"] for one in platform.statements} == {
        REGISTRATION
    }
    assert all(
        one["context"]["extensions"][SESSION] == "s1" for one in platform.statements
    )
    if platform.store is not None:
        assert (
            opinion("".join(f"{json.dumps(one)}\n" for one in platform.statements))
            == ""
        )


def test_an_answer_is_told_as_the_program_tells_it(
    browser: Any, platform: Platform
) -> None:
    page = opened(browser, platform)
    play(page, "omar", random.Random(4), 4)  # noqa: S311
    quiet(page)
    mine = [
        one for one in platform.statements if one["verb"]["id"].endswith("answered")
    ]
    story = SHELF.story("omar")
    made = [
        (one["object"]["id"].rpartition("/")[2], one["result"]["response"])
        for one in mine
    ]
    events = [*begin(story), *(ChoiceMade(scene, choice) for scene, choice in made)]
    moments = [
        Moment(number, 1000 * number, event) for number, event in enumerate(events, 1)
    ]
    theirs = [
        one
        for one in statements(Attempt("a", story, moments), LEARNER)
        if one["verb"]["id"].endswith("answered")
    ]
    assert len(mine) == len(theirs) > 1
    for one, other in zip(mine, theirs, strict=True):
        assert one["object"] == other["object"]
        assert one["verb"] == other["verb"]
        for result in (one["result"], other["result"]):
            result.pop("duration")
        assert one["result"] == other["result"]
        around = other["context"]["contextActivities"]
        assert one["context"]["contextActivities"] == around
        assert one["context"]["revision"] == other["context"]["revision"]
    page.close()


def test_another_browser_goes_on_and_a_store_that_refuses_loses_nothing(
    browser: Any, platform: Platform
) -> None:
    page = opened(browser, platform)
    play(page, "omar", random.Random(1), 2)  # noqa: S311
    quiet(page)
    before = verbs(platform).count("answered")
    platform.refusing = True
    play(page, "omar", random.Random(2), 2)  # noqa: S311
    says(page, "does not answer as it should", ".notices")
    platform.refusing = False
    page.evaluate("dialogueGame.begin('omar')")
    page.wait_for_function("() => document.querySelector('.notices').innerText === ''")
    quiet(page)
    assert verbs(platform).count("answered") > before
    assert len({one["id"] for one in platform.statements}) == len(platform.statements)
    page.evaluate("sessionStorage.clear()")
    page.close()
    platform.tokens = 0
    again = opened(browser, platform)
    assert again.evaluate("dialogueGame.resume('omar')")
    again.close()


def test_without_a_launch_or_a_token_one_plays_on(
    browser: Any, platform: Platform
) -> None:
    page = browser.new_page()
    page.goto(platform.launch.split("?")[0])
    says(page, "No learning platform was found", ".notices")
    page.evaluate("sessionStorage.clear()")
    platform.tokens = 1
    page.goto(platform.launch)
    says(page, "does not answer as it should", ".notices")
    assert play(page, "omar", random.Random(1)) > 3  # noqa: S311
    assert platform.statements == []
    page.close()
