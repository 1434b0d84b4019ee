"""The panel with how to prepare a session, and an invitation to copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.session.plan import Preparation
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, bulleted, heading, paragraphs
from dialogue_game.tui.text.styled import ACCENT, muted, prose, strong
from dialogue_game.tui.widgets.sheet import Sheet


class PreparationPanel(Panel):
    """Agenda, what to ask people before, the course's steps; `c` copies the invitation."""

    HEADING = "How to prepare"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c",
            "copy",
            "Copy the invitation",
            id="preparation.copy",
            tooltip="Put the invitation on the clipboard",
        ),
    ]

    def __init__(self, ready: Preparation) -> None:
        super().__init__()
        self._ready = ready

    def content(self) -> Iterable[Widget]:
        """All of it, in the order in which it is needed."""
        ready = self._ready
        blocks = [heading("Before the day"), *bulleted(ready.needs, self.glyphs)]
        blocks += [heading("The agenda"), *bulleted(ready.agenda, self.glyphs)]
        blocks += [heading("The course’s steps")]
        for title, text in ready.steps:
            blocks += [Block(strong(title)), *paragraphs([text])]
        blocks += [
            heading("An invitation to copy"),
            Block(muted("The key c copies it."), above=0),
        ]
        bar = prose(f"{self.glyphs.quote} ").stylize(ACCENT)
        blocks += [
            block._replace(lead=bar, each=True)
            for block in paragraphs([ready.invitation])
        ]
        yield Sheet(blocks)

    def action_copy(self) -> None:
        """Put the invitation on the clipboard, where the terminal allows it."""
        self.app.copy_to_clipboard(self._ready.invitation)
        self.app.say(
            "The invitation is copied, if this terminal allows it. Paste it in a mail."
        )
