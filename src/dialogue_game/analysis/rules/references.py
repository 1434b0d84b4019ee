"""References and addresses: what cites nothing, carries nothing, stands twice or leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from dialogue_game.analysis.findings import Finding, PathKey, Places, finding, place_of
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.core.course import Course, Guideline, Reference
from dialogue_game.core.story import Story

GUIDELINE: Final = re.compile(r"\bguideline (\d{1,2})\b", re.IGNORECASE)
URL: Final = re.compile(r"https?://[^\s/.]+\.[^\s]+")
EMAIL: Final = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")


def idle_references(subject: Subject) -> Iterator[Finding]:
    """DG316: a cited reference that backs none of the guidelines its choice marks."""
    story = subject.story
    for scene, choice in story.choices():
        marked = {mark.guideline for mark in choice.marks}
        if not marked:
            continue
        for number, name in enumerate(choice.references):
            reference = story.references.get(name)
            if reference is None or not reference.guidelines:
                continue
            if not marked & set(reference.guidelines):
                yield finding(
                    "DG316",
                    subject.at(
                        "scenes", scene.id, "choices", choice.id, "references", number
                    ),
                    f"“{name}” backs {', '.join(reference.guidelines)}, and {scene.id}.{choice.id} "
                    f"marks {', '.join(sorted(marked))}.",
                    "Cite what carries this mark's why, or add the guideline to the reference.",
                )


def other_guidelines(subject: Subject) -> Iterator[Finding]:
    """DG330: a why that names a guideline by its number, and its choice marks another."""
    for scene, choice, mark, path in subject.whys():
        named = [f"g{digits}" for digits in GUIDELINE.findall(mark.why)]
        marked = {other.guideline for other in choice.marks} if named else set()
        other = [name for name in named if name not in marked]
        if other:
            yield finding(
                "DG330",
                subject.at(*path),
                f"This why names {other[0]}, and {scene.id}.{choice.id} marks "
                f"{', '.join(sorted(marked))}.",
                "Mark the guideline that it speaks of, or speak of the one that is marked.",
            )


def repeated_references(subject: Subject) -> Iterator[Finding]:
    """DG319: the same reference twice beside one choice."""
    for scene, choice in subject.story.choices():
        for number, name in enumerate(choice.references):
            if name in choice.references[:number]:
                yield finding(
                    "DG319",
                    subject.at(
                        "scenes", scene.id, "choices", choice.id, "references", number
                    ),
                    f"{scene.id}.{choice.id} cites “{name}” twice.",
                    "Cite it once.",
                )


def uncited_references(
    references: Mapping[str, Reference],
    stories: Sequence[Story],
    listed: Set[str],
    places: Places,
    prefix: tuple[str, ...] = (),
) -> Iterator[Finding]:
    """DG317: a reference that no choice cites and no reading list of the course names."""
    cited = {
        name
        for story in stories
        for _, choice in story.choices()
        for name in choice.references
    }
    cited |= {name for story in stories for name in story.resources} | listed
    for name in references:
        if name not in cited:
            yield finding(
                "DG317",
                place_of(places, (*prefix, name)),
                f"Nothing cites the reference “{name}”.",
                "Cite it beside a mark that it backs, or take it away.",
            )


def shared_twice(
    guidelines: Mapping[str, Guideline],
    references: Mapping[str, Reference],
    places: tuple[Places, Places],
    prefixes: tuple[PathKey, PathKey],
) -> Iterator[Finding]:
    """DG314 for guidelines, DG319 for references that stand twice; DG411 for idle addresses."""
    texts: dict[str, str] = {}
    for name, guideline in guidelines.items():
        before = texts.setdefault(" ".join(guideline.text.casefold().split()), name)
        if before != name:
            place = place_of(places[0], (*prefixes[0], name))
            message = f"The text of {name} is the same as that of {before}."
            yield finding("DG314", place, message, "Say what is true of this one.")
    provisions: dict[tuple[str, ...], str] = {}
    for name, reference in references.items():
        key = (reference.symbol, reference.provision, reference.summary)
        before = provisions.setdefault(key, name)
        place = place_of(places[1], (*prefixes[1], name))
        if before != name:
            message = f"“{name}” is the same reference as “{before}”."
            yield finding("DG319", place, message, "Keep one of them.")
        yield from _address(reference.url, places[1], (*prefixes[1], name, "url"))


def idle_addresses(course: Course, places: Places) -> Iterator[Finding]:
    """DG411: an address of the course itself that leads nowhere: of its form, or of a contact."""
    if course.evaluation is not None:
        yield from _address(course.evaluation.url, places, ("evaluation", "url"))
    for number, contact in enumerate(course.contacts):
        if contact in course.contacts[:number]:
            place = place_of(places, ("contacts", number))
            message = f"“{contact.name}” stands among the contacts twice."
            yield finding("DG314", place, message, "Keep one of them.")
        if contact.email and not EMAIL.fullmatch(contact.email):
            message = f"“{contact.email[:60]}” is no e-mail address."
            place = place_of(places, ("contacts", number, "email"))
            yield finding("DG411", place, message, "Write it as name@example.org.")


def _address(url: str, places: Places, path: PathKey) -> Iterator[Finding]:
    if url and not URL.fullmatch(url):
        message = f"“{url[:60]}” is no address that a browser opens."
        yield finding(
            "DG411", place_of(places, path), message, "Write it from https:// on."
        )


RULES = (idle_references, other_guidelines, repeated_references)
