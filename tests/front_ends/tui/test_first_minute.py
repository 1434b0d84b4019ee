"""From the command to the first decision: few keys, few words, and a card that opens a story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.settings import Settings
from dialogue_game.content.library import shipped_course
from dialogue_game.core.story import Story
from dialogue_game.tui.app import DialogueGameApp
from dialogue_game.tui.widgets.pick_list import PickList
from tests.front_ends.tui.driving import Driver, playing
from tests.front_ends.tui.fakes import STORY, game_of

MOST_BEFORE_HOME = 60
MOST_WORDS = 220
MOST_KEYS = 3


def two_views() -> Story:
    """The story with a question, and a second scene that somebody else sees."""
    return replace(
        STORY,
        question="Who may know?",
        scenes={**STORY.scenes, "hall": replace(STORY.scenes["hall"], as_="mira")},
    )


async def test_a_story_opens_with_its_title_card_and_enter_goes_on(
    tmp_path: Path,
) -> None:
    async with playing(
        game_of(tmp_path, two_views()), start=STORY.id, past_title=False
    ) as game:
        await game.sees(
            STORY.title, "Who may know?", "You: head of a small team", "10 minutes"
        )
        assert not game.play.choosing
        await game.press_at_once("enter")
        await game.sees("Thursday, 17:50")
        assert game.play.choosing


async def test_a_run_that_is_gone_on_with_or_replayed_has_no_title_card(
    tmp_path: Path,
) -> None:
    told = game_of(tmp_path, two_views())
    player = told.start(STORY.id)
    player.choose("rewrite")
    async with playing(told, resume=player.playthrough, past_title=False) as game:
        await game.sees("Thursday, 18:10")
        assert "Who may know?" not in game.text
    for choice in ("tell", "facts"):
        player.choose(choice)
    assert not told.rewind(player.playthrough, 0).untouched


async def test_another_point_of_view_is_told_and_has_its_own_name_and_colour(
    tmp_path: Path,
) -> None:
    async with playing(game_of(tmp_path, two_views()), start=STORY.id) as game:
        first = game.play.divider.tone
        await game.press("2")
        assert game.play.divider.tone == first
        await game.press("enter", "enter")
        await game.sees("Now you are Mira Lind, former intern", "Thursday, 18:10")
        assert "Mira Lind" in game.rows[0]
        assert game.play.divider.tone != first
        await game.press("1", "enter", "enter")
        assert "Now you are" not in game.text


async def words_read(game: Driver) -> int:
    """How many words stand on this screen, wherever one has to scroll for them."""
    lists = game.app.screen.query("ChoicePane PickList").results(PickList)
    offered = [f"{row.text} {row.note}" for rows in lists for row in rows.rows]
    page = " ".join([await game.read_through(), *offered])
    return sum(any(map(str.isalpha, word)) for word in page.split())


async def test_the_first_decision_comes_within_three_keys_and_a_minute_of_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_HOME", str(tmp_path))
    app = DialogueGameApp(open_game(shipped_course()))
    async with app.run_test(size=(80, 24)) as pilot:
        game = Driver(app, pilot)
        await game.screen_is("WelcomeScreen")
        keys, read = 0, await words_read(game)
        assert read <= MOST_BEFORE_HOME
        while type(app.screen).__name__ != "PlayScreen" or not game.play.choosing:
            await game.press_at_once("enter")
            await pilot.pause()
            keys, read = keys + 1, read + await words_read(game)
    assert keys <= MOST_KEYS
    assert read <= MOST_WORDS


async def test_what_came_of_a_choice_stands_where_the_choice_stood(
    tmp_path: Path,
) -> None:
    for size in ((80, 24), (120, 40)):
        async with playing(game_of(tmp_path), size, STORY.id) as game:
            stood = game.play.divider.region.y
            await game.press("1")
            assert game.play.divider.region.y == stood
            await game.press("enter")
            assert (
                game.play.divider.region.y <= stood
            )  # its references may need more lines


async def test_at_an_ending_the_path_draws_itself_unless_nothing_may_move(
    tmp_path: Path,
) -> None:
    for motion in ("full", "none"):
        told = game_of(tmp_path, settings=Settings(welcomed="yes", motion=motion))
        async with playing(told, start=STORY.id) as game:
            await game.press(
                "2", "enter", "enter", "1", "enter", "enter", "1", "enter", "enter"
            )
            assert (game.play.state.path_shown is None) == (motion == "none")
            await game.sees(
                "●─●─●──◆ The end: it goes well", "A Smaller Letter", "▟██▙"
            )


async def test_the_last_line_keeps_the_references_where_there_is_much_to_do(
    tmp_path: Path,
) -> None:
    told = game_of(tmp_path)
    for _ in range(2):
        player = told.start(STORY.id)
        for choice in ("wait", "tell", "facts"):
            player.choose(choice)
    async with playing(told, start=STORY.id) as game:
        for key in ("l Look", "d Repeat", "m Map", "r References", "? Help", "q "):
            assert key in game.rows[-1]


async def test_a_sentence_in_passing_covers_nothing_but_the_first_line(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as game:
        await game.sees("Lead a group")
        before = game.rows
        game.app.say("It is done.")
        await game.sees("It is done.")
        assert game.rows[1:] == before[1:]
        game.app.say("This takes more than one line. " * 4)
        await game.sees("This takes")
        await game.until(
            lambda: before[1] in game.rows[2:], "what was read, further down"
        )
        assert "It is done." not in game.text
