"""Following a session from another terminal, through the journal: it reads, and never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.session.context import ContextBuilder
from dialogue_game.app.session.facilitation import following
from dialogue_game.app.session.leader_view import CompanionView, companion_view
from dialogue_game.app.session.listing import read_session
from dialogue_game.core.session.events import SessionEvent
from dialogue_game.core.session.fold import evolve
from dialogue_game.core.session.state import Session

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
        self.session: Session
        self.session, self.events = read_session(game.store, session_id)

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

    def view(self) -> CompanionView:
        """What the leader may see now."""
        context = self._contexts.context(self.id, self.session, self._game.clock())
        return companion_view(context, following(self.session), self.events)
