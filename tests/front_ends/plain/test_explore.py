"""Replaying, comparing, the own map, history and returning questions, in lines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dialogue_game.app.game import Game
from dialogue_game.app.runs import landmarks
from dialogue_game.app.settings import Settings
from dialogue_game.plain import explore, history
from dialogue_game.plain.console import Console
from dialogue_game.plain.explore import resume_run
from dialogue_game.plain.home import show_home
from dialogue_game.plain.playthrough import PlainPlay
from tests import fakes
from tests.app.tales import SAME_AGAIN, TALE, edited, play, shelf


def talked(answers: str = "") -> tuple[Console, io.StringIO]:
    sink = io.StringIO()
    return Console(io.StringIO(answers), sink), sink


def at_home(game: Game, answers: str) -> str:
    console, sink = talked(answers)
    show_home(game, console)
    return " ".join(sink.getvalue().split())


def played(game: Game, answers: str) -> str:
    console, sink = talked(answers)
    PlainPlay(game, game.start("tale"), console).play()
    return " ".join(sink.getvalue().split())


def test_after_the_debrief_one_alternative_is_offered_and_played() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    said = played(game, "wait\n1\nsit\n\ny\n\n\n")
    assert "What if you had?" in said
    assert "What if you had chosen “Shout”?" in said
    assert "shout happens." in said
    assert len(game.history()) == 2
    assert "What that changed." in said


def test_in_a_replay_options_say_what_they_led_to_and_in_a_first_run_nothing() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    assert "Taken before" not in played(game, "wait\nstay\n\n\n")
    said = played(game, "wait\nq\n")
    assert "2. Wait. (Taken before. It led to “Yard”.)" in said
    assert "1. Tell Omar first. 2." in said
    assert "2. Do stay. (Taken before. It led to “Sad”.)" in said


def test_in_a_replay_d_goes_on_as_before_to_what_differs() -> None:
    game = fakes.game(SAME_AGAIN)
    assert "As on the path" not in played(game, "d\nwait\nknock\nsit\n\n\n")
    said = played(game, "ask\nd\nq\n")
    assert "As on the path before: 1 decision." in said
    assert said.rindex("This is room.") > said.index("As on the path")


def test_another_alternative_comes_with_n_and_none_with_enter() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    said = played(game, "wait\n1\nsit\n\nn\n\n")
    assert said.count("What if you had?") == 2
    assert len(game.history()) == 1


def test_a_pipe_that_ends_is_asked_nothing_more() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    played(game, "leave\n")
    assert len(game.history()) == 1


def test_tutorials_offer_no_what_if() -> None:
    assert "What if" not in played(fakes.game(edited(TALE, kind="tutorial")), "leave\n")


def test_what_stays_as_it_was_is_said_in_one_line_a_step() -> None:
    game = fakes.game(TALE)
    console, sink = talked()
    explore.recap(console, game.rewind(play(game, "wait", "back", "sit"), 2))
    said = sink.getvalue()
    assert "1. Hall: Wait." in said
    assert "2. Yard: Go back." in said
    assert "back happens." not in said


def test_a_comparison_is_read_in_order_with_words_and_numbers() -> None:
    game = fakes.game(TALE)
    console, sink = talked()
    runs = play(game, "wait", "back", "sit"), play(game, "wait", "stay")
    explore.comparison(console, game.explore.compare(*runs))
    said = " ".join(sink.getvalue().split())
    for part in (
        "The first decision is the same in both runs.",
        "They part at Yard, decision 2. You chose “Go back.”",
        "This run: “Go back.” back happens.",
        "This run alone: “Sit down.” sit happens.",
        "This run ended in “End”. The other run ended in “Sad”.",
        "points at stake.",
        "- Guideline 2, Guideline 2: upheld",
    ):
        assert part in said


def test_home_shows_the_own_map() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    play(game, "leave")
    said = at_home(game, "m 1\nq\n")
    assert "Your map." in said
    assert "Endings found: 1 of 2." in said
    assert "Yard" not in said


def test_the_map_is_read_out_a_scene_a_line_and_an_untried_option_taken_from_it() -> (
    None
):
    game = fakes.game(edited(TALE, transfer={}))
    play(game, "wait", "stay")
    said = at_home(game, "m 1\n7\n2\n2z\n2a\nsit\n\n\nq\n")
    for part in (
        "The path of your last run: 1, 2, the end “Sad”.",
        "1. Hall. Led to 2. Not tried yet: 1a, 1c.",
        "Sad (poor): reached 1 time 1 more that was not found yet",
        "b. tried 1 time: Do stay. Leads to the end “Sad”.",
        "back happens.",
        "The end: End.",
    ):
        assert part in said, part
    assert said.count("That was not understood.") == 2
    assert [run.branched_at for run in game.history()] == [1, 0]
    assert "locked" not in said


def test_in_a_first_run_the_map_takes_nothing() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    play(game, "wait")
    assert "not choose again" in at_home(game, "m 1\n1a\nq\n")
    assert len(game.history()) == 1


def test_home_opens_history_and_replays_from_it() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    play(game, "wait", "back", "sit")
    said = at_home(game, "h\nr 1\n9\n2\nstay\n\n\nq\n")
    assert "1. A Tale, 2023-11-14: 3 choices, ended in “End”" in said
    assert "Type a number from 1 to 3." in said
    assert "What stays as it was" in said
    assert len(game.history()) == 2


def test_a_first_run_is_refused_a_replay_in_one_sentence() -> None:
    game = fakes.game(TALE)
    play(game, "wait")
    said = at_home(game, "h\nr 1\n1\nq\n")
    assert "you can look back, but not choose again" in said
    assert len(game.history()) == 1


def test_history_reads_compares_and_deletes_after_asking() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    play(game, "tell", "sit")
    console, sink = talked("o 1\nc 1 2\nd 2\nno\nd 2\nyes\nx\n\n")
    assert history.show_history(game, console) is None
    said = " ".join(sink.getvalue().split())
    assert "Debrief." in said
    assert "two runs compared" in said
    assert "Kept." in said
    assert "Deleted." in said
    assert "That was not understood." in said
    assert [run.ending for run in game.history()] == ["end"]


def test_history_goes_on_with_a_paused_run_and_takes_an_ended_one_anew() -> None:
    game = fakes.game(edited(TALE, transfer={}))
    play(game, "wait", "back", "sit")
    paused = play(game, "wait")
    play(game, "wait", "back")
    said = at_home(game, "h\np 2\nstay\n\n\nq\n")
    assert game.open(paused).ended
    assert "Yard." in said
    assert len(game.history()) == 3
    at_home(game, "h\np 1\n1\nleave\n\n\nq\n")
    assert len(game.history()) == 4


def test_history_shows_the_map_writes_a_run_and_compares_with_anothers(
    tmp_path: Path,
) -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    play(game, "tell", "sit")
    file = tmp_path / "Another person.json"
    console, sink = talked(
        f"m 1\nf\nx 2 {file}\nx 2 {file}\nc 1 {file}\nc 1 {tmp_path}/none\n\n"
    )
    assert history.show_history(game, console) is None
    said = " ".join(sink.getvalue().split())
    for part in ("Your map.", "first run 0 percent", "Your own line and answers are not in it.",
                 "is there already", "two runs compared", "none"):  # fmt: skip
        assert part in said, part
    assert file.exists()


@pytest.mark.parametrize(
    ("answers", "edition"),
    [("", ""), ("?\nx\nb\n", "first"), ("n\n", "second")],
    ids=["left", "the old text", "the new text"],
)
def test_where_a_story_was_edited_one_is_asked_on_which_text_to_go_on(
    answers: str, edition: str
) -> None:
    game = fakes.game(TALE)
    run = play(game, "wait")
    shelf(game).edit(edited(TALE))
    console, sink = talked(answers)
    player = resume_run(game, console, run)
    said = " ".join(sink.getvalue().split())
    assert "The story was edited." in said
    assert "With the new edition: 1 decision carried over" in said
    assert (player is None) == (answers == "")
    assert (player.story.edition if player else "") == edition
    if "?" in answers:
        assert "b goes on with the text that this run was begun on" in said
        assert "That was not understood." in said


def test_a_decision_of_an_edited_story_is_taken_anew_on_either_text() -> None:
    game = fakes.game(edited(TALE, edition="first", transfer={}))
    run = play(game, "wait", "back", "sit")
    shelf(game).edit(edited(TALE, transfer={}))
    said = at_home(
        game, "h\nr 1\n2\nn\nback\nq\nh\nr 2\n2\nb\nback\nq\nh\nr 3\n1\n\nq\n"
    )
    assert said.count("The story was edited.") == 3
    made = [line for line in game.history() if line.id != run]
    assert sorted(line.edition for line in made) == ["first", "second"]
    assert {line.choices for line in made} == {2}
    assert "Left as it was." in said


def test_first_and_best_are_said_apart() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    assert history.landmark_lines(landmarks(game.history()).values()) == [
        "A Tale: first run 0 percent, the best so far."
    ]
    play(game, "tell", "ask")
    assert history.landmark_lines(landmarks(game.history()).values()) == [
        "A Tale: first run 0 percent, best run 100 percent."
    ]


def test_a_question_returns_at_a_later_start_and_its_answer_is_kept() -> None:
    game = fakes.game(TALE)
    run = play(game, "leave")
    said = at_home(game, "2\nq\n")
    assert "A new situation, an earlier guideline." in said
    assert "A friend asks for your badge." in said
    assert "Yes. On balance: sound." in said
    assert game.open(run).debrief().transfer == {"badge": 1}


def test_a_question_is_skipped_with_enter_and_does_not_come_at_the_next_start() -> None:
    game = fakes.game(TALE)
    run = play(game, "leave")
    assert "settings transfer off" in at_home(game, "\nq\n")
    assert "for your badge" not in at_home(game, "\nq\n")
    assert game.open(run).debrief().transfer == {}


def test_with_questions_off_home_asks_none() -> None:
    game = fakes.game(TALE, settings=Settings(transfer="off"))
    play(game, "leave")
    assert "A new situation" not in at_home(game, "q\n")


def test_a_wrong_answer_to_the_question_is_asked_again_and_not_taken_as_a_skip() -> (
    None
):
    game = fakes.game(TALE)
    run = play(game, "leave")
    assert "Type a number from 1 to 2, or Enter to skip." in at_home(
        game, "nonsense\n1\nq\n"
    )
    assert game.open(run).debrief().transfer == {"badge": 0}
