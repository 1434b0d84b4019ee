"""Both views of a session under way, and the phones that vote in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from dialogue_game.app.session.leader_view import CompanionView, companion_view
from dialogue_game.app.session.phone_voting import (
    MOVED,
    PhoneVoting,
    forget_ballots,
    forget_session,
    set_aside,
)
from dialogue_game.app.session.session_stream import SessionStream
from dialogue_game.app.session.shared_view import SharedView
from dialogue_game.app.session.shared_view_builder import shared_view, with_phones
from dialogue_game.core.session import steps
from dialogue_game.core.session.session_events import (
    SessionEvent,
)
from dialogue_game.core.session.session_state import Session
from dialogue_game.errors import SessionInvalid
from dialogue_game.journal.store import Event

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


class SessionWithPhones(SessionStream):
    """A session that may have ballots from phones beside those in the journal."""

    def __init__(
        self, game: Game, session_id: str, session: Session, kept: Sequence[Event]
    ) -> None:
        super().__init__(game, session_id, session, kept)
        self.phones: PhoneVoting | None = None

    @classmethod
    def resume(cls, game: Game, session_id: str) -> Self:
        """A session as it was left: the same step, ballots and clock. Raises NotFound."""
        resumed = super().resume(game, session_id)
        set_aside(game.folders.data, session_id)
        return resumed

    def shared(self) -> SharedView:
        """What the room may see now."""
        context = self._contexts.context(self.id, self.session, self._game.clock())
        return with_phones(shared_view(context), self.by_phone)

    def companion(self) -> CompanionView:
        """What only the leader may see now."""
        context = self._contexts.context(self.id, self.session, self._game.clock())
        return companion_view(context, self.events, self.by_phone)

    def serve_phones(self, address: str = "", port: int = 0) -> None:
        """Let the room vote by phone from now on, at this address.

        Raises SessionInvalid where that cannot be; phones that were served are served on.
        """
        before = self.phones.address if self.phones else ""
        self.stop_phones()
        try:
            self._serve(address, port)
        except SessionInvalid:
            if before:
                self._serve(before, 0)
            raise

    def _serve(self, address: str, port: int) -> None:
        course, folder = self._game.course, self._game.folders.data
        self.phones = PhoneVoting(
            folder, self.id, address, port, course.language, course.direction
        )
        self._follow_phones()

    def stop_phones(self) -> None:
        """No more ballots by phone; those of a round that is open wait for the session."""
        folder = self._game.folders.data
        if self.phones is not None:
            self.phones.stop()
            self.phones = None
            set_aside(folder, self.id)
        if self.session.ended or not self._game.saving:
            forget_session(folder, self.id)

    def check_phones(self) -> str:
        """Serve phones where this machine is now; a sentence where that has changed, else "".

        Raises SessionInvalid.
        """
        if self.phones is None or not self.phones.renew():
            return ""
        self._follow_phones()
        return self.phones.trouble or MOVED

    @property
    def surplus(self) -> int:
        """How many ballots there are more than people."""
        held = self.session.deliberation.open_round if self.session.deciding else None
        return max(
            self.by_phone + (held.total if held else 0) - self.session.headcount, 0
        )

    @property
    def by_phone(self) -> int:
        """How many ballots the open round has from phones."""
        return self.phones.cast if self.phones else 0

    def _forget_ballots(self) -> None:
        """Destroy what phones voted: it is in the journal, or counts no longer."""
        if self.phones:
            self.phones.forget_round()
        else:
            forget_ballots(self._game.folders.data, self.id)

    def _follow_phones(self) -> None:
        if self.phones is None:
            return
        voting = self.session.deciding and self.session.step in steps.VOTING
        view = self.shared()
        title = " · ".join(part for part in (view.scenario, view.scene_title) if part)
        self.phones.follow(
            self.session,
            title or self._game.course.title,
            self._options() if voting else (),
        )

    def _do(self, *events: SessionEvent, following: bool = True) -> None:
        super()._do(*events)
        if following:
            self._follow_phones()
