"""Build: a course's folder, or a lone story file → the core's types, or findings with places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dialogue_game.analysis.findings import Finding, Place, Places, finding
from dialogue_game.content import course as courses
from dialogue_game.content.authoring_course import CourseModel, StoryItem
from dialogue_game.content.building import (
    STORY,
    BuiltStory,
    build,
    entry_of,
    has_errors,
    ordered,
    read,
    unplayable,
)
from dialogue_game.content.choices import Shared
from dialogue_game.content.folders import (
    COURSE_FILE,
    GUIDELINES_FILE,
    REFERENCES_FILE,
    STORY_SUFFIX,
    is_file,
    leads_out,
    pictures_folder,
)
from dialogue_game.content.memory import collector_paused
from dialogue_game.content.mistakes import did_you_mean
from dialogue_game.content.notes import Notes, Pictures
from dialogue_game.content.places import SourcePlaces
from dialogue_game.content.source import Source
from dialogue_game.content.wording import Reading
from dialogue_game.core.course import Course, StoryEntry

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["BuiltCourse", "BuiltStory", "build_course", "build_story", "entry_of"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BuiltCourse:
    """A course's folder, built; `stories` by id, those still to come left out.

    `places` are course.yaml's, `guideline_places` those of guidelines.yaml,
    `reference_places` those of references.yaml. `course` is None
    where its own files have errors.
    """

    course: Course | None
    stories: Mapping[str, BuiltStory]
    findings: tuple[Finding, ...]
    places: Places = field(default_factory=dict)
    guideline_places: Places = field(default_factory=dict)
    reference_places: Places = field(default_factory=dict)


def build_course(folder: Path) -> BuiltCourse:
    """A course's folder, with everything that can be said against it."""
    with collector_paused():
        return _CourseBuild(folder).course()


def build_story(path: Path) -> BuiltCourse:
    """A lone story file: a course of one, its guidelines and references inline."""
    with collector_paused():
        return _alone(path)


def _alone(path: Path) -> BuiltCourse:
    found: list[Finding] = []
    reading = read(path, STORY, found)
    places, model = reading.source.places, reading.value
    name = path.name.removesuffix(STORY_SUFFIX)
    if model is None:
        built = {name: BuiltStory(None, places, file=str(path))}
        return BuiltCourse(None, built, ordered(found), places)
    notes = Notes(places)
    guidelines = courses.guidelines(model.guidelines)
    references = courses.references(
        model.references, guidelines, notes, ("references",)
    )
    found += notes.found
    shared = Shared("", guidelines, references, Pictures(pictures_folder(path.parent)))
    built_story = build(path, places, model, shared, found)
    course = None
    if built_story.story is not None:
        story = built_story.story
        course = Course(
            id=story.id,
            title=story.title,
            summary=story.summary,
            notice="",
            stories=(entry_of(story),),
            guidelines=guidelines,
            references=references,
            folder=str(path),
        )
    return BuiltCourse(course, {name: built_story}, ordered(found), places)


class _CourseBuild:
    """One course being built: its own files first, then each story."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[Finding] = []
        self.stories: dict[str, BuiltStory] = {}

    def course(self) -> BuiltCourse:
        reading = self.read(self.folder / COURSE_FILE, courses.COURSE)
        places, model = reading.source.places, reading.value
        guideline_file = self.shared_file(GUIDELINES_FILE, courses.GUIDELINES)
        guidelines = courses.guidelines(guideline_file.value or {})
        about = self.shared_file(REFERENCES_FILE, courses.REFERENCES)
        notes = Notes(about.source.places)
        references = courses.references(about.value or {}, guidelines, notes, ())
        self.found += notes.found
        if model is None:
            return BuiltCourse(None, {}, ordered(self.found), places)
        self.check(model, Notes(places), references.keys())
        sound = not has_errors(self.found)
        pictures = Pictures(pictures_folder(self.folder))
        shared = Shared(model.id, guidelines, references, pictures)
        entries = tuple(
            entry
            for number, item in enumerate(model.stories)
            if (entry := self.entry(item, number, places, shared)) is not None
        )
        made = courses.course(model, entries, guidelines, references, str(self.folder))
        if guideline_file.value is None and guideline_file.findings:
            self.unsay("DG102")
        if about.value is None and about.findings:
            self.unsay("DG103")
        return BuiltCourse(
            made if sound else None,
            self.stories,
            ordered(self.found),
            places,
            guideline_file.source.places,
            about.source.places,
        )

    def unsay(self, code: str) -> None:
        """Names are not unknown where the file that holds them could not be read."""
        self.found = [noticed for noticed in self.found if noticed.code != code]

    def shared_file(self, name: str, adapter: TypeAdapter[T]) -> Reading[T]:
        """guidelines.yaml or references.yaml; a course may do without."""
        path = self.folder / name
        if not is_file(path):
            return Reading(Source(str(path), None, SourcePlaces(str(path))), None)
        return self.read(path, adapter)

    def read(self, path: Path, adapter: TypeAdapter[T]) -> Reading[T]:
        """One file of the folder; a link that leads out of it is not followed."""
        if leads_out(path):
            return Reading(
                Source(str(path), None, SourcePlaces(str(path))),
                None,
                self.refused(path),
            )
        return read(path, adapter, self.found)

    def refused(self, path: Path) -> tuple[Finding, ...]:
        """The finding for a link out of the folder."""
        message = "This is a link that leads out of the course's folder."
        noticed = finding(
            "DG110", Place(str(path)), message, "Put the file itself here."
        )
        self.found.append(noticed)
        return (noticed,)

    def check(
        self, model: CourseModel, notes: Notes, references: Iterable[str]
    ) -> None:
        """The names in course.yaml."""
        known = set(references)
        for key in ("pre_reading", "further"):
            for number, name in enumerate(getattr(model, key)):
                if name not in known:
                    notes.unknown("DG103", "reference", name, known, (key, number))
        seen: set[str] = set()
        for number, item in enumerate(model.stories):
            name = item.id if isinstance(item, StoryItem) else item
            if name in seen:
                message = f"“{name}” is listed twice."
                notes.add("DG108", ("stories", number), message, "Keep one of them.")
            seen.add(name)
        self.found += notes.found

    def entry(
        self, item: str | StoryItem, number: int, places: SourcePlaces, shared: Shared
    ) -> StoryEntry | None:
        """The card of one story of the list, which is built on the way."""
        name = item.id if isinstance(item, StoryItem) else item
        path = self.folder / f"{name}{STORY_SUFFIX}"
        if name in self.stories:
            return None
        if isinstance(item, StoryItem) and item.coming:
            return StoryEntry(
                name,
                item.title or name,
                item.kind,
                item.summary,
                item.minutes,
                coming=True,
            )
        if not is_file(path):
            self.missing(name, ("stories", number), places)
            return None
        reading = self.read(path, STORY)
        source = reading.source
        if reading.value is None:
            self.stories[name] = BuiltStory(None, source.places, file=str(path))
            return unplayable(name, source.data)
        built = build(
            path, source.places, reading.value, shared, self.found, in_course=True
        )
        self.stories[name] = built
        return entry_of(built.story) if built.story else unplayable(name, source.data)

    def missing(self, name: str, path: tuple[str, int], places: SourcePlaces) -> None:
        """A story of the list that has no file."""
        here = {
            p.name.removesuffix(STORY_SUFFIX)
            for p in self.folder.glob(f"*{STORY_SUFFIX}")
        }
        advice = (
            did_you_mean(name, here)
            or f"Write {name}{STORY_SUFFIX}, or add coming: true."
        )
        message = f"There is no file {name}{STORY_SUFFIX} in this folder."
        self.found.append(finding("DG112", places[path], message, advice))
