"""A session as the journal has it, kept there before anything changes here; and its phones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from dialogue_game.app.runs import keep_language
from dialogue_game.app.session import transitions
from dialogue_game.app.session.agenda import has_time
from dialogue_game.app.session.context import ContextBuilder
from dialogue_game.app.session.leader_view import CompanionView, companion_view
from dialogue_game.app.session.phone_voting import (
    ADDRESS_CHANGED,
    PhoneVoting,
    forget_ballots,
    forget_session,
    set_aside,
)
from dialogue_game.app.session.sessions import (
    SessionPlaythroughs,
    arrived,
    read_session,
    session_summary,
)
from dialogue_game.app.session.shared_view import SharedView
from dialogue_game.app.session.shared_view_builder import shared_view, with_phones
from dialogue_game.app.session.transitions import SessionSituation
from dialogue_game.core.session import steps
from dialogue_game.core.session.fold import evolve
from dialogue_game.core.session.session_events import (
    PathOpened,
    SessionEvent,
    SessionStarted,
)
from dialogue_game.core.session.session_state import Session
from dialogue_game.core.story import Option, Story
from dialogue_game.errors import (
    JournalError,
    JournalStreamGone,
    NotFound,
    NotNow,
    Remedy,
    SessionInvalid,
)
from dialogue_game.journal.store import Event, Store

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


RUN_DELETED: Final = (
    "The group’s run was deleted from history and is not kept again. "
    "The session goes on, and its record is complete."
)


class SessionStream:
    """The events of one session, and what they have come to."""

    def __init__(
        self, game: Game, session_id: str, session: Session, kept: Sequence[Event]
    ) -> None:
        self.id = session_id
        self.session = session
        self._kept = tuple(kept)
        self._game, self._store = game, game.store
        self._contexts = ContextBuilder(game)
        self._playthroughs = SessionPlaythroughs(game, session_id)
        self.notices: list[str] = []
        """Sentences for the leader that were not said yet."""

    @property
    def events(self) -> int:
        """How many events the journal holds."""
        return len(self._kept)

    @classmethod
    def start(cls, game: Game, planned: SessionStarted) -> Self:
        """A new session, in the journal from its first moment.

        Where the journal cannot be written it starts all the same, on a store that keeps nothing,
        and the game's `trouble` says so.
        """
        session_id, now = game.new_id(), game.clock()
        session = evolve(None, planned, now)
        line = session_summary(session)
        game.saved_or_not(
            lambda: game.store.create(session_id, "session", [planned], now, line)
        )
        return cls(game, session_id, session, [planned])

    @classmethod
    def resume(cls, game: Game, session_id: str) -> Self:
        """A session as it was left: the same step, ballots and clock.

        Raises NotFound where there is none, or it is of another course.
        """
        session, recorded = read_session(game.store, session_id)
        if session.started.course != game.course.id:
            raise NotFound(
                f"This session is of another course, “{session.started.course}”.",
                "Name its course: dialogue-game facilitate FOLDER --resume.",
            )
        resumed = cls(game, session_id, session, [found.event for found in recorded])
        resumed._playthroughs.note_deleted(session)
        resumed._catch_up()
        return resumed

    def go_on_without_saving(self, store: Store) -> None:
        """Lead on with a store that keeps nothing beyond this run of the program."""
        store.create(self.id, "session", self._kept, self.session.times.last)
        for path in self.session.paths:
            with suppress(NotFound):
                edition = self._game.encode_edition(self._contexts.story(path))
                store.keep_edition(path.edition, edition)
        self._store = store
        self._playthroughs.forget()

    def _do(self, *events: SessionEvent) -> None:
        now = self._game.clock()
        after = self._after(events, now)
        try:
            self._store.info(self.id)
            for event in events:
                if isinstance(event, PathOpened):
                    self._keep_edition(event)
            self._store.append(
                self.id, events, self.events, now, session_summary(after)
            )
        except NotFound:
            raise JournalStreamGone(
                "This session was deleted while it was led.",
                "You can go on without saving it, or leave.",
            ) from None
        self.session = after
        self._kept += events
        self._catch_up()

    def _keep_edition(self, opened: PathOpened) -> None:
        if self._store.edition(opened.edition) is None:
            story = self._story_of(opened)
            self._store.keep_edition(opened.edition, self._game.encode_edition(story))
            keep_language(self._game, self._store)

    def _story_of(self, opened: PathOpened) -> Story:
        story = self._game.story(opened.story)
        if story.edition == opened.edition:
            return story
        return self._contexts.story(self.session.path)

    def _catch_up(self) -> None:
        try:
            if not self._playthroughs.catch_up(self.session):
                self.notices.append(RUN_DELETED)
        except JournalError:
            # The session itself is kept; its playthrough follows at the next action.
            self._playthroughs.forget()

    def _options(self) -> tuple[Option, ...]:
        if not self.session.deciding:
            raise NotNow("There is nothing to vote on at this step.", Remedy.GO_ON)
        place = self._contexts.place(self.session)
        return place.situation.options if place else ()

    def _situation(self) -> SessionSituation:
        session = self.session
        deciding = session.deciding and bool(session.paths)
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

    def _require_open(self) -> None:
        transitions.require_open(self.session)

    def _after(self, events: Iterable[SessionEvent], now: int) -> Session:
        after = self.session
        for event in events:
            after = evolve(after, event, now)
        return after


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
        return self.phones.trouble or ADDRESS_CHANGED

    @property
    def surplus(self) -> int:
        """How many ballots there are more than people."""
        round_ = self.session.open_round
        return max(
            self.by_phone + (round_.total if round_ else 0) - self.session.headcount, 0
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
