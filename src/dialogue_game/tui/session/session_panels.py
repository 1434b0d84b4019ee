"""The panels of a session: agenda, preparation, every key, and the codes that phones read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.app.invocation import with_program_name
from dialogue_game.app.session.agenda import Agenda, Preparation
from dialogue_game.app.session.phone_voting import ADDRESS_CHANGED
from dialogue_game.errors import SessionInvalid
from dialogue_game.reporting.about import UNSAVED_NOTE
from dialogue_game.reporting.qr import qr_within
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.session.keys import KEYS
from dialogue_game.tui.session.shared_blocks import agenda_blocks
from dialogue_game.tui.text.layout import (
    Block,
    bulleted,
    heading,
    paragraphs,
    remark,
    statement,
    trouble,
)
from dialogue_game.tui.text.styled import ACCENT, STRONG, line, muted, prose, strong
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import NAMES, hidden_key

if TYPE_CHECKING:
    from dialogue_game.tui.session.shared_screen import SharedScreen


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
            remark("The key c copies it.", above=0),
        ]
        bar = prose(f"{self.glyphs.quote} ", ACCENT)
        blocks += [
            block._replace(prefix=bar, each=True)
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
SAVED_NOTE: Final = (
    "Everything is kept: come back with dialogue-game facilitate --resume."
)
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
            map(
                with_program_name,
                (SAVED_NOTE if self.game.saving else UNSAVED_NOTE, *REMARKS),
            )
        )
        yield Sheet(blocks)


def _row(key: str, does: str) -> Block:
    prefix = prose(key.ljust(KEY_CELLS), ACCENT).stylize(STRONG)
    return Block(prose(does), prefix, above=0)


READABLE: Final = "#ffffff on #000000"
"""Not a matter of taste: a phone needs the light modules light, in every theme."""
FOLLOW_SECONDS: Final = 0.2
"""Seconds between two looks at what phones did."""


class CodePanel(Panel):
    """A code, as large as the terminal allows, and the address beneath it for those who type."""

    BELOW = 2
    """Lines beneath the code, the keys among them."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def head(self) -> Iterable[Widget]:
        """No first line: every row is the code's."""
        self.top.display = False
        return ()

    def content(self) -> Iterable[Widget]:
        """The code; then the address, for those who type."""
        self.sheet = Sheet(id="code")
        yield self.sheet

    def on_mount(self) -> None:
        """Draw it."""
        self.draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw it as large as it fits now."""
        super().on_resize(event)
        self.draw()

    def draw(self) -> None:
        """The code and the words."""
        self.sheet.show([*self.drawn(self._address), statement(self._address, above=0)])

    def drawn(self, address: str) -> Iterator[Block]:
        """The code as large as it fits; where only ASCII can be shown, in colours alone."""
        columns, rows = self.app.size
        ascii_only = self.game.settings.symbols == "ascii"
        for row in qr_within(
            address, columns - 4, rows - self.BELOW, ascii_only=ascii_only
        ):
            if ascii_only:
                yield Block(_coloured(row), above=0)
            else:
                yield Block(prose(row, READABLE), above=0)


class QrPanel(CodePanel):
    """The address of the evaluation form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("z,enter", "close", "code.close", "Close this")
    ]


class PhonesPanel(CodePanel):
    """The code at which the room votes; it stays right when the address of this machine changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("f,enter", "close", "phones.close", "Close this"),
        Binding(
            "right",
            "address",
            "Other address",
            id="phones.address",
            tooltip="Serve phones at the next address of this machine",
        ),
        Binding(
            "o",
            "off",
            "Phones off",
            id="phones.off",
            tooltip="No more ballots by phone",
        ),
    ]
    BELOW = 4

    def __init__(self, shared: SharedScreen) -> None:
        super().__init__("")
        self._shared = shared
        self._shown: tuple[object, ...] = ()

    def on_mount(self) -> None:
        """Follow the address and the ballots."""
        super().on_mount()
        self.set_interval(FOLLOW_SECONDS, self.follow)

    def follow(self) -> None:
        """Draw it anew where something has changed."""
        if self.said() != self._shown:
            self.draw()

    def said(self) -> tuple[object, ...]:
        """What stands beneath the code."""
        phones, held = self._shared.facilitation.phones, self._shared.view.ballots
        if phones is None:
            return ()
        return (phones.url, phones.short, phones.trouble, held.said if held else "")

    def draw(self) -> None:
        """The code, the address, how many ballots are in; or why phones cannot come here."""
        phones, held = self._shared.facilitation.phones, self._shared.view.ballots
        self._shown = self.said()
        if phones is None:
            return
        blocks = (
            [trouble(phones.trouble)] if phones.trouble else [*self.drawn(phones.code)]
        )
        words = line(phones.short, STRONG)
        if held is not None:
            words += muted(f"   {held.said}")
        how = "Read the code, or type the address, in the room’s own network."
        self.sheet.show([*blocks, Block(words, above=0), remark(how, above=0)])

    def action_address(self) -> None:
        """Serve at the next address of this machine; open pages have to be opened anew."""
        from dialogue_game.app.session.phone_voting import own_addresses

        phones, known = self._shared.facilitation.phones, own_addresses()
        if phones is None or len(known) < 2:
            self.app.say("This machine has no other address.")
            return
        now = known.index(phones.address) if phones.address in known else -1
        self._shared.phones.serve(known[(now + 1) % len(known)])
        if self._shared.facilitation.phones is None:
            self.action_close()
        self.follow()

    def action_off(self) -> None:
        """Serve no phones; ballots that are in the open round come back with the phones."""
        self._shared.facilitation.stop_phones()
        self._shared.show_view()
        self._shared.shared.show_notice("Phones are off. Count cards.")
        self.action_close()


def _coloured(row: str) -> Content:
    """A row of which every character is a whole module, in spaces of two colours."""
    cells = prose("")
    for character in row:
        cells += prose(" ", "on #ffffff" if character == "█" else "on #000000")
    return cells


BATCH_SECONDS: Final = 0.1
"""Seconds in which ballots are shown together."""


class PhoneFollower(Widget):
    """Follows the phones of the session that a shared screen leads; it goes with the screen."""

    def __init__(self, screen: SharedScreen) -> None:
        super().__init__()
        self.display = False
        self._screen, self._soon = screen, False

    def on_mount(self) -> None:
        """Phones that were asked for before are followed, too."""
        self.subscribe()
        phones = self._screen.facilitation.phones
        if phones is not None and phones.moved:
            self._screen.app.say(ADDRESS_CHANGED)

    def on_unmount(self) -> None:
        """Phones go with the screen that they vote on."""
        self._screen.facilitation.stop_phones()

    def serve(self, address: str = "", port: int = 0) -> None:
        """Let the room vote by phone; where that cannot be, it is said, and cards go on."""
        try:
            self._screen.facilitation.serve_phones(address, port)
        except SessionInvalid as error:
            self._screen.shared.show_notice(
                f"{error.message} Count cards, or try again: f."
            )
        self.subscribe()

    def subscribe(self) -> None:
        """Be told of every ballot."""
        phones = self._screen.facilitation.phones
        if phones is not None:
            phones.changed = self._voted

    def check(self) -> None:
        """Serve where this machine is now, and say so where that has changed."""
        try:
            moved = self._screen.facilitation.check_phones()
        except SessionInvalid as error:
            moved = error.message
        if not moved:
            return
        self.subscribe()
        self._screen.shared.show_notice(moved)

    def _show_soon(self) -> None:
        self.set_timer(BATCH_SECONDS, self._show)

    def _show(self) -> None:
        self._soon = False
        self._screen.tick()

    def _voted(self) -> None:
        """Called in a thread of the server; the screen may have been left since.

        Many ballots at once wake the screen once.
        """
        if not self._soon:
            self._soon = True
            with suppress(RuntimeError):
                self.call_later(self._show_soon)
