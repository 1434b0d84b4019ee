"""What xAPI statements are made from: the vocabulary, an attempt, a learner, ids and times.

The IRIs of verbs, activity types and extensions are those of the ADL vocabulary, the SCORM profile,
cmi5 and Tin Can's registry; our own are only what none of them has. `docs/xapi-profile.jsonld`
publishes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from dialogue_game.core.events import PlayEvent, PlaythroughStarted
from dialogue_game.core.session.ballots import Round
from dialogue_game.core.story import Story
from dialogue_game.core.text import safe

BASE: Final = "https://dialogue-game.invalid/xapi"
"""What our own ids begin with. It names and is no address to ask: `.invalid` can belong to nobody
(RFC 6761, 6.4), so no later owner of a domain can take our words over, and stores that want an
account's home page to look like a URL are content. The vocabulary is the same everywhere; courses
and accounts may be put under an address that an organisation owns."""
PROFILE: Final = f"{BASE}/profile/v1"
"""The id of the version of our profile that statements keep to."""

_ADL: Final = "http://adlnet.gov/expapi"

VERBS: Final[Mapping[str, str]] = {
    name: f"{_ADL}/verbs/{name}"
    for name in (
        "initialized",
        "suspended",
        "resumed",
        "responded",
        "answered",
        "progressed",
        "experienced",
        "completed",
        "passed",
        "failed",
        "scored",
        "terminated",
    )
}

COURSE: Final = f"{_ADL}/activities/course"
SCENARIO: Final = "http://id.tincanapi.com/activitytype/scenario"
DECISION: Final = f"{_ADL}/activities/cmi.interaction"
GUIDELINE: Final = f"{_ADL}/activities/objective"
REFERENCE: Final = f"{_ADL}/activities/link"
PROFILE_TYPE: Final = f"{_ADL}/activities/profile"

PROGRESS: Final = "https://w3id.org/xapi/cmi5/result/extensions/progress"
CMI5: Final = "https://w3id.org/xapi/cmi5/context"
"""What cmi5's own categories and extensions begin with."""
ATTEMPT: Final = "http://id.tincanapi.com/extension/attempt-id"
MARKS: Final = f"{BASE}/extensions/marks"
VERDICT: Final = f"{BASE}/extensions/verdict"
ENDING: Final = f"{BASE}/extensions/ending"
REWOUND: Final = f"{BASE}/extensions/rewound-from"
ROUND: Final = f"{BASE}/extensions/round"
TALLY: Final = f"{BASE}/extensions/tally"


def verb(name: str) -> dict[str, Any]:
    """A verb of the list, as statements carry it. Raises KeyError."""
    return {"id": VERBS[name], "display": {"en": name}}


NAMESPACE: Final = UUID("6e2f6f0a-6f43-5d0c-9a39-0a4c5d7f1b53")
"""What our statement ids are derived under; never to be changed."""
PAUSE: Final = 30 * 60 * 1000
"""Milliseconds without an action after which the player was away; not counted as time spent."""
_LATEST: Final = (
    253_402_300_799_999  # the last millisecond that ISO 8601 has four digits for
)


class Moment(NamedTuple):
    """An event of a playthrough: its number in the stream from 1, and its UTC milliseconds."""

    seq: int
    at: int
    event: PlayEvent


@dataclass(frozen=True, slots=True)
class Learner:
    """Who plays, as a record store may know it: a random pseudonym and a registration.

    `names` are what the player typed, each with the time from which it holds: statements of
    earlier moments stay without it. So with `bases`, the addresses under which an organisation
    puts ids; an attempt keeps the one it began with. A group is known by its session alone.
    `language` is that of the course's texts.
    """

    pseudonym: str
    registration: str
    names: tuple[tuple[int, str], ...] = ()
    bases: tuple[tuple[int, str], ...] = ()
    language: str = "en"

    def base(self, began: int) -> str:
        """What the ids of courses and accounts begin with, in an attempt that began then."""
        return _value_at(self.bases, began) or BASE

    def actor(self, at: int, base: str, session: str = "") -> dict[str, Any]:
        """The agent, or the identified group without members that a session was."""
        if session:
            name = str(uuid5(NAMESPACE, f"session/{session}"))
            return {"objectType": "Group", "account": {"homePage": base, "name": name}}
        known = _value_at(self.names, at)
        agent: dict[str, Any] = {"objectType": "Agent"}
        if known:
            agent["name"] = safe(known)
        agent["account"] = {"homePage": base, "name": self.pseudonym}
        return agent

    def registered(self, session: str = "") -> str:
        """One per player and course; a group's session has one of its own, derived from it."""
        return (
            str(uuid5(UUID(self.registration), session))
            if session
            else self.registration
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One playthrough with what belongs to it from other streams.

    `earlier` is the id of the statement of the answer that a rewind took anew, "" where unknown;
    `rounds` a group's closed rounds of ballots by the decision's position, from 0. `left` is
    `analysis.graph.remaining` of the story, where it is at hand.
    """

    stream: str
    story: Story
    moments: Sequence[Moment]
    earlier: str = ""
    rounds: Mapping[int, Sequence[Round]] = field(default_factory=dict)
    left: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def start(self) -> PlaythroughStarted:
        """Its first event. Raises ValueError where that starts nothing."""
        first = self.moments[0].event if self.moments else None
        if isinstance(first, PlaythroughStarted):
            return first
        raise ValueError("a playthrough begins with its start")


def statement_id(stream: str, seq: int, part: str) -> str:
    """The id of what one event of a stream gives; `part` tells several of one event apart."""
    return str(uuid5(NAMESPACE, f"{stream}/{seq}/{part}"))


def timestamp(at: int) -> str:
    """UTC milliseconds as ISO 8601 with three decimals."""
    seconds, milliseconds = divmod(min(max(at, 0), _LATEST), 1000)
    # isoformat is four times faster than a format of one's own; it ends in +00:00.
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{milliseconds:03}Z"


def duration(milliseconds: int) -> str:
    """Milliseconds as an ISO 8601 duration in seconds with two decimals, as in `PT14.20S`."""
    return f"PT{milliseconds // 1000}.{milliseconds % 1000 // 10:02}S"


def _value_at(values: Sequence[tuple[int, str]], at: int) -> str:
    """What held at a moment; "" where nothing did yet."""
    return next((text for since, text in reversed(values) if since <= at), "")


def spent(moments: Sequence[Moment], place: int) -> int:
    """The milliseconds between one moment and the one before it that count as time spent."""
    gap = moments[place].at - moments[place - 1].at if place else 0
    return gap if 0 <= gap <= PAUSE else 0
