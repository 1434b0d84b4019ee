"""Our xAPI profile as a document: what we minted, and which statements there are.

JSON-LD after the xAPI Profile Specification 1.0; `docs/xapi-profile.jsonld` is this, written out.
"""

from __future__ import annotations

import json
from typing import Any, Final

from dialogue_game.reporting.xapi import terms

_PROFILE: Final = f"{terms.BASE}/profile"
_RESULT: Final = "ResultExtension"
_CONTEXT: Final = "ContextExtension"

_EXTENSIONS: Final = (
    (terms.MARKS, _RESULT, "marks", ("What the choice did to each guideline: models, upholds, "
     "strains or breaches, by the guideline's id."),
     {"type": "object", "additionalProperties":
      {"enum": ["models", "upholds", "strains", "breaches"]}}),
    (terms.VERDICT, _RESULT, "verdict", "How a guideline fared over a whole attempt, in words.",
     {"enum": ["passed by", "upheld", "strained", "breached", "mixed"]}),
    (terms.ENDING, _RESULT, "ending", "The id of the ending that the attempt came to.",
     {"type": "string"}),
    (terms.ROUND, _RESULT, "round", "Which round of ballots of a group this was, from 1.",
     {"type": "integer", "minimum": 1}),
    (terms.TALLY, _RESULT, "tally", "Ballots by the id of the option. Never with fewer than five.",
     {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}),
    (terms.REWOUND, _CONTEXT, "rewound from", ("The attempt that this one left, and how many of "
     "its decisions they share. The earlier answer is in context.statement."),
     {"type": "object", "required": ["attempt", "decisions"],
      "properties": {"attempt": {"type": "string"}, "decisions": {"type": "integer"}}}),
)  # fmt: skip

_SCORED: Final = ("$.result.success", "$.result.score.scaled", "$.result.score.raw")
_TEMPLATES: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("initialized", terms.SCENARIO, "A playthrough began.", ()),
    ("resumed", terms.SCENARIO, "It went on after a pause of more than half an hour.", ()),
    ("suspended", terms.SCENARIO, "It was left for more than half an hour; told when it goes on.",
     ()),
    ("answered", terms.DECISION, "A choice was made. Success: two thirds of what was at stake.",
     ("$.result.response", "$.result.duration")),
    ("responded", terms.DECISION, "A group closed a round of ballots; the option that leads.",
     (f"$.result.extensions['{terms.ROUND}']",)),
    ("progressed", terms.SCENARIO, "A quarter, half or three quarters of the way.",
     (f"$.result.extensions['{terms.PROGRESS}']",)),
    ("experienced", terms.REFERENCE, "A reference was opened.", ()),
    ("completed", terms.SCENARIO, "An ending was reached.",
     ("$.result.completion", "$.result.duration")),
    ("passed", terms.SCENARIO, "At least 70 % of what was at stake, no breach left unrepaired.",
     _SCORED),
    ("failed", terms.SCENARIO, "Otherwise.", _SCORED),
    ("scored", terms.GUIDELINE, "What was earned of what was at stake for one guideline.",
     _SCORED[1:]),
    ("terminated", terms.SCENARIO, "The end of an attempt.", ("$.result.duration",)),
)  # fmt: skip


def profile_document() -> dict[str, Any]:
    """The profile as plain data."""
    return {
        "@context": "https://w3id.org/xapi/profiles/context",
        "id": _PROFILE,
        "type": "Profile",
        "conformsTo": "https://w3id.org/xapi/profiles#1.0",
        "prefLabel": {"en": "Branching dilemmas"},
        "definition": {
            "en": "Playing branching stories about dilemmas: choices that are marked against "
            "guidelines, endings, replays, and groups that vote. These ids name, and are no "
            "addresses to ask: nobody can own a name under .invalid (RFC 6761). Activities and "
            "accounts may be under an address of the organisation that uses them."
        },
        "author": {"type": "Organization", "name": "dialogue-game"},
        "versions": [{"id": terms.PROFILE, "generatedAtTime": "2026-01-01T00:00:00Z"}],
        "concepts": [
            _concept(name, kind, label, text, schema)
            for name, kind, label, text, schema in _EXTENSIONS
        ],
        "templates": [
            _template(verb, about, text, paths)
            for verb, about, text, paths in _TEMPLATES
        ],
        "patterns": [],
    }


def profile_text() -> str:
    """The document as it is published."""
    return json.dumps(profile_document(), indent=2, ensure_ascii=False) + "\n"


def _concept(
    name: str, kind: str, label: str, text: str, schema: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": name,
        "type": kind,
        "inScheme": terms.PROFILE,
        "prefLabel": {"en": label},
        "definition": {"en": text},
        "inlineSchema": json.dumps(schema),
    }


def _template(
    verb: str, about: str, text: str, paths: tuple[str, ...]
) -> dict[str, Any]:
    always = ("$.timestamp", "$.context.registration", "$.context.platform", *paths)
    return {
        "id": f"{terms.BASE}/templates/{verb}",
        "type": "StatementTemplate",
        "inScheme": terms.PROFILE,
        "prefLabel": {"en": verb},
        "definition": {"en": text},
        "verb": terms.VERBS[verb],
        "objectActivityType": about,
        "contextCategoryActivityType": [terms.PROFILE_TYPE],
        "contextGroupingActivityType": [terms.COURSE],
        "rules": [{"location": path, "presence": "included"} for path in always],
    }
