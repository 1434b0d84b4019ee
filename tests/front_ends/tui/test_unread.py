"""Nothing is chosen unread: in no scene, at no size, by no key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogue_game.core.story import Paragraph, Story
from tests.front_ends.tui.driving import SIZES, playing
from tests.front_ends.tui.fakes import LONG, STORY, game_of


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


async def test_a_scene_that_is_all_on_screen_is_chosen_in_at_once(tmp_path: Path) -> None:
    async with playing(tmp_path, (100, 80), start=STORY.id) as driver:
        await driver.until(lambda: driver.play.has_read)
        await driver.press_at_once("1")
        assert driver.play.player.state.decisions == 1
