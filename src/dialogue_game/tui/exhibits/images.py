"""The only door to textual-image and Pillow, opened when the first picture is shown.

Together they take about 0.1 s to import. As it is imported, textual-image asks the terminal what
it can do and waits for the answer; inside a running app Textual's own thread would read it. So it
is imported with no terminal in its sight, and told the size of a cell, which is all that it needs.
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

from dialogue_game.tui.exhibits.graphics import Graphics, cell_size

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import HalfcellImage, SixelImage, TGPImage

    Canvas = HalfcellImage | SixelImage | TGPImage

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
