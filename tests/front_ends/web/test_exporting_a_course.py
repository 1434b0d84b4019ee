"""`export course`: what goes into the file, what never does, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.content.library import home, open_course, shipped_course
from dialogue_game.core.course import Course
from dialogue_game.core.story import Exhibit, Paragraph, Picture, Story
from dialogue_game.web.course_data import as_json, course_data, page_texts, pictures
from dialogue_game.web.course_page import ENGINE, LAST, PAGE, PLATFORMS, export, script
from dialogue_game.web.scorm import most_decisions, too_long
from tests.builders import GUIDELINES, REFERENCES, choice, scene, story
from tests.front_ends.web.conftest import shipped_page
from tests.front_ends.web.equality import NODE, needs_node
from tests.program import run

MODULES = Path(export.__code__.co_filename).parent
COURSE = re.compile(
    r'<script type="application/json" id="course">(.*?)</script>', re.DOTALL
)
SAMPLE = home() / "tests" / "samples" / "good" / "letters"


def data_in(page: str) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/json" id="course">(.*?)</script>', page, re.DOTALL
    )
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_path_is_printed_and_a_file_is_not_written_over(tmp_path: Path) -> None:
    file, packed = tmp_path / "course.html", tmp_path / "course.zip"
    done = run("export", "course", "--html", str(file), "--scorm", str(packed))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(file), str(packed)]
    again = run("export", "course", "--html", str(file))
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert run("export", "course", "--html", str(file), "--force").returncode == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"goto: \w+", "goto: nowhere"),
        (r"    title: ", "    todo: Not nowhere.\n    title: "),
    ],
    ids=["an error", "something unwritten"],
)
def test_a_course_with_findings_is_not_exported(
    old: str, new: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    assert run("new", str(folder)).returncode == 0
    file = folder / "first_story.yaml"
    text = file.read_text(encoding="utf-8")
    scenes = text.index("\nscenes:")
    text = text[:scenes] + re.sub(old, new, text[scenes:], count=1)
    file.write_text(text, encoding="utf-8")
    done = run("export", "course", str(folder), "--html", str(tmp_path / "x.html"))
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--html FILE or --scorm FILE"),
        (("nowhere", "--html", "x.html"), "nowhere"),
        (("--language", "xx", "--html", "x.html"), "no translation"),
        (("--html", "x.html", "--mastery"), "--mastery"),
        (("--html", "/nowhere/x.html"), "could not be written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: tuple[str, ...], says: str
) -> None:
    done = run("export", "course", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_exporting_choices_is_as_it_was(tmp_path: Path) -> None:
    assert run("export", "--format", "xapi").stdout.startswith("[")
    assert run("export", str(tmp_path / "choices.csv")).returncode == 0
    assert "course" in run("export", "--help").stdout


def test_exporting_never_imports_the_screens(tmp_path: Path) -> None:
    code = (
        "import sys; from dialogue_game.__main__ import main; "
        f"sys.argv = ['x', 'export', 'course', '--html', {str(tmp_path / 'a.html')!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('textual' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_what_only_makers_read_is_not_in_the_file() -> None:
    drafted = choice("go", todo="SECRET todo", status="SECRET status")
    told = story(scene("a", drafted, notes="SECRET notes", todo="SECRET scene"))
    data = course_data(
        Course("c", "C", "", "", (), {}, {}, folder="/SECRET/folder"), [told], {}
    )
    assert "SECRET" not in as_json(data)


def test_all_of_the_shipped_notes_stay_at_home() -> None:
    shelf = open_course(shipped_course())
    page = export(shelf).page
    notes = [
        s.notes
        for entry in shelf.course.stories
        for s in shelf.story(entry.id).scenes.values()
    ]
    long = [note for note in notes if len(note) > 40]
    assert long
    assert not [
        note for note in long if json.dumps(note, ensure_ascii=False)[1:40] in page
    ]


def test_a_policy_allows_this_script_and_style_and_nothing_else() -> None:
    page = shipped_page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "connect-src" not in policy[1]
    assert not re.search(r'\s(?:style|on\w+)="', page.partition('id="course"')[0])
    assert not re.search(r"https?://", COURSE.sub("", page))


@pytest.mark.parametrize("kind", ["missing", "huge", "no picture", "outside"])
def test_a_picture_that_cannot_be_shown_is_left_out_and_named(
    tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "a.png"
    if kind == "huge":
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1_000_001))
    elif kind == "no picture":
        file.write_text("#!/bin/sh", encoding="utf-8")
    elif kind == "outside":
        file.symlink_to("/etc/passwd")
    shown = Exhibit("p", "photo", {"file": "a.png"}, "Somebody waves.")
    told = story(
        scene("a", choice("b"), exhibits=(shown,)), cover=Picture("a.png", "A cover.")
    )
    found = pictures(tmp_path, [told])
    assert dict(found.found) == {}
    assert "a.png" in found.left_out[0]


def test_a_drawing_with_entities_is_not_taken_for_its_picture(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<!DOCTYPE x [<!ENTITY a "b">]><svg>&a;</svg>')
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nx")
    told = story(scene("a", choice("b")), cover=Picture("a.png", "A cover."))
    assert pictures(tmp_path, [told]).found["a.png"].startswith("data:image/png")


def test_a_page_carries_the_bridge_to_its_own_platform_and_to_no_other() -> None:
    shelf = open_course(shipped_course())

    def bridges(version: str) -> list[bool]:
        page = export(
            shelf, scorm={"mastery": False, "version": version} if version else None
        ).page
        return ["function connectScorm" in page, "class Cmi5Bridge" in page]

    assert bridges("") == [False, False]
    assert bridges("1.2") == bridges("2004") == [True, False]
    assert bridges("cmi5") == [True, True]


def test_names_are_unique_across_modules_so_that_they_can_be_joined() -> None:
    names: list[str] = []
    for folder, modules in (
        ("engine", ENGINE),
        ("page", (*PAGE, *PLATFORMS["cmi5"], LAST)),
    ):
        for module in modules:
            source = (MODULES / folder / f"{module}.mjs").read_text(encoding="utf-8")
            pattern = r"^(?:export )?(?:async )?(?:function\*?|class|const|let) +(\w+)"
            names += re.findall(pattern, source, re.MULTILINE)
    assert len(names) == len(set(names)), sorted(
        {n for n in names if names.count(n) > 1}
    )
    assert "import" not in re.findall(r"^(\w+)", script("cmi5"), re.MULTILINE)


def test_every_word_that_modules_ask_for_is_there_and_none_is_left_over() -> None:
    sources = "".join(
        p.read_text(encoding="utf-8") for p in (MODULES / "page").glob("*.mjs")
    )
    asked = set(re.findall(r'"([a-z_]+)"', sources))
    asked |= {f"{name}_{value}" for name, values in BUILT.items() for value in values}
    asked |= {"start", "privacy_scorm"}
    direct = set(re.findall(r'\bt\("([a-z_]+)"', sources))
    assert direct <= set(page_texts())
    assert set(page_texts()) <= asked


BUILT = {
    "kind": ("aid", "scenario", "tutorial"),
    "theme": ("auto", "light", "dark"),
    "coaching": ("after", "end"),
    "transfer": ("on", "off"),
}
"""Words whose keys are put together."""


@needs_node
def test_node_plays_the_page_by_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "course.html"
    file.write_text(shipped_page(), encoding="utf-8")
    play = [NODE or "node", str(MODULES / "engine" / "play.mjs"), str(file), "omar"]
    done = subprocess.run(
        play, input="fly\n1\n", capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [next(iter(line)) for line in lines] == [
        "situation", "error", "consequence", "situation", "paused",
    ]  # fmt: skip
    lost = subprocess.run(
        [*play[:3], "nobody"], capture_output=True, text=True, check=False
    )
    assert lost.returncode == 2
    assert "nobody" in lost.stderr


TOKENS = (
    "</script><script>window.hurt=1</script>", "<!--<script>", "<img src=x onerror=window.hurt=1>",
    '" onload="window.hurt=1', "javascript:window.hurt=1", "\u202eevil", "\u2028", "\x1b[2J",
    "{{__proto__}}", "__proto__", "constructor", "&lt;b&gt;", "]]>", "${window.hurt=1}", "`",
)  # fmt: skip


@pytest.mark.xdist_group("chromium")
def test_a_hostile_story_runs_nothing(browser: Any, tmp_path: Path) -> None:
    """The worst texts in every place of a story, shown everywhere."""
    worst = " ".join(TOKENS)
    fields = dict.fromkeys(
        ("from", "to", "subject", "body", "text", "title", "name", "file"), worst
    )
    kinds = ("email", "chat", "profile", "post", "thread", "photo", "video", "memo", "headline",
             "web", "note", "__proto__", "constructor")  # fmt: skip
    shown = tuple(
        Exhibit(f"e{at}", kind, fields, worst, (fields,))
        for at, kind in enumerate(kinds)
    )
    picked = choice(
        "go", "end", "g1 upholds", text=worst, consequence=(Paragraph(worst),)
    )
    told = story(
        scene(
            "a",
            picked,
            title=worst,
            text=(Paragraph(worst),),
            exhibits=shown,
            as_=worst,
        ),
        title=worst,
        questions={"q": worst},
    )
    from dialogue_game.core.course import StoryEntry
    from dialogue_game.web.course_page import html

    entry = StoryEntry(told.id, worst, "scenario", worst, 1)
    course = Course("c", worst, worst, worst, (entry,), GUIDELINES, REFERENCES)
    page_text = html(
        as_json(course_data(course, [told], {})),
        title=worst, language="en", direction="rtl", start=worst,
    )  # fmt: skip
    (tmp_path / "x.html").write_text(page_text, encoding="utf-8")
    page = browser.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "x.html").as_uri())
    page.click("[data-story]")
    page.click("button.option")
    page.click("main .primary")
    page.click("main .primary")
    for where in (
        "#/",
        "#/runs",
        "#/about",
        "#/guidelines",
        "#/map/tale",
        "#/certificate",
    ):
        page.evaluate("hash => { location.hash = hash; }", where)
        assert page.inner_text("h1")
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert "\u202e" not in page.inner_text("body")
    assert faults == []
    assert asked == [(tmp_path / "x.html").as_uri()]
    page.evaluate("localStorage.clear()")
    page.close()


def test_a_course_of_ones_own_is_exported(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    shutil.copytree(SAMPLE, folder)
    done = run("export", "course", str(folder), "--html", str(tmp_path / "x.html"))
    assert done.returncode == 0, done.stderr
    assert data_in((tmp_path / "x.html").read_text(encoding="utf-8"))["stories"]


def test_a_course_with_warnings_alone_is_exported(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("new", str(folder)).returncode == 0
    file = folder / "first_story.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("variables: {", "variables: {unread: false, ", 1), encoding="utf-8"
    )
    assert run("check", str(folder)).returncode == 0
    assert run("check", "--strict", str(folder)).returncode == 1
    done = run("export", "course", str(folder), "--html", str(tmp_path / "x.html"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.html").exists()


def test_a_walk_that_goes_wrong_is_noticed_in_a_course_that_was_exported_before(
    tmp_path: Path,
) -> None:
    """That a course was found sound is remembered only for these very files."""
    folder = tmp_path / "letters"
    shutil.copytree(SAMPLE, folder)
    again = (
        "export",
        "course",
        str(folder),
        "--html",
        str(tmp_path / "x.html"),
        "--force",
    )
    assert run(*again).returncode == 0
    assert run(*again).returncode == 0
    walks = next(folder.glob("*.walks.yaml"))
    text = walks.read_text(encoding="utf-8")
    walks.write_text(
        re.sub(r"ending: \w+", "ending: nowhere_at_all", text), encoding="utf-8"
    )
    done = run(*again)
    assert done.returncode == 1
    assert "Not exported" in done.stderr


def test_the_page_of_the_shipped_course_stays_small() -> None:
    """A page is mailed and carried on sticks; the course with its pictures is one of them."""
    assert len(shipped_page().encode()) <= 750_000


def test_what_a_story_says_in_many_places_stands_in_the_page_once() -> None:
    page = shipped_page()
    story = open_course(shipped_course()).story("gumisai")
    said = [part.text for ending in story.endings.values() for part in ending.text]
    often = max(said, key=lambda text: (said.count(text), len(text)))
    assert said.count(often) > 1
    assert (
        page.count(json.dumps(often, ensure_ascii=False).replace("<", "\\u003c")) == 1
    )


def long_story(count: int, *, circle: bool = False) -> Story:
    """So many scenes in a row with one choice each; the last leads back in a circle."""
    names = [f"s{number}" for number in range(count)]
    onward = [*names[1:], names[0] if circle else "end"]
    scenes = [
        scene(name, choice("go", to)) for name, to in zip(names, onward, strict=True)
    ]
    if circle:
        scenes[-1] = scene(names[-1], choice("go", names[0]), choice("out", "end"))
    return story(*scenes)


def test_a_warning_says_where_a_platform_cannot_keep_a_run_and_only_there() -> None:
    shelf = open_course(shipped_course())
    shipped = [shelf.story(entry.id) for entry in shelf.course.stories]
    assert too_long(shipped) == ()
    assert all(5 < (most_decisions(one) or 0) < 100 for one in shipped if one.scored)
    assert too_long([long_story(3900)]) == ()
    assert "4,200 decisions" in too_long([long_story(4200)])[0]
    assert "round and round" in too_long([long_story(3, circle=True)])[0]
