"""A group's session under way: the only door through which any front end leads one.

Every action is in the journal before anything changes here. What the room may see and what the
leader may see are two values made from the same session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from dialogue_game.app.session import transitions
from dialogue_game.app.session.agenda import MOST_PEOPLE, line
from dialogue_game.app.session.session_stream import SessionWithPhones
from dialogue_game.app.session.sessions import events_of
from dialogue_game.app.session.transitions import SessionSituation
from dialogue_game.core import engine
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import (
    option_and_reason,
    option_cast,
    read_counts,
    read_letters,
    round_named,
)
from dialogue_game.core.session.session_events import (
    Blanked,
    Extended,
    HeadcountChanged,
    MinorityReason,
    NamesChanged,
    Parked,
    Paused,
    SessionEnded,
    SessionEvent,
    Takeaway,
)
from dialogue_game.core.text import safe
from dialogue_game.errors import DialogueGameError, NotNow, Remedy, SessionInvalid

LONGEST_NOTE: Final = 500
EXTENSION: Final = 120
"""Seconds that one extension adds."""


class AtAnyStep(SessionWithPhones):
    """Whatever does not lead to another step."""

    def minority(self, text: str) -> None:
        """What would have to be true for an option that few chose, as `c: …`; no names."""
        self._require_open()
        if not self.session.deciding:
            raise NotNow("A minority’s reason belongs to a decision.", Remedy.PARK_IT)
        option, said = option_and_reason(text, self._options())
        self._do(MinorityReason(_note(said), option))

    def park(self, text: str) -> None:
        """Something for later."""
        self._require_open()
        self._do(Parked(_note(text)))

    def takeaway(self, text: str) -> None:
        """Something the room takes home."""
        self._require_open()
        self._do(Takeaway(_note(text)))

    def blank(self) -> None:
        """Blank the shared screen, or show it again."""
        self._require_open()
        self._do(Blanked(not self.session.blanked))

    def pause(self) -> None:
        """Stop the step's timer, or let it go on."""
        self._require_open()
        self._do(Paused(not self.session.paused))

    def extend(self, seconds: int = EXTENSION) -> None:
        """Two minutes more for this step."""
        self._require_open()
        self._do(Extended(seconds))

    def undo(self) -> None:
        """Take back the latest action of this step, or the step itself until the next is taken."""
        self._do(*transitions.undo_latest(self.session))

    def headcount(self, people: int) -> None:
        """How many are in the room now."""
        self._require_open()
        if not 1 <= people <= MOST_PEOPLE:
            raise SessionInvalid(
                f"There can be 1 to {MOST_PEOPLE:,} people in a session."
            )
        round_ = self.session.open_round
        if round_ and people < round_.total:
            raise SessionInvalid(
                f"There are {round_.total} ballots in this round already.",
                Remedy.COUNT_PEOPLE_AGAIN,
            )
        self._do(HeadcountChanged(people))

    def name(self, *, entity: str | None = None, leader: str | None = None) -> None:
        """The entity, or who leads, for the record; what is not given stays."""
        self._require_open()
        known = self.session.started
        self._do(
            NamesChanged(
                known.entity if entity is None else line(entity),
                known.leader if leader is None else line(leader),
            )
        )


class Facilitation(AtAnyStep):
    """Leads one session. Methods raise NotNow, BallotInvalid, SessionInvalid, JournalError.

    When one raises, nothing has moved.
    """

    def next(self) -> None:
        """On to the next step."""
        self._close(transitions.next_step)

    def skip(self) -> None:
        """On to the next part of the agenda."""
        self._close(transitions.skip_part)

    def tally(self, text: str) -> None:
        """Counts from raised cards, as `a=4 b=2 c=1`, in place of what was counted before.

        Where the ballots are shown, or of a round that is named, they correct it: `1: a=4 b=2`.
        """
        number, typed = round_named(text)
        counts = read_counts(typed, self._options(), self.session.most_people)
        self._counted(counts, "counts", number)

    def ballots(self, text: str) -> None:
        """Letters pasted from a chat, as `A B B C`, in place of what was pasted before."""
        counts = read_letters(text, self._options(), self.session.most_people)
        self._counted(counts, "letters")

    def _counted(self, counts: Mapping[str, int], mode: str, number: int = 0) -> None:
        if number or self.session.step in steps.REVEALED:
            self._do(*transitions.correct_counts(self._situation(), counts, number))
        else:
            self._do(*transitions.cast(self._situation(), counts, mode))

    def cast(self, name: str) -> None:
        """One secret ballot at the keyboard that is passed around."""
        option = option_cast(name, self._options())
        self._do(
            *transitions.cast(self._situation(), {option: 1}, "secret", added=True)
        )

    def reveal(self) -> None:
        """Close the last round and show all rounds."""
        self._close(transitions.reveal)

    def settle(self, name: str, rule: str = "") -> None:
        """Go on with this option: an id, or a letter. At a show of hands, at once."""
        self._do(*transitions.settle_on(self._situation(), name, rule))

    def reopen(self) -> None:
        """A new round for this decision; closed ones stay as they are."""
        self._do(*transitions.reopen(self._situation()))

    def take_form(self, form: str) -> None:
        """Take this decision in full ("full"), or by a show of hands ("hands")."""
        self._do(*transitions.choose_form(self._situation(), form))

    def other_path(self, decision: int, name: str) -> None:
        """After an ending: play another option of a decision (from 1). Both paths are kept."""
        self._require_open()
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
        self._do(
            *transitions.other_path(self._situation(), decision, name, state, offered)
        )

    def end(self) -> None:
        """End the session here; a round that is open is not closed, and what phones voted goes."""
        self._require_open()
        self._do(SessionEnded(), following=False)
        self._forget_ballots()
        self._follow_phones()

    def _close(
        self, transition: Callable[[SessionSituation], tuple[SessionEvent, ...]]
    ) -> None:
        """Do what closes a round; what phones voted goes into the journal in the same step.

        Only then is everything else about those ballots destroyed. Where they do not fit the room
        the round goes on, and nothing has moved.
        """
        situation, before = self._situation(), self.session
        counts = self.phones.stop_round() if self.phones else {}
        try:
            ballots = (
                transitions.cast(situation, counts, "phones", added=True)
                if counts
                else ()
            )
            voted = self._after(ballots, self._game.clock())
            self._do(
                *ballots,
                *transition(replace(situation, session=voted)),
                following=False,
            )
        except DialogueGameError:
            if self.phones:
                self.phones.resume_round()
            raise
        decisions = len(self.session.deliberations)
        if before.step in steps.VOTING or decisions != len(before.deliberations):
            self._forget_ballots()
        self._follow_phones()


def _note(text: str) -> str:
    """Something the room said, as one clean line. Raises SessionInvalid where there is nothing."""
    kept = " ".join(safe(text).split())
    if not kept:
        raise SessionInvalid("There is nothing to write down.", Remedy.TYPE_SOMETHING)
    if len(kept) > LONGEST_NOTE:
        raise SessionInvalid(
            f"That is longer than {LONGEST_NOTE} characters.",
            "Say it shorter, or in two notes.",
        )
    return kept
