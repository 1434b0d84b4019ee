from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.filter import Monochrome, NoColor
from textual.theme import Theme

from dialogue_game.app.settings import allowed_values
from dialogue_game.tui.themes import (
    PALETTES,
    SIXTEEN,
    Palette,
    sixteen_colours,
    theme_name,
    themes,
)
from tests.front_ends.tui.driving import playing

TEXTS = ("text", "muted", "accent", "good", "bad", "view 1", "view 2")
GROUNDS = ("page", "paper", "band", "chosen")


def colour(palette: Palette, part: str) -> str:
    """The colour of that name; of a point of view, by its number."""
    name, _, number = part.partition(" ")
    return palette.views[int(number) - 1] if number else str(getattr(palette, name))


EVERY = [
    (name, text, ground)
    for name in PALETTES
    for text, ground in product(TEXTS, GROUNDS)
]


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


TERMINALS = {
    "linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
}
"""The sixteen colours as two terminals show them that have no more; see their sources."""


def number(colour: str) -> int:
    """Which of the sixteen is sent for a colour."""
    return Color.parse(colour).rich_color.downgrade(ColorSystem.STANDARD).number or 0


@pytest.mark.parametrize("term", TERMINALS)
@pytest.mark.parametrize("theme", SIXTEEN)
def test_all_text_can_be_read_in_sixteen_colours_as_terminals_show_them(
    theme: str, term: str
) -> None:
    shown = [f"#{colour}" for colour in TERMINALS[term].split()]
    made = next(one for one in sixteen_colours(term) if one.name == theme_name(theme))
    palette = next(
        p
        for p in SIXTEEN.values()
        if (p.page, p.muted) == (made.background, made.secondary)
    )
    for text, ground in product(TEXTS, GROUNDS):
        sent = number(colour(palette, ground))
        if term == "linux":
            sent %= 8  # the console draws no bright grounds
        assert ratio(shown[number(colour(palette, text))], shown[sent]) >= 4.5, (
            text,
            ground,
        )


@pytest.mark.parametrize("palette", SIXTEEN.values(), ids=SIXTEEN)
def test_good_bad_and_the_accent_are_three_colours_also_with_sixteen(
    palette: Palette,
) -> None:
    assert (
        len({number(each) for each in (palette.good, palette.bad, palette.accent)}) == 3
    )
    theme = next(theme for theme in themes(SIXTEEN) if theme.accent == palette.accent)
    assert (theme.success, theme.error) == (palette.good, palette.bad)


def test_every_setting_has_its_theme_and_the_high_contrast_one_is_called_contrast() -> (
    None
):
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
    for token in (
        "text",
        "text-muted",
        "text-disabled",
        "text-accent",
        "footer-key-foreground",
    ):
        assert ratio(colours[token], colours["background"]) >= least


async def test_no_color_means_none_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(tmp_path) as game:
        assert any(isinstance(item, NoColor) for item in game.app._filters)
        await game.press("comma", "right")
        await game.until(lambda: game.app.theme == "dialogue-light")
        assert not any(isinstance(item, Monochrome) for item in game.app._filters)
