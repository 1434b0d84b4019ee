"""Many people counted: first answers, first runs, nothing of fewer than five."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.reporting.stats import Counting, statistics_data, statistics_text
from dialogue_game.reporting.tables import (
    COLUMNS,
    ChoiceRow,
    Tabulator,
    as_csv,
    read_csv,
    read_json_lines,
)
from tests.unit.reporting.attempts import attempt, tale


def played(player: str, *picks: str, stream: str = "", **start: Any) -> list[ChoiceRow]:
    given = attempt(*picks, stream=stream or f"run-of-{player}", **start)
    return list(
        read_csv(StringIO("".join(as_csv(Tabulator(player).rows(given))), newline=""))
    )


def counting(*many: list[ChoiceRow]) -> Counting:
    counted = Counting()
    for one in many:
        for row in one:
            counted.add(row)
    return counted


def room(people: int) -> Iterator[list[ChoiceRow]]:
    for number in range(people):
        yield played(f"p{number}", "sign" if number % 3 else "ask", "tell", "out")


def test_five_people_are_counted_by_option_and_by_guideline() -> None:
    told = counting(*room(18)).result()
    door = next(d for d in told.decisions if d.scene == "door")
    assert (told.people, door.people, dict(door.options)) == (
        18,
        18,
        {"sign": 12, "ask": 6},
    )
    spread = {s.guideline: s.quartiles for s in told.guidelines}
    assert spread["g1"] == (50, 50, 100)
    assert spread["g2"] == (50, 100, 100)


def test_of_four_people_nothing_is_told() -> None:
    told = counting(*room(4)).result()
    assert all(not d.options for d in told.decisions)
    assert all(s.quartiles is None for s in told.guidelines)
    text, data = statistics_text(told), statistics_data(told)
    assert "sign" not in text
    assert text.startswith("Fewer than 5 people.\n")
    assert data["people"] is None
    assert {d["editions"] for d in data["decisions"]} == {None}
    assert data["playthroughs"] is None
    assert {d["people"] for d in data["decisions"]} == {None}
    assert {d["options"] for d in data["decisions"]} == {None}
    assert {g["quartiles"] for g in data["guidelines"]} == {None}


def test_a_branch_that_few_took_is_not_told_among_many() -> None:
    many = [played(f"p{n}", "sign") for n in range(6)] + [played("q", "ask", "wait")]
    told = counting(*many).result()
    phone = next(d for d in told.decisions if d.scene == "phone")
    assert not phone.options


def test_what_follows_a_withheld_option_does_not_tell_how_many_took_it() -> None:
    many = [played(f"p{n}", "sign") for n in range(4)]
    many += [played(f"q{n}", "ask", "wait") for n in range(6)]
    told = counting(*many).result()
    door, phone = (
        next(d for d in told.decisions if d.scene == s) for s in ("door", "phone")
    )
    assert (door.people, dict(door.options), door.withheld) == (10, {}, ("ask", "sign"))
    assert not phone.shown
    text, data = statistics_text(told), statistics_data(told)
    assert "6" not in text
    assert {d["people"] for d in data["decisions"]} == {10, None}


def test_a_person_who_plays_again_or_exports_twice_counts_once_with_the_first_answer() -> (
    None
):
    many = list(room(5))
    again = [
        row._replace(
            time="2027-01-01T00:00:00.000Z", started="2027-01-01T00:00:00.000Z"
        )
        for row in played("p0", "sign", "wait", "stay", stream="second")
    ]
    once = counting(*many).result()
    more = counting(again, *many, *many).result()
    assert (more.decisions, more.guidelines, more.people) == (
        once.decisions,
        once.guidelines,
        5,
    )
    assert more.playthroughs == 6


def test_what_a_replay_took_over_is_no_answer() -> None:
    many = [
        played(f"p{n}", "sign", "tell", branched_from="x", branched_at=1)
        for n in range(5)
    ]
    told = counting(*many).result()
    assert [d.scene for d in told.decisions] == ["phone"]


def test_groups_are_left_out_and_counted() -> None:
    told = counting(*room(5), played("p0", "ask", stream="led", led_by="s1")).result()
    assert (told.people, told.groups) == (5, 1)
    assert next(d for d in told.decisions if d.scene == "door").people == 5
    assert "1 run of groups left out" in statistics_text(told)


def test_editions_of_a_scene_are_told() -> None:
    other = attempt("ask", told=tale(edition="second"), stream="r9")
    table = list(
        read_csv(StringIO("".join(as_csv(Tabulator("p9").rows(other))), newline=""))
    )
    told = counting(*room(5), table).result()
    door = next(d for d in told.decisions if d.scene == "door")
    assert (door.people, door.editions) == (6, 2)
    assert "in 2 editions" in statistics_text(told)


def test_labels_stand_in_for_ids() -> None:
    text = statistics_text(counting(*room(5)).result(), lambda *ids: "/".join(ids))
    assert "fake/tale/door/ask" in text


HEADER = ",".join(COLUMNS)
GOOD = "p,c,story,e,run,t,no,,1,door,ask,,0,1,g1:0/1,yes,3,,no,t,good,good,50"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b,c",
        HEADER + "\nshort,row",
        f"{HEADER}\n{GOOD.replace(',1,door', ',many,door')}",
        f"{HEADER}\n{GOOD.replace(',1,door', ',0,door')}",
        f"{HEADER}\n{GOOD.replace(',1,door', ',99999999,door')}",
        f"{HEADER}\n{GOOD.replace('g1:0/1', 'g1:2/1')}",
        f"{HEADER}\n{GOOD.replace('g1:0/1', 'g1:0/0')}",
        f"{HEADER}\n{GOOD.replace('g1:0/1', 'g1')}",
        f"{HEADER}\n{GOOD.replace('ask', 'Ask!')}",
        f"{HEADER}\n{GOOD.replace('no', 'perhaps')}",
        f"{HEADER}\n{GOOD[1:]}",
        f"{HEADER}\n{GOOD.replace('ask', chr(34))}",
        f"{HEADER}\n\x00",
    ],
)
def test_a_damaged_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(read_csv(StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text", ["{", "[]", "1", "{}", '{"player": "p"}', "null", "[" * 9000]
)
def test_damaged_json_lines_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        list(read_json_lines([text]))


def test_the_sample_that_the_damaged_ones_are_made_from_is_good() -> None:
    assert len(list(read_csv(StringIO(f"\ufeff{HEADER}\n{GOOD}", newline="")))) == 1


@given(st.text())
def test_any_text_is_a_table_or_is_refused(text: str) -> None:
    for read, lines in (
        (read_csv, StringIO(text, newline="")),
        (read_json_lines, [text]),
    ):
        try:
            list(read(lines))
        except ValueError:
            continue
