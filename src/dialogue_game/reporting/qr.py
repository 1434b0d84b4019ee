"""An address as a QR code: a picture for paper, half blocks for a terminal."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

_BLOCKS = {
    (True, True): "█",
    (True, False): "▀",
    (False, True): "▄",
    (False, False): " ",
}


def qr_svg(address: str, millimetres: int = 40) -> str:
    """The code as an SVG element to put into a page; "" where no code can hold the address."""
    code = _code(address, "m")
    if code is None:
        return ""
    out = BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True)
    drawn = out.getvalue().decode()
    return drawn.replace(
        "<svg ", f'<svg width="{millimetres}mm" height="{millimetres}mm" ', 1
    )


def qr_lines(address: str) -> tuple[str, ...]:
    """The code as lines of half blocks, light on dark: two modules a character, with its border.

    A block is a *light* module, so that a phone reads it on a dark terminal; on a light one,
    show it in reverse colours. Empty where no code can hold the address.
    """
    code = _code(address, "l")
    if code is None:
        return ()
    return _half_blocks(code, 2)


def qr_within(
    address: str, columns: int, rows: int, *, ascii_only: bool = False
) -> tuple[str, ...]:
    """The largest code that fits: a module is two cells of a line, or else half a cell.

    Light modules are blocks, as in `qr_lines`. Empty where none fits; with `ascii_only` no half
    blocks are used.
    """
    code = _code(address, "l")
    if code is None:
        return ()
    for border in (4, 2):
        drawn = tuple(
            "".join("  " if dark else "██" for dark in row)
            for row in code.matrix_iter(border=border)
        )
        if len(drawn[0]) <= columns and len(drawn) <= rows:
            return drawn
    if ascii_only:
        return ()
    for border in (4, 2):
        drawn = _half_blocks(code, border)
        if len(drawn[0]) <= columns and len(drawn) <= rows:
            return drawn
    return ()


def _half_blocks(code: segno.QRCode, border: int) -> tuple[str, ...]:
    rows = [[not dark for dark in row] for row in code.matrix_iter(border=border)]
    if len(rows) % 2:
        rows.append([True] * len(rows[0]))
    return tuple(
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    )


def _code(address: str, error: str) -> segno.QRCode | None:
    """The code; None for an address that is too long, or no text at all."""
    import segno

    try:
        return segno.make_qr(address, error=error)
    except ValueError:
        return None
