"""A course as the page carries it: what is played, and every word that the page says.

What only its makers read is kept back. Words that Python says, too, are those of `reporting`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from dialogue_game.core.course import Course
from dialogue_game.core.story import Story
from dialogue_game.reporting import about, labels, run_text
from dialogue_game.reporting.xapi import terms

FORMAT: Final = "dialogue-game course"
VERSION: Final = 1
KEPT_BACK: Final = frozenset(
    {"notes", "todo", "folder", "Choice.status", "Paragraph.fragment", "Exhibit.shared"}
)
"""What is for facilitators, authors and this machine."""

NAMED: Final = frozenset({"scenes", "endings", "choices"})
"""What stands under its id, which need not be said twice."""
ONLY: Final = {"text": "text", "consequence": "text", "goto": "to"}
"""What a list's items say beside a condition."""
SHORT: Final = 12
"""Letters of a text that is not worth a number."""


def plain(value: Any) -> Any:
    """A value of the core as plain data, without what is at its default and what is kept back."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {}
        for field in fields(value):
            item = getattr(value, field.name)
            names = {field.name, f"{type(value).__name__}.{field.name}"}
            if not names & KEPT_BACK and not _default(field, item):
                found[field.name] = plain(item)
        return found
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
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
    data: dict[str, Any] = plain(course)
    data |= {
        "format": FORMAT,
        "version": VERSION,
        "pictures": dict(pictures),
        "words": words(),
    }
    data["entries"] = data.pop("stories")
    data["stories"] = [_story(story, course) for story in stories]
    return data


def _without_id(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "id"}


def _without_keys(item: dict[str, Any], name: str) -> Any:
    """What a paragraph or a branch says, and, where it has one, its condition."""
    return [item[name], item["when"]] if item.get("when") else item[name]


def _shorter(name: str, value: Any) -> Any:
    """A part of a story in fewer letters; `engine/course.mjs` makes it whole again."""
    if isinstance(value, list):
        if name == "marks":
            return [[mark["guideline"], mark["word"], mark["why"]] for mark in value]
        if name in ONLY:
            return [_without_keys(item, ONLY[name]) for item in value]
        return [_shorter("", item) for item in value]
    if isinstance(value, dict):
        if name in NAMED:
            return {key: _shorter("", _without_id(item)) for key, item in value.items()}
        return {key: _shorter(key, item) for key, item in value.items()}
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


def _share(data: dict[str, Any]) -> None:
    """Say once what a story says in several places: a paragraph's number stands for its text."""
    parts = [*_paragraphs(data["scenes"]), *_paragraphs(data["endings"])]
    known = Counter(part["text"] for part in parts)
    often = [text for text, times in known.items() if times > 1 and len(text) > SHORT]
    numbers = {text: number for number, text in enumerate(often)}
    for part in parts:
        part["text"] = numbers.get(part["text"], part["text"])
    if often:
        data["texts"] = often


def _story(story: Story, course: Course) -> dict[str, Any]:
    """A story; where its guidelines and references are the course's own, only their ids."""
    data: dict[str, Any] = plain(story)
    for name in ("guidelines", "references"):
        own: Mapping[str, Any] = getattr(story, name)
        shared: Mapping[str, Any] = getattr(course, name)
        if own and all(shared.get(key) == item for key, item in own.items()):
            data[name] = list(own)
    _share(data)
    for name in ("scenes", "endings"):
        data[name] = _shorter(name, data[name])
    return data


def as_json(data: Mapping[str, Any]) -> str:
    """The data as JSON, in the order given."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@cache
def page_words() -> dict[str, str]:
    """The words by the key that the page's modules ask for: the debrief's titles, its own."""
    kept = resources.files(__package__) / "page" / "words.json"
    found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return {**run_text.TITLES, **found}


def shared() -> dict[str, Any]:
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
        "comes_of": run_text.COMES_OF,
        "soundness": {
            str(sound).lower(): word for sound, word in run_text.SOUNDNESS.items()
        },
        "what_if": dict(run_text.WHAT_IF),
        "law": about.LAW,
        "walkers": dict(run_text.WALKERS),
        "compare": dict(run_text.SENTENCES),
        "exhibits": dict(labels.NAMES),
        "fields": dict(labels.LABELS),
    }


def xapi_terms() -> dict[str, Any]:
    """The ids of verbs, types and extensions that statements are made of."""
    return {
        "base": terms.BASE,
        "cmi5": terms.CMI5,
        "profile": terms.PROFILE,
        "verbs": dict(terms.VERBS),
        "course": terms.COURSE,
        "scenario": terms.SCENARIO,
        "decision": terms.DECISION,
        "guideline": terms.GUIDELINE,
        "profile_type": terms.PROFILE_TYPE,
        "attempt": terms.ATTEMPT,
        "marks": terms.MARKS,
        "verdict": terms.VERDICT,
        "ending": terms.ENDING,
    }


def words() -> dict[str, Any]:
    """All words of a page."""
    return {**shared(), "page": dict(page_words())}
