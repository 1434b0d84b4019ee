"""The steps of a session: their order, the agenda's parts they belong to, their usual length.

A full decision goes scene, commit, vote, talk, vote again, reveal, minority, consequence,
coaching (facilitation of peer instruction: commit before you talk, talk before you see the
count). A quick one goes scene, consequence, coaching: a show of hands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WELCOME: Final = "welcome"
SCENE: Final = "scene"
COMMIT: Final = "commit"
VOTE: Final = "vote"
TALK: Final = "talk"
VOTE_AGAIN: Final = "vote_again"
REVEAL: Final = "reveal"
MINORITY: Final = "minority"
CONSEQUENCE: Final = "consequence"
COACHING: Final = "coaching"
ENDING: Final = "ending"
COMPARISON: Final = "comparison"
TAKEAWAYS: Final = "takeaways"
CONTACTS: Final = "contacts"
PROFILE: Final = "profile"
MONDAY: Final = "monday"
EVALUATION: Final = "evaluation"
RECORD: Final = "record"

DECISION: Final = (
    SCENE, COMMIT, VOTE, TALK, VOTE_AGAIN, REVEAL, MINORITY, CONSEQUENCE, COACHING,
)  # fmt: skip
CLOSING: Final = (TAKEAWAYS, CONTACTS, PROFILE, MONDAY, EVALUATION, RECORD)
STEPS: Final = (WELCOME, *DECISION, ENDING, COMPARISON, *CLOSING)

VOTING: Final = (VOTE, VOTE_AGAIN)
"""Where ballots are cast."""
REVEALED: Final = (REVEAL, MINORITY, CONSEQUENCE, COACHING)
"""Where the rounds of a decision may be seen, once all of them are closed."""

FULL: Final = "full"
HANDS: Final = "hands"

COMPARISON_PART: Final = "comparison"
CLOSING_PART: Final = "closing"

_FULL_SECONDS: Final[Mapping[str, int]] = {
    SCENE: 75, COMMIT: 45, VOTE: 30, TALK: 240, VOTE_AGAIN: 30, REVEAL: 45, MINORITY: 60,
    CONSEQUENCE: 45, COACHING: 45,
}  # fmt: skip
_HANDS_SECONDS: Final[Mapping[str, int]] = {SCENE: 45, CONSEQUENCE: 25, COACHING: 20}
FULL_ROUND: Final = sum(_FULL_SECONDS.values())
"""Seconds that a full decision takes in a scenario of 30 minutes: a little over ten minutes."""
QUICK_ROUND: Final = sum(_HANDS_SECONDS.values())
"""Seconds that a show of hands takes."""
_CLOSING_SHARES: Final[Mapping[str, float]] = {
    TAKEAWAYS: 0.3, CONTACTS: 0.2, PROFILE: 0.2, MONDAY: 0.1, EVALUATION: 0.2, RECORD: 0.0,
}  # fmt: skip
_ENDING_SECONDS: Final = 60
USUAL_SCENARIO: Final = 30 * 60
"""Seconds of a scenario that the usual lengths are made for."""


def scale(scenario_seconds: float) -> float:
    """How much shorter or longer steps are in a scenario with this budget."""
    return min(max(scenario_seconds / USUAL_SCENARIO, 0.5), 1.5)


def usual_seconds(step: str, form: str, part_seconds: float) -> int:
    """How long a step usually takes, given its form and the budget of its part."""
    if step in CLOSING:
        return round(part_seconds * _CLOSING_SHARES[step])
    if step in (WELCOME, COMPARISON):
        return round(part_seconds)
    usual = _HANDS_SECONDS if form == HANDS else _FULL_SECONDS
    return round(usual.get(step, _ENDING_SECONDS) * scale(part_seconds))


def following_decision(step: str, form: str) -> str:
    """The step after one of a decision's; "" after coaching, where the story says what is next."""
    if step == SCENE and form == HANDS:
        return CONSEQUENCE
    place = DECISION.index(step) + 1
    return DECISION[place] if place < len(DECISION) else ""


def following_closing(step: str) -> str:
    """The step after one of the closing's; "" after the record."""
    place = CLOSING.index(step) + 1
    return CLOSING[place] if place < len(CLOSING) else ""
