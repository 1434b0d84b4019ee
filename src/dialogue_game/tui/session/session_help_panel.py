"""The panel with every key of the shared screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.started import as_started
from dialogue_game.reporting.about import UNSAVED
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.session.keys import KEYS
from dialogue_game.tui.text.layout import Block, heading, paragraphs
from dialogue_game.tui.text.styled import ACCENT, STRONG, prose
from dialogue_game.tui.widgets.key_bar import NAMES
from dialogue_game.tui.widgets.sheet import Sheet

KEY_CELLS: Final = 8
SIGNS: Final = {"number_sign": "#", "full_stop": "."}
KEEPS: Final = "Everything is kept: come back with dialogue-game facilitate --resume."
REMARKS: Final = (
    (
        "Notes, references and what comes on each option: dialogue-game companion, in a second "
        "terminal that only you can see."
    ),
)


class SessionHelpPanel(Panel):
    """Every key, from the keys themselves, so that none is missing."""

    HEADING = "Keys of a session"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1",
            "close",
            "Close",
            show=False,
            id="room_help.close",
            tooltip="Close this",
        )
    ]

    def content(self) -> Iterable[Widget]:
        """The keys, and what they do."""
        blocks = [heading("Enter always goes on; nothing else has to be pressed")]
        blocks.append(
            _row(
                "A … E", "Go on with that option: a show of hands, or the room settles"
            )
        )
        blocks.append(
            _row("Space", "Read on where there is more below (Page Up goes back)")
        )
        blocks.append(
            _row("↑ ↓", "Read on by a line, and to options below the last line")
        )
        for binding in KEYS:
            if isinstance(binding, Binding) and not (binding.id or "").startswith(
                "room.settle."
            ):
                key = binding.key.split(",")[0]
                shown = binding.key_display or SIGNS.get(key) or NAMES.get(key, key)
                blocks.append(_row(shown, binding.tooltip))
        blocks.append(_row("Ctrl+P", "Search for what can be done, and for colours"))
        blocks.append(_row("/", "In the references (r): search for words"))
        blocks += paragraphs(
            map(as_started, (KEEPS if self.game.saving else UNSAVED, *REMARKS))
        )
        yield Sheet(blocks)


def _row(key: str, does: str) -> Block:
    lead = prose(key.ljust(KEY_CELLS)).stylize(ACCENT).stylize(STRONG)
    return Block(prose(does), lead, above=0)
