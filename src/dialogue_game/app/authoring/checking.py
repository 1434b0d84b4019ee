"""Checking stories: what the loader noticed and what the analysis proves, gathered in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dialogue_game.analysis.check import StoryFile, StoryReport, check_course
from dialogue_game.analysis.findings import Finding, Severity
from dialogue_game.analysis.rules.sources import uncited_references
from dialogue_game.analysis.states import DEFAULT_BOUND
from dialogue_game.content.build import BuiltCourse, BuiltStory, build_course, build_story
from dialogue_game.content.library import Target, resolve, shipped_course
from dialogue_game.core.course import Course
from dialogue_game.core.story import Story


@dataclass(frozen=True, slots=True)
class CheckedStory:
    """One story that was checked, with its report."""

    story: Story
    report: StoryReport


@dataclass(slots=True)
class Checked:
    """Everything that one run of `check` found, over all its paths.

    `guideline_decisions` tells at how many decisions each guideline of a whole course is marked;
    it is empty where no whole course was checked.
    """

    findings: list[Finding] = field(default_factory=list)
    stories: list[CheckedStory] = field(default_factory=list)
    guideline_decisions: dict[str, int] = field(default_factory=dict)

    def failed(self, *, strict: bool) -> bool:
        """Whether there is an error, or, strictly, a warning."""
        failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(noticed.severity in failing for noticed in self.findings)


def check(paths: Sequence[str], bound: int = DEFAULT_BOUND) -> Checked:
    """Check courses and stories by path or id; without any, the shipped course.

    Raises NotFound for what is not there.
    """
    targets = [resolve(path) for path in paths] or [Target(shipped_course(), "")]
    checked = Checked()
    for target in targets:
        _check(target, bound, checked)
    checked.findings = sorted(dict.fromkeys(checked.findings), key=lambda noticed: noticed.order)
    return checked


def sources(paths: Sequence[str]) -> tuple[Path, ...]:
    """The files whose change calls for another check."""
    targets = [resolve(path) for path in paths] or [Target(shipped_course(), "")]
    return tuple(
        file
        for target in targets
        for file in (target.course.glob("*.yaml") if target.course.is_dir() else [target.course])
    )


def _check(target: Target, bound: int, checked: Checked) -> None:
    built = build_course(target.course) if target.course.is_dir() else build_story(target.course)
    alone = bool(target.story)
    wanted = {
        name: told for name, told in built.stories.items() if not alone or name == target.story
    }
    files = [file for told in wanted.values() if (file := _file(told)) is not None]
    whole = (
        built.course is not None
        and len(files) == len(built.stories)
        and not any(entry.coming for entry in built.course.stories)
    )
    guidelines = built.course.guidelines if built.course is not None and not alone else {}
    course = check_course(files, guidelines, built.guideline_places, bound, whole=whole)
    found = [*built.findings, *course.findings]
    if whole and built.course is not None and not (alone and target.course.is_dir()):
        found += _uncited(built, built.course, [file.story for file in files])
    checked.findings += _about(found, wanted) if alone else found
    checked.stories += [CheckedStory(file.story, course.stories[file.story.id]) for file in files]
    if not alone:
        checked.guideline_decisions.update(course.guideline_decisions)


def _uncited(built: BuiltCourse, course: Course, stories: Sequence[Story]) -> list[Finding]:
    """The references of a whole course that nothing cites."""
    listed = {*course.pre_reading, *course.further}
    inline = not built.reference_places
    places = built.places if inline else built.reference_places
    prefix = ("references",) if inline else ()
    return list(uncited_references(course.references, stories, listed, places, prefix))


def _file(told: BuiltStory) -> StoryFile | None:
    story = told.story or told.draft
    if story is None:
        return None
    return StoryFile(story, told.places, told.walks, told.walk_places, draft=told.story is None)


def _about(found: list[Finding], wanted: dict[str, BuiltStory]) -> list[Finding]:
    """The findings about these stories' own files and their walks."""
    files = {told.file for told in wanted.values()}
    files |= {file.removesuffix(".yaml") + ".walks.yaml" for file in files}
    return [noticed for noticed in found if noticed.place.file in files]
