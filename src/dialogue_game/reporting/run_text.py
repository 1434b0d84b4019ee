"""A run in words: the debrief's first page, and two runs of a story side by side.

The same on every front end; the comparison also as data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from dialogue_game.core.comparison import (
    Comparison,
    GuidelineDifference,
    Opening,
    Row,
    Side,
)
from dialogue_game.core.debrief import Debrief, Highlight, PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.story import Story, TransferOption
from dialogue_game.reporting.labels import earned_text, sentence, verdict_text
from dialogue_game.reporting.play_data import (
    ending_data,
    mark_data,
    stake_data,
    verdict_data,
)

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
TRANSFER_RESULT: Final = "{why} On balance: {soundness}."
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


def run_remarks(debrief: Debrief) -> tuple[Passage, ...]:
    """Pattern, moments, what was protected and what was paid with; only what the run shows."""
    found: dict[str, tuple[Remark, ...]] = {}
    if debrief.pattern.text:
        found["pattern"] = (Remark(debrief.pattern.text),)
    if debrief.moments:
        found["moments"] = tuple(
            Remark(moment.why, _at(debrief, moment.scene, moment.choice))
            for moment in debrief.moments
        )
    found |= dict(_holdings(debrief))
    return tuple(Passage(TITLES[name], remarks) for name, remarks in found.items())


def questions(story: Story, debrief: Debrief) -> tuple[list[str], list[str]]:
    """The questions to begin with, those met on the path first; and all others."""
    ids = [*debrief.passed_questions, *debrief.other_questions]
    texts = [story.questions[question] for question in ids]
    return texts[:QUESTIONS_FIRST], texts[QUESTIONS_FIRST:]


def transfer_result(option: TransferOption) -> str:
    """What comes of an answer to a new situation, and after it how sound that is on balance."""
    return TRANSFER_RESULT.format(why=option.why, soundness=SOUNDNESS[option.sound])


def _holdings(debrief: Debrief) -> Iterator[tuple[str, tuple[Remark, ...]]]:
    kept: Mapping[str, Highlight | None]
    kept = {"protected": debrief.protected, "paid": debrief.paid}
    for name, holding in kept.items():
        if holding is not None:
            at = _at(debrief, holding.scene, holding.choice)
            yield name, (Remark(holding.text, at),)


def _at(debrief: Debrief, scene: str, choice: str) -> str:
    """The chosen words. A scene met twice is told as it was last met."""
    made = (scene, choice)
    step = next(
        step
        for step in reversed(debrief.path)
        if (step.decision.scene, step.decision.chosen.id) == made
    )
    return quoted(step.consequence.choice_text)


PLAYER_NAMES: Final[Mapping[str, str]] = {
    "you": "you",
    "group": "the group",
    "other": "the other person",
}

COMPARISON_TEXTS: Final[Mapping[str, str]] = {
    "same_run": "Both runs took the same road.",
    "same_run_other_ending": (
        "Both runs took the same road, and it led to different endings."
    ),
    "another_choice": "{first} chose {left} In the other run {second} chose {right}",
    "first_stopped": (
        "The first run stopped here; in the other run {walker} went on and chose {choice}"
    ),
    "other_stopped": "The other run stopped here; {walker} went on and chose {choice}",
    "another_place": (
        "The same choices led to different places: the story was edited in between."
    ),
    "same_ending": "Both runs ended in “{ending}”.",
    "endings": "This run {left}. The other run {right}.",
    "ended": "ended in “{ending}”",
    "not_ended": "has not ended",
    "guideline_same": "Guideline {number}, {short}: {left}, in both runs.",
    "guideline_differs": "Guideline {number}, {short}: {left}; in the other run {right}.",
    "no_guideline": "not part of this edition",
    "opened": "At “{scene}” it opened {option}",
    "closed": "At “{scene}” it closed {option} {locked}",
}
"""What a comparison says, with its holes; the exported page says the same."""


def quoted(text: str) -> str:
    """A label in quotes, with a full stop where it ends in none."""
    return f"“{sentence(' '.join(text.split()))}”"


def choice_of(step: PathStep) -> str:
    """What was chosen in a step, in quotes."""
    return quoted(step.consequence.choice_text)


def divergence_text(comparison: Comparison) -> str:
    """Where the paths part, for a reader: "You chose “…” In the other run you chose “…”"."""
    row = comparison.parted
    first, second = (
        PLAYER_NAMES[comparison.left.who],
        PLAYER_NAMES[comparison.right.who],
    )
    if row is None:
        same = comparison.parting == "same road"
        return COMPARISON_TEXTS["same_run" if same else "same_run_other_ending"]
    if row.left and row.right:
        return COMPARISON_TEXTS["another_choice"].format(
            first=_start(first),
            second=second,
            left=choice_of(row.left),
            right=choice_of(row.right),
        )
    step = row.left or row.right
    if comparison.parting == "one stopped" and step is not None:
        sentence, went = (
            ("first_stopped", second) if row.right else ("other_stopped", first)
        )
        return COMPARISON_TEXTS[sentence].format(walker=went, choice=choice_of(step))
    return COMPARISON_TEXTS["another_place"]


def divergence_place(comparison: Comparison) -> str:
    """Where that was: the scene's title and the decision's number."""
    row = comparison.parted
    step = (row.left or row.right) if row else None
    if step is None:
        return ""
    return f"{step.before.title}, decision {step.decision.position + 1}"


def ending_text(side: Side) -> str:
    """The ending of one side, or that it has none yet."""
    if side.ending is None:
        return COMPARISON_TEXTS["not_ended"]
    return COMPARISON_TEXTS["ended"].format(ending=side.ending.title)


def endings_text(comparison: Comparison) -> str:
    """Both endings in one sentence."""
    left, right = comparison.left, comparison.right
    if left.ending and right.ending and left.ending.ending == right.ending.ending:
        return COMPARISON_TEXTS["same_ending"].format(ending=left.ending.title)
    return COMPARISON_TEXTS["endings"].format(
        left=ending_text(left), right=ending_text(right)
    )


def guideline_text(difference: GuidelineDifference) -> str:
    """One guideline on both paths, in words and numbers."""
    known = difference.guideline
    sentence = "guideline_differs" if difference.differs else "guideline_same"
    return COMPARISON_TEXTS[sentence].format(
        number=known.number,
        short=known.short,
        left=_result_text(difference.left),
        right=_result_text(difference.right),
    )


def opening_text(opening: Opening, *, after: str = "right") -> str:
    """One door that the difference opened or closed, seen from the side `after`."""
    sentence = "opened" if opening.open_on == after else "closed"
    return (
        COMPARISON_TEXTS[sentence]
        .format(scene=opening.title, option=quoted(opening.text), locked=opening.locked)
        .rstrip()
    )


def cause_lines(comparison: Comparison) -> tuple[str, ...]:
    """What another choice changed: the run it branched from on the left, the new one right."""
    row = comparison.parted
    if row is None or row.left is None or row.right is None:
        return ()
    lines = [f"You chose {choice_of(row.right)} Before, it was {choice_of(row.left)}"]
    left, right = comparison.left.ending, comparison.right.ending
    if left and right and left.ending == right.ending:
        lines.append(f"It came to the same ending: “{right.title}”.")
    elif left and right:
        lines.append(f"It ended in “{right.title}” rather than in “{left.title}”.")
    for difference in comparison.guidelines:
        if (
            difference.left
            and difference.right
            and _turned(difference.left, difference.right)
        ):
            known = difference.guideline
            before, now = (
                verdict_text(difference.left),
                verdict_text(difference.right),
            )
            lines.append(
                f"Guideline {known.number}, {known.short}: {now}. Before: {before}."
            )
    lines += [opening_text(opening) for opening in comparison.openings]
    return (*lines, _sole_cause_text(comparison))


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """The value of `compare --json`."""
    return {
        "story": comparison.story,
        "title": comparison.title,
        "one_edition": comparison.one_edition,
        "left": _side_data(comparison.left),
        "right": _side_data(comparison.right),
        "shared": [_step_data(step) for step in comparison.shared],
        "parting": comparison.parting,
        "said": divergence_text(comparison),
        "rows": [_row_data(row) for row in comparison.rows],
        "openings": [
            {
                "scene": opening.scene,
                "choice": opening.choice,
                "text": opening.text,
                "open_on": opening.open_on,
                "locked": opening.locked,
            }
            for opening in comparison.openings
        ],
        "guidelines": [_difference_data(item) for item in comparison.guidelines],
    }


def _start(word: str) -> str:
    return word[0].upper() + word[1:]


def _result_text(result: GuidelineResult | None) -> str:
    if result is None:
        return COMPARISON_TEXTS["no_guideline"]
    words = verdict_text(result)
    if not result.stake.at_stake:
        return words
    return f"{words} ({earned_text(result.stake.earned, result.stake.at_stake)})"


def _turned(left: GuidelineResult, right: GuidelineResult) -> bool:
    return (left.verdict, left.repaired) != (right.verdict, right.repaired)


def _sole_cause_text(comparison: Comparison) -> str:
    """Whether that one choice is the cause of it all, as far as the two paths can tell."""
    others = sum(
        1 for row in comparison.rows[1:] if row.left and row.right and not row.alike
    )
    if others:
        times = "once" if others == 1 else f"{others} times"
        return f"Later you chose differently {times} more, so not all of it comes from this choice."
    if any(row.left is None or row.right is None for row in comparison.rows[1:]):
        return "It led to other scenes; where the roads met again, you chose alike."
    return (
        "Everything after it you chose alike, so this is what that one choice changed."
    )


def _side_data(side: Side) -> dict[str, Any]:
    return {
        "run": side.run,
        "who": side.who,
        "edition": side.edition,
        "choices": len(side.steps),
        "ending": ending_data(side.ending),
        **stake_data(side.profile.overall),
    }


def _step_data(step: PathStep | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "decision": step.decision.position + 1,
        "scene": step.decision.scene,
        "title": step.before.title,
        "choice": step.decision.chosen.id,
        "choice_text": step.consequence.choice_text,
        "consequence": "\n\n".join(step.consequence.text),
        "marks": [mark_data(mark) for mark in step.consequence.marks],
        "earned": step.stake.earned,
        "at_stake": step.stake.at_stake,
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "left": _step_data(row.left),
        "right": _step_data(row.right),
        "alike": row.alike,
    }


def _difference_data(item: GuidelineDifference) -> dict[str, Any]:
    return {
        "id": item.guideline.id,
        "differs": item.differs,
        "said": guideline_text(item),
        "left": verdict_data(item.left) if item.left else None,
        "right": verdict_data(item.right) if item.right else None,
    }
