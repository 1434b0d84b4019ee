"""What can be done with paths walked: replay, compare, the player's own map, one what-if at a time.

One object for every front end: `game.explore`. It holds nothing; each answer is a frozen value or a
`Player` that stands where play goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from dialogue_game.app.explore.rewind import may_rechoose
from dialogue_game.app.runs import (
    PlaythroughInfo,
    StoryKey,
    own_runs,
    played_path,
)
from dialogue_game.core.comparison import Comparison, compare
from dialogue_game.core.discovery import Discovery, discover
from dialogue_game.core.events import PlayEvent, PlaythroughStarted
from dialogue_game.core.played_path import PlayedPath
from dialogue_game.core.story import Story
from dialogue_game.errors import DialogueGameError, NotFound

if TYPE_CHECKING:
    from dialogue_game.app.explore.carry_over import BroughtOver
    from dialogue_game.app.explore.rewind import Memory
    from dialogue_game.app.explore.what_if import WhatIf
    from dialogue_game.app.game import Game
    from dialogue_game.app.player import Player


KNOWN: Final = get_args(PlayEvent)
"""The events' classes: asking a tuple of them is much quicker than asking their union."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """Everything about paths walked, over one game's journal and shelf."""

    game: Game

    def find(self, name: str) -> PlaythroughInfo:
        """The playthrough meant by an id, by the beginning of one, or by `newest`.

        Raises NotFound where there is none or more than one.
        """
        history = self.game.history()
        if name == "newest" and history:
            return history[0]
        exact = [run for run in history if run.id == name]
        close = exact or [run for run in history if name and run.id.startswith(name)]
        if len(close) == 1:
            return close[0]
        if close:
            ids = ", ".join(run.id for run in close[:5])
            raise NotFound(
                f"“{name}” begins several playthroughs: {ids}.", "Write more of it."
            )
        raise NotFound(
            f"There is no playthrough “{name}”.", "See them with: dialogue-game history"
        )

    def discovery(
        self, story: str | StoryKey, *, everything: bool = False, run: str = ""
    ) -> Discovery:
        """The story as this player knows it, from all runs of their own of its present edition.

        The path of one `run`, else of the newest, stands out.
        Runs of older editions are counted apart. Where the story is no longer installed, or is of
        another course, by the edition of its newest run. With `everything` (the author's switch)
        nothing is hidden. Raises NotFound, JournalError.
        """
        paths = tuple(self._paths(self.game.key(story)))
        return discover(
            self._present(story, paths), paths, everything=everything, run=run
        )

    def memory(self, player: Player) -> Memory:
        """What was taken and read in other runs; nothing before an ending was reached.

        Trouble with the journal is not told here: then nothing is remembered.
        """
        from dialogue_game.app.explore.rewind import Memory, memory_of

        try:
            key = self.game.key_of(player)
            ended = [run for run in own_runs(self.game.history(), key) if run.finished]
            if not ended:
                return Memory()
            return memory_of(self.discovery(key), self._path_before(player, ended))
        except DialogueGameError:
            return Memory()

    def _path_before(
        self, player: Player, ended: Iterable[PlaythroughInfo]
    ) -> PlayedPath | None:
        """The path that a replay branched from, else the newest that ended; on the same text."""
        start = player.events[0]
        branched = start.branched_from if isinstance(start, PlaythroughStarted) else ""
        others = [run.id for run in ended if run.id != player.playthrough]
        for run in (branched, *others):
            with suppress(NotFound):
                before = played_path(self.game.open(run)) if run else None
                if before and before.story.edition == player.story.edition:
                    return before
        return None

    def compare(self, left: str, right: str | Path) -> Comparison:
        """Two runs of one story side by side; the second may be another person's exported file.

        Raises NotFound (also where they are runs of different stories), RunFileInvalid.
        """
        player = self.game.open(left)
        mine, own = played_path(player), self.game.key_of(player)
        if isinstance(right, Path):
            from dialogue_game.app.explore import run_file

            theirs = run_file.read(right)
            key = own._replace(course=theirs.story.course, story=theirs.story.id)
        else:
            other = self.game.open(right)
            theirs, key = played_path(other), self.game.key_of(other)
        if key != own:
            raise NotFound(
                f"These are runs of different stories: {_names_apart(own, key)}.",
                "Name two runs of the same story.",
            )
        return compare(mine, theirs)

    def what_ifs(self, playthrough: str, most: int = 3) -> tuple[WhatIf, ...]:
        """The decisions of a run worth another look, the largest unexplored difference first.

        Empty while decisions are not open to be taken anew. Raises NotFound, JournalError.
        """
        from dialogue_game.app.explore.what_if import what_ifs

        player = self.game.open(playthrough)
        path, key = played_path(player), self.game.key_of(player)
        if not may_rechoose(self.game, key):
            return ()
        others = (other for other in self._paths(key) if other.who == path.who)
        return what_ifs(path, others)[:most]

    def cause(self, playthrough: str) -> Comparison | None:
        """A run beside the one it branched from (on the left); None where there is none.

        `reporting.comparison.cause_words` says what the other choice changed.
        """
        player = self.game.open(playthrough)
        start = player.events[0]
        if not isinstance(start, PlaythroughStarted) or not start.branched_from:
            return None
        try:
            before = self.game.open(start.branched_from)
        except NotFound:
            return None
        return compare(played_path(before), played_path(player))

    def edited(self, playthrough: str) -> BroughtOver | None:
        """A run laid on the present edition of its story, where that is another one.

        None also for what cannot be opened: that is said when it is played.
        """
        try:
            player = self.game.open(playthrough)
            loaded = player.story
            if self.game.key_of(player) != self.game.key(loaded.id):
                return None
            if self.game.story(loaded.id).edition == loaded.edition:
                return None
            from dialogue_game.app.explore.carry_over import bring_over

            return bring_over(self.game, playthrough)
        except DialogueGameError:
            return None

    def stand_before(self, run: str, decision: int) -> Player:
        """A new run that stands before a decision (from 0); a paused one that stands there goes on.

        Raises NotFound, NotOpenYet, JournalError.
        """
        found = self.find(run)
        if decision >= found.choices:
            return self.game.open(found.id)
        return self.game.rewind(found.id, decision)

    def export(self, playthrough: str, file: Path, *, force: bool = False) -> None:
        """Write a run to a file that another person can compare with. Raises RunFileInvalid."""
        from dialogue_game.app.explore import run_file

        line = self.find(playthrough)
        data = run_file.run_data(self.game.open(line.id), line.started, line.ended)
        run_file.write(data, file, force=force)

    def _present(self, story: str | StoryKey, paths: tuple[PlayedPath, ...]) -> Story:
        key = self.game.key(story)
        if paths and key != self.game.key(key.story):
            return paths[0].story
        try:
            return self.game.story(key.story)
        except DialogueGameError:
            if not paths:
                raise
            return paths[0].story

    def _paths(self, key: StoryKey) -> Iterator[PlayedPath]:
        """All runs of a story that can still be read, the newest first."""
        editions: dict[str, Story | None] = {}
        for run in self.game.history():
            if run.key != key:
                continue
            if run.edition not in editions:
                editions[run.edition] = self._edition(run)
            loaded = editions[run.edition]
            if loaded is None:
                continue
            recorded = (item.event for item in self.game.store.read(run.id))
            events = tuple(event for event in recorded if isinstance(event, KNOWN))
            yield PlayedPath(run.id, loaded, events, "group" if run.led_by else "you")

    def _edition(self, run: PlaythroughInfo) -> Story | None:
        """The edition of a run, opened once for all runs on it; None where it is not here."""
        try:
            return self.game.open(run.id).story
        except NotFound:
            return None


def _names_apart(one: StoryKey, other: StoryKey) -> str:
    """Two stories by what differs: their ids, their courses, or where these stand."""
    if one.story != other.story:
        return f"{one.story} and {other.story}"
    if one.course != other.course:
        return f"{one.story} of the course “{one.course}” and of “{other.course}”"
    return f"{one.story} in {one.place} and in {other.place}"
