"""The page's modules as one script, and the whole page as one file that asks for nothing.

A module is taken as it stands, without its imports and the word `export`: names are unique across
modules (a test holds them to it), so that joining is all there is to building.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Final

from dialogue_game.core.text import safe_on_pages

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
        f'<script type="application/json" id="course">{_inert(course)}</script>\n'
        f"<script>{code}</script>\n</body>\n</html>\n"
    )


def _inert(data: str) -> str:
    """JSON that cannot end its own element."""
    return (
        data.replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _text(text: str) -> str:
    return escape(safe_on_pages(text), quote=True)
