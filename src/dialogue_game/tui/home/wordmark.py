"""The title picture: the name, and a path that forks, drawn in cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from textual.content import Content

from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.styled import ACCENT, MUTED, NOTHING, prose

TREE_FROM: Final = 40
"""The column at which the path begins."""
NAME: Final = (
    "    █ ▀       █",
    "▄▀▀▀█ █  ▀▀▀▄ █ ▄▀▀▀▄ ▄▀▀▀█ █   █ ▄▀▀▀▄",
    "█   █ █ ▄▀▀▀█ █ █   █ █   █ █   █ █▀▀▀▀",
    " ▀▀▀▀ ▀  ▀▀▀▀ ▀  ▀▀▀   ▀▀▀█  ▀▀▀▀  ▀▀▀▀",
    "                       ▀▀▀",
)
TREE: Final = (
    "           ╭──○",
    "      ╭────┤",
    "      │    ╰──○",
    "━━●━━━┥",
    "      ┕━━●━━━━◆",
)
TAKEN: Final = "━●┥┕◆"
"""What the path that was taken is drawn with."""
ASCII_NAME: Final = (
    "    # #       #",
    "    #         #",
    " #### #  ###  #  ###   #### #   #  ###",
    "#   # #     # # #   # #   # #   # #   #",
    "#   # #  #### # #   # #   # #   # #####",
    "#   # # #   # # #   # #   # #   # #",
    " #### #  #### #  ###   ####  ####  ####",
    "                          #",
    "                       ###",
)
ASCII_TREE: Final = (
    "",
    "",
    "           .--o",
    "      .----+",
    "      |    `--o",
    "==*===+",
    "      `==*====@",
)


def wordmark(symbols: str) -> Iterator[Block]:
    """The picture in lines, with the signs that are set: "unicode" or "ascii"."""
    name, tree = (ASCII_NAME, ASCII_TREE) if symbols == "ascii" else (NAME, TREE)
    for row, path in zip_longest(name, tree, fillvalue=""):
        yield Block(prose(row.ljust(TREE_FROM)) + _path(path), above=0)


def _path(row: str) -> Content:
    styles = (ACCENT if sign in TAKEN or sign in "=*@" else MUTED for sign in row)
    cells = (
        prose(sign).stylize(style) for sign, style in zip(row, styles, strict=True)
    )
    return sum(cells, NOTHING)
