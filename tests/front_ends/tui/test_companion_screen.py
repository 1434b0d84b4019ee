"""The leader's own screen: it follows, and it changes nothing."""

from __future__ import annotations

from dataclasses import replace

from dialogue_game.app.session.leader_view import Companion
from dialogue_game.tui.session.companion_screen import CompanionScreen
from tests.app.rooms import WALK, led, sitting
from tests.front_ends.tui.driving import Driver, following


def screen(game: Driver) -> CompanionScreen:
    found = game.app.screen
    assert isinstance(found, CompanionScreen)
    return found


async def test_it_shows_what_the_room_must_not_see_the_most_urgent_first() -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next", "tally a=3")
    async with following(told, session.id, (80, 40)) as game:
        order = ("Vote Hall", "Next: Talk.", "Ballots still missing: 6 of 9.", "Notes",
                 "What a rule settles", "Questions for the talk", "Do ask.", "→ Yard",
                 "CODE/1")  # fmt: skip
        await game.reads(*order)
        text = await game.read_through()
        assert sorted(order, key=text.index) == list(order)


async def test_letters_open_what_comes_on_an_option_and_numbers_a_reference() -> None:
    session, told, _ = sitting()
    led(session, "next")
    async with following(told, session.id, (100, 50)) as game:
        await game.press("a")
        await game.sees("ask happens.", "Models guideline 1")
        await game.press("a")
        await game.until(lambda: "ask happens." not in game.text)
        await game.press("5")
        await game.sees("What it asks.")


async def test_what_is_opened_below_the_last_line_comes_into_sight() -> None:
    session, told, _ = sitting()
    led(session, "next")
    async with following(told, session.id, (60, 18)) as game:
        assert "What it asks." not in game.text
        await game.press("5")
        await game.sees("What it asks.", "r References")


async def test_it_follows_step_by_step_and_begins_each_at_its_top() -> None:
    session, told, _ = sitting()
    async with following(told, session.id) as game:
        await game.sees("Welcome")
        for command, title in (
            ("next", "Read Hall"),
            ("next", "Think and commit Hall"),
        ):
            led(session, command)
            await game.sees(title)
            assert screen(game).reading.scroll_y == 0
        led(session, "end")
        await game.sees("The session has ended.", "dialogue-game session export")


async def test_where_a_scenario_begins_it_says_that_its_title_card_stands_first() -> (
    None
):
    session, told, _ = sitting(replace(WALK, question="Who decides?"))
    led(session, "next")
    async with following(told, session.id) as game:
        await game.sees("Title card, then read Hall", "the title card first")
        led(session, "next")
        await game.sees("Think and commit Hall")
        assert "itle card" not in game.text


async def test_what_was_opened_stays_open_while_the_step_lasts() -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next")
    async with following(told, session.id, (100, 50)) as game:
        await game.press("b")
        await game.sees("wait happens.")
        led(session, "tally a=2")
        await game.sees("Ballots still missing: 7 of 9.", "wait happens.")
        led(session, "next")
        await game.sees("Talk Hall")
        assert "wait happens." not in game.text


async def test_two_companions_follow_one_session_and_neither_writes() -> None:
    session, told, _ = sitting()
    before = len(told.store.read(session.id))
    async with following(told, session.id) as game:
        other = Companion(told, session.id)
        for key in ("a", "b", "1", "space", "enter", "down"):
            await game.press(key)
        assert other.view().step == "welcome"
    assert len(told.store.read(session.id)) == before


async def test_the_time_goes_on_by_itself() -> None:
    session, told, clock = sitting(minutes=90)
    async with following(told, session.id) as game:
        await game.sees("Minute 0 of 90")
        clock.pass_(5 * 60)
        await game.sees("Minute 5 of 90", "About 5 minutes left.")


async def test_leaving_it_leaves_the_session_alone() -> None:
    session, told, _ = sitting()
    async with following(told, session.id) as game:
        await game.press("q")
        await game.until(lambda: not game.app.is_running)
    assert not session.session.ended


async def test_whether_more_stands_below_is_said_anew_at_each_step() -> None:
    session, told, _ = sitting()
    async with following(told, session.id, (80, 16)) as game:
        await game.sees("Welcome")
        await game.until(lambda: "more below" not in game.text)
        led(session, "next")
        await game.sees("Read", "more below")
        led(session, "end")
        await game.sees("The session has ended.")
        await game.until(lambda: "more below" not in game.text)
