"""Past-tense facts, recorded and never altered; everything else is folded from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaythroughStarted:
    """A run of one edition of a story began.

    `branched_from` is the playthrough that a rewind left, `branched_at` how many of its choices
    the new one shares (their events follow as copies). `led_by` is a group session's stream.
    `seed` decides the order of options where the story shuffles them; 0 keeps the author's.
    `place` is where the course stood: its folder, the file of a story alone, or `shipped`; "" where
    it is not known.
    """

    story: str
    edition: str
    branched_from: str = ""
    branched_at: int = 0
    led_by: str = ""
    seed: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """The player took this choice in this scene."""

    scene: str
    choice: str


@dataclass(frozen=True, slots=True)
class Continued:
    """The player read on from this continue page."""

    scene: str


@dataclass(frozen=True, slots=True)
class ReferenceOpened:
    """The player opened a reference card."""

    reference: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The player looked closer at one detail of an exhibit."""

    scene: str
    exhibit: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reflected:
    """The player wrote a line of their own; the newest one counts."""

    text: str


@dataclass(frozen=True, slots=True)
class TransferAnswered:
    """The player answered a transfer item with its option of that number, from 0."""

    item: str
    option: int


PlayEvent = (
    PlaythroughStarted
    | ChoiceMade
    | Continued
    | ReferenceOpened
    | Looked
    | Reflected
    | TransferAnswered
)
"""What a playthrough's stream may hold."""
