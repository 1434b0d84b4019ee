"""The panel with the agenda: what is planned, what was used, ahead or behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.session.agenda import Agenda
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.session.shared_blocks import agenda_blocks
from dialogue_game.tui.widgets.sheet import Sheet


class AgendaPanel(Panel):
    """The agenda as it stood when it was opened."""

    HEADING = "Agenda"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "i,enter",
            "close",
            "Close",
            show=False,
            id="agenda.close",
            tooltip="Close this",
        )
    ]

    def __init__(self, planned: Agenda) -> None:
        super().__init__()
        self._planned = planned

    def content(self) -> Iterable[Widget]:
        """Every part."""
        yield Sheet(agenda_blocks(self._planned, self.glyphs))
