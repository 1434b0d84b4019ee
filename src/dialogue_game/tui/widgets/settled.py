"""A widget whose size follows from its layout, and asks for no second one."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.widget import Widget


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
