"""Playthroughs as history lists them, and what of a game exploring needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dialogue_game.journal.store import StreamInfo

if TYPE_CHECKING:
    # Home lists runs before anything that plays is imported.
    from dialogue_game.app.player import Player
    from dialogue_game.core.played_path import PlayedPath


class StoryKey(NamedTuple):
    """Which story: its course's id ("" of a story alone), its own, and where the course stands.

    `app.identity` makes them; two runs are of one story where their keys are equal.
    """

    course: str
    story: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class PlaythroughInfo:
    """One line of history. Times are milliseconds since the epoch, 0 where not yet.

    `branched_from` is the run that a rewind left, after `branched_at` of its decisions. `led_by`
    is the session of a group, "" for a run alone. `chosen` is when its last choice fell. `course`
    is None where the journal of an older version does not say it. `earlier` tells that the story
    has another edition now.
    """

    id: str
    story: str
    title: str
    edition: str
    state: str
    ending: str
    ending_kind: str
    choices: int
    percent: int | None
    started: int
    ended: int
    updated: int
    ending_title: str = ""
    branched_from: str = ""
    branched_at: int = 0
    led_by: str = ""
    chosen: int = 0
    course: str | None = None
    place: str = ""
    earlier: bool = False

    @classmethod
    def of(cls, stream: StreamInfo) -> PlaythroughInfo:
        """The line that a stream's summary gives."""
        line: Mapping[str, Any] = stream.summary
        value = line.get
        ended = value("state") == "ended"
        return cls(
            id=stream.id,
            story=str(value("story", "")),
            title=str(value("title", "")),
            edition=str(value("edition", "")),
            state="ended" if ended else "paused",
            ending=str(value("ending", "")),
            ending_kind=str(value("ending_kind", "")),
            choices=int(value("choices", 0)),
            percent=value("percent"),
            started=stream.started,
            ended=int(value("ended") or stream.updated) if ended else 0,
            updated=stream.updated,
            ending_title=str(value("ending_title", "")),
            branched_from=str(value("branched_from", "")),
            branched_at=int(value("branched_at", 0)),
            led_by=str(value("led_by", "")),
            chosen=int(value("chosen") or stream.updated),
            course=value("course"),
            place=str(value("place", "")),
        )

    @property
    def key(self) -> StoryKey:
        """Which story it is a run of."""
        return StoryKey(self.course or "", self.story, self.place)

    @property
    def finished(self) -> bool:
        """Whether it has reached an ending."""
        return self.state == "ended"

    @property
    def alone(self) -> bool:
        """Whether it was played by one person, not led in a group's session."""
        return not self.led_by


def own_runs(
    history: Iterable[PlaythroughInfo], key: StoryKey
) -> Iterator[PlaythroughInfo]:
    """The player's own runs of a story, without those that a group was led through."""
    return (run for run in history if run.alone and run.key == key)


def left_last(runs: Iterable[PlaythroughInfo]) -> PlaythroughInfo | None:
    """The paused run in which a choice was made last; where one only looked around, none is."""
    paused = (run for run in runs if not run.finished and run.choices > run.branched_at)
    return max(paused, key=lambda run: run.chosen, default=None)


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The first finished run of a story's present edition and the best; one run may be both.

    Best is the highest percentage, the earliest of those that share it; None where nothing is
    scored. A person's runs are told apart here, never people. What a group was led to is no
    person's own, and is neither.
    """

    story: StoryKey
    first: PlaythroughInfo
    best: PlaythroughInfo | None


def landmarks(history: Iterable[PlaythroughInfo]) -> dict[StoryKey, Landmarks]:
    """First and best run of every story whose present edition was finished alone."""
    own = (run for run in history if run.finished and run.alone and not run.earlier)
    finished = sorted(own, key=lambda run: run.ended)
    found: dict[StoryKey, Landmarks] = {}
    for run in finished:
        known = found.setdefault(run.key, Landmarks(run.key, run, None))
        percent = known.best.percent if known.best else None
        if run.percent is not None and (percent is None or run.percent > percent):
            found[run.key] = Landmarks(run.key, known.first, run)
    return found


def played_path(player: Player) -> PlayedPath:
    """The path of a playthrough that is open."""
    from dialogue_game.core.events import PlaythroughStarted
    from dialogue_game.core.played_path import PlayedPath

    start = player.events[0]
    led = isinstance(start, PlaythroughStarted) and start.led_by
    return PlayedPath(
        player.playthrough, player.story, player.events, "group" if led else "you"
    )
