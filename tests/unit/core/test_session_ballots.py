"""Ballots as they are typed, and how much of a round may be named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.session.ballots import (
    MIN_PEOPLE,
    Round,
    may_show_counts,
    option_cast,
    option_letters,
    option_named,
    read_counts,
    read_letters,
)
from dialogue_game.core.story import Option
from dialogue_game.errors import BallotInvalid
from dialogue_game.plain.console import error_text

OPTIONS = (
    Option("ask", "Ask."),
    Option("fly", "Fly.", available=False, locked="No wings."),
    Option("wait", "Wait."),
    Option("leave", "Leave."),
)


def test_letters_are_those_of_the_cards_in_order_and_a_locked_option_has_none() -> None:
    assert option_letters(OPTIONS) == {"A": "ask", "B": "wait", "C": "leave"}


@pytest.mark.parametrize(
    "typed",
    [
        "a=4 b=2 c=1",
        "A4 B2 C1",
        "a:4, b:2; c:1",
        "ask=4 wait=2 leave=1",
        "c = 1 a= 4 b =2",
    ],
)
def test_counts_may_be_typed_as_people_type_them(typed: str) -> None:
    assert read_counts(typed, OPTIONS, 9) == {"ask": 4, "wait": 2, "leave": 1}


@pytest.mark.parametrize(
    "typed", ["A B B C", "a b b c", "ABBC", "A, B,\nB; C.", "a) b) b) c)"]
)
def test_letters_may_be_pasted_as_a_chat_gives_them(typed: str) -> None:
    assert read_letters(typed, OPTIONS, 9) == {"ask": 1, "wait": 2, "leave": 1}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a=4 b=9", "13 ballots from 9 people"),
        ("a=-1", "cannot be negative"),
        ("a=99999999999999999999", "huge"),
        ("a=4 a=2", "twice"),
        ("e=1", "an option that is not here. Use A, B or C."),
        ("fly=1", "an option that is not here"),
        ("a=two", "not a number"),
        ("a=1.5", "not a number"),
        ("a=½", "not a number"),
        ("", "cannot be read"),
        ("a=", "cannot be read"),
        ("a=0 b=0", "There are no ballots"),
    ],
)
def test_counts_that_cannot_be_are_refused_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(BallotInvalid, match=said):
        read_counts(typed, OPTIONS, 9)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("A B E", "an option that is not here. Use A, B or C."),
        ("Anna: B", "without names"),
        ("", "no ballots"),
        ("A A A A", "4 ballots from 3 people"),
        ("ABBA now", "without names"),
    ],
)
def test_letters_that_cannot_be_are_refused_without_saying_what_the_others_were(
    typed: str, said: str
) -> None:
    with pytest.raises(BallotInvalid) as refused:
        read_letters(typed, OPTIONS, 3)
    assert said in error_text(refused.value)
    assert "Anna" not in error_text(refused.value)


TYPED = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ["a=4", "b=3people", "4a", "e=1", "a", "B", "no, b", "c=-2", "ask", "=7", "a=b"]
    )
).map(" ".join)
NOT_LETTERS = (
    "Something in there is not a single letter. "
    "Paste only the letters, without names, like this: ballots A B B C"
)
SAID = {
    "These counts cannot be read. Write them like this: tally a=4 b=2 c=1",
    "That names an option that is not here. Use A, B or C.",
    "One option is there twice. Give each option one number.",
    "That is a huge number of ballots. Count again.",
    "Something in there is not a number of ballots. Use whole numbers: tally a=4 b=2 c=1",
    "A count cannot be negative. Use 0 or more: tally a=4 b=2 c=1",
    NOT_LETTERS,
    "There are no ballots in that. Go on with: next. Nothing was counted.",
    "That makes N ballots from 3 people. Count again, or say how many are here: headcount N",
}
"""All that is ever said about ballots that are refused; N is how many there were in all."""


def refusal(reading: Callable[[], object]) -> str:
    """What is said where ballots are refused, with N for how many there were; "" where not."""
    try:
        reading()
    except BallotInvalid as refused:
        return re.sub(r"\b[0-9]+ ballots", "N ballots", error_text(refused))
    return ""


@given(TYPED)
def test_what_is_said_about_refused_ballots_repeats_nothing_of_them(typed: str) -> None:
    said = {
        refusal(lambda: read_counts(typed, OPTIONS, 3)),
        refusal(lambda: read_letters(typed, OPTIONS, 3)),
        refusal(lambda: option_cast(typed, OPTIONS)),
    }
    assert said <= {*SAID, ""}


@given(st.text(), st.integers(1, 50))
def test_whatever_is_typed_is_counted_within_the_room_or_refused(
    typed: str, people: int
) -> None:
    for read in (read_counts, read_letters):
        try:
            counts = read(typed, OPTIONS, people)
        except BallotInvalid:
            continue
        assert 1 <= sum(counts.values()) <= people
        assert set(counts) <= {"ask", "wait", "leave"}


def test_an_option_is_named_by_letter_or_id_and_a_letter_goes_first() -> None:
    assert option_named("b", OPTIONS) == "wait"
    assert option_named("leave", OPTIONS) == "leave"
    assert option_named("b", (Option("b", "B."), Option("a", "A."))) == "a"


def test_a_tie_has_no_leader_and_few_ballots_are_few_below_five() -> None:
    tie = Round(1, "counts", {"ask": 2, "wait": 2}, closed=True)
    assert (tie.leading, tie.leader, tie.few) == (("ask", "wait"), "", True)
    assert not Round(1, "counts", {"ask": MIN_PEOPLE}).few
    assert Round(1, "counts").leading == ()


def test_a_room_is_spread_where_no_option_has_four_fifths() -> None:
    assert Round(1, "counts", {"ask": 7, "wait": 3}).spread
    assert not Round(1, "counts", {"ask": 8, "wait": 2}).spread


@pytest.mark.parametrize(
    "typed", ["А=4 В=2 С=1", "ａ＝４ ｂ＝２ ｃ＝１", "a=٤، b=٢، c=١", "a=४ b=२ c=१"]
)
def test_counts_are_read_from_any_keyboard(typed: str) -> None:
    assert read_counts(typed, OPTIONS, 9) == {"ask": 4, "wait": 2, "leave": 1}
    assert read_letters("А В В С", OPTIONS, 9) == {"ask": 1, "wait": 2, "leave": 1}


def of(*totals: int, shown_before: int = 0) -> list[Round]:
    """Rounds of so many ballots; the last was opened when so many had been shown."""
    rounds = [
        Round(place, "counts", {"ask": total}) for place, total in enumerate(totals, 1)
    ]
    return [*rounds[:-1], replace(rounds[-1], shown_before=shown_before)]


@pytest.mark.parametrize(
    ("rounds", "whole"),
    [
        (of(7, 7), [True, True]),
        (of(7, 8), [False, True]),
        (of(12, 7), [True, True]),
        (of(7, 8, shown_before=1), [True, False]),
        (of(7, 7, 8, shown_before=2), [True, True, False]),
        (of(4, 9), [False, True]),
    ],
)
def test_no_two_rounds_are_told_whose_difference_is_a_few_people(
    rounds: list[Round], whole: list[bool]
) -> None:
    assert [may_show_counts(rounds, place) for place in range(len(rounds))] == whole
