"""A debrief's first page in words, the same on every front end: the run as a story about you."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from dialogue_game.core.debrief import Debrief, Holding
from dialogue_game.core.story import Story, TransferOption
from dialogue_game.reporting.comparison import quoted

QUESTIONS_FIRST: Final = 3
"""Questions that are shown at once; the others are there for whoever asks."""
TITLES: Final[Mapping[str, str]] = {
    "pattern": "What you tend to do",
    "moments": "Moments that decided",
    "protected": "What you protected",
    "paid": "What you paid with",
    "what_if": "What if?",
    "path": "Your path",
    "questions": "Questions to think or talk about",
    "questions_others": "More questions",
    "monday": "On Monday I will …",
    "what_next": "What next?",
}
COMES_OF: Final = "{why} On balance: {soundness}."
SOUNDNESS: Final = {True: "sound", False: "less sound"}
"""How sound an answer to a new situation is; it is said after what comes of it."""
WHAT_IF: Final[Mapping[str, str]] = {
    "question": "What if you had chosen “{option}”?",
    "never_seen": "You have never seen what comes of it.",
    "touches": "It touches: {guidelines}.",
}


class Remark(NamedTuple):
    """One thing that is said of a run; `at` is what was chosen there."""

    text: str
    at: str = ""


class Passage(NamedTuple):
    """Remarks under a title."""

    title: str
    remarks: tuple[Remark, ...]


def about_you(look_back: Debrief) -> tuple[Passage, ...]:
    """Pattern, moments, what was protected and what was paid with; only what the run shows."""
    found: dict[str, tuple[Remark, ...]] = {}
    if look_back.pattern.text:
        found["pattern"] = (Remark(look_back.pattern.text),)
    if look_back.moments:
        found["moments"] = tuple(
            Remark(moment.why, _at(look_back, moment.scene, moment.choice))
            for moment in look_back.moments
        )
    found |= dict(_holdings(look_back))
    return tuple(Passage(TITLES[name], remarks) for name, remarks in found.items())


def questions(story: Story, look_back: Debrief) -> tuple[list[str], list[str]]:
    """The questions to begin with, those met on the path first; and all others."""
    asked = [*look_back.passed_questions, *look_back.other_questions]
    texts = [story.questions[question] for question in asked]
    return texts[:QUESTIONS_FIRST], texts[QUESTIONS_FIRST:]


def comes_of(option: TransferOption) -> str:
    """What comes of an answer to a new situation, and after it how sound that is on balance."""
    return COMES_OF.format(why=option.why, soundness=SOUNDNESS[option.sound])


def _holdings(look_back: Debrief) -> Iterator[tuple[str, tuple[Remark, ...]]]:
    kept: Mapping[str, Holding | None]
    kept = {"protected": look_back.protected, "paid": look_back.paid}
    for name, holding in kept.items():
        if holding is not None:
            at = _at(look_back, holding.scene, holding.choice)
            yield name, (Remark(holding.text, at),)


def _at(look_back: Debrief, scene: str, choice: str) -> str:
    """The chosen words. A scene met twice is told as it was last met."""
    made = (scene, choice)
    step = next(
        step
        for step in reversed(look_back.path)
        if (step.decision.scene, step.decision.chosen.id) == made
    )
    return quoted(step.consequence.choice_text)
