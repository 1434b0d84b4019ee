"""A story's own tests: recorded walks, facts that hold wherever one is, and what walks have met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
