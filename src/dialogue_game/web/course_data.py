"""A course as the page carries it: what is played, its pictures, and every text of the page.

What only its makers read is kept back. Texts that Python shows, too, are those of `reporting`. Of a
picture the drawing is taken where there is one, else the picture itself.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

from dialogue_game.content.folders import is_file, links_outside
from dialogue_game.core.course import Course
from dialogue_game.core.story import Story
from dialogue_game.reporting import about, labels, run_text
from dialogue_game.reporting import xapi_model as xapi

FORMAT: Final = "dialogue-game course"
VERSION: Final = 1
EXCLUDED: Final = frozenset(
    {"notes", "todo", "folder", "Choice.status", "Paragraph.fragment", "Exhibit.shared"}
)
"""What is for facilitators, authors and this machine."""

KEYED_BY_ID: Final = frozenset({"scenes", "endings", "choices"})
"""What stands under its id, which need not be said twice."""
MAIN_FIELDS: Final = {"text": "text", "consequence": "text", "goto": "to"}
"""What a list's items say beside a condition."""
MIN_SHARED_LENGTH: Final = 12
"""Letters of a text that is not worth a number."""


def plain_data(value: Any) -> Any:
    """A value of the core as plain data, without what is at its default and what is kept back."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {}
        for field in fields(value):
            item = getattr(value, field.name)
            names = {field.name, f"{type(value).__name__}.{field.name}"}
            if not names & EXCLUDED and not _default(field, item):
                found[field.name] = plain_data(item)
        return found
    if isinstance(value, Mapping):
        return {key: plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_data(item) for item in value]
    return value


def _default(field: Any, item: Any) -> bool:
    if field.default is not MISSING:
        return bool(item == field.default)
    return field.default_factory is not MISSING and bool(
        item == field.default_factory()
    )


def course_data(
    course: Course, stories: Iterable[Story], pictures: Mapping[str, str]
) -> dict[str, Any]:
    """The course with its stories; guidelines and references stand in it once."""
    data: dict[str, Any] = plain_data(course)
    data |= {
        "format": FORMAT,
        "version": VERSION,
        "pictures": dict(pictures),
        "words": page_data_texts(),
    }
    data["entries"] = data.pop("stories")
    data["stories"] = [_story(story, course) for story in stories]
    return data


def _without_id(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "id"}


def _main_field(item: dict[str, Any], name: str) -> Any:
    """What a paragraph or a branch says, and, where it has one, its condition."""
    return [item[name], item["when"]] if item.get("when") else item[name]


def _compact(name: str, value: Any) -> Any:
    """A part of a story in fewer letters; `engine/course.mjs` makes it whole again."""
    if isinstance(value, list):
        if name == "marks":
            return [[mark["guideline"], mark["word"], mark["why"]] for mark in value]
        if name in MAIN_FIELDS:
            return [_main_field(item, MAIN_FIELDS[name]) for item in value]
        return [_compact("", item) for item in value]
    if isinstance(value, dict):
        if name in KEYED_BY_ID:
            return {key: _compact("", _without_id(item)) for key, item in value.items()}
        return {key: _compact(key, item) for key, item in value.items()}
    return value


def _paragraphs(value: Any, name: str = "") -> Iterator[dict[str, Any]]:
    """All paragraphs with a condition or without, wherever they stand in a part of a story."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paragraphs(item, key)
    elif isinstance(value, list):
        for item in value:
            if name in ("text", "consequence"):
                yield item
            else:
                yield from _paragraphs(item)


def _share_texts(data: dict[str, Any]) -> None:
    """Say once what a story says in several places: a paragraph's number stands for its text."""
    parts = [*_paragraphs(data["scenes"]), *_paragraphs(data["endings"])]
    known = Counter(part["text"] for part in parts)
    often = [
        text
        for text, times in known.items()
        if times > 1 and len(text) > MIN_SHARED_LENGTH
    ]
    numbers = {text: number for number, text in enumerate(often)}
    for part in parts:
        part["text"] = numbers.get(part["text"], part["text"])
    if often:
        data["texts"] = often


def _story(story: Story, course: Course) -> dict[str, Any]:
    """A story; where its guidelines and references are the course's own, only their ids."""
    data: dict[str, Any] = plain_data(story)
    for name in ("guidelines", "references"):
        own: Mapping[str, Any] = getattr(story, name)
        shared: Mapping[str, Any] = getattr(course, name)
        if own and all(shared.get(key) == item for key, item in own.items()):
            data[name] = list(own)
    _share_texts(data)
    for name in ("scenes", "endings"):
        data[name] = _compact(name, data[name])
    return data


def as_json(data: Mapping[str, Any]) -> str:
    """The data as JSON, in the order given."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@cache
def page_texts() -> dict[str, str]:
    """The words by the key that the page's modules ask for: the debrief's titles, its own."""
    kept = resources.files(__package__) / "page" / "words.json"
    found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return {**run_text.TITLES, **found}


def shared_texts() -> dict[str, Any]:
    """What the Python pages and the exported page both say."""
    return {
        "verdicts": dict(labels.VERDICTS),
        "repaired": labels.REPAIRED,
        "verified": dict(labels.VERIFIED),
        "force": dict(labels.FORCE),
        "defensible": labels.DEFENSIBLE,
        "settled": labels.SETTLED,
        "earned": labels.EARNED,
        "adding_up": labels.ADDING_UP,
        "nothing_at_stake": labels.NOTHING_AT_STAKE,
        "comes_of": run_text.TRANSFER_RESULT,
        "soundness": {
            str(sound).lower(): word for sound, word in run_text.SOUNDNESS.items()
        },
        "what_if": dict(run_text.WHAT_IF),
        "law": about.LAW,
        "walkers": dict(run_text.PLAYER_NAMES),
        "compare": dict(run_text.COMPARISON_TEXTS),
        "exhibits": dict(labels.EXHIBIT_NAMES),
        "fields": dict(labels.FIELD_LABELS),
    }


def xapi_terms() -> dict[str, Any]:
    """The ids of verbs, types and extensions that statements are made of."""
    return {
        "base": xapi.BASE,
        "cmi5": xapi.CMI5,
        "profile": xapi.PROFILE,
        "verbs": dict(xapi.VERBS),
        "course": xapi.COURSE,
        "scenario": xapi.SCENARIO,
        "decision": xapi.DECISION,
        "guideline": xapi.GUIDELINE,
        "profile_type": xapi.PROFILE_TYPE,
        "attempt": xapi.ATTEMPT,
        "marks": xapi.MARKS,
        "verdict": xapi.VERDICT,
        "ending": xapi.ENDING,
    }


def page_data_texts() -> dict[str, Any]:
    """All words of a page."""
    return {**shared_texts(), "page": dict(page_texts())}


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
    for name in sorted({name for story in stories for name in _picture_names(story)}):
        address, why = _picture(folder, name)
        if address:
            found[name] = address
        else:
            left_out.append(
                f"The picture “{name}” is left out: {why}. Its words stand in for it."
            )
    return PageImages(found, tuple(left_out))


def _picture_names(story: Story) -> Iterator[str]:
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
    if is_file(drawing) and not links_outside(drawing):
        content = _content(drawing)
        if len(content) <= LARGEST_DRAWING and _is_drawing(content):
            return _drawing_address(content.decode("utf-8", "replace")), ""
    file = folder / name
    if not is_file(file) or links_outside(file):
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
