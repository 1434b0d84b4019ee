"""Pictures: which file, in whose graphics, how many rows; and the widgets that draw them.

This is the only door to textual-image and Pillow, opened when the first picture is shown: together
they take about 0.1 s to import. As it is imported, textual-image asks the terminal what it can do
and waits for the answer; inside a running app Textual's own thread would read it. So it is
imported with no terminal in its sight, and told the size of a cell, which is all that it needs.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.content import Content
from textual.geometry import Size

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings
from dialogue_game.core.story import Picture as CoverPicture
from dialogue_game.tui.text.drawings import Drawing
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.styled import NOTHING, muted
from dialogue_game.tui.widgets.bases import Sheet, StableWidget

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import HalfcellImage, SixelImage, TGPImage

    Canvas = HalfcellImage | SixelImage | TGPImage

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
PIXELS_A_CELL = 2
"""A cell is about twice as high as it is wide."""


class PictureWidget(StableWidget):
    """A picture in its own proportions, in the rows it may have; nothing where it cannot be.

    `path` is what is shown, None where nothing is.
    """

    def __init__(
        self, pictures: PictureSource = NO_PICTURES, name: str | None = None
    ) -> None:
        super().__init__(name=name, classes="picture")
        self.pictures = pictures
        self.path: Path | None = None
        self.place = PictureRole.ALONE
        self._canvas: Canvas | None = None
        self._proportion = 0.0
        self.display = False

    def show(self, name: str, place: PictureRole = PictureRole.ALONE) -> None:
        """Show the picture of that name instead; none where it is not there or not to be drawn."""
        self.place = place
        path = self.pictures.file(name)
        if path != self.path:
            self.path = path if path and self._draw(path) else None
        self.display = self.path is not None
        self.refresh(layout=True)

    def rows(self, width: int) -> int:
        """How many rows it takes at this width."""
        if self.path is None:
            return 0
        wanted = round(width * self._proportion / PIXELS_A_CELL)
        return max(0, min(wanted, rows_at_most(self.app.size, self.place)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as it takes."""
        return self.rows(width)

    def _draw(self, path: Path) -> bool:

        graphics = self.pictures.graphics()
        drawn = picture(path, graphics)
        if drawn is None:
            return False
        if self._canvas is None:
            self._canvas = canvas(graphics)
            if self._canvas is None:
                return False
            self.mount(self._canvas)
        self._proportion = drawn.height / drawn.width
        self._canvas.image = drawn
        return True


class PictureSheet(Sheet):
    """A page of text under a picture, if it has one; the picture lies on lines left empty."""

    def __init__(
        self,
        pictures: PictureSource = NO_PICTURES,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.pictures = pictures
        self.picture_widget: PictureWidget | None = None
        self._left = 0

    def show_picture(self, name: str, place: PictureRole = PictureRole.ALONE) -> None:
        """Hang the picture of that name above the text; with "", take it down."""
        if self.picture_widget is None:
            if self.pictures.file(name) is None:
                return
            self.picture_widget = PictureWidget(self.pictures)
            self.mount(self.picture_widget)
        elif not name and not self.picture_widget.display:
            return
        self.picture_widget.show(name, place)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Lines left for the picture, one between, and the text's."""
        return [NOTHING] * self._left + super().lines(width)

    def _lay_out(self, width: int) -> int:
        rows = self.picture_widget.rows(width) if self.picture_widget else 0
        left = rows + 1 if rows else 0
        if left != self._left:
            self._left, self._laid = left, (-1, 0)
        return super()._lay_out(width)


class Cover(PictureSheet):
    """A story's cover and what it shows; where it cannot be drawn, the story's small drawing."""

    drawn: Drawing = ()

    def present(self, cover: CoverPicture | None, drawn: Drawing = ()) -> None:
        """Show this cover instead, or none."""
        self.drawn = drawn
        self.show_picture(cover.file if cover else "", PictureRole.COVER)
        caption = muted(f"Picture: {cover.alt}") if cover else NOTHING
        self.show([Block(caption)] if cover or drawn else [])

    def lines(self, width: int) -> list[Content]:
        """One or the other, and an empty line before what follows."""
        shown = super().lines(width) if self._left else list(self.drawn)
        return [*shown, NOTHING] if shown else []


KEPT: Final = 8
"""Pictures that stay in memory; a scene has five at most."""
MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 64_000_000
"""Of a picture that is opened at all, as check says, too: stories are a stranger's, and a small
file can unfold far. The photo of a phone is opened."""
FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
"""Read by Pillow alone. Some others would start a program."""
BLOCK_PIXELS: Final = (288, 288)
GRAPHIC_PIXELS: Final = (1280, 1280)
"""As much of a picture as its graphics can show."""


def canvas(graphics: Graphics) -> Canvas | None:
    """A widget that draws pictures with these graphics, or with half-blocks where it must."""
    cell = cell_size() if graphics in (Graphics.KITTY, Graphics.SIXEL) else None
    try:
        with _without_terminal(cell):
            from textual_image import widget
    except ImportError:
        return None
    if cell is None:
        return widget.HalfcellImage()
    return widget.TGPImage() if graphics is Graphics.KITTY else widget.SixelImage()


def picture(path: Path, graphics: Graphics) -> Image | None:
    """The picture in a file, no larger than it can be shown; None where it cannot be read."""
    bounds = BLOCK_PIXELS if graphics is Graphics.BLOCKS else GRAPHIC_PIXELS
    try:
        return _opened(path, path.stat().st_mtime_ns, bounds)
    except Exception:  # noqa: BLE001, RUF100 (a damaged picture raises whatever its decoder does)
        return None


@lru_cache(maxsize=KEPT)
def _opened(path: Path, _changed: int, bounds: tuple[int, int]) -> Image:
    from PIL import Image

    if path.stat().st_size > MOST_BYTES:
        raise ValueError("too large a file")
    with Image.open(path, formats=FORMATS) as found:
        if found.width * found.height > MOST_PIXELS:
            raise ValueError("too large a picture")
        found.draft("RGB", bounds)  # a large JPEG is read as small as it will be shown
        drawn = found.convert("RGB")
    drawn.thumbnail(bounds)
    return drawn


@contextmanager
def _without_terminal(cell: tuple[int, int] | None) -> Iterator[None]:
    name, kept = "__stdout__", sys.__stdout__
    sizes = dict(
        zip(
            ("TEXTUAL_CELL_WIDTH", "TEXTUAL_CELL_HEIGHT"), cell or (10, 20), strict=True
        )
    )
    before = {key: os.environ.get(key) for key in sizes}
    os.environ.update({key: str(pixels) for key, pixels in sizes.items()})
    setattr(sys, name, io.StringIO())
    try:
        yield
    finally:
        setattr(sys, name, kept)
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
