"""Teaching: choices that say what they do and why, questions, and the best path.

About scored stories only: aids and tutorials are exempt.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogue_game.analysis.fairness import Fairness
from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.subject import Subject


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
                yield finding(
                    "DG304", subject.at(*here, "marks", number), message, advice
                )


def questions(subject: Subject) -> Iterator[Finding]:
    """DG310 and DG405: each question is discussed once."""
    first: dict[str, str] = {}
    for scene in subject.story.scenes.values():
        for number, question in enumerate(scene.discuss):
            if (
                question in scene.discuss[:number]
                or first.setdefault(question, scene.id) != scene.id
            ):
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


def transfer_items(subject: Subject) -> Iterator[Finding]:
    """DG329: a new situation that asks nothing, because all its answers are sound, or none is."""
    for name, item in subject.story.transfer.items():
        sound = [option.sound for option in item.options]
        if all(sound) or not any(sound):
            yield finding(
                "DG329",
                subject.at("transfer", name),
                f"{'Every' if all(sound) else 'No'} answer of “{name}” is sound.",
                "Give it an answer that is sound and one that is not.",
            )


def best_paths(subject: Subject, fair: Fairness) -> Iterator[Finding]:
    """DG313: taking the best option everywhere breaches something or ends poorly."""
    for path in fair.best_faults:
        yield finding(
            "DG313",
            subject.at(),
            "Whoever takes the best option at every decision "
            f"{path.fault}. The path: {', '.join(path.walk[-6:])}.",
            "Let the best way through be a good one.",
        )


RULES = (bare_choices, questions, transfer_items)
