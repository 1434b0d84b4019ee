"""The one way for text to reach a widget, never read as markup; its colours; the few signs.

Each sign has a stand-in for terminals that show letters only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

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


def prose(text: str, style: str = "") -> Content:
    """The text as it may be shown: no control codes, no direction overrides, no markup."""
    content = Content(safe(text).expandtabs(4))
    return content.stylize(style) if style else content


def line(text: str, style: str = "") -> Content:
    """The text as a single line."""
    return prose(" ".join(text.split()), style)


def muted(text: str) -> Content:
    """Text that may be passed over."""
    return prose(text, MUTED)


def strong(text: str) -> Content:
    """Text that is meant to be seen first."""
    return prose(text, STRONG)


def joined(parts: Iterable[Content], between: str = "") -> Content:
    """Pieces that are there, one after the other, with something between them."""
    return prose(between).join([part for part in parts if part])


MARK_WORDS: Final[Mapping[str, str]] = {
    "models": "Models",
    "upholds": "Upholds",
    "strains": "Strains",
    "breaches": "Breaches",
}

MARK_STYLES: Final[Mapping[str, str]] = {
    "models": GOOD,
    "upholds": GOOD,
    "strains": BAD,
    "breaches": BAD,
}
"""The colour of a mark; its sign and its word say the same without."""


class Glyphs(NamedTuple):
    """One set of signs. None carries a meaning that is not also said in words.

    `edges` and `path` draw lines: the place of a sign is the sum of where its arms go (1 left,
    2 right, 4 up, 8 down).
    """

    models: str
    upholds: str
    strains: str
    breaches: str
    cursor: str
    quote: str
    bullet: str
    opened: str
    closed: str
    full: str
    empty: str
    more: str
    rule: str
    dot: str
    done: str
    untried: str
    found: str
    locked: str
    leads: str
    door: str
    edges: str
    path: str

    def mark(self, word: str) -> str:
        """The sign of one of the four words, always two cells wide."""
        return {
            "models": self.models,
            "upholds": self.upholds,
            "strains": self.strains,
            "breaches": self.breaches,
        }.get(word, "").ljust(2)

    def named(self, word: str, said: str = "") -> Content:
        """A mark's sign, its word after it, in the colour of both."""
        text = f"{self.mark(word).strip()} {said}".strip()
        return prose(text).stylize(STRONG).stylize(MARK_STYLES.get(word, ""))

    def bar(self, share: float, cells: int = 8) -> str:
        """A bar of that many cells, filled by a share between 0 and 1."""
        filled = round(max(0.0, min(1.0, share)) * cells)
        return self.full * filled + self.empty * (cells - filled)


UNICODE: Final = Glyphs(
    models="◆◆",
    upholds="◆",
    strains="◇",
    breaches="◇◇",
    cursor="▌",
    quote="│",
    bullet="•",
    opened="▾",
    closed="▸",
    full="■",
    empty="□",
    more="▼",
    rule="─",
    dot="·",
    done="✓",
    untried="○",
    found="●",
    locked="×",
    leads="→",
    door="∩",
    edges=" ───│┘└┴│┐┌┬│┤├┼",
    path=" ═══║╝╚╩║╗╔╦║╣╠╬",
)
ASCII: Final = Glyphs(
    models="++",
    upholds="+",
    strains="-",
    breaches="--",
    cursor=">",
    quote="|",
    bullet="*",
    opened="-",
    closed="+",
    full="#",
    empty=".",
    more="v",
    rule="-",
    dot="-",
    done="x",
    untried="o",
    found="@",
    locked="!",
    leads=">",
    door="n",
    edges=" ---|+++|+++|+++",
    path=" ===|+++|+++|+++",
)


def glyphs_for(symbols: str) -> Glyphs:
    """The signs of a setting, "unicode" or "ascii"."""
    return ASCII if symbols == "ascii" else UNICODE
