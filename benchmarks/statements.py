"""xAPI statements a second, from events to the text that is sent."""

from __future__ import annotations

import json
import random
import time

from benchmarks.export import SEED, STARTED, STORY, random_path
from benchmarks.measure import Result, Target, compared, in_turns
from dialogue_game.analysis.graph import remaining
from dialogue_game.app.bootstrap import open_game
from dialogue_game.reporting.xapi_model import Attempt, Learner, Moment
from dialogue_game.reporting.xapi_statements import serialised, statements

PLAYS = 100
LEARNER = Learner(
    "0f6b3d0e-5c1f-4e0a-9d3a-6a8f1f6f9c11", "7c0b2f64-2d3e-4a55-8a77-0d9c5f0e1a22"
)


def measure(rounds: int = 15) -> list[Result]:
    """Whole random plays of a shipped scenario; beside json.loads and dumps of the same text."""
    attempts = plays()
    written = [
        serialised(told) for one in attempts for told in statements(one, LEARNER)
    ]

    def ours() -> float:
        began = time.perf_counter()
        for one in attempts:
            for told in statements(one, LEARNER):
                serialised(told)
        return len(written) / (time.perf_counter() - began)

    def theirs() -> float:
        began = time.perf_counter()
        for text in written:
            json.dumps(json.loads(text))
        return len(written) / (time.perf_counter() - began)

    target = Target("figure", 2000, at_least=True)
    pairs = in_turns(ours, theirs, rounds)
    return [
        compared("xAPI statements", "a second", pairs, target, "json.loads and dumps")
    ]


def plays() -> list[Attempt]:
    """Random plays of a shipped scenario, a choice every ten seconds."""
    told = open_game(keep=False).story(STORY)
    chance, left = random.Random(SEED), remaining(told)  # noqa: S311 - the same at every run
    found = []
    for number in range(PLAYS):
        events = enumerate(random_path(told, chance), 1)
        moments = [Moment(seq, STARTED + seq * 10_000, event) for seq, event in events]
        found.append(Attempt(f"run{number}", told, moments, left=left))
    return found
