"""Our own strict opinion on a statement: xAPI-Data.md of xAPI 1.0.3, as far as we use it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

IRI = re.compile(r"(https?|tag|urn):\S+\Z")
DURATION = re.compile(r"PT(\d+(\.\d{1,2})?)S\Z")
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\Z")

TOP = {"id", "actor", "verb", "object", "result", "context", "timestamp"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {
    "registration", "contextActivities", "platform", "language", "extensions", "revision",
    "statement",
}  # fmt: skip
DEFINITION = {
    "type", "name", "description", "interactionType", "choices", "correctResponsesPattern",
    "moreInfo",
}  # fmt: skip


def faults(statement: Any) -> list[str]:
    """Everything that is wrong with a statement."""
    if not isinstance(statement, dict):
        return ["not an object"]
    found = [f"unknown property {name}" for name in set(statement) - TOP]
    found += [
        f"no {name}"
        for name in ("id", "actor", "verb", "object")
        if name not in statement
    ]
    if found:
        return found
    found += _uuid(statement["id"]) + _actor(statement["actor"])
    found += _iri(statement["verb"].get("id")) + _map(statement["verb"].get("display"))
    found += _activity(statement["object"])
    if "timestamp" in statement:
        found += _timestamp(statement["timestamp"])
    if "result" in statement:
        found += _result(statement["result"], statement["object"])
    if "context" in statement:
        found += _context(statement["context"])
    return found + _nulls(statement)


def _uuid(text: Any) -> list[str]:
    try:
        return [] if str(UUID(text)) == text else [f"not a canonical UUID: {text}"]
    except (ValueError, AttributeError, TypeError):
        return [f"not a UUID: {text}"]


def _iri(text: Any) -> list[str]:
    return [] if isinstance(text, str) and IRI.match(text) else [f"not an IRI: {text}"]


def _map(told: Any) -> list[str]:
    if not isinstance(told, dict) or not told:
        return [f"not a language map: {told}"]
    wrong = [f"not a language: {tag}" for tag in told if not TAG.match(tag)]
    return wrong + [
        f"not a text: {text}" for text in told.values() if not isinstance(text, str)
    ]


def _timestamp(text: str) -> list[str]:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return [f"not a timestamp: {text}"]
    return [] if moment.tzinfo else [f"no time zone: {text}"]


def _actor(actor: Any) -> list[str]:
    found = [
        f"unknown in actor: {name}"
        for name in set(actor) - {"objectType", "account", "name"}
    ]
    if actor.get("objectType") not in ("Agent", "Group"):
        found.append("neither agent nor group")
    account = actor.get("account")
    if not isinstance(account, dict) or set(account) != {"homePage", "name"}:
        return [*found, "no account"]
    return found + _iri(account["homePage"])


def _activity(told: Any) -> list[str]:
    found = [] if told.get("objectType") == "Activity" else ["not an activity"]
    found += _iri(told.get("id"))
    definition = told.get("definition", {})
    found += [f"unknown in definition: {name}" for name in set(definition) - DEFINITION]
    if "type" in definition:
        found += _iri(definition["type"])
    for name in ("name", "description"):
        found += _map(definition[name]) if name in definition else []
    if "interactionType" in definition:
        found += _interaction(definition)
    return found


def _interaction(definition: dict[str, Any]) -> list[str]:
    ids = [choice["id"] for choice in definition["choices"]]
    found = (
        []
        if definition["interactionType"] == "choice"
        else ["another interaction type"]
    )
    if len(set(ids)) != len(ids) or any(re.search(r"\s|\[,\]", one) for one in ids):
        found.append(f"choice ids: {ids}")
    pattern = definition.get("correctResponsesPattern")
    if pattern is not None and (not pattern or not set(pattern) <= set(ids)):
        found.append(f"pattern: {pattern}")
    for choice in definition["choices"]:
        found += _map(choice["description"])
    return found


def _result(result: Any, about: Any) -> list[str]:
    found = [f"unknown in result: {name}" for name in set(result) - RESULT]
    for name, kind in (("success", bool), ("completion", bool), ("response", str)):
        if name in result and not isinstance(result[name], kind):
            found.append(f"{name}: {result[name]!r}")
    if "duration" in result and not DURATION.match(str(result["duration"])):
        found.append(f"duration: {result['duration']}")
    if "score" in result:
        found += _score(result["score"])
    choices = about.get("definition", {}).get("choices")
    if choices and "response" in result:
        ids = [choice["id"] for choice in choices]
        found += (
            [] if result["response"] in ids else [f"response: {result['response']}"]
        )
    return found + _extensions(result)


def _score(score: Any) -> list[str]:
    found = [
        f"unknown in score: {n}" for n in set(score) - {"scaled", "raw", "min", "max"}
    ]
    if not -1 <= score.get("scaled", 0) <= 1:
        found.append(f"scaled {score['scaled']} must be between -1 and 1")
    if "raw" in score and not score["min"] <= score["raw"] <= score["max"]:
        found.append(f"raw: {score}")
    return found


def _context(context: Any) -> list[str]:
    found = [f"unknown in context: {name}" for name in set(context) - CONTEXT]
    if "registration" in context:
        found += _uuid(context["registration"])
    if "language" in context and not TAG.match(context["language"]):
        found.append("language")
    reference = context.get("statement")
    if reference is not None:
        found += _uuid(reference.get("id"))
        found += (
            []
            if reference.get("objectType") == "StatementRef"
            else ["statement reference"]
        )
    for kind, activities in context.get("contextActivities", {}).items():
        found += (
            [] if kind in ("parent", "grouping", "category") else [f"context {kind}"]
        )
        for activity in activities:
            found += _iri(activity.get("id"))
    return found + _extensions(context)


def _extensions(told: Any) -> list[str]:
    extensions = told.get("extensions")
    if extensions is None:
        return []
    if not isinstance(extensions, dict) or not extensions:
        return ["extensions"]
    return [fault for name in extensions for fault in _iri(name)]


def _nulls(value: Any, path: str = "") -> list[str]:
    if value is None:
        return [f"null at {path}"]
    if isinstance(value, dict):
        return [
            f for name, inner in value.items() for f in _nulls(inner, f"{path}.{name}")
        ]
    if isinstance(value, list):
        return [f for inner in value for f in _nulls(inner, path)]
    return []
