"""The one way for text to reach a widget: made safe, never read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.content import Content

from dialogue_game.core.text import safe

MUTED: Final = "$text-muted"
ACCENT: Final = "$accent"
GOOD: Final = "$text-success"
BAD: Final = "$text-error"
STRONG: Final = "bold"
VIEWPOINTS: Final = (ACCENT, "$view-2", "$view-3")
"""The colours of the people through whose eyes a story is seen, in their order."""

NOTHING: Final = Content("")


def prose(text: str) -> Content:
    """The text as it may be shown: no control codes, no direction overrides, no markup."""
    return Content(safe(text).expandtabs(4))


def line(text: str) -> Content:
    """The text as a single line."""
    return prose(" ".join(text.split()))


def muted(text: str) -> Content:
    """Text that may be passed over."""
    return prose(text).stylize(MUTED)


def strong(text: str) -> Content:
    """Text that is meant to be seen first."""
    return prose(text).stylize(STRONG)


def joined(parts: Iterable[Content], between: str = "") -> Content:
    """Pieces that are there, one after the other, with something between them."""
    return prose(between).join([part for part in parts if part])
