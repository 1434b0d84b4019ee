"""Teaching: choices that say what they do and why, questions, and give-aways of the best option.

About scored stories only: aids and tutorials are exempt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dialogue_game.analysis.fairness import Fairness
from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.core.story import Choice, Scene

LONGER_BY: Final = 1.25
"""How many times the next longest label a best option may be before it gives itself away."""
BIASED_FROM: Final = 6
"""Decisions with one best option, before its position can be called a habit."""
BIASED_SHARE: Final = 0.6
FAIR_FROM_SCENES: Final = 6
"""Stories of fewer scenes have too few decisions for chances to mean anything."""
RANDOM_MEAN: Final = (35, 65)
HABIT_MOST: Final = 75
RAREST_ENDING: Final = 0.005


def bare_choices(subject: Subject) -> Iterator[Finding]:
    """DG301 to DG304: a choice without consequence, mark, reference, or a mark without a why."""
    for scene, choice in subject.story.choices():
        here = ("scenes", scene.id, "choices", choice.id)
        name = f"{scene.id}.{choice.id}"
        if not any(paragraph.text.strip() for paragraph in choice.consequence):
            message = f"{name} has no consequence."
            advice = "Show what happens at once, and by which mechanism."
            yield finding("DG301", subject.at(*here), message, advice)
        if not choice.marks and not choice.tonal:
            message = f"{name} has no mark."
            advice = "Say what it does to a guideline, or mark it tonal: true."
            yield finding("DG302", subject.at(*here), message, advice)
        if not choice.references and not choice.tonal:
            message = f"{name} cites no reference."
            advice = "Name the provision behind it, or mark it tonal: true."
            yield finding("DG303", subject.at(*here), message, advice)
        for number, mark in enumerate(choice.marks):
            if not mark.why.strip():
                message = f"{name} {mark.word} {mark.guideline} and does not say why."
                advice = "Give the reason in one or two sentences."
                yield finding("DG304", subject.at(*here, "marks", number), message, advice)


def telling_lengths(subject: Subject) -> Iterator[Finding]:
    """DG308: an option that is best on every mark and by far the longest to read."""
    for scene in subject.story.scenes.values():
        choice = _dominant(scene)
        if choice is None:
            continue
        others = [len(c.text) for c in scene.choices.values() if c is not choice]
        if len(choice.text) >= LONGER_BY * max(others):
            yield finding(
                "DG308",
                subject.at("scenes", scene.id, "choices", choice.id, "text"),
                f"{scene.id}.{choice.id} is best on every mark and also the longest option.",
                "Shorten it, or give the others as much to say.",
            )


def _dominant(scene: Scene) -> Choice | None:
    """The option that is nowhere worse than another and best overall, if there is one."""
    choices = list(scene.choices.values())
    if len(choices) < 2:
        return None
    best = max(choices, key=lambda choice: choice.worth)
    if sum(choice.worth == best.worth for choice in choices) > 1:
        return None
    own = _worths(best)
    for other in choices:
        theirs = _worths(other)
        if any(own.get(g, 0) < theirs.get(g, 0) for g in {*own, *theirs}):
            return None
    return best


def _worths(choice: Choice) -> Mapping[str, int]:
    worths: dict[str, int] = {}
    for mark in choice.marks:
        worths[mark.guideline] = worths.get(mark.guideline, 0) + mark.weight
    return worths


def telling_positions(subject: Subject) -> Iterator[Finding]:
    """DG309: best options that stand too often in the same place."""
    counts: dict[int, int] = {}
    for scene in subject.story.scenes.values():
        worths = [choice.worth for choice in scene.choices.values()]
        if len(worths) > 1 and worths.count(max(worths)) == 1:
            position = worths.index(max(worths))
            counts[position] = counts.get(position, 0) + 1
    total = sum(counts.values())
    for position, count in counts.items():
        if total >= BIASED_FROM and count > BIASED_SHARE * total:
            yield finding(
                "DG309",
                subject.at("scenes"),
                f"The best option stands in place {position + 1} at {count} of {total} decisions.",
                "Vary its position.",
            )


def questions(subject: Subject) -> Iterator[Finding]:
    """DG310 and DG405: each question is discussed once."""
    first: dict[str, str] = {}
    for scene in subject.story.scenes.values():
        for number, question in enumerate(scene.discuss):
            if first.setdefault(question, scene.id) != scene.id:
                yield finding(
                    "DG405",
                    subject.at("scenes", scene.id, "discuss", number),
                    f"“{question}” is asked in “{first[question]}” already.",
                    "Ask each question once, where it bites.",
                )
    for question in subject.story.questions:
        if question not in first:
            yield finding(
                "DG310",
                subject.at("questions", question),
                f"No scene discusses the question “{question}”.",
                "Name it in a scene's discuss.",
            )


def fair_scoring(subject: Subject, fair: Fairness) -> Iterator[Finding]:
    """DG311 and DG313: the measures of fair scoring."""
    for road in fair.best_faults:
        yield finding(
            "DG313",
            subject.at(),
            "Whoever takes the best option at every decision "
            f"{road.fault}. The road: {', '.join(road.walk[-6:])}.",
            "Let the best way through be a good one.",
        )
    if len(subject.story.scenes) < FAIR_FROM_SCENES:
        return
    for message, advice in _unfair(subject, fair):
        yield finding("DG311", subject.at(), message, advice)


def _unfair(subject: Subject, fair: Fairness) -> Iterator[tuple[str, str]]:
    low, high = RANDOM_MEAN
    if fair.mean is not None and not low <= fair.mean <= high:
        yield (
            f"Random players average {fair.mean:.0f} %, outside {low} to {high} %.",
            "Make poor options more tempting, or good ones less plain.",
        )
    for habit, percent in fair.habits.items():
        if percent is not None and percent >= HABIT_MOST:
            yield (
                f"Always taking the {habit} option earns {percent:.0f} % ({HABIT_MOST} or more).",
                "Vary where the best option stands and how long it is.",
            )
    for ending, share in fair.endings.items():
        if share < RAREST_ENDING and subject.reached(ending):
            yield (
                f"The ending “{ending}” is reached by {100 * share:.2f} % of random plays.",
                f"Open it to at least {100 * RAREST_ENDING} %.",
            )


RULES = (bare_choices, telling_lengths, telling_positions, questions)
