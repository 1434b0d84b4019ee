"""Choices as a table: what is in it, that no spreadsheet is tricked, and that it reads back."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.session.ballots import Round
from dialogue_game.reporting.tables import (
    COLUMNS,
    Tabulator,
    as_csv,
    as_json_lines,
    escaped_formula,
    read_csv,
    read_json_lines,
    unescaped_formula,
)
from dialogue_game.reporting.xapi_model import PAUSE, Attempt
from tests.unit.reporting.attempts import attempt, tale


def table(given: Attempt) -> list[dict[str, Any]]:
    return [
        dict(zip(COLUMNS, row, strict=True)) for row in Tabulator("someone").rows(given)
    ]


def test_a_decision_is_a_row_with_what_was_earned_and_how_long_it_took() -> None:
    first, second, third = table(attempt("sign", "tell", "out"))
    assert first == {
        "player": "someone",
        "course": "fake",
        "story": "tale",
        "edition": "first",
        "playthrough": "run1",
        "started": "2026-01-05T09:12:33.120Z",
        "group": "no",
        "branched_from": "",
        "decision": 1,
        "scene": "door",
        "choice": "sign",
        "marks": "g1:breaches g2:upholds",
        "earned": 0,
        "at_stake": 2,
        "guidelines": "g1:0/3 g2:1/1",
        "success": "no",
        "seconds": 14,
        "round": None,
        "shared": "no",
        "time": "2026-01-05T09:12:47.320Z",
        "ending": "good",
        "ending_kind": "good",
        "percent": 67,
    }
    assert (second["decision"], second["earned"], third["scene"]) == (2, 3, "hall")


def test_a_run_under_way_has_no_ending_and_an_unscored_one_no_per_cent() -> None:
    assert {(r["ending"], r["percent"]) for r in table(attempt("sign"))} == {("", None)}
    aid = attempt("sign", "tell", "out", told=tale(kind="aid"))
    assert {(r["ending"], r["percent"]) for r in table(aid)} == {("good", None)}


def test_what_was_taken_over_from_another_run_is_marked_and_took_no_time() -> None:
    first, second = table(attempt("sign", "wait", branched_from="run0", branched_at=1))
    assert (first["shared"], first["seconds"]) == ("yes", None)
    assert (second["shared"], second["seconds"]) == ("no", 14)
    assert second["branched_from"] == "run0"


def test_a_pause_takes_no_time() -> None:
    assert {r["seconds"] for r in table(attempt("sign", "wait", every=PAUSE + 1))} == {
        0
    }


def test_a_groups_rounds_are_counted() -> None:
    rounds = (Round(1, "hands", closed=True), Round(2, "hands", closed=True))
    first, second = table(attempt("sign", "wait", led_by="s", rounds={0: rounds}))
    assert (first["group"], first["round"], second["round"]) == ("yes", 2, None)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "'", '=HYPERLINK("http://x")'],
)
def test_a_cell_that_looks_like_a_formula_is_told_to_be_text(cell: str) -> None:
    assert escaped_formula(cell).startswith("'")
    assert unescaped_formula(escaped_formula(cell)) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula_and_every_clean_one_comes_back(
    text: str,
) -> None:
    cell = escaped_formula(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unescaped_formula(cell) == unescaped_formula(
        escaped_formula(unescaped_formula(cell))
    )


def test_a_hostile_story_brings_no_formula_into_a_table() -> None:
    hostile = attempt("sign", told=tale(id="=cmd|' /C calc'!A0"))
    written = "".join(as_csv(Tabulator("someone").rows(hostile)))
    for line in csv.reader(StringIO(written)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


def test_both_forms_read_back_the_same() -> None:
    given = attempt("sign", "tell", "out")
    from_csv = list(
        read_csv(StringIO("".join(as_csv(Tabulator("p").rows(given))), newline=""))
    )
    from_lines = list(
        read_json_lines("".join(as_json_lines(Tabulator("p").rows(given))).splitlines())
    )
    assert from_csv == from_lines
    assert [row.choice for row in from_csv] == ["sign", "tell", "out"]
    assert from_csv[0].stakes == (("g1", 0, 3), ("g2", 1, 1))


def test_an_empty_table_has_its_names() -> None:
    assert "".join(as_csv([])).strip() == ",".join(COLUMNS)
    assert list(as_json_lines([])) == []


def test_json_lines_have_numbers_and_nulls() -> None:
    line = json.loads(next(as_json_lines(Tabulator("p").rows(attempt("sign")))))
    assert (line["decision"], line["round"], line["percent"]) == (1, None, None)
