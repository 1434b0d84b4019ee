"""Following a session from another terminal, through the journal: it reads, and never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.session.context import ContextBuilder
from dialogue_game.app.session.leader_view import CompanionView, companion_view
from dialogue_game.app.session.listing import read_session
from dialogue_game.app.session.phone_voting import ballots_file
from dialogue_game.core.session.fold import evolve
from dialogue_game.core.session.session_events import SessionEvent
from dialogue_game.core.session.session_state import Session
from dialogue_game.phones.ballot_file import devices_in

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


class Companion:
    """One session, followed. Any number may follow the same one."""

    def __init__(self, game: Game, session_id: str) -> None:
        """Read the session as it stands. Raises NotFound, JournalError."""
        self.id = session_id
        self._game = game
        self._contexts = ContextBuilder(game, game.course)
        game.store.changed()
        self._ballots = ballots_file(game.folders.data, session_id)
        self._looked: tuple[int, int] = (0, 0)
        self.by_phone = 0
        """How many ballots phones have in; the leader's program keeps them in a file."""
        self.session: Session
        self.session, recorded = read_session(game.store, session_id)
        self.events = len(recorded)
        self.look_at_phones()

    def look(self) -> bool:
        """Read what is new; whether there was anything. Raises JournalError."""
        if not self._game.store.changed():
            return False
        fresh = self._game.store.read(self.id, self.events)
        for recorded in fresh:
            if isinstance(recorded.event, SessionEvent):
                self.session = evolve(self.session, recorded.event, recorded.at)
        self.events += len(fresh)
        return bool(fresh)

    def look_at_phones(self) -> bool:
        """Count the ballots of phones; whether there are more or fewer."""
        try:
            there = self._ballots.stat()
            looked = (there.st_mtime_ns, there.st_size)
        except OSError:
            looked = (0, 0)
        before = self.by_phone
        if looked != self._looked:
            self._looked, self.by_phone = looked, devices_in(self._ballots)
        return self.by_phone != before

    def view(self) -> CompanionView:
        """What the leader may see now."""
        context = self._contexts.context(self.id, self.session, self._game.clock())
        return companion_view(context, self.events, self.by_phone)
