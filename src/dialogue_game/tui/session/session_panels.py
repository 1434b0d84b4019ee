"""The panels of a session: its agenda, how to prepare it, every key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.session.agenda import Agenda, Preparation
from dialogue_game.app.started import as_started
from dialogue_game.reporting.about import UNSAVED
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.session.keys import KEYS
from dialogue_game.tui.session.shared_blocks import agenda_blocks
from dialogue_game.tui.text.layout import Block, bulleted, heading, paragraphs
from dialogue_game.tui.text.styled import ACCENT, STRONG, muted, prose, strong
from dialogue_game.tui.widgets.key_bar import NAMES, hidden_key
from dialogue_game.tui.widgets.sheet import Sheet


class AgendaPanel(Panel):
    """The agenda as it stood when it was opened."""

    HEADING = "Agenda"
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("i,enter", "close", "agenda.close", "Close this")
    ]

    def __init__(self, planned: Agenda) -> None:
        super().__init__()
        self._planned = planned

    def content(self) -> Iterable[Widget]:
        """Every part."""
        yield Sheet(agenda_blocks(self._planned, self.glyphs))


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
        hidden_key("question_mark,f1", "close", "room_help.close", "Close this")
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
