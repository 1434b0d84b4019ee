"""What leaves the program is made from this: each playthrough with its edition, and who played.

The player's pseudonym and registrations are random facts of the journal, made when they are first
needed. Everything here reads; only those facts are written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from dialogue_game.analysis.graph import remaining
from dialogue_game.app.game import Game
from dialogue_game.app.runs import language_of, runs_named
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.session.ballots import Round
from dialogue_game.core.session.fold import fold
from dialogue_game.core.session.session_events import SessionEvent
from dialogue_game.core.story import Story
from dialogue_game.errors import (
    ContentInvalid,
    JournalFull,
    JournalReadOnly,
    JournalUnreadable,
    NotFound,
    SettingsInvalid,
)
from dialogue_game.journal.store import Recorded, Store, StreamInfo
from dialogue_game.reporting.xapi_model import Attempt, Learner, Moment, statement_id
from dialogue_game.reporting.xapi_statements import Statement, statements

PSEUDONYM: Final = "records.pseudonym"
REGISTRATION: Final = "records.registration."
"""Followed by the course's id."""
PLAYER: Final = "records.player"
"""The random name of this player in tables; another one than in statements."""
NAMES: Final = "records.names"
"""What the player typed as a name: a JSON list of [UTC milliseconds, name]."""
BASES: Final = "records.bases"
"""What ids begin with, if not with ours: a JSON list of [UTC milliseconds, address]."""
LONGEST: Final = 200

Rounds = Mapping[int, Sequence[Round]]


@dataclass(slots=True)
class Records:
    """Playthroughs as attempts, read one by one; editions and sessions are opened once.

    `unread` collects the ids of playthroughs that could not be read; `unkept_name` says that the
    player's random name could not be kept, so that another export will have another one.
    """

    game: Game
    new_uuid: Callable[[], str] = field(default=lambda: str(uuid4()))
    unread: list[str] = field(default_factory=list)
    unkept_name: bool = False
    _editions: dict[str, Story | None] = field(default_factory=dict)
    _left: dict[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    _sessions: dict[str, Mapping[str, Rounds]] = field(default_factory=dict)
    _facts: dict[str, str] = field(default_factory=dict)

    def streams(self, story: str = "") -> tuple[StreamInfo, ...]:
        """The playthroughs (of a story), the earliest started first. Raises JournalError.

        A story is named by its id, that of this course where there is one of that id, or by
        `course/story`.
        """
        found = self.game.store.streams("playthrough")
        wanted = {run.id for run in runs_named(self.game, story)} if story else set()
        kept = (info for info in found if not story or info.id in wanted)
        return tuple(sorted(kept, key=lambda info: (info.started, info.id)))

    def attempts(self, streams: Iterable[StreamInfo]) -> Iterator[Attempt]:
        """These playthroughs; what cannot be read is named in `unread` and passed over."""
        for info in streams:
            try:
                yield self.attempt(info.id)
            except (NotFound, JournalUnreadable):
                self.unread.append(info.id)

    def attempt(self, playthrough: str) -> Attempt:
        """One playthrough. Raises NotFound, JournalError."""
        recorded = self.game.store.read(playthrough)
        moments = _moments(recorded)
        if not moments or not isinstance(moments[0].event, PlaythroughStarted):
            raise NotFound(f"“{playthrough}” is not a playthrough.")
        start = moments[0].event
        story = self._edition(start)
        if not _fits(story, moments):
            raise NotFound(f"“{playthrough}” does not fit its edition.")
        return Attempt(
            playthrough,
            story,
            moments,
            earlier=self._earlier(start.branched_from, start.branched_at),
            rounds=self._rounds(start.led_by).get(playthrough, {}),
            left=self._left[start.edition],
        )

    def statements_of(self, attempt: Attempt, after: int = 0) -> Iterator[Statement]:
        """The statements of an attempt's events above `after`."""
        return statements(attempt, self.learner(attempt.story.course), after)

    def learner(self, course: str) -> Learner:
        """Who played, as statements know it. Raises JournalError."""
        return Learner(
            self.fact(PSEUDONYM),
            self.fact(REGISTRATION + (course or "own")),
            _dated(self.store, NAMES),
            _dated(self.store, BASES),
            language_of(self.game, course)[0],
        )

    def fact(self, key: str) -> str:
        """A random fact of this journal, made at its first use.

        Where the journal cannot take it, it holds for this program's run: what is exported is then
        under a name of its own, rather than not at all. Raises JournalError.
        """
        if key not in self._facts:
            known = self.store.setting(key)
            if known is None:
                known = self.new_uuid()
                try:
                    self.store.put_setting(key, known)
                except (JournalReadOnly, JournalFull):
                    self.unkept_name = True
            self._facts[key] = known
        return self._facts[key]

    @property
    def store(self) -> Store:
        """The journal."""
        return self.game.store

    def _edition(self, start: PlaythroughStarted) -> Story:
        if start.edition not in self._editions:
            self._editions[start.edition] = story = self._opened(start)
            self._left[start.edition] = remaining(story) if story else {}
        if (found := self._editions[start.edition]) is None:
            raise NotFound(f"The edition of “{start.story}” is no longer here.")
        return found

    def _opened(self, start: PlaythroughStarted) -> Story | None:
        with suppress(NotFound, ContentInvalid):
            return self.game.edition(start.story, start.edition)
        return None

    def _earlier(self, playthrough: str, position: int, depth: int = 0) -> str:
        """The id of the answer to that decision in a playthrough, or in the one it came from."""
        if not playthrough or depth > 1000:
            return ""
        try:
            moments = _moments(self.store.read(playthrough))
        except (NotFound, JournalUnreadable):
            return ""
        start = moments[0].event if moments else None
        if isinstance(start, PlaythroughStarted) and position < start.branched_at:
            return self._earlier(start.branched_from, position, depth + 1)
        made = [
            moment.seq for moment in moments if isinstance(moment.event, ChoiceMade)
        ]
        return (
            statement_id(playthrough, made[position], "answered")
            if position < len(made)
            else ""
        )

    def _rounds(self, session: str) -> Mapping[str, Rounds]:
        """The closed rounds of a session, by playthrough and position; none where it is gone."""
        if not session:
            return {}
        if session not in self._sessions:
            try:
                self._sessions[session] = _rounds_of(self.store.read(session))
            except (NotFound, JournalUnreadable, ValueError, LookupError):
                self._sessions[session] = {}
        return self._sessions[session]


def rename(store: Store, name: str, now: int) -> None:
    """Use a name in statements from now on; "" for none. Raises JournalError."""
    known = [*_dated(store, NAMES), (now, name.strip()[:LONGEST])]
    store.put_setting(NAMES, json.dumps(known))


def rebase(store: Store, base: str, now: int) -> str:
    """Let the ids of attempts that begin from now on begin with an address; "" for ours.

    The address as it is used. Raises SettingsInvalid where it is none, JournalError.
    """
    address = _address(base.strip()) if base.strip() else ""
    store.put_setting(BASES, json.dumps([*_dated(store, BASES), (now, address)]))
    return address


def _address(text: str) -> str:
    """An address that ids can begin with. Raises SettingsInvalid."""
    try:
        parts = urlsplit(text)
        named = parts.scheme in ("https", "http") and parts.hostname and parts.port != 0
    except ValueError:
        named = False
    plain = (
        text.isascii() and text.isprintable() and not set(text) & set(' <>"{}|\\^`?#@')
    )
    if not (named and plain and len(text) <= LONGEST):
        raise SettingsInvalid(
            "Ids cannot begin with that.",
            "Write an address that you own, like https://learning.example.org/dialogues",
        )
    return text.rstrip("/")


def _dated(store: Store, key: str) -> tuple[tuple[int, str], ...]:
    """Texts that the player set, each with the time from which it holds."""
    try:
        known = json.loads(store.setting(key) or "[]")
        return tuple((int(since), str(text)) for since, text in known)
    except (ValueError, TypeError):
        return ()


def _moments(recorded: Iterable[Recorded]) -> list[Moment]:
    return [
        Moment(item.seq, item.at, item.event)
        for item in recorded
        if isinstance(item.event, PlayEvent)
    ]


def _fits(story: Story, moments: Iterable[Moment]) -> bool:
    """Whether every choice is one of this edition's."""
    made = (moment.event for moment in moments if isinstance(moment.event, ChoiceMade))
    scenes = story.scenes
    return all(e.scene in scenes and e.choice in scenes[e.scene].choices for e in made)


def _rounds_of(recorded: Iterable[Recorded]) -> dict[str, Rounds]:
    session = fold(
        (r.event, r.at) for r in recorded if isinstance(r.event, SessionEvent)
    )
    found: dict[str, Rounds] = {}
    for number, path in enumerate(session.paths):
        deliberations = [d for d in session.deliberations if d.path == number]
        rounds: dict[int, Sequence[Round]] = {}
        for position, decision in enumerate(deliberations, path.branched_at):
            closed = takewhile(lambda round_: round_.closed, decision.rounds)
            rounds[position] = tuple(closed)
        found[path.playthrough] = rounds
    return found
