"""Hand-written stand-ins: a clock that ticks, ids that count, a shelf of given stories."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Folders, Settings
from dialogue_game.content.cache import decode_edition, encode_edition
from dialogue_game.content.library import OpenCourse
from dialogue_game.core.course import Course, StoryEntry
from dialogue_game.core.story import Story
from dialogue_game.errors import JournalError, JournalFull
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.store import Event, Store, Summary
from tests.builders import GUIDELINES, REFERENCES


class TickingClock:
    """A clock that goes on by one second each time it is asked."""

    def __init__(self, start: int = 1_700_000_000_000) -> None:
        self._now = start

    def __call__(self) -> int:
        self._now += 1000
        return self._now


class FakeShelf(OpenCourse):
    """A course of the given stories; `edit` puts another edition in a story's place."""

    def __init__(self, stories: Sequence[Story]) -> None:
        super().__init__(_course_of(stories), Path())
        self._stories = {story.id: _of_the_course(story) for story in stories}

    def edit(self, story: Story) -> None:
        self._stories[story.id] = _of_the_course(story)
        self._list()

    def remove(self, story: str) -> None:
        del self._stories[story]
        self._list()

    def _list(self) -> None:
        entries = tuple(entry_of(story) for story in self._stories.values())
        self.course = replace(self.course, stories=entries)

    def put_in(self, folder: str) -> None:
        """Let it say that it stands there."""
        self.course = replace(self.course, folder=folder)


def _course_of(stories: Sequence[Story]) -> Course:
    told = [_of_the_course(story) for story in stories]
    return Course(
        id=told[0].course if told else "fake",
        title="A Fake Course",
        summary="",
        notice="Made up.",
        stories=tuple(entry_of(story) for story in told),
        guidelines=GUIDELINES,
        references=REFERENCES,
    )


def _of_the_course(story: Story) -> Story:
    return replace(story, course=story.course or "fake")


def entry_of(story: Story) -> StoryEntry:
    """A story's line in its course."""
    return StoryEntry(
        story.id,
        story.title,
        story.kind,
        minutes=10,
        scenes=len(story.scenes),
        choices=sum(1 for _ in story.choices()),
        endings=tuple(story.endings),
        edition=story.edition,
    )


class FailingStore(InMemoryStore):
    """A store that refuses to write while `failure` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.failure: JournalError | None = None

    def fail(self) -> None:
        self.failure = JournalFull(
            "There is no room left on the disk.", "Free some, try again."
        )

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected: int,
        at: int,
        summary: Summary | None = None,
    ) -> None:
        if self.failure is not None:
            raise self.failure
        super().append(stream, events, expected, at, summary)


def game(
    *stories: Story,
    store: Store | None = None,
    folder: Path | None = None,
    settings: Settings | None = None,
) -> Game:
    """A game of these stories; on a store in memory, in the test's own home, unless told else."""
    folder = folder or Path(os.environ["DIALOGUE_GAME_HOME"])
    numbers = count(1)
    return Game(
        shelf=FakeShelf(stories),
        store=InMemoryStore() if store is None else store,
        settings=replace(settings or Settings(), welcomed="yes"),
        folders=Folders(folder, folder, folder / "cache", folder / "log"),
        clock=TickingClock(),
        new_id=lambda: f"run{next(numbers)}",
        encode_edition=encode_edition,
        decode_edition=decode_edition,
    )
