"""The words of our xAPI statements: verbs, activity types and extensions, and who defines them.

The IRIs are those of the ADL vocabulary, the SCORM profile, cmi5 and Tin Can's registry; our own
are only what none of them has. `docs/xapi-profile.jsonld` publishes them.
"""

from __future__ import annotations

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
