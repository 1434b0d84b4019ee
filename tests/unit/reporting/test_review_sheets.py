"""Reviewers' sheets survive a spreadsheet, and nothing counts as reviewed too early."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from dialogue_game.analysis.reviews import review
from dialogue_game.core.story import Story
from dialogue_game.reporting.review_sheets import COLUMNS, read_sheet, sheet_text
from tests.builders import choice, scene, story


def tale() -> Story:
    first = scene(
        "first",
        choice("a", "end", "g1 upholds", text="=Go; there"),
        choice("b", "end", "g1 strains"),
    )
    return story(first)


def filled(
    ratings: dict[str, str], who: str, between: str = ",", comment: str = ""
) -> str:
    """The sheet as a spreadsheet writes it, with these ratings filled in."""
    rows = list(csv.reader(StringIO(sheet_text(tale()))))
    for row in rows[1:]:
        row[COLUMNS.index("rating")] = ratings.get(row[COLUMNS.index("choice")], "")
        row[COLUMNS.index("comment")] = comment
    rows[1][COLUMNS.index("reviewer")] = who
    out = StringIO()
    csv.writer(out, delimiter=between).writerows(rows)
    return "\ufeff" + out.getvalue()


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_filled_in_sheet_is_read_whatever_stands_between_its_cells(
    between: str,
) -> None:
    ratings, wrong = read_sheet(filled({"a": "5", "b": "2"}, "Ann", between), "file")
    assert [(r.reviewer, r.path, r.rating) for r in ratings] == [
        ("Ann", "first.a", 5),
        ("Ann", "first.b", 2),
    ]
    assert wrong == []


def test_a_rating_that_is_none_is_said_with_its_row() -> None:
    _, wrong = read_sheet(filled({"a": "good"}, "Ann"), "file")
    assert wrong == ["row 2, first.a: “good” is no rating from 1 to 5"]


def test_reviewed_needs_two_reviewers_and_four_of_five_ratings_that_agree() -> None:
    ann, _ = read_sheet(filled({"a": "5", "b": "4"}, "Ann"), "1")
    ben, _ = read_sheet(filled({"a": "5", "b": "5"}, "Ben"), "2")
    cat, _ = read_sheet(filled({"a": "1", "b": "2"}, "Cat"), "3")
    few, _ = read_sheet(filled({"a": "5"}, "Dan"), "4")
    assert not review(tale(), ann).reviewed
    assert review(tale(), [*ann, *ben]).reviewed
    assert not review(tale(), [*ann, *ben, *cat]).reviewed
    assert "Dan rated 1 of 2" in review(tale(), [*ann, *few]).missing


def test_where_reviewers_differ_their_numbers_are_told() -> None:
    ann, _ = read_sheet(filled({"a": "5", "b": "4"}, "Ann"), "1")
    ben, _ = read_sheet(filled({"a": "2", "b": "4"}, "Ben"), "2")
    found = review(tale(), [*ann, *ben]).agreements
    assert found["first.a"].split
    assert found["first.a"].words == "1 of 2 reviewers agree"
    assert not found["first.b"].split


def test_what_is_no_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="no columns"):
        read_sheet("a,b\n1,2\n", "file")
