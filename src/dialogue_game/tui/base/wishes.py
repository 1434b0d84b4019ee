"""What a screen may ask for that is not its own to do: messages up, answered by `ways`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from dialogue_game.app.session.facilitation import Facilitation
    from dialogue_game.app.session.shared_view import SharedView
    from dialogue_game.core.session.events import SessionStarted


class Wish(Message):
    """Somewhere to go. Screens post it and know nothing of one another."""


@dataclass
class ShowHistory(Wish):
    """All playthroughs; with `beside`, those that can be laid beside that run."""

    beside: str = ""


@dataclass
class ShowMap(Wish):
    """The story as the player knows it."""

    story: str


@dataclass
class OpenRun(Wish):
    """A playthrough: its debrief, or on from where it was left."""

    run: str


@dataclass
class PickDecision(Wish):
    """The decisions of a run, one of which is to be taken anew."""

    run: str


@dataclass
class Replay(Wish):
    """A new playthrough that stands before a decision (from 0) of a run."""

    run: str
    decision: int


@dataclass
class Compare(Wish):
    """Two runs side by side; the second may be another person's file."""

    run: str
    other: str | Path


@dataclass
class AskQuestion(Wish):
    """The question on an earlier guideline that is due."""


@dataclass
class ExportRun(Wish):
    """A run written to a file; the person says which."""

    run: str


@dataclass
class CompareFile(Wish):
    """A run beside another person's exported one; the person says which file."""

    run: str


@dataclass
class DeleteRun(Wish):
    """A run deleted for good, once the person has said so; then `done`."""

    run: str
    done: Callable[[], None]


@dataclass
class Prepare(Wish):
    """The page on which a session for a group is prepared."""


@dataclass
class Lead(Wish):
    """A new session for a group, as planned; `over` closes when the session is left."""

    planned: SessionStarted
    over: Screen[str]


@dataclass
class LeadOn(Wish):
    """A session that was left, where it was left; `over` closes when it is left again."""

    session: str
    over: Screen[str]


class Led(Protocol):
    """A shared screen, as what opens over it knows it."""

    leading: Facilitation
    view: SharedView

    def do(self, command: str) -> str:
        """Obey one command of a session; the sentence where it was refused, "" where not."""


@dataclass
class OpenOver(Wish):
    """What is asked for by name, over a shared screen: a line to write, the agenda, the notes."""

    room: Led
    name: str
