"""Runs as history lists them, first and best among them, and which story each belongs to.

A story is known by its course and its own id: this is the only place that decides it. Copies of a
course have equal ids, so a run also keeps where its course stood; a course that was moved takes
its runs along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dialogue_game.core.course import Course
from dialogue_game.errors import (
    DialogueGameError,
    JournalError,
    JournalUnreadable,
    NotFound,
)
from dialogue_game.journal.store import Store, StreamInfo

if TYPE_CHECKING:
    from dialogue_game.app.game import Game
    from dialogue_game.app.player import Player
    from dialogue_game.core.played_path import PlayedPath


class StoryKey(NamedTuple):
    """Which story: its course's id ("" of a story alone), its own, and where the course stands.

    `key_of` makes them; two runs are of one story where their keys are equal.
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


def last_paused(runs: Iterable[PlaythroughInfo]) -> PlaythroughInfo | None:
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


LANGUAGE: Final = "course.language."
"""The journal's word on how a course was written when it was last played."""
ENGLISH: Final = ("en", "ltr")
SHIPPED: Final = "shipped"
"""The place of the course that comes with the game, wherever that is installed."""
UNKNOWN: Final = "?"
"""The course of a run that does not say it and whose edition is lost; no id is spelled so."""


def key_of(course: Course, story: str) -> StoryKey:
    """A story of a course that is open."""
    place, lone = _standing(course.folder) if course.folder else ("", False)
    # The course of a story alone is made up of it and has no id of its own.
    return StoryKey("" if lone else course.id, story, place)


@lru_cache(maxsize=16)
def _standing(folder: str) -> tuple[str, bool]:
    """The place of a course, and whether that is a story's file; asked of the disk once.

    A list of runs asks for it with every run.
    """
    from dialogue_game.content.library import shipped_course

    found = Path(folder).resolve()
    return (
        (SHIPPED, False)
        if found == shipped_course().resolve()
        else (str(found), found.is_file())
    )


def key_of_run(game: Game, course: str, story: str, place: str) -> StoryKey:
    """A run's story: of the open course where its place is not known, or is there no more."""
    own = key_of(game.course, story)
    if place != SHIPPED and not (place and Path(place).exists()):
        place = own.place if course == own.course else ""
    return StoryKey(course, story, place)


def with_summary(game: Game, stream: StreamInfo) -> StreamInfo:
    """The stream with its line, made anew from its events where a repair could not read it."""
    if stream.summary:
        return stream
    from dialogue_game.app.player import summary

    try:
        player = game.open(stream.id)
        at = stream.updated
        line = summary(player.story, player.events, player.state, at, at)
        with suppress(JournalError):  # kept where the journal may be written
            game.store.append(stream.id, (), stream.length, at, line)
    except DialogueGameError:
        return stream
    return replace(stream, summary=line)


def identified(
    game: Game, runs: Iterable[PlaythroughInfo]
) -> tuple[PlaythroughInfo, ...]:
    """These runs (the newest first), each with its story's key and whether its edition is older.

    The present edition of a story of another course is taken to be that of its newest run.
    """
    listed = (entry for entry in game.course.stories if entry.edition)
    present = {key_of(game.course, entry.id): entry.edition for entry in listed}
    known: dict[tuple[str, str, str], StoryKey] = {}
    found = []
    for run in runs:
        course = game.course_of(run.edition) if run.course is None else run.course
        kept = (course, run.story, run.place)
        if kept not in known:
            known[kept] = key_of_run(game, *kept)
        key = known[kept]
        earlier = present.setdefault(key, run.edition) != run.edition
        complete = not earlier and key == run.key and run.course is not None
        found.append(
            run
            if complete
            else replace(run, course=key.course, place=key.place, earlier=earlier)
        )
    return tuple(found)


def course_of(game: Game, edition: str) -> str:
    """The course of an edition: the open one where it is of it, else as the journal keeps it."""
    own = key_of(game.course, "").course
    if any(edition and entry.edition == edition for entry in game.course.stories):
        return own
    with suppress(ValueError, JournalUnreadable):
        kept = game.store.edition(edition)
        if kept is not None:
            return game.decode_edition(kept).course
    return UNKNOWN


def runs_named(game: Game, name: str) -> tuple[PlaythroughInfo, ...]:
    """The runs of `course/story`, or of a story's id: of the open course where it has that one."""
    runs = game.history()
    if "/" in name:
        return tuple(run for run in runs if f"{run.course}/{run.story}" == name)
    own = game.key(name) if game.course.entry(name) else None
    return tuple(run for run in runs if run.story == name and own in (None, run.key))


def played_at(game: Game, name: str) -> str:
    """The path of the story that `COURSE/ID` names, by its newest run; else the name itself.

    Raises JournalError; NotFound where the course is no longer at the place where it was played.
    """
    course, _, story = name.partition("/")
    found = next(iter(runs_named(game, name)), None) if story else None
    if found is None:
        return story if course == game.course.id and story else name
    if found.key == game.key(story):
        return story
    if not found.place:
        raise NotFound(
            f"The course of “{name}” is no longer where it was played.",
            "Name the story's file where it is now.",
        )
    place = Path(found.place)
    return str(place / f"{story}.yaml" if place.is_dir() else place)


def language_of(game: Game, course: str) -> tuple[str, str]:
    """The language of a course and its direction; as last played, where it is not open."""
    if course == game.course.id:
        return game.course.language, game.course.direction
    kept = (game.store.setting(LANGUAGE + course) or "").split()
    return (kept[0], kept[1]) if len(kept) == len(ENGLISH) else ENGLISH


def keep_language(game: Game, store: Store) -> None:
    """Remember how the course is written, for records made when another one is open."""
    key = LANGUAGE + game.course.id
    written = (game.course.language, game.course.direction)
    known = store.setting(key)
    if known != " ".join(written) and (known or written != ENGLISH):
        store.put_setting(key, " ".join(written))
