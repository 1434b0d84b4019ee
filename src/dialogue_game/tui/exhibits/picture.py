"""A picture, and a page of text with one above it; how its file is opened and drawn.

This is the only door to textual-image and Pillow, opened when the first picture is shown: together
they take about 0.1 s to import. As it is imported, textual-image asks the terminal what it can do
and waits for the answer; inside a running app Textual's own thread would read it. So it is
imported with no terminal in its sight, and told the size of a cell, which is all that it needs.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.geometry import Size

from dialogue_game.core.story import Picture as CoverPicture
from dialogue_game.tui.exhibits.graphics import (
    NO_PICTURES,
    Graphics,
    PictureRole,
    PictureSource,
    cell_size,
    rows_at_most,
)
from dialogue_game.tui.text.drawings import Drawing
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.styled import NOTHING, muted
from dialogue_game.tui.widgets.bases import StableWidget
from dialogue_game.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import HalfcellImage, SixelImage, TGPImage

    Canvas = HalfcellImage | SixelImage | TGPImage

PIXELS_A_CELL = 2
"""A cell is about twice as high as it is wide."""


class PictureWidget(StableWidget):
    """A picture in its own proportions, in the rows it may have; nothing where it cannot be.

    `path` is what is shown, None where nothing is.
    """

    def __init__(self, pictures: PictureSource = NO_PICTURES) -> None:
        super().__init__(classes="picture")
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
        self.sight: PictureWidget | None = None
        self._left = 0

    def show_picture(self, name: str, place: PictureRole = PictureRole.ALONE) -> None:
        """Hang the picture of that name above the text; with "", take it down."""
        if self.sight is None:
            if self.pictures.file(name) is None:
                return
            self.sight = PictureWidget(self.pictures)
            self.mount(self.sight)
        elif not name and not self.sight.display:
            return
        self.sight.show(name, place)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Lines left for the picture, one between, and the text's."""
        return [NOTHING] * self._left + super().lines(width)

    def _lay_out(self, width: int) -> int:
        rows = self.sight.rows(width) if self.sight else 0
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
