"""Characters that cannot be seen, or look like others, where YAML, ids or conditions stand.

In prose they may stand as they like. Where the file breaks at one, or a name or a condition cannot
be read because of one, the finding names the character and its place, and what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from dialogue_game.analysis.findings import Finding, Place, finding

_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff"
)
SPACE: Final = re.compile(f"[{_SPACES}]")
UNSEEN: Final = re.compile(f"[{_UNSEEN}]")
_INDENT: Final = re.compile(
    f"^[ \t]*(?=[{_SPACES}{_UNSEEN}])[ {_SPACES}{_UNSEEN}]+(?=[-\\w])"
)
_COLON: Final = re.compile(
    f"^(\\s*(?:- +)*[A-Za-z_][\\w.]*)([:\uff1a\ufe55\ua789\u2236])([{_SPACES}]*)"
)
_DASH: Final = re.compile("^(\\s*)([\u2010-\u2015\u2212])(?= )")

LOOKALIKES: Final = str.maketrans(
    dict(
        zip(
            "абвгдеһіјкӏмнопрԛѕтуѵԝхαβεικνορτυχωıɡ",
            "abbrdehijkimhonpqstyvwxabeiknoptuxwig",
            strict=True,
        )
    )
    | {
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "‑": "-",
    }
)
NAMES: Final = frozenset(
    {"DG010", "DG014", "DG101", "DG102", "DG103", "DG104", "DG105", "DG106"}
)
NAMES_TOO: Final = frozenset({"DG107", "DG112", "DG114", "DG115", "DG013"})
CONDITIONS: Final = frozenset({"DG201", "DG202"})


def plain(text: str) -> str:
    """The text as it was probably meant: unseen characters gone, look-alikes as they look."""
    from unicodedata import normalize

    kept = UNSEEN.sub("", SPACE.sub(" ", text))
    return normalize("NFKC", kept).translate(LOOKALIKES)


def mended(text: str, file: str) -> tuple[str, list[Finding]]:
    """A text whose YAML breaks, with ordinary characters where structure stands; and findings.

    One character is put for one, so that places stay true; only a colon may get a space after it.
    """
    lines, found = text.split("\n"), []
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        fixed = line
        for pattern in (_INDENT, _DASH, _COLON):
            match = pattern.match(fixed)
            if match is None:
                continue
            here = fixed[: match.end()]
            ordinary = "".join(_ordinary(c) for c in here)
            at = next(
                (
                    n
                    for n, (a, b) in enumerate(zip(here, ordinary, strict=True))
                    if a != b
                ),
                -1,
            )
            if at >= 0:
                place = Place(file, number + 1, at + 1, line)
                found.append(_found(place, here[at], _instead(ordinary[at])))
                gap = " " if pattern is _COLON and ordinary[-1] == ":" else ""
                fixed = ordinary + gap + fixed[match.end() :]
        lines[number] = fixed
    return "\n".join(lines), found


def _ordinary(character: str) -> str:
    """The one ordinary character that another stands for in the structure of a file."""
    if SPACE.match(character) or UNSEEN.match(character):
        return " "
    return {"\uff1a": ":", "\ufe55": ":", "\ua789": ":", "\u2236": ":"}.get(
        character,
        "-"
        if "\u2010" <= character <= "\u2015" or character == "\u2212"
        else character,
    )


def _instead(ordinary: str) -> str:
    names = {
        " ": "an ordinary space",
        ":": "an ordinary colon (:)",
        "-": "an ordinary hyphen (-)",
    }
    return f"Put {names.get(ordinary, ordinary)} in its place."


def explained(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with those that such a character has caused told as what they are."""
    for noticed in found:
        yield _explained(noticed) or noticed


def _explained(noticed: Finding) -> Finding | None:
    excerpt, place = noticed.place.excerpt, noticed.place
    if excerpt.isascii() or noticed.code not in NAMES | NAMES_TOO | CONDITIONS:
        return None
    start, end = _extent(excerpt, min(place.caret, len(excerpt)), noticed.code)
    for at in range(start, end):
        character = excerpt[at]
        if character.isascii() or character == "…" or plain(character) == character:
            continue
        column = place.column + at - place.caret
        there = Place(place.file, place.line, column, excerpt)
        word = _word(excerpt, at)
        meant = plain(word)
        known = f"Write “{meant}”." if meant.isascii() and meant.strip() else ""
        return _found(there, character, known or _instead(" "))
    return None


def _extent(excerpt: str, caret: int, code: str) -> tuple[int, int]:
    """Where the name or condition stands that could not be read."""
    if code in CONDITIONS:
        before = max(excerpt.rfind(": ", 0, caret) + 2, 0)
        return before, len(excerpt)
    match = re.compile(r"[^\s,\[\]{}#]*(?:[^\x00-\x7f][^ ,\[\]{}#]*)*").match(
        excerpt, caret
    )
    return caret, match.end() if match else caret


def _word(excerpt: str, at: int) -> str:
    """The word around a character; nothing where it is a space."""
    if SPACE.match(excerpt[at]):
        return ""
    part = re.compile(f"[\\w.{_UNSEEN}\uff01-\uff5e“”„‘’]+")
    return next((m[0] for m in part.finditer(excerpt) if m.start() <= at < m.end()), "")


def _found(place: Place, character: str, advice: str) -> Finding:
    from unicodedata import name

    code = f"U+{ord(character):04X}"
    called = name(character, "a character without a name")
    looks = (
        "which looks like a space"
        if SPACE.match(character)
        else "which cannot be seen"
        if UNSEEN.match(character)
        else "which looks like another"
    )
    return finding("DG017", place, f"There is {called} ({code}) here, {looks}.", advice)
