"""An address as a QR code: a picture for paper, half blocks for a terminal."""

from __future__ import annotations

from io import BytesIO

_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def qr_svg(address: str, millimetres: int = 40) -> str:
    """The code as an SVG element to put into a page."""
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True
    )
    drawn = out.getvalue().decode()
    return drawn.replace("<svg ", f'<svg width="{millimetres}mm" height="{millimetres}mm" ', 1)


def qr_lines(address: str) -> tuple[str, ...]:
    """The code as lines of half blocks, light on dark: two modules a character, with its border.

    A block is a *light* module, so that a phone reads it on a dark terminal; on a light one,
    show it in reverse colours.
    """
    import segno

    rows = [
        [not dark for dark in row]
        for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)
    ]
    if len(rows) % 2:
        rows.append([True] * len(rows[0]))
    return tuple(
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    )
