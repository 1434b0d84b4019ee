"""A course as one page: one file that asks for nothing, its modules joined to one script.

A module is taken as it stands, without its imports and the word `export`: names are unique across
modules (a test holds them to it), so that joining is all there is to building.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any, Final

from dialogue_game.content.library import OpenCourse, resolve, shipped_course
from dialogue_game.core.course import Course
from dialogue_game.core.story import Story
from dialogue_game.core.text import safe_on_pages
from dialogue_game.errors import NotFound
from dialogue_game.web.course_data import (
    as_json,
    course_data,
    page_texts,
    pictures,
    xapi_terms,
)

CMI5: Final = "cmi5"
"""The standard whose packages report by xAPI statements."""
ENGINE: Final = (
    "expressions",
    "text",
    "profile",
    "engine",
    "course",
    "look_back",
    "debrief",
    "sequences",
    "compare_words",
    "compare",
)
PAGE: Final = (
    "dom",
    "storage",
    "runs",
    "run_files",
    "exhibits",
    "cards",
    "play_view",
    "debrief_view",
    "explore_views",
    "transfer",
    "course_views",
    "present_view",
)
PLATFORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "": (),
    "scorm": ("scorm",),
    "cmi5": ("scorm", "cmi5"),
}
"""The bridges of a page for a learning platform; the shell asks for none where none is there."""
LAST: Final = "shell"
_IMPORT: Final = re.compile(r"^import [^;]*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT: Final = re.compile(
    r"^export (?=async |class |const |function |let )", re.MULTILINE
)
_COMMENT: Final = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/\n|^// @ts-check\n", re.MULTILINE | re.DOTALL
)
_LINE_COMMENT: Final = re.compile(r"^[ \t]*// .*\n", re.MULTILINE)
_MARGIN: Final = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
"""Margins and empty lines: no module has a text that runs over several lines."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The page, and sentences for the person who exports it."""

    page: str
    data: Mapping[str, Any]
    stories: tuple[Story, ...]
    notices: tuple[str, ...]


def export(
    opened: OpenCourse, language: str = "", scorm: Mapping[str, Any] | None = None
) -> Exported:
    """The course as a page; with `scorm` it looks for a learning platform.

    Raises NotFound where it is not written in that language, ContentInvalid where it has errors.
    """
    course = opened.course
    written = course.language
    if language and language != written:
        raise NotFound(
            f"This course is written in “{written}”; there is no translation to “{language}”.",
            f"Leave --language out, or write --language {written}.",
        )
    stories = [opened.story(entry.id) for entry in course.stories if not entry.coming]
    drawn = pictures(opened.assets, stories)
    data = course_data(course, stories, drawn.found)
    platform = ""
    if scorm is not None:
        platform = CMI5 if scorm.get("version") == CMI5 else "scorm"
        data["scorm"] = dict(scorm)
        data["words"]["page"]["privacy"] = page_texts()["privacy_scorm"]
        if platform == CMI5:
            data["scorm"]["xapi"] = xapi_terms()
    page = html(
        as_json(data),
        title=course.title,
        language=written,
        direction=course.direction,
        start=page_texts()["start"],
        platform=platform,
    )
    return Exported(
        page, data, tuple(stories), (*_coming_notices(course, stories), *drawn.left_out)
    )


def _coming_notices(course: Course, stories: list[Story]) -> tuple[str, ...]:
    """What is announced and not in the page."""
    coming = [entry.title for entry in course.stories if entry.coming]
    return tuple(
        f"“{title}” is not written yet, and is only announced." for title in coming
    )


def course_path(name: str) -> Path:
    """The folder or file that somebody names; "" means the shipped course. Raises NotFound."""
    return resolve(name).course if name else shipped_course()


@cache
def script(platform: str = "") -> str:
    """All modules of a page for this platform as one."""
    page = (*PAGE, *PLATFORMS[platform], LAST)
    parts = [_module("engine", name) for name in ENGINE] + [
        _module("page", name) for name in page
    ]
    return '"use strict";\n' + "".join(parts)


@cache
def style() -> str:
    """The page's style sheet."""
    return _MARGIN.sub("", _read("page", "style.css"))


def _module(folder: str, name: str) -> str:
    source = _COMMENT.sub("", _read(folder, f"{name}.mjs"))
    joined = _EXPORT.sub("", _IMPORT.sub("", source))
    return _MARGIN.sub("", _LINE_COMMENT.sub("", joined))


def _read(folder: str, file: str) -> str:
    return (resources.files(__package__) / folder / file).read_text(encoding="utf-8")


def hashed(text: str) -> str:
    """What a content security policy calls this script or style."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def html(
    course: str,
    *,
    title: str,
    language: str,
    direction: str,
    start: str,
    platform: str = "",
) -> str:
    """The page; `course` is the course as JSON, `start` what it says until the script runs.

    A page for cmi5 may speak to the platform that launches it, wherever that is.
    """
    code, reports = script(platform), platform == "cmi5"
    policy = (
        f"default-src 'none'; script-src {hashed(code)}; style-src {hashed(style())}; "
        f"img-src data:; {'connect-src http: https:; ' if reports else ''}"
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html>\n<html lang="{_text(language)}" dir="{_text(direction)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(title)}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
        f'<div id="app"><main><h1>{_text(title)}</h1>\n'
        f"<noscript><p>{_text(start)}</p></noscript></main></div>\n"
        f'<script type="application/json" id="course">{_script_safe(course)}</script>\n'
        f"<script>{code}</script>\n</body>\n</html>\n"
    )


def _script_safe(data: str) -> str:
    """JSON that cannot end its own element."""
    return (
        data.replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _text(text: str) -> str:
    return escape(safe_on_pages(text), quote=True)
