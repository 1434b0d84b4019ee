"""Structure: what cannot be reached, and where a play would be caught."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogue_game.analysis.condition_queries import blanks
from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.core.story import Scene

NAMED: Final = 6
"""How many scenes of a circle are named."""


def unreachable_scenes(subject: Subject) -> Iterator[Finding]:
    """DG120: a scene that no play reaches; its choices are not told again."""
    for scene in subject.story.scenes:
        if subject.unreachable(scene):
            yield finding(
                "DG120",
                subject.at("scenes", scene),
                f"No play reaches the scene “{scene}”: {subject.causes[scene].words}.",
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
                f"No play reaches the ending “{ending}”: {subject.causes[ending].words}.",
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
    for blank in blanks(subject.solution):
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


RULES = (
    unreachable_scenes,
    untaken_choices,
    unreachable_endings,
    dead_ends,
    traps,
    stuck_scenes,
    blank_screens,
)
