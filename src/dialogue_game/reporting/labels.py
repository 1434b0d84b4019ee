"""How marks, verdicts and verification are said, the same on every face and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogue_game.core.course import Reference
from dialogue_game.core.profile import GuidelineResult

VERDICTS: Final[Mapping[str, str]] = {
    "not tested": "not tested on this road",
    "passed by": "at stake, but none of your choices touched it",
    "upheld": "upheld",
    "strained": "strained",
    "breached": "breached",
    "mixed": "mixed: upheld here, strained there",
}

VERIFIED: Final[Mapping[str, str]] = {
    "yes": "Content checked against a source.",
    "partly": "Content checked in part; see the original before you rely on it.",
    "no": "Content not checked; see the original before you rely on it.",
}


REPAIRED: Final = "breached, then repaired"
EARNED: Final = "{earned} of {at_stake}"
NOTHING_AT_STAKE: Final = "nothing at stake"
BINDING: Final = "Binding: staff must."
GUIDANCE: Final = "Guidance: staff should."


def verdict_words(result: GuidelineResult) -> str:
    """The verdict as a person would say it."""
    if result.repaired:
        return REPAIRED
    return VERDICTS[result.verdict]


def force_words(reference: Reference) -> str:
    """Whether it binds ("must") or guides ("should")."""
    return BINDING if reference.binding else GUIDANCE


def earned_words(earned: int, at_stake: int) -> str:
    """Earned of at stake, as numbers."""
    return EARNED.format(earned=earned, at_stake=at_stake) if at_stake else NOTHING_AT_STAKE


def sentence(text: str) -> str:
    """The text with a full stop, where it ends in no mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
