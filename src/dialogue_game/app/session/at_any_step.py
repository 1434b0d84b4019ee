"""What a leader can do at any step: write down, switch, say who is here, take back."""

from __future__ import annotations

from typing import Final

from dialogue_game.app.session import transitions as moves
from dialogue_game.app.session.plan import MOST_PEOPLE, line, note
from dialogue_game.app.session.session_phones import SessionWithPhones
from dialogue_game.core.session.ballots import (
    option_spoken_for,
)
from dialogue_game.core.session.session_events import (
    Blanked,
    Extended,
    HeadcountChanged,
    MinorityReason,
    NamesChanged,
    Parked,
    Paused,
    Takeaway,
)
from dialogue_game.errors import NotNow, Remedy, SessionInvalid

EXTENSION: Final = 120
"""Seconds that one extension adds."""


class AtAnyStep(SessionWithPhones):
    """Whatever does not lead to another step."""

    def minority(self, text: str) -> None:
        """What would have to be true for an option that few chose, as `c: …`; no names."""
        self._refuse_ended()
        if not self.session.deciding:
            raise NotNow("A minority’s reason belongs to a decision.", Remedy.PARK_IT)
        option, said = option_spoken_for(text, self._options())
        self._do(MinorityReason(note(said), option))

    def park(self, text: str) -> None:
        """Something for later."""
        self._refuse_ended()
        self._do(Parked(note(text)))

    def takeaway(self, text: str) -> None:
        """Something the room takes home."""
        self._refuse_ended()
        self._do(Takeaway(note(text)))

    def blank(self) -> None:
        """Blank the shared screen, or show it again."""
        self._refuse_ended()
        self._do(Blanked(not self.session.blanked))

    def pause(self) -> None:
        """Stop the step's timer, or let it go on."""
        self._refuse_ended()
        self._do(Paused(not self.session.paused))

    def extend(self, seconds: int = EXTENSION) -> None:
        """Two minutes more for this step."""
        self._refuse_ended()
        self._do(Extended(seconds))

    def undo(self) -> None:
        """Take back the latest action of this step, or the step itself until the next is taken."""
        self._do(*moves.undone(self.session))

    def headcount(self, people: int) -> None:
        """How many are in the room now."""
        self._refuse_ended()
        if not 1 <= people <= MOST_PEOPLE:
            raise SessionInvalid(
                f"There can be 1 to {MOST_PEOPLE:,} people in a session."
            )
        held = self.session.deliberation.open_round if self.session.deciding else None
        if held and people < held.total:
            raise SessionInvalid(
                f"There are {held.total} ballots in this round already.",
                Remedy.COUNT_PEOPLE_AGAIN,
            )
        self._do(HeadcountChanged(people))

    def name(self, *, entity: str | None = None, leader: str | None = None) -> None:
        """The entity, or who leads, for the record; what is not given stays."""
        self._refuse_ended()
        known = self.session.started
        self._do(
            NamesChanged(
                known.entity if entity is None else line(entity),
                known.leader if leader is None else line(leader),
            )
        )
