"""The order in which options are shown: a function of seed, scene and choice, and of nothing else.

Any language can do the same: FNV-1a over the UTF-8 bytes of "seed/scene/choice", 32 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dialogue_game.core.story import Option

_OFFSET: Final = 2166136261
_PRIME: Final = 16777619
SEEDS: Final = 2**32
"""Seeds are unsigned numbers of 32 bits; 0 stands for the author's order."""


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of a text's UTF-8 bytes."""
    value = _OFFSET
    for byte in text.encode():
        value = (value ^ byte) * _PRIME % 2**32
    return value


def shuffled(options: Sequence[Option], scene: str, seed: int) -> tuple[Option, ...]:
    """The options in the order that a seed gives them; ties stay in the author's order."""
    return tuple(
        sorted(options, key=lambda option: fnv1a(f"{seed}/{scene}/{option.id}"))
    )
