"""Reading above, deciding below, a line between that says when there is more to read."""

from __future__ import annotations

from typing import Final

from textual.app import RenderResult
from textual.geometry import Region, Size
from textual.layout import ArrangeResult, Layout
from textual.layouts.vertical import VerticalLayout
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from dialogue_game.tui.text.styled import ACCENT, MUTED, UNICODE, Glyphs, prose
from dialogue_game.tui.widgets.bases import BlankContainer, Column, StableWidget

STEADY: Final = 60
"""Which share of a steady view is for reading, in hundredths."""


class ReadingPane(Column):
    """What is read. Its keys belong to the screen, so that the focus stays with the options."""

    class Scrolled(Message):
        """What can be seen has changed; `more` tells whether text goes on beneath it."""

        def __init__(self, more: bool) -> None:
            super().__init__()
            self.more = more

    def on_resize(self) -> None:
        """There may be more or less to see."""
        self._tell()

    def watch_virtual_size(self) -> None:
        """What is read is longer or shorter now; whether it goes on is known after the layout."""
        self.call_after_refresh(self._tell)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Reading went on."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def home(self) -> None:
        """To the top, before what stands there next is painted."""
        if self.scroll_y:
            self.scroll_home(animate=False, immediate=True)
            self.call_after_refresh(self._tell)

    def tell_after_layout(self) -> None:
        """Say whether text goes on, once what is read now has been laid out."""
        self.call_after_refresh(self._tell)

    def turn(self, pages: int) -> None:
        """Go on by that many pages, keeping two lines in sight."""
        step = max(1, self.size.height - 2)
        self.scroll_relative(y=pages * step, animate=False)

    def _tell(self) -> None:
        self.post_message(self.Scrolled(self.scroll_y < self.max_scroll_y))


class ChoicePane(Column):
    """What can be done now."""


class SplitLayout(VerticalLayout):
    """Gives the last children what they need and the first one the rest; it scrolls.

    Where all fits, the options follow right after the text (with an empty line where there is
    room for one), and the eye need not travel; in a `steady` view they keep their place.
    """

    name = "page"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """One below the other, no higher than the page."""
        placed = super().arrange(parent, children, size, greedy)
        heights = [placement.region.height for placement in placed]
        if len(heights) < 2:
            return placed
        if sum(heights) < size.height:
            heights[0] += 1
        elif sum(heights) > size.height:
            heights = self._shrunk(heights, size.height)
        if isinstance(parent, SplitView):
            heights[0] = parent.reading_height(
                heights[0], size.height - sum(heights[1:]), size.height
            )
        self._show_scroll_bars(placed, heights)
        top = 0
        result = []
        for placement, height in zip(placed, heights, strict=True):
            x, _, width, _ = placement.region
            result.append(placement._replace(region=Region(x, top, width, height)))
            top += height
        return result

    def _show_scroll_bars(self, placed: ArrangeResult, heights: list[int]) -> None:
        """Whoever must scroll has a scroll bar now, and not from a second layout."""
        for (region, _, _, widget, *_), height in zip(placed, heights, strict=True):
            scrolls = region.height > height
            if (
                isinstance(widget, Column)
                and widget.show_vertical_scrollbar is not scrolls
            ):
                widget.set_reactive(Widget.show_vertical_scrollbar, scrolls)
                widget.vertical_scrollbar.styles.set_rule(
                    "display", "block" if scrolls else "none"
                )

    def _shrunk(self, heights: list[int], room: int) -> list[int]:
        """Let reading scroll; where the options alone take most of the page, they scroll, too."""
        lines = sum(heights[1:-1])
        last = min(heights[-1], max(room * 3 // 5, room - heights[0] - lines))
        return [max(0, room - lines - last), *heights[1:-1], last]


class SplitView(BlankContainer):
    """Holds a `ReadingPane` first and a `ChoicePane` last.

    In a `steady` one the options stand at the same line from scene to scene, unless the text needs
    more room or they do. While it `keeps`, they stay wherever they stood before.
    """

    def __init__(self, *children: Widget, steady: bool = False) -> None:
        super().__init__(*children)
        self.steady, self.keeps = steady, False
        self._stood = 0

    def reading_height(self, needed: int, most: int, height: int) -> int:
        """How high what is read is, where it needs so much and may have at most so much."""
        least = self._stood if self.keeps else height * STEADY // 100
        height_here = min(max(needed, least if self.steady else 0), max(needed, most))
        if not self.keeps:
            self._stood = height_here
        return height_here

    @property
    def layout(self) -> Layout:
        """Ours, whatever the styles say."""
        return SPLIT_LAYOUT


SPLIT_LAYOUT = SplitLayout()


class Divider(StableWidget):
    """A rule over the whole width. `more` tells whether text goes on beneath it."""

    ALLOW_SELECT = False

    more = reactive(False)
    unread = reactive(False)
    """Whether something was to be chosen while there is text that was never on screen."""
    tone = reactive("")
    """The colour of the rule; without one it is that of any line."""

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self.glyphs = glyphs

    def render(self) -> RenderResult:
        """The rule, and the hint in its middle."""
        width = self.content_size.width
        rule, style = self.glyphs.rule, self.tone or "$border-blurred"
        if not self.more:
            return prose(rule * width, style)
        unread = ("read on first:", ACCENT)
        hint = prose(f" {self.glyphs.more} ", ACCENT)
        hint += prose(*(unread if self.unread else ("more below", MUTED)))
        hint += prose(" Space ", ACCENT)
        side = max(0, (width - hint.cell_length) // 2)
        edge = prose(rule * side, style)
        rest = prose(rule * max(0, width - side - hint.cell_length), style)
        return edge + hint + rest
