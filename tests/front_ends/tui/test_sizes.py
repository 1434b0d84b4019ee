from __future__ import annotations

from pathlib import Path

import pytest

from tests.front_ends.tui.driving import Driver, playing
from tests.front_ends.tui.everywhere import ROUTES, standing_on
from tests.front_ends.tui.fakes import STORY

STATES = {
    "home": (),
    "scene": ("1",),
    "scene looked at": ("1", "l"),
    "consequence": ("1", "1"),
    "coaching": ("1", "1", "enter"),
    "reference": ("1", "1", "enter", "1"),
    "guidelines": ("1", "g"),
    "references": ("1", "r", "enter"),
    "search": ("1", "r", "slash", "c"),
    "road": ("1", "1", "b"),
    "help": ("question_mark",),
    "settings": ("comma",),
    "palette": ("ctrl+p",),
    "aid": ("1", "s"),
}
WALK = ((60, 20), (31, 11), (20, 6), (4, 3), (1, 1), (29, 40), (90, 9), (200, 60))


@pytest.mark.parametrize("state", STATES)
async def test_shrinking_to_one_cell_and_growing_back_kills_nothing(
    tmp_path: Path, state: str
) -> None:
    async with playing(tmp_path) as game:
        await game.press(*STATES[state])
        await game.pilot.pause()
        shown = type(game.app.screen).__name__
        for width, height in WALK:
            await game.resize(width, height)
        await game.resize(80, 24)
        await game.pilot.pause()
        assert type(game.app.screen).__name__ == shown
        assert game.app.failure is None


@pytest.mark.parametrize("name", ROUTES)
async def test_every_screen_looks_the_same_after_shrinking_to_one_cell(
    tmp_path: Path, name: str
) -> None:
    async with standing_on(name, tmp_path) as game:
        await game.pilot.pause()
        before = game.rows
        for width, height in WALK:
            await game.resize(width, height)
        await game.resize(80, 30)
        await game.until(lambda: game.rows == before, name)
        await game.press(*ROUTES[name].shows)
        assert game.app.failure is None


async def test_every_page_of_the_debrief_survives_it_too(tmp_path: Path) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await to_debrief(game)
        for _ in range(7):
            for width, height in ((1, 1), (80, 24)):
                await game.resize(width, height)
            await game.press("right" if game.app.focused is not None else "enter")
        assert game.app.failure is None


async def to_debrief(game: Driver) -> None:
    for _ in range(3):
        await game.press("1", "enter", "enter")
    await game.press("1")
    await game.screen_is("DebriefScreen")


async def test_a_terminal_that_is_too_small_says_so_and_recovers(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await game.resize(29, 24)
        await game.until(lambda: "Too small here" in game.text)
        assert "Thursday" not in game.text
        await game.resize(80, 9)
        await game.until(lambda: "Too small here" in game.text)
        await game.resize(80, 24)
        await game.sees("Thursday, 17:50")


async def test_the_smallest_terminal_can_still_be_played_in(tmp_path: Path) -> None:
    async with playing(tmp_path, (30, 10), start=STORY.id) as game:
        for _ in range(3):
            await game.press("1", "enter", "enter")
        await game.until(lambda: game.play.player.ended)
