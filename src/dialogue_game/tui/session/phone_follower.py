"""What the shared screen does about phones: serve them, and show ballots as they come in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from dialogue_game.app.session.phone_voting import MOVED
from dialogue_game.errors import SessionInvalid

if TYPE_CHECKING:
    from dialogue_game.tui.session.shared_screen import SharedScreen

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
