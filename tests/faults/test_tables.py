"""Kind: tables that spreadsheets rewrite, and small numbers that give people away."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from dialogue_game.app.records.exporting import counted
from dialogue_game.reporting.stats import Counting, DecisionCount
from dialogue_game.reporting.tables import (
    COLUMNS,
    ChoiceRow,
    as_csv,
    escaped_formula,
    read_csv,
    unescaped_formula,
)


def a_row(player: str, choice: str, **other: str) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "player": player,
        "course": "c",
        "story": "tale",
        "edition": "e",
        "group": "no",
    }
    row |= {
        "playthrough": f"run-{player}",
        "started": "2026-01-01T10:00:00Z",
        "decision": "1",
    }
    row |= {
        "scene": "door",
        "choice": choice,
        "shared": "no",
        "time": "2026-01-01T10:01:00Z",
    }
    row |= {"guidelines": "g1:1/2", "ending": "out"}
    return row | other


def a_table(choices: Sequence[str]) -> str:
    rows = [a_row(f"p{number}", choice) for number, choice in enumerate(choices)]
    return "".join(as_csv([list(row.values()) for row in rows]))


def read(text: str) -> list[ChoiceRow]:
    return list(read_csv(io.StringIO(text, newline="")))


def of(**counts: int) -> DecisionCount:
    counting = Counting()
    choices = [choice for choice, count in counts.items() for _ in range(count)]
    for row in read(a_table(choices)):
        counting.add(row)
    (decision,) = counting.result().decisions
    return decision


@pytest.mark.parametrize(
    ("counts", "shown", "withheld"),
    [
        ({"a": 6}, {"a": 6}, ()),
        ({"a": 5, "b": 1}, {}, ("a", "b")),
        ({"a": 9, "b": 7, "c": 1}, {"a": 9}, ("b", "c")),
        ({"a": 9, "b": 2, "c": 3}, {"a": 9}, ("b", "c")),
        ({"a": 9, "b": 1, "c": 1}, {}, ("a", "b", "c")),
        ({"a": 9, "b": 8}, {"a": 9, "b": 8}, ()),
        ({"a": 3}, {}, ()),
    ],
)
def test_no_count_below_five_is_told_nor_can_be_worked_out(
    counts: dict[str, int], shown: dict[str, int], withheld: tuple[str, ...]
) -> None:
    decision = of(**counts)
    assert (dict(decision.options), decision.withheld) == (shown, withheld)
    hidden = decision.people - sum(decision.options.values())
    assert not withheld or (len(withheld) > 1 and hidden >= 5)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_our_own_table_is_read_after_a_spreadsheet_saved_it(
    separator: str, mark: str
) -> None:
    text = mark + a_table(["a"] * 6).replace(",", separator)
    assert [row.choice for row in read(text)] == ["a"] * 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_in_each_encoding_that_spreadsheets_write(
    tmp_path: Path, encoding: str
) -> None:
    text = a_table(["a"] * 6).replace(",", "\t")
    (tmp_path / "one.csv").write_text(text, encoding=encoding)
    assert counted(tmp_path).statistics.people == 6


def test_a_pipe_among_the_tables_is_left_out_and_does_not_hang(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    (tmp_path / "one.csv").write_text(a_table(["a"] * 6), encoding="utf-8")
    os.mkfifo(tmp_path / "two.csv")
    assert counted(tmp_path).skipped == (("two.csv", "it is not a file"),)


@pytest.mark.parametrize(
    "cell", ["=1+1", "＝1+1", "＋1", "－1", "＠x", "+1", "-1", "@x", "\t=1"]
)
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(cell: str) -> None:
    assert (
        escaped_formula(cell)[0] == "'"
        or escaped_formula(cell)[0] not in "=+-@＝＋－＠"
    )
    assert unescaped_formula(escaped_formula("=1")) == "=1"
