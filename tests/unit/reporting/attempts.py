"""Playthroughs to make statements, tables and pages from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.session.ballots import Round
from dialogue_game.core.story import Story
from dialogue_game.reporting.xapi_model import Attempt, Learner, Moment
from tests.builders import choice, scene, story

START = 1_767_604_353_120
LEARNER = Learner(
    "0f6b3d0e-5c1f-4e0a-9d3a-6a8f1f6f9c11", "7c0b2f64-2d3e-4a55-8a77-0d9c5f0e1a22"
)


def tale(**extra: Any) -> Story:
    """Three decisions in a row; the first has a locked option."""
    return story(
        scene(
            "door",
            choice("sign", "phone", "g1 breaches", "g2 upholds"),
            choice("ask", "phone", "g1 upholds"),
            choice(
                "never", "phone", "g3 models", when="visited(phone)", locked="Not yet."
            ),
        ),
        scene(
            "phone",
            choice("tell", "hall", "g1 models"),
            choice("wait", "hall", "g1 strains"),
        ),
        scene("hall", choice("out", "good"), choice("stay", "poor", "g2 strains")),
        endings={"good": "good", "poor": "poor"},
        course="fake",
        **extra,
    )


def events(told: Story, *picks: str, **start: Any) -> list[PlayEvent]:
    """The events of a road, by the ids of its choices."""
    made: list[PlayEvent] = [PlaythroughStarted(told.id, told.edition, **start)]
    state = engine.replay(told, made)
    for pick in picks:
        made.append(ChoiceMade(state.scene, pick))
        state = engine.evolve(told, state, made[-1])
    return made


def attempt(
    *picks: str,
    told: Story | None = None,
    stream: str = "run1",
    more: Sequence[PlayEvent] = (),
    every: int = 14_200,
    earlier: str = "",
    rounds: dict[int, tuple[Round, ...]] | None = None,
    **start: Any,
) -> Attempt:
    """A playthrough with an event every so many milliseconds."""
    told = told or tale()
    happened = [*events(told, *picks, **start), *more]
    moments = [
        Moment(seq, START + (seq - 1) * every, event)
        for seq, event in enumerate(happened, 1)
    ]
    return Attempt(stream, told, moments, earlier, rounds or {})
