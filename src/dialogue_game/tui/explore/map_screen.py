"""The own map: roads walked, options tried and untried, endings found, doors still closed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from dialogue_game.app.runs import StoryKey
from dialogue_game.core.discovery import Discovery
from dialogue_game.errors import DialogueGameError
from dialogue_game.reporting.story_outline import counted, coverage_words, hidden_words
from dialogue_game.tui.explore.listing_screen import ListingScreen
from dialogue_game.tui.explore.map_rows import MapRows
from dialogue_game.tui.explore.replay import replay
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, line, muted
from dialogue_game.tui.text.remedies import in_keys
from dialogue_game.tui.widgets.pick_list import PickList

TAKES = "Enter takes it, and shows what comes of it; the run it comes from is kept."
REPLAYS = "Enter replays it from there; the run it comes from is kept."
CLOSED = "Every decision opens for replay once you have reached an ending."
SHOWN = "Nobody has been here yet, so there is no road to replay it from."


class MapScreen(ListingScreen):
    """An outline in road order. Right follows an option to where it leads, left goes back."""

    PLACE = "Map"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "follow", "Follow", key_display="→", id="map.follow",
                tooltip="To where this option leads"),
        Binding("left", "back", "Back", key_display="←", id="map.back",
                tooltip="Back to where you followed from"),
        Binding("u", "untried", "Untried", id="map.untried",
                tooltip="To the next option that you have not tried"),
        Binding("m", "leave", "Close", show=False, id="map.close", tooltip="Close this"),
    ]  # fmt: skip

    def __init__(self, story: str | StoryKey) -> None:
        super().__init__()
        self._story = story
        self._known: Discovery | None = None
        self._trail: list[int] = []
        self._open = False

    def on_screen_resume(self) -> None:
        """Lay all roads over one another, now and whenever one comes back from a replay."""
        explore = self.game.explore
        try:
            known = explore.discovery(self._story)
            self._open = explore.may_rechoose(self._story)
        except DialogueGameError as error:
            self.app.say(in_keys(error))
            self.action_leave()
            return
        if known != self._known:
            self._known, self._trail = known, []
            self.show_map(known)

    def show_map(self, known: Discovery) -> None:
        """Put it all on screen, the cursor where it was."""
        self.map = MapRows(known, self.glyphs)
        self.top.show(
            line(f"{known.title}: your map").stylize(MUTED),
            line(f"{known.coverage.endings_found} of {known.coverage.endings} endings").stylize(
                MUTED
            ),
        )
        blocks = [Block(line(coverage_words(known.coverage)))]
        hidden = hidden_words(known)
        if hidden:
            blocks.append(Block(muted(hidden), above=0))
        if known.older:
            apart = f"Not counted: {counted(known.older, 'run')} of an earlier edition."
            blocks.append(Block(muted(apart), above=0))
        if not known.runs:
            empty = "You have not played this story yet, so its map is empty."
            if known.older:
                runs = counted(known.older, "run")
                empty = f"You have {runs} of an earlier edition, in history; this one is new."
            blocks = [Block(line(empty))]
        self.above.show(blocks)
        self.rows.show_lines(len(self.map.rows), self.line, self.rows.cursor, self.map.passed())
        self.show_detail()

    @on(PickList.Moved)
    def show_detail(self) -> None:
        """All of the row at the cursor, and what Enter does there."""
        place = self.rows.cursor
        if not 0 <= place < len(self.map.rows):
            self.detail.show([])
            return
        blocks = self.map.detail(place)
        row = self.map.rows[place]
        if row.scene and (row.option is None or row.option.state != "locked"):
            untried = row.option is not None and row.option.state == "untried"
            does = TAKES if untried else REPLAYS
            does = does if row.visit and self._open else CLOSED if row.visit else SHOWN
            blocks.append(Block(muted(does), above=0))
        self.detail.show(blocks)

    def line(self, row: int, width: int) -> Content:
        """A row in one line."""
        return self.map.line(row, width)

    @on(PickList.Picked)
    def replay_row(self) -> None:
        """A new run that stands before this decision; or after it, where the option is untried."""
        row = self.map.rows[self.rows.cursor]
        if row.visit:
            untried = row.option is not None and row.option.state == "untried"
            take = row.option.id if row.option and untried else ""
            self.app.attempt(replay(self.app, row.visit.run, row.visit.decision, take))
        elif row.ending:
            self.action_back()

    def action_follow(self) -> None:
        """To where the option at the cursor leads."""
        row = self.map.rows[self.rows.cursor] if self.map.rows else None
        leads = row.option.leads if row and row.option else ()
        for lead in leads:
            target = self.map.row_of(lead.to)
            if target is not None:
                self._trail.append(self.rows.cursor)
                self.rows.cursor = target
                return

    def action_back(self) -> None:
        """To where one followed from; else to the first option that leads here."""
        row = self.map.rows[self.rows.cursor] if self.map.rows else None
        if row is None:
            return
        here = row.ending.id if row.ending else row.scene.id if row.scene else ""
        if row.option:
            target = self.map.row_of(here)
        else:
            target = self._trail.pop() if self._trail else self.map.leading_to(here)
        if target is not None:
            self.rows.cursor = target

    def action_untried(self) -> None:
        """To the next untried option, from the top again after the last one."""
        rows, start = self.map.rows, self.rows.cursor + 1
        for place in (*range(start, len(rows)), *range(min(start, len(rows)))):
            option = rows[place].option
            if option and option.state == "untried":
                self.rows.cursor = place
                return
