"""Nothing is chosen unread: in no scene, at no size, by no key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.content.library import shipped_course
from dialogue_game.core.story import Paragraph, Story
from tests.front_ends.tui.driving import SIZES, Driver, playing
from tests.front_ends.tui.fakes import LONG, STORY, game_of
from tests.nightly import NIGHTLY


def long_story() -> Story:
    """The story, with a first scene that is longer than any screen."""
    first = STORY.scenes[STORY.start]
    long = replace(first, text=tuple(Paragraph(f"{n}. {LONG}") for n in range(60)))
    return replace(STORY, scenes={**STORY.scenes, STORY.start: long}, edition="long")


MASHED = (["enter"] * 3, ["1", "2", "1"], ["2"] * 2, ["space", "1"])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", MASHED, ids=" ".join)
async def test_no_key_chooses_before_the_end_of_the_scene_was_on_screen(
    tmp_path: Path, size: tuple[int, int], keys: list[str]
) -> None:
    async with playing(game_of(tmp_path, long_story()), size, STORY.id) as driver:
        await driver.press_at_once(*keys)
        assert not driver.play.has_read
        assert driver.play.choosing
        assert driver.play.player.state.decisions == 0


async def test_no_option_is_preselected_and_enter_alone_reads_then_looks_then_takes(
    tmp_path: Path,
) -> None:
    async with playing(game_of(tmp_path, long_story()), (80, 24), STORY.id) as driver:
        assert driver.play.options.cursor < 0
        for _ in range(60):
            await driver.press_at_once("enter")
            if driver.play.options.cursor == 0:
                break
            assert driver.play.player.state.decisions == 0
        assert driver.play.has_read
        assert driver.play.player.state.decisions == 0
        await driver.press_at_once("enter")
        await driver.until(lambda: driver.play.player.state.decisions == 1)


async def test_a_number_pressed_too_early_looks_at_its_option_and_says_to_read_on(
    tmp_path: Path,
) -> None:
    async with playing(game_of(tmp_path, long_story()), (80, 24), STORY.id) as driver:
        await driver.press_at_once("2")
        assert driver.play.options.cursor == 1
        assert "read on first:" in driver.text


async def test_clicking_an_option_too_early_does_not_take_it(tmp_path: Path) -> None:
    async with playing(game_of(tmp_path, long_story()), (80, 24), STORY.id) as driver:
        await driver.pilot.click("#options", offset=(6, 0))
        await driver.press_at_once("down")
        assert driver.play.player.state.decisions == 0


async def test_a_scene_that_is_all_on_screen_is_chosen_in_at_once(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, (100, 80), start=STORY.id) as driver:
        await driver.until(lambda: driver.play.has_read)
        await driver.press_at_once("1")
        assert driver.play.player.state.decisions == 1


MOST_KEYS = 80
"""Presses after which a player of one key has chosen, in the longest scene on the smallest size."""


async def chooses_with(driver: Driver, *keys: str) -> None:
    """Press these keys in turn until something is chosen; its scene's end must have been seen.

    Whoever presses one key gets there; several numbers in turn move from option to option for ever.
    The key "open" is the number of the first option that is open.
    """
    reading, player = driver.play.reading, driver.play.player
    rows, seen = driver.play.options.rows, False
    if keys == ("open",):
        keys = (next(row.key for row in rows if row.available),)
    for press in range(MOST_KEYS if len(keys) == 1 else 9):
        seen = seen or reading.scroll_y >= reading.max_scroll_y
        await driver.press_at_once(keys[press % len(keys)])
        if player.state.decisions:
            assert seen, f"chosen unread: {player.story.id} {player.story.start} {keys}"
            return
        await driver.pilot.pause()
    if len(keys) == 1:
        raise AssertionError(
            f"{keys} never choose in {player.story.id} {player.story.start}"
        )


def decisions(name: str) -> list[Story]:
    """A shipped story, begun at each of its decisions."""
    story = open_game(shipped_course()).story(name)
    return [
        replace(
            story,
            start=scene.id,
            edition=f"{name} from {scene.id}",
            question="",
            cover=None,
        )
        for scene in story.scenes.values()
        if scene.choices
    ]


@pytest.mark.skipif(
    not NIGHTLY, reason="every scene of every story; DIALOGUE_GAME_NIGHTLY=1"
)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "name", ["omar", "sepideh", "gumisai", "how_to_play", "should_i_post"]
)
async def test_in_no_scene_of_the_course_a_player_of_one_key_chooses_unread(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    for begun in decisions(name):
        for keys in (["enter"], ["open"], ["2", "1", "3"]):
            async with playing(game_of(tmp_path, begun), size, begun.id) as driver:
                await chooses_with(driver, *keys)
