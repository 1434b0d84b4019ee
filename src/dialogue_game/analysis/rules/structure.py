"""Structure and names: what cannot be reached or left, and names that mislead a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from dialogue_game.analysis.condition_queries import blank_cases
from dialogue_game.analysis.conditions import constant_of, ruling_conditions
from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.logic import placed_effects
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.analysis.shown_texts import text_conditions
from dialogue_game.core.expressions import parse
from dialogue_game.core.story import Scene, Story

NAMED: Final = 6
"""How many scenes of a circle are named."""


def unreachable_scenes(subject: Subject) -> Iterator[Finding]:
    """DG120: a scene that no play reaches; its choices are not told again."""
    for scene in subject.story.scenes:
        if subject.unreachable(scene):
            yield finding(
                "DG120",
                subject.at("scenes", scene),
                f"No play reaches the scene “{scene}”: {subject.causes[scene].reason}.",
                "Lead a choice here, or take the scene away.",
            )


def untaken_choices(subject: Subject) -> Iterator[Finding]:
    """DG121: a choice of a reachable scene that is never available."""
    for scene in subject.story.scenes.values():
        if not subject.reached(scene.id) or _shut(subject, scene):
            continue  # DG120 and DG123 say it of the whole scene.
        for choice in scene.choices.values():
            taken = not subject.unreachable(f"{scene.id}.{choice.id}")
            if not taken and (scene.id, choice.id, -1) not in subject.blamed:
                yield finding(
                    "DG121",
                    subject.place((scene.id, choice.id, -1)),
                    f"“{choice.id}” can never be taken: “{choice.when}” never holds here.",
                    "Change the condition, or take the choice away.",
                )


def unreachable_endings(subject: Subject) -> Iterator[Finding]:
    """DG122: an ending that no play reaches."""
    for ending in subject.story.endings:
        if subject.unreachable(ending):
            yield finding(
                "DG122",
                subject.at("endings", ending),
                f"No play reaches the ending “{ending}”: {subject.causes[ending].reason}.",
                "Change what stands in the way, or take the ending away.",
            )


def dead_ends(subject: Subject) -> Iterator[Finding]:
    """DG123: a reachable scene without a choice that is ever open; one not written is DG114."""
    for scene in subject.story.scenes.values():
        if scene.stub or scene.continues:
            continue
        if subject.reached(scene.id) and _shut(subject, scene):
            verb = (
                "none of its choices is ever open"
                if scene.choices
                else "it has no choices"
            )
            yield finding(
                "DG123",
                subject.at("scenes", scene.id, "choices"),
                f"The scene “{scene.id}” is a dead end: {verb}.",
                "Give it a choice that can be taken, or make it an ending.",
            )


def _shut(subject: Subject, scene: Scene) -> bool:
    """Whether no choice of a scene is ever open."""
    paths = [f"{scene.id}.{choice}" for choice in scene.choices]
    return bool(paths) and all(map(subject.unreachable, paths))


def traps(subject: Subject) -> Iterator[Finding]:
    """DG124: scenes that lead only to each other, so that the play never ends."""
    for trap in subject.solution.traps:
        few = len(trap.scenes) <= NAMED
        ring = " → ".join((*trap.scenes[:NAMED], trap.scenes[0] if few else "…"))
        after = f", {walk_text(trap.walk)}" if trap.walk is not None else ""
        yield finding(
            "DG124",
            subject.at("scenes", trap.scenes[0]),
            f"There is no way out of {ring}{after}.",
            "Add a choice that leads out of it and can be taken there.",
        )


def blank_screens(subject: Subject) -> Iterator[Finding]:
    """DG126: a scene, consequence or ending that shows nothing in some reachable state."""
    for blank in blank_cases(subject.solution):
        yield finding(
            "DG126",
            subject.at(*blank.path),
            f"{blank.what} may be blank: none of its paragraphs holds {walk_text(blank.walk)}.",
            "Add a paragraph without “if”, or one for what is left.",
        )


def stuck_scenes(subject: Subject) -> Iterator[Finding]:
    """DG125: a scene where a play may find every option locked."""
    for stuck in subject.solution.stuck:
        if not _shut(subject, subject.story.scenes[stuck.scene]):
            yield finding(
                "DG125",
                subject.at("scenes", stuck.scene, "choices"),
                f"Every option of “{stuck.scene}” may be locked: {walk_text(stuck.walk)}.",
                "Keep one option without a condition.",
            )


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
    compared_words = _compared_words(subject.story) if words else {}
    for path, name, effect, value in words:
        known = compared_words.get(effect.target, set())
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


def _compared_words(story: Story) -> Mapping[str, set[str]]:
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
    compared_words = _compared_words(subject.story) if words else {}
    for name, value in words.items():
        if name not in compared_words:
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


RULES = (
    unreachable_scenes,
    untaken_choices,
    unreachable_endings,
    dead_ends,
    traps,
    stuck_scenes,
    blank_screens,
    reserved_names,
    near_words,
    flags_in_words,
    endings_alike,
)
