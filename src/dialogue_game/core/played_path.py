"""Paths walked through a story, and paths laid over one another: what was met where.

Runs of several editions meet in the ids of one, by its `aliases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, Continued, PlayEvent
from dialogue_game.core.expressions import holds
from dialogue_game.core.state import State
from dialogue_game.core.story import CONTINUE, Choice, Story

Walker = Literal["you", "group", "other"]
"""Who walked a path: this player, a group with a facilitator, or another person."""


@dataclass(frozen=True, slots=True)
class PlayedPath:
    """One run of one edition of a story, and who walked it."""

    run: str
    story: Story
    events: tuple[PlayEvent, ...]
    who: Walker = "you"

    @property
    def choices(self) -> tuple[ChoiceMade, ...]:
        """The choices made, in order."""
        return tuple(event for event in self.events if isinstance(event, ChoiceMade))

    @property
    def moves(self) -> tuple[ChoiceMade | Continued, ...]:
        """The choices made and the continue pages read on from, in order."""
        return tuple(
            event for event in self.events if isinstance(event, ChoiceMade | Continued)
        )


class Names:
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


Rank = tuple[bool, int]
"""The greater, the better a visit tells of a place: on this edition first, then newer runs."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a decision was faced: a run, and how many decisions lay behind it there.

    Made to be handed to a rewind as it is.
    """

    run: str
    decision: int


@dataclass(slots=True)
class Spot:
    """A point that paths of one edition share: the same choices led here.

    `first` is the newest run that passed; `passes` counts them all.
    """

    state: State
    first: int
    visit: Visit
    passes: int = 0
    onward: dict[str, Spot] = field(default_factory=dict)


@dataclass(slots=True)
class Visits:
    """What is known of one scene or ending: how often, and where it was met last."""

    passes: int = 0
    rank: tuple[bool, int] = (False, 0)
    spot: Spot | None = None
    edition: str = ""
    tried: dict[str, dict[str, int]] = field(default_factory=dict)
    opens: dict[str, tuple[tuple[bool, int], Visit]] = field(default_factory=dict)


class VisitLog:
    """Paths laid over one another, so that what they share is walked once."""

    def __init__(self, story: Story) -> None:
        self.story, self.names = story, Names(story)
        self.editions: dict[str, Story] = {}
        self.roots: dict[str, Spot] = {}
        self.runs = self.finished = 0
        self._present: dict[tuple[str, str], list[tuple[Choice, str]]] = {}

    def walk(self, path: PlayedPath) -> None:
        """Lay one more path over the others; an older one than those before."""
        story = self.editions.setdefault(path.story.edition, path.story)
        spot = self.roots.get(story.edition)
        if spot is None:
            begun = engine.replay(story, engine.begin(story))
            spot = self.roots[story.edition] = Spot(
                begun, self.runs, Visit(path.run, 0)
            )
        spot.passes += 1
        for made in path.moves:
            spot = self._step(story, spot, made, path.run)
        self.runs += 1
        self.finished += spot.state.ended

    def _step(
        self, story: Story, spot: Spot, made: ChoiceMade | Continued, run: str
    ) -> Spot:
        choice = made.choice if isinstance(made, ChoiceMade) else CONTINUE
        onward = spot.onward.get(choice)
        if onward is None:
            state = engine.evolve(story, spot.state, made)
            onward = Spot(state, self.runs, Visit(run, state.decisions))
            spot.onward[choice] = onward
        onward.passes += 1
        return onward

    def path(self, path: PlayedPath) -> tuple[str, ...]:
        """What a path that was walked passed, in order, by the ids of this edition."""
        spot = self.roots[path.story.edition]
        passed = [spot]
        for made in path.moves:
            spot = spot.onward[
                made.choice if isinstance(made, ChoiceMade) else CONTINUE
            ]
            passed.append(spot)
        return tuple(self.names.place(s.state.ending or s.state.scene) for s in passed)

    def places(self) -> dict[str, Visits]:
        """Everything met, by its id in this edition; what is gone from it is left out."""
        found: dict[str, Visits] = {}
        for story, spot in self._spots():
            state = spot.state
            name = self.names.place(state.ending or state.scene)
            if name not in (self.story.endings if state.ended else self.story.scenes):
                continue
            place = found.setdefault(name, Visits())
            place.passes += spot.passes
            rank = (story.edition == self.story.edition, -spot.first)
            if place.spot is None or rank > place.rank:
                place.rank, place.spot, place.edition = rank, spot, story.edition
            if not state.ended:
                self._options(story, spot, place, rank)
                if CONTINUE in spot.onward:
                    self._leads(place, CONTINUE, spot.onward[CONTINUE])
        return found

    def _spots(self) -> Iterator[tuple[Story, Spot]]:
        for edition, root in self.roots.items():
            waiting = [root]
            while waiting:
                spot = waiting.pop()
                yield self.editions[edition], spot
                waiting += spot.onward.values()

    def _options(
        self, story: Story, spot: Spot, place: Visits, rank: tuple[bool, int]
    ) -> None:
        state = spot.state
        for choice, name in self._named(story, state.scene):
            onward = spot.onward.get(choice.id)
            if onward is not None:
                self._leads(place, name, onward)
            known = place.opens.get(name)
            if (known is None or rank > known[0]) and (
                onward is not None
                or holds(choice.when, state.variables, state.visited, state.chosen)
            ):
                place.opens[name] = (rank, spot.visit)

    def _leads(self, place: Visits, name: str, onward: Spot) -> None:
        """Note where a choice, or reading on, led."""
        leads = place.tried.setdefault(name, {})
        to = self.names.place(onward.state.ending or onward.state.scene)
        leads[to] = leads.get(to, 0) + onward.passes

    def _named(self, story: Story, scene: str) -> list[tuple[Choice, str]]:
        """The choices of a scene of some edition that are still in it, with their ids here."""
        key = (story.edition, scene)
        if key not in self._present:
            here, rows = self.names.place(scene), []
            for choice in story.scenes[scene].choices.values():
                where, name = self.names.choice(scene, choice.id)
                if where == here:
                    rows.append((choice, name))
            self._present[key] = rows
        return self._present[key]
