"""Small pictures drawn in characters: a story's, from its text file; an ending's, from here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from textual.content import Content

from dialogue_game.tui.text.styled import ACCENT, BAD, GOOD, MUTED, NOTHING, prose

MOST_CELLS: Final = 16
MOST_ROWS: Final = 3
MOST_BYTES: Final = 4096
FRAME: Final = frozenset("╭╮╰╯─│╱╲|-+./\\'`,_ ")
"""What a drawing's quiet lines are made of; the rest has its colour."""

Drawing = tuple[Content, ...]
"""Lines of one width."""

ENDINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "good": ("\\ ▗▄▄▖ /\n─ ▟██▙ ─\n▔▔▔▔▔▔▔▔", "\\ .--. /\n-( ## )-\n========", GOOD),
    "mixed": ("  ▗▄▄▖\n╭─▟█╮█─╮\n╰──────╯", "  .--.\n.-(##)-.\n'------'", ACCENT),
    "poor": ("╭──────╮\n╰──────╯\n ╱ ╱ ╱ ╱", ".------.\n'------'\n / / / /", BAD),
    "neutral": (
        "   ▐▀▀▀▙\n   ▐▄▄▄▛\n───▐────",
        "   |###\\\n   |###/\n---|----",
        ACCENT,
    ),
}
"""A sun, a sun behind a cloud, rain, and a flag: in Unicode, in ASCII, and their colour."""


@lru_cache(maxsize=32)
def drawing(folder: Path | None, story: str, symbols: str) -> Drawing:
    """A story's drawing, from `<its id>.txt` among the course's pictures; none where it has none.

    The file holds it twice with an empty line between: as it is, and in ASCII.
    """
    if folder is None or not story.isidentifier():
        return ()
    try:
        with (folder / f"{story}.txt").open(encoding="utf-8") as file:
            drawn = file.read(MOST_BYTES)
    except (OSError, ValueError):
        return ()
    unicode, _, ascii_ = drawn.partition("\n\n")
    return _lines(ascii_ if symbols == "ascii" else unicode, ACCENT)


def ending_drawing(kind: str, symbols: str) -> Drawing:
    """How an ending of that kind looks; nothing for one of no kind."""
    if kind not in ENDINGS:
        return ()
    unicode, ascii_, style = ENDINGS[kind]
    return _lines(ascii_ if symbols == "ascii" else unicode, style)


def _lines(drawn: str, style: str) -> Drawing:
    lines = [
        _coloured(row[:MOST_CELLS], style) for row in drawn.splitlines()[:MOST_ROWS]
    ]
    width = max((line.cell_length for line in lines), default=0)
    return tuple(line.pad_right(width - line.cell_length) for line in lines)


def _coloured(row: str, style: str) -> Content:
    cells = (prose(sign, MUTED if sign in FRAME else style) for sign in row)
    return sum(cells, NOTHING)
