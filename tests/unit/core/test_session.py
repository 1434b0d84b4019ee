"""A session as a fold: steps, rounds that stay closed, what can be undone, time that counts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.session.fold import evolve, fold
from dialogue_game.core.session.session_events import (
    BallotCast,
    BallotClosed,
    BallotOpened,
    Blanked,
    CountCorrected,
    Extended,
    FormChosen,
    HeadcountChanged,
    MinorityReason,
    NamesChanged,
    Parked,
    PathOpened,
    Paused,
    SessionEnded,
    SessionEvent,
    SessionStarted,
    Settled,
    StepReached,
    Takeaway,
    Undone,
)
from dialogue_game.core.session.session_state import (
    MAX_GAP,
    Session,
    Settlement,
    at_time,
)

STARTED = SessionStarted("course", "Entity", "Leader", 9, 60, ("walk", "talk"))
SCENE = (StepReached("scene", "hall", "full"), PathOpened("walk", "e1", "p1"))
VOTED = (
    *SCENE,
    StepReached("vote"),
    BallotOpened("counts"),
    BallotCast({"ask": 5, "wait": 2}),
)
TALKED = (*VOTED, BallotClosed(), StepReached("talk"))
SETTLED = (*TALKED, StepReached("reveal"), Settled("ask", "majority"))


def after(*events: SessionEvent) -> Session:
    return fold((event, 1000 * place) for place, event in enumerate((STARTED, *events)))


def test_a_session_begins_at_its_welcome_with_its_plan() -> None:
    session = after()
    assert (session.step, session.headcount, session.scenario) == ("welcome", 9, 0)
    assert session.part == "welcome"


def test_a_stream_that_does_not_begin_with_its_start_is_no_session() -> None:
    with pytest.raises(ValueError, match="start"):
        evolve(None, Undone(), 1)
    with pytest.raises(ValueError, match="no events"):
        fold([])


def test_a_decision_begins_with_its_scene_on_its_road() -> None:
    session = after(*SCENE)
    assert (session.deliberation.scene, session.form, session.deliberation.path) == (
        "hall",
        "full",
        0,
    )
    assert (session.path.playthrough, session.scenario, session.part) == (
        "p1",
        1,
        "walk",
    )


def test_ballots_are_put_in_place_of_others_or_added() -> None:
    session = after(
        *VOTED, BallotCast({"ask": 1}), BallotCast({"wait": 1, "ask": 1}, added=True)
    )
    assert session.deliberation.rounds[0].counts == {"ask": 2, "wait": 1}


def test_a_closed_round_takes_no_more_ballots_and_reopening_makes_a_new_one() -> None:
    session = after(*TALKED, BallotCast({"wait": 9}))
    assert session.deliberation.rounds[0].counts == {"ask": 5, "wait": 2}
    again = after(
        *TALKED,
        StepReached("vote_again"),
        BallotOpened("counts"),
        BallotCast({"wait": 3}),
    )
    assert [held.closed for held in again.deliberation.rounds] == [True, False]
    assert again.deliberation.rounds[0].counts == {"ask": 5, "wait": 2}


def test_an_empty_round_leaves_nothing_behind() -> None:
    session = after(
        *SCENE, StepReached("vote"), BallotOpened("secret"), StepReached("talk")
    )
    assert session.deliberation.rounds == ()


def test_rounds_are_revealed_after_the_last_is_closed_and_hidden_while_another_is_open() -> (
    None
):
    assert not after(*VOTED).revealed
    assert not after(*TALKED).revealed
    shown = (*TALKED, StepReached("reveal"))
    assert after(*shown).revealed
    assert not after(*shown, StepReached("vote_again")).revealed


def test_a_settled_option_becomes_a_choice_when_its_consequence_is_left() -> None:
    read = (*SETTLED, StepReached("consequence"))
    assert after(*read).path.choices == ()
    assert after(*read, StepReached("coaching")).path.choices == (("hall", "ask"),)
    assert after(*read, StepReached("coaching"), Undone()).path.choices == ()


def test_undo_takes_deeds_back_one_by_one_and_then_the_step_once() -> None:
    deeds = (
        *SETTLED,
        MinorityReason("Maybe."),
        Parked("Later."),
        Takeaway("This."),
        Extended(120),
    )
    session = after(*deeds)
    for left in (6, 5, 4, 3):
        assert len(session.undo) == left
        session = evolve(session, Undone(), 99_000)
    assert (session.parked, session.takeaways, session.extra) == ((), (), 0)
    assert session.deliberation.reasons == ()
    assert session.deliberation.settlement == Settlement("ask", "majority")
    session = evolve(session, Undone(), 99_000)
    assert session.deliberation.settlement is None
    session = evolve(session, Undone(), 99_000)
    assert (session.step, session.undo) == ("talk", ())
    assert evolve(session, Undone(), 99_000).step == "talk"


def test_undo_never_opens_a_closed_round() -> None:
    session = after(*TALKED, Undone())
    assert session.step == "vote"
    assert session.deliberation.rounds[0].closed
    assert session.undo == ()


def test_undo_leaves_the_switches_and_the_headcount_alone() -> None:
    session = after(
        *SETTLED, Blanked(on=True), Paused(on=True), HeadcountChanged(12), Undone()
    )
    assert (session.blanked, session.paused, session.headcount) == (True, True, 12)


def test_voting_again_unsettles_what_was_settled() -> None:
    assert after(*SETTLED, StepReached("vote_again")).deliberation.settlement is None


def test_the_form_of_a_decision_can_be_chosen_and_taken_back() -> None:
    assert after(*SCENE, FormChosen("hands")).form == "hands"
    assert after(*SCENE, FormChosen("hands"), Undone()).form == "full"


def test_the_other_road_shares_what_came_before_and_keeps_both() -> None:
    whole = (
        *SETTLED,
        StepReached("consequence"),
        StepReached("coaching"),
        StepReached("ending"),
    )
    branch = (
        StepReached("consequence", "hall", "hands"),
        PathOpened("walk", "e1", "p2", "p1", 0),
        Settled("wait", "other_road"),
    )
    session = after(*whole, *branch, StepReached("coaching"))
    assert [path.choices for path in session.paths] == [
        (("hall", "ask"),),
        (("hall", "wait"),),
    ]
    assert (session.scenario, session.deliberation.path) == (1, 1)
    back = after(*whole, *branch, Undone())
    assert (back.step, len(back.paths)) == ("ending", 1)


def test_time_is_counted_by_part_and_step_and_a_pause_stops_only_the_step() -> None:
    session = fold(
        [
            (STARTED, 0),
            (SCENE[0], 60_000),
            (SCENE[1], 60_000),
            (Paused(on=True), 90_000),
        ]
    )
    times = at_time(session, 120_000)
    assert (times.elapsed, times.step) == (120_000, 30_000)
    assert times.used == {"welcome": 60_000, "walk": 60_000}


@pytest.mark.parametrize("then", [-5_000_000, MAX_GAP + 1001, 10**15])
def test_a_clock_that_runs_back_or_leaps_counts_for_nothing(then: int) -> None:
    session = fold([(STARTED, 0), (Parked("x"), 1000), (Parked("y"), then)])
    assert session.times.elapsed == 1000
    assert session.times.lost == abs(then - 1000)
    assert at_time(session, then + 500).elapsed == 1500


@pytest.mark.parametrize("gap", [0, 1, MAX_GAP])
def test_time_up_to_the_longest_gap_is_believed(gap: int) -> None:
    session = fold([(STARTED, 0), (Parked("x"), 1000), (Parked("y"), 1000 + gap)])
    assert (session.times.elapsed, session.times.lost) == (1000 + gap, 0)


def test_undoing_a_step_gives_back_the_time_it_had_and_undoing_a_note_takes_none() -> (
    None
):
    begun: list[tuple[SessionEvent, int]] = [
        (STARTED, 0),
        (SCENE[0], 10_000),
        (SCENE[1], 10_000),
    ]
    session = fold([*begun, (StepReached("commit"), 40_000), (Undone(), 45_000)])
    assert (session.step, session.times.step) == ("scene", 30_000)
    session = fold([*begun, (Takeaway("x"), 20_000), (Undone(), 45_000)])
    assert (session.takeaways, session.times.step) == ((), 35_000)


def test_nothing_is_revealed_outside_a_decision_or_before_a_round() -> None:
    assert not after().revealed
    assert not after(*SETTLED, StepReached("ending")).revealed
    assert not after(*SCENE, StepReached("reveal")).revealed


def test_an_ended_session_stands_still() -> None:
    session = after(*SCENE, SessionEnded())
    assert session.ended
    assert at_time(session, 10**9) == session.times


EVENTS: st.SearchStrategy[SessionEvent] = st.one_of(
    st.sampled_from(
        [
            *SETTLED,
            StepReached("coaching"),
            StepReached("vote_again"),
            Undone(),
            Undone(),
        ]
    ),
    st.builds(
        BallotCast,
        st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
        st.booleans(),
    ),
)


@given(st.lists(EVENTS, max_size=30))
def test_whatever_happens_a_closed_round_of_a_decision_never_changes(
    events: Sequence[SessionEvent],
) -> None:
    session = after(*SCENE)
    for place, event in enumerate(events):
        before = session
        session = evolve(session, event, 100_000 + place)
        if before.deliberations and len(session.deliberations) == len(
            before.deliberations
        ):
            closed = [held for held in before.deliberation.rounds if held.closed]
            assert list(session.deliberation.rounds[: len(closed)]) == closed


def test_a_miscounted_round_is_replaced_and_what_it_settled_is_open_again() -> None:
    session = after(*SETTLED, CountCorrected(1, {"wait": 6}))
    assert [held.counts for held in session.deliberation.rounds] == [{"wait": 6}]
    assert session.deliberation.settlement is None
    back = after(*SETTLED, CountCorrected(1, {"wait": 6}), Undone())
    assert back.deliberation.rounds[0].counts == {"ask": 5, "wait": 2}


def test_who_was_here_is_kept_over_time_without_a_slip_that_was_mended_at_once() -> (
    None
):
    planned = after(HeadcountChanged(12), *SCENE)
    assert [here.people for here in planned.present] == [12]
    session = after(*VOTED, HeadcountChanged(120), HeadcountChanged(14), BallotClosed(),
                    StepReached("talk"), HeadcountChanged(8), Undone())  # fmt: skip
    assert [here.people for here in session.present] == [9, 14, 8]
    assert (session.headcount, session.most_people) == (8, 14)


def test_names_given_late_are_the_sessions_and_no_step_back_takes_them() -> None:
    session = after(*VOTED, NamesChanged("OICT", "Ada"), Undone())
    assert (session.started.entity, session.started.leader) == ("OICT", "Ada")
