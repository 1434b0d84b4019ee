"""An event as a line: its name, its body's version and its JSON; and back again.

Bodies are JSON typed by the event's own class. A body of an older version is upgraded on reading,
step by step; an event that this version of the game does not know stays an `Unknown`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache, cached_property
from typing import Final, cast, get_args

import msgspec

from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.store import Event, Summary, Unknown

Row = tuple[int, str]
"""An event as kept: its time, and its line, as in `choice_made 1 {"scene":"a","choice":"b"}`."""

Upgrade = Callable[[dict[str, object]], dict[str, object]]
"""From a body of one version to the next."""


EVENT_NAMES: Final[Mapping[str, str]] = {
    "playthrough_started": "PlaythroughStarted",
    "choice_made": "ChoiceMade",
    "continued": "Continued",
    "reference_opened": "ReferenceOpened",
    "looked": "Looked",
    "reflected": "Reflected",
    "transfer_answered": "TransferAnswered",
    "session_started": "SessionStarted",
    "step_reached": "StepReached",
    "road_opened": "PathOpened",
    "form_chosen": "FormChosen",
    "ballot_opened": "BallotOpened",
    "ballot_cast": "BallotCast",
    "ballot_closed": "BallotClosed",
    "count_corrected": "CountCorrected",
    "settled": "Settled",
    "minority_reason": "MinorityReason",
    "parked": "Parked",
    "takeaway": "Takeaway",
    "blanked": "Blanked",
    "extended": "Extended",
    "undone": "Undone",
    "paused": "Paused",
    "headcount_changed": "HeadcountChanged",
    "names_changed": "NamesChanged",
    "session_ended": "SessionEnded",
}
"""The name of every event as journals have it, and its class now.

A name here is never changed: files of years ago are read by it. A class may be renamed freely.
"""


def name_of(event_type: type) -> str:
    """The name an event type has in a journal."""
    return next(name for name, known in event_types().items() if known is event_type)


@cache
def event_types() -> Mapping[str, type]:
    """Every event type of this version of the game, by its name; imported when first asked for."""
    from dialogue_game.core.events import PlayEvent
    from dialogue_game.core.session.session_events import SessionEvent

    classes = {
        kind.__name__: kind for kind in (*get_args(PlayEvent), *get_args(SessionEvent))
    }
    return {name: classes[kind] for name, kind in EVENT_NAMES.items()}


VERSIONS: Final[dict[str, int]] = {}
"""The version of an event's body, where it is no longer 1."""

UPGRADES: Final[dict[tuple[str, int], Upgrade]] = {}
"""By event name and the body version it starts from; each leads to the next version."""


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no file can hold, replaced by U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Codec:
    """Events to lines and back, over a registry of event types."""

    def __init__(
        self,
        types: Mapping[str, type] | None = None,
        versions: Mapping[str, int] = VERSIONS,
        upgrades: Mapping[tuple[str, int], Upgrade] = UPGRADES,
    ) -> None:
        self._given, self._versions, self._upgrades = types, versions, upgrades

    @cached_property
    def _types(self) -> Mapping[str, type]:
        return event_types() if self._given is None else self._given

    @cached_property
    def _names(self) -> Mapping[type, str]:
        return {event_type: name for name, event_type in self._types.items()}

    @cached_property
    def _decoders(self) -> Mapping[str, msgspec.json.Decoder[Event]]:
        return {
            f"{name} {self._versions.get(name, 1)} ": msgspec.json.Decoder(event_type)
            for name, event_type in self._types.items()
        }

    def encode(self, event: Event) -> str:
        """Its line: its type, the version of its body, and the body."""
        if isinstance(event, Unknown):
            name = "_".join(without_surrogates(event.type).split())
            return f"{name} {event.version} {without_surrogates(event.body)}"
        name = self._names[type(event)]
        try:
            body = msgspec.json.encode(event)
        except UnicodeEncodeError:
            body = msgspec.json.encode(_cleaned(event))
        return f"{name} {self._versions.get(name, 1)} {body.decode()}"

    def decode(self, line: str) -> Event:
        """The event of one line. Raises JournalUnreadable for a damaged one."""
        try:
            start = line.find("{")
            decoder = self._decoders.get(line[:start])
            return (
                self._foreign(line) if decoder is None else decoder.decode(line[start:])
            )
        except (
            msgspec.MsgspecError,
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
        ) as error:
            raise JournalUnreadable(
                "An event in the journal is damaged and cannot be read.",
                "To save what can be read: dialogue-game journal repair",
            ) from error

    def decode_all(self, rows: Iterable[Row]) -> list[Event]:
        """The events of these rows; equal ones are one object. Raises JournalUnreadable."""
        known: dict[str, Event] = {}
        events: list[Event] = []
        for _, line in rows:
            event = known.get(line)
            if event is None:
                event = known[line] = self.decode(line)
            events.append(event)
        return events

    def _foreign(self, line: str) -> Event:
        """An event as an older version of the game wrote it, or as a later one did."""
        name, number, body = line.split(" ", 2)
        version, known = int(number), self._versions.get(name, 1)
        if name not in self._types or version > known:
            return Unknown(name, body, version)
        content: dict[str, object] = msgspec.json.decode(body, type=dict[str, object])
        for step in range(version, known):
            content = self._upgrades[name, step](content)
        return cast("Event", msgspec.convert(content, self._types[name]))


CODEC: Final = Codec()


def checksum(rows: Iterable[Row], before: int) -> int:
    """The running checksum of a stream after these rows, given the one before them.

    SQLite notices a broken page but not a changed letter; this does.
    """
    lines = [f"{at} {line}\n" for at, line in rows]
    return zlib.crc32("".join(lines).encode(), before)


def initial_checksum(stream: str, kind: str) -> int:
    """The checksum of a stream without events."""
    return zlib.crc32(f"{kind} {stream}\n".encode())


def encode_summary(summary: Summary | None) -> str:
    """A summary as JSON; none is an empty one."""
    try:
        return msgspec.json.encode(summary or {}).decode()
    except UnicodeEncodeError:
        cleaned = {
            without_surrogates(key): without_surrogates(value)
            if isinstance(value, str)
            else value
            for key, value in (summary or {}).items()
        }
        return msgspec.json.encode(cleaned).decode()


_SUMMARY: Final = msgspec.json.Decoder(dict[str, str | int | float | bool | None])


def decode_summary(text: str) -> Summary:
    """A summary from JSON; a damaged one is empty, because it can be rebuilt."""
    try:
        return _SUMMARY.decode(text)
    except (msgspec.MsgspecError, TypeError, ValueError):
        return {}


def _cleaned(event: Event) -> Event:
    """The event with every text of it clean."""
    content = {field.name: getattr(event, field.name) for field in fields(event)}
    cleaned: Event = msgspec.convert(_clean_all(content), type(event))
    return cleaned


def _clean_all(value: object) -> object:
    """A value with every text in it clean."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {_clean_all(key): _clean_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_all(item) for item in value]
    return value
