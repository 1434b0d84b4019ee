"""Paths walked through a story, their ids in another edition, and paths laid over one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, Continued, PlayEvent
from dialogue_game.core.expressions import holds
from dialogue_game.core.state import State
from dialogue_game.core.story import CONTINUE, Story

RunOwner = Literal["you", "group", "other"]
"""Who walked a path: this player, a group with a facilitator, or another person."""


@dataclass(frozen=True, slots=True)
class PlayedPath:
    """One run of one edition of a story, and who walked it."""

    run: str
    story: Story
    events: tuple[PlayEvent, ...]
    who: RunOwner = "you"

    @property
    def choices(self) -> tuple[ChoiceMade, ...]:
        """The choices made, in order."""
        return tuple(event for event in self.events if isinstance(event, ChoiceMade))

    @property
    def actions(self) -> tuple[ChoiceMade | Continued, ...]:
        """The choices made and the continue pages read on from, in order."""
        return tuple(
            event for event in self.events if isinstance(event, ChoiceMade | Continued)
        )


class RenamedIds:
    """What the ids of other editions are called in this one: the same, or by its `aliases`."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def place(self, place: str) -> str:
        """The id that a scene or ending has in this edition; as it was where it is unknown."""
        met = {place}
        while place not in self._story.scenes and place not in self._story.endings:
            renamed = self._story.aliases.get(place, place)
            if renamed in met:
                return place
            met.add(renamed)
            place = renamed
        return place

    def choice(self, scene: str, choice: str) -> tuple[str, str]:
        """The scene and choice that a choice is in this edition; as it was where unknown."""
        met: set[tuple[str, str]] = set()
        while (scene, choice) not in met:
            met.add((scene, choice))
            scene = self.place(scene)
            here = self._story.scenes.get(scene)
            if here is not None and choice in here.choices:
                break
            renamed = self._story.aliases.get(f"{scene}.{choice}", f"{scene}.{choice}")
            scene, _, choice = renamed.rpartition(".")
        return scene, choice


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a decision was faced: a run, and how many decisions lay behind it there.

    Made to be handed to a rewind as it is.
    """

    run: str
    decision: int


@dataclass(slots=True)
class PathNode:
    """A point that paths share: the same choices led here.

    `first` is the newest run that passed, by its place in the order of walking; `passes` counts
    them all.
    """

    state: State
    first: int
    visit: Visit
    passes: int = 0
    onward: dict[str, PathNode] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The scene or ending that it stands at."""
        return self.state.ending or self.state.scene


@dataclass(slots=True)
class Visits:
    """What is known of one scene or ending: how often it was met, and where last.

    `tried` counts by choice where it led; `opens` has by choice the newest spot where it could be
    taken.
    """

    passes: int = 0
    newest: PathNode | None = None
    tried: dict[str, dict[str, int]] = field(default_factory=dict)
    opens: dict[str, PathNode] = field(default_factory=dict)


class VisitLog:
    """Paths of one edition laid over one another, so that what they share is walked once."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.root: PathNode | None = None
        self.runs = self.finished = 0

    def walk(self, path: PlayedPath) -> None:
        """Lay one more path over the others; an older one than those before."""
        if self.root is None:
            begun = engine.replay(self.story, engine.begin(self.story))
            self.root = PathNode(begun, self.runs, Visit(path.run, 0))
        spot = self.root
        spot.passes += 1
        for made in path.actions:
            spot = self._step(spot, made, path.run)
        self.runs += 1
        self.finished += spot.state.ended

    def _step(self, spot: PathNode, made: ChoiceMade | Continued, run: str) -> PathNode:
        choice = made.choice if isinstance(made, ChoiceMade) else CONTINUE
        onward = spot.onward.get(choice)
        if onward is None:
            state = engine.evolve(self.story, spot.state, made)
            onward = PathNode(state, self.runs, Visit(run, state.decisions))
            spot.onward[choice] = onward
        onward.passes += 1
        return onward

    def path(self, path: PlayedPath) -> tuple[str, ...]:
        """The scenes, and the ending, that a path passed which was walked before."""
        passed = [self.root] if self.root else []
        for made in path.actions:
            choice = made.choice if isinstance(made, ChoiceMade) else CONTINUE
            passed.append(passed[-1].onward[choice])
        return tuple(spot.place for spot in passed)

    def places(self) -> dict[str, Visits]:
        """Everything met, by its id."""
        found: dict[str, Visits] = {}
        waiting = [self.root] if self.root else []
        while waiting:
            spot = waiting.pop()
            waiting += spot.onward.values()
            place = found.setdefault(spot.place, Visits())
            place.passes += spot.passes
            if place.newest is None or spot.first < place.newest.first:
                place.newest = spot
            if not spot.state.ended:
                self._options(spot, place)
        return found

    def _options(self, spot: PathNode, place: Visits) -> None:
        """Note which options could be taken at a spot, and where those taken led."""
        state = spot.state
        for choice in self.story.scenes[state.scene].transitions:
            onward = spot.onward.get(choice.id)
            if onward is not None:
                leads = place.tried.setdefault(choice.id, {})
                leads[onward.place] = leads.get(onward.place, 0) + onward.passes
            known = place.opens.get(choice.id)
            if (known is None or spot.first < known.first) and (
                onward is not None
                or holds(choice.when, state.variables, state.visited, state.chosen)
            ):
                place.opens[choice.id] = spot
