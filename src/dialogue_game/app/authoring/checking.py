"""Checking stories: what the loader noticed and what the analysis proves, gathered in one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from dialogue_game.analysis.check import (
    CourseReport,
    StoryFile,
    StoryReport,
    check_course,
    check_story,
    folded,
    led_on,
    meant_targets,
    repaired,
)
from dialogue_game.analysis.findings import (
    UNWRITTEN,
    Finding,
    PathKey,
    Places,
    Severity,
    finding,
    place_of,
)
from dialogue_game.analysis.rules.contradictions import counted_stories
from dialogue_game.analysis.rules.references import (
    idle_addresses,
    shared_twice,
    uncited_references,
)
from dialogue_game.analysis.state_space import DEFAULT_BOUND
from dialogue_game.analysis.walks import (
    MOST_DECISIONS,
    PlayCoverage,
    coverage,
    follow,
    random_play,
    random_source,
)
from dialogue_game.app.authoring.course_files import (
    course_files,
    lone_pictures,
    shipped_names,
)
from dialogue_game.content.build_course import (
    BuiltCourse,
    BuiltStory,
)
from dialogue_game.content.folders import BESIDE, STORY_SUFFIX, story_files
from dialogue_game.content.library import (
    Target,
    build_at,
    resolve,
    shipped_course,
)
from dialogue_game.content.source import collector_paused
from dialogue_game.core.course import Course
from dialogue_game.core.story import Story


@dataclass(frozen=True, slots=True)
class CheckedStory:
    """One story that was checked, with its report."""

    story: Story
    report: StoryReport
    places: Places = field(default_factory=dict)


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


def check(
    paths: Sequence[str],
    bound: int = DEFAULT_BOUND,
    *,
    errors_only: bool = False,
    built: BuiltCourse | None = None,
) -> Checked:
    """Check courses and stories by path or id; without any, the shipped course.

    With `errors_only` not all warnings are looked for, which saves much of the time. What was
    `built` already of the one path is not read again.

    Raises NotFound for what is not there.
    """
    targets = [resolve(path) for path in paths] or [Target(shipped_course(), "")]
    checked = Checked()
    with collector_paused():
        for target in targets:
            _check(
                target,
                bound,
                checked,
                built or build_at(target.course),
                errors_only=errors_only,
            )
    checked.findings = sorted(
        dict.fromkeys(checked.findings), key=lambda noticed: noticed.order
    )
    return checked


MOST_UNENDED: Final = 3
"""Random plays that did not end, after which no more of that story are played."""


def play_at_random(
    checked: Checked, plays: int, seed: int
) -> list[tuple[Story, PlayCoverage]]:
    """Play each story at random with the real engine: what that came by.

    A play that does not end is an error, and joins the findings with the scene where it stays.
    """
    met = []
    for one in checked.stories:
        pick = random_source(seed)
        walks: list[tuple[str, ...]] = []
        unended: list[tuple[str, ...]] = []
        while len(walks) < plays and len(unended) < MOST_UNENDED:
            made = random_play(one.story, pick)
            walks.append(made.walk)
            if not made.ending:
                unended.append(made.walk)
        met.append((one.story, coverage(one.story, walks)))
        if unended:
            checked.findings.append(_unended(one, unended[0], len(unended), len(walks)))
    checked.findings.sort(key=lambda noticed: noticed.order)
    return met


def _unended(
    checked: CheckedStory, walk: Sequence[str], count: int, plays: int
) -> Finding:
    """The finding for plays that did not end, at the scene where the first of them stays."""
    late = Counter(step.partition(".")[0] for step in walk[-200:])
    scene = max(late, key=late.__getitem__, default=checked.story.start)
    state = follow(checked.story, tuple(walk)) if len(walk) < MOST_DECISIONS else None
    if state is not None and not state.ended:
        scene, why = state.scene, "nothing can be chosen there"
    else:
        why = f"{len(walk):,} decisions led to no ending"
    return finding(
        "DG505",
        place_of(checked.places, ("scenes", scene)),
        f"{count} of {plays} random plays of “{checked.story.id}” did not end; they stay in "
        f"“{scene}”: {why}.",
        "Add a choice that leads out of it and can be taken there.",
    )


def sources(paths: Sequence[str]) -> tuple[Path, ...]:
    """The files whose change calls for another check."""
    targets = [resolve(path) for path in paths] or [Target(shipped_course(), "")]
    return tuple(
        file
        for target in targets
        for file in (
            target.course.glob("*.yaml") if target.course.is_dir() else [target.course]
        )
    )


def _check(
    target: Target,
    bound: int,
    checked: Checked,
    built: BuiltCourse,
    *,
    errors_only: bool,
) -> None:
    alone = bool(target.story)
    wanted = {
        name: one
        for name, one in built.stories.items()
        if not alone or name == target.story
    }
    files = [file for one in wanted.values() if (file := _file(one)) is not None]
    whole = (
        built.course is not None
        and len(files) == len(built.stories)
        and not any(entry.coming for entry in built.course.stories)
    )
    guidelines = (
        built.course.guidelines if built.course is not None and not alone else {}
    )
    course = check_course(
        files,
        guidelines,
        built.guideline_places,
        bound,
        whole=whole,
        errors_only=errors_only,
        language=_language(built),
    )
    found = _folded(built, files, course, bound)
    found = [noticed for noticed in found if noticed.code not in built.suppressed]
    if whole and built.course is not None and not (alone and target.course.is_dir()):
        found += _uncited(built, built.course, [file.story for file in files])
    found += _shared(built, files, target, alone=alone, whole=whole)
    forms = {noticed.place for noticed in found if noticed.code == "DG119"}
    found = [n for n in found if n.code != "DG109" or n.place not in forms]
    checked.findings += _about(found, wanted) if alone else found
    checked.stories += [
        CheckedStory(file.story, course.stories[file.story.id], file.places)
        for file in files
    ]
    if not alone:
        checked.guideline_decisions.update(course.guideline_decisions)


def _folded(
    built: BuiltCourse, files: Sequence[StoryFile], course: CourseReport, bound: int
) -> list[Finding]:
    """What was noticed in loading and by the analysis, with what only follows folded away."""
    left = dict.fromkeys(built.findings)
    own = dict.fromkeys(course.findings)
    found: list[Finding] = []
    for file in files:
        name = built.stories[_id_of(built, file)].file
        loaded = [noticed for noticed in left if noticed.place.file == name]
        proved = course.stories[file.story.id].findings
        if not loaded:
            continue
        meant = meant_targets(loaded, name)
        mended = None
        stubs = any(scene.stub for scene in file.story.scenes.values())
        draft = stubs and all(noticed.code in UNWRITTEN for noticed in loaded)
        if meant or draft:
            story = (
                led_on(file.story)
                if draft and not meant
                else repaired(file.story, meant)
            )
            mended = check_story(
                story,
                file.places,
                file.walks,
                file.walk_places,
                bound,
                draft=file.draft,
                language=_language(built),
            ).findings
        for noticed in (*loaded, *proved):
            left.pop(noticed, None)
            own.pop(noticed, None)
        found += folded(loaded, proved, mended)
    return [*found, *left, *own]


def _language(built: BuiltCourse) -> str:
    return built.course.language if built.course is not None else "en"


def _id_of(built: BuiltCourse, file: StoryFile) -> str:
    """The name under which a story of a course was built."""
    return next(
        n for n, one in built.stories.items() if file.story in (one.story, one.draft)
    )


def _shared(
    built: BuiltCourse,
    files: Sequence[StoryFile],
    target: Target,
    *,
    alone: bool,
    whole: bool,
) -> list[Finding]:
    """What is odd about guidelines, references, files and ids of a course, or of a lone story."""
    stories = [(file.story, file.places) for file in files]
    found: list[Finding] = []
    folder = target.course.is_dir()
    if built.course is not None and not (alone and folder):
        places = (
            (built.guideline_places, built.reference_places)
            if folder
            else (built.places,) * 2
        )
        prefixes: tuple[PathKey, PathKey] = (
            ((), ()) if folder else (("guidelines",), ("references",))
        )
        course = built.course
        found += shared_twice(course.guidelines, course.references, places, prefixes)
        if folder:
            found += idle_addresses(course, built.places)
    if folder and not alone and built.course is not None:
        listed = [entry.id for entry in built.course.stories]
        list_place = place_of(built.places, ("stories",))
        found += course_files(target.course, listed, stories, list_place, whole=whole)
        found += counted_stories(built.course, place_of(built.places, ("summary",)))
    elif not folder:
        found += lone_pictures(target.course, stories)
    if target.course.resolve() != shipped_course().resolve():
        ids = {story.id: place_of(places, ("id",)) for story, places in stories}
        here = place_of(built.places, ("id",))
        name = built.course.id if built.course is not None and folder else ""
        found += shipped_names(name, ids, here, _shipped())
    return found


@cache
def _shipped() -> tuple[str, frozenset[str]]:
    """The id of the course that comes with the game, and of its stories."""
    folder = shipped_course()
    return folder.name, frozenset(
        path.name.removesuffix(STORY_SUFFIX) for path in story_files(folder)
    )


def _uncited(
    built: BuiltCourse, course: Course, stories: Sequence[Story]
) -> list[Finding]:
    """The references of a whole course that nothing cites."""
    listed = {*course.pre_reading, *course.further}
    inline = not built.reference_places
    places = built.places if inline else built.reference_places
    prefix = ("references",) if inline else ()
    return list(uncited_references(course.references, stories, listed, places, prefix))


def _file(built: BuiltStory) -> StoryFile | None:
    story = built.story or built.draft
    if story is None:
        return None
    return StoryFile(
        story, built.places, built.tests, built.walk_places, draft=built.story is None
    )


def _about(found: list[Finding], wanted: dict[str, BuiltStory]) -> list[Finding]:
    """The findings about these stories' own files and their walks."""
    files = {one.file for one in wanted.values()}
    files |= {
        file.removesuffix(STORY_SUFFIX) + suffix for file in files for suffix in BESIDE
    }
    return [noticed for noticed in found if noticed.place.file in files]
