"""What a session leaves on paper: its record in four forms, and the kit for the day."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import full_round, plan, preparation
from dialogue_game.app.session.documents import kit_pages, record, record_text
from dialogue_game.app.session.facilitation import Facilitation
from tests.app.rooms import TALK, WALK, WHOLE, led, room, sitting
from tests.builders import choice, scene, story
from tests.stories.guide_texts import APPENDIX_F, FORM_ADDRESS, FORM_ALTERNATIVE

VOTED = (
    "next",
    "next",
    "next",
    "tally a=5 b=2",
    "next",
    "ballots a a b b b b b",
    "next",
)


def test_the_record_has_all_that_was_decided_and_how() -> None:
    leading, game, clock = sitting(
        WALK, TALK, entity="Field Office", leader="A. Leader"
    )
    led(
        leading,
        *VOTED,
        "minority c: If nobody could be asked.",
        "next",
        "next",
        "park The gate.",
    )
    clock.pass_(25 * 60)
    led(leading, "next", "skip", "skip", "skip", "takeaway Ask first.", "headcount 11")
    led(leading, "next", "headcount 6", "leader B. Leader")
    told = record(game, leading.id)
    about = {name: told[name] for name in ("entity", "leader", "headcount", "minutes")}
    assert re.fullmatch(r"2023-11-1[45]", told["date"])
    assert about == {
        "entity": "Field Office",
        "leader": "B. Leader",
        "headcount": 11,
        "minutes": 60,
    }
    assert [here["people"] for here in told["headcounts"]] == [9, 11, 6]
    assert "; 11 participants; " in told["participation"]
    assert record(game, leading.id, entity="Another")["entity"] == "Another"
    assert (told["minutes_used"], told["takeaways"], told["parked"]) == (
        25,
        ["Ask first."],
        ["The gate."],
    )
    first = told["decisions"][0]
    assert [(held["mode"], held["counts"]) for held in first["rounds"]] == [
        ("counts", {"ask": 5, "wait": 2}),
        ("letters", {"ask": 2, "wait": 5}),
    ]
    (reason,) = first["reasons"]
    assert (reason["letter"], reason["text"]) == ("C", "If nobody could be asked.")
    assert first["settled"]["text"] == "Do wait."


def test_the_participation_line_names_the_scenarios_that_were_played_and_no_others() -> (
    None
):
    leading, game, _ = sitting(WALK, TALK, entity="Field Office")
    assert record(game, leading.id)["participation"].endswith(
        "; no scenario was played"
    )
    led(leading, *WHOLE, "next")
    told = record(game, leading.id)
    assert (
        told["participation"] == f"Field Office; {told['date']}; 9 participants; A Walk"
    )
    assert [scenario["played"] for scenario in told["scenarios"]] == [True, False]
    assert "Scenarios: A Walk, A Talk (not played)" in record_text(
        game, leading.id, "md"
    )


def test_a_record_to_read_names_options_by_letter_and_text_and_says_what_is_open() -> (
    None
):
    leading, game, _ = sitting(WALK)
    led(leading, *VOTED, "next", "next")
    told = record_text(game, leading.id, "md")
    for part in (
        "## A Walk, decision 1: Hall",
        "- A: Do ask.",
        "- Round 1 (cards, counted and typed), 7 ballots: A 5, B 2, C 0; leading: A.",
        "- Round 2 (letters from a chat), 7 ballots: A 2, B 5, C 0; leading: B.",
        "- Settled: Do wait. (more than half chose it)",
        "- The session has not ended.",
    ):
        assert part in told
    assert "has not ended" not in record_text(game, led(leading, "end").id, "md")


@pytest.mark.parametrize("form", ["md", "html", "json", "csv"])
def test_with_few_ballots_a_record_names_the_leading_option_and_no_other(
    form: str,
) -> None:
    leading, game, _ = sitting(WALK, headcount=4)
    led(
        leading,
        "next",
        "next",
        "next",
        "tally a=3 c=1",
        "reveal",
        "next",
        "next",
        "next",
    )
    told = record_text(game, leading.id, form)
    if form == "json":
        (held,) = json.loads(told)["decisions"][0]["rounds"]
        assert (held["leading"], held["counts"], held["ballots"]) == (["ask"], {}, 4)
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(told)))
        named = [
            (row["kind"], row["option"], row["count"]) for row in rows if row["round"]
        ]
        assert named == [("leading", "ask", "")]
    else:
        assert (
            "4 ballots, leading: A. With fewer than five ballots no more is told."
            in told
        )
        assert not re.search(r"\bA 3\b|\bC 1\b", told)


def test_a_decision_on_the_other_road_says_so_as_far_as_the_road_goes() -> None:
    leading, game, _ = sitting(WALK)
    led(
        leading,
        *WHOLE,
        "road 1 a",
        "next",
        "next",
        "settle a",
        "next",
        "next",
        "settle b",
    )
    told = record_text(game, leading.id, "md")
    assert told.count(", on the other road: ") == 3
    assert "from decision 1 on the other road" in told


def test_the_evaluation_sheet_prints_appendix_f_whole_and_in_its_words() -> None:
    game = open_game(keep=False)
    sheet = kit_pages(game, plan(game.course, ("omar",)))["evaluation.html"]
    for number, item in enumerate(APPENDIX_F, 1):
        assert f"{number}. {item}" in sheet
    assert f"{len(APPENDIX_F) + 1}. " not in sheet
    assert "<svg" in sheet
    for part in (
        FORM_ADDRESS,
        FORM_ALTERNATIVE,
        "does not end in un.org",
        "anonymously",
    ):
        assert part in sheet


def test_the_evaluation_on_the_screen_has_the_ten_items_the_address_and_the_other_way() -> (
    None
):
    game = open_game(keep=False)
    leading = Facilitation.start(game, plan(game.course, ("omar",), 12, 30))
    led(leading, "next", "skip", "next", "next", "next", "next")
    form = leading.shared().evaluation
    assert form is not None
    assert (form.items, form.url) == (APPENDIX_F, FORM_ADDRESS)
    assert FORM_ALTERNATIVE in form.note


def test_cards_say_how_many_sets_to_print() -> None:
    game, _ = room(WALK)
    planned = plan(game.course, ("walk",), 12)
    assert (
        "Print this page 12 times: one set of cards A to D"
        in kit_pages(game, planned)["cards.html"]
    )
    assert any(
        "12 sets, one for each person" in need
        for need in preparation(game.course, planned).needs
    )


def test_half_an_hour_with_one_scenario_is_as_well_prepared_as_ninety_minutes() -> None:
    game = open_game(keep=False)
    long = plan(game.course, ("omar", "sepideh"))
    short = plan(game.course, ("omar",), 12, 30)
    assert full_round(long).startswith(
        "A full decision takes about 10 minutes: Read 1:15, "
    )
    assert full_round(short).startswith(
        "A full decision takes about 8 minutes: Read 0:55, "
    )
    ready, page = preparation(game.course, short), kit_pages(game, short)
    assert ready.agenda == (
        "3 minutes: Welcome and ground rules",
        "22 minutes: Omar on Instagram",
        "5 minutes: Closing and evaluation",
    )
    assert "about 30 minutes" in ready.invitation
    assert page.keys() == kit_pages(game, long).keys()
    assert "22 minutes: Omar on Instagram" in page["script.html"]


def test_the_script_has_the_letters_of_the_screen_and_none_where_they_can_differ() -> (
    None
):
    told = story(
        scene(
            "hall",
            choice("ask", "hall_end"),
            choice("fly", "hall_end", when="chose(hall.ask)", locked="No wings."),
            choice("wait", "hall_end"),
            group="full",
        ),
        id="walk",
        endings={"hall_end": "good"},
    )
    game, _ = room(told)
    script = kit_pages(game, plan(game.course, ("walk",)))["script.html"]
    assert re.findall(r"<li>([^<]*)</li>", script) == [
        "A. Do ask.",
        "B. Do fly. (not on every road)",
        "Do wait.",
    ]


def test_the_record_does_not_tell_what_a_late_comer_chose() -> None:
    leading, game, _ = sitting(WALK)
    led(
        leading,
        "next",
        "next",
        "next",
        "tally a=5 b=2",
        "next",
        "tally a=5 b=3",
        "next",
    )
    first, second = record(game, leading.id)["decisions"][0]["rounds"]
    assert (first["counts"], first["leading"]) == ({}, ["ask"])
    assert second["counts"] == {"ask": 5, "wait": 3}
    said = "7 ballots, leading: A. As another round had a few more or fewer, no more is told."
    assert said in record_text(game, leading.id, "md")
