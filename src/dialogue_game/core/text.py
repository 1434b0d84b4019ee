"""Text from outside: safe to show, so that it commands no terminal; and within bounds."""

from __future__ import annotations

import re
from typing import Final

CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Control codes (but tab and line feed), line separators, and what overrides direction.

Marks of direction, which text from right to left needs at its edges, override nothing.
"""

_CONTROL_ON_PAGES: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff]"
)
"""The same without marks and isolates of direction, which a page keeps within its paragraph."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")

_ASCII: Final = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
        "–": "-", "—": "-", "…": "...", "·": "-", "•": "*", "→": "->", "©": "(c)", "×": "x",
        "≥": ">=", "≤": "<=", "−": "-", "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip


MAX_DECOMPRESSED: Final = 128 * 1024 * 1024
"""Bytes of an edition; many times what a story's source may have."""


def safe(text: str) -> str:
    """The text without control codes, direction overrides and lone surrogates."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", CONTROL.sub("", text))


def numbered(typed: str, most: int) -> int:
    """The number from 1 to `most` that somebody typed; 0 for anything else, however long it is."""
    known = len(typed) < 10 and typed.isdecimal() and int(typed) <= most
    return int(typed) if known else 0


def decompressed(data: bytes) -> bytes:
    """What was compressed. Raises ValueError where it is damaged, or would grow beyond measure."""
    import zlib

    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, MAX_DECOMPRESSED)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("It is cut off, or larger than any story.")
    return text


def safe_on_pages(text: str) -> str:
    """The same for HTML, where words of two directions may stand in one line, each isolated."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROL_ON_PAGES.sub("", text))


def ascii_only(text: str) -> str:
    """The text in ASCII: quotes, dashes and accents made plain, the rest as question marks."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    kept = "".join(
        character for character in plain if not unicodedata.combining(character)
    )
    return kept.encode("ascii", "replace").decode("ascii")


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: blank lines part them, other line ends are its author's."""
    found = []
    for part in text.strip().split("\n\n"):
        lines = [line.rstrip() for line in part.strip("\n").split("\n")]
        if any(lines):
            found.append("\n".join(lines))
    return found


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 scene", "3 scenes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
