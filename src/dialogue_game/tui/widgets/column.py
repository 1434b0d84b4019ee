"""A container of widgets one below the other, each as high as it needs to be."""

from __future__ import annotations

from textual.geometry import Size
from textual.layout import DockArrangeResult

from dialogue_game.tui.widgets.ground import BlankContainer


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
