"""A course's folder, or a lone story file → a course of the core's types, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from dialogue_game.analysis.findings import Finding, PathKey, Place, Places, finding
from dialogue_game.content.build_story import (
    BuiltStory,
    build,
    entry_of,
    has_errors,
    ordered,
    read,
    unplayable,
)
from dialogue_game.content.compile_choices import CourseContext
from dialogue_game.content.compile_texts import Pictures
from dialogue_game.content.course_models import (
    CourseModel,
    DiagramModel,
    EvaluationModel,
    GuidelineModel,
    ReferenceModel,
    StoryItem,
    direction_of,
)
from dialogue_game.content.file_findings import FileFindings, did_you_mean
from dialogue_game.content.folders import (
    COURSE_FILE,
    GUIDELINES_FILE,
    REFERENCES_FILE,
    STORY_SUFFIX,
    is_file,
    links_outside,
    pictures_folder,
)
from dialogue_game.content.places import SourcePlaces
from dialogue_game.content.schema import COURSE, GUIDELINES, REFERENCES, STORY
from dialogue_game.content.source import Source, collector_paused
from dialogue_game.content.validation import ParsedFile
from dialogue_game.core.course import (
    Change,
    Contact,
    Course,
    Diagram,
    EvaluationForm,
    Guideline,
    Reference,
    Step,
    StoryEntry,
)

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["BuiltCourse", "BuiltStory", "build_course", "build_story", "entry_of"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BuiltCourse:
    """A course's folder, built; `stories` by id, those still to come left out.

    `places` are course.yaml's, `guideline_places` those of guidelines.yaml,
    `reference_places` those of references.yaml. `course` is None
    where its own files have errors. `suppressed` are the codes of findings that would only follow
    from guidelines or references that could not be read.
    """

    course: Course | None
    stories: Mapping[str, BuiltStory]
    findings: tuple[Finding, ...]
    places: Places = field(default_factory=dict)
    guideline_places: Places = field(default_factory=dict)
    reference_places: Places = field(default_factory=dict)
    suppressed: frozenset[str] = frozenset()


def build_course(folder: Path) -> BuiltCourse:
    """A course's folder, with everything that can be said against it."""
    with collector_paused():
        return _CourseBuild(folder).course()


def build_story(path: Path) -> BuiltCourse:
    """A lone story file: a course of one, its guidelines and references inline."""
    with collector_paused():
        return _story_alone(path)


def _story_alone(path: Path) -> BuiltCourse:
    found: list[Finding] = []
    reading = read(path, STORY, found)
    places, model = reading.source.places, reading.value
    name = path.name.removesuffix(STORY_SUFFIX)
    if model is None:
        built = {name: BuiltStory(None, places, file=str(path))}
        return BuiltCourse(None, built, ordered(found), places)
    findings = FileFindings(places)
    guidelines = _guidelines(model.guidelines)
    references = _references(model.references, guidelines, findings, ("references",))
    found += findings.found
    shared = CourseContext(
        "", guidelines, references, Pictures(pictures_folder(path.parent))
    )
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
        reading = self.read(self.folder / COURSE_FILE, COURSE)
        places, model = reading.source.places, reading.value
        guideline_file = self.shared_file(GUIDELINES_FILE, GUIDELINES)
        guidelines = _guidelines(guideline_file.value or {})
        reference_file = self.shared_file(REFERENCES_FILE, REFERENCES)
        findings = FileFindings(reference_file.source.places)
        references = _references(reference_file.value or {}, guidelines, findings, ())
        self.found += findings.found
        if model is None:
            return BuiltCourse(None, {}, ordered(self.found), places)
        self.check(model, FileFindings(places), references.keys())
        sound = not has_errors(self.found)
        pictures = Pictures(pictures_folder(self.folder))
        shared = CourseContext(model.id, guidelines, references, pictures)
        entries = []
        for number, item in enumerate(model.stories):
            entry = self.entry(item, number, places, shared)
            if entry is not None:
                entries.append(entry)
        course = _course(
            model, tuple(entries), guidelines, references, str(self.folder)
        )
        suppressed: set[str] = set()
        if guideline_file.value is None and guideline_file.findings:
            suppressed |= {"DG102", "DG302"}
        if reference_file.value is None and reference_file.findings:
            suppressed |= {"DG103", "DG303"}
        self.found = [
            noticed for noticed in self.found if noticed.code not in suppressed
        ]
        return BuiltCourse(
            course if sound else None,
            self.stories,
            ordered(self.found),
            places,
            guideline_file.source.places,
            reference_file.source.places,
            frozenset(suppressed),
        )

    def shared_file(self, name: str, adapter: TypeAdapter[T]) -> ParsedFile[T]:
        """guidelines.yaml or references.yaml; a course may do without."""
        path = self.folder / name
        if not is_file(path):
            return ParsedFile(Source(str(path), None, SourcePlaces(str(path))), None)
        return self.read(path, adapter)

    def read(self, path: Path, adapter: TypeAdapter[T]) -> ParsedFile[T]:
        """One file of the folder; a link that leads out of it is not followed."""
        if links_outside(path):
            return ParsedFile(
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
        self, model: CourseModel, findings: FileFindings, references: Iterable[str]
    ) -> None:
        """The names in course.yaml."""
        known = dict.fromkeys(references)
        for key in ("pre_reading", "further"):
            for number, name in enumerate(getattr(model, key)):
                if name not in known:
                    findings.unknown("DG103", "reference", name, known, (key, number))
        seen: set[str] = set()
        for number, item in enumerate(model.stories):
            name = item.id if isinstance(item, StoryItem) else item
            if name in seen:
                message = f"“{name}” is listed twice."
                findings.add("DG108", ("stories", number), message, "Keep one of them.")
            seen.add(name)
        self.found += findings.found

    def entry(
        self,
        item: str | StoryItem,
        number: int,
        places: SourcePlaces,
        shared: CourseContext,
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
        if built.story is None:
            return unplayable(name, source.data)
        return entry_of(built.story)

    def missing(self, name: str, path: tuple[str, int], places: SourcePlaces) -> None:
        """A story of the list that has no file."""
        files = self.folder.glob(f"*{STORY_SUFFIX}")
        names = sorted(file.name.removesuffix(STORY_SUFFIX) for file in files)
        advice = did_you_mean(name, names)
        if not advice:
            advice = f"Write {name}{STORY_SUFFIX}, or add coming: true."
        message = f"There is no file {name}{STORY_SUFFIX} in this folder."
        self.found.append(finding("DG112", places[path], message, advice))


def _guidelines(models: Mapping[str, GuidelineModel]) -> dict[str, Guideline]:
    """The guidelines, numbered in the order in which they are written."""
    return {
        name: Guideline(name, number, model.short, model.text)
        for number, (name, model) in enumerate(models.items(), 1)
    }


def _references(
    models: Mapping[str, ReferenceModel],
    known: Mapping[str, Guideline],
    findings: FileFindings,
    path: PathKey,
) -> dict[str, Reference]:
    """The references; the guidelines that they back must be there."""
    for name, model in models.items():
        for number, guideline in enumerate(model.guidelines):
            if guideline not in known:
                here = (*path, name, "guidelines", number)
                findings.unknown("DG102", "guideline", guideline, known, here)
    return {name: _reference(name, model) for name, model in models.items()}


def _reference(name: str, model: ReferenceModel) -> Reference:
    force = model.force or ("binding" if model.binding else "guidance")
    return Reference(
        id=name,
        symbol=model.symbol,
        title=model.title,
        summary=model.summary,
        verified=model.verified,
        provision=model.provision,
        url=model.url,
        binding=force == "binding",
        note=model.note,
        quote=model.quote,
        cited_in=tuple(model.cited_in),
        guidelines=tuple(model.guidelines),
        force=force,
    )


def _course(
    model: CourseModel,
    stories: tuple[StoryEntry, ...],
    guidelines: Mapping[str, Guideline],
    references: Mapping[str, Reference],
    folder: str,
) -> Course:
    """The course, with the cards of its stories."""
    return Course(
        id=model.id,
        title=model.title,
        summary=model.summary,
        notice=model.notice,
        stories=stories,
        guidelines=guidelines,
        references=references,
        welcome=model.welcome,
        steps=tuple(Step(step.title, step.text) for step in model.steps),
        pre_reading=tuple(model.pre_reading),
        further=tuple(model.further),
        contacts=tuple(
            Contact(c.name, c.address, c.email, c.phone, c.note) for c in model.contacts
        ),
        evaluation=_evaluation(model.evaluation),
        diagram=_diagram(model.diagram),
        guide_note=model.guide_note,
        video_note=model.video_note,
        folder=folder,
        language=model.language,
        direction=model.direction or direction_of(model.language),
        law_as_of=model.law_as_of,
        disclaimer=model.disclaimer,
        changes=tuple(Change(change.since, change.text) for change in model.changes),
    )


def _diagram(model: DiagramModel | None) -> Diagram | None:
    if model is None:
        return None
    columns = {
        "social_professional": tuple(model.social_professional),
        "private_user": tuple(model.private_user),
    }
    return Diagram(model.title, model.text, columns)


def _evaluation(model: EvaluationModel | None) -> EvaluationForm | None:
    if model is None:
        return None
    return EvaluationForm(
        model.title, model.instructions, model.url, tuple(model.items), model.note
    )
