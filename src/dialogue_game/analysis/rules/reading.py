"""Text: how long it may be, and notes that an author left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogue_game.analysis.figures import (
    Figures,
    Gaps,
    option_length_ratio,
    text_words,
)
from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.subject import Subject

MOST_BETWEEN: Final = 250
"""Words from one decision to the next, at most (story craft: decide, don't read)."""
CONSEQUENCE: Final = (5, 120)
READ: Final = 150
"""Words that are read in a minute."""
THOUGHT: Final = 0.4
"""Minutes for a decision."""
MUCH: Final = 10
OPTION_RATIO: Final = 2.0
OPTION_SLACK: Final = 12
"""Characters by which short labels may differ whatever their ratio."""


def long_reading(subject: Subject, gaps: Gaps) -> Iterator[Finding]:
    """DG401: too many words before the next decision; told once a scene."""
    tables = subject.solution.program
    longest: dict[int, tuple[int, int]] = {}
    for (choice, node), words in gaps.words.items():
        if words > MOST_BETWEEN and words > longest.get(node, (0, 0))[0]:
            longest[node] = (words, choice)
    for node, (words, choice) in longest.items():
        scene = tables.graph.names[node]
        start = f"after {tables.path(choice)}" if choice >= 0 else "at the start"
        yield finding(
            "DG401",
            subject.at("scenes", scene, "text"),
            f"{words} words stand before the decision in “{scene}” {start} "
            f"({MOST_BETWEEN} at most).",
            "Shorten them, or let the player decide something on the way.",
        )


def unequal_options(subject: Subject) -> Iterator[Finding]:
    """DG402: options of which one is more than twice as long as another."""
    for scene in subject.story.scenes.values():
        sizes = [len(choice.text) for choice in scene.choices.values()]
        if not sizes or max(sizes) - min(sizes) <= OPTION_SLACK:
            continue
        if option_length_ratio(scene) > OPTION_RATIO:
            yield finding(
                "DG402",
                subject.at("scenes", scene.id, "choices"),
                f"The options of “{scene.id}” are {min(sizes)} to {max(sizes)} characters long.",
                "Keep them within a factor of two, so that length tells nothing.",
            )


def consequence_lengths(subject: Subject) -> Iterator[Finding]:
    """DG403: a consequence of fewer than 5 or more than 120 words, in scored stories."""
    if not subject.story.scored:
        return
    low, high = CONSEQUENCE
    for scene, choice in subject.story.choices():
        least, most = text_words(choice.consequence)
        if 0 < most < low or least > high:
            count = least if least > high else most
            yield finding(
                "DG403",
                subject.at("scenes", scene.id, "choices", choice.id, "consequence"),
                f"The consequence of {scene.id}.{choice.id} has {count} "
                f"word{'' if count == 1 else 's'}; {low} to {high} are asked for.",
                "Tell what happens and by which mechanism, no less and no more.",
            )


def announced_minutes(subject: Subject, measured: Figures) -> Iterator[Finding]:
    """DG413: minutes that are many times what a play reads, or a small part of it."""
    least, most = measured.decisions.worst.value, measured.decisions.best.value
    minutes = subject.story.minutes
    if not minutes or least is None or most is None:
        return
    needed = (least + most) / 2 * (measured.gaps.median / READ + THOUGHT)
    if minutes > MUCH * max(needed, 1) or needed > MUCH / 2 * minutes:
        yield finding(
            "DG413",
            subject.at("minutes"),
            f"{minutes} minutes are announced; a play reads and decides for about {needed:.0f}.",
            "Look at the number: players plan by it.",
        )


def todos(subject: Subject) -> Iterator[Finding]:
    """DG404: an author's note to themselves."""
    for scene in subject.story.scenes.values():
        here = ("scenes", scene.id)
        if scene.todo:
            yield finding(
                "DG404", subject.at(*here, "todo"), f"todo: {_line(scene.todo)}"
            )
        for choice in scene.choices.values():
            if choice.todo:
                place = subject.at(*here, "choices", choice.id, "todo")
                yield finding("DG404", place, f"todo: {_line(choice.todo)}")


def _line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119] + "…"


RULES = (unequal_options, consequence_lengths, todos)
