"""The course's pictures as data: the drawing where there is one, else the picture itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from dialogue_game.content.folders import is_file, leads_out
from dialogue_game.core.story import Story

LARGEST: Final = 1_000_000
"""Bytes of one picture; a page is carried around, and a phone has to hold it."""
LARGEST_DRAWING: Final = 60_000
_SIGNATURES: Final[Mapping[bytes, str]] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
_UNSHOWN: Final = re.compile(r"<!--.*?-->|<(title|desc)>[^<]*</\1>", re.DOTALL)
_BETWEEN: Final = re.compile(r"(?<=/)>\s+<|>\s+<(?=/?g\b)")
"""Space between elements, where it cannot be a letter of a text."""


class PageImages(NamedTuple):
    """Pictures by the name that stories call them, and why some are left out."""

    found: Mapping[str, str]
    left_out: tuple[str, ...]


def pictures(folder: Path | None, stories: Iterable[Story]) -> PageImages:
    """The pictures that these stories show, as `data:` addresses."""
    found: dict[str, str] = {}
    left_out: list[str] = []
    for name in sorted({name for story in stories for name in _named(story)}):
        address, why = _picture(folder, name)
        if address:
            found[name] = address
        else:
            left_out.append(
                f"The picture “{name}” is left out: {why}. Its words stand in for it."
            )
    return PageImages(found, tuple(left_out))


def _named(story: Story) -> Iterator[str]:
    if story.cover is not None:
        yield story.cover.file
    for scene in story.scenes.values():
        for exhibit in scene.exhibits:
            if exhibit.fields.get("file"):
                yield exhibit.fields["file"]


def _picture(folder: Path | None, name: str) -> tuple[str, str]:
    """The picture's address, or why there is none."""
    if folder is None or Path(name).name != name:
        return "", "it is not there"
    drawing = (folder / name).with_suffix(".svg")
    if is_file(drawing) and not leads_out(drawing):
        content = _content(drawing)
        if len(content) <= LARGEST_DRAWING and _is_drawing(content):
            return _drawing_address(content.decode("utf-8", "replace")), ""
    file = folder / name
    if not is_file(file) or leads_out(file):
        return "", "it is not there"
    if file.stat().st_size > LARGEST:
        return "", f"it has more than {LARGEST // 1000} kB; make it smaller"
    content = _content(file)
    kind = next(
        (kind for sign, kind in _SIGNATURES.items() if content.startswith(sign)), ""
    )
    return (_address(kind, content), "") if kind else ("", "it is not a picture")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _is_drawing(content: bytes) -> bool:
    """Whether it is SVG without entities, which could grow without end."""
    return b"<svg" in content[:1000] and b"<!" not in content.replace(b"<!--", b"")


def _drawing_address(drawing: str) -> str:
    """A drawing as an address that can be read, a quarter shorter than in base 64.

    Its own title and description stay out: nothing reads them in a picture, which has its words.
    """
    bare = _UNSHOWN.sub("", drawing)
    line = _BETWEEN.sub("><", re.sub(r"\s*\n\s*", " ", bare)).strip()
    spelled = line.replace("%", "%25").replace("#", "%23").replace("<", "%3C")
    quoted = spelled if "'" in spelled else spelled.replace('"', "'")
    return f"data:image/svg+xml,{quoted}"


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
