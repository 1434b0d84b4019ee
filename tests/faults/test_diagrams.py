"""Kind: a story's own words break the language that a diagram is written in."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from dialogue_game.core.story import Story
from dialogue_game.reporting.story_map import dot, mermaid
from tests import builders
from tests.node import run_script

KEYWORDS = (
    *(
        "end",
        "graph",
        "flowchart",
        "subgraph",
        "class",
        "style",
        "click",
        "call",
        "href",
    ),
    *(
        "interpolate",
        "default",
        "linkstyle",
        "classdef",
        "direction",
        "node",
        "edge",
        "strict",
    ),
    *(
        "digraph",
        "tb",
        "td",
        "lr",
        "x",
        "o",
        "v",
        "a",
        "default_",
        "constructor",
        "prototype",
    ),
)
TITLES = (
    "a < b",
    "<b>bold</b>",
    '"quoted"',
    "`code`",
    "#35;",
    "a & b",
    "[x](y)",
    "\\",
    "{a}|b|",
)


def named(scene: str, ending: str, title: str) -> Story:
    return builders.story(
        builders.scene(scene, builders.choice("go", ending), title=title),
        endings={ending: "good"},
    )


def stories() -> list[Story]:
    pairs = zip(KEYWORDS, reversed(KEYWORDS), strict=True)
    words = [named(a, b if a != b else "other", "Plain") for a, b in pairs]
    return words + [named("start", "done", title) for title in TITLES]


def test_mermaid_itself_can_read_a_map_whatever_its_scenes_are_called() -> None:
    script = Path(__file__).parents[1] / "node" / "parse_mermaid.mjs"
    drawn = [mermaid(story) for story in stories()]
    answers = json.loads(run_script(script, answers=json.dumps(drawn)))
    assert answers == [""] * len(drawn)


@pytest.mark.skipif(not shutil.which("dot"), reason="graphviz is not installed")
def test_graphviz_itself_can_read_a_map_whatever_its_scenes_are_called() -> None:
    for story in stories():
        done = subprocess.run(
            ["dot", "-Tcanon"],
            input=dot(story),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{story.start}: {done.stderr}"


def test_no_node_of_a_diagram_is_an_authors_bare_id() -> None:
    story = named("end", "graph", "Plain")
    for drawn in (mermaid(story), dot(story)):
        first_words = [
            line.split()[0] for line in drawn.splitlines()[1:] if line.strip() != "}"
        ]
        assert not {"end", "graph"} & set(first_words)
