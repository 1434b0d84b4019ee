"""What people type by mistake: a clear sentence, or it simply works; nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.app.session.agenda import advice, budgets, plan, preparation
from dialogue_game.app.session.sessions import find_session, read_session
from dialogue_game.core.text import CONTROL
from dialogue_game.errors import DialogueGameError, NotFound, SessionInvalid
from dialogue_game.plain.console import error_text
from dialogue_game.plain.leader_commands import COMMANDS, execute_command
from tests.app.rooms import TALK, THIRD, WALK, known, led, room, shown, sitting


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("tally a=4 b=9", "13 ballots from 9 people"),
        ("tally e=1", "an option that is not here. Use A, B or C."),
        ("tally a=-3", "negative"),
        ("tally a=123456789012345678", "huge"),
        ("tally", "cannot be read"),
        ("ballots", "no ballots"),
        ("ballots A E", "an option that is not here. Use A, B or C."),
        ("cast", "an option that is not here"),
        ("settle a", "Reveal the ballots first"),
        ("settle", "Reveal the ballots first"),
        ("reveal", "no ballots to reveal"),
        ("reopen", "undo"),
        ("road 1 a", "opens at an ending"),
        ("road x a", "not a number"),
        ("minority", "nothing to write down"),
        ("park \x1b\x07", "nothing to write down"),
        (f"takeaway {'x' * 501}", "longer than 500"),
        ("headcount 0", "1 to 10,000"),
        ("headcount -4", "not a number"),
        ("headcount 99999", "1 to 10,000"),
        ("dance", "no command “dance”"),
        ("nxt", "Did you mean “next”"),
        ("hands", "at its scene"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_nothing_moves(
    command: str, said: str
) -> None:
    leading, _, _ = sitting()
    led(leading, "next", "next", "next")
    before, events = shown(leading), leading.events
    with pytest.raises(DialogueGameError) as refused:
        execute_command(leading, command)
    assert said in error_text(refused.value)
    assert shown(leading) == before
    assert leading.events == events


@pytest.mark.parametrize("people", [1, 2, 2000])
def test_a_room_of_one_or_of_two_thousand_simply_works(people: int) -> None:
    leading, _, _ = sitting(headcount=people)
    led(leading, "next", "next", "next", f"tally a={people}", "reveal")
    assert shown(leading)["rounds"][0]["ballots"] == people
    led(leading, "next", "next")
    assert shown(leading)["step"] == "consequence"


def test_people_who_come_late_are_counted_in() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "next", "next", "headcount 12", "tally a=8 b=4")
    assert shown(leading)["ballots"]["said"] == "12 of 12 ballots are in."


def test_there_are_never_more_ballots_than_people_when_some_leave() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "next", "next", "tally a=5 b=2")
    with pytest.raises(SessionInvalid, match="7 ballots in this round already"):
        led(leading, "headcount 6")
    led(leading, "headcount 7", "next", "headcount 3")
    assert known(leading)["headcount"] == 3


@pytest.mark.parametrize(
    ("chosen", "headcount", "minutes", "said"),
    [
        ((), 0, 90, "between 1 and 10,000 people"),
        ((), -1, 90, "between 1 and 10,000 people"),
        ((), 10**9, 90, "between 1 and 10,000 people"),
        ((), 9, 0, "between 10 and 480 minutes"),
        ((), 9, 10**6, "between 10 and 480 minutes"),
        (("walk", "walk"), 9, 90, "named twice"),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    chosen: tuple[str, ...], headcount: int, minutes: int, said: str
) -> None:
    game, _ = room(WALK, TALK)
    with pytest.raises(SessionInvalid, match=said):
        plan(game.course, chosen, headcount, minutes)


def test_a_scenario_that_is_not_there_is_named_with_what_is() -> None:
    game, _ = room(WALK, TALK)
    with pytest.raises(NotFound, match="Did you mean “walk”"):
        plan(game.course, ("wallk",))


def test_without_names_the_first_scenarios_are_taken_as_time_allows() -> None:
    game, _ = room(WALK, TALK, THIRD)
    assert plan(game.course).scenarios == ("walk", "talk")
    assert plan(game.course, minutes=30).scenarios == ("walk",)


def test_what_is_worth_knowing_is_said_before() -> None:
    game, _ = room(WALK, TALK, THIRD)
    every = ("walk", "talk", "third")
    assert "leave" in advice(plan(game.course, every, 9, 30))[0]
    assert "fewer than five ballots" in advice(plan(game.course, (), 3, 90))[0]
    assert "two scenarios at least" in advice(plan(game.course, ("walk",), 9, 90))[0]
    assert advice(plan(game.course, (), 9, 90)) == ()


@given(st.integers(10, 480), st.integers(1, 3))
def test_the_parts_of_an_agenda_are_whole_minutes_that_add_up(
    minutes: int, count: int
) -> None:
    scenarios = ("walk", "talk", "third")[:count]
    parts = budgets(minutes, scenarios)
    assert sum(parts.values()) == 60 * minutes
    assert all(seconds >= 60 and seconds % 60 == 0 for seconds in parts.values())
    assert len({parts[scenario] for scenario in scenarios}) == 1


def test_the_invitation_names_time_scenarios_needs_and_languages() -> None:
    game, _ = room(WALK, TALK)
    ready = preparation(game.course, plan(game.course, leader="Ada"))
    for part in ("90 minutes", "A Walk", "A Talk", "disability", "language", "Ada"):
        assert part in ready.invitation


def test_names_and_notes_are_one_clean_line() -> None:
    leading, game, _ = sitting(
        entity="  An\x1b[31m entity\nof two lines ", leader="x" * 500
    )
    assert leading.session.started.entity == "An[31m entity of two lines"
    assert len(leading.session.started.leader) == 120
    led(leading, "park One\x07 two \u202ethree")
    assert not CONTROL.search("".join(read_session(game.store, leading.id)[0].parked))


def test_where_no_session_was_ever_kept_it_says_how_to_begin_one() -> None:
    game, _ = room(WALK)
    for open_only in (False, True):
        with pytest.raises(
            NotFound, match=r"No session is kept on this machine\. Begin one with"
        ):
            find_session(game.store, open_only=open_only)


def test_a_session_is_found_by_the_beginning_of_its_id() -> None:
    leading, game, _ = sitting()
    assert find_session(game.store, "run").id == leading.id
    with pytest.raises(NotFound, match="no session “zzz”"):
        find_session(game.store, "zzz")
    led(leading, "end")
    with pytest.raises(NotFound, match="still open"):
        find_session(game.store, open_only=True)


LINES = st.text(max_size=30) | st.builds(
    lambda word, rest: f"{word} {rest}",
    st.sampled_from([*COMMANDS]),
    st.sampled_from(["", "a", "b", "a=5 b=2", "a b b", "1 b", "2 a", "wait", "7"])
    | st.text(max_size=9),
)


@given(st.lists(LINES | st.just("next"), max_size=25))
def test_whatever_is_typed_the_session_can_be_read_back_as_it_is(
    lines: list[str],
) -> None:
    leading, game, _ = sitting(WALK, TALK)
    for line in lines:
        try:
            if not execute_command(leading, line):
                break
        except DialogueGameError:
            continue
    session, recorded = read_session(game.store, leading.id)
    assert (session, len(recorded)) == (leading.session, leading.events)
    leading.shared()
    leading.companion()
