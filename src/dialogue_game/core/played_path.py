"""Paths walked through a story, and what their ids are called in another edition of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dialogue_game.core.events import ChoiceMade, Continued, PlayEvent
from dialogue_game.core.story import Story

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
