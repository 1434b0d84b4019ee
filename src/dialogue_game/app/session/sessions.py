"""The sessions that a journal holds: listing them, finding one, reading one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dialogue_game.app.runs import SHIPPED, key_of
from dialogue_game.core.course import Course
from dialogue_game.core.session.fold import fold
from dialogue_game.core.session.session_events import SessionEvent
from dialogue_game.core.session.session_state import Session
from dialogue_game.errors import DialogueGameError, NotFound
from dialogue_game.journal.store import Recorded, Store, StreamInfo


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
