"""A group's session under way: the only door through which any front end leads one.

Every action is in the journal before anything changes here. What the room may see and what the
leader may see are two values made from the same session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dialogue_game.app.session import transitions as moves
from dialogue_game.app.session.agenda import has_time
from dialogue_game.app.session.context import ContextBuilder
from dialogue_game.app.session.leader_view import CompanionView, companion_view
from dialogue_game.app.session.listing import read_session, session_summary
from dialogue_game.app.session.phone_voting import (
    MOVED,
    PhoneVoting,
    forget_ballots,
    forget_session,
    set_aside,
)
from dialogue_game.app.session.plan import MOST_PEOPLE, line, note
from dialogue_game.app.session.playthroughs import SessionPlaythroughs, arrived, events_of
from dialogue_game.app.session.shared_view import SharedView
from dialogue_game.app.session.shared_view_builder import shared_view, with_phones
from dialogue_game.app.session.transitions import SessionSituation
from dialogue_game.core import engine
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import (
    option_cast,
    option_spoken_for,
    read_counts,
    read_letters,
    round_named,
)
from dialogue_game.core.session.events import (
    Blanked,
    Extended,
    HeadcountChanged,
    MinorityReason,
    NamesChanged,
    Parked,
    Paused,
    RoadOpened,
    SessionEnded,
    SessionEvent,
    SessionStarted,
    Takeaway,
)
from dialogue_game.core.session.fold import evolve
from dialogue_game.core.session.state import Session
from dialogue_game.core.story import Option, Story
from dialogue_game.errors import DialogueGameError, JournalError, NotNow, Remedy, SessionInvalid
from dialogue_game.journal.store import Store

if TYPE_CHECKING:
    from dialogue_game.app.game import Game

EXTENSION: Final = 120
"""Seconds that one extension adds."""


class Facilitation:
    """Leads one session. Methods raise NotNow, BallotInvalid, SessionInvalid, JournalError.

    When one raises, nothing has moved.
    """

    def __init__(self, game: Game, session_id: str, session: Session, length: int) -> None:
        self.id = session_id
        self.session = session
        self.events = length
        self._game, self._store = game, game.store
        self.phones: PhoneVoting | None = None
        self._contexts = ContextBuilder(game, game.course)
        self._roads = SessionPlaythroughs(game, session_id)

    @classmethod
    def start(cls, game: Game, planned: SessionStarted) -> Facilitation:
        """A new session, in the journal from its first moment.

        Where the journal cannot be written it starts all the same, on a store that keeps nothing,
        and the game's `trouble` says so.
        """
        session_id, now = game.new_id(), game.clock()
        session = evolve(None, planned, now)
        line = session_summary(session)
        game.saved_or_not(lambda: game.store.create(session_id, "session", [planned], now, line))
        return cls(game, session_id, session, 1)

    @classmethod
    def resume(cls, game: Game, session_id: str) -> Facilitation:
        """A session as it was left: the same step, ballots and clock. Raises NotFound."""
        session, length = read_session(game.store, session_id)
        resumed = cls(game, session_id, session, length)
        resumed._catch_up()
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
        """Let the room vote by phone from now on, at this address. Raises SessionInvalid."""
        self.stop_phones()
        course, folder = self._game.course, self._game.folders.data
        self.phones = PhoneVoting(folder, self.id, address, port, course.language, course.direction)
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
        return max(self.by_phone + (held.total if held else 0) - self.session.headcount, 0)

    @property
    def by_phone(self) -> int:
        """How many ballots the open round has from phones."""
        return self.phones.cast if self.phones else 0

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

    def other_road(self, decision: int, name: str) -> None:
        """After an ending: play another option of a decision (from 1). Both roads are kept."""
        self._refuse_ended()
        session = self.session
        if session.step != steps.ENDING:
            raise NotNow("The other road opens at an ending.", Remedy.GO_ON)
        road = session.road
        if not 1 <= decision <= len(road.choices):
            raise SessionInvalid(
                f"There is no decision {decision} on this road.",
                f"There are decisions 1 to {len(road.choices)}.",
            )
        story = self._contexts.story(road)
        state = engine.replay(story, events_of(road, "", decision - 1))
        offered = engine.situation(story, state).options
        self._do(*moves.other_road(self._table(), decision, name, state, offered))

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
            raise SessionInvalid(f"There can be 1 to {MOST_PEOPLE:,} people in a session.")
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

    def end(self) -> None:
        """End the session here; a round that is open is not closed, and what phones voted goes."""
        self._refuse_ended()
        self._do(SessionEnded())
        self._forget_ballots()

    def go_on_without_saving(self, store: Store) -> None:
        """Lead on with a store that keeps nothing beyond this run of the program."""
        kept = [recorded.event for recorded in self._store.read(self.id)]
        store.create(self.id, "session", kept, self.session.times.last)
        self._store, self.events = store, len(kept)
        self._roads.forget()

    def _close(self, move: Callable[[SessionSituation], tuple[SessionEvent, ...]]) -> None:
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
            self.session, title or self._game.course.title, self._options() if voting else ()
        )

    def _do(self, *events: SessionEvent, following: bool = True) -> None:
        now = self._game.clock()
        after = self._after(events, now)
        for event in events:
            if isinstance(event, RoadOpened):
                self._keep_edition(event)
        self._store.append(self.id, events, self.events, now, session_summary(after))
        self.session = after
        self.events += len(events)
        self._catch_up()
        if following:
            self._follow_phones()

    def _after(self, events: Iterable[SessionEvent], now: int) -> Session:
        after = self.session
        for event in events:
            after = evolve(after, event, now)
        return after

    def _keep_edition(self, opened: RoadOpened) -> None:
        if self._store.edition(opened.edition) is None:
            story = self._story_of(opened)
            self._store.keep_edition(opened.edition, self._game.encode_edition(story))

    def _story_of(self, opened: RoadOpened) -> Story:
        story = self._game.story(opened.story)
        if story.edition == opened.edition:
            return story
        return self._contexts.story(self.session.road)

    def _catch_up(self) -> None:
        try:
            self._roads.catch_up(self.session)
        except JournalError:
            # The session itself is kept; its playthrough follows at the next action.
            self._roads.forget()

    def _options(self) -> tuple[Option, ...]:
        if not self.session.deciding:
            raise NotNow("There is nothing to vote on at this step.", Remedy.GO_ON)
        place = self._contexts.place(self.session)
        return place.situation.options if place else ()

    def _table(self) -> SessionSituation:
        session = self.session
        deciding = session.deciding and bool(session.roads)
        found = self._contexts.place(session)
        return SessionSituation(
            session,
            self._options() if deciding else (),
            arrived(session, found) if deciding and found else None,
            self._game.story,
            self._form,
            self._game.new_id,
            found.story if found else None,
        )

    def _form(self, story: Story, scene: str) -> str:
        """How a scene is decided: optional ones in full only where there is time."""
        group = story.scenes[scene].group
        if group != "optional":
            return steps.FULL if group == "full" else steps.HANDS
        ahead = self._contexts.ahead(story, scene)
        enough = has_time(self.session, story.id, ahead, self._game.clock())
        return steps.FULL if enough else steps.HANDS

    def _refuse_ended(self) -> None:
        moves.refuse_ended(self.session)
