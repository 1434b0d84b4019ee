"""What pydantic refuses, said to an author: the place, what is expected, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from dialogue_game.analysis.findings import Finding, PathKey, Place, finding
from dialogue_game.content.file_findings import did_you_mean
from dialogue_game.content.model_types import MistakeCount
from dialogue_game.content.places import SourcePlaces, clipped
from dialogue_game.content.schema import SchemaIndex
from dialogue_game.content.source import Source
from dialogue_game.content.wrong_values import (
    PLAIN,
    not_an_id,
    shape_advice,
    wrong_type,
)
from dialogue_game.content.yaml_errors import MAX_FINDINGS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A file as its author wrote it (`value`, None where it cannot be understood), and findings."""

    source: Source
    value: T | None
    findings: tuple[Finding, ...] = ()


def understood(source: Source, adapter: TypeAdapter[T]) -> Reading[T]:
    """What the author wrote, as the model; or findings; or both where only unknown keys stand.

    With unknown keys taken out the rest can still be looked at, and everything said at once.
    """
    if source.data is None:
        return Reading(source, None, source.findings)
    empty = any(noticed.code == "DG015" for noticed in source.findings)
    data = _without_nothing(source.data) if empty else source.data
    try:
        model = adapter.validate_python(data, context=MistakeCount())
        return Reading(source, model, source.findings)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=True)
    words = _Words(source.data, source.places, SchemaIndex(adapter))
    strays = words.strays()
    meant = words.meant(errors[:MAX_FINDINGS])
    new = [
        error
        for error in errors[:MAX_FINDINGS]
        if not words.said(error)
        and strays.isdisjoint(map(str, error["loc"][:2]))
        and not (error["type"] == "missing" and error["loc"] in meant)
    ]
    found = (
        *source.findings,
        *map(words.stray, sorted(strays)),
        *map(words.finding, new),
    )
    spare = [
        words.path(error["loc"])
        for error in errors
        if error["type"] == "extra_forbidden"
    ]
    if len(spare) < len(errors):
        return Reading(source, None, found)
    try:
        left = without(data, spare)
        return Reading(
            source, adapter.validate_python(left, context=MistakeCount()), found
        )
    except ValidationError:
        return Reading(source, None, found)


def without(data: Any, paths: Iterable[PathKey]) -> Any:
    """A copy of plain data without the keys at these paths."""
    copy = _copied(data)
    for path in sorted(paths, key=len, reverse=True):
        parent = copy
        for part in path[:-1]:
            parent = parent[part]
        parent.pop(path[-1], None)
    return copy


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(item) for item in data] if isinstance(data, list) else data


def _without_nothing(data: Any) -> Any:
    """A copy without the keys that have no value; reading has noticed them already."""
    if isinstance(data, dict):
        return {key: _without_nothing(v) for key, v in data.items() if v is not None}
    return [_without_nothing(item) for item in data] if isinstance(data, list) else data


class _Words:
    """Turns pydantic's errors about one file into findings."""

    def __init__(self, data: Any, places: SourcePlaces, schema: SchemaIndex) -> None:
        self.data = data
        self.places = places
        self.schema = schema

    def path(self, location: Iterable[str | int]) -> PathKey:
        """The authored path of pydantic's `loc`, which also names the branches it tried."""
        path: list[str | int] = []
        current = self.data
        for part in location:
            if _holds(current, part):
                current = current[part]
                path.append(part)
        return tuple(path)

    def said(self, error: Any) -> bool:
        """Whether reading has already noticed it: there is no value at all."""
        found = self.at(self.path(error["loc"]))
        if found is None or error["input"] is None:
            return True
        echoes = error["type"] not in ("missing", "extra_forbidden")
        return echoes and isinstance(found, dict) and None in found.values()

    def finding(self, error: Any) -> Finding:
        """The finding for one of pydantic's errors."""
        path = self.path(error["loc"])
        kind = error["type"]
        if kind == "extra_forbidden":
            return self.unknown_key(path)
        if kind == "missing":
            return self.missing(path, str(error["loc"][-1]))
        about_key = bool(error["loc"]) and error["loc"][-1] == "[key]"
        place = self.places.key(path) if about_key else self.places[path]
        if not path:
            place = self.top()
        value = error["input"]
        if kind == "literal_error":
            return self.not_among(path, place, value)
        if kind == "string_pattern_mismatch":
            return not_an_id(place, str(value), str(error["ctx"]["pattern"]))
        if kind in ("too_short", "string_too_long"):
            return self.wrong_length(path, place, kind, error["ctx"])
        if kind in PLAIN:
            code, message, advice = PLAIN[kind]
            return finding(code, place, message, advice)
        is_id = any("pattern" in node for node in self.schema.nodes(path))
        wrong = wrong_type(
            place, "id" if is_id else kind, value, self.schema.about(path)
        )
        return replace(wrong, advice=shape_advice(path, value) or wrong.advice)

    def wrong_length(
        self, path: PathKey, place: Place, kind: str, context: Mapping[str, Any]
    ) -> Finding:
        """A list with too few items, or an id or name that is too long."""
        if kind == "too_short":
            message = f"At least {context['min_length']} must stand here."
            return finding("DG011", place, message, self.schema.about(path))
        message = f"This is longer than {context['max_length']} characters."
        return finding("DG014", place, message, "Find something shorter.")

    def top(self) -> Place:
        """The first line, for what the file as a whole lacks."""
        return self.places.at(0)

    def unknown_key(self, path: PathKey) -> Finding:
        """A key that nothing reads; with the nearest one that something does."""
        key = str(path[-1])
        allowed = [name for name in self.schema.keys_at(path[:-1]) if name]
        return finding(
            "DG010",
            self.places.key(path),
            f"“{clipped(key)}” is not a key that belongs here.",
            self.moved(path)
            or did_you_mean(key, allowed)
            or f"Allowed here: {', '.join(allowed)}.",
        )

    def meant(self, errors: Sequence[Any]) -> set[tuple[str | int, ...]]:
        """What is missing only because its key is misspelt, which is told already."""
        unknown = [e["loc"] for e in errors if e["type"] == "extra_forbidden"]
        return {
            missing["loc"]
            for missing in errors
            if missing["type"] == "missing"
            for spare in unknown
            if spare[:-1] == missing["loc"][:-1]
            and did_you_mean(str(spare[-1]), [str(missing["loc"][-1])])
        }

    def strays(self) -> set[str]:
        """Parts of a story, such as its endings, that stand among its scenes, one step too deep."""
        scenes = self.data.get("scenes") if isinstance(self.data, dict) else None
        if not isinstance(scenes, dict):
            return set()
        parts = {*self.schema.keys_at(())} - {*self.data}
        return {
            str(name)
            for name, value in scenes.items()
            if name in parts and isinstance(value, dict) and "title" not in value
        }

    def stray(self, name: str) -> Finding:
        """A part of the story among its scenes."""
        return finding(
            "DG010",
            self.places.key(("scenes", name)),
            f"“{name}” stands among the scenes.",
            "Begin it at the left edge, as “scenes” does, and move all of it with it.",
        )

    def moved(self, path: PathKey) -> str:
        """Where a key belongs that stands too far to the left or to the right, if it is one."""
        key, above = str(path[-1]), path[:-1]
        value, around = self.at(path), self.at(above)
        beside = (
            [name for name in around if name != key] if isinstance(around, dict) else []
        )
        for name in beside:
            if key in self.schema.keys_at((*above, name)) and isinstance(
                around[name], dict
            ):
                return (
                    f"It belongs to “{name}”: begin it deeper, as the keys of “{name}”."
                )
        outer = above[-1] if above else None
        fields = value.keys() if isinstance(value, dict) else set()
        if isinstance(outer, str) and len(fields & set(self.schema.keys_at(above))) > 1:
            if "choices" in around and {"text", "goto"} <= fields:
                return f"It looks like a choice of “{outer}”: begin it as deep as the others."
            return (
                f"If it is another one beside “{outer}”, begin it as far to the left."
            )
        for depth in range(len(above) - 1, -1, -1):
            if key in self.schema.keys_at(above[:depth]):
                owner = f"“{above[depth - 1]}”" if depth else "the file itself"
                return f"It is a key of {owner}: begin it further to the left."
        return ""

    def at(self, path: PathKey) -> Any:
        """The authored value at a path."""
        found = self.data
        for part in path:
            found = found[part]
        return found

    def missing(self, path: PathKey, key: str) -> Finding:
        """A key that must be there."""
        place = self.places.key(path) if path else self.places[()]
        where = (
            f" in “{clipped(str(path[-1]))}”"
            if path and isinstance(path[-1], str)
            else ""
        )
        advice = self.schema.about((*path, key))
        if self.parted(path, key):
            advice = f"Take the dash before “{key}” below away: it begins another item."
        return finding(
            "DG011",
            place if path else self.top(),
            f"“{key}” is missing{where}.",
            advice,
        )

    def parted(self, path: PathKey, key: str) -> bool:
        """Whether a key that an item of a list misses is all that the next item has."""
        if not path or not isinstance(path[-1], int):
            return False
        items = self.at(path[:-1])
        after = items[path[-1] + 1 : path[-1] + 2]
        return bool(after) and isinstance(after[0], dict) and {*after[0]} == {key}

    def not_among(self, path: PathKey, place: Place, value: Any) -> Finding:
        """A value that is none of the words allowed."""
        if path == ("format",):
            return finding(
                "DG008",
                place,
                f"This file is in format {clipped(str(value))}; this game reads {self.formats()}.",
                "Write format: 1, or get a newer dialogue-game.",
            )
        allowed = [
            word for node in self.schema.nodes(path) for word in node.get("enum", ())
        ]
        written = (
            "a list or mapping" if isinstance(value, dict | list) else f"“{value}”"
        )
        if isinstance(value, bool):
            written = "“true”" if value else "“false”"
        return finding(
            "DG013",
            place,
            f"{clipped(written)} is not allowed here.",
            did_you_mean(str(value), allowed)
            or f"Allowed: {', '.join(map(str, allowed))}.",
        )

    def formats(self) -> str:
        """The formats that files of this kind may have."""
        known = [
            word
            for node in self.schema.nodes(("format",))
            for word in node.get("enum", (1,))
        ]
        return "format 1" if len(known) < 2 else "formats 1 and 2"


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data
