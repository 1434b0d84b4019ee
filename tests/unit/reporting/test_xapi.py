"""Statements from events: which, with what in them, and always the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.events import (
    Looked,
    PlayEvent,
    ReferenceOpened,
    Reflected,
    TransferAnswered,
)
from dialogue_game.core.session.ballots import Round
from dialogue_game.reporting import xapi_model
from dialogue_game.reporting.xapi_model import (
    PAUSE,
    Attempt,
    duration,
    statement_id,
    timestamp,
)
from dialogue_game.reporting.xapi_statements import serialised, statements
from tests.delivery.checker import faults
from tests.unit.reporting.attempts import LEARNER, START, attempt, tale


def told(given: Attempt, after: int = 0) -> list[dict[str, Any]]:
    return list(statements(given, LEARNER, after))


def verbs(given: Attempt) -> list[str]:
    return [name_of(statement) for statement in told(given)]


def name_of(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["display"]["en"])


def only(given: Attempt, verb: str) -> dict[str, Any]:
    (found,) = [statement for statement in told(given) if name_of(statement) == verb]
    return found


WHOLE = attempt("sign", "tell", "out")


def test_a_whole_playthrough_tells_its_story_in_order() -> None:
    assert verbs(WHOLE) == [
        "initialized",
        "answered",
        "progressed",
        "answered",
        "progressed",
        "answered",
        "completed",
        "failed",
        "scored",
        "scored",
        "terminated",
    ]


@pytest.mark.parametrize(
    "given",
    [
        WHOLE,
        attempt("ask", "tell"),
        attempt("ask", "tell", "stay", told=tale(kind="aid")),
        attempt("ask", "wait", "out", led_by="session1"),
        attempt("ask", more=[ReferenceOpened("code"), ReferenceOpened("gone")]),
        attempt(
            "ask",
            "tell",
            branched_from="run0",
            branched_at=1,
            earlier=LEARNER.registration,
        ),
    ],
)
def test_every_statement_keeps_to_the_standard(given: Attempt) -> None:
    for statement in told(given):
        assert faults(statement) == []


def test_an_answer_carries_what_was_earned_of_what_was_at_stake() -> None:
    first = told(attempt("sign"))[1]
    assert first["result"] == {
        "response": "sign",
        "success": False,
        "score": {"scaled": 0.0, "raw": 0, "min": 0, "max": 2},
        "duration": "PT14.20S",
        "extensions": {xapi_model.MARKS: {"g1": "breaches", "g2": "upholds"}},
    }
    definition = first["object"]["definition"]
    assert [choice["id"] for choice in definition["choices"]] == ["sign", "ask"]
    assert definition["correctResponsesPattern"] == ["ask"]
    assert definition["interactionType"] == "choice"
    assert (
        first["object"]["id"]
        == f"{xapi_model.BASE}/courses/fake/stories/tale/scenes/door"
    )


def test_where_nothing_is_scored_there_is_neither_score_nor_success() -> None:
    answer = told(attempt("sign", told=tale(kind="tutorial")))[1]
    assert set(answer["result"]) == {"response", "duration", "extensions"}
    assert "correctResponsesPattern" not in answer["object"]["definition"]
    assert "passed" not in verbs(
        attempt("ask", "tell", "out", told=tale(kind="tutorial"))
    )


def test_the_end_is_judged_by_the_score_key_and_told_guideline_by_guideline() -> None:
    good = attempt("ask", "tell", "out")
    assert only(good, "passed")["result"]["success"] is True
    assert only(good, "completed")["result"] == {
        "completion": True,
        "duration": "PT42.60S",
        "extensions": {xapi_model.ENDING: "good"},
    }
    lines = [s for s in told(WHOLE) if name_of(s) == "scored"]
    assert [line["object"]["id"].rpartition("/")[2] for line in lines] == ["g1", "g2"]
    assert lines[0]["result"]["extensions"] == {xapi_model.VERDICT: "mixed"}
    assert len({line["id"] for line in lines}) == 2


def test_ids_and_bytes_are_the_same_every_time() -> None:
    once = [serialised(statement) for statement in told(WHOLE)]
    again = [
        serialised(statement) for statement in told(attempt("sign", "tell", "out"))
    ]
    assert once == again
    assert told(WHOLE)[1]["id"] == statement_id("run1", 2, "answered")
    assert len({statement["id"] for statement in told(WHOLE)}) == len(once)
    assert told(attempt("sign", stream="run2"))[1]["id"] != told(WHOLE)[1]["id"]


def test_ids_are_those_of_every_version_so_that_nothing_is_ever_told_twice() -> None:
    """A store that has a statement from an earlier version must know it again."""
    assert statement_id("run1", 2, "answered") == "ac521161-d77e-5cae-b9c7-4004e2deb376"


def test_what_comes_later_never_changes_what_was_told() -> None:
    """The outbox relies on it: what is queued once need not be looked at again."""
    whole = told(WHOLE)
    for length in range(1, len(WHOLE.moments) + 1):
        part = told(replace(WHOLE, moments=WHOLE.moments[:length]))
        assert part == whole[: len(part)]
        assert told(WHOLE, after=length) == whole[len(part) :]


def test_a_pause_is_told_and_counts_for_nothing() -> None:
    given = attempt("ask", "tell")
    late = given.moments[-1]._replace(at=given.moments[-2].at + PAUSE + 1)
    paused = replace(given, moments=[*given.moments[:-1], late])
    assert verbs(paused)[-4:] == ["suspended", "resumed", "answered", "progressed"]
    suspended, resumed, answered, _ = told(paused)[-4:]
    assert suspended["timestamp"] == timestamp(given.moments[-2].at)
    assert resumed["timestamp"] == timestamp(late.at)
    assert answered["result"]["duration"] == "PT0.00S"


def test_a_clock_that_goes_backwards_costs_no_time() -> None:
    given = attempt("ask", "tell", every=-5000)
    assert [
        s["result"]["duration"] for s in told(given) if name_of(s) == "answered"
    ] == [
        "PT0.00S",
        "PT0.00S",
    ]


def test_a_rewound_answer_points_to_the_earlier_one_and_shared_ones_are_not_told_twice() -> (
    None
):
    earlier = statement_id("run0", 3, "answered")
    again = attempt(
        "sign", "wait", branched_from="run0", branched_at=1, earlier=earlier
    )
    assert verbs(again) == ["initialized", "answered", "progressed"]
    start, answer, _ = told(again)
    rewound = {"attempt": "run0", "decisions": 1}
    assert start["context"]["extensions"][xapi_model.REWOUND] == rewound
    assert answer["context"]["extensions"][xapi_model.REWOUND] == rewound
    assert answer["context"]["statement"] == {
        "objectType": "StatementRef",
        "id": earlier,
    }


def test_a_reference_is_experienced_within_its_decision() -> None:
    statement = only(attempt("ask", more=[ReferenceOpened("code")]), "experienced")
    assert (
        statement["object"]["id"] == f"{xapi_model.BASE}/courses/fake/references/code"
    )
    assert statement["object"]["definition"]["name"] == {"en": "CODE/1: A code"}
    (parent,) = statement["context"]["contextActivities"]["parent"]
    assert parent["id"].endswith("/scenes/phone")


def test_what_the_player_wrote_or_looked_at_stays_at_home() -> None:
    private: list[PlayEvent] = [
        Reflected("On Monday I will"),
        TransferAnswered("a", 1),
        Looked("a", "b", "c"),
    ]
    whole = "".join(map(serialised, told(attempt("ask", "tell", "out", more=private))))
    assert whole == "".join(map(serialised, told(attempt("ask", "tell", "out"))))


def test_a_group_is_an_account_without_members_and_a_few_ballots_are_not_counted() -> (
    None
):
    rounds = (
        Round(1, "counts", {"ask": 2, "sign": 2}, closed=True),
        Round(2, "counts", {"ask": 5, "sign": 1}, closed=True),
    )
    first, second, answer = told(attempt("ask", led_by="s1", rounds={0: rounds}))[1:4]
    assert set(first["actor"]) == {"objectType", "account"}
    assert first["actor"]["objectType"] == "Group"
    assert first["actor"]["account"]["name"] != LEARNER.pseudonym
    assert first["result"] == {"extensions": {xapi_model.ROUND: 1}}
    assert second["result"]["response"] == "ask"
    assert second["result"]["extensions"][xapi_model.TALLY] == {"ask": 5, "sign": 1}
    assert second["context"]["statement"]["id"] == first["id"]
    assert answer["context"]["statement"]["id"] == second["id"]
    for statement in (first, second, answer):
        assert faults(statement) == []
        assert statement["context"]["registration"] != LEARNER.registration


def test_a_name_is_there_only_from_when_it_was_typed() -> None:
    named = replace(LEARNER, names=((START + 1, "Mira Lind"), (START + 20_000, "")))
    found = [s["actor"].get("name") for s in statements(attempt("ask", "tell"), named)]
    assert found == [None, "Mira Lind", "Mira Lind", None, None]


def test_an_attempt_keeps_the_address_of_ids_that_it_began_with() -> None:
    own = "https://learning.example.org/dialogues"
    later = replace(LEARNER, bases=((START + 1, own),))
    before = [serialised(s) for s in statements(attempt("ask", "tell"), later)]
    assert before == [serialised(s) for s in told(attempt("ask", "tell"))]
    earlier = replace(LEARNER, bases=((START, own), (START + 20_000, "")))
    made = list(statements(attempt("ask", "tell", led_by="s1"), earlier))
    for statement in made:
        assert faults(statement) == []
        assert statement["actor"]["account"]["homePage"] == own
        assert statement["object"]["id"].startswith(f"{own}/courses/fake/stories/tale")
        (category,) = statement["context"]["contextActivities"]["category"]
        assert category["id"] == xapi_model.PROFILE
    assert [s["id"] for s in made] == [
        s["id"] for s in told(attempt("ask", "tell", led_by="s1"))
    ]


def test_our_own_ids_are_under_a_name_that_nobody_can_own() -> None:
    ours = [xapi_model.PROFILE, xapi_model.MARKS, xapi_model.TALLY, LEARNER.base(0)]
    assert {urlsplit(iri).hostname for iri in ours} == {"dialogue-game.invalid"}


@given(st.text())
def test_no_text_of_a_story_can_spoil_a_statement(text: str) -> None:
    given = attempt("ask", "tell", told=tale(title=text))
    for statement in told(given):
        assert serialised(statement).encode()


@given(st.integers())
def test_no_reading_of_a_clock_can_spoil_a_time(at: int) -> None:
    assert len(timestamp(at)) == len("2026-01-05T09:12:33.120Z")


def test_durations_have_one_spelling() -> None:
    assert [duration(n) for n in (0, 9, 14_200, 61_005)] == [
        "PT0.00S",
        "PT0.00S",
        "PT14.20S",
        "PT61.00S",
    ]


def test_events_that_start_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="begins with its start"):
        told(replace(WHOLE, moments=WHOLE.moments[1:]))


def test_texts_of_a_course_are_told_in_its_language() -> None:
    french = replace(LEARNER, language="fr")
    made = list(statements(attempt("ask", "tell"), french))
    assert {statement["context"]["language"] for statement in made} == {"fr"}
    named = [
        s["object"]["definition"].get("name", {})
        for s in made
        if "definition" in s["object"]
    ]
    assert {key for name in named for key in name} == {"fr"}
