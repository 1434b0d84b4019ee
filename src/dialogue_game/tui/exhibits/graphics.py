"""Pictures before they are drawn: which file, in whose graphics, how many rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from textual.app import App
from textual.geometry import Size

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings

LEAST_SCREEN: Final = Size(60, 20)
"""On less than this a picture would leave no room to read."""
MOST_ROWS: Final = 18
"""However tall the screen: no picture is worth more than the text beside it."""
LEAST_ROWS: Final = 8
"""Fewer show spots of colour, and no people."""
COVER_FROM: Final = 30
"""Rows of the screen from which on a story opens with its cover."""


class Graphics(StrEnum):
    """What a picture is drawn with."""

    NONE = "none"
    BLOCKS = "blocks"
    SIXEL = "sixel"
    KITTY = "kitty"


class PictureRole(StrEnum):
    """Where a picture stands: alone in its scene, among others, or at a story's start."""

    ALONE = "alone"
    AMONG = "among"
    COVER = "cover"


def rows_at_most(screen: Size, place: PictureRole) -> int:
    """How many rows a picture may take on a screen of this size; 0 where it should not be."""
    if screen.width < LEAST_SCREEN.width or screen.height < LEAST_SCREEN.height:
        return 0
    if place is PictureRole.COVER and screen.height < COVER_FROM:
        return 0
    rows = min(MOST_ROWS, screen.height * 5 // 12)
    return rows if place is PictureRole.ALONE else max(LEAST_ROWS, rows * 3 // 4)


def graphics_for(
    settings: Settings,
    environment: Mapping[str, str],
    colours: str | None,
    *,
    at_terminal: bool,
) -> Graphics:
    """What pictures may be drawn with; `colours` is Rich's name of what the terminal has.

    Known from what the terminal says of itself beforehand: asking it takes a tenth of a second,
    and over a slow line its answer would arrive as keys. Between us and a real terminal there may
    be a multiplexer that passes no graphics on, so in those it is half-blocks, too.
    """
    if settings.pictures == "off" or settings.symbols == "ascii":
        return Graphics.NONE
    if at_terminal and colours not in ("256", "truecolor"):
        return Graphics.NONE
    between = any(
        environment.get(name) for name in ("TMUX", "STY", "ZELLIJ", "NO_COLOR")
    )
    if not at_terminal or between or settings.pictures == "blocks":
        return Graphics.BLOCKS
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term in ("xterm-kitty", "xterm-ghostty"):
        return Graphics.KITTY
    sixel = term.startswith(("foot", "mlterm", "contour")) or program in (
        "WezTerm",
        "iTerm.app",
    )
    # Windows Terminal (from 1.22 on) and Konsole (from 22.04 on) draw sixel, and name themselves.
    sixel = sixel or any(
        environment.get(name) for name in ("WT_SESSION", "KONSOLE_VERSION")
    )
    return Graphics.SIXEL if sixel else Graphics.BLOCKS


@cache
def cell_size() -> tuple[int, int] | None:
    """Width and height of a cell in pixels, as the system knows it; the terminal is not asked."""
    try:
        import fcntl
        import struct
        import termios

        size = fcntl.ioctl(sys.__stdout__ or -1, termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("HHHH", size)
        cell = width // columns, height // rows
    except (ImportError, OSError, ValueError, ZeroDivisionError):
        return None
    return cell if all(cell) else None


def picture_file(folder: Path | None, name: str) -> Path | None:
    """The file of that name in the folder; None where it is not there, or leads out of it."""
    if folder is None or not name:
        return None
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        return None
    try:
        inside = folder.resolve()
        found = (inside / path).resolve()
        return found if found.is_relative_to(inside) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


@dataclass(frozen=True, slots=True)
class PictureSource:
    """The pictures of a course, and what they may be drawn with now."""

    folder: Path | None = None
    graphics: Callable[[], Graphics] = lambda: Graphics.NONE

    @classmethod
    def of(cls, game: Game, app: App[int]) -> PictureSource:
        """Those of the game that is being played; its settings are asked for each picture."""
        at_terminal = not (app.is_headless or app.is_web)

        def graphics() -> Graphics:
            colours = app.console.color_system
            return graphics_for(
                game.settings, os.environ, colours, at_terminal=at_terminal
            )

        return cls(game.assets, graphics)

    @property
    def sharp(self) -> bool:
        """Whether the terminal draws pictures itself, in pixels that we know the size of."""
        if self.graphics() not in (Graphics.SIXEL, Graphics.KITTY):
            return False
        return cell_size() is not None

    def file(self, name: str) -> Path | None:
        """The file to draw, if there is one and it may be drawn."""
        return (
            None
            if self.graphics() is Graphics.NONE
            else picture_file(self.folder, name)
        )


NO_PICTURES: Final = PictureSource()
