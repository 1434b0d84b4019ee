"""Playing in lines: what is said, what may be answered, and that nothing commands a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings
from dialogue_game.core.story import Detail, Exhibit, Paragraph, Story
from dialogue_game.plain.console import Console
from dialogue_game.plain.home import show_home
from dialogue_game.plain.json_lines import JsonLines
from dialogue_game.plain.playthrough import PlainPlay
from tests import fakes
from tests.app.tales import SAME_AGAIN, play
from tests.builders import choice, scene, story

PHOTO = Exhibit(
    "photo",
    "photo",
    {"caption": "Us."},
    alt="Two people.",
    details=(Detail("d", "the wall", "A map."),),
)
TALE = story(
    scene(
        "hall",
        choice("in", "room", "g1 upholds"),
        choice("out", "end", "g1 breaches"),
        choice("up", "end", when="false", locked="The stairs are closed."),
        exhibits=(PHOTO,),
        discuss=("q1",),
    ),
    scene("room", choice("sit", "end", "g1 models")),
    questions={"q1": "Why in?", "q2": "Why not?"},
)


def played(
    answers: str, told: Story = TALE, *, settings: Settings | None = None
) -> tuple[str, Game]:
    game = fakes.game(told, settings=settings)
    sink = io.StringIO()
    PlainPlay(game, game.start(told.id), Console(io.StringIO(answers), sink)).play()
    return sink.getvalue(), game


def test_a_story_is_played_by_numbers_to_its_debrief() -> None:
    said, game = played("1\n1\n\n")
    for part in (
        "Hall.",
        "Decision 1 of about 2.",
        "1. Do in.",
        "You chose: Do in.",
        "in happens.",
        "This upholds guideline 1, Guideline 1. Because upholds.",
        "1. CODE/1: A code",
        "The end: End.",
        "Overall: 100 percent, 3 of 3 points at stake.",
        "Guideline 1, Guideline 1: upheld.",
        "Questions to think or talk about",
        "- Why in?",
        "- Why not?",
    ):
        assert part in said
    assert game.history()[0].state == "ended"


def test_an_ending_without_text_says_that_it_is_not_written_yet() -> None:
    endings = {name: replace(one, text=()) for name, one in TALE.endings.items()}
    said, _ = played("2\n", replace(TALE, endings=endings))
    assert "The end: End." in said
    assert "Not written yet. The story goes no further here." in said


def test_choice_ids_are_answers_too() -> None:
    said, _ = played("out\n")
    assert "The end: End." in said


def test_a_choice_that_is_named_like_a_command_can_be_taken_by_its_id() -> None:
    """Choices of the shipped stories are named tell, look, and so on."""
    told = story(scene("hall", choice("tell", "room")), scene("room", choice("quit")))
    said, _ = played("t\ntell\nquit\n", told)
    assert said.count("Hall.") == 2
    assert "You chose: Do tell." in said
    assert "The end: " in said


def test_a_locked_option_is_read_out_with_its_reason_and_refused() -> None:
    said, _ = played("3\nout\n")
    assert "3. Not available: Do up. (The stairs are closed.)" in said
    assert "not available: The stairs are closed." in said.replace("\n", " ")
    assert "The end: " in said


@pytest.mark.parametrize("nonsense", ["99", "0", "-1", "hello", "1 2"])
def test_a_wrong_answer_is_told_what_can_be_answered(nonsense: str) -> None:
    said, game = played(f"{nonsense}\nout\n")
    assert "Choose one of: in, out." in said.replace("\n", " ")
    assert game.history()[0].choices == 1


def test_looking_closer_reads_the_details_and_asks_again() -> None:
    said, game = played("l\nout\n")
    assert "1 of 1, the wall: A map." in said
    assert "Photo:\nWhat a glance shows: Two people.\nCaption: Us." in said
    assert len(game.open("run1").events) == 4 - 1


def test_help_guidelines_references_and_the_road_are_there_at_the_prompt() -> None:
    said, _ = played("?\ng\nb\nr\n1\nr\nr 1\nb\nt\nq\n")
    assert "Type the number of your choice" in said
    assert "2. What guideline 2 says." in said
    assert "Nothing has been chosen yet." in said
    assert "The last choice cites no reference." in said
    assert "Binding" in said
    assert "What it asks." in said
    assert "You chose: Do in." in said
    assert said.count("Room.") == 2


def test_stopping_keeps_everything_and_says_how_to_go_on() -> None:
    said, game = played("1\nq\n")
    assert "dialogue-game play tale --resume" in said
    assert game.open(game.newest_paused("tale")).situation.scene == "room"


def test_the_end_of_the_input_is_a_pause() -> None:
    said, game = played("1\n")
    assert "Everything is kept" in said
    assert game.history()[0].state == "paused"


def test_coaching_can_wait_for_the_debrief() -> None:
    said, _ = played("1\n1\n\n", settings=Settings(coaching="end"))
    assert "Coaching." not in said
    assert said.index("Debrief.") < said.index("This upholds guideline 1")


def test_when_the_journal_fails_one_can_try_again_or_go_on_without_saving() -> None:
    store = fakes.FailingStore()
    game = fakes.game(TALE, store=store)
    player = game.start("tale")
    store.fail()
    sink = io.StringIO()
    PlainPlay(game, player, Console(io.StringIO("1\nt\nw\n1\n\n"), sink)).play()
    said = sink.getvalue()
    assert said.count("Your choice could not be saved.") == 2
    assert "The end: " in said
    assert not game.saving


@pytest.mark.parametrize(
    ("before", "answers", "deed"),
    [
        ("in", "r 1\nt\nw\nq\n", "CODE/1"),
        ("", "out\nw\nmy own line\n", "The end: "),
        ("in", "r 1\nw\nq\n", "CODE/1"),
        ("out", "my own line\nw\n", "Nothing is being saved."),
    ],
)
def test_whatever_cannot_be_kept_is_asked_about_and_stops_nobody(
    before: str, answers: str, deed: str
) -> None:
    store = fakes.FailingStore()
    game = fakes.game(TALE, store=store)
    player = game.start("tale")
    if before:
        player.choose(before)
    store.fail()
    sink = io.StringIO()
    PlainPlay(game, player, Console(io.StringIO(answers), sink)).play()
    said = sink.getvalue()
    assert "could not be saved. There is no room left on the disk." in said
    assert deed in said
    assert not game.saving
    assert "is kept" not in said.partition("could not be saved")[2]
    assert "Kept with" not in said


def test_one_line_of_ones_own_is_kept() -> None:
    _, game = played("out\nask first\n")
    assert game.open("run1").debrief().reflection == "ask first"


def test_the_list_of_stories_is_a_home() -> None:
    game = fakes.game(TALE)
    sink = io.StringIO()
    show_home(game, Console(io.StringIO("x\n9\n1\n1\nq\n1\n\n1\n\nq\n"), sink))
    said = sink.getvalue()
    assert "Made up." in said
    assert "1. A Tale." in said
    assert "Under way, 1 decision made." in " ".join(said.split())
    assert "Endings found: 1 of 1." in said


HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "\x1b]0;owned\x07",
        "\x1b[5;31mred",
        "\x9b2J",
        "\u202eevil",
        "[/]",
        "[@click=app.quit]x[/]",
    ]
)


@given(HOSTILE, HOSTILE)
@example("", "0\t0")
def test_no_text_of_a_story_reaches_the_terminal_as_a_command(
    first: str, second: str
) -> None:
    told = story(
        scene(
            "hall",
            choice("in", text=f"{first}x"),
            title=first,
            text=(Paragraph(second),),
        )
    )
    said, _ = played(f"l\nin\n{second}\n", told)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in said)
    assert "\u202e" not in said


def test_lines_are_no_wider_than_the_measure_and_ascii_means_ascii() -> None:
    long = story(
        scene("hall", choice("in"), text=(Paragraph("Señor “Ünal” — a word… " * 30),))
    )
    game = fakes.game(long)
    sink = io.StringIO()
    PlainPlay(
        game, game.start("tale"), Console(io.StringIO("in\n"), sink, ascii_=True)
    ).play()
    assert sink.getvalue().isascii()
    assert max(len(line) for line in sink.getvalue().split("\n")) <= 76


def lines(answers: list[str], told: Story = TALE) -> list[dict[str, dict[str, object]]]:
    game = fakes.game(told)
    sink = io.StringIO()
    JsonLines(game, game.start(told.id), sink).play(answers)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_json_lines_tell_what_is_remembered_and_skip_to_what_differs() -> None:
    game = fakes.game(SAME_AGAIN)
    run, sink = play(game, "wait", "knock", "sit"), io.StringIO()
    player = game.rewind(run, 0)
    JsonLines(game, player, sink, game.explore.memory(player)).play(
        ["ask", ":difference", "nope"]
    )
    told = [json.loads(line) for line in sink.getvalue().splitlines()]
    first, last = told[0]["situation"], told[4]["situation"]
    assert (first["remembered"], first["as_before"]) == ({"wait": ["Walk"]}, "wait")
    assert told[2]["situation"]["as_before"] == "continue"
    assert told[3] == {"skipped": {"decisions": 1, "pages": 1}}
    assert (last["scene"], last["remembered"], last["as_before"]) == (
        "room",
        {"sit": ["End"]},
        None,
    )
    assert "error" in told[5]
    assert "remembered" not in lines(["in"])[0]["situation"]


def test_json_lines_alternate_situations_and_consequences_and_end_in_the_debrief() -> (
    None
):
    kinds = [next(iter(line)) for line in lines(["in", "1"])]
    assert kinds == [
        "situation",
        "consequence",
        "situation",
        "consequence",
        "situation",
        "debrief",
    ]
    assert lines(["in", "1"])[-1]["debrief"]["overall"] == {
        "earned": 3,
        "at_stake": 3,
        "percent": 100,
    }


def test_a_wrong_line_is_answered_and_the_next_one_is_read() -> None:
    told = lines(["fly", "", "up", "out"])
    assert [next(iter(line)) for line in told] == [
        "situation",
        "error",
        "error",
        "consequence",
        "situation",
        "debrief",
    ]
    assert told[1]["error"]["options"] == ["in", "out"]


def test_where_the_journal_fails_the_lines_say_so_and_the_choice_can_be_sent_again() -> (
    None
):
    store = fakes.FailingStore()
    game = fakes.game(TALE, store=store)
    player = game.start("tale")
    sink = io.StringIO()

    def answers() -> Iterator[str]:
        store.fail()
        yield "in"
        store.failure = None
        yield "in"

    JsonLines(game, player, sink).play(answers())
    told = [json.loads(line) for line in sink.getvalue().splitlines()]
    assert [next(iter(line)) for line in told] == [
        "situation", "error", "consequence", "situation", "paused",
    ]  # fmt: skip
    assert told[1]["error"]["message"].startswith("There is no room left on the disk.")
    assert told[1]["error"]["options"] == ["in", "out"]


def test_the_end_of_the_input_pauses_the_lines() -> None:
    assert lines(["in"])[-1] == {"paused": {"playthrough": "run1", "scene": "room"}}


def at_home(answers: str, folder: Path = Path("nowhere")) -> tuple[str, Game]:
    game = fakes.game(TALE, folder=folder)
    sink = io.StringIO()
    show_home(game, Console(io.StringIO(answers), sink))
    return sink.getvalue(), game


def test_home_tells_what_can_be_typed_and_what_the_course_is_about() -> None:
    said, _ = at_home("?\na\ng\nr\nr 1\nq\n")
    assert "A number plays that story." in said
    assert "Good to know." in said
    assert "3. What guideline 3 says." in said
    assert "1. CODE/1: A code" in said
    assert "What it asks." in said


def test_settings_are_shown_and_changed_at_home(tmp_path: Path) -> None:
    said, game = at_home("c\nc coaching end\nc coaching never\nq\n", tmp_path)
    assert "coaching: after. One of: after, end." in said
    assert "coaching is now end." in said
    assert "cannot be used for coaching" in said
    assert game.settings.coaching == "end"
