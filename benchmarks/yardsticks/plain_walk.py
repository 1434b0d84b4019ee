"""A story walked the way one would write it in ten minutes: dicts, a loop, a sum."""

from __future__ import annotations

import random
from typing import Any

WEIGHTS = {"models": 2, "upholds": 1, "strains": -1, "breaches": -2}


def walk(story: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """One random play as a small game would have it: show, pick, note, count, go on."""
    scenes: dict[str, Any] = story["scenes"]
    state: dict[str, Any] = {
        "here": story["start"],
        "path": [],
        "visited": set(),
        "sums": {},
    }
    while state["here"] in scenes:
        scene = scenes[state["here"]]
        state["visited"].add(state["here"])
        shown = {
            "title": scene["title"],
            "text": scene["text"],
            "options": [
                {"id": each["id"], "text": each["text"]} for each in scene["choices"]
            ],
        }
        picked = chance.choice(shown["options"])["id"]
        choice = next(each for each in scene["choices"] if each["id"] == picked)
        state["path"].append((state["here"], picked))
        for guideline, word in choice["marks"]:
            state["sums"][guideline] = state["sums"].get(guideline, 0) + WEIGHTS[word]
        state["here"] = choice["goto"]
    return state


def bare_walk(story: dict[str, Any], chance: random.Random) -> str:
    """The least that gets from start to ending: nothing shown, noted or counted."""
    scenes: dict[str, Any] = story["scenes"]
    here: str = story["start"]
    while here in scenes:
        here = chance.choice(scenes[here]["choices"])["goto"]
    return here
