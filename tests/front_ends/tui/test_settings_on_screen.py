from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialogue_game.app.settings import Settings
from dialogue_game.cli.main import cli
from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.keymap import own_keys
from tests.front_ends.tui.driving import playing
from tests.front_ends.tui.fakes import game_of


async def test_a_setting_holds_at_once_and_is_kept(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    async with playing(told) as game:
        await game.press("comma", "right")
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


async def test_a_setting_that_cannot_be_kept_holds_for_now_and_says_so(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("")
    told = game_of(tmp_path / "file")
    async with playing(told) as game:
        await game.press("comma", "right")
        await game.sees("holds for now")
        assert game.app.theme == "dialogue-light"


async def test_motion_can_be_turned_off(tmp_path: Path) -> None:
    told = game_of(tmp_path, settings=Settings(welcomed="yes", motion="none"))
    async with playing(told) as game:
        assert game.app.animation_level == "none"


def given(folder: Path, **files: str) -> None:
    """Files of a person's own, beside the settings."""
    (folder / "themes").mkdir(exist_ok=True)
    for name, text in files.items():
        (
            folder / (f"{name}.json" if name == "keys" else f"themes/{name}.json")
        ).write_text(text)


async def test_colours_are_chosen_from_a_page_that_shows_them_a_persons_own_too(
    tmp_path: Path,
) -> None:
    given(
        tmp_path,
        sea='{"background": "#002b36", "accent": "#b58900"}',
        torn='{"accent": ',
    )
    told = game_of(tmp_path)
    async with playing(told) as game:
        await game.press("comma", "1", "down")
        assert game.app.theme == "dialogue-light"
        await game.press("escape")
        await game.until(lambda: game.app.theme == "dialogue-dark")
        await game.press("1", "5")
        await game.sees("line 1 is not JSON. It is left out.")
        await game.press("4")
        await game.until(lambda: game.app.theme == "dialogue-sea")
        assert game.app.current_theme.background == "#002B36"
    assert json.loads((tmp_path / "settings.json").read_text()) == {"theme": "sea"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"accent": "no colour"}', "“accent” is not a colour"),
        ('{"akzent": "#ffffff"}', "“akzent” is no colour of a theme"),
        ("[1]", "must hold names and values"),
        ('{"dark": 1}', "must be true or false"),
        ("[" * 99_999, "is not JSON"),
    ],
)
async def test_a_bad_theme_is_one_sentence_on_home_and_the_game_opens_without_it(
    tmp_path: Path, text: str, said: str
) -> None:
    given(tmp_path, sea=text)
    told = game_of(tmp_path, settings=Settings(welcomed="yes", theme="sea"))
    async with playing(told, (100, 40)) as game:
        await game.sees(said)
        assert game.app.theme == "dialogue-dark"


async def test_keys_of_ones_own_work_and_the_last_line_tells_them(
    tmp_path: Path,
) -> None:
    given(tmp_path, keys='{"home.map": "ctrl+g", "settings": "f6"}')
    async with playing(tmp_path) as game:
        await game.sees("ctrl+g Map")
        await game.press("f6")
        await game.screen_is("SettingsPanel")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"home.mapp": "x"}',
            "there is no key “home.mapp”. See them with: dialogue-game keys",
        ),
        ('{"home.map": "hyper+nothing"}', "“home.map” has no key that exists"),
        ('{"home.map": ', "line 1 is not JSON. It is left out."),
    ],
)
async def test_bad_keys_are_one_sentence_on_home_and_the_usual_ones_hold(
    tmp_path: Path, text: str, said: str
) -> None:
    given(tmp_path, keys=text)
    async with playing(tmp_path, (120, 40)) as game:
        await game.sees(said)
        await game.press("m")
        await game.screen_is("MapScreen")


def test_the_command_lists_every_key_with_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(tmp_path, keys='{"home.map": "ctrl+g"}')
    monkeypatch.setenv("DIALOGUE_GAME_HOME", str(tmp_path))
    listed = CliRunner().invoke(cli, ["keys"])
    assert "ctrl+g" in next(ln for ln in listed.output.splitlines() if "home.map" in ln)
    assert str(tmp_path / "keys.json") in listed.output
    keys = json.loads(CliRunner().invoke(cli, ["keys", "--json"]).output)
    assert keys["home.map"] == "ctrl+g"
    assert keys["close"] == "q,escape"
    (tmp_path / "keys.json").write_text("{")
    assert "is not JSON" in CliRunner().invoke(cli, ["keys"]).stderr


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            {"play.look": "g"},
            "the key g is given to “play.look”, but “panel.guidelines” has it",
        ),
        ({"play.look": "f5", "play.map": "f5"}, "the key f5 is given to"),
        ({"play.look": "enter"}, "but “rows.pick” has it"),
        ({"play.look": "m", "play.map": "l"}, ""),
        ({"home.map": "x"}, ""),
    ],
)
def test_a_key_that_two_things_in_one_place_would_have_is_told_in_one_sentence(
    keys: dict[str, str], said: str, tmp_path: Path
) -> None:
    (tmp_path / "keys.json").write_text(json.dumps(keys))
    if not said:
        assert own_keys(tmp_path) == keys
        return
    with pytest.raises(SettingsInvalid) as refused:
        own_keys(tmp_path)
    assert said in str(refused.value)
    assert "Give one of them another key." in str(refused.value)
