"""The words of our xAPI statements (verbs, activity types, extensions), and our profile of them.

The IRIs are those of the ADL vocabulary, the SCORM profile, cmi5 and Tin Can's registry; our own
are only what none of them has. The profile is JSON-LD after the xAPI Profile Specification 1.0;
`docs/xapi-profile.jsonld` is it, written out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

BASE: Final = "https://dialogue-game.invalid/xapi"
"""What our own ids begin with. It names and is no address to ask: `.invalid` can belong to nobody
(RFC 6761, 6.4), so no later owner of a domain can take our words over, and stores that want an
account's home page to look like a URL are content. The vocabulary is the same everywhere; courses
and accounts may be put under an address that an organisation owns."""
PROFILE: Final = f"{BASE}/profile/v1"
"""The id of the version of our profile that statements keep to."""

_ADL: Final = "http://adlnet.gov/expapi"

VERBS: Final[Mapping[str, str]] = {
    name: f"{_ADL}/verbs/{name}"
    for name in (
        "initialized",
        "suspended",
        "resumed",
        "responded",
        "answered",
        "progressed",
        "experienced",
        "completed",
        "passed",
        "failed",
        "scored",
        "terminated",
    )
}

COURSE: Final = f"{_ADL}/activities/course"
SCENARIO: Final = "http://id.tincanapi.com/activitytype/scenario"
DECISION: Final = f"{_ADL}/activities/cmi.interaction"
GUIDELINE: Final = f"{_ADL}/activities/objective"
REFERENCE: Final = f"{_ADL}/activities/link"
PROFILE_TYPE: Final = f"{_ADL}/activities/profile"

PROGRESS: Final = "https://w3id.org/xapi/cmi5/result/extensions/progress"
CMI5: Final = "https://w3id.org/xapi/cmi5/context"
"""What cmi5's own categories and extensions begin with."""
ATTEMPT: Final = "http://id.tincanapi.com/extension/attempt-id"
MARKS: Final = f"{BASE}/extensions/marks"
VERDICT: Final = f"{BASE}/extensions/verdict"
ENDING: Final = f"{BASE}/extensions/ending"
REWOUND: Final = f"{BASE}/extensions/rewound-from"
ROUND: Final = f"{BASE}/extensions/round"
TALLY: Final = f"{BASE}/extensions/tally"


def verb(name: str) -> dict[str, Any]:
    """A verb of the list, as statements carry it. Raises KeyError."""
    return {"id": VERBS[name], "display": {"en": name}}


_PROFILE: Final = f"{BASE}/profile"
_RESULT: Final = "ResultExtension"
_CONTEXT: Final = "ContextExtension"

_EXTENSIONS: Final = (
    (MARKS, _RESULT, "marks", ("What the choice did to each guideline: models, upholds, "
     "strains or breaches, by the guideline's id."),
     {"type": "object", "additionalProperties":
      {"enum": ["models", "upholds", "strains", "breaches"]}}),
    (VERDICT, _RESULT, "verdict", "How a guideline fared over a whole attempt, in words.",
     {"enum": ["passed by", "upheld", "strained", "breached", "mixed"]}),
    (ENDING, _RESULT, "ending", "The id of the ending that the attempt came to.",
     {"type": "string"}),
    (ROUND, _RESULT, "round", "Which round of ballots of a group this was, from 1.",
     {"type": "integer", "minimum": 1}),
    (TALLY, _RESULT, "tally", "Ballots by the id of the option. Never with fewer than five.",
     {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}),
    (REWOUND, _CONTEXT, "rewound from", ("The attempt that this one left, and how many of "
     "its decisions they share. The earlier answer is in context.statement."),
     {"type": "object", "required": ["attempt", "decisions"],
      "properties": {"attempt": {"type": "string"}, "decisions": {"type": "integer"}}}),
)  # fmt: skip

_SCORED: Final = ("$.result.success", "$.result.score.scaled", "$.result.score.raw")
_TEMPLATES: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("initialized", SCENARIO, "A playthrough began.", ()),
    ("resumed", SCENARIO, "It went on after a pause of more than half an hour.", ()),
    ("suspended", SCENARIO, "It was left for more than half an hour; told when it goes on.",
     ()),
    ("answered", DECISION, "A choice was made. Success: two thirds of what was at stake.",
     ("$.result.response", "$.result.duration")),
    ("responded", DECISION, "A group closed a round of ballots; the option that leads.",
     (f"$.result.extensions['{ROUND}']",)),
    ("progressed", SCENARIO, "A quarter, half or three quarters of the way.",
     (f"$.result.extensions['{PROGRESS}']",)),
    ("experienced", REFERENCE, "A reference was opened.", ()),
    ("completed", SCENARIO, "An ending was reached.",
     ("$.result.completion", "$.result.duration")),
    ("passed", SCENARIO, "At least 70 % of what was at stake, no breach left unrepaired.",
     _SCORED),
    ("failed", SCENARIO, "Otherwise.", _SCORED),
    ("scored", GUIDELINE, "What was earned of what was at stake for one guideline.",
     _SCORED[1:]),
    ("terminated", SCENARIO, "The end of an attempt.", ("$.result.duration",)),
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
        "versions": [{"id": PROFILE, "generatedAtTime": "2026-01-01T00:00:00Z"}],
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
        "inScheme": PROFILE,
        "prefLabel": {"en": label},
        "definition": {"en": text},
        "inlineSchema": json.dumps(schema),
    }


def _template(
    verb: str, about: str, text: str, paths: tuple[str, ...]
) -> dict[str, Any]:
    always = ("$.timestamp", "$.context.registration", "$.context.platform", *paths)
    return {
        "id": f"{BASE}/templates/{verb}",
        "type": "StatementTemplate",
        "inScheme": PROFILE,
        "prefLabel": {"en": verb},
        "definition": {"en": text},
        "verb": VERBS[verb],
        "objectActivityType": about,
        "contextCategoryActivityType": [PROFILE_TYPE],
        "contextGroupingActivityType": [COURSE],
        "rules": [{"location": path, "presence": "included"} for path in always],
    }
