"""A story's walks: recorded ones, facts that hold wherever one is, random plays, what they cover.

Chance comes from outside, as `pick(n)`: a number from 0 to n - 1. `random_source(seed)` is a small
generator of our own, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogue_game.core.engine import available, begin, evolve, read_on, replay
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.state import State
from dialogue_game.core.story import Story


@dataclass(frozen=True, slots=True)
class Walk:
    """Choices as `scene.choice`, in order, the ending they reach, and verdicts by guideline.

    `number` is its place in the file, from 0.
    """

    name: str
    pick: tuple[str, ...]
    ending: str
    verdicts: Mapping[str, str] = field(default_factory=dict)
    number: int = -1


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds in every state that reaches one of these places, where `when` does.

    Places are scenes, endings, or `scene.choice`: where that can be taken, before its effects.
    `tracks` is what it reads of the profile so far.
    """

    name: str
    at: tuple[str, ...]
    always: str
    when: str = ""
    number: int = -1
    tracks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlayCoverage:
    """How often each scene, `scene.choice` and ending was met in `plays` plays; 0 is not met."""

    plays: int
    scenes: Mapping[str, int]
    choices: Mapping[str, int]
    endings: Mapping[str, int]

    @property
    def missed(self) -> tuple[str, ...]:
        """Everything that no play met: scenes, choices, endings."""
        rows = (self.scenes, self.choices, self.endings)
        return tuple(name for row in rows for name, count in row.items() if not count)


def coverage(story: Story, walks: Iterable[Sequence[str]]) -> PlayCoverage:
    """What these walks (`scene.choice`, in order) meet, by the engine.

    A walk counts as far as it can be walked on this edition.
    """
    scenes = dict.fromkeys(story.scenes, 0)
    choices = {f"{scene.id}.{choice.id}": 0 for scene, choice in story.choices()}
    endings = dict.fromkeys(story.endings, 0)
    plays = 0
    for walk in walks:
        plays += 1
        met: list[State] = [replay(story, begin(story))]
        for step in (*walk, ""):
            met += _pages(story, met[-1])
            scene, _, choice = step.partition(".")
            if met[-1].scene != scene or choice not in available(story, met[-1]):
                break
            choices[step] += 1
            met.append(evolve(story, met[-1], ChoiceMade(scene, choice)))
        for state in met:
            if state.ended:
                endings[state.ending] += 1
            else:
                scenes[state.scene] += 1
    return PlayCoverage(plays, scenes, choices, endings)


def _pages(story: Story, state: State) -> list[State]:
    """The states after each continue page that is read on from here."""
    states: list[State] = []
    for event in read_on(story, state)[0]:
        states.append(evolve(story, states[-1] if states else state, event))
    return states


Pick = Callable[[int], int]
"""Draws a number from 0 to n - 1."""

MOST_DECISIONS: Final = 10_000
"""Where a play that never ends is given up."""


def random_source(seed: int) -> Pick:
    """A deterministic source of chance (Knuth's 64-bit linear congruential generator)."""
    state = (seed * 2862933555777941757 + 3037000493) % 2**64

    def pick(count: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % count

    return pick


@dataclass(frozen=True, slots=True)
class Play:
    """One play by the engine: its walk, and the ending it reached ("" where it reached none)."""

    walk: tuple[str, ...]
    ending: str


def play(
    story: Story,
    rule: Callable[[State, tuple[str, ...]], str],
    limit: int = MOST_DECISIONS,
) -> Play:
    """Play once by the engine; `rule` names one of the options available in a state."""
    _, state = read_on(story, replay(story, begin(story)))
    walk: list[str] = []
    while not state.ended and len(walk) < limit:
        options = available(story, state)
        if not options:
            break
        choice = rule(state, options)
        walk.append(f"{state.scene}.{choice}")
        _, state = read_on(story, evolve(story, state, ChoiceMade(state.scene, choice)))
    return Play(tuple(walk), state.ending)


def random_play(story: Story, pick: Pick, limit: int = MOST_DECISIONS) -> Play:
    """Play once by the engine, each available option as likely as the others."""
    return play(story, lambda _, options: options[pick(len(options))], limit)


def follow(story: Story, walk: tuple[str, ...]) -> State | None:
    """The state after a walk, or None where one of its choices is not there or not available.

    Continue pages are read on from, those after the last choice too.
    """
    _, state = read_on(story, replay(story, begin(story)))
    for step in walk:
        scene, _, choice = step.partition(".")
        if state.scene != scene or choice not in available(story, state):
            return None
        _, state = read_on(story, evolve(story, state, ChoiceMade(scene, choice)))
    return state
