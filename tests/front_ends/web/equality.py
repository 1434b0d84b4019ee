"""Both engines on the same picks, compared as canonical JSON."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

import dialogue_game.web
from dialogue_game.analysis.state_space import StateGraph, compile_program, explore
from dialogue_game.core import engine
from dialogue_game.core.comparison import compare
from dialogue_game.core.debrief import debrief
from dialogue_game.core.events import PlayEvent
from dialogue_game.core.played_path import PlayedPath
from dialogue_game.core.state import State
from dialogue_game.core.story import CONTINUE, Choice, Scene, Story
from dialogue_game.errors import ChoiceNotAvailable
from dialogue_game.reporting.play_data import (
    consequence_data,
    debrief_data,
    situation_data,
)
from dialogue_game.reporting.run_text import comparison_data
from dialogue_game.web.course_data import shared_texts

ENGINE = Path(dialogue_game.web.__file__).with_name("engine")
BATCH = Path(__file__).with_name("batch.mjs")
NODE = shutil.which("node")
LONGEST = 60
needs_node = pytest.mark.skipif(
    NODE is None, reason="there is no node; install Node 20 or later"
)


@dataclass(frozen=True)
class Walk:
    """What somebody types in a story: choices, numbers, and now and then nonsense."""

    story: int
    picks: tuple[str, ...]
    seed: int = 0


@dataclass
class Batch:
    """Walks of stories, and pairs of walks to compare."""

    stories: Sequence[Story]
    walks: list[Walk] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Played:
    """One walk as Python plays it."""

    story: Story
    events: tuple[PlayEvent, ...]
    lines: list[dict[str, Any]]


def canonical(value: Any) -> str:
    """Sorted keys, no spaces, whole numbers without a point."""
    return json.dumps(
        _whole(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def play(story: Story, picks: Iterable[str], seed: int = 0) -> Played:
    """The lines of `play --json` on these picks, without the playthrough's id."""
    events = engine.begin(story, seed=seed)
    state = engine.replay(story, events)
    lines = [_situation(story, state)]
    for pick in picks:
        choice = _picked(story, state, pick)
        try:
            happened = engine.decide(story, state, choice)
        except ChoiceNotAvailable as error:
            lines.append(
                {"error": {"message": str(error), "options": list(error.options)}}
            )
            continue
        scene = story.scenes[state.scene]
        if choice in scene.choices:
            told = engine.consequence(story, state, choice)
            lines.append({"consequence": consequence_data(told)})
        for event in happened:
            state = engine.evolve(story, state, event)
        events += happened
        lines.append(_situation(story, state))
    if state.ended:
        lines.append({"debrief": debrief_data(story, debrief(story, events))})
    else:
        lines.append({"paused": {"scene": state.scene}})
    return Played(story, events, lines)


def _situation(story: Story, state: State) -> dict[str, Any]:
    data = situation_data(story, engine.situation(story, state), "")
    del data["playthrough"]
    return {"situation": data}


def _picked(story: Story, state: State, answer: str) -> str:
    options = engine.situation(story, state).options
    if answer.isdecimal() and 1 <= int(answer) <= len(options):
        return options[int(answer) - 1].id
    scene, dot, choice = answer.partition(".")
    return choice if dot and scene == state.scene else answer


def random_walk(story: Story, chance: random.Random, seed: int = 0) -> tuple[str, ...]:
    """Picks to an ending, or a while; now and then one that cannot be taken."""
    state = engine.replay(story, engine.begin(story, seed=seed))
    picks: list[str] = []
    while not state.ended and len(picks) < LONGEST:
        scene = story.scenes[state.scene]
        options = engine.available(story, state)
        known = [*scene.choices, "fly", "0", "1", str(len(scene.choices) + 1)]
        if chance.random() < 0.08:
            picks.append(chance.choice(known))
        elif options:
            picks.append(chance.choice([*options, f"{scene.id}.{options[-1]}"]))
        else:
            picks.append(chance.choice(["continue", "next"]))
        try:
            for event in engine.decide(story, state, _picked(story, state, picks[-1])):
                state = engine.evolve(story, state, event)
        except ChoiceNotAvailable:
            if scene.stub:
                break
    return tuple(picks)


def random_walks(stories: Sequence[Story], count: int, seed: int = 1) -> Batch:
    """So many walks, story by story in turn, and every tenth pair of one story compared."""
    chance = random.Random(seed)  # noqa: S311  the same walks each time
    batch = Batch(stories)
    for number in range(count):
        at = number % len(stories)
        order = chance.choice([0, 0, chance.randrange(2**32)])
        batch.walks.append(Walk(at, random_walk(stories[at], chance, order), order))
    for number in range(0, count - len(stories), 10):
        batch.pairs.append((number, number + len(stories)))
    return batch


def every_way(story: Story, at: int) -> Iterator[Walk]:
    """The shortest walk to every choice and through every branch that some play takes."""
    tables = compile_program(story)
    found = explore(tables)
    assert found.complete
    met: set[tuple[int, int]] = set()
    for state, offer in enumerate(found.menu):
        menu = found.menus[offer] if offer >= 0 else ()
        for number, lead in zip(menu, found.successors[state], strict=True):
            if (number, found.node[lead]) not in met:
                met.add((number, found.node[lead]))
                numbers = [*_numbers(found, state), number]
                picks = (tables.names[one] for one in numbers)
                yield Walk(
                    at, tuple("next" if name == CONTINUE else name for _, name in picks)
                )


def every_place(story: Story) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each scene and ending that can be reached, and the picks of the shortest walk to it."""
    tables = compile_program(story)
    found = explore(tables)
    for node, state in found.node_state.items():
        picks = (tables.names[one][1] or "next" for one in _numbers(found, state))
        yield tables.graph.names[node], tuple(picks)


def _numbers(found: StateGraph, state: int) -> list[int]:
    """The numbers of the choices, and of the pages read, on the shortest walk to a state."""
    numbers: list[int] = []
    while found.parent[state] >= 0:
        numbers.append(found.via[state])
        state = found.parent[state]
    return numbers[::-1]


def ways_taken(lines: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each choice (or page that was read) of a walk, and where it led."""
    left = ""
    for line in lines:
        if "consequence" in line:
            left = f"{line['consequence']['scene']}.{line['consequence']['choice']}"
        elif "situation" in line:
            reached = line["situation"]["scene"] or line["situation"]["ending"]["id"]
            if left:
                yield left, reached
            left = f"{reached}."


def ways_written(story: Story) -> set[tuple[str, str]]:
    """Each choice (or page that is only read) with each place that it leads to."""
    return {
        (f"{scene.id}.{choice.id}", branch.to)
        for scene, choice in [*story.choices(), *_pages(story)]
        for branch in choice.goto
    }


def _pages(story: Story) -> Iterator[tuple[Scene, Choice]]:
    for scene in story.scenes.values():
        if scene.continues:
            yield scene, replace(scene.reading_on, id="")


def node(
    batch: Batch, *, whole: bool = False, engine_folder: Path = ENGINE
) -> dict[str, Any]:
    """What the JavaScript engine gives: digests, or whole lines."""
    given = {
        "stories": [msgspec.to_builtins(story) for story in batch.stories],
        "walks": [msgspec.to_builtins(walk) for walk in batch.walks],
        "pairs": batch.pairs,
        "words": shared_texts(),
        "whole": whole,
    }
    done = subprocess.run(
        [NODE or "node", str(BATCH), str(engine_folder)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        return {"runs": [done.stderr] * len(batch.walks), "compared": []}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def python(batch: Batch) -> dict[str, list[str]]:
    """What the Python engine gives, as canonical lines."""
    played = [
        play(batch.stories[walk.story], walk.picks, walk.seed) for walk in batch.walks
    ]
    return {
        "runs": ["\n".join(map(canonical, one.lines)) for one in played],
        "compared": [_compared(played, left, right) for left, right in batch.pairs],
    }


def _compared(played: Sequence[Played], left: int, right: int) -> str:
    one, other = played[left], played[right]
    mine = PlayedPath(f"r{left}", one.story, one.events, "you")
    theirs = PlayedPath(f"r{right}", other.story, other.events, "other")
    return canonical(comparison_data(compare(mine, theirs)))


def differences(
    batch: Batch,
    engine_folder: Path = ENGINE,
    wanted: dict[str, list[str]] | None = None,
) -> Iterator[str]:
    """Where the engines do not say the same; `wanted` is what Python gives, where it is known."""
    wanted = wanted or python(batch)
    found = node(batch, engine_folder=engine_folder)
    for kind in ("runs", "compared"):
        for number, text in enumerate(wanted[kind]):
            got = found[kind][number] if number < len(found[kind]) else "nothing"
            if got != hashlib.sha256(text.encode()).hexdigest():
                yield f"{kind} {number}"


def told(batch: Batch, difference: str) -> str:
    """The first line that differs, from both engines: for a person who looks for the fault."""
    kind, number = difference.split()
    wanted = python(batch)[kind][int(number)].split("\n")
    found = node(batch, whole=True)[kind][int(number)].split("\n")
    for mine, theirs in zip(wanted, found, strict=False):
        if mine != theirs:
            return f"Python:     {mine}\nJavaScript: {theirs}"
    return f"{len(wanted)} lines against {len(found)}"
