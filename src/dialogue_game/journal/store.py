"""What every journal does: streams of events with one writer at a time, and editions by digest.

A stream's events are facts and are never altered; only a whole stream can be deleted. A
`summary` rides along with a stream so that lists need not fold every event: it is derived, may be
rebuilt at any time, and is never the truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from dialogue_game.errors import JournalMovedOn, NotFound

if TYPE_CHECKING:
    # Lists of streams are shown before any event is read, and need none of their types.
    from dialogue_game.core.events import PlayEvent
    from dialogue_game.core.session.session_events import SessionEvent

Kind = Literal["playthrough", "session"]
Summary = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event of a later version of the game: kept, copied, and skipped by readers.

    `body` is its JSON, as found.
    """

    type: str
    body: str
    version: int = 1


if TYPE_CHECKING:
    Event = PlayEvent | SessionEvent | Unknown
    """What a stream may hold."""
else:
    Event = Any


class Recorded(NamedTuple):
    """An event in its place: `seq` counts from 1, `at` is UTC milliseconds since the epoch.

    `at` is what the clock said and may go backwards; the order of events is their `seq`. A named
    tuple, because ten thousand of them are made nine times faster than frozen dataclasses.
    """

    stream: str
    seq: int
    at: int
    event: Event


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """A stream without its events; times are UTC milliseconds since the epoch.

    `updated` is the latest time that any of its events claims.
    """

    id: str
    kind: Kind
    length: int
    started: int
    updated: int
    summary: Summary


class Store(Protocol):
    """A journal. Every method may raise JournalError; what it raises besides is said there."""

    def create(
        self,
        stream: str,
        kind: Kind,
        events: Sequence[Event],
        at: int,
        summary: Summary | None = None,
    ) -> None:
        """Begin a stream with these events. Raises JournalMovedOn if it is there already."""

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected: int,
        at: int,
        summary: Summary | None = None,
    ) -> None:
        """Add events to a stream that has `expected` of them; all are kept, or none.

        A summary replaces the stream's; without one it stays. No events and a summary: a
        rebuilt projection. Raises NotFound, and JournalMovedOn if the stream has another length.
        """

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """The events with a `seq` above `after`, in order. Raises NotFound."""

    def streams(self, kind: Kind | None = None) -> tuple[StreamInfo, ...]:
        """Every stream (of that kind), the one written last first, whatever the clock said."""

    def info(self, stream: str) -> StreamInfo:
        """One stream without its events. Raises NotFound."""

    def delete(self, *streams: str) -> None:
        """Remove these streams and all their events for good.

        Raises NotFound, before anything is removed. Many at once cost little more than one.
        """

    def keep_edition(self, digest: str, data: bytes) -> None:
        """Keep the text of an edition. One that is kept and can be read stays as it is."""

    def edition(self, digest: str) -> bytes | None:
        """The text of an edition, if it is kept."""

    def editions(self) -> tuple[str, ...]:
        """The digests of all editions that are kept, in alphabetical order."""

    def setting(self, key: str) -> str | None:
        """A local fact, such as this player's pseudonym."""

    def put_setting(self, key: str, value: str) -> None:
        """Keep a local fact."""

    def changed(self) -> bool:
        """Whether another process may have written since this was last asked; cheap to ask.

        Says yes once too often rather than once too seldom.
        """

    def close(self) -> None:
        """Let go of the file. A store that is used again opens itself again."""


def unknown_stream(stream: str) -> NotFound:
    """The error for a stream that is not there."""
    return NotFound(
        f"There is no playthrough or session “{stream}” in the journal.",
        "“dialogue-game history” lists what there is.",
    )


def moved_on(stream: str) -> JournalMovedOn:
    """The error for a stream that somebody else began or went on with."""
    return JournalMovedOn(
        f"“{stream}” has gone on in another copy of the game.",
        "Open it again to go on from where it is now.",
    )
