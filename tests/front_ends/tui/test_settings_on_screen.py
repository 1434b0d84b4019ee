from __future__ import annotations

import json
from pathlib import Path

from dialogue_game.app.settings import Settings
from tests.front_ends.tui.driving import playing
from tests.front_ends.tui.fakes import game_of


async def test_a_setting_holds_at_once_and_is_kept(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    async with playing(told) as game:
        await game.press("comma", "1")
        await game.until(lambda: game.app.theme == "dialogue-light")
        await game.sees("Colours: light")
        await game.press("down", "enter")
        await game.until(lambda: told.settings.coaching == "end")
    kept = json.loads((tmp_path / "settings.json").read_text())
    assert kept == {"theme": "light", "coaching": "end"}


async def test_left_and_right_go_through_the_values(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    async with playing(told) as game:
        await game.press("comma", "left")
        await game.until(lambda: told.settings.theme == "contrast")
        await game.press("right")
        await game.until(lambda: told.settings.theme == "dark")


async def test_a_setting_that_cannot_be_kept_holds_for_now_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = game_of(tmp_path / "file")
    async with playing(told) as game:
        await game.press("comma", "1")
        await game.sees("holds for now")
        assert game.app.theme == "dialogue-light"


async def test_motion_can_be_turned_off(tmp_path: Path) -> None:
    told = game_of(tmp_path, settings=Settings(welcomed="yes", motion="none"))
    async with playing(told) as game:
        assert game.app.animation_level == "none"
