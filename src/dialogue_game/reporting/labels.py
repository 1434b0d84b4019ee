"""How marks, verdicts and verification are said, the same on every front end and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogue_game.core.course import Reference
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.state import Consequence
from dialogue_game.core.story import Story

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
FORCE: Final[Mapping[str, str]] = {
    "binding": "Binding: staff must.",
    "guidance": "Guidance: staff should.",
    "judgment": "Judgment: a tribunal decided one case.",
    "office": "Office: a place to turn to.",
    "unknown": "Not seen: how far it binds is not known here.",
}
"""How far each kind of reference binds, in a word and what follows from it."""
DEFENSIBLE: Final = "A reasonable colleague could choose this."
SETTLED: Final = "What the rule settles: {settled}"
ENDS: Final[Mapping[str, str]] = {
    "good": "it goes well",
    "mixed": "it goes partly well",
    "poor": "it goes badly",
}
"""How an ending goes, by its kind; of a neutral one nothing is said."""


def skipped_words(decisions: int, pages: int) -> str:
    """What was gone through as on the path before."""
    parts = (
        [f"{decisions} decision{'' if decisions == 1 else 's'}"] if decisions else []
    )
    parts += [f"{pages} page{'' if pages == 1 else 's'}"] if pages else []
    return (
        f"As on the path before: {', '.join(parts)}."
        if parts
        else "What comes now differs."
    )


def verdict_words(result: GuidelineResult) -> str:
    """The verdict as a person would say it."""
    if result.repaired:
        return REPAIRED
    return VERDICTS[result.verdict]


def force_words(reference: Reference) -> str:
    """How far it binds."""
    return FORCE[reference.known_force]


def coaching_notes(consequence: Consequence) -> tuple[str, ...]:
    """What the coaching says beside marks and references.

    That the choice can be defended, its own caveat, and what the rule settles in its scene.
    """
    notes = (
        DEFENSIBLE if consequence.defensible else "",
        consequence.coaching,
        SETTLED.format(settled=consequence.settled) if consequence.settled else "",
    )
    return tuple(note for note in notes if note)


def earned_words(earned: int, at_stake: int) -> str:
    """Earned of at stake, as numbers."""
    return (
        EARNED.format(earned=earned, at_stake=at_stake)
        if at_stake
        else NOTHING_AT_STAKE
    )


def who_you_are(story: Story, person: str) -> str:
    """Whose eyes one sees with, as a short sentence; nothing where the story does not say."""
    if not person:
        return ""
    member = story.cast.get(person)
    name = story.name_of(person)
    role = member.role if member else ""
    if name.casefold() == "you":
        return f"You: {role}" if role else ""
    return f"You are {name}, {role}" if role else f"You are {name}"


def length_words(story: Story, least: int, most: int) -> str:
    """How long a story takes: minutes, and decisions between these two numbers."""
    minutes = f"{story.minutes} minutes, " if story.minutes else ""
    about = "" if least == most else "about "
    return f"{minutes}{about}{round((least + most) / 2)} decisions"


def sentence(text: str) -> str:
    """The text with a full stop, where it ends in no mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def progress_words(made: int, least: int, most: int) -> str:
    """Where in a story one is: `made` decisions lie behind, `least` to `most` ahead."""
    if most == 0:
        return "The last page"
    total = made + round((least + most) / 2)
    about = "" if least == most else "about "
    return f"Decision {made + 1} of {about}{max(total, made + 1)}"
