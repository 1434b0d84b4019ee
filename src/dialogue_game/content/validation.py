"""What pydantic refuses, said to an author: the place, what is expected, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
class ParsedFile(Generic[T]):
    """A file as its author wrote it (`value`, None where it cannot be understood), and findings."""

    source: Source
    value: T | None
    findings: tuple[Finding, ...] = ()


def validated(source: Source, adapter: TypeAdapter[T]) -> ParsedFile[T]:
    """What the author wrote, as the model; or findings; or both where only unknown keys stand.

    With unknown keys taken out the rest can still be looked at, and everything said at once.
    """
    if source.data is None:
        return ParsedFile(source, None, source.findings)
    data = source.data
    if any(noticed.code == "DG015" for noticed in source.findings):
        data = _without_empty(data)
    try:
        model = adapter.validate_python(data, context=MistakeCount())
        return ParsedFile(source, model, source.findings)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=True)
    translator = _ErrorTranslator(source.data, source.places, SchemaIndex(adapter))
    findings = (*source.findings, *translator.findings(errors[:MAX_FINDINGS]))
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    if len(unknown) < len(errors):
        return ParsedFile(source, None, findings)
    known = without(data, map(translator.path, unknown))
    try:
        model = adapter.validate_python(known, context=MistakeCount())
    except ValidationError:
        return ParsedFile(source, None, findings)
    return ParsedFile(source, model, findings)


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


def _without_empty(data: Any) -> Any:
    """A copy without the keys that have no value; reading has noticed them already."""
    if isinstance(data, dict):
        return {key: _without_empty(v) for key, v in data.items() if v is not None}
    return [_without_empty(item) for item in data] if isinstance(data, list) else data


class _ErrorTranslator:
    """Turns pydantic's errors about one file into findings."""

    def __init__(self, data: Any, places: SourcePlaces, schema: SchemaIndex) -> None:
        self.data = data
        self.places = places
        self.schema = schema

    def findings(self, errors: Sequence[Any]) -> Iterator[Finding]:
        """One finding for each mistake; what follows from another one is left out."""
        misplaced = self.misplaced_parts()
        misspelt = self.misspelt(errors)
        for name in sorted(misplaced):
            yield self.misplaced_part(name)
        for error in errors:
            location = error["loc"]
            if self.reported_by_reader(error):
                continue
            if not misplaced.isdisjoint(map(str, location[:2])):
                continue
            if error["type"] == "missing" and location in misspelt:
                continue
            yield self.finding(error)

    def path(self, location: Iterable[str | int]) -> PathKey:
        """The authored path of pydantic's `loc`, which also names the branches it tried."""
        path: list[str | int] = []
        current = self.data
        for part in location:
            if _holds(current, part):
                current = current[part]
                path.append(part)
        return tuple(path)

    def reported_by_reader(self, error: Any) -> bool:
        """Whether reading has already noticed it: there is no value at all."""
        value = self.value(self.path(error["loc"]))
        if value is None or error["input"] is None:
            return True
        follows = error["type"] not in ("missing", "extra_forbidden")
        return follows and isinstance(value, dict) and None in value.values()

    def finding(self, error: Any) -> Finding:
        """The finding for one of pydantic's errors."""
        path = self.path(error["loc"])
        kind = error["type"]
        if kind == "extra_forbidden":
            return self.unknown_key(path)
        if kind == "missing":
            return self.missing(path, str(error["loc"][-1]))
        about_key = bool(error["loc"]) and error["loc"][-1] == "[key]"
        if not path:
            place = self.places.at(0)
        else:
            place = self.places.key(path) if about_key else self.places[path]
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
        if any("pattern" in node for node in self.schema.nodes(path)):
            kind = "id"
        wrong = wrong_type(place, kind, value, self.schema.about(path))
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

    def unknown_key(self, path: PathKey) -> Finding:
        """A key that nothing reads; with the nearest one that something does."""
        key = str(path[-1])
        allowed = [name for name in self.schema.keys_at(path[:-1]) if name]
        advice = self.right_level(path) or did_you_mean(key, allowed)
        return finding(
            "DG010",
            self.places.key(path),
            f"“{clipped(key)}” is not a key that belongs here.",
            advice or f"Allowed here: {', '.join(allowed)}.",
        )

    def misspelt(self, errors: Sequence[Any]) -> set[tuple[str | int, ...]]:
        """What is missing only because its key is misspelt, which is told already."""
        unknown = [e["loc"] for e in errors if e["type"] == "extra_forbidden"]
        missing = [e["loc"] for e in errors if e["type"] == "missing"]
        found = set()
        for *parent, key in missing:
            for *other_parent, written in unknown:
                if parent == other_parent and did_you_mean(str(written), [str(key)]):
                    found.add((*parent, key))
        return found

    def misplaced_parts(self) -> set[str]:
        """Parts of a story, such as its endings, that stand among its scenes, one step too deep."""
        scenes = self.data.get("scenes") if isinstance(self.data, dict) else None
        if not isinstance(scenes, dict):
            return set()
        parts = {*self.schema.keys_at(())} - {*self.data}
        found = set()
        for name, value in scenes.items():
            if name in parts and isinstance(value, dict) and "title" not in value:
                found.add(str(name))
        return found

    def misplaced_part(self, name: str) -> Finding:
        """A part of the story among its scenes."""
        return finding(
            "DG010",
            self.places.key(("scenes", name)),
            f"“{name}” stands among the scenes.",
            "Begin it at the left edge, as “scenes” does, and move all of it with it.",
        )

    def right_level(self, path: PathKey) -> str:
        """Where a key belongs that stands too far to the left or to the right, if it is one."""
        return self.inner_owner(path) or self.sibling(path) or self.outer_owner(path)

    def inner_owner(self, path: PathKey) -> str:
        """Advice for a key that belongs to one beside it."""
        key, above = str(path[-1]), path[:-1]
        siblings = self.value(above)
        if not isinstance(siblings, dict):
            return ""
        for name, value in siblings.items():
            if name == key or not isinstance(value, dict):
                continue
            if key in self.schema.keys_at((*above, name)):
                return (
                    f"It belongs to “{name}”: begin it deeper, as the keys of “{name}”."
                )
        return ""

    def sibling(self, path: PathKey) -> str:
        """Advice for a mapping that has the keys of the one it stands in."""
        above = path[:-1]
        value, parent = self.value(path), self.value(above)
        outer = above[-1] if above else None
        fields = value.keys() if isinstance(value, dict) else set()
        common = fields & set(self.schema.keys_at(above))
        if not isinstance(outer, str) or len(common) < 2:
            return ""
        if "choices" in parent and {"text", "goto"} <= fields:
            return (
                f"It looks like a choice of “{outer}”: begin it as deep as the others."
            )
        return f"If it is another one beside “{outer}”, begin it as far to the left."

    def outer_owner(self, path: PathKey) -> str:
        """Advice for a key that belongs to something it stands in."""
        key, above = str(path[-1]), path[:-1]
        for depth in range(len(above) - 1, -1, -1):
            if key in self.schema.keys_at(above[:depth]):
                owner = f"“{above[depth - 1]}”" if depth else "the file itself"
                return f"It is a key of {owner}: begin it further to the left."
        return ""

    def value(self, path: PathKey) -> Any:
        """The authored value at a path."""
        found = self.data
        for part in path:
            found = found[part]
        return found

    def missing(self, path: PathKey, key: str) -> Finding:
        """A key that must be there."""
        owner = path[-1] if path else None
        where = f" in “{clipped(owner)}”" if isinstance(owner, str) else ""
        advice = self.schema.about((*path, key))
        if self.begins_next_item(path, key):
            advice = f"Take the dash before “{key}” below away: it begins another item."
        place = self.places.key(path) if path else self.places.at(0)
        return finding("DG011", place, f"“{key}” is missing{where}.", advice)

    def begins_next_item(self, path: PathKey, key: str) -> bool:
        """Whether a key that an item of a list misses is all that the next item has."""
        if not path or not isinstance(path[-1], int):
            return False
        items = self.value(path[:-1])
        following = items[path[-1] + 1 : path[-1] + 2]
        if not following or not isinstance(following[0], dict):
            return False
        return {*following[0]} == {key}

    def not_among(self, path: PathKey, place: Place, value: Any) -> Finding:
        """A value that is none of the words allowed."""
        if path == ("format",):
            return finding(
                "DG008",
                place,
                f"This file is in format {clipped(str(value))}; this game reads {self.formats()}.",
                "Write format: 1, or get a newer dialogue-game.",
            )
        allowed = self.allowed_words(path)
        written = f"“{value}”"
        if isinstance(value, bool):
            written = "“true”" if value else "“false”"
        elif isinstance(value, dict | list):
            written = "a list or mapping"
        return finding(
            "DG013",
            place,
            f"{clipped(written)} is not allowed here.",
            did_you_mean(str(value), allowed)
            or f"Allowed: {', '.join(map(str, allowed))}.",
        )

    def allowed_words(self, path: PathKey) -> list[Any]:
        """The words of which one must stand at this path."""
        allowed: list[Any] = []
        for node in self.schema.nodes(path):
            allowed += node.get("enum", ())
        return allowed

    def formats(self) -> str:
        """The formats that files of this kind may have."""
        several = len(self.allowed_words(("format",))) > 1
        return "formats 1 and 2" if several else "format 1"


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data
