"""The kinds of file that an author writes: what reads each, and its JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from dialogue_game.content.course_models import (
    CourseModel,
    GuidelineModel,
    ReferenceModel,
)
from dialogue_game.content.model_types import Id
from dialogue_game.content.story_models import ReviewModel, StoryModel, WalkOrFact

STORY: Final = TypeAdapter(StoryModel)
WALKS: Final = TypeAdapter(list[WalkOrFact])
REVIEW: Final = TypeAdapter(ReviewModel)
COURSE: Final = TypeAdapter(CourseModel)
GUIDELINES: Final = TypeAdapter(dict[Id, GuidelineModel])
REFERENCES: Final = TypeAdapter(dict[Id, ReferenceModel])

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
