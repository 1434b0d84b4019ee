"""Names and words: reserved ones, words nearly others, flags in words, endings of one title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from dialogue_game.analysis.conditions import constant_of, ruling_conditions
from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.logic import placed_effects
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.analysis.shown_texts import text_conditions
from dialogue_game.core.expressions import parse
from dialogue_game.core.story import Story

_LANGUAGE: Final = "and or not true false visited chose unrepaired none"
_PARSER: Final = (
    "if else elif is in for while def class lambda return import from as with try except finally "
    "raise pass break continue del global nonlocal assert async await yield"
)
RESERVED: Final = frozenset(f"{_LANGUAGE} {_PARSER}".split())
"""Words of the story language, and those that its reader takes for something else."""
UNSPEAKABLE: Final = frozenset({"and", "or", "not", "true", "false", "if"})
"""Those that nobody takes for the id of a scene or choice."""
NEAR: Final = 0.75
FLAGS: Final = {
    "yes": True,
    "on": True,
    "true": True,
    "no": False,
    "off": False,
    "false": False,
}
COMPARED: Final = re.compile(r"(?<![\w.])([a-z][a-z0-9_]*)\s*[!=]=\s*'([^']*)'")


def reserved_names(subject: Subject) -> Iterator[Finding]:
    """DG018: a variable named like a word of the story language."""
    for name in subject.story.variables:
        if name in RESERVED:
            yield finding(
                "DG018",
                subject.at("variables", name),
                f"“{name}” is a word of the story language, and cannot be asked for as a variable.",
                f"Give it another name: {name}_flag, say.",
            )
    for scene in subject.story.scenes.values():
        yield from _unspeakable(subject, scene.id, ("scenes", scene.id))
        for choice in scene.choices:
            yield from _unspeakable(
                subject, choice, ("scenes", scene.id, "choices", choice)
            )


def _unspeakable(subject: Subject, name: str, path: PathKey) -> Iterator[Finding]:
    if name in UNSPEAKABLE:
        yield finding(
            "DG018",
            subject.at(*path),
            f"“{name}” is a word of the story language; no condition can ask for it by this id.",
            "Give it another id.",
        )


def near_words(subject: Subject) -> Iterator[Finding]:
    """DG213: a word that an effect sets, that no condition asks for, and that is nearly one."""
    words = [
        (path, name, effect, value)
        for path, name, effect in placed_effects(subject.story)
        if isinstance(value := constant_of(effect.value.tree), str)
    ]
    asked = _asked_words(subject.story) if words else {}
    for path, name, effect, value in words:
        known = asked.get(effect.target, set())
        if not known or value in known:
            continue
        close = get_close_matches(value, sorted(known), 1, NEAR)
        if close:
            yield finding(
                "DG213",
                subject.at(*path),
                f"{name} sets “{effect.target}” to '{value}', and no condition asks for that.",
                f"Did you mean '{close[0]}'?",
            )


def _asked_words(story: Story) -> Mapping[str, set[str]]:
    """By variable, the words that conditions compare it with."""
    found: dict[str, set[str]] = {}
    conditions = [
        *ruling_conditions(story),
        *(i.watched.condition for i in text_conditions(story)),
    ]
    for condition in conditions:
        for name, word in COMPARED.findall(parse(condition).source.replace('"', "'")):
            found.setdefault(name, set()).add(word)
    return found


def flags_in_words(subject: Subject) -> Iterator[Finding]:
    """DG214: a variable that begins with the word no, and is asked for as if it were a flag."""
    words = {
        name: value
        for name, value in subject.story.variables.items()
        if isinstance(value, str) and value.casefold() in FLAGS
    }
    asked = _asked_words(subject.story) if words else {}
    for name, value in words.items():
        if name not in asked:
            meant = str(FLAGS[value.casefold()]).lower()
            yield finding(
                "DG214",
                subject.at("variables", name),
                f"“{name}” begins with the word “{value}”, and no condition compares it with one.",
                f"A flag is true or false: {name}: {meant}.",
            )


def endings_alike(subject: Subject) -> Iterator[Finding]:
    """DG314: two endings with one title."""
    first: dict[str, str] = {}
    for ending in subject.story.endings.values():
        title = " ".join(ending.title.casefold().split())
        before = first.setdefault(title, ending.id)
        if before != ending.id:
            yield finding(
                "DG314",
                subject.at("endings", ending.id, "title"),
                f"The ending {ending.id} has the same title as {before}.",
                "Say what is true of this one.",
            )


RULES = (reserved_names, near_words, flags_in_words, endings_alike)
