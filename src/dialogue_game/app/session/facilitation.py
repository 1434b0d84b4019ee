"""A group's session under way: the only door through which any front end leads one.

Every action is in the journal before anything changes here. What the room may see and what the
leader may see are two values made from the same session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogue_game.app.session import transitions as moves
from dialogue_game.app.session.at_any_step import AtAnyStep
from dialogue_game.app.session.playthroughs import events_of
from dialogue_game.app.session.transitions import SessionSituation
from dialogue_game.core import engine
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import (
    option_cast,
    read_counts,
    read_letters,
    round_named,
)
from dialogue_game.core.session.session_events import (
    SessionEnded,
    SessionEvent,
)
from dialogue_game.errors import DialogueGameError, NotNow, Remedy, SessionInvalid


class Facilitation(AtAnyStep):
    """Leads one session. Methods raise NotNow, BallotInvalid, SessionInvalid, JournalError.

    When one raises, nothing has moved.
    """

    def next(self) -> None:
        """On to the next step."""
        self._close(moves.onward)

    def skip(self) -> None:
        """On to the next part of the agenda."""
        self._close(moves.skipped)

    def tally(self, text: str) -> None:
        """Counts from raised cards, as `a=4 b=2 c=1`, in place of what was counted before.

        Where the ballots are shown, or of a round that is named, they correct it: `1: a=4 b=2`.
        """
        number, typed = round_named(text)
        counts = read_counts(typed, self._options(), self.session.most_present)
        self._counted(counts, "counts", number)

    def ballots(self, text: str) -> None:
        """Letters pasted from a chat, as `A B B C`, in place of what was pasted before."""
        counts = read_letters(text, self._options(), self.session.most_present)
        self._counted(counts, "letters")

    def _counted(self, counts: Mapping[str, int], mode: str, number: int = 0) -> None:
        if number or self.session.step in steps.REVEALED:
            self._do(*moves.corrected(self._table(), counts, number))
        else:
            self._do(*moves.cast(self._table(), counts, mode))

    def cast(self, name: str) -> None:
        """One secret ballot at the keyboard that is passed around."""
        option = option_cast(name, self._options())
        self._do(*moves.cast(self._table(), {option: 1}, "secret", added=True))

    def reveal(self) -> None:
        """Close the last round and show all rounds."""
        self._close(moves.reveal)

    def settle(self, name: str, rule: str = "") -> None:
        """Go on with this option: an id, or a letter. At a show of hands, at once."""
        self._do(*moves.settled(self._table(), name, rule))

    def reopen(self) -> None:
        """A new round for this decision; closed ones stay as they are."""
        self._do(*moves.reopened(self._table()))

    def take_form(self, form: str) -> None:
        """Take this decision in full ("full"), or by a show of hands ("hands")."""
        self._do(*moves.formed(self._table(), form))

    def other_path(self, decision: int, name: str) -> None:
        """After an ending: play another option of a decision (from 1). Both paths are kept."""
        self._refuse_ended()
        session = self.session
        if session.step != steps.ENDING:
            raise NotNow("The other road opens at an ending.", Remedy.GO_ON)
        path = session.path
        if not 1 <= decision <= len(path.choices):
            raise SessionInvalid(
                f"There is no decision {decision} on this road.",
                f"There are decisions 1 to {len(path.choices)}.",
            )
        story = self._contexts.story(path)
        state = engine.replay(story, events_of(path, "", decision - 1))
        offered = engine.situation(story, state).options
        self._do(*moves.other_path(self._table(), decision, name, state, offered))

    def end(self) -> None:
        """End the session here; a round that is open is not closed, and what phones voted goes."""
        self._refuse_ended()
        self._do(SessionEnded(), following=False)
        self._forget_ballots()
        self._follow_phones()

    def _close(
        self, move: Callable[[SessionSituation], tuple[SessionEvent, ...]]
    ) -> None:
        """Do what closes a round; what phones voted goes into the journal in the same step.

        Only then is everything else about those ballots destroyed. Where they do not fit the room
        the round goes on, and nothing has moved.
        """
        table, before = self._table(), self.session
        counts = self.phones.stop_round() if self.phones else {}
        try:
            held = moves.cast(table, counts, "phones", added=True) if counts else ()
            voted = self._after(held, self._game.clock())
            self._do(*held, *move(replace(table, session=voted)), following=False)
        except DialogueGameError:
            if self.phones:
                self.phones.resume_round()
            raise
        decisions = len(self.session.deliberations)
        if before.step in steps.VOTING or decisions != len(before.deliberations):
            self._forget_ballots()
        self._follow_phones()
