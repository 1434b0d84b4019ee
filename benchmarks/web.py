"""The exported page: its size and export, its first paint and a choice, and its engine in node.

The engine's yardstick is inkjs on the same story; INKJS names the folder of its package
(`bash benchmarks/yardsticks/inkjs.sh` installs it). Without it, without node or without Chromium
the lines that need them are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

import dialogue_game.web
from benchmarks import stories
from benchmarks.measure import Result, Target, in_turns
from benchmarks.terminal import environment
from dialogue_game.web.course_data import as_json, plain_data

YARDSTICKS: Final = Path(__file__).with_name("yardsticks")
ENGINE: Final = Path(dialogue_game.web.__file__).with_name("engine")
NODE: Final = shutil.which("node")
CHROMIUM: Final = shutil.which("chromium")
INKJS: Final = os.environ.get("INKJS", "")
SECONDS: Final = "2"
THROTTLED: Final = 4
READING: Final = 1000
"""Milliseconds between a scene and a choice: nobody chooses before they have read."""
CHOICE = """() => new Promise((done) => {
  const option = document.querySelector("button.option");
  const began = performance.now();
  option.click();
  document.body.offsetHeight;
  done(performance.now() - began);
})"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def measure(rounds: int = 5) -> list[Result]:
    """All of it."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "course.html"
        exporting = [exported(page) for _ in range(rounds)]
        found = [
            Result(
                "Page of the course",
                "kB",
                page.stat().st_size / 1000,
                Target("figure", 750),
            ),
            Result(
                "Export of it, from exec, nothing cached",
                "s",
                median(exporting),
                Target("figure", 2),
            ),
        ]
        if CHROMIUM:
            found += in_chromium(page, rounds)
        if NODE:
            found += in_node(Path(folder), rounds)
        return found


def exported(page: Path) -> float:
    """Seconds of one export of a course that was never read before. Raises CalledProcessError."""
    command = [
        sys.executable,
        "-m",
        "dialogue_game",
        "export",
        "course",
        "--html",
        str(page),
    ]
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        subprocess.run(  # noqa: S603
            [*command, "--force"],
            check=True,
            capture_output=True,
            env=environment(Path(home)),
        )
        return time.perf_counter() - began


def in_chromium(page: Path, rounds: int) -> Iterator[Result]:
    """First paint, and a choice until its consequence is laid out, on a slowed-down processor."""
    from playwright.sync_api import sync_playwright

    note = f"at {THROTTLED} × processor throttling"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        seen = [_shown(browser, page) for _ in range(rounds)]
        browser.close()
    paints, choices = zip(*seen, strict=True)
    yield Result(
        "First paint of the page", "s", median(paints), Target("figure", 0.3), note=note
    )
    yield Result(
        "Choice until its consequence",
        "ms",
        median(choices),
        Target("figure", 16),
        note=note,
    )


def _shown(browser: Any, page: Path) -> tuple[float, float]:
    tab = browser.new_page(viewport={"width": 400, "height": 800})
    tab.context.new_cdp_session(tab).send(
        "Emulation.setCPUThrottlingRate", {"rate": THROTTLED}
    )
    tab.goto(page.as_uri())
    tab.wait_for_function(f"() => {PAINT}")
    paint = float(tab.evaluate(PAINT)) / 1000
    tab.evaluate("dialogueGame.begin('omar')")
    tab.wait_for_selector("button.option")
    tab.wait_for_timeout(READING)
    taken = float(tab.evaluate(CHOICE))
    tab.close()
    return paint, taken


def in_node(folder: Path, rounds: int) -> Iterator[Result]:
    """Random plays of 1,000 and 50,000 scenes; the first beside inkjs where it is there."""
    small, large, ink = (
        folder / "small.json",
        folder / "large.json",
        folder / "ink.json",
    )
    made = stories.plain(1000)
    ink.write_text(json.dumps(made), encoding="utf-8")
    small.write_text(as_json(plain_data(stories.compiled(made))), encoding="utf-8")
    large.write_text(
        as_json(plain_data(stories.compiled(stories.plain(50_000)))), encoding="utf-8"
    )
    name, note = (
        "Engine in node, random plays a second",
        "1,000 scenes, each step shown",
    )
    if INKJS:
        pairs = in_turns(
            lambda: _ours(small)[0], lambda: _walk("ink_walk", ink, INKJS)[0], rounds
        )
        yield Result(
            name,
            "/s",
            median(ours for ours, _ in pairs),
            Target("ratio", 10, at_least=True),
            "inkjs",
            median(theirs for _, theirs in pairs),
            median(ours / theirs for ours, theirs in pairs),
            note=note,
        )
    pairs = in_turns(lambda: _ours(large)[1], lambda: _ours(small)[1], rounds)
    yield Result(
        f"{name}, 50,000 scenes",
        "/s",
        median(ours for ours, _ in pairs),
        Target("ratio", 0.5, at_least=True),
        "1,000 scenes",
        median(theirs for _, theirs in pairs),
        median(ours / theirs for ours, theirs in pairs),
        note="as many steps in each play, quickest of many rounds",
    )


def _ours(story: Path) -> list[float]:
    """Plays a second: over all, and in the quickest round."""
    return _walk("web_walk", story, str(ENGINE))


def _walk(script: str, story: Path, folder: str) -> list[float]:
    walk = str(YARDSTICKS / f"{script}.mjs")
    command = [NODE or "node", "--expose-gc", walk, str(story), SECONDS, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return [float(rate) for rate in done.stdout.split()]
