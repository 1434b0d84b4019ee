"""What a player knows of a story: a fold of all paths walked, and how many doors stay closed.

Nothing that was not read is in it, save as a number, until everything is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dialogue_game.core import engine
from dialogue_game.core.played_path import PlayedPath, Visit, VisitLog, Visits
from dialogue_game.core.state import State
from dialogue_game.core.story import CONTINUE, Choice, Ending, Option, Scene, Story

OptionState = Literal["tried", "untried", "locked", "unseen"]
"""Locked: met, and never once available. Unseen: only where everything is open."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an option led, and how often that way was walked (0: known, never walked)."""

    to: str
    walks: int


@dataclass(frozen=True, slots=True)
class KnownOption:
    """An option as the player met it. `opens` is the newest visit in which it could be taken."""

    id: str
    text: str
    state: OptionState
    taken: int
    leads: tuple[Lead, ...]
    locked: str = ""
    opens: Visit | None = None


@dataclass(frozen=True, slots=True)
class KnownScene:
    """A scene on the map. `doors` are the ways on from here that were never walked.

    `latest` is the newest visit, None where the scene is shown only because all is open.
    `onward` tells where a continue page led; it has no options.
    """

    id: str
    title: str
    visits: int
    options: tuple[KnownOption, ...]
    doors: int
    latest: Visit | None = None
    onward: tuple[Lead, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether the player has been here."""
        return self.visits > 0


@dataclass(frozen=True, slots=True)
class KnownEnding:
    """An ending on the map, how often it was reached, and the newest run that did."""

    id: str
    kind: str
    title: str
    times: int
    latest: str = ""

    @property
    def found(self) -> bool:
        """Whether the player has reached it."""
        return self.times > 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a story has been seen, n of m. The guidelines are those marked both ways.

    `both_sides` were met in a choice that upholds and in one that strains or breaches them;
    `two_sided` are all that a story could show so.
    """

    endings_found: int
    endings: int
    options_tried: int
    options: int
    both_sides: tuple[str, ...]
    two_sided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """The story as its player knows it; scenes and endings in the author's order.

    `hidden_scenes` and `hidden_endings` count what is not shown. `runs` are those of this edition;
    `older` counts the runs that were played on other editions, `groups` those that a group was led
    through: they show nothing here. `open` tells that nothing is hidden any more. `path` are the
    scenes, and the ending, that the run `shown` passed, in order.
    """

    story: str
    title: str
    edition: str
    start: str
    scenes: tuple[KnownScene, ...]
    endings: tuple[KnownEnding, ...]
    hidden_scenes: int
    hidden_endings: int
    runs: int
    finished: int
    older: int
    groups: int
    coverage: Coverage
    open: bool
    shown: str = ""
    path: tuple[str, ...] = ()

    @property
    def doors(self) -> int:
        """All ways on that were never walked."""
        return sum(scene.doors for scene in self.scenes)

    def scene(self, scene: str) -> KnownScene | None:
        """The scene of that id, where it is on the map."""
        return next((known for known in self.scenes if known.id == scene), None)

    def ending(self, ending: str) -> KnownEnding | None:
        """The ending of that id, where it is on the map."""
        return next((known for known in self.endings if known.id == ending), None)


def discover(
    story: Story,
    paths: Iterable[PlayedPath],
    *,
    everything: bool = False,
    run: str = "",
) -> Discovery:
    """What these paths (the newest first) show of a story; all of it with `everything`.

    The path of one `run` stands out: of the newest one where none is named or it is not here.
    A path that a group was led along is counted, and shows nothing: it is not the player's own.
    Nor does one on another edition: the map is of this text.
    """
    visits, groups, older = VisitLog(story), 0, 0
    shown: PlayedPath | None = None
    for path in paths:
        if path.who == "group":
            groups += 1
        elif path.story.edition != story.edition:
            older += 1
        else:
            visits.walk(path)
            shown = path if shown is None or path.run == run else shown
    places = visits.places()
    open_ = everything or all(ending in places for ending in story.endings)
    known = _Drawn(story, visits, places, groups, older, open_=open_).discovery()
    return replace(known, shown=shown.run, path=visits.path(shown)) if shown else known


@dataclass(slots=True)
class _Drawn:
    """The visits put into words and numbers for a face."""

    story: Story
    visits: VisitLog
    places: Mapping[str, Visits]
    groups: int
    older: int
    open_: bool

    def discovery(self) -> Discovery:
        story, places = self.story, self.places
        scenes = [
            self._scene(s)
            for s in story.scenes.values()
            if self.open_ or s.id in places
        ]
        endings = [
            self._ending(e)
            for e in story.endings.values()
            if self.open_ or e.id in places
        ]
        return Discovery(
            story=story.id,
            title=story.title,
            edition=story.edition,
            start=story.start,
            scenes=tuple(scenes),
            endings=tuple(endings),
            hidden_scenes=len(story.scenes) - len(scenes),
            hidden_endings=len(story.endings) - len(endings),
            runs=self.visits.runs,
            finished=self.visits.finished,
            older=self.older,
            groups=self.groups,
            coverage=self._coverage(),
            open=self.open_,
        )

    def _ending(self, ending: Ending) -> KnownEnding:
        place = self.places.get(ending.id)
        times, newest = (place.passes, place.newest) if place else (0, None)
        latest = newest.visit.run if newest else ""
        return KnownEnding(ending.id, ending.kind, ending.title, times, latest)

    def _scene(self, scene: Scene) -> KnownScene:
        place = self.places.get(scene.id, Visits())
        met = self._met(place)
        texts = self._texts(scene) if self.open_ else {}
        options = [
            self._option(choice, met.get(choice.id), place, texts)
            for choice in scene.choices.values()
            if choice.id in met or self.open_
        ]
        doors = sum(1 for choice in scene.choices if choice not in place.tried)
        latest = place.newest.visit if place.newest else None
        known = dict.fromkeys((b.to for b in scene.goto), 0) if self.open_ else {}
        walked = {**known, **place.tried.get(CONTINUE, {})}
        onward = tuple(Lead(to, walks) for to, walks in walked.items())
        return KnownScene(
            scene.id, scene.title, place.passes, tuple(options), doors, latest, onward
        )

    def _met(self, place: Visits) -> dict[str, Option]:
        """The options as they were last read."""
        if place.newest is None:
            return {}
        shown = engine.situation(self.story, place.newest.state)
        return {option.id: option for option in shown.options}

    def _texts(self, scene: Scene) -> dict[str, str]:
        """The labels of a scene's options, with the variables as the story sets them."""
        state = State(scene.id, "", self.story.initial, frozenset(), frozenset())
        hidden = {choice.id: choice.text for choice in scene.choices.values()}
        shown = engine.situation(self.story, state).options
        return hidden | {option.id: option.text for option in shown}

    def _option(
        self,
        choice: Choice,
        met: Option | None,
        place: Visits,
        texts: Mapping[str, str],
    ) -> KnownOption:
        walked = place.tried.get(choice.id, {})
        opens = place.opens.get(choice.id)
        known = dict.fromkeys((b.to for b in choice.goto), 0) if self.open_ else {}
        state: OptionState = "tried" if walked else "unseen"
        if not walked and met is not None:
            state = "untried" if opens else "locked"
        return KnownOption(
            id=choice.id,
            text=met.text if met else texts[choice.id],
            state=state,
            taken=sum(walked.values()),
            leads=tuple(Lead(to, walks) for to, walks in {**known, **walked}.items()),
            locked=met.locked if met and state == "locked" else "",
            opens=opens.visit if opens else None,
        )

    def _coverage(self) -> Coverage:
        story, sides, tried_sides = self.story, _Sides(), _Sides()
        tried = total = 0
        for scene, choice in story.choices():
            total += 1
            sides.add(choice)
            if scene.id in self.places and choice.id in self.places[scene.id].tried:
                tried += 1
                tried_sides.add(choice)
        return Coverage(
            endings_found=sum(1 for ending in story.endings if ending in self.places),
            endings=len(story.endings),
            options_tried=tried,
            options=total,
            both_sides=tuple(g for g in story.guidelines if g in tried_sides.both),
            two_sided=tuple(g for g in story.guidelines if g in sides.both),
        )


class _Sides:
    """The guidelines that choices mark upwards, and those that they mark downwards."""

    def __init__(self) -> None:
        self._up: set[str] = set()
        self._down: set[str] = set()

    def add(self, choice: Choice) -> None:
        for mark in choice.marks:
            (self._up if mark.weight > 0 else self._down).add(mark.guideline)

    @property
    def both(self) -> set[str]:
        return self._up & self._down
