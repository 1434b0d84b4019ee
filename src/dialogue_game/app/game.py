"""The product in one object: the course, its cards, starting, resuming, history.

Faces are handed a `Game` by `bootstrap`; they never open files or journals themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from dialogue_game.app import settings as settings_module
from dialogue_game.app.runs import (
    PlaythroughInfo,
    StoryKey,
    course_of,
    identified,
    keep_language,
    key_of,
    key_of_run,
    last_paused,
    own_runs,
    with_summary,
)
from dialogue_game.app.settings import Folders, Settings
from dialogue_game.core.course import Course, StoryEntry
from dialogue_game.errors import JournalError, JournalUnreadable, NotFound
from dialogue_game.journal.store import Store

if TYPE_CHECKING:
    # What plays is imported when something is played: Home shows its first frame without it.
    from dialogue_game.app.explore.exploration import Exploration
    from dialogue_game.app.player import Clock, Player
    from dialogue_game.content.library import OpenCourse
    from dialogue_game.core.story import Story


T = TypeVar("T")

EDITIONS_OPEN: Final = 8
"""How many editions stay decoded."""


@dataclass(frozen=True, slots=True)
class Card:
    """A story as Home shows it. `paused` is the run to go on with: where one chose last.

    It was `left` then, in milliseconds since the epoch. What a group was led to is not the
    player's own progress: neither its endings nor its runs. Endings count on the present edition;
    `earlier` are the runs finished on older ones.
    """

    entry: StoryEntry
    endings_found: int
    paused: str
    paused_decisions: int
    runs: int
    left: int = 0
    earlier: int = 0

    @property
    def state(self) -> str:
        """One of new, started, finished, coming."""
        if self.entry.coming:
            return "coming"
        if self.paused:
            return "started"
        return "finished" if self.endings_found else "new"


def random_seed() -> int:
    """A seed by chance: an unsigned number of 32 bits, and not 0."""
    from random import SystemRandom

    from dialogue_game.core.template import SEEDS

    return SystemRandom().randrange(1, SEEDS)


@dataclass(slots=True)
class Game:
    """What every front end is given.

    `trouble` is a sentence about the journal or the settings, "" when all is well; `saving` is
    false when nothing outlives the program. `unread` is why what was kept before cannot be read.
    """

    shelf: OpenCourse
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
    unread: JournalError | None = None
    _opened: dict[str, Story] = field(default_factory=dict, init=False, repr=False)
    _courses: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @property
    def course(self) -> Course:
        """The course that is open."""
        return self.shelf.course

    def cards(self) -> tuple[Card, ...]:
        """Every story of the course with this player's progress. Raises JournalError."""
        runs = self.history()
        return tuple(
            card_of(entry, list(own_runs(runs, self.key(entry.id))))
            for entry in self.course.stories
        )

    def key(self, story: str | StoryKey) -> StoryKey:
        """What runs of a story are known by; an id means a story of this course."""
        return key_of(self.course, story) if isinstance(story, str) else story

    def key_of(self, player: Player) -> StoryKey:
        """What the story of a run that is open is known by."""
        place = getattr(player.events[0], "place", "")
        return key_of_run(self, player.story.course, player.story.id, place)

    def course_of(self, edition: str) -> str:
        """The id of the course that an edition belongs to. Raises JournalError."""
        if edition not in self._courses:
            self._courses[edition] = course_of(self, edition)
        return self._courses[edition]

    def address(self, story: str) -> str:
        """What names a story on the command line: its id in the shipped course, else its file."""
        from dialogue_game.content.library import shipped_course

        folder = Path(self.course.folder)
        if not self.course.folder or folder == shipped_course():
            return story
        return str(folder if folder.suffix else folder / f"{story}.yaml")

    def history(self) -> tuple[PlaythroughInfo, ...]:
        """All playthroughs, newest first. Raises JournalError."""
        streams = self.store.streams("playthrough")
        whole = (with_summary(self, stream) for stream in streams)
        return identified(self, map(PlaythroughInfo.of, whole))

    def story(self, story: str) -> Story:
        """A story of the course. Raises NotFound, ContentInvalid."""
        return self.shelf.story(story)

    def start(self, story: str, seed: int | None = None) -> Player:
        """A new playthrough of a story, in the journal from its first choice on.

        Where the story shuffles its options, `seed` decides their order; by default it is drawn,
        and 0 keeps the author's.

        Where the journal cannot be written the playthrough starts all the same, on a store that
        keeps nothing, and `trouble` says so. Raises NotFound, ContentInvalid.
        """
        loaded = self.story(story)
        playthrough = self.new_id()
        if seed is None:
            seed = (
                random_seed() if any(s.shuffled for s in loaded.scenes.values()) else 0
            )
        return self.saved_or_not(lambda: self._begin(loaded, playthrough, seed))

    def _begin(self, loaded: Story, playthrough: str, seed: int) -> Player:
        from dialogue_game.app.player import Player
        from dialogue_game.core import engine

        events = engine.begin(loaded, seed=seed, place=self.key(loaded.id).place)
        self.store.keep_edition(loaded.edition, self.encode_edition(loaded))
        keep_language(self, self.store)
        return Player(loaded, playthrough, events, self.store, self.clock, length=0)

    def open(self, playthrough: str) -> Player:
        """A playthrough as it was left, on the edition it was played on.

        Raises NotFound where there is no such playthrough or its edition was not kept.
        """
        from dialogue_game.app.player import Player
        from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted

        recorded = self.store.read(playthrough)
        events = tuple(
            item.event for item in recorded if isinstance(item.event, PlayEvent)
        )
        start = next(
            (event for event in events if isinstance(event, PlaythroughStarted)), None
        )
        if start is None:
            raise NotFound(
                f"“{playthrough}” is not a playthrough.",
                "See them with: dialogue-game history",
            )
        loaded = self.edition(start.story, start.edition)
        made = (
            item.at for item in reversed(recorded) if isinstance(item.event, ChoiceMade)
        )
        return Player(
            loaded,
            playthrough,
            events,
            self.store,
            self.clock,
            len(recorded),
            next(made, 0),
        )

    def newest_paused(self, story: str) -> str:
        """The playthrough of a story to go on with: where one chose last. Raises NotFound."""
        paused = last_paused(own_runs(self.history(), self.key(story)))
        if paused is not None:
            return paused.id
        raise NotFound(
            f"There is no playthrough of “{story}” to resume.",
            f"Start one with: dialogue-game play {story}",
        )

    @property
    def explore(self) -> Exploration:
        """Replaying, comparing, the player's own map: what can be done with paths walked."""
        from dialogue_game.app.explore.exploration import Exploration

        return Exploration(self)

    def rewind(self, playthrough: str, decision: int) -> Player:
        """A new playthrough that stands before a decision (from 0) of another; both are kept.

        Raises NotFound, NotOpenYet, JournalError.
        """
        from dialogue_game.app.explore.rewind import rewind

        return rewind(self, playthrough, decision)

    def set(self, name: str, value: str) -> None:
        """Change a setting now and keep it. Raises SettingsInvalid; then it holds for now only."""
        own = settings_module.own_themes(self.folders.config)
        self.settings = self.settings.with_(name, value, own)
        settings_module.save(self.folders.settings_file, name, value)

    def why_not_kept(self, stream: str) -> str:
        """Why nobody can come back to this run or session, in a sentence; "" where one can."""
        if not self.saving:
            return "Nothing was being saved."
        try:
            self.store.info(stream)
        except NotFound:
            return "It is not in the journal any more: it was deleted meanwhile."
        except JournalError as error:
            return str(error)
        return ""

    def saved_or_not(self, begin: Callable[[], T]) -> T:
        """What `begin` gives; where the journal refuses, again on a store that keeps nothing."""
        try:
            return begin()
        except JournalError as error:
            from dialogue_game.journal.memory_store import InMemoryStore

            self.stop_saving(InMemoryStore(), error)
            return begin()

    def stop_saving(self, store: Store, why: JournalError) -> None:
        """Go on with a store that keeps nothing, and say so."""
        self.store, self.saving = store, False
        self.trouble = f"{why.message} You can play on; nothing is being saved."

    def edition(self, story: str, digest: str) -> Story:
        """One edition of a story, from the journal, or from the course where it is the same text.

        The last few stay open, because runs are looked at in numbers. Raises NotFound.
        """
        if digest not in self._opened:
            while len(self._opened) >= EDITIONS_OPEN:
                del self._opened[next(iter(self._opened))]
            self._opened[digest] = self._read_edition(story, digest)
        return self._opened[digest]

    def _read_edition(self, story: str, digest: str) -> Story:
        with suppress(
            ValueError, JournalUnreadable
        ):  # a damaged one is as good as none
            kept = self.store.edition(digest)
            if kept is not None:
                return self.decode_edition(kept)
        present = self.story(story)
        if present.edition != digest:
            raise NotFound(
                f"The edition of “{story}” that was played is no longer here.",
                "Start it anew; what was played on it can be deleted.",
            )
        with suppress(JournalError):  # mended where the journal may be written
            self.store.keep_edition(digest, self.encode_edition(present))
        return present


def card_of(entry: StoryEntry, own: Sequence[PlaythroughInfo]) -> Card:
    """A story with what one's own runs say of it."""
    paused = last_paused(own)
    found = {run.ending for run in own if run.ending and not run.earlier} & set(
        entry.endings
    )
    return Card(
        entry,
        len(found),
        paused.id if paused else "",
        paused.choices if paused else 0,
        len(own),
        paused.updated if paused else 0,
        sum(run.finished and run.earlier for run in own),
    )
