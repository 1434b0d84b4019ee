"""Phones on the shared screen: the code and the address to vote at, and what comes in.

The code of the evaluation form is drawn the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.app.session.phone_voting import MOVED
from dialogue_game.errors import SessionInvalid
from dialogue_game.reporting.qr import qr_within
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, trouble
from dialogue_game.tui.text.styled import STRONG, line, muted, prose
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from dialogue_game.tui.session.shared_screen import SharedScreen

READABLE: Final = "#ffffff on #000000"
"""Not a matter of taste: a phone needs the light modules light, in every theme."""
FOLLOW: Final = 0.2
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
        self.sheet.show(
            [*self.drawn(self._address), Block(line(self._address), above=0)]
        )

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
                yield Block(prose(row).stylize(READABLE), above=0)


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
        self.set_interval(FOLLOW, self.follow)

    def follow(self) -> None:
        """Draw it anew where something has changed."""
        if self.said() != self._shown:
            self.draw()

    def said(self) -> tuple[object, ...]:
        """What stands beneath the code."""
        phones, held = self._shared.leading.phones, self._shared.view.ballots
        if phones is None:
            return ()
        return (phones.url, phones.short, phones.trouble, held.said if held else "")

    def draw(self) -> None:
        """The code, the address, how many ballots are in; or why phones cannot come here."""
        phones, held = self._shared.leading.phones, self._shared.view.ballots
        self._shown = self.said()
        if phones is None:
            return
        blocks = (
            [trouble(phones.trouble)] if phones.trouble else [*self.drawn(phones.code)]
        )
        words = line(phones.short).stylize(STRONG)
        if held is not None:
            words += muted(f"   {held.said}")
        how = "Read the code, or type the address, in the room’s own network."
        self.sheet.show([*blocks, Block(words, above=0), Block(muted(how), above=0)])

    def action_address(self) -> None:
        """Serve at the next address of this machine; open pages have to be opened anew."""
        from dialogue_game.phones.addresses import own_addresses

        phones, known = self._shared.leading.phones, own_addresses()
        if phones is None or len(known) < 2:
            self.app.say("This machine has no other address.")
            return
        now = known.index(phones.address) if phones.address in known else -1
        self._shared.phones.serve(known[(now + 1) % len(known)])
        if self._shared.leading.phones is None:
            self.action_close()
        self.follow()

    def action_off(self) -> None:
        """Serve no phones; ballots that are in the open round come back with the phones."""
        self._shared.leading.stop_phones()
        self._shared.show_view()
        self._shared.shared.tell("Phones are off. Count cards.")
        self.action_close()


def _coloured(row: str) -> Content:
    """A row of which every character is a whole module, in spaces of two colours."""
    cells = prose("")
    for character in row:
        cells += prose(" ").stylize("on #ffffff" if character == "█" else "on #000000")
    return cells


TOGETHER: Final = 0.1
"""Seconds in which ballots are shown together."""


class PhoneFollower(Widget):
    """Follows the phones of the session that a shared screen leads; it goes with the screen."""

    def __init__(self, screen: SharedScreen) -> None:
        super().__init__()
        self.display = False
        self._screen, self._soon = screen, False

    def on_mount(self) -> None:
        """Phones that were asked for before are followed, too."""
        self.hear()
        phones = self._screen.leading.phones
        if phones is not None and phones.moved:
            self._screen.app.say(MOVED)

    def on_unmount(self) -> None:
        """Phones go with the screen that they vote on."""
        self._screen.leading.stop_phones()

    def serve(self, address: str = "", port: int = 0) -> None:
        """Let the room vote by phone; where that cannot be, it is said, and cards go on."""
        try:
            self._screen.leading.serve_phones(address, port)
        except SessionInvalid as error:
            self._screen.shared.tell(f"{error.message} Count cards, or try again: f.")
        self.hear()

    def hear(self) -> None:
        """Be told of every ballot."""
        phones = self._screen.leading.phones
        if phones is not None:
            phones.changed = self._voted

    def check(self) -> None:
        """Serve where this machine is now, and say so where that has changed."""
        try:
            moved = self._screen.leading.check_phones()
        except SessionInvalid as error:
            moved = error.message
        if not moved:
            return
        self.hear()
        self._screen.shared.tell(moved)

    def _show_soon(self) -> None:
        self.set_timer(TOGETHER, self._show)

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
