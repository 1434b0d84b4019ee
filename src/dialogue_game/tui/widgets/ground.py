"""A widget that shows nothing of its own: the ground on which others stand."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip

from dialogue_game.tui.widgets.settled import StableWidget


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
