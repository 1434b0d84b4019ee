"""The sessions that a journal holds, and the playthroughs that each leads.

A session's stream is what happened; a playthrough follows it. It is made when its first choice
can no longer be taken back, so that nothing is left behind by an undone step, and after a crash
it is brought up to where the session is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dialogue_game.app.player import Player, summary
from dialogue_game.app.runs import SHIPPED, key_of
from dialogue_game.core import engine
from dialogue_game.core.course import Course
from dialogue_game.core.events import ChoiceMade, PlaythroughStarted
from dialogue_game.core.session import steps
from dialogue_game.core.session.fold import fold
from dialogue_game.core.session.session_events import SessionEvent
from dialogue_game.core.session.session_state import Session, SessionPlaythrough
from dialogue_game.core.state import Consequence, Situation, State
from dialogue_game.core.story import Story
from dialogue_game.errors import DialogueGameError, JournalStreamGone, NotFound
from dialogue_game.journal.store import Recorded, Store, StreamInfo

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One line of the list of sessions. Times are milliseconds since the epoch."""

    id: str
    entity: str
    leader: str
    headcount: int
    minutes: int
    scenarios: tuple[str, ...]
    step: str
    ended: bool
    started: int
    updated: int
    place: str = ""

    @classmethod
    def of(cls, stream: StreamInfo) -> SessionInfo:
        """The line that a stream's summary gives."""
        line: Mapping[str, Any] = stream.summary
        value = line.get
        return cls(
            stream.id,
            str(value("entity", "")),
            str(value("leader", "")),
            int(value("headcount", 0)),
            int(value("minutes", 0)),
            tuple(str(value("scenarios", "")).split()),
            str(value("step", "")),
            bool(value("ended")),
            stream.started,
            stream.updated,
            str(value("place", "")),
        )


def place_of(course: Course) -> str:
    """Where a course stands, as a session keeps it: "" for the one that comes with the game."""
    place = key_of(course, "").place
    return "" if place == SHIPPED else place


def session_summary(session: Session) -> dict[str, str | int | float | bool | None]:
    """What a list shows of a session, derived and never the truth."""
    started = session.started
    return {
        "course": started.course,
        "entity": started.entity,
        "leader": started.leader,
        "headcount": session.most_people,
        "minutes": started.minutes,
        "scenarios": " ".join(started.scenarios),
        "step": session.step,
        "ended": session.ended,
        "place": started.place,
    }


def sessions(store: Store) -> tuple[SessionInfo, ...]:
    """Every session, the latest first. Raises JournalError."""
    streams = store.streams("session")
    return tuple(SessionInfo.of(_with_summary(store, stream)) for stream in streams)


def _with_summary(store: Store, stream: StreamInfo) -> StreamInfo:
    """The stream with its line, told from its events where a repair could not read it."""
    if stream.summary:
        return stream
    try:
        return replace(
            stream, summary=session_summary(read_session(store, stream.id)[0])
        )
    except DialogueGameError:
        return stream


def find_session(
    store: Store, name: str = "newest", *, open_only: bool = False
) -> SessionInfo:
    """A session by its id, the beginning of it, or "newest". Raises NotFound."""
    known = [info for info in sessions(store) if not (open_only and info.ended)]
    if name == "newest" and known:
        return known[0]
    exact = [info for info in known if info.id == name]
    close = exact or [info for info in known if name and info.id.startswith(name)]
    if len(close) == 1:
        return close[0]
    if len(close) > 1:
        listed = ", ".join(info.id for info in close)
        raise NotFound(f"“{name}” may be several sessions.", f"They are: {listed}.")
    if not known and not (open_only and sessions(store)):
        raise NotFound(
            "No session is kept on this machine.",
            "Begin one with: dialogue-game facilitate. A rehearsal keeps nothing to follow.",
        )
    which = "no session" if name == "newest" else f"no session “{name}”"
    still = " that is still open" if open_only else ""
    raise NotFound(
        f"There is {which}{still}.", "See them with: dialogue-game session list"
    )


def read_session(store: Store, session_id: str) -> tuple[Session, tuple[Recorded, ...]]:
    """A session folded from its stream, and what the stream holds. Raises NotFound."""
    recorded = store.read(session_id)
    events = [
        (item.event, item.at)
        for item in recorded
        if isinstance(item.event, SessionEvent)
    ]
    try:
        return fold(events), recorded
    except (ValueError, LookupError):
        raise NotFound(
            f"“{session_id}” is not a session.",
            "See them with: dialogue-game session list",
        ) from None


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """Where in its story the group is.

    `before` is the story's state at the newest decision, `situation` what was read there,
    `consequence` that of the option it is settled with, `here` the state after the choices made
    and `arrived` what is read there, with the continue pages on the way.
    """

    story: Story
    before: State
    situation: Situation
    consequence: Consequence | None
    here: State
    arrived: Situation


def events_of(
    path: SessionPlaythrough, led_by: str, made: int | None = None, place: str = ""
) -> tuple[PlaythroughStarted | ChoiceMade, ...]:
    """The events of a led playthrough, with so many of its choices (all of them by default)."""
    start = PlaythroughStarted(
        *(path.story, path.edition, path.branched_from, path.branched_at, led_by),
        place=place,
    )
    choices = path.choices if made is None else path.choices[:made]
    return (start, *(ChoiceMade(scene, choice) for scene, choice in choices))


def place(session: Session, story: Story) -> GroupPlace:
    """Where the group is in the story of its newest path."""
    path = session.path
    own = sum(
        1
        for decision in session.deliberations
        if decision.path == len(session.paths) - 1
    )
    position = path.branched_at + own - 1
    reached = engine.replay(story, events_of(path, "", position))
    shown, before = engine.combined_situation(story, reached)
    settled = session.deliberation.settlement
    consequence = None
    if settled is not None and not before.ended:
        consequence = engine.consequence(story, before, settled.option)
    arrived, here = engine.combined_situation(
        story, engine.replay(story, events_of(path, ""))
    )
    return GroupPlace(story, before, shown, consequence, here, arrived)


def arrived(session: Session, found: GroupPlace) -> State:
    """The story's state once the settled option is chosen; as `found` has it otherwise."""
    settled = session.deliberation.settlement
    if session.step == steps.CONSEQUENCE and settled is not None:
        made = ChoiceMade(session.deliberation.scene, settled.option)
        return engine.read_on(
            found.story, engine.evolve(found.story, found.before, made)
        )[1]
    return found.here


class SessionPlaythroughs:
    """Brings the playthroughs of one session up to where its stream is."""

    def __init__(self, game: Game, session: str) -> None:
        self._game, self._session = game, session
        self._players: dict[str, Player] = {}
        self._deleted: set[str] = set()

    def catch_up(self, session: Session) -> bool:
        """Make every choice that the session has made and a playthrough has not.

        False where one was found to be deleted, which is not made anew. Raises JournalError; then
        the next call goes on from there.
        """
        found = len(self._deleted)
        for path in session.paths:
            own = path.playthrough not in self._deleted
            if own and len(path.choices) > path.branched_at:
                try:
                    self._follow(path)
                except JournalStreamGone:
                    self._deleted.add(path.playthrough)
        return len(self._deleted) == found

    def _follow(self, path: SessionPlaythrough) -> None:
        player = self._player(path)
        made = [(e.scene, e.choice) for e in player.events if isinstance(e, ChoiceMade)]
        # Somebody who went on with it alone has made it theirs; the session leaves it be.
        if tuple(made) == path.choices[: len(made)]:
            for _, choice in path.choices[len(made) :]:
                player.read_on_to_decision()
                player.choose(choice)
            player.read_on_to_decision()

    def note_deleted(self, session: Session) -> None:
        """Leave those out that are gone and had choices: only a first choice can be missing."""
        for path in session.paths:
            if len(path.choices) > path.branched_at + 1:
                try:
                    self._game.store.info(path.playthrough)
                except NotFound:
                    self._deleted.add(path.playthrough)

    def forget(self) -> None:
        """Open the playthroughs anew, because the store is another one."""
        self._players.clear()

    def _player(self, path: SessionPlaythrough) -> Player:
        player = self._players.get(path.playthrough)
        if player is None:
            try:
                player = self._game.open(path.playthrough)
            except NotFound:
                player = self._created(path)
            self._players[path.playthrough] = player
        return player

    def _created(self, path: SessionPlaythrough) -> Player:
        """The playthrough at its start, or where it left the other one."""
        game = self._game
        story = game.edition(path.story, path.edition)
        place = game.key(story.id).place
        events = events_of(path, self._session, path.branched_at, place)
        now = game.clock()
        line = summary(story, events, engine.replay(story, events), now)
        game.store.create(path.playthrough, "playthrough", events, now, line)
        return Player(story, path.playthrough, events, game.store, game.clock)
