"""The shared screen, led with real key presses."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input

import dialogue_game
from dialogue_game.core.session import steps
from dialogue_game.core.session.session_state import Reason
from dialogue_game.core.story import Paragraph
from dialogue_game.errors import NotNow, Remedy
from dialogue_game.plain.console import Console
from dialogue_game.plain.facilitate import PlainFacilitation
from dialogue_game.tui.command_palette import commands
from dialogue_game.tui.session.keys import KEYS
from dialogue_game.tui.text.remedy_keys import IN_KEYS, in_keys
from tests.app.rooms import TALK, WALK, led, sitting
from tests.front_ends.tui.driving import Driver, leading
from tests.front_ends.tui.fakes import RefusingStore

BOUND = [binding for binding in KEYS if isinstance(binding, Binding)]
TO_VOTE = ("enter", "enter", "enter")


async def count(game: Driver, text: str) -> None:
    """Type ballots into the box."""
    await game.press("t", *text, "enter")


async def go_on(game: Driver) -> None:
    """On to the next step, also from a vote without ballots."""
    await game.press("enter")
    if type(game.app.screen).__name__ == "QuestionDialog":
        await game.press("2")


async def test_enter_alone_leads_from_the_welcome_to_the_first_scene() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.sees(
            "We play scenarios together.", "We disagree with ideas, not with people."
        )
        await game.press("enter")
        await game.sees(
            "Read. Then we decide together.", "A Do ask.", "Not open to us: No wings."
        )


async def test_each_step_of_a_full_decision_shows_what_belongs_to_it() -> None:
    session, told, clock = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE)
        await game.sees("0 of 9 ballots are in.", "Nobody sees the count yet.")
        await count(game, "a=4 b=3")
        await game.sees("7 of 9 ballots are in.")
        await game.press("enter")
        await game.sees("Speak for the option you did not", "Why ask?", "Why not?")
        await game.press("enter")
        await game.press("t")
        await game.paste("A B B B B\nC B")
        await game.press("enter", "enter")
        await game.sees("This is how we voted.", "A: 4, then 1: 3 fewer.", "B leads.")
        await game.press("enter")
        await game.sees(
            "What would have to be true for A?", "What would have to be true for C?"
        )
        await game.press("m", *"c: fog", "enter")
        await game.sees("C: fog")
        await game.press("enter")
        await game.sees("B: Do wait.", "We go on with this: more than half chose it.")
        await game.press("enter")
        await game.sees("Strains guideline 1", "Where it is written")
        clock.pass_(1)
        await game.press("enter")
        await game.sees("A show of hands: everybody can see it.")
    assert session.session.deliberations[0].reasons == (Reason("fog", "leave"),)


async def test_a_show_of_hands_is_settled_by_one_key_or_a_click() -> None:
    for settled in ("key", "click"):
        session, told, _ = sitting()
        led(session, "next", "hands")
        async with leading(told, session) as game:
            await game.sees("Most hands: press A, B or C, then Enter.")
            if settled == "key":
                await game.press("b")
            else:
                await game.pilot.click("#options", offset=(6, 1))
            await game.sees("B: Do wait. Enter goes on with it.", "Or press A or C.")
            assert session.session.step == steps.SCENE
            await game.press("enter")
            await game.until(
                lambda session=session: session.session.step == steps.CONSEQUENCE  # type: ignore[misc]
            )
            assert session.session.deliberation.settlement is not None
            assert session.session.deliberation.settlement.option == "wait"


async def test_enter_never_settles_a_show_of_hands_and_says_what_does() -> None:
    session, told, _ = sitting()
    led(session, "next", "hands")
    async with leading(told, session) as game:
        await game.press("enter")
        await game.sees(
            "Nothing is settled yet", "Press the letter of the option, then Enter."
        )
        await game.press("E")
        assert session.session.step == steps.SCENE


async def test_a_tie_is_for_the_room_to_settle() -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next", "tally a=3 b=3", "reveal")
    async with leading(told, session) as game:
        await game.sees(
            "A tie between A and B.",
            "The room settles it: press A, B or C, then Enter.",
        )
        await game.press("enter", "enter")
        await game.sees("No single option leads.", "press the letter of the option")
        await game.press("A")
        await game.sees("We go on with this: the room agreed.")


async def test_the_keyboard_goes_round_with_a_space_before_each_letter() -> None:
    session, told, _ = sitting(headcount=3)
    async with leading(told, session) as game:
        await game.press(*TO_VOTE, "k")
        await game.sees("The keyboard goes round.")
        await game.press("a")
        await game.sees("Press Space first.", "0 of 3 ballots are in.")
        await game.press("space", "a")
        await game.sees("Recorded. Pass the keyboard on.", "1 of 3 ballots are in.")
        await game.press("a", "a", "a")
        await game.press("space", "b")
        await game.sees("2 of 3 ballots are in.")
        await game.press("backspace")
        await game.sees("That ballot is taken back.", "1 of 3 ballots are in.")
        await game.press("backspace", "space", "z")
        await game.sees("That names an option that is not here.")
        await game.press("space", "c", "enter", "enter")
        assert session.session.deliberation.rounds[0].counts == {"ask": 1, "leave": 1}
        await game.press("enter")
        assert session.session.step == steps.TALK


async def test_enter_after_a_letter_of_ones_own_does_not_end_the_round_for_the_others() -> (
    None
):
    session, told, _ = sitting(headcount=3)
    async with leading(told, session) as game:
        await game.press(*TO_VOTE, "k", "space", "a", "enter")
        await game.sees("All have voted? Enter once more.")
        await game.press("space", "b", "enter")
        await game.sees("2 of 3 ballots are in.", "All have voted? Enter once more.")
        assert not session.session.blanked
        await game.press("enter")
        await game.until(lambda: not game.room.box.display)
    assert session.session.deliberation.rounds[0].counts == {"ask": 1, "wait": 1}


async def test_the_key_bar_of_a_narrow_screen_has_what_the_step_needs_first() -> None:
    session, told, _ = sitting()
    async with leading(told, session, (60, 18)) as game:
        await game.press("enter")
        await game.sees("Enter Next h By hands")
        await game.press("h")
        await game.sees("Enter Next h In full")
        await game.press("h", "enter", "enter")
        await game.sees("Enter Next t Type counts k Keyboard")
        await count(game, "a=4 b=3")
        await game.press("enter")
        await game.sees("Enter Next y Reveal")
        assert "Type counts" not in game.text


async def test_what_enter_goes_on_with_is_not_offered_a_second_time() -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next", "tally a=4 b=2", "reveal")
    async with leading(told, session) as game:
        await game.sees("A: Do ask. Enter goes on with it.", "Or press B or C.")
        await game.press("b")
        await game.sees("B: Do wait. Enter goes on with it.", "Or press A or C.")


async def test_what_was_refused_is_read_whole_on_the_smallest_screen() -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next", "tally a=3 b=3", "reveal", "next")
    async with leading(told, session, (60, 18)) as game:
        await game.press("enter")
        await game.sees("No single option leads.", "For a new round: v.")


async def test_arrows_reach_every_option_and_what_can_be_pressed_on_the_smallest_screen() -> (
    None
):
    hall = WALK.scenes["hall"]
    choices = {
        name: replace(taken, text=f"Do {name}, {'and think of everybody ' * 3}as well.")
        for name, taken in hall.choices.items()
    }
    text = tuple(Paragraph(f"Line {number}.") for number in range(20))
    wordy = replace(
        WALK, scenes={**WALK.scenes, "hall": replace(hall, text=text, choices=choices)}
    )
    session, told, _ = sitting(wordy)
    led(session, "next", "hands")
    async with leading(told, session, (60, 18)) as game:
        await game.sees("Do ask", "more below")
        assert "press A, B" not in game.text
        await game.press(*("down" for _ in range(60)))
        await game.sees("Line 19.", "Do leave", "press A, B or C, then Enter.")
        await game.press(*("up" for _ in range(60)))
        await game.sees("Line 0.", "Do ask")


async def test_the_scene_is_put_away_when_the_next_step_comes() -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next")
    async with leading(told, session) as game:
        await game.press("s")
        await game.sees("This is hall.")
        await go_on(game)
        await game.sees("Why ask?")
        assert "This is hall." not in game.text


async def test_what_is_typed_as_ballots_is_never_drawn_not_even_its_length() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE, "t")
        await game.pilot.pause()
        before = game.rows
        for keys in ("a=4", " b=12"):
            await game.press(*keys)
            assert game.rows == before
        await game.press("backspace", "escape")
        assert session.session.deliberation.rounds == ()


@pytest.mark.parametrize("typed", ["a=44", "q=1", "zz", "a=-1"])
async def test_ballots_that_cannot_be_are_refused_in_a_sentence(typed: str) -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE, "t")
        await game.paste(typed)
        await game.press("enter")
        words = ("from 9 people", "not here", "negative", "not a single letter")
        await game.until(lambda: any(word in game.text for word in words))
        assert typed not in game.text
        await game.press("escape")
        assert session.session.deliberation.rounds == ()


async def test_every_step_can_be_blanked_undone_paused_and_lengthened() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("enter", "full_stop")
        await game.until(
            lambda: game.text == ". Show again ? Help q Leave", "a blank screen"
        )
        await game.press("enter")
        assert session.session.step == steps.SCENE
        await game.press("full_stop")
        await game.sees("Read. Then we decide together.")
        await game.press("plus", "p")
        await game.sees("The timer is paused.")
        assert session.session.extra == 120_000
        await game.press("u", "u")
        assert session.session.step == steps.WELCOME


async def test_the_clock_is_told_in_words_and_big_digits_and_stops_nobody() -> None:
    session, told, clock = sitting(minutes=90)
    led(session, "next", "next", "next", "next")
    async with leading(told, session) as game:
        left = session.shared().timer
        assert left is not None
        assert left.left > 60
        before = game.rows
        clock.pass_(left.left + 1)
        game.room.tick()
        await game.sees("The time is over. Take what you need, or go on.")
        assert game.rows != before
        await game.press("enter")
        assert session.session.step == steps.VOTE_AGAIN


async def test_the_scene_can_be_read_again_while_voting() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("enter")
        await game.sees("This is hall.")
        await game.press("enter", "enter")
        assert "This is hall." not in game.text
        await game.press("s")
        await game.sees("This is hall.")
        await game.press("s")
        await game.until(lambda: "This is hall." not in game.text)


async def test_the_notes_blank_the_screen_and_are_asked_for_twice() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("enter", "n")
        await game.screen_is("NotesPanel")
        assert session.session.blanked
        assert "Hold back" not in game.text
        await game.sees("Turn the projector’s picture off, then: n")
        assert "Enter" not in game.text
        await game.press("n")
        await game.reads(
            "Hold back.", "The rule settles the asking.", "→ Yard", "CODE/1"
        )
        await game.press("a")
        await game.reads("ask happens.")
        await game.press("n")
        await game.screen_is("SharedScreen")
        assert not session.session.blanked
        assert "Hold back" not in game.text


async def test_the_other_road_is_taken_from_the_ending_and_both_are_kept() -> None:
    session, told, _ = sitting()
    led(
        session, "next", "hands", "settle leave", "next", "next", "hands", "settle shut"
    )
    led(session, "next", "next")
    async with leading(told, session) as game:
        await game.sees("The end of this road", "We can play one of them together: o")
        await game.press("o")
        await game.sees("Do ask.", "Decision 1: Hall")
        await game.press("1")
        await game.sees("We go on with this: the other road, together.")
    assert [len(path.choices) for path in session.session.paths] == [2, 0]


async def test_space_never_leaves_the_other_road_that_enter_takes_out_of_sight() -> (
    None
):
    session, told, _ = sitting()
    led(
        session, "next", "hands", "settle leave", "next", "next", "hands", "settle shut"
    )
    led(session, "next", "next")
    async with leading(told, session, (60, 18)) as game:
        await game.press("o")
        before = [row for row in game.rows if "▌" in row]
        await game.press("space")
        after = [row for row in game.rows if "▌" in row]
        assert after
        assert after != before


async def test_the_closing_collects_what_is_taken_home_and_shows_the_form() -> None:
    session, told, _ = sitting()
    led(session, "next", "skip")
    async with leading(told, session) as game:
        await game.press("t", *"ask", "enter")
        await game.press("w", *"more", "enter")
        await game.sees("ask", "For later", "more")
        await game.press("enter")
        await game.sees("The office")
        await game.press("enter", "enter")
        await game.sees("Nobody collects it.")
        await game.press("enter")
        await game.sees(
            "https://forms.example/e/1", "Others: write to us.", "Prepared?"
        )
        await game.press("z")
        await game.screen_is("QrPanel")
        assert "█" in "".join(game.rows)
        await game.press("z", "enter")
        await game.sees("Thank you for your time")
        await game.press("enter")
        assert session.session.ended
        await game.press("enter")
        await game.until(lambda: not game.app.is_running)


async def test_a_note_that_is_refused_is_there_again_to_be_mended() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("w")
        await game.paste("x" * 501)
        await game.press("enter")
        await game.sees("That is longer than 500 characters.", "Esc Close")
        assert "q Close" not in game.text
        assert game.app.screen.query_one("#line", Input).value == "x" * 501
        await game.press("escape")
        await game.screen_is("SharedScreen")


async def test_late_comers_are_counted_and_an_end_is_asked_about() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("number_sign", *"14", "enter")
        assert session.session.headcount == 14
        await game.press("q", "1")
        assert not session.session.ended
        await game.press("q", "3")
        await game.until(lambda: session.session.ended)


async def test_a_journal_that_refuses_asks_and_the_session_goes_on_unsaved() -> None:
    store = RefusingStore()
    session, told, _ = sitting(WALK, TALK, store=store)
    async with leading(told, session) as game:
        store.refusing = True
        await game.press("enter")
        await game.screen_is("FailureDialog")
        assert session.session.step == steps.WELCOME
        await game.press("2")
        await game.screen_is("SharedScreen")
        await game.sees("Read. Then we decide together.")
        assert not told.saving
        await game.press("w", *"fog", "enter")
    sink = io.StringIO()
    PlainFacilitation(told, session, Console(io.StringIO(), sink)).farewell()
    assert "Copy the record from here" in sink.getvalue()
    assert "fog" in sink.getvalue()


async def test_a_session_that_was_left_opens_at_the_same_step_with_the_same_ballots() -> (
    None
):
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE)
        await count(game, "a=4 b=3")
        await game.until(lambda: not game.room.box.display)
        await game.pilot.pause()
        rows = game.rows
        await game.press("q", "2")
        await game.until(lambda: not game.app.is_running)
    again = type(session).resume(told, session.id)
    async with leading(told, again) as game:
        await game.sees("7 of 9 ballots are in.")
        assert game.rows == rows


WORDS = re.compile(
    r"\b(settle|reopen|tally|headcount|undo|cast|park|TEXT)\b|: next|\(reveal\)"
)
"""What the lines face types, and this one does not."""
SOURCES = (
    "app/session/transitions.py",
    "app/session/facilitation.py",
    "app/session/agenda.py",
    "core/session/ballots.py",
)


def advised() -> Iterator[str]:
    """Every next step that leading a session answers with and that is the same everywhere."""
    for source in SOURCES:
        tree = ast.parse(
            (Path(dialogue_game.__file__).parent / source).read_text("utf-8")
        )
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                name, step = getattr(node.func, "id", ""), ast.unparse(node.args[1])
                if name in ("NotNow", "BallotInvalid", "SessionInvalid"):
                    yield step


def test_every_remedy_has_its_key_here_and_no_command() -> None:
    assert set(IN_KEYS) == set(Remedy)
    for remedy in Remedy:
        told = in_keys(NotNow("No.", remedy))
        assert told.startswith("No. ")
        assert not WORDS.search(told), told


def test_what_is_said_the_same_everywhere_names_no_command() -> None:
    steps = list(advised())
    assert "Remedy.GO_ON" in steps
    for step in steps:
        if (
            "--" in step
        ):  # a flag of the command line; the page that prepares leaves it out
            continue
        assert step.startswith("Remedy.") or not WORDS.search(step), step


async def test_no_key_at_any_step_is_answered_with_a_command_of_another_face(
    tmp_path: Path,
) -> None:
    session, told, _ = sitting(WALK, TALK)
    told.folders = replace(told.folders, data=tmp_path)
    passed = ("leave", "room.next", "room.do.skip")
    keys = [b.key.split(",")[0] for b in BOUND if b.id not in passed]
    async with leading(told, session) as game:
        seen = set()
        for _ in range(40):
            first = session.session.step not in seen
            seen.add(session.session.step)
            for key in keys if first else ():
                await game.press(key)
                assert not WORDS.search(game.text), game.rows
                if (
                    type(game.app.screen).__name__ != "SharedScreen"
                    or game.room.box.display
                ):
                    await game.press("escape")
            if session.session.blanked:
                await game.press("full_stop")
            await go_on(game)
        assert len(seen) > 5


async def test_help_lists_every_key() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("question_mark")
        await game.screen_is("SessionHelpPanel")
        await game.reads(
            *(b.tooltip for b in BOUND if not (b.id or "").startswith("room.settle."))
        )


async def test_the_agenda_says_what_is_planned() -> None:
    session, told, _ = sitting(WALK, TALK)
    async with leading(told, session) as game:
        await game.press("i")
        await game.sees("A Walk 19 minutes", "The scenarios side by side")
        await game.press("i")
        await game.screen_is("SharedScreen")


async def test_the_shared_screen_wears_its_own_colours_and_gives_them_back(
    tmp_path: Path,
) -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        assert game.app.theme == "dialogue-contrast"
        await game.press("q", "2")
    assert told.settings.theme == "dark"


@pytest.mark.parametrize("size", [(60, 18), (60, 20), (80, 24), (100, 28), (200, 60)])
async def test_at_every_size_all_options_and_the_keys_are_in_sight(
    size: tuple[int, int],
) -> None:
    session, told, _ = sitting()
    async with leading(told, session, size) as game:
        for _ in range(6):
            await go_on(game)
            for text in (
                "A Do ask.",
                "B Do wait.",
                "C Do leave.",
                "Enter Next",
                "q Leave",
            ):
                assert text in game.text, (size, session.session.step, game.rows)


async def test_without_line_drawing_the_words_say_what_the_digits_do() -> None:
    session, told, _ = sitting()
    told.settings = replace(told.settings, symbols="ascii")
    async with leading(told, session) as game:
        await game.press(*TO_VOTE)
        await game.sees("0 of 9 ballots are in.")
        await game.until(lambda: "".join(game.rows).isascii(), "plain signs only")


async def test_the_palette_offers_what_does_something_here_and_g_the_guidelines() -> (
    None
):
    session, told, _ = sitting()
    async with leading(told, session) as game:
        names = [command.title for command in commands(game.app, game.app.screen)]
        colours = ("Dark", "Light", "High contrast")
        assert names == [
            "Guidelines",
            "References",
            *(f"Colours: {name}" for name in colours),
            "Quit",
        ]
        await game.press("g")
        await game.screen_is("GuidelinesPanel")
        await game.press("q")
        await game.screen_is("SharedScreen")


async def test_r_is_the_references_and_a_reveal_before_the_second_vote_is_asked_about() -> (
    None
):
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE)
        await count(game, "a=4 b=3")
        await game.press("r")
        await game.screen_is("ReferencesPanel")
        await game.press("r")
        await game.screen_is("SharedScreen")
        for answer, step in (("1", steps.VOTE), ("2", steps.REVEAL)):
            await game.press("y")
            await game.screen_is("QuestionDialog")
            await game.sees("Show the ballots now?", "A first count sways the second.")
            assert "A: 4" not in game.text
            await game.press(answer)
            await game.screen_is("SharedScreen")
            assert session.session.step == step


async def test_enter_at_a_vote_without_ballots_asks_and_the_second_vote_reveals_at_once() -> (
    None
):
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE, "enter")
        await game.sees("Go on without ballots?")
        await game.press("enter")
        await game.screen_is("SharedScreen")
        assert session.session.step == steps.VOTE
        await game.press("enter", "2")
        await game.sees("Speak for the option")
        await game.press("enter")
        await count(game, "a=4 b=3")
        await game.press("y")
        await game.sees("This is how we voted.")


async def test_skipping_says_what_is_skipped_and_what_is_next() -> None:
    session, told, _ = sitting(WALK, TALK)
    async with leading(told, session) as game:
        await game.press("enter", "x")
        await game.sees("Skip what is left of “A Walk”?", "Next is: A Talk.")
        await game.press("enter")
        assert session.session.scenario == 1
        await game.press("x", "2")
        await game.sees("A Talk")
        assert session.session.scenario == 2


async def test_a_step_back_to_a_vote_says_that_its_round_is_kept() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press(*TO_VOTE)
        await count(game, "a=4 b=3")
        await game.press("enter", "u")
        await game.sees("Round 1 is kept. Now comes round 2.")


async def test_leaving_asks_and_says_what_becomes_of_it() -> None:
    session, told, _ = sitting()
    async with leading(told, session) as game:
        await game.press("enter", "q")
        await game.sees(
            "Leave the session?", "everything waits", "End it here, for good"
        )
        await game.press("q")
        await game.screen_is("SharedScreen")
        await game.press("q", "2")
        await game.until(lambda: not game.app.is_running)
    assert not session.session.ended


@pytest.mark.parametrize("letter", [*"abcdeABCDE"])
async def test_a_letter_of_a_card_does_nothing_but_settle_at_any_step(
    letter: str,
) -> None:
    session, told, _ = sitting()
    led(session, "next", "full")
    async with leading(told, session) as game:
        for step in (steps.SCENE, steps.COMMIT, steps.VOTE, steps.TALK):
            assert session.session.step == step
            rows, events = game.rows, session.events
            await game.press(letter)
            await game.pilot.pause()
            assert (game.rows, session.events) == (rows, events)
            if step == steps.VOTE:
                led(session, "tally a=4 b=3")
            await game.press("enter")
