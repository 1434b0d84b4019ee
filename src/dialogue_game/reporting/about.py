"""What a course is about, in sections: why, how to prepare, what to read first, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dialogue_game.core.course import Contact, Course
from dialogue_game.reporting.labels import VERIFIED

HOW_TO_PLAY: Final = (
    (
        "You read what happens, and you decide. Then you see what comes of it, which guideline "
        "is behind it, and where it is written."
    ),
    (
        "A wrong turn is useful here. It costs nothing, nobody sees it, and it shows the most. "
        "At the end you look back, and you can play it again another way."
    ),
)
"""How playing goes, for who plays for the first time; then whether it is kept."""
SAVED_NOTE: Final = (
    "Everything is kept as you go. "
    "Leave at any moment; you come back to the same place."
)
UNSAVED_NOTE: Final = (
    "Nothing is being saved now: what you play is gone when you leave."
)
LAW: Final = "The law, and what has changed"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs and, after them, a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def about(course: Course) -> tuple[Section, ...]:
    """The sections of a course that has them, in the order in which a newcomer reads."""
    return tuple(
        section for section in _sections(course) if section.paragraphs or section.items
    )


def _sections(course: Course) -> Iterator[Section]:
    yield Section(
        course.title, tuple(course.welcome.split("\n\n")) if course.welcome else ()
    )
    questions = [
        f"{entry.title}: {entry.question}" for entry in course.stories if entry.question
    ]
    yield Section("The questions it opens", (), tuple(questions))
    for number, step in enumerate(course.steps, 1):
        yield Section(f"Step {number}: {step.title}", tuple(step.text.split("\n\n")))
    yield Section("To read beforehand", (), tuple(_cited(course, course.pre_reading)))
    if course.diagram is not None:
        yield Section(course.diagram.title, (course.diagram.text,))
        for name, labels in course.diagram.columns.items():
            yield Section(name.replace("_", " ").capitalize(), (), labels)
    yield Section(
        "Whom to ask", (), tuple(contact_line(contact) for contact in course.contacts)
    )
    yield Section("To read on", (), tuple(_cited(course, course.further)))
    yield law_section(course)
    notes = (course.guide_note, course.video_note, course.notice)
    yield Section("Good to know", tuple(note for note in notes if note))


def law_section(course: Course) -> Section:
    """That this is no legal advice, of which day the rules are, and what has changed since."""
    return Section(
        LAW,
        tuple(note for note in (course.disclaimer, course.law_as_of) if note),
        tuple(f"Since {change.since}: {change.text}" for change in course.changes),
    )


def contact_line(contact: Contact) -> str:
    """A contact in one line."""
    return f"{contact.line}. {contact.note}".strip()


def _cited(course: Course, ids: tuple[str, ...]) -> Iterator[str]:
    for name in ids:
        reference = course.references.get(name)
        if reference is not None:
            address = f" {reference.url}" if reference.url else ""
            known = (
                ""
                if reference.verified == "yes"
                else f" ({VERIFIED[reference.verified]})"
            )
            yield f"{reference.label}: {reference.title}.{address}{known}"
