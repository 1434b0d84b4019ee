"""Our own colours: greys, an accent, a good and a bad one; and a person's own themes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from textual.color import Color, ColorParseError
from textual.theme import Theme

from dialogue_game.app.settings import read_object, theme_file
from dialogue_game.errors import SettingsInvalid


class Palette(NamedTuple):
    """All the colours of a theme.

    Text is `text`, `muted`, `accent`, or `good` or `bad` beside a sign and a word that say the
    same, or one of the `views`: those of the people after the first whose eyes one sees with.
    It stands on `page`, `paper` (exhibits, inputs), `band` (header, footer) or `chosen` (the row
    under the cursor). `edge` is for lines only.
    """

    page: str
    paper: str
    band: str
    chosen: str
    edge: str
    text: str
    muted: str
    accent: str
    good: str
    bad: str
    views: tuple[str, str]
    dark: bool


PALETTES: Final[Mapping[str, Palette]] = {
    "dark": Palette(
        page="#15171b",
        paper="#1c1f24",
        band="#1c1f24",
        chosen="#272b32",
        edge="#646b77",
        text="#e3e5e8",
        muted="#a4abb6",
        accent="#e9b95f",
        good="#5bd05f",
        bad="#ff7b70",
        views=("#67c6d8", "#c9a2ee"),
        dark=True,
    ),
    "light": Palette(
        page="#f8f7f4",
        paper="#ffffff",
        band="#efede7",
        chosen="#e7e3d8",
        edge="#89857b",
        text="#1e2126",
        muted="#545961",
        accent="#844400",
        good="#066a06",
        bad="#b3201a",
        views=("#00636e", "#7a2fa0"),
        dark=False,
    ),
    "contrast": Palette(
        page="#000000",
        paper="#000000",
        band="#000000",
        chosen="#262626",
        edge="#ffffff",
        text="#ffffff",
        muted="#e2e2e2",
        accent="#ffd83d",
        good="#7dff7d",
        bad="#ff9797",
        views=("#6ff3ff", "#e8bdff"),
        dark=True,
    ),
}

BLACK, WHITE, GREY = "#000000", "#ffffff", "#aaaaaa"
RED, BLUE, MAGENTA = "#aa0000", "#0000aa", "#aa00aa"
ROSE, GREEN, YELLOW, CYAN, PINK = "#ff5555", "#55ff55", "#ffff55", "#55ffff", "#ff55ff"
"""Of the sixteen colours of old terminals those that read on black or on white on all of them.

These are the values by which Rich knows them, so that each becomes just that colour.
"""

_ON_BLACK: Final = Palette(
    BLACK,
    BLACK,
    BLACK,
    BLACK,
    GREY,
    text=WHITE,
    muted=GREY,
    accent=YELLOW,
    good=GREEN,
    bad=ROSE,
    views=(CYAN, PINK),
    dark=True,
)
SIXTEEN: Final[Mapping[str, Palette]] = {
    "dark": _ON_BLACK,
    "light": Palette(
        WHITE,
        WHITE,
        WHITE,
        WHITE,
        BLACK,
        text=BLACK,
        muted=BLACK,
        accent=MAGENTA,
        good=BLUE,
        bad=RED,
        views=(BLUE, BLACK),
        dark=False,
    ),
    "contrast": _ON_BLACK._replace(edge=WHITE, muted=WHITE),
}
"""The themes in sixteen colours: nearest colours would put brown on white, and grey on grey."""

PARTS: Final[Mapping[str, str]] = {
    "background": "page",
    "surface": "paper",
    "panel": "band",
    "boost": "chosen",
    "foreground": "text",
    "secondary": "muted",
    "primary": "accent",
    "accent": "accent",
    "success": "good",
    "error": "bad",
}
"""Textual's words for the colours of a theme, and what they are in ours."""
LEFT_OUT: Final = "It is left out."
PREFIX: Final = "dialogue-"


def theme_name(setting: str) -> str:
    """What Textual calls the theme of a setting."""
    return PREFIX + setting


def themes(palettes: Mapping[str, Palette] = PALETTES) -> tuple[Theme, ...]:
    """Every theme of ours."""
    return tuple(made_theme(name, palette) for name, palette in palettes.items())


def sixteen_colours(term: str) -> tuple[Theme, ...]:
    """Every theme in sixteen colours.

    The Linux console has them for letters only, and half of them as grounds: on its grey nothing
    but black and blue can be read, so there the light theme is as the dark one.
    """
    light = SIXTEEN["dark" if term == "linux" else "light"]
    return themes({**SIXTEEN, "light": light})


def made_theme(name: str, palette: Palette) -> Theme:
    """A theme of these colours, by the name of its setting."""
    return Theme(
        name=theme_name(name),
        primary=palette.accent,
        secondary=palette.muted,
        accent=palette.accent,
        warning=palette.accent,
        error=palette.bad,
        success=palette.good,
        foreground=palette.text,
        background=palette.page,
        surface=palette.paper,
        panel=palette.band,
        dark=palette.dark,
        variables=_variables(palette),
    )


def _variables(palette: Palette) -> dict[str, str]:
    """Textual's own tokens, so that its widgets keep to the palette, too."""
    return {
        "text": palette.text,
        "text-muted": palette.muted,
        "text-disabled": palette.muted,
        "text-primary": palette.accent,
        "text-accent": palette.accent,
        "text-warning": palette.accent,
        "text-error": palette.bad,
        "text-success": palette.good,
        "foreground-muted": palette.muted,
        "foreground-disabled": palette.muted,
        "view-2": palette.views[0],
        "view-3": palette.views[1],
        "boost": palette.chosen,
        "border": palette.accent,
        "border-blurred": palette.edge,
        "block-cursor-text-style": "bold underline",
        "block-cursor-foreground": palette.text,
        "block-cursor-background": palette.chosen,
        "block-cursor-blurred-foreground": palette.text,
        "block-cursor-blurred-background": palette.chosen,
        "block-hover-background": palette.chosen,
        "input-cursor-text-style": "reverse",
        "input-cursor-background": palette.page,
        "input-cursor-foreground": palette.accent,
        "input-selection-background": palette.text,
        "input-selection-foreground": palette.page,
        "screen-selection-background": palette.text,
        "screen-selection-foreground": palette.page,
        "scrollbar": palette.edge,
        "scrollbar-hover": palette.muted,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.page,
        "scrollbar-background-hover": palette.page,
        "scrollbar-background-active": palette.page,
        "scrollbar-corner-color": palette.page,
        "footer-key-foreground": palette.accent,
        "footer-background": palette.band,
        "footer-description-foreground": palette.muted,
    }


def own_theme(config: Path, name: str) -> Theme:
    """The theme of that name, from its file; colours it does not name are those of dark or light.

    Raises SettingsInvalid with one sentence.
    """
    file = theme_file(config, name)
    given = read_object(file)
    dark = given.pop("dark", True)
    if not isinstance(dark, bool):
        raise SettingsInvalid(f"In {file}, “dark” must be true or false.", LEFT_OUT)
    palette = PALETTES["dark" if dark else "light"]
    for part, colour in given.items():
        if part not in PARTS:
            there = ", ".join(PARTS)
            raise SettingsInvalid(
                f"In {file}, “{part}” is no colour of a theme.", f"Use: {there}."
            )
        palette = Palette(
            **{**palette._asdict(), PARTS[part]: _colour(file, part, colour)}
        )
    return made_theme(name, palette)


def _colour(file: Path, part: str, colour: Any) -> str:
    try:
        parsed = Color.parse(colour) if isinstance(colour, str) else None
    except ColorParseError:
        parsed = None
    if parsed is None or parsed.a < 1 or parsed.ansi is not None:
        raise SettingsInvalid(
            f"In {file}, “{part}” is not a colour.", "Write it like this: #e9b95f."
        )
    return parsed.hex
