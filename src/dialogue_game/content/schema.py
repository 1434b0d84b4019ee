"""The kinds of file that an author writes: what reads each, and its JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import ConfigDict, TypeAdapter

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.course_models import (
    CourseModel,
    GuidelineModel,
    ReferenceModel,
)
from dialogue_game.content.model_types import Id
from dialogue_game.content.story_models import ReviewModel, StoryModel, WalkOrFact

_WHEN_USED: Final = ConfigDict(defer_build=True)
"""Models have it, too: a lone story needs no more than its own."""
STORY: Final = TypeAdapter(StoryModel)
WALKS: Final = TypeAdapter(list[WalkOrFact], config=_WHEN_USED)
REVIEW: Final = TypeAdapter(ReviewModel)
COURSE: Final = TypeAdapter(CourseModel)
GUIDELINES: Final = TypeAdapter(dict[Id, GuidelineModel], config=_WHEN_USED)
REFERENCES: Final = TypeAdapter(dict[Id, ReferenceModel], config=_WHEN_USED)

Schema = Mapping[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

KINDS: Final[Mapping[str, tuple[TypeAdapter[Any], str]]] = {
    "story": (STORY, "A story of dialogue-game, format 1"),
    "course": (COURSE, "A course of dialogue-game, format 1"),
    "guidelines": (GUIDELINES, "The guidelines of a course"),
    "references": (REFERENCES, "The references of a course"),
    "walks": (WALKS, "The walks of a story: its own tests"),
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a story, course, guidelines, references or walks."""
    adapter, title = KINDS[kind]
    made = adapter.json_schema(by_alias=True)
    _close(made)
    return {"$schema": DIALECT, **made, "title": title}


def _close(node: Any) -> None:
    """Mappings whose keys are ids take no other keys; pydantic leaves them open."""
    if isinstance(node, dict):
        if "patternProperties" in node:
            node["additionalProperties"] = False
        for child in node.values():
            _close(child)
    elif isinstance(node, list):
        for child in node:
            _close(child)


class SchemaIndex:
    """What the schema of a kind of file says about the paths in it."""

    def __init__(self, adapter: TypeAdapter[Any]) -> None:
        self.adapter = adapter

    def keys_at(self, path: PathKey) -> list[str]:
        """The keys that may stand in the mapping at this path."""
        return list(
            dict.fromkeys(k for n in self.nodes(path) for k in n.get("properties", ()))
        )

    def about(self, path: PathKey) -> str:
        """What the schema says this path is for."""
        for node in self.nodes(path, follow=False):
            if "description" in node:
                return str(node["description"])
        return ""

    def nodes(self, path: PathKey, *, follow: bool = True) -> list[Schema]:
        """The pieces of the schema that describe this path."""
        whole = _whole(self.adapter)
        definitions = whole.get("$defs", {})
        nodes = _unfolded(whole, definitions)
        for number, part in enumerate(path):
            inner = [child for node in nodes for child in _children(node, part)]
            if number == len(path) - 1 and not follow:
                return inner
            nodes = [leaf for child in inner for leaf in _unfolded(child, definitions)]
        return nodes


@cache
def _whole(adapter: TypeAdapter[Any]) -> Schema:
    return adapter.json_schema()


def _children(node: Schema, part: str | int) -> list[Schema]:
    if isinstance(part, int):
        return [node["items"]] if "items" in node else []
    found = [node["properties"][part]] if part in node.get("properties", {}) else []
    found += list(node.get("patternProperties", {}).values()) if not found else []
    more = node.get("additionalProperties")
    return [*found, more] if isinstance(more, Mapping) and not found else found


def _unfolded(node: Schema, definitions: Schema) -> list[Schema]:
    """A node of the schema with its references and alternatives opened."""
    if "$ref" in node:
        return _unfolded(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    branches = (*node.get("anyOf", ()), *node.get("oneOf", ()))
    return [
        node,
        *(leaf for branch in branches for leaf in _unfolded(branch, definitions)),
    ]
