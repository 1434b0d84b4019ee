"""The published profile: what the code says, and everything that statements use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.core.events import ReferenceOpened
from dialogue_game.core.scoring import PASS_PERCENT
from dialogue_game.core.session.ballots import Round
from dialogue_game.reporting import xapi_model
from dialogue_game.reporting.tables import COLUMNS
from dialogue_game.reporting.xapi_statements import serialised, statements
from tests.unit.reporting.attempts import LEARNER, attempt

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture
def document() -> dict[str, Any]:
    read = (DOCS / "xapi-profile.jsonld").read_text(encoding="utf-8")
    return dict(json.loads(read))


def test_the_published_document_names_our_profile_types_and_bar(
    document: dict[str, Any],
) -> None:
    assert xapi_model.PROFILE in {version["id"] for version in document["versions"]}
    known = {value for value in vars(xapi_model).values() if isinstance(value, str)}
    assert {t["objectActivityType"] for t in document["templates"]} <= known
    passed = next(t for t in document["templates"] if t["verb"].endswith("/passed"))
    assert f"At least {PASS_PERCENT} %" in str(passed)


def test_every_verb_has_a_template_and_every_extension_of_ours_a_concept(
    document: dict[str, Any],
) -> None:
    assert {t["verb"] for t in document["templates"]} == set(xapi_model.VERBS.values())
    rounds: dict[int, tuple[Round, ...]] = {
        0: (Round(1, "counts", {"ask": 6}, closed=True),)
    }
    given = [
        attempt("sign", "tell", "out", more=[ReferenceOpened("code")]),
        attempt("ask", branched_from="a", led_by="s", rounds=rounds),
    ]
    text = "".join(serialised(s) for one in given for s in statements(one, LEARNER))
    concepts = {concept["id"] for concept in document["concepts"]}
    used = {
        part.split('"')[0] for part in text.split(f'"{xapi_model.BASE}/extensions/')[1:]
    }
    assert {f"{xapi_model.BASE}/extensions/{name}" for name in used} == concepts
    for concept in document["concepts"]:
        assert json.loads(concept["inlineSchema"])


def test_the_columns_are_documented_as_they_are() -> None:
    page = (DOCS / "records.md").read_text(encoding="utf-8")
    for name, told in COLUMNS.items():
        assert f"| `{name}` | {told} |" in page
