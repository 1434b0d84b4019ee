"""Two runs of a story, side by side: the shared path folded, then everything that differs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.core.comparison import Comparison
from dialogue_game.tui.base.main_screen import BACK, MainScreen
from dialogue_game.tui.explore.compare_blocks import (
    head_blocks,
    names,
    pairs,
    profile_blocks,
    shared_rows,
)
from dialogue_game.tui.explore.map_screen import MapScreen
from dialogue_game.tui.explore.two_columns import TwoColumns
from dialogue_game.tui.text.layout import ListRow
from dialogue_game.tui.text.styled import MUTED, line
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.split_view import ReadingPane


class CompareScreen(MainScreen):
    """One page to read; the path that both share opens where it stands."""

    PLACE = "Compare"

    CSS_PATH = "compare.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"
        ),
        Binding(
            "down,j", "line(1)", "Down", show=False, id="line.down", tooltip="Down"
        ),
        Binding("up,k", "line(-1)", "Up", show=False, id="line.up", tooltip="Up"),
        Binding(
            "m", "map", "Map", id="compare.map", tooltip="The story as you know it"
        ),
        BACK,
    ]

    def __init__(self, compared: Comparison) -> None:
        super().__init__()
        self._compared = compared
        self._opened = False

    def body(self) -> Iterable[Widget]:
        """Where they part, the shared path, both paths, the profiles."""
        compared, glyphs = self._compared, self.glyphs
        self.shared = PickList(self.listed(), glyphs=glyphs, id="shared")
        self.shared.display = self.shared.can_focus = bool(compared.shared)
        self.paths = TwoColumns(names(compared), glyphs, id="paths")
        self.paths.show_pairs(pairs(compared, glyphs))
        self.reading = ReadingPane(
            Sheet(head_blocks(compared)),
            self.shared,
            self.paths,
            Sheet(profile_blocks(compared, glyphs), id="profiles"),
        )
        self.top.show(
            line(f"{compared.title}: two runs compared").stylize(MUTED),
        )
        yield self.reading
        yield self.divider

    def listed(self) -> list[ListRow]:
        """The shared path, folded or open."""
        return shared_rows(self._compared, self.glyphs, opened=self._opened)

    @on(PickList.Picked)
    def fold(self) -> None:
        """Open the shared path, or close it."""
        self._opened = not self._opened
        self.shared.show(self.listed())

    def action_line(self, lines: int) -> None:
        """A line up or down."""
        self.reading.scroll_relative(y=2 * lines, animate=False)

    def action_map(self) -> None:
        """The story's map."""
        run = self.game.explore.find(self._compared.left.run)
        self.app.push_screen(MapScreen(run.key, run.id))
