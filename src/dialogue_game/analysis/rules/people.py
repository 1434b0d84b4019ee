"""People: names in exhibits that are nearly ids of the cast, and cast that nobody meets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.core.story import Story

FIELDS: Final = ("from", "to", "cc", "author")
"""The fields of exhibits that may hold an id of the cast."""
ID: Final = re.compile(r"[a-z][a-z0-9_]*")
NEAR: Final = 0.75


def near_names(subject: Subject) -> Iterator[Finding]:
    """DG127: a lower-case name in an exhibit that is nearly an id of the cast."""
    cast = subject.story.cast
    for path, name in _named(subject.story):
        if name in cast or not ID.fullmatch(name):
            continue
        near = max(cast, key=lambda known: _alike(name, known), default="")
        if near and _alike(name, near) >= NEAR:
            yield finding(
                "DG127",
                subject.at(*path),
                f"“{name}” is nobody of the cast; players read it as it stands.",
                f"Did you mean “{near}”?",
            )


def _alike(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two).ratio()


def _named(story: Story) -> Iterator[tuple[PathKey, str]]:
    """Every name in an exhibit, as authored, with its path."""
    for scene in story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            here: PathKey = ("scenes", scene.id, "exhibits", number, exhibit.kind)
            yield from _of_fields(here, exhibit.fields)
            key = "messages" if exhibit.kind == "chat" else "posts"
            for position, item in enumerate(exhibit.items):
                yield from _of_fields((*here, key, position), item)


def _of_fields(here: PathKey, fields: Mapping[str, str]) -> Iterator[tuple[PathKey, str]]:
    for field in FIELDS:
        if fields.get(field):
            yield (*here, field), fields[field]


def unmentioned_people(subject: Subject) -> Iterator[Finding]:
    """DG128: a person of the cast whom no scene looks through, and no text or exhibit names."""
    story = subject.story
    if not story.cast:
        return
    met = {scene.as_ for scene in story.scenes.values()}
    met |= {name for _, name in _named(story)}
    met |= {choice.cost.person for _, choice in story.choices() if choice.cost is not None}
    texts = "\n".join(text.words for text in subject.texts).casefold()
    for person, member in story.cast.items():
        if person in met or person in ("you", "narrator"):
            continue
        names = {member.name.casefold(), *_telling_parts(member.name), member.handle.casefold()}
        if not any(name and name in texts for name in names):
            yield finding(
                "DG128",
                subject.at("cast", person),
                f"Nobody meets “{member.name}”: no scene, exhibit or text names them.",
                "Let them appear, or take them out of the cast.",
            )


def _telling_parts(name: str) -> set[str]:
    """The words of a name by which a text may call a person: not “the”, not “Mr.”."""
    return {
        part.casefold()
        for part in re.findall(r"\w+", name)
        if len(part) > 2 and part.casefold() not in ("the", "mrs", "and", "a")
    }


def letters_to_oneself(subject: Subject) -> Iterator[Finding]:
    """DG130: an e-mail or memo from somebody to the same person."""
    for scene in subject.story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            sender, receiver = exhibit.fields.get("from", ""), exhibit.fields.get("to", "")
            if sender and sender == receiver:
                yield finding(
                    "DG130",
                    subject.at("scenes", scene.id, "exhibits", number, exhibit.kind, "to"),
                    f"This is from {subject.story.name_of(sender)} to the same person.",
                    "Look who writes to whom.",
                )


RULES = (near_names, unmentioned_people, letters_to_oneself)
