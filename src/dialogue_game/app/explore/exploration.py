"""What can be done with roads walked: replay, compare, the player's own map, one what-if at a time.

One object for every front end: `game.explore`. It holds nothing; each answer is a frozen value or a
`Player` that stands where play goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from dialogue_game.app.explore import rewind as rewinding
from dialogue_game.app.runs import Landmarks, PlaythroughInfo, landmarks, played_path
from dialogue_game.core.comparison import Comparison, compare
from dialogue_game.core.discovery import Discovery, discover
from dialogue_game.core.events import PlayEvent, PlaythroughStarted
from dialogue_game.core.played_path import PlayedPath
from dialogue_game.core.story import Story, TransferOption
from dialogue_game.errors import DialogueGameError, NotFound

if TYPE_CHECKING:
    from dialogue_game.app.explore.carry_over import BroughtOver
    from dialogue_game.app.explore.memory import Memory
    from dialogue_game.app.explore.what_if import WhatIf
    from dialogue_game.app.game import Game
    from dialogue_game.app.transfer import TransferDue


KNOWN: Final = get_args(PlayEvent)
"""The events' classes: asking a tuple of them is much quicker than asking their union."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """Everything about roads walked, over one game's journal and shelf."""

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
            raise NotFound(f"“{name}” begins several playthroughs: {ids}.", "Write more of it.")
        raise NotFound(f"There is no playthrough “{name}”.", "See them with: dialogue-game history")

    def landmarks(self, history: tuple[PlaythroughInfo, ...] | None = None) -> dict[str, Landmarks]:
        """The first and the best finished run of each story, by the story's id.

        A history that is at hand already need not be read again.
        """
        return landmarks(self.game.history() if history is None else history)

    def may_rechoose(self, story: str) -> bool:
        """Whether decisions of a story are open to be taken anew."""
        return rewinding.may_rechoose(self.game, story)

    def discovery(self, story: str, *, everything: bool = False) -> Discovery:
        """The story as this player knows it, from all runs of their own under any edition.

        Where the story is no longer installed, by the edition of its newest run. With
        `everything` (the author's switch) nothing is hidden. Raises NotFound, JournalError.
        """
        roads = tuple(self._roads(story))
        return discover(self._present(story, roads), roads, everything=everything)

    def memory(self, story: str) -> Memory:
        """What was taken and read in earlier runs; nothing before an ending was reached.

        Trouble with the journal is not told here: then nothing is remembered.
        """
        from dialogue_game.app.explore.memory import Memory, memory_of

        try:
            runs = (run for run in self.game.history() if run.story == story and run.alone)
            return memory_of(self.discovery(story)) if any(r.finished for r in runs) else Memory()
        except DialogueGameError:
            return Memory()

    def compare(self, left: str, right: str | Path) -> Comparison:
        """Two runs of one story side by side; the second may be another person's exported file.

        Raises NotFound (also where they are runs of different stories), RunFileInvalid.
        """
        mine = played_path(self.game.open(left))
        theirs = self.read_run(right) if isinstance(right, Path) else self._open_road(right)
        if mine.story.id != theirs.story.id:
            raise NotFound(
                f"These are runs of different stories: {mine.story.id} and {theirs.story.id}.",
                "Name two runs of the same story.",
            )
        return compare(mine, theirs)

    def what_ifs(self, playthrough: str, most: int = 3) -> tuple[WhatIf, ...]:
        """The decisions of a run worth another look, the largest unexplored difference first.

        Empty while decisions are not open to be taken anew. Raises NotFound, JournalError.
        """
        from dialogue_game.app.explore.what_if import what_ifs

        road = played_path(self.game.open(playthrough))
        if not self.may_rechoose(road.story.id):
            return ()
        others = (other for other in self._roads(road.story.id) if other.who == road.who)
        return what_ifs(road, others)[:most]

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
            loaded = self.game.open(playthrough).story
            if self.game.story(loaded.id).edition == loaded.edition:
                return None
            from dialogue_game.app.explore.carry_over import bring_over

            return bring_over(self.game, playthrough)
        except DialogueGameError:
            return None

    def answer_transfer(self, due: TransferDue, option: int) -> TransferOption:
        """Keep the answer, an option's number from 0; the option. Raises NotFound, JournalError."""
        from dialogue_game.app.transfer import answer_transfer

        return answer_transfer(self.game, due, option)

    def skip_transfer(self, due: TransferDue) -> None:
        """Remember that the question was put and passed over. Raises JournalError."""
        from dialogue_game.app.transfer import note_asked

        note_asked(self.game, due)

    def export(self, playthrough: str, file: Path, *, force: bool = False) -> None:
        """Write a run to a file that another person can compare with. Raises RunFileInvalid."""
        from dialogue_game.app.explore import run_file as portable

        line = self.find(playthrough)
        data = portable.run_data(self.game.open(line.id), line.started, line.ended)
        portable.write(data, file, force=force)

    def read_run(self, file: Path) -> PlayedPath:
        """Another person's exported run; it never enters the journal. Raises RunFileInvalid."""
        from dialogue_game.app.explore import run_file as portable

        return portable.read(file)

    def _open_road(self, playthrough: str) -> PlayedPath:
        return played_path(self.game.open(playthrough))

    def _present(self, story: str, roads: tuple[PlayedPath, ...]) -> Story:
        try:
            return self.game.story(story)
        except DialogueGameError:
            if not roads:
                raise
            return roads[0].story

    def _roads(self, story: str) -> Iterator[PlayedPath]:
        """All runs of a story that can still be read, the newest first."""
        editions: dict[str, Story | None] = {}
        for run in self.game.history():
            if run.story != story:
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
