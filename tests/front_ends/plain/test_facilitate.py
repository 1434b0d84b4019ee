"""Leading a session in lines: what is said, what is hidden, what the leader reads elsewhere."""

from __future__ import annotations

import io

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.story import Story
from dialogue_game.plain.console import Console
from dialogue_game.plain.facilitate import (
    NOTES_ELSEWHERE,
    NOTES_UNSAVED,
    PlainFacilitation,
)
from dialogue_game.plain.session_views import show_companion
from tests.app.rooms import TALK, WALK, led, sitting
from tests.fakes import FailingStore


class Terminal(io.StringIO):
    """An input at which a person sits."""

    def isatty(self) -> bool:
        return True


def lead(answers: str, *stories: Story, headcount: int = 9) -> tuple[str, Facilitation]:
    leading, game, _ = sitting(*(stories or (WALK,)), headcount=headcount)
    sink = io.StringIO()
    PlainFacilitation(game, leading, Console(io.StringIO(answers), sink)).lead()
    return sink.getvalue(), leading


def test_a_session_is_led_by_enter_and_numbers_from_welcome_to_the_end() -> None:
    answers = "\nhands\n3\n\n\nhands\n1\n\n\n\ntakeaway Ask first.\n\n\n\n\n\n\n"
    said, leading = lead(answers)
    assert leading.session.ended
    for part in (
        "Welcome: A Fake Course.",
        "Ground rules:",
        "Read: Hall.",
        "A show of hands: everybody can see it.",
        "We go on with: C. Do leave. (a show of hands)",
        "leave happens.",
        "This breaches guideline 1, Guideline 1. Because breaches.",
        "The end of this road: End.",
        "road 1 a: Do ask.",
        "- Ask first.",
        "The office, www.example, office@example",
        "Address: https://forms.example/e/1",
        f"dialogue-game session export {leading.id}",
    ):
        assert part in said


def test_ballots_from_a_pipe_are_not_repeated_on_the_shared_screen() -> None:
    said, leading = lead("\n\n\ntally a=5 b=2\nballots A A B\ntally a=2 b=1\ncast c\n")
    assert "a=5" not in said
    assert "A A B" not in said
    assert "> tally …" not in said
    assert "tally …" in said
    assert leading.session.deliberation.rounds[0].counts == {
        "ask": 2,
        "wait": 1,
        "leave": 1,
    }


def test_at_a_terminal_ballots_are_typed_where_nothing_is_shown() -> None:
    leading, game, _ = sitting()
    led(leading, "next", "next", "next")
    hidden = iter(["a", "b", "x", "b", "", "a=4 b=2"])
    prompts: list[str] = []

    def typed(prompt: str) -> str:
        prompts.append(prompt)
        return next(hidden)

    sink = io.StringIO()
    console = Console(Terminal("tally a=9\ncast\nundo\nundo\nundo\ntally\n"), sink)
    PlainFacilitation(game, leading, console, typed).lead()
    said = sink.getvalue()
    assert "Type only: tally. What you type after that is hidden." in said
    assert said.count("Recorded. Pass the keyboard on.") == 3
    assert "That names an option that is not here. Use A, B or C." in said
    assert "3 of 9 ballots are in." in said
    assert "6 of 9 ballots are in." in said
    assert all("nothing is shown" in prompt for prompt in prompts)
    assert leading.session.deliberation.rounds[0].counts == {"ask": 4, "wait": 2}


def test_letters_are_pasted_line_by_line_as_a_chat_gives_them() -> None:
    leading, game, _ = sitting()
    led(leading, "next", "next", "next")
    prompts: list[str] = []

    def pasted(prompt: str) -> str:
        prompts.append(prompt)
        return "A\nB\nb"

    sink = io.StringIO()
    PlainFacilitation(
        game, leading, Console(Terminal("ballots\n"), sink), pasted=pasted
    ).lead()
    assert "3 of 9 ballots are in." in sink.getvalue()
    assert "then an empty line" in prompts[0]
    assert leading.session.deliberation.rounds[0].counts == {"ask": 1, "wait": 2}


def test_from_a_pipe_only_words_that_are_known_are_repeated() -> None:
    said, _ = lead("\n\n\nballot a a b\na=4 b=2\nPark Later.\n7\n")
    assert "a a b" not in said
    assert "b=2" not in said
    assert "Park Later." in said
    assert "): 7\n" in said


def test_notes_are_never_printed_where_the_room_reads_along() -> None:
    said, _ = lead("\nnotes\n")
    assert " ".join(NOTES_ELSEWHERE.split()) in " ".join(said.split())
    assert "Hold back" not in said


def test_a_note_or_a_longer_time_is_answered_in_a_word_and_the_scene_is_not_read_out_again() -> (
    None
):
    said, leading = lead(
        "\nextend\np\nheadcount 1\npark Later.\ntakeaway Ask.\nskip\ntakeaway B.\n"
    )
    assert said.count("This is hall.") == 1
    for part in (
        "minutes left.",
        "The timer is paused.",
        "1 person is here.",
        "Written down.",
    ):
        assert part in said
    assert "- B." in said
    assert leading.session.parked == ("Later.",)


def test_the_rounds_are_read_out_where_they_are_new_and_not_with_what_comes_of_them() -> (
    None
):
    said, _ = lead("\n\n\ntally a=2 b=5\nr\n\n\n\n")
    assert said.count("Round 1: A 2, B 5, C 0. B leads.") == 2
    assert "We go on with: B. Do wait." in said


def test_a_rehearsal_shows_the_notes_where_it_is_and_without_saving_they_are_on_paper() -> (
    None
):
    leading, game, _ = sitting(rehearsal=True)  # type: ignore[arg-type]
    sink = io.StringIO()
    PlainFacilitation(game, leading, Console(io.StringIO("\nnotes\n"), sink)).lead()
    assert "Notes." in sink.getvalue()
    assert "Hold back" in sink.getvalue()
    leading, game, _ = sitting()
    game.saving = False
    sink = io.StringIO()
    PlainFacilitation(game, leading, Console(io.StringIO("\nnotes\n"), sink)).lead()
    assert " ".join(NOTES_UNSAVED.split()) in " ".join(sink.getvalue().split())
    assert "Hold back" not in sink.getvalue()


def test_a_companion_of_a_session_that_has_ended_says_where_its_record_is() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "end")
    sink = io.StringIO()
    show_companion(Console(io.StringIO(), sink), leading.companion())
    assert (
        f"This session has ended. Its record: dialogue-game session export {leading.id}"
        in (sink.getvalue())
    )
    assert "Notes" not in sink.getvalue()


def test_a_blank_screen_says_only_how_to_show_it_again() -> None:
    said, _ = lead("\nb\n\nb\n")
    assert "The screen is blank. Type b to show it again." in said
    assert "Think and commit" in said.split("The screen is blank")[-1]


def test_help_lists_every_command_and_a_mistake_is_a_sentence() -> None:
    said, _ = lead("?\nfoo\nq\n")
    assert "settle ID: go on with this option" in said
    assert "There is no command “foo”." in said
    assert "facilitate --resume" in said


def test_the_scene_is_told_again_when_asked() -> None:
    said, _ = lead("\n\ntell\n")
    assert said.count("This is hall.") == 2


def test_the_forms_address_can_be_shown_as_a_code() -> None:
    said, _ = lead("qr\n\nskip\n\n\n\n\nqr\n")
    assert "The code is shown at the evaluation, or where phones vote." in said
    assert "█" in said
    leading, game, _ = sitting()
    led(leading, "next", "skip", "next", "next", "next", "next")
    sink = io.StringIO()
    PlainFacilitation(
        game, leading, Console(io.StringIO("qr\n"), sink, ascii_=True)
    ).lead()
    assert "cannot be drawn in ASCII" in sink.getvalue()
    assert "????" not in sink.getvalue()


def test_where_nothing_can_be_saved_the_leader_is_asked_and_goes_on() -> None:
    store = FailingStore()
    leading, game, _ = sitting(WALK, TALK, store=store)
    store.fail()
    sink = io.StringIO()
    PlainFacilitation(
        game, leading, Console(io.StringIO("\nw\npark Later.\n"), sink)
    ).lead()
    assert "This could not be saved." in sink.getvalue()
    assert leading.session.step == "scene"
    told = sink.getvalue().split("Nothing was being saved. Copy the record from here")[
        1
    ]
    assert "- Later." in told


def test_a_rehearsal_ends_without_pointing_to_a_record_that_is_not_there() -> None:
    for answers in ("end\n", "quit\n"):
        leading, game, _ = sitting(rehearsal=True)  # type: ignore[arg-type]
        game.saving = False
        sink = io.StringIO()
        PlainFacilitation(game, leading, Console(io.StringIO(answers), sink)).lead()
        assert "This was a rehearsal. Nothing was saved." in sink.getvalue()
        assert "session export" not in sink.getvalue()


def test_the_companion_is_said_with_the_most_urgent_first() -> None:
    leading, _, _ = sitting()
    led(leading, "next", "next", "next", "tally a=3")
    sink = io.StringIO()
    show_companion(Console(io.StringIO(), sink), leading.companion())
    said = sink.getvalue()
    order = ["Vote: Hall.", "Next: Talk.", "still missing: 6 of 9", "Notes.", "A. Do ask.",
             "Then: Yard.", "References."]  # fmt: skip
    assert sorted(order, key=said.index) == order
