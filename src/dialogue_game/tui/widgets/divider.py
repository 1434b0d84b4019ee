"""The line between reading and deciding; it says when there is more to read."""

from __future__ import annotations

from textual.app import RenderResult
from textual.reactive import reactive

from dialogue_game.tui.text.glyphs import UNICODE, Glyphs
from dialogue_game.tui.text.prose import ACCENT, MUTED, prose
from dialogue_game.tui.widgets.bases import StableWidget


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
            return prose(rule * width).stylize(style)
        hint = (
            prose(f" {self.glyphs.more} ").stylize(ACCENT)
            + prose("read on first:" if self.unread else "more below").stylize(
                ACCENT if self.unread else MUTED
            )
            + prose(" Space ").stylize(ACCENT)
        )
        side = max(0, (width - hint.cell_length) // 2)
        edge = prose(rule * side).stylize(style)
        rest = prose(rule * max(0, width - side - hint.cell_length)).stylize(style)
        return edge + hint + rest
