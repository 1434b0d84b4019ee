"""Flag, environment, file, default: in this order; and a damaged file keeps nobody from playing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.app.settings import Settings, folders, load, save
from dialogue_game.errors import SettingsInvalid


def test_nothing_set_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json", {}, {}) == (Settings(), "")


def test_flag_goes_before_environment_before_file_before_default(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings.json"
    save(file, "theme", "light")
    assert load(file, {}, {})[0].theme == "light"
    environment = {"DIALOGUE_GAME_THEME": "contrast"}
    assert load(file, environment, {})[0].theme == "contrast"
    assert load(file, environment, {"theme": "dark"})[0].theme == "dark"
    assert load(file, environment, {"theme": None})[0].theme == "contrast"


@pytest.mark.parametrize("text", ["{", "[]", "3", "\x00\x01", ""])
def test_a_damaged_file_is_said_and_left_out(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text)
    settings, trouble = load(file, {}, {})
    assert settings == Settings()
    assert "settings.json" in trouble


def test_one_bad_value_does_not_lose_the_others(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "light", "coaching": "never", "colour": "red"}')
    settings, trouble = load(file, {}, {})
    assert settings == Settings(theme="light")
    assert trouble


def test_a_bad_flag_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(SettingsInvalid, match="after, end"):
        load(Path("nowhere"), {}, {"coaching": "never"})
    with pytest.raises(SettingsInvalid, match="There are"):
        save(Path("nowhere"), "colour", "red")


def test_saving_leaves_the_other_settings_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    save(file, "theme", "light")
    save(file, "coaching", "end")
    assert load(file, {}, {})[0] == Settings(theme="light", coaching="end")
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_what_cannot_be_kept_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "settings.json" / "in the way").mkdir(parents=True)
    with pytest.raises(SettingsInvalid, match="holds for now"):
        save(tmp_path / "settings.json", "theme", "light")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_one_variable_puts_everything_in_one_place(tmp_path: Path) -> None:
    places = folders({"DIALOGUE_GAME_HOME": str(tmp_path)})
    assert places.journal_file.parent == tmp_path
    assert places.settings_file.parent == tmp_path
    assert list(tmp_path.iterdir()) == []
