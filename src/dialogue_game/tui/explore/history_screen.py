"""History: every playthrough, to open, go on with, replay, compare, export or delete."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.app.runs import Landmarks, PlaythroughInfo, StoryKey, landmarks
from dialogue_game.content.folders import expand_home
from dialogue_game.core.text import counted
from dialogue_game.errors import JournalError, NotFound
from dialogue_game.tui.base.framed_screen import BACK, MainScreen
from dialogue_game.tui.base.panel import ChoiceDialog, LineDialog
from dialogue_game.tui.explore.compare_screen import CompareScreen
from dialogue_game.tui.explore.map_screen import MapScreen
from dialogue_game.tui.explore.replay import open_run, pick_decision
from dialogue_game.tui.explore.run_rows import (
    columns,
    name_of,
    remarks,
    run_blocks,
    run_line,
)
from dialogue_game.tui.text.layout import Block, ListRow, remark, statement
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import ACCENT, MUTED, line, prose
from dialogue_game.tui.widgets.bases import DetailSheet, Sheet
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane


class HistoryScreen(MainScreen):
    """All playthroughs, the newest first. Or one to compare that run with."""

    PLACE = "History"

    CSS_PATH = "history.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c,space",
            "mark",
            "Compare",
            key_display="c",
            id="history.compare",
            tooltip="Mark this run; then mark another one of the same story",
        ),
        Binding(
            "p",
            "run('replay')",
            "Replay",
            id="history.replay",
            tooltip="Take a decision of this run anew; the run itself is kept",
        ),
        Binding(
            "f",
            "apart",
            "First and best",
            id="history.apart",
            tooltip="Only the first and the best run of each story, or all again",
        ),
        Binding(
            "m",
            "run('map')",
            "Map",
            id="history.map",
            tooltip="The story as you know it",
        ),
        Binding(
            "x",
            "run('export')",
            "Export",
            id="history.export",
            tooltip="Write this run to a file that another person can compare with",
        ),
        Binding(
            "o",
            "run('file')",
            "From a file",
            id="history.file",
            tooltip="Compare this run with another person's exported one",
        ),
        Binding(
            "d,delete",
            "run('delete')",
            "Delete",
            key_display="d",
            id="history.delete",
            tooltip="Delete this run for good; it asks first",
        ),
        BACK,
    ]

    def __init__(self, compare_with: str = "") -> None:
        super().__init__()
        self.marked = self._compare_with = compare_with
        self._apart = False
        self._columns = columns(())
        self._runs: tuple[PlaythroughInfo, ...] = ()
        self._all: tuple[PlaythroughInfo, ...] = ()
        self._marks: dict[StoryKey, Landmarks] = {}

    def body(self) -> Iterable[Widget]:
        """What is shown, the rows, all there is to say of the row at the cursor."""
        self.above = Sheet(classes="above")
        self.rows = PickList(glyphs=self.glyphs, id="lines")
        self.reading = ReadingPane(self.rows)
        self.detail = DetailSheet()
        yield self.above
        yield self.reading
        yield self.divider
        yield ChoicePane(self.detail)

    def on_screen_resume(self) -> None:
        """Read the journal, now and whenever one comes back here."""
        try:
            self._all = self.game.history()
        except JournalError as error:
            self._all = ()
            self.app.say(in_keys(error))
        self._marks = landmarks(self._all)
        self.show_runs()

    def show_runs(self) -> None:
        """Show the runs that are wanted, the cursor where it was."""
        own = self.run_at_cursor
        other = next((run for run in self._all if run.id == self._compare_with), None)
        self._runs = tuple(run for run in self._all if self._wanted(run, other))
        self._columns = columns(self._runs)
        ids = [run.id for run in self._runs]
        cursor = ids.index(own.id) if own and own.id in ids else self.rows.cursor
        self.top.show(
            line("History", MUTED),
            line(counted(len(self._runs), "playthrough"), MUTED),
        )
        self.rows.show_lines(len(self._runs), self.line, cursor)
        self.show_above()
        self.show_detail()

    def show_above(self) -> None:
        """What is shown, where it is not simply everything."""
        sentence = ""
        if self._compare_with and self._runs:
            sentence = (
                "Which run do you want to compare with? "
                "Enter takes it; o opens a file instead."
            )
        elif self._compare_with:
            sentence = "There is no other run of this story yet. Press o to compare with a file."
        elif not self._runs:
            unread = f"What was played before cannot be read now. {self.game.unread}"
            sentence = unread if self.game.unread else "Nothing has been played yet."
        elif self._apart:
            sentence = (
                "The first and the best finished run of each story. Press f for all."
            )
        self.above.show([statement(sentence)] if sentence else [])

    @on(PickList.Moved)
    def show_detail(self) -> None:
        """All of the run at the cursor; what is marked."""
        run = self.run_at_cursor
        blocks = run_blocks(run, self._marks.get(run.key)) if run else []
        marked = next((known for known in self._all if known.id == self.marked), None)
        if marked:
            sentence = f"To compare: {name_of(marked)}."
            how = "" if self._compare_with else " Choose another run of it and press c."
            prefix = prose(f"{self.glyphs.done} ", ACCENT)
            blocks.append(Block(line(sentence + how), prefix, above=0))
        self.detail.show(blocks)

    @property
    def run_at_cursor(self) -> PlaythroughInfo | None:
        """The run at the cursor."""
        place = self.rows.cursor
        return self._runs[place] if 0 <= place < len(self._runs) else None

    def line(self, row: int, width: int) -> Content:
        """A run in one line."""
        run = self._runs[row]
        sign = self.glyphs.done if run.id == self.marked else ""
        return run_line(run, width, sign, remarks(run, self._marks), self._columns)

    @on(PickList.Picked)
    def open_run(self) -> None:
        """The debrief of a finished run; on with a paused one; or the other side."""
        run = self.run_at_cursor
        if run and self._compare_with:
            self.action_mark()
        elif run:
            self.app.attempt(open_run(self.app, run.id))

    def action_mark(self) -> None:
        """Mark a run; when one of the same story is marked already, lay both side by side."""
        run = self.run_at_cursor
        first = next((known for known in self._all if known.id == self.marked), None)
        if run is None:
            return
        if first is not None and first.key == run.key and first.id != run.id:
            self.marked = self._compare_with
            self.app.attempt(self.compare(first.id, run.id))
        elif not self._compare_with:
            self.marked = "" if self.marked == run.id else run.id
        self.show_detail()
        self.rows.refresh()

    def action_run(self, action: str) -> None:
        """Do something with the run at the cursor."""
        run = self.run_at_cursor
        if run is None:
            return
        if action == "map":
            self.app.push_screen(MapScreen(run.key, run.id))
            return
        tasks: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "replay": lambda: pick_decision(self.app, run.id),
            "export": lambda: self.export(run),
            "file": lambda: self.compare_with_file(self.marked or run.id),
            "delete": lambda: self.delete(run),
        }
        self.app.attempt(tasks[action]())

    async def compare(self, run: str, other: str | Path) -> None:
        """Two runs side by side; the second may be another person's file."""
        self.app.push_screen(CompareScreen(self.game.explore.compare(run, other)))

    async def compare_with_file(self, run: str) -> None:
        """Ask for another person's exported run, and lay it beside this one."""
        question = "Another person's exported run:"
        name = await self.app.push_screen_wait(
            LineDialog("Compare with a file", question)
        )
        if name:
            await self.compare(run, expand_home(name))

    async def export(self, run: PlaythroughInfo) -> None:
        """Ask for a file's name, and write the run to it."""
        given = str(Path.cwd() / f"{run.story}-{run.id}.json")
        dialog = LineDialog("Export this run", "Write it to:", given)
        if name := await self.app.push_screen_wait(dialog):
            self.game.explore.export(run.id, expand_home(name))
            self.app.say(f"Written to {name}. Your own line and answers are not in it.")

    async def delete(self, run: PlaythroughInfo) -> None:
        """Delete a run for good, once the person has said so."""
        players = (getattr(screen, "player", None) for screen in self.app.screen_stack)
        if any(
            player is not None and player.playthrough == run.id for player in players
        ):
            raise NotFound(
                "This playthrough is still open.", "Leave it first, then delete it."
            )
        if await self.app.push_screen_wait(DeleteDialog(run)):
            try:
                self.game.store.delete(run.id)
            finally:
                self.on_screen_resume()

    def action_turn(self, pages: int) -> None:
        """The list goes on by pages, wherever the focus is."""
        self.rows.move_by(pages * max(1, self.reading.size.height - 1))

    def action_apart(self) -> None:
        """Only the first and the best, or all again."""
        self._apart = not self._apart
        self.show_runs()

    def _wanted(self, run: PlaythroughInfo, other: PlaythroughInfo | None) -> bool:
        if other is not None:
            return run.key == other.key and run.id != other.id
        mark = self._marks.get(run.key)
        return not self._apart or bool(mark and run in (mark.first, mark.best))


class DeleteDialog(ChoiceDialog):
    """Says what would go, and that it does not come back; keeping it is the first row."""

    HEADING = "Delete this playthrough?"

    def __init__(self, run: PlaythroughInfo) -> None:
        super().__init__()
        self._run = run

    def question(self) -> Iterable[Block]:
        """The run."""
        yield from run_blocks(self._run, None)
        yield remark("It is deleted for good: its road, its answers, its own line.")

    def answers(self) -> list[ListRow]:
        """Two ways on."""
        return [
            action_row("", "Keep it", "1"),
            action_row("delete", "Delete it for good", "2"),
        ]
