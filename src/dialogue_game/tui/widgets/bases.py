"""The bases of our widgets, which spare Textual a second layout and its lines; sheets of text.

They override what Textual documents little or not at all; each says why, and
`tests/front_ends/tui/test_textual_internals.py` fails where another version no longer has it.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.layout import DockArrangeResult
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from dialogue_game.tui.text.layout import Block, laid_out
from dialogue_game.tui.text.styled import prose


class StableWidget(Widget):
    """Base of our widgets.

    Textual lays the whole screen out again whenever the size of anything's content has changed,
    as it may be a scroll bar's doing. Ours have their gutters reserved, so one layout settles it:
    that halves the time from a key to its picture.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def bring_into_sight(self, region: Region) -> None:
        """Scroll what this stands in until that part of it shows."""
        node: Widget = self
        while isinstance(node.parent, Widget):
            region = region.translate(node.virtual_region.offset)
            node = node.parent
            if node.allow_vertical_scroll:
                node.scroll_to_region(region, animate=False, force=True, x_axis=False)
                return


class BlankContainer(StableWidget):
    """Base of our containers.

    Textual renders an empty container line by line, as if it held text. All lines of ours are
    alike, so one is made and given for each.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The background, so wide and so high."""
        ground = Strip.blank(crop.width, self.visual_style.background_style.rich_style)
        for line_filter in self.get_line_filters():
            ground = ground.apply_filter(line_filter, self.background_colors[1])
        return [ground] * crop.height


class Column(BlankContainer):
    """As high as its widgets, which stand the same whatever it is given: one arrangement a layout.

    Textual arranges a container's widgets to learn how high it would be, and again once it knows.
    The first time it forgets the gutter of the scroll bar, so that neither serves for the other,
    and a text may then need a line more than there is. Here both are one.
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as its widgets need beside the scroll bar."""
        width = max(0, width - self.scrollbar_size_vertical)
        return super().get_content_height(container, viewport, width)

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Where its widgets stand; without a height of its own, none plays a part in it."""
        if self.styles.is_auto_height:
            size = size.with_height(0)
        return super().arrange(size, optimal)


class Sheet(StableWidget):
    """A page of text, as high as its text is at the width it is given."""

    def __init__(
        self,
        blocks: Iterable[Block] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._blocks = tuple(blocks)
        self._laid: tuple[int, int] = (-1, 0)
        self._text = prose("")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What it shows."""
        return self._blocks

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these blocks instead; without any, take no room."""
        shown = tuple(blocks)
        if not shown and not self.display:
            return
        self._blocks, self._laid = shown, (-1, 0)
        self.display = bool(self._blocks)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text needs."""
        return self._lay_out(width)

    def render(self) -> RenderResult:
        """The lines, ready for the width at hand."""
        self._lay_out(self.content_size.width)
        return self._text

    def lines(self, width: int) -> list[Content]:
        """All blocks, in lines of this width."""
        return laid_out(self._blocks, width)

    def _lay_out(self, width: int) -> int:
        if self._laid[0] != width:
            lines = self.lines(width)
            self._text = prose("\n").join(lines)
            self._laid = (width, len(lines))
        return self._laid[1]


class DetailSheet(Sheet):
    """A sheet as high as its place. It follows the cursor, and so must not lay the screen out."""

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these blocks instead; that is one repaint."""
        self._blocks = tuple(blocks)
        self._laid = (-1, 0)
        self.refresh()
