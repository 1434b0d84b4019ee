"""Library: where courses are, what a name or path means, and opening a course ready to play."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import dialogue_game
from dialogue_game.content import cache
from dialogue_game.content.folders import (
    BESIDE,
    COURSE_FILE,
    GUIDELINES_FILE,
    REFERENCES_FILE,
    REVIEW_SUFFIX,
    STORY_SUFFIX,
    WALKS_SUFFIX,
    expand_home,
    is_closed,
    is_file,
    is_folder,
    pictures_folder,
    story_files,
)
from dialogue_game.core.course import Course
from dialogue_game.errors import ContentInvalid, NotFound

if TYPE_CHECKING:
    from dialogue_game.content.build_course import BuiltCourse
    from dialogue_game.core.story import Story

SHIPPED: Final = "leadership_dialogue_2023"


class Target(NamedTuple):
    """What a name or path means: a course's folder or a lone story file, and the story meant.

    `story` is empty where the whole course is meant.
    """

    course: Path
    story: str


def home() -> Path:
    """The folder that holds `stories/` and `assets/`: the package's own data, or the checkout."""
    package = Path(dialogue_game.__file__).resolve().parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent.parent


def shipped_course() -> Path:
    """The folder of the course that comes with the game."""
    return home() / "stories" / SHIPPED


def resolve(name: str) -> Target:
    """What somebody means who writes this: an id of the shipped course, a folder, or a file.

    Raises NotFound, with the nearest name.
    """
    known = {
        path.name.removesuffix(STORY_SUFFIX) for path in story_files(shipped_course())
    }
    if name in known:
        return Target(shipped_course(), name)
    path = expand_home(name)
    if name and is_folder(path):
        return _folder(path)
    if is_file(path):
        return _file(path)
    if name == SHIPPED:
        return Target(shipped_course(), "")
    if is_closed(path):
        raise _closed(path)
    if path.name != name or path.suffix:
        raise NotFound(
            f"“{name}” is not there.", f"It was looked for from {Path.cwd()}."
        )
    raise NotFound(f"There is no story “{name}”.", _nearest(name, known))


def _folder(path: Path) -> Target:
    if is_file(path / COURSE_FILE):
        return Target(path, "")
    if is_closed(path / COURSE_FILE):
        raise _closed(path)
    raise NotFound(
        f"There is no {COURSE_FILE} in “{path}”.", "Name a course's folder or a story."
    )


def _closed(path: Path) -> NotFound:
    return NotFound(
        f"“{path}” may not be opened: permission denied.",
        "Allow reading it, or choose another one.",
    )


def _file(path: Path) -> Target:
    """A story's file, alone or in a course; a course's own files mean the whole course."""
    if path.name in (COURSE_FILE, GUIDELINES_FILE, REFERENCES_FILE):
        return _folder(path.parent)
    for suffix in BESIDE:
        if path.name.endswith(suffix):
            path = path.with_name(path.name.removesuffix(suffix) + STORY_SUFFIX)
    story = path.name.removesuffix(STORY_SUFFIX)
    return Target(path.parent if is_file(path.parent / COURSE_FILE) else path, story)


def _nearest(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    for word in get_close_matches(name.lower()[:80], known, 1, 0.5):
        return f"Did you mean “{word}”?"
    return (
        f"There are: {', '.join(sorted(known))}." if known else "Name a story's file."
    )


class OpenCourse:
    """A course ready to play: its index at once, its stories when asked for."""

    def __init__(
        self,
        course: Course,
        folder: Path,
        compiled: cache.CompiledCourse | None = None,
        built: BuiltCourse | None = None,
    ) -> None:
        self.course = course
        self.folder = folder
        self._compiled = compiled
        self.built = built
        """What its files gave; None where they were not read, as it came from the cache."""
        self._stories: dict[str, Story] = {}

    @property
    def assets(self) -> Path:
        """The folder of its pictures; it may not be there."""
        return pictures_folder(
            self.folder if is_folder(self.folder) else self.folder.parent
        )

    @property
    def sound(self) -> bool:
        """Whether a check of these very sources found no error before."""
        return bool(self._compiled and self._compiled.sound(self._beside()))

    def keep_sound(self) -> None:
        """Remember, where it has a cache, that a check found no error."""
        if self._compiled:
            self._compiled.keep_sound(self._beside())

    def _beside(self) -> Iterator[Path]:
        """The files beside its sources that a check reads, too: walks and pictures."""
        folder = self.folder if is_folder(self.folder) else self.folder.parent
        yield from folder.glob(f"*{WALKS_SUFFIX}")
        yield from self.assets.glob("*")

    def story(self, story: str) -> Story:
        """One story.

        Raises NotFound where the course does not have it, ContentInvalid where it has errors.
        """
        if story not in self._stories:
            self._stories[story] = self._opened(story)
        return self._stories[story]

    def _opened(self, story: str) -> Story:
        entry = self.course.entry(story)
        if entry is None:
            known = {entry.id for entry in self.course.stories}
            raise NotFound(f"There is no story “{story}”.", _nearest(story, known))
        if entry.coming:
            raise NotFound(
                f"“{entry.title}” is not written yet.", "Choose another story."
            )
        kept = (
            self._compiled.story(story) if self._compiled and not self.built else None
        )
        if kept is not None and kept.edition == entry.edition:
            return kept
        if self.built is None:
            self.built = build_at(self.folder)
        built = self.built.stories.get(story)
        if built is None or built.story is None:
            file = built.file if built else str(self.folder)
            raise invalid(self.built, file)
        return built.story


def open_course(
    folder: Path,
    cache_folder: Path | None = None,
    before_building: Callable[[], None] | None = None,
) -> OpenCourse:
    """A course's folder, or a lone story file, ready to play.

    From the cache where its sources are unchanged, else built and kept there, which takes about a
    second: `before_building` is called first. Raises NotFound, ContentInvalid.
    """
    if not (is_folder(folder) or is_file(folder)):
        raise NotFound(
            f"There is no course at “{folder}”.", "Name a course's folder or a story."
        )
    compiled = _compiled(folder, cache_folder)
    kept = compiled.course() if compiled else None
    if kept is not None:
        return OpenCourse(replace(kept, folder=str(folder)), folder, compiled)
    if before_building is not None:
        before_building()
    built = build_at(folder)
    if built.course is None:
        raise invalid(built, str(folder))
    stories = {
        name: story.story for name, story in built.stories.items() if story.story
    }
    if compiled and len(stories) == len(built.stories):
        compiled.keep(built.course, stories)
    return OpenCourse(built.course, folder, compiled, built)


def invalid(built: BuiltCourse, file: str) -> ContentInvalid:
    """The error that says that a course, or one file of it, cannot be played."""
    findings = [
        noticed for noticed in built.findings if noticed.place.file.startswith(file)
    ]
    count = len([noticed for noticed in findings if noticed.severity == "error"])
    errors = "1 error" if count == 1 else f"{count} errors"
    return ContentInvalid(
        f"“{file}” cannot be played: it has {errors}.",
        f"See them with: dialogue-game check {file}",
        findings,
    )


def build_at(path: Path) -> BuiltCourse:
    """A course's folder, or a story's file by itself, built with what is wrong with it."""
    from dialogue_game.content.build_course import build_course, build_story

    return build_course(path) if is_folder(path) else build_story(path)


def _compiled(folder: Path, cache_folder: Path | None) -> cache.CompiledCourse | None:
    """The place of these sources in the cache; None where there is no cache, or no reading them."""
    if cache_folder is None:
        return None
    alone = not is_folder(folder)
    files = _with_review(folder) if alone else sorted(folder.glob(f"*{STORY_SUFFIX}"))
    wanted = [path for path in files if not path.name.endswith(WALKS_SUFFIX)]
    try:
        digest = cache.digest_of(
            wanted, pictures_folder(folder.parent if alone else folder)
        )
    except OSError:
        return None
    return cache.CompiledCourse(cache_folder, digest)


def _with_review(story: Path) -> list[Path]:
    """A lone story's file, with the record of its reviews where there is one."""
    review = story.with_name(story.name.removesuffix(STORY_SUFFIX) + REVIEW_SUFFIX)
    return [story, review] if is_file(review) else [story]
