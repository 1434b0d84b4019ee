"""History: every playthrough, to open, go on with, replay, compare, export or delete."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from dialogue_game.app.runs import Landmarks, PlaythroughInfo, landmarks
from dialogue_game.errors import JournalError
from dialogue_game.reporting.story_outline import counted
from dialogue_game.tui.base.wishes import (
    Compare,
    CompareFile,
    DeleteRun,
    ExportRun,
    OpenRun,
    PickDecision,
    ShowMap,
    Wish,
)
from dialogue_game.tui.explore.listing_screen import ListingScreen
from dialogue_game.tui.explore.run_rows import name_of, remarks, run_blocks, run_line
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import ACCENT, MUTED, line, prose
from dialogue_game.tui.text.remedies import in_keys
from dialogue_game.tui.widgets.line_list import LineList


class HistoryScreen(ListingScreen):
    """All playthroughs, the newest first. With `beside`, one is chosen to compare that run with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,space", "mark", "Compare", key_display="c", id="history.compare",
                tooltip="Mark this run; then mark another one of the same story"),
        Binding("p", "wish('replay')", "Replay", id="history.replay",
                tooltip="Take a decision of this run anew; the run itself is kept"),
        Binding("f", "apart", "First and best", id="history.apart",
                tooltip="Only the first and the best run of each story, or all again"),
        Binding("m", "wish('map')", "Map", id="history.map", tooltip="The story as you know it"),
        Binding("x", "wish('export')", "Export", id="history.export",
                tooltip="Write this run to a file that another person can compare with"),
        Binding("o", "wish('file')", "From a file", id="history.file",
                tooltip="Compare this run with another person's exported one"),
        Binding("d,delete", "wish('delete')", "Delete", key_display="d", id="history.delete",
                tooltip="Delete this run for good; it asks first"),
    ]  # fmt: skip

    def __init__(self, beside: str = "") -> None:
        super().__init__()
        self.marked = self._beside = beside
        self._apart = False
        self._runs: tuple[PlaythroughInfo, ...] = ()
        self._all: tuple[PlaythroughInfo, ...] = ()
        self._marks: dict[str, Landmarks] = {}

    def on_screen_resume(self) -> None:
        """Read the journal, now and whenever one comes back here."""
        try:
            self._all = self.game.history()
        except JournalError as error:
            self._all = ()
            self.ours.tell(in_keys(error))
        self._marks = landmarks(self._all)
        self.show_runs()

    def show_runs(self) -> None:
        """Show the runs that are wanted, the cursor where it was."""
        own = self.run_at_cursor
        beside = next((run for run in self._all if run.id == self._beside), None)
        self._runs = tuple(run for run in self._all if self._wanted(run, beside))
        ids = [run.id for run in self._runs]
        cursor = ids.index(own.id) if own and own.id in ids else self.rows.cursor
        self.top.show(
            line("History").stylize(MUTED),
            line(counted(len(self._runs), "playthrough")).stylize(MUTED),
        )
        self.rows.show(len(self._runs), cursor)
        self.show_above()
        self.show_detail()

    def show_above(self) -> None:
        """What is shown, where it is not simply everything."""
        told = ""
        if self._beside and self._runs:
            told = "Which run do you want to compare with? Enter takes it; o opens a file instead."
        elif self._beside:
            told = "There is no other run of this story yet. Press o to compare with a file."
        elif not self._runs:
            told = "Nothing has been played yet."
        elif self._apart:
            told = "The first and the best finished run of each story. Press f for all."
        self.above.show([Block(line(told))] if told else [])

    @on(LineList.Moved)
    def show_detail(self) -> None:
        """All of the run at the cursor; what is marked."""
        run = self.run_at_cursor
        blocks = run_blocks(run, self._marks.get(run.story)) if run else []
        marked = next((known for known in self._all if known.id == self.marked), None)
        if marked:
            told = f"To compare: {name_of(marked)}."
            how = "" if self._beside else " Choose another run of it and press c."
            lead = prose(f"{self.glyphs.done} ").stylize(ACCENT)
            blocks.append(Block(line(told + how), lead, above=0))
        self.detail.show(blocks)

    @property
    def run_at_cursor(self) -> PlaythroughInfo | None:
        """The run at the cursor."""
        place = self.rows.cursor
        return self._runs[place] if 0 <= place < len(self._runs) else None

    def tell(self, row: int, width: int) -> Content:
        """A run in one line."""
        run = self._runs[row]
        sign = self.glyphs.done if run.id == self.marked else ""
        return run_line(run, width, sign, remarks(run, self._marks))

    @on(LineList.Picked)
    def open_run(self) -> None:
        """The debrief of a finished run; on with a paused one; or the other side."""
        run = self.run_at_cursor
        if run and self._beside:
            self.action_mark()
        elif run:
            self.post_message(OpenRun(run.id))

    def action_mark(self) -> None:
        """Mark a run; when one of the same story is marked already, lay both side by side."""
        run = self.run_at_cursor
        first = next((known for known in self._all if known.id == self.marked), None)
        if run is None:
            return
        if first is not None and first.story == run.story and first.id != run.id:
            self.marked = self._beside
            self.post_message(Compare(first.id, run.id))
        elif not self._beside:
            self.marked = "" if self.marked == run.id else run.id
        self.show_detail()
        self.rows.refresh()

    def action_wish(self, wish: str) -> None:
        """Somewhere else with the run at the cursor."""
        run = self.run_at_cursor
        if run is None:
            return
        wishes: dict[str, Wish] = {
            "replay": PickDecision(run.id),
            "map": ShowMap(run.story),
            "export": ExportRun(run.id),
            "file": CompareFile(self.marked or run.id),
            "delete": DeleteRun(run.id, self.on_screen_resume),
        }
        self.post_message(wishes[wish])

    def action_apart(self) -> None:
        """Only the first and the best, or all again."""
        self._apart = not self._apart
        self.show_runs()

    def _wanted(self, run: PlaythroughInfo, beside: PlaythroughInfo | None) -> bool:
        if beside is not None:
            return run.story == beside.story and run.id != beside.id
        mark = self._marks.get(run.story)
        return not self._apart or bool(mark and run in (mark.first, mark.best))
