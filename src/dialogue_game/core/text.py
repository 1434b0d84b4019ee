"""Text that is safe to show: nothing in a story, a name or a note can command a terminal."""

from __future__ import annotations

import re
from typing import Final

CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Control codes (but tab and line feed), line separators, and what overrides direction."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")

_ASCII: Final = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
        "–": "-", "—": "-", "…": "...", "·": "-", "•": "*", "→": "->", "©": "(c)", "×": "x",
        "≥": ">=", "≤": "<=", "−": "-", "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip


def safe(text: str) -> str:
    """The text without control codes, direction overrides and lone surrogates."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", CONTROL.sub("", text))


def ascii_only(text: str) -> str:
    """The text in ASCII: quotes, dashes and accents made plain, the rest as question marks."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return kept.encode("ascii", "replace").decode("ascii")
