"""A course as one page, or as the package that learning platforms take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialogue_game.content.library import OpenCourse, resolve, shipped_course
from dialogue_game.core.course import Course
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound
from dialogue_game.web.bundle import html
from dialogue_game.web.course_data import as_json, course_data
from dialogue_game.web.pictures import pictures
from dialogue_game.web.texts import page_words, xapi_terms

CMI5: Final = "cmi5"
"""The standard whose packages report by xAPI statements."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The page, and sentences for the person who exports it."""

    page: str
    data: Mapping[str, Any]
    stories: tuple[Story, ...]
    notices: tuple[str, ...]


def export(
    shelf: OpenCourse, language: str = "", scorm: Mapping[str, Any] | None = None
) -> Exported:
    """The course as a page; with `scorm` it looks for a learning platform.

    Raises NotFound where it is not written in that language, ContentInvalid where it has errors.
    """
    course = shelf.course
    written = course.language
    if language and language != written:
        raise NotFound(
            f"This course is written in “{written}”; there is no translation to “{language}”.",
            f"Leave --language out, or write --language {written}.",
        )
    stories = [shelf.story(entry.id) for entry in course.stories if not entry.coming]
    drawn = pictures(shelf.assets, stories)
    data = course_data(course, stories, drawn.found)
    platform = ""
    if scorm is not None:
        platform = CMI5 if scorm.get("version") == CMI5 else "scorm"
        data["scorm"] = dict(scorm)
        data["words"]["page"]["privacy"] = page_words()["privacy_scorm"]
        if platform == CMI5:
            data["scorm"]["xapi"] = xapi_terms()
    page = html(
        as_json(data),
        title=course.title,
        language=written,
        direction=course.direction,
        start=page_words()["start"],
        platform=platform,
    )
    return Exported(
        page, data, tuple(stories), (*_unwritten(course, stories), *drawn.left_out)
    )


def _unwritten(course: Course, stories: list[Story]) -> tuple[str, ...]:
    """What is announced and not in the page."""
    coming = [entry.title for entry in course.stories if entry.coming]
    return tuple(
        f"“{title}” is not written yet, and is only announced." for title in coming
    )


def course_at(name: str) -> Path:
    """The folder or file that somebody names; "" means the shipped course. Raises NotFound."""
    return resolve(name).course if name else shipped_course()
