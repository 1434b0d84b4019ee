"""Which story a run belongs to: the only place that decides it.

A story is known by its course and its own id. Copies of a course have equal ids, so a run also
keeps where its course stood; a course that was moved takes its runs along.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dialogue_game.app.runs import PlaythroughInfo, StoryKey
from dialogue_game.core.course import Course
from dialogue_game.errors import JournalUnreadable

if TYPE_CHECKING:
    from dialogue_game.app.game import Game

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
