"""A picture of the screen as text: what stands where, and in which style, small enough to keep."""

from __future__ import annotations

import asyncio
from itertools import groupby
from string import ascii_letters

from rich.style import Style
from textual.app import App
from textual.strip import Strip

SETTLING = 0.05
"""Seconds within which nothing may change for a screen to be drawn for good."""


async def settled_picture(app: App[int]) -> str:
    """The picture, once it no longer changes."""
    before = ""
    while (now := picture(app)) != before:
        before = now
        await asyncio.sleep(SETTLING)
    return now


def picture(app: App[int]) -> str:
    """Every row, then every row's styles as letters with how many cells each, then the letters."""
    strips = app.screen._compositor.render_strips(app.size)
    letters: dict[str, str] = {}
    rows = [f"|{strip.text.rstrip()}" for strip in strips]
    styles = [_styles(strip, letters) for strip in strips]
    legend = [f"{letter} = {style}" for style, letter in letters.items()]
    return "\n".join([*rows, "", *styles, "", *legend])


def _styles(strip: Strip, letters: dict[str, str]) -> str:
    cells = [(_described(segment.style), segment.cell_length) for segment in strip]
    runs = [
        (
            letters.setdefault(style, ascii_letters[len(letters) % len(ascii_letters)]),
            list(same),
        )
        for style, same in groupby(cells, key=lambda cell: cell[0])
    ]
    return " ".join(
        f"{letter}{sum(length for _, length in same)}" for letter, same in runs
    )


def _described(style: Style | None) -> str:
    if style is None:
        return "plain"
    plain = style.without_color
    kinds = ("bold", "dim", "italic", "underline", "reverse", "strike")
    attributes = [name for name in kinds if getattr(plain, name)]
    colours = [
        colour.name if colour else "-" for colour in (style.color, style.bgcolor)
    ]
    return " ".join([" on ".join(colours), *attributes])
