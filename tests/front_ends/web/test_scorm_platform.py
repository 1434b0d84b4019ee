"""The package inside scorm-again, as a platform runs it: a frame beside its API, over loopback."""

from __future__ import annotations

import functools
import http.server
import io
import json
import os
import random
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.web.course_page import export
from dialogue_game.web.scorm import package
from tests.front_ends.web.conftest import says, until, visit

CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    / "dialogue-game-tests"
)
INSTALLED = CACHE / "scorm-again-3.4.3" / "node_modules" / "scorm-again" / "dist"
RUNTIME = Path(os.environ.get("SCORM_AGAIN", INSTALLED))
PLATFORM = """<!doctype html><title>Platform</title>
<script src="scorm12.js"></script><script src="scorm2004.js"></script><script>
const kept = JSON.parse(sessionStorage.kept ?? "null");
window.said = { errors: [], calls: 0 };
window.start = (kind, version) => {
  const later = version === "2004";
  const Runtime = later ? Scorm2004API : Scorm12API;
  const real = new Runtime({ autocommit: false, logLevel: 5 });
  if (kept) real.loadFromJSON(kept, "");
  window.real = real;
  const names = ["Initialize", later ? "Terminate" : "Finish", "GetValue", "SetValue", "Commit",
    "GetLastError", "GetErrorString", "GetDiagnostic"];
  const api = {};
  window[later ? "API_1484_11" : "API"] = api;
  for (const name of names) {
    api[`${later ? "" : "LMS"}${name}`] = (...given) => {
      if (kind === "refuses" || window.lost) return "false";
      const answer = real[`lms${name}`](...given);
      const error = real.lmsGetLastError();
      window.said.calls += 1;
      // 403 is how SCORM 2004 says that nothing was kept yet.
      const nothingYet = later && name === "GetValue" && error === "403";
      const wrong = name !== "GetLastError" && error !== "0" && !nothingYet;
      if (wrong) window.said.errors.push([name, ...given, error]);
      return answer;
    };
  }
};
window.keep = () => { sessionStorage.kept = JSON.stringify(real.cmi.toJSON()); };
const kind = new URLSearchParams(location.search).get("kind") ?? "works";
const version = new URLSearchParams(location.search).get("version") ?? "1.2";
if (kind !== "absent") start(kind, version);
</script><iframe id="page" src="index.html" width="700" height="700"></iframe>"""

pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(
        not (RUNTIME / "scorm12.js").exists(),
        reason="scorm-again is not there; bash tests/front_ends/web/scorm_again.sh installs it",
    ),
]


Packed = tuple[str, bool]
"""A version of SCORM, and whether with mastery."""
PLAIN = [("1.2", False), ("2004", False)]
MASTERY = [("1.2", True), ("2004", True)]


@pytest.fixture(scope="module")
def packages() -> dict[Packed, zipfile.ZipFile]:
    shelf = open_course(shipped_course())
    made = {
        (version, mastery): export(
            shelf, scorm={"mastery": mastery, "version": version}
        )
        for version, mastery in (*PLAIN, *MASTERY)
    }
    return {
        kind: zipfile.ZipFile(io.BytesIO(b"".join(package(one))))
        for kind, one in made.items()
    }


@pytest.fixture(params=PLAIN, ids=["1.2", "2004"])
def packed(request: pytest.FixtureRequest) -> Packed:
    found: Packed = request.param
    return found


@pytest.fixture
def address(
    packages: dict[Packed, zipfile.ZipFile], packed: Packed, tmp_path: Path
) -> Iterator[str]:
    packages[packed].extractall(tmp_path)
    (tmp_path / "platform.html").write_text(PLATFORM, encoding="utf-8")
    for runtime in ("scorm12.js", "scorm2004.js"):
        (tmp_path / runtime).write_bytes((RUNTIME / runtime).read_bytes())

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Nothing: the test tells what went wrong."""

    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/platform.html?version={packed[0]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    opened = browser.new_page()
    opened.goto(address)
    opened.evaluate("sessionStorage.clear()")
    yield opened
    opened.close()


def open_page(page: Any, address: str, kind: str = "works") -> Any:
    """The platform's page anew; the course's own frame."""
    page.goto(f"{address}&kind={kind}")
    page.wait_for_function("document.getElementById('page').contentWindow.dialogueGame")
    return page.frames[1]


def play(frame: Any, story: str, chance: random.Random, most: int = 200) -> int:
    """Choices by the page's contract; how many were made."""
    frame.evaluate("story => dialogueGame.begin(story)", story)
    for made in range(most):
        now = frame.evaluate("dialogueGame.situation()")
        if now.get("ending"):
            return made
        options = [option["id"] for option in now["options"] if option["available"]]
        frame.evaluate(
            "id => dialogueGame.choose(id)", chance.choice(options or ["continue"])
        )
    return most


def told(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "JSON.parse(JSON.stringify(real.cmi.toJSON()))"
    )
    return found


def status(page: Any, packed: Packed) -> str:
    """How far and how well, in one word."""
    cmi = told(page)
    if packed[0] == "1.2":
        return str(cmi["core"]["lesson_status"])
    success = str(cmi["success_status"])
    return success if success != "unknown" else str(cmi["completion_status"])


def test_the_manifest_names_the_page_and_the_version(
    packages: dict[Packed, zipfile.ZipFile],
) -> None:
    for (version, mastery), packed in packages.items():
        root = ElementTree.fromstring(packed.read("imsmanifest.xml"))  # noqa: S314  our own
        text = packed.read("imsmanifest.xml").decode()
        assert root.tag.endswith("manifest")
        assert f"<schemaversion>{version}" in text
        assert 'href="index.html"' in text
        assert ("masteryscore" in text) is (mastery and version == "1.2")
        assert set(packed.namelist()) == {"imsmanifest.xml", "index.html"}


def test_a_whole_course_is_reported_without_one_error(
    page: Any, address: str, packed: Packed
) -> None:
    frame = open_page(page, address)
    chance = random.Random(11)  # noqa: S311
    decisions = sum(
        play(frame, story, chance) for story in ("omar", "sepideh", "gumisai")
    )
    cmi = told(page)
    assert page.evaluate("said.errors") == []
    assert page.evaluate("said.calls") > decisions
    assert status(page, packed) == "completed"
    score = cmi["core"]["score"] if packed[0] == "1.2" else cmi["score"]
    assert 0 <= float(score["raw"]) <= 100
    if packed[0] == "2004":
        assert float(score["scaled"]) == float(score["raw"]) / 100
    assert len(cmi["suspend_data"]) <= 4096
    assert page.evaluate("real.cmi.interactions.childArray.length") <= decisions
    first = page.evaluate(
        "JSON.parse(JSON.stringify(real.cmi.interactions.childArray[0].toJSON()))"
    )
    assert first["type"] == "choice"
    assert first["id"].startswith("omar-")


def test_a_run_is_gone_on_with_from_the_platforms_data_at_every_decision(
    page: Any, address: str
) -> None:
    frame = open_page(page, address)
    frame.evaluate("dialogueGame.begin('sepideh')")
    chance = random.Random(4)  # noqa: S311
    for _ in range(40):
        now = frame.evaluate("dialogueGame.situation()")
        if now.get("ending"):
            break
        options = [option["id"] for option in now["options"] if option["available"]]
        frame.evaluate(
            "id => dialogueGame.choose(id)", chance.choice(options or ["continue"])
        )
        before = frame.evaluate("dialogueGame.situation()")
        page.evaluate("keep()")
        frame = open_page(page, address)
        assert page.evaluate("said.errors") == []
        if before.get("ending"):
            break
        frame.click("a.primary")
        frame.wait_for_selector(
            "[data-story]", state="detached"
        )  # the address changes a bit later
        shown = frame.inner_text("h1")
        while shown != before["title"]:  # a page that is only read is shown again
            assert not frame.query_selector("button.option")
            frame.click("main button.primary")
            until(
                frame,
                "title => document.querySelector('h1').innerText !== title",
                shown,
            )
            shown = frame.inner_text("h1")
        visit(frame, "#/")
        frame.evaluate("dialogueGame.resume('sepideh')")


@pytest.mark.parametrize("packed", MASTERY, indirect=True, ids=["1.2", "2004"])
def test_with_mastery_the_platform_hears_passed_or_failed(
    page: Any, address: str, packed: Packed
) -> None:
    frame = open_page(page, address)
    chance = random.Random(2)  # noqa: S311
    for story in ("omar", "sepideh", "gumisai"):
        assert status(page, packed) == "incomplete"
        play(frame, story, chance)
    assert status(page, packed) in ("passed", "failed")
    assert page.evaluate("said.errors") == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("absent", "No learning platform was found"),
        ("refuses", "does not answer as it should"),
    ],
)
def test_without_a_platform_that_answers_one_plays_on(
    page: Any, address: str, kind: str, words: str
) -> None:
    frame = open_page(page, address, kind)
    says(frame, words, ".notices")
    assert play(frame, "omar", random.Random(1)) > 3  # noqa: S311


def test_a_platform_that_loses_its_connection_is_said_and_one_plays_on(
    page: Any, address: str
) -> None:
    frame = open_page(page, address)
    play(frame, "omar", random.Random(1), 2)  # noqa: S311
    assert frame.inner_text(".notices") == ""
    page.evaluate("window.lost = true")
    assert play(frame, "omar", random.Random(1)) > 3  # noqa: S311
    says(frame, "does not answer as it should", ".notices")


def test_nothing_is_kept_in_a_browser_that_many_may_share(
    page: Any, address: str
) -> None:
    frame = open_page(page, address)
    play(frame, "omar", random.Random(1), 3)  # noqa: S311
    assert json.loads(frame.evaluate("JSON.stringify(Object.keys(localStorage))")) == []
