from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.filter import Monochrome, NoColor
from textual.theme import Theme

from dialogue_game.app.settings import allowed_values
from dialogue_game.tui.themes import PALETTES, Palette, themes
from tests.front_ends.tui.driving import playing

TEXTS = ("text", "muted", "accent", "good", "bad", "view 1", "view 2")
GROUNDS = ("page", "paper", "band", "chosen")


def colour(palette: Palette, part: str) -> str:
    """The colour of that name; of a point of view, by its number."""
    name, _, number = part.partition(" ")
    return palette.views[int(number) - 1] if number else str(getattr(palette, name))


EVERY = [(name, text, ground) for name in PALETTES for text, ground in product(TEXTS, GROUNDS)]


def ratio(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.2, between 1 and 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [channel / 255 for channel in Color.parse(colour).rgb]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "text", "ground"), EVERY)
def test_all_text_can_be_read_on_every_ground_it_may_stand_on(
    name: str, text: str, ground: str
) -> None:
    palette = PALETTES[name]
    least = 7.0 if name == "contrast" else 4.5
    assert ratio(colour(palette, text), colour(palette, ground)) >= least


@pytest.mark.parametrize("name", PALETTES)
def test_frames_can_be_made_out(name: str) -> None:
    palette = PALETTES[name]
    assert ratio(palette.edge, palette.page) >= 3
    assert ratio(palette.edge, palette.paper) >= 3


@pytest.mark.parametrize(("name", "text", "ground"), EVERY)
def test_text_is_told_from_its_ground_with_sixteen_colours(
    name: str, text: str, ground: str
) -> None:
    palette = PALETTES[name]
    one, other = (
        Color.parse(colour(palette, part)).rich_color.downgrade(ColorSystem.STANDARD).number
        for part in (text, ground)
    )
    assert one != other


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_good_bad_and_the_accent_are_three_colours_also_with_sixteen(palette: Palette) -> None:
    told = [Color.parse(colour) for colour in (palette.good, palette.bad, palette.accent)]
    assert len({c.rich_color.downgrade(ColorSystem.STANDARD).number for c in told}) == 3
    theme = next(theme for theme in themes() if theme.accent == palette.accent)
    assert (theme.success, theme.error) == (palette.good, palette.bad)


def test_every_setting_has_its_theme_and_the_high_contrast_one_is_called_contrast() -> None:
    assert set(PALETTES) == set(allowed_values("theme"))
    assert {theme.name for theme in themes()} == {
        "dialogue-dark",
        "dialogue-light",
        "dialogue-contrast",
    }


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_textuals_own_words_for_text_can_be_read_as_well(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    least = 7.0 if theme.name.endswith("contrast") else 4.5
    for token in ("text", "text-muted", "text-disabled", "text-accent", "footer-key-foreground"):
        assert ratio(colours[token], colours["background"]) >= least


async def test_no_color_means_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(tmp_path) as game:
        assert any(isinstance(item, NoColor) for item in game.app._filters)
        await game.press("comma", "right")
        await game.until(lambda: game.app.theme == "dialogue-light")
        assert not any(isinstance(item, Monochrome) for item in game.app._filters)
