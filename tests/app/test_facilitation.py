"""Leading a session: steps, ballots, settling, the other road, what is kept."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import FrameType

import pytest

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.leader_view import Companion
from dialogue_game.app.session.sessions import find_session, read_session
from dialogue_game.core.engine import replay
from dialogue_game.core.story import CastMember
from dialogue_game.errors import BallotInvalid, JournalError, NotNow, Remedy
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.store import Recorded, Unknown
from tests.app.rooms import TALK, THIRD, WALK, WHOLE, known, led, shown, sitting
from tests.app.tales import edited, shelf
from tests.fakes import FailingStore

FULL = ("next",) * 3
"""From the welcome to the first vote."""


def test_a_full_decision_goes_through_its_nine_steps() -> None:
    leading, _, _ = sitting()
    seen = []
    for command in (
        "next",
        "next",
        "next",
        "tally a=5 b=2",
        "next",
        "next",
        "tally a=4 b=3",
    ):
        led(leading, command)
        seen.append(leading.session.step)
    for command in ("next", "next", "next", "next", "next"):
        led(leading, command)
        seen.append(leading.session.step)
    assert list(dict.fromkeys(seen)) == [
        "scene", "commit", "vote", "talk", "vote_again", "reveal", "minority", "consequence",
        "coaching",
    ]  # fmt: skip
    assert seen[-1] == "scene"


def test_the_others_are_taken_by_a_show_of_hands_with_one_key() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=5", "reveal", "next", "next", "next", "next")
    assert (shown(leading)["scene"], shown(leading)["form"]) == ("yard", "hands")
    led(leading, "settle b")
    view = shown(leading)
    assert (view["step"], view["settled"]["id"], view["rule"]) == (
        "consequence",
        "run",
        "a show of hands",
    )
    assert view["consequence"] == ["run happens."]


def test_an_optional_decision_is_taken_in_full_only_where_there_is_time() -> None:
    for minutes, late, form in (
        (60, 0, "full"),
        (60, 55 * 60, "hands"),
        (20, 700, "hands"),
    ):
        leading, _, clock = sitting(minutes=minutes)
        led(leading, "next", "hands", "settle c")
        clock.pass_(late)
        led(leading, "next", "next")
        assert (shown(leading)["scene"], shown(leading)["form"]) == ("gate", form)


def test_rounds_are_shown_with_their_shift_in_words_once_revealed() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=5 b=2", "next", "ballots A A B B B B B", "next")
    view = shown(leading)
    assert [held["counts"] for held in view["rounds"]] == [
        {"A": 5, "B": 2, "C": 0},
        {"A": 2, "B": 5, "C": 0},
    ]
    assert view["shift"] == ["A: 5, then 2: 3 fewer.", "B: 2, then 5: 3 more."]


def test_what_a_late_comer_chose_is_told_to_nobody() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=5 b=2", "next", "tally a=5 b=3", "next")
    first, second = shown(leading)["rounds"]
    assert (first["counts"], first["leading"], first["ballots"]) == ({}, ["A"], 7)
    assert second["counts"] == {"A": 5, "B": 3, "C": 0}
    assert shown(leading)["shift"] == ["In both rounds A led."]


def test_the_leading_option_is_what_the_group_goes_on_with() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=2 b=5", "reveal", "next", "next")
    assert shown(leading)["settled"]["id"] == "wait"
    assert shown(leading)["rule"] == "more than half chose it"


def test_a_tie_is_for_the_room_to_settle() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=4 b=4", "reveal")
    assert "tie between A and B" in shown(leading)["rounds"][0]["said"]
    led(leading, "next")
    with pytest.raises(NotNow, match="The room settles it, not the program"):
        led(leading, "next")
    led(leading, "settle b", "next")
    assert shown(leading)["rule"] == "the room agreed"


def test_under_five_ballots_only_the_leading_option_is_named() -> None:
    leading, _, _ = sitting(headcount=4)
    led(leading, *FULL, "tally a=3 b=1", "reveal")
    (held,) = shown(leading)["rounds"]
    assert (held["counts"], held["leading"]) == ({}, ["A"])
    assert held["said"] == (
        "Round 1: 4 ballots. A leads. With fewer than five ballots no more is shown."
    )


def test_a_secret_ballot_says_nothing_and_shows_only_how_many_are_in() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "cast a", "cast b", "cast b")
    assert shown(leading)["ballots"]["said"] == "3 of 9 ballots are in."
    with pytest.raises(BallotInvalid):
        led(leading, "cast e")


def test_ballots_that_came_in_one_way_are_neither_lost_nor_doubled_by_another() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "cast a", "cast b")
    for command in ("tally a=4 b=2", "ballots a a b"):
        with pytest.raises(
            NotNow, match="2 ballots are in already, in another way: the keyboard"
        ):
            led(leading, command)
    led(leading, "undo", "undo", "tally a=4 b=2", "tally a=3 b=2")
    held = leading.session.deliberation.rounds
    assert [(r.number, r.mode, r.total) for r in held] == [(1, "counts", 5)]
    led(leading, "cast c")
    with pytest.raises(NotNow, match="cards, counted and typed"):
        led(leading, "ballots a a b")
    assert shown(leading)["ballots"]["said"] == "6 of 9 ballots are in."


def test_the_host_is_reminded_to_vote_last_or_not_at_all() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL)
    assert "The leader votes last, or not at all." in shown(leading)["said"][0]


def test_a_closed_round_stays_and_reopening_hides_everything_again() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=5 b=2", "reveal")
    with pytest.raises(NotNow) as refused:
        led(leading, "cast a")
    assert refused.value.remedy is Remedy.HOLD_NEW_ROUND
    led(leading, "reopen")
    assert shown(leading)["rounds"] == []
    led(leading, "tally a=1 b=6", "next")
    assert [held["counts"]["A"] for held in shown(leading)["rounds"]] == [5, 1]


def test_a_miscount_is_put_right_where_the_ballots_are_shown_without_a_new_round() -> (
    None
):
    leading, _, _ = sitting()
    led(
        leading,
        *FULL,
        "tally a=5 b=2",
        "next",
        "next",
        "tally a=5 b=2",
        "next",
        "settle a",
    )
    led(leading, "tally a=2 b=5", "tally 1: a=6 b=1")
    view = shown(leading)
    assert [held["counts"]["A"] for held in view["rounds"]] == [6, 2]
    assert view["settled"] is None
    with pytest.raises(NotNow, match="There is no closed round 3 here"):
        led(leading, "tally 3: a=7")
    with pytest.raises(NotNow) as refused:
        led(leading, "next", "next", "tally a=7")
    assert refused.value.remedy is Remedy.STEP_BACK


def test_ballots_cast_in_secret_are_not_the_leaders_to_correct() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "cast a", "cast b", "reveal")
    with pytest.raises(
        NotNow, match="Round 1 was not counted by hand: the keyboard passed around"
    ):
        led(leading, "tally a=2")


def test_a_count_is_repeated_to_the_leader_alone_and_secret_ballots_to_nobody() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=5 b=2")
    assert known(leading)["counted"] == "Counted so far: A 5, B 2, C 0."
    assert "5" not in str(shown(leading)["ballots"])
    led(leading, "cast c")
    assert known(leading)["counted"] == ""


def test_a_step_back_to_a_vote_says_that_its_round_is_kept() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=5 b=2")
    assert not any("is kept" in said for said in shown(leading)["said"])
    led(leading, "next", "undo")
    assert shown(leading)["said"][-1] == "Round 1 is kept. Now comes round 2."


def test_a_reason_keeps_the_letter_of_its_option() -> None:
    leading, _, _ = sitting()
    led(
        leading,
        *FULL,
        "tally a=5 b=2",
        "reveal",
        "next",
        "minority c: Nobody was there.",
    )
    led(leading, "minority A fog came up.")
    assert shown(leading)["reasons"] == ["C: Nobody was there.", "A fog came up."]


def test_ballots_that_come_early_take_the_room_to_its_vote() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "tally a=5")
    assert leading.session.step == "vote"
    led(leading, "next", "tally a=6")
    assert leading.session.step == "vote_again"


def test_a_wrong_key_at_a_show_of_hands_is_taken_back() -> None:
    leading, game, _ = sitting()
    led(leading, "next", "hands", "settle a", "undo")
    assert (leading.session.step, shown(leading)["settled"]) == ("scene", None)
    led(leading, "settle b", "next")
    (run,) = game.history()
    assert game.open(run.id).state.chosen == {"hall.wait"}


def test_the_next_step_ends_what_can_be_undone() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "hands", "settle a", "next", "undo")
    assert leading.session.step == "consequence"
    with pytest.raises(NotNow, match="until the next is taken"):
        led(leading, "undo")
    led(leading, "next")
    assert leading.session.path.choices == (("hall", "ask"),)


def test_the_playthrough_a_group_leads_is_an_ordinary_one_that_says_so() -> None:
    leading, game, _ = sitting()
    led(leading, "next")
    assert game.history() == ()
    led(leading, "hands", "settle c", "next", "next", "hands", "settle a", "next")
    (run,) = game.history()
    assert (run.led_by, run.state, run.choices, run.ending) == (
        leading.id,
        "ended",
        2,
        "end",
    )


def test_the_other_road_is_played_together_and_both_are_kept() -> None:
    leading, game, _ = sitting()
    led(
        leading,
        *WHOLE,
    )
    view = shown(leading)
    assert (view["step"], view["ending"]) == ("ending", "end")
    assert [
        (path["decision"], [o["id"] for o in path["options"]])
        for path in view["other_roads"]
    ] == [
        (1, ["ask", "wait"]),
        (2, ["shut"]),
    ]
    with pytest.raises(NotNow, match="the road you have taken"):
        led(leading, "road 1 c")
    led(leading, "road 2 b")
    assert shown(leading)["consequence"] == ["shut happens."]
    led(leading, "next", "next")
    assert shown(leading)["ending"] == "sad"
    other, first = game.history()
    assert {first.ending, other.ending} == {"end", "sad"}
    assert min(first.branched_from, other.branched_from) == ""
    assert {first.led_by, other.led_by} == {leading.id}
    led(leading, "next", "next", "next")
    assert [path["ending"] for path in shown(leading)["roads"]] == ["End", "Sad"]


@pytest.mark.parametrize(
    ("people", "counts", "wanted"),
    [(9, "b=2 c=5", "B"), (9, "a=2 b=2 c=5", ""), (9, "c=5", ""), (4, "b=1 c=3", "")],
)
def test_at_an_ending_the_option_that_most_of_the_others_chose_is_marked(
    people: int, counts: str, wanted: str
) -> None:
    leading, _, _ = sitting(headcount=people)
    led(leading, *FULL, f"tally {counts}", "reveal", "next", "next", "next", "next")
    led(leading, "hands", "settle a", "next", "next")
    first, second = shown(leading)["other_roads"]
    assert (first["wanted"], second["wanted"]) == (wanted, "")
    led(
        leading,
        "road 1 a",
        "next",
        "next",
        "settle a",
        "next",
        "next",
        "settle a",
        "next",
        "next",
    )
    assert {path["wanted"] for path in shown(leading)["other_roads"]} == {""}


def test_after_two_scenarios_they_are_compared_and_after_one_they_are_not() -> None:
    leading, _, _ = sitting(WALK, TALK)
    led(leading, "next", "skip", "skip")
    assert leading.session.step == "comparison"
    leading, _, _ = sitting(WALK)
    led(leading, "next", "skip")
    assert leading.session.step == "takeaways"


def test_the_closing_asks_tells_and_ends() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "skip", "takeaway Ask first.", "park The printer.")
    assert shown(leading)["takeaways"] == ["Ask first."]
    seen = []
    for _ in range(5):
        led(leading, "next")
        view = shown(leading)
        seen.append((view["step"], view["shown"]))
    assert seen == [
        ("contacts", ["contacts"]),
        ("profile", []),
        ("monday", []),
        ("evaluation", ["evaluation"]),
        ("record", []),
    ]
    led(leading, "next")
    assert shown(leading)["ended"]
    with pytest.raises(NotNow, match="has ended"):
        led(leading, "park More.")


def test_a_blank_screen_holds_nothing_but_its_step() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "notes", "notes")
    view = shown(leading)
    assert view.pop("blanked") is True
    assert {name: value for name, value in view.items() if value} == {
        "session": leading.id,
        "step": "scene",
    }
    assert known(leading)["notes"].startswith("Hold back.")


def test_the_companion_holds_what_the_room_must_not_see() -> None:
    leading, _, _ = sitting()
    led(leading, "next")
    view = known(leading)
    assert view["settles"] == [
        "The rule settles the asking. It does not settle the tone."
    ]
    assert [cited["id"] for cited in view["references"]] == ["code"]
    first = view["consequences"][0]
    assert (first["letter"], first["consequence"], first["follow"]) == (
        "A",
        ["ask happens."],
        "Yard",
    )
    assert first["marks"][0]["word"] == "models"
    assert view["questions"] == ["Why ask?", "Why not?"]
    assert view["more_questions"] == ["Who else?"]


def test_the_companion_hears_how_spread_the_room_is_and_never_a_count() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "tally a=4 b=4")
    assert known(leading)["missing"] == 1
    led(leading, "next")
    assert known(leading)["spread"].startswith("The room is of different minds.")


def test_a_talk_has_the_guides_questions_and_never_fewer_than_two() -> None:
    leading, _, _ = sitting()
    led(leading, *FULL, "next")
    assert shown(leading)["questions"] == ["Why ask?", "Why not?"]
    leading, _, _ = sitting(minutes=90)
    led(leading, "next", "hands", "settle c", "next", "next", "next", "next", "next")
    view = shown(leading)
    assert (view["step"], view["scene"], len(view["questions"])) == ("talk", "gate", 2)


def test_a_timer_says_itself_in_words_and_never_binds() -> None:
    leading, _, clock = sitting()
    led(leading, *FULL, "tally a=5", "next")
    planned = shown(leading)["timer"]["planned"]
    clock.pass_(planned + 130)
    assert (
        shown(leading)["timer"]["said"]
        == "2 minutes over. Take what you need, or go on."
    )
    led(leading, "extend")
    assert shown(leading)["timer"]["left"] == -10
    led(leading, "pause")
    clock.pass_(600)
    assert shown(leading)["timer"]["said"] == "The timer is paused."
    led(leading, "pause")
    assert shown(leading)["timer"]["left"] == -10
    assert leading.session.step == "talk"


def test_a_step_for_which_no_time_is_planned_never_says_that_it_is_over() -> None:
    leading, _, clock = sitting()
    led(leading, "next", "skip", "skip")
    clock.pass_(200)
    assert (shown(leading)["step"], shown(leading)["timer"]["said"]) == ("record", "")
    led(leading, "extend")
    assert shown(leading)["timer"]["said"].endswith(
        "over. Take what you need, or go on."
    )


@pytest.mark.parametrize("leap", [-7200, 3 * 3600])
def test_a_clock_that_was_set_or_a_machine_that_slept_is_told_and_counts_for_nothing(
    leap: int,
) -> None:
    leading, _, clock = sitting()
    led(leading, *FULL, "tally a=5")
    clock.pass_(60)
    before = shown(leading)
    clock.pass_(leap - 60)
    view = shown(leading)
    assert view["agenda"]["elapsed"] == before["agenda"]["elapsed"] - 60
    assert view["timer"]["left"] == before["timer"]["left"] + 60
    assert view["agenda"]["note"].endswith(
        f"{abs(leap) // 60} minutes are not counted."
    )
    led(leading, "next", "tally a=5", "reveal")
    assert shown(leading)["rounds"][1]["ballots"] == 5


def test_the_agenda_has_a_budget_for_each_part_and_says_ahead_or_behind() -> None:
    leading, _, clock = sitting(WALK, TALK, minutes=90)
    budget = known(leading)["budget"]
    assert [(part["id"], part["budget"] // 60) for part in budget["parts"]] == [
        ("welcome", 10),
        ("walk", 30),
        ("talk", 30),
        ("comparison", 10),
        ("closing", 10),
    ]
    assert budget["said"] == "On time."
    clock.pass_(15 * 60)
    assert known(leading)["budget"]["said"] == "About 5 minutes behind."
    led(leading, "next", "skip")
    assert known(leading)["budget"]["said"] == "About 25 minutes ahead."


def test_half_an_hour_with_one_scenario_has_its_agenda_too() -> None:
    leading, _, _ = sitting(WALK, minutes=30)
    parts = {part["id"]: part["budget"] for part in known(leading)["budget"]["parts"]}
    assert parts == {"welcome": 180, "walk": 1320, "closing": 300}


def test_a_session_comes_back_with_the_same_step_ballots_and_clock() -> None:
    leading, game, clock = sitting(WALK, TALK)
    led(leading, *FULL, "cast a", "cast b", "park Later.")
    clock.pass_(40)
    again = Facilitation.resume(game, find_session(game.store).id)
    assert shown(again) == shown(leading)
    assert known(again) == known(leading)
    assert again.session == leading.session


def test_a_crash_between_the_streams_is_made_good_on_resuming() -> None:
    store = FailingStore()
    leading, game, _ = sitting(store=store)
    led(leading, "next", "hands", "settle c", "next", "next")
    run = game.history()[0].id
    leading._playthroughs.catch_up = lambda session: True  # type: ignore[method-assign]
    led(leading, "hands", "settle a", "next")
    assert game.open(run).state.decisions == 1
    Facilitation.resume(game, leading.id)
    Facilitation.resume(game, leading.id)
    assert game.open(run).state.decisions == 2


def test_where_the_journal_refuses_nothing_moves_and_one_can_go_on_unsaved() -> None:
    store = FailingStore()
    leading, game, _ = sitting(store=store)
    led(leading, *FULL)
    store.fail()
    before = shown(leading)
    with pytest.raises(JournalError) as refused:
        led(leading, "tally a=5")
    assert shown(leading) == before
    fresh = InMemoryStore()
    leading.go_on_without_saving(fresh)
    game.stop_saving(fresh, refused.value)
    led(leading, "tally a=5", "reveal", "next", "next", "next")
    assert leading.session.path.choices == (("hall", "ask"),)


def test_a_session_stays_on_the_edition_it_began_with() -> None:
    leading, game, _ = sitting()
    led(leading, "next", "hands", "settle c", "next")
    shelf(game).edit(edited(WALK, scenes={}))
    again = Facilitation.resume(game, leading.id)
    led(again, "next", "hands", "settle a", "next", "next")
    assert shown(again)["ending"] == "end"


def test_a_run_that_somebody_went_on_with_alone_is_left_to_them() -> None:
    leading, game, _ = sitting()
    led(leading, "next", "hands", "settle a", "next")
    game.open(game.history()[0].id).choose("sit")
    led(leading, "next", "settle b", "next", "next")
    assert leading.session.step == "scene"
    assert game.open(game.history()[0].id).state.chosen == {"hall.ask", "yard.sit"}


def test_a_groups_run_is_not_offered_to_a_person_to_go_on_with() -> None:
    leading, game, _ = sitting()
    led(leading, "next", "hands", "settle a", "next")
    (card,) = game.cards()
    assert (card.state, card.paused, card.runs) == ("new", "", 0)


def test_a_session_has_one_writer() -> None:
    leading, game, _ = sitting()
    second = Facilitation.resume(game, leading.id)
    led(leading, "next")
    with pytest.raises(JournalError, match="gone on in another copy"):
        led(second, "next")


def test_two_companions_follow_one_session_and_write_nothing() -> None:
    leading, game, _ = sitting()
    followers = [Companion(game, leading.id), Companion(game, leading.id)]
    length = leading.events
    led(leading, "next")
    for follower in followers[:1]:
        assert follower.look()
        assert follower.view() == leading.companion()
        assert not follower.look()
    assert followers[1].view().step == "welcome"
    assert game.store.info(leading.id).length == length + 2


def test_an_event_of_a_later_version_is_skipped() -> None:
    leading, game, clock = sitting()
    game.store.append(leading.id, [Unknown("danced", "{}")], 1, clock())
    again = Facilitation.resume(game, leading.id)
    led(again, "next")
    assert again.session.step == "scene"
    assert isinstance(game.store.read(leading.id)[1], Recorded)
    assert len(read_session(game.store, leading.id)[1]) == again.events


def test_a_rehearsal_says_so_on_the_screen() -> None:
    leading, _, _ = sitting(WALK, TALK, THIRD, rehearsal=True)  # type: ignore[arg-type]
    assert shown(leading)["rehearsal"] is True


def test_a_tally_folds_the_story_once_and_a_tick_not_at_all() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "next", "next")
    counted = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal counted
        counted += event == "call" and frame.f_code is replay.__code__

    sys.setprofile(watch)
    try:
        leading.tally("a=4 b=2")
        leading.shared()
        leading.companion()
        after_tally = counted
        leading.shared()
        leading.companion()
    finally:
        sys.setprofile(None)
    assert after_tally <= 4  # before and after, each up to the decision and to its end
    assert counted == after_tally


CARDED = replace(
    WALK,
    question="Ask or wait?",
    cast={
        "you": CastMember("you", "You", "the new one"),
        "ada": CastMember("ada", "Ada", "a guard"),
    },
)


def test_a_scenario_opens_with_its_question_and_who_is_who_and_says_how_far_it_is() -> (
    None
):
    leading, _, _ = sitting(CARDED)
    led(leading, "next")
    view = shown(leading)
    assert (view["card"]["question"], view["progress"]) == (
        "Ask or wait?",
        "Decision 1 of about 2",
    )
    assert view["card"]["people"] == ["You: the new one", "Ada: a guard"]
    led(leading, "next")
    assert shown(leading)["card"] is None


def test_two_scenarios_stand_side_by_side_with_what_parted_them() -> None:
    leading, _, _ = sitting(WALK, TALK)
    for settled in ("settle a", "settle c"):
        led(leading, "next", "hands", settled, "next", "next")
        while leading.session.step != "ending":
            led(
                leading,
                *(
                    ["hands", "settle a"]
                    if leading.session.step == "scene"
                    else ["next"]
                ),
            )
    led(leading, "next")
    view = shown(leading)
    assert [(path["title"], path["ending"]) for path in view["roads"]] == [
        ("A Walk", "End"),
        ("A Talk", "End"),
    ]
    assert view["parted"] == [
        "A Walk: nothing was lost at any decision.",
        "A Talk: most was lost at “Hall”, with “Do leave.”",
        "Guidelines that fared alike: 3.",
        "Guidelines that fared differently: 1, 2.",
    ]
    first = view["compared"][0]
    assert (first["number"], first["verdicts"]) == (1, ["upheld", "breached"])
    assert len(view["questions"]) == 2


def test_the_other_road_stands_beside_the_first_at_its_ending() -> None:
    leading, _, _ = sitting()
    led(
        leading,
        *WHOLE,
    )
    assert shown(leading)["parted"] == []
    led(leading, "road 2 shut", "next", "next")
    view = shown(leading)
    assert [path["title"] for path in view["roads"]] == [
        "A Walk",
        "A Walk, the other road",
    ]
    assert (
        view["parted"][0]
        == "At “Gate” we chose “Do open.” On the other road: “Do shut.”"
    )
