"""What the page keeps: in this browser, in files, and what becomes of both when they are hurt."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.front_ends.web.conftest import headed, holds, opened_page, says, until, visit

pytestmark = pytest.mark.xdist_group("chromium")
KEY = "dialogue-game:leadership_dialogue_2023"


@pytest.fixture
def page(browser: Any, course_page: Path) -> Iterator[Any]:
    with opened_page(browser, course_page, 1280, 720) as opened:
        yield opened


def first_options(page: Any, story: str, most: int = 100) -> None:
    page.evaluate("story => { dialogueGame.begin(story, 0); }", story)
    for _ in range(200):
        now = page.evaluate("dialogueGame.situation()")
        if now.get("ending") or now["decision"] >= most:
            return
        options = [option["id"] for option in now["options"] if option["available"]]
        page.evaluate(
            "id => { dialogueGame.choose(id); }", (options or ["continue"])[0]
        )


def kept(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))
    return found


def read_on(page: Any) -> None:
    """Turn pages that are only read, which a run that is opened again shows again."""
    page.wait_for_selector("button.option, main button.primary")
    while not page.query_selector("button.option") and page.query_selector(
        "main button.primary"
    ):
        title = page.inner_text("h1")
        page.click("main button.primary")
        until(page, "title => document.querySelector('h1').innerText !== title", title)


def home(page: Any) -> None:
    visit(page, "#/")
    page.reload()
    page.wait_for_selector("[data-story]")


def look_back(page: Any) -> None:
    """From the ending to the debrief."""
    page.click("main a.primary")
    page.wait_for_selector("ol.path")


def program(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dialogue_game", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )


def test_a_run_is_gone_on_with_after_the_page_was_closed(page: Any) -> None:
    first_options(page, "omar", 3)
    read_on(page)
    title = page.inner_text("h1")
    home(page)
    page.click("main a.primary")
    page.wait_for_selector("[data-story]", state="detached")
    read_on(page)
    headed(page, title)
    assert len(kept(page)["runs"]) == 1
    assert len(kept(page)["runs"][0]["edition"]) == 64


def test_a_replay_keeps_both_runs_and_lays_them_side_by_side(page: Any) -> None:
    first_options(page, "omar")
    look_back(page)
    page.click("ol.path details summary")
    page.click("ol.path li:first-child button")
    page.click("main li:nth-child(2) button.option")
    headed(page, "What came of it")
    assert len(kept(page)["runs"]) == 2
    assert kept(page)["runs"][1]["branched_from"] == kept(page)["runs"][0]["id"]
    one, other = (run["id"] for run in kept(page)["runs"])
    visit(page, f"#/compare/{one}/{other}")
    says(page, "chose")


def test_the_look_back_offers_untried_options_and_takes_them(page: Any) -> None:
    first_options(page, "omar")
    look_back(page)
    holds(page, "What if you had chosen")
    holds(page, "This is no legal advice.")
    name = page.get_attribute("[aria-label^='Take it: ']", "aria-label")
    assert name
    page.click(f"[aria-label={json.dumps(name)}]")
    headed(page, "What came of it")
    assert name.removeprefix("Take it: ") in page.inner_text(".chosen")
    one, other = kept(page)["runs"]
    assert other["branched_from"] == one["id"]
    assert other["choices"][:-1] == one["choices"][: len(other["choices"]) - 1]
    assert other["choices"][-1] != one["choices"][len(other["choices"]) - 1]


def test_a_new_situation_is_asked_at_a_later_visit_and_once(page: Any) -> None:
    first_options(page, "sepideh")
    visit(page, "#/")
    page.wait_for_selector("[data-story]")
    assert "A new situation" not in page.inner_text("main")
    page.reload()
    says(page, "A new situation")
    page.click("section button.option >> nth=0")
    says(page, "On balance: ", "section [role=status]")
    assert kept(page)["asked"]
    page.reload()
    key = next(iter(kept(page)["asked"]))
    visit(page, "#/settings")
    page.select_option("#transfer", "off")
    home(page)
    assert "A new situation" not in page.inner_text("main")
    assert list(kept(page)["asked"]) == [key]


def test_an_ending_behind_a_page_that_is_only_read_is_found(page: Any) -> None:
    """Omar's endings follow a page without a choice; map, Home and the platform know them."""
    first_options(page, "omar")
    ending = page.evaluate("dialogueGame.situation().ending.title")
    home(page)
    says(page, "1 of")
    visit(page, "#/map/omar")
    holds(page, ending)
    visit(page, "#/runs")
    holds(page, ending)
    page.click("text=Look back")
    headed(page, ending)


def test_forget_everything_leaves_nothing(page: Any) -> None:
    first_options(page, "omar", 3)
    visit(page, "#/settings")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("button.danger")
    until(page, "() => Object.keys(localStorage).length === 0")
    home(page)
    assert page.query_selector("main a.primary") is None


@pytest.mark.parametrize(
    "hurt",
    [
        "{",
        "[]",
        '{"version": 1, "runs": [{"id": "x"}], "settings": 3}',
        '{"version": 9}',
        '"\\ud800"',
    ],
)
def test_what_was_tampered_with_is_said_and_does_not_stop_anyone(
    page: Any, hurt: str
) -> None:
    page.evaluate("pair => { localStorage.setItem(...pair); }", [KEY, hurt])
    page.reload()
    says(page, "could not be read in full", ".notices")
    first_options(page, "omar", 3)
    assert len(kept(page)["runs"]) == 1


def test_a_choice_that_the_story_does_not_have_is_no_run_to_go_on_with(
    page: Any,
) -> None:
    first_options(page, "omar", 3)
    data = kept(page)
    data["runs"][0]["choices"][0]["choice"] = "fly"
    page.evaluate("pair => { localStorage.setItem(...pair); }", [KEY, json.dumps(data)])
    home(page)
    visit(page, "#/runs")
    says(page, "decisions made")
    visit(page, "#/map/omar")
    headed(page, "My map")


def test_a_browser_without_room_says_so_and_plays_on(page: Any) -> None:
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }"
    )
    first_options(page, "omar", 3)
    says(page, "no room left", ".notices")
    assert page.evaluate("dialogueGame.situation().decision") == 3


def test_a_browser_that_denies_storage_is_told_and_plays_on(
    page: Any, course_page: Path
) -> None:
    """Its own refusal: a frame that shares nothing with its page may keep nothing."""
    around = course_page.with_name("frame.html")
    around.write_text(
        f'<iframe sandbox="allow-scripts" src="{course_page.name}"></iframe>'
    )
    page.goto(around.as_uri())
    course = page.frames[1]
    says(course, "keeps nothing for this page", ".notices")
    assert course.evaluate(
        "() => { try { return localStorage } catch { return 'denied' } }"
    ) == ("denied")
    first_options(course, "omar", 3)
    assert course.evaluate("dialogueGame.situation().decision") == 3


def test_two_windows_on_one_run_keep_both_paths(
    page: Any, browser: Any, course_page: Path
) -> None:
    first_options(page, "omar", 2)
    where = page.evaluate("location.hash")
    other = browser.new_page()
    other.goto(course_page.as_uri() + where)
    for one, place in ((other, 0), (page, 1)):
        one.bring_to_front()
        read_on(one)
        one.click(f"button.option >> nth={place}")
        headed(one, "What came of it")
    page.click("main .primary")
    holds(page, "Another window went on")
    assert len(kept(page)["runs"]) == 2
    other.close()


def test_a_saved_run_is_read_by_the_program(page: Any, tmp_path: Path) -> None:
    first_options(page, "omar")
    look_back(page)
    with page.expect_download() as waiting:
        page.click("text=Save this run")
    file = tmp_path / "run.json"
    waiting.value.save_as(file)
    mine = page.evaluate("dialogueGame.debrief()")
    done = program(tmp_path, "history", "--open", str(file), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for key in ("playthrough", "ending", "overall", "path", "guidelines"):
        assert told[key] == mine[key]
    picks = ",".join(step["choice"] for step in mine["path"][:2])
    assert (
        program(
            tmp_path, "play", "omar", "--pick", picks, "--keep", "--json"
        ).returncode
        == 0
    )
    done = program(tmp_path, "compare", "newest", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["right"]["run"] == mine["playthrough"]


def test_a_run_of_the_program_is_opened_in_the_page(page: Any, tmp_path: Path) -> None:
    program(tmp_path, "play", "sepideh", "--pick", "1,1,1", "--keep", "--json")
    done = program(
        tmp_path, "history", "--export", "newest", str(tmp_path / "run.json")
    )
    assert done.returncode == 0, done.stderr
    visit(page, "#/runs")
    page.set_input_files("#file", str(tmp_path / "run.json"))
    page.click("text=Keep it among my runs")
    until(page, "key => localStorage.getItem(key)", KEY)
    assert [run["story"] for run in kept(page)["runs"]] == ["sepideh"]
    assert len(kept(page)["runs"][0]["choices"]) == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("hello", "not an exported run"),
        ('{"format": "dialogue-game run", "version": 2}', "later version"),
        (
            '{"format": "dialogue-game run", "version": 1, "run": {}, "edition": {}}',
            "damaged",
        ),
    ],
)
def test_a_file_that_is_no_run_is_told_so(
    page: Any, tmp_path: Path, content: str, told: str
) -> None:
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    visit(page, "#/runs")
    page.set_input_files("#file", str(tmp_path / "run.json"))
    says(page, told, "main .notice")


def test_a_run_of_another_edition_is_read_and_compared_only(
    page: Any, tmp_path: Path
) -> None:
    first_options(page, "omar")
    look_back(page)
    with page.expect_download() as waiting:
        page.click("text=Save this run")
    data = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    data["run"]["edition"] = data["edition"]["edition"] = "another"
    (tmp_path / "run.json").write_text(json.dumps(data), encoding="utf-8")
    visit(page, "#/runs")
    page.set_input_files("#file", str(tmp_path / "run.json"))
    says(page, "another edition", "main .notice")
    page.click("text=Compare with my newest run")
    says(page, "different editions")
    data["run"]["story"] = data["edition"]["id"] = "of_another_course"
    (tmp_path / "run.json").write_text(json.dumps(data), encoding="utf-8")
    visit(page, "#/runs")
    page.set_input_files("#file", str(tmp_path / "run.json"))
    says(page, "not in this course", "main .notice")
    page.click("text=Read this run")
    page.wait_for_selector("ol.path")
    assert page.locator("ol.path button").count() == 0
    assert len(kept(page)["runs"]) == 1
