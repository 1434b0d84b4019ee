"""Letters by their place on the keyboard, where it writes capitals or another script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LAYOUTS: Final = (
    ("йцукенгшщзфывапролдячсмитьі", "qwertyuiopasdfghjklzxcvbnms"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),
    ("קראטוןםפשדגכעיחלזסבהנמצ", "ertyuiopasdfghjklzxcvnm"),
)
"""Cyrillic, Greek, Arabic and Hebrew letters, each with the Latin one on the same key."""
LATIN: Final[Mapping[str, str]] = {
    letter: latin
    for letters, latins in LAYOUTS
    for letter, latin in zip(letters, latins, strict=True)
} | {"б": "comma"}


def by_place(character: str | None) -> str:
    """The key that this character stands for; "" where it is that key already."""
    small = (character or "").lower()
    key = LATIN.get(small, small if small.isascii() and small.isalpha() else "")
    return key if key != character else ""
