"""The product in one object: the course, its cards, starting, resuming, history.

Faces are handed a `Game` by `bootstrap`; they never open files or journals themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dialogue_game.app import settings as settings_module
from dialogue_game.app.player import Clock, Player, summary
from dialogue_game.app.settings import Folders, Settings
from dialogue_game.core import engine
from dialogue_game.core.course import Course, StoryEntry
from dialogue_game.core.events import PlayEvent, PlaythroughStarted
from dialogue_game.core.story import Story
from dialogue_game.errors import JournalError, NotFound
from dialogue_game.journal.store import Store, StreamInfo


class Shelf(Protocol):
    """A course that is open: its index at once, its stories when asked for."""

    @property
    def course(self) -> Course:
        """The course's index and shared things."""

    def story(self, story: str) -> Story:
        """One story. Raises NotFound, ContentInvalid."""


@dataclass(frozen=True, slots=True)
class Card:
    """A story as Home shows it. `paused` is the newest playthrough that can be resumed."""

    entry: StoryEntry
    endings_found: int
    paused: str
    paused_decisions: int
    runs: int

    @property
    def state(self) -> str:
        """One of new, started, finished, coming."""
        if self.entry.coming:
            return "coming"
        if self.paused:
            return "started"
        return "finished" if self.endings_found else "new"


@dataclass(frozen=True, slots=True)
class PlaythroughInfo:
    """One line of history. Times are milliseconds since the epoch, 0 where not yet."""

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

    @classmethod
    def of(cls, stream: StreamInfo) -> PlaythroughInfo:
        """The line that a stream's summary gives."""
        line: Mapping[str, Any] = stream.summary
        ended = line.get("state") == "ended"
        return cls(
            id=stream.id,
            story=str(line.get("story", "")),
            title=str(line.get("title", "")),
            edition=str(line.get("edition", "")),
            state="ended" if ended else "paused",
            ending=str(line.get("ending", "")),
            ending_kind=str(line.get("ending_kind", "")),
            choices=int(line.get("choices", 0)),
            percent=line.get("percent"),
            started=stream.started,
            ended=stream.updated if ended else 0,
            updated=stream.updated,
        )


@dataclass(slots=True)
class Game:
    """What every face is given.

    `trouble` is a sentence about the journal or the settings, "" when all is well; `saving` is
    false when nothing outlives the program.
    """

    shelf: Shelf
    store: Store
    settings: Settings
    folders: Folders
    clock: Clock
    new_id: Callable[[], str]
    encode_edition: Callable[[Story], bytes]
    decode_edition: Callable[[bytes], Story]
    assets: Path | None = None
    trouble: str = ""
    saving: bool = True

    @property
    def course(self) -> Course:
        """The course that is open."""
        return self.shelf.course

    def cards(self) -> tuple[Card, ...]:
        """Every story of the course with this player's progress. Raises JournalError."""
        runs = self.history()
        return tuple(self._card(entry, runs) for entry in self.course.stories)

    def _card(self, entry: StoryEntry, runs: tuple[PlaythroughInfo, ...]) -> Card:
        own = [run for run in runs if run.story == entry.id]
        paused = next((run for run in own if run.state == "paused"), None)
        found = {run.ending for run in own if run.ending} & set(entry.endings)
        return Card(
            entry,
            len(found),
            paused.id if paused else "",
            paused.choices if paused else 0,
            len(own),
        )

    def history(self) -> tuple[PlaythroughInfo, ...]:
        """All playthroughs, newest first. Raises JournalError."""
        return tuple(PlaythroughInfo.of(stream) for stream in self.store.streams("playthrough"))

    def story(self, story: str) -> Story:
        """A story of the course. Raises NotFound, ContentInvalid."""
        return self.shelf.story(story)

    def start(self, story: str) -> Player:
        """A new playthrough of a story, on the journal from its first moment."""
        told = self.story(story)
        events = engine.begin(told)
        playthrough = self.new_id()
        self.store.keep_edition(told.edition, self.encode_edition(told))
        state = engine.replay(told, events)
        self.store.create(
            playthrough, "playthrough", events, self.clock(), summary(told, events, state)
        )
        return Player(told, playthrough, events, self.store, self.clock)

    def open(self, playthrough: str) -> Player:
        """A playthrough as it was left, on the edition it was played on.

        Raises NotFound where there is no such playthrough or its edition was not kept.
        """
        recorded = self.store.read(playthrough)
        events = tuple(item.event for item in recorded if isinstance(item.event, PlayEvent))
        start = next((event for event in events if isinstance(event, PlaythroughStarted)), None)
        if start is None:
            raise NotFound(
                f"“{playthrough}” is not a playthrough.", "See them with: dialogue-game history"
            )
        told = self._edition(start)
        return Player(told, playthrough, events, self.store, self.clock, len(recorded))

    def newest_paused(self, story: str) -> str:
        """The playthrough of a story that was left last. Raises NotFound."""
        for run in self.history():
            if run.story == story and run.state == "paused":
                return run.id
        raise NotFound(
            f"There is no playthrough of “{story}” to resume.",
            f"Start one with: dialogue-game play {story}",
        )

    def delete(self, playthrough: str) -> None:
        """Really delete a playthrough. Raises NotFound, JournalError."""
        self.store.delete(playthrough)

    def set(self, name: str, value: str) -> None:
        """Change a setting now and keep it. Raises SettingsInvalid; then it holds for now only."""
        self.settings = self.settings.with_(name, value)
        settings_module.save(self.folders.settings_file, name, value)

    def stop_saving(self, store: Store, why: JournalError) -> None:
        """Go on with a store that keeps nothing, and say so."""
        self.store, self.saving = store, False
        self.trouble = f"{why.message} You can play on; nothing is being saved."

    def _edition(self, start: PlaythroughStarted) -> Story:
        kept = self.store.edition(start.edition)
        if kept is not None:
            return self.decode_edition(kept)
        story = self.story(start.story)
        if story.edition != start.edition:
            raise NotFound(
                "The edition this playthrough was played on is no longer here.",
                "It can be deleted from history, or started anew.",
            )
        return story
