"""Preparing a session on screen."""

from __future__ import annotations

from pathlib import Path

from dialogue_game.app.game import Game
from dialogue_game.app.session.sessions import sessions
from dialogue_game.tui.session.prepare_screen import PrepareScreen
from tests.app.rooms import TALK, WALK, led, room, sitting
from tests.front_ends.tui.driving import Driver, playing, preparing


def prepared() -> Game:
    return room(WALK, TALK)[0]


def page(game: Driver) -> PrepareScreen:
    found = game.app.screen
    assert isinstance(found, PrepareScreen)
    return found


async def test_enter_begins_as_planned_and_leaving_the_session_leaves_the_program() -> (
    None
):
    told = prepared()
    async with preparing(told) as game:
        await game.sees("✓ A Walk", "✓ A Talk", "How many people: 10", "Minutes: 90")
        await game.press("enter")
        await game.screen_is("SharedScreen")
        await game.press("q", "2")
        await game.until(lambda: not game.app.is_running)
    [info] = sessions(told.store)
    assert (info.headcount, info.minutes, info.scenarios) == (10, 90, ("walk", "talk"))


async def test_scenarios_numbers_and_names_can_be_set_and_the_agenda_follows() -> None:
    async with preparing(prepared(), (80, 40)) as game:
        await game.press("up", "up", "up", "up", "up", "up", "up", "enter")
        await game.sees("○ A Talk not today")
        await game.press("down", "right", "right", "left", "right")
        await game.sees("How many people: 12")
        await game.press("down", "left", "left", "left", "left")
        await game.sees("Minutes: 30", "The 30 minutes", "22 minutes: A Walk")
        await game.press("down", "enter", *"OICT", "enter")
        await game.sees("Entity: OICT")
        await game.press("down", "down", "down", "enter")
        await game.sees("Rehearsal: on: nothing is kept")
        planned = page(game).planned
        assert (planned.headcount, planned.minutes, planned.entity) == (12, 30, "OICT")


async def test_one_scenario_stays_and_wrong_numbers_are_told() -> None:
    async with preparing(prepared(), (80, 40)) as game:
        await game.press(
            "up", "up", "up", "up", "up", "up", "up", "enter", "up", "enter"
        )
        await game.sees("A session needs one scenario at least.")
        await game.press("down", "down", "enter")
        await game.press("backspace", "backspace", *"99999", "enter")
        await game.sees(
            "A session needs between 1 and 10,000 people.", "How many people: 10"
        )
        await game.press("enter", "x", "enter")
        await game.sees("Type a whole number")


async def test_a_rehearsal_keeps_nothing_and_what_is_played_later_is_kept() -> None:
    told = prepared()
    async with preparing(told) as game:
        await game.press("up", "enter", "down", "enter")
        await game.screen_is("SharedScreen")
        await game.sees("Rehearsal.")
        await game.press("enter", "enter")
    assert sessions(told.store) == ()
    assert told.saving


async def test_after_a_rehearsal_the_real_session_is_planned_as_before() -> None:
    async with preparing(prepared()) as game:
        await game.press(
            "up",
            "up",
            "up",
            "up",
            "up",
            "right",
            "down",
            "down",
            "down",
            "down",
            "enter",
            "1",
        )
        await game.screen_is("SharedScreen")
        await game.press("q", "2")
        await game.screen_is("PrepareScreen")
        await game.sees("Minutes: 105", "Rehearsal: off", "The rehearsal is over")


async def test_the_agenda_is_read_with_space_on_the_smallest_screen_and_every_key_is_told() -> (
    None
):
    async with preparing(prepared(), (60, 18)) as game:
        assert "Closing and evaluation" not in game.text
        await game.press("space")
        await game.sees("Closing and evaluation")
        await game.press("question_mark")
        await game.screen_is("SessionHelpPanel")


async def test_a_session_that_was_left_can_be_gone_on_with() -> None:
    session, told, _ = sitting(WALK, TALK)
    led(session, "next", "next")
    async with preparing(told) as game:
        await game.sees(
            "Come back to the session left last", "walk, talk, at: Think and commit"
        )
        await game.press("4")
        await game.screen_is("SharedScreen")
        await game.sees("Choose for yourself, in silence.")


async def test_how_to_prepare_is_a_page_with_an_invitation_to_copy() -> None:
    async with preparing(prepared()) as game:
        await game.press("2")
        await game.reads(
            "Which languages do people speak freely?", "An invitation to copy"
        )
        await game.press("c")
        await game.sees("The invitation is copied, if this terminal allows it.")
        assert "private" in game.app.clipboard


async def test_the_kit_is_written_once_and_never_over_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    async with preparing(prepared()) as game:
        for said in ("5 pages are in", "is there already"):
            await game.press("3", *("backspace" for _ in "print_me"))
            await game.paste(str(folder))
            await game.press("enter")
            await game.sees(said)
        assert len(list(folder.iterdir())) == 5
        await game.press("3", "escape")
        await game.screen_is("PrepareScreen")


async def test_home_leads_to_it_and_back(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("f")
        await game.screen_is("PrepareScreen")
        await game.press("q")
        await game.screen_is("HomeScreen")
