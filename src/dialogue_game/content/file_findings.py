"""Collects the findings about one file while it is compiled, and finds the name that was meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from dialogue_game.analysis.findings import (
    CATALOGUE,
    Finding,
    PathKey,
    Place,
    Severity,
    finding,
)
from dialogue_game.content.model_types import ID_PATTERN, MAX_ID
from dialogue_game.content.places import SourcePlaces, clipped

MAX_NOTES: Final = 200
"""In building one file. A mistake at its top may make a thousand others; nobody reads them."""

MAX_EXPANDED: Final = 5_000_000
"""Letters that fragments, shared exhibits and costs put in beyond what is written: two novels."""
_EACH: Final = 50
"""What one thing that is put in costs, in letters, however short it is."""

_SUGGESTED: Final = 25
"""How many names get a suggestion; finding the nearest of ten thousand takes its time."""


class FileFindings:
    """Collects what is noticed about one file."""

    def __init__(self, places: SourcePlaces) -> None:
        self.places = places
        self.found: list[Finding] = []
        self.suggested = 0
        self.total = 0  # also what was noticed after the list was full
        self.expanded = 0
        self.refused = False

    def add(
        self,
        code: str,
        path: PathKey,
        message: str,
        advice: str = "",
        place: Place | None = None,
    ) -> None:
        """One finding, at the value of a path unless a nearer place is given."""
        self.total += 1
        if len(self.found) >= MAX_NOTES and (
            self.refused or CATALOGUE[code][0] is not Severity.ERROR
        ):
            return
        self.found.append(finding(code, place or self.at(path), message, advice))
        self.refused = self.refused or self.found[-1].severity is Severity.ERROR

    def room_for(self, letters: int, path: PathKey) -> bool:
        """Whether so many letters may still be put in here; the first time they may not is told."""
        before, self.expanded = self.expanded, self.expanded + letters + _EACH
        if before <= MAX_EXPANDED < self.expanded:
            message = f"What is put in up to here comes to more than {MAX_EXPANDED:,} letters."
            advice = (
                "Shorten what is used or falls due so often, or use it in fewer places."
            )
            self.add("DG006", path, message, advice)
        return self.expanded <= MAX_EXPANDED

    def unknown(
        self,
        code: str,
        what: str,
        name: str,
        known: Collection[str],
        path: PathKey,
        place: Place | None = None,
        advice: str = "",
    ) -> None:
        """A name that nothing bears."""
        if len(self.found) < MAX_NOTES and not advice and self.suggested < _SUGGESTED:
            self.suggested += 1
            advice = did_you_mean(name, known)
        self.add(
            code,
            path,
            f"There is no {what} “{clipped(name)}”.",
            advice or listed(known),
            place,
        )

    def at(self, path: PathKey) -> Place:
        """The place of a path, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """“Did you mean …?” with the nearest known name, or nothing where none is near."""
    from difflib import get_close_matches

    near = [
        word for word in known if abs(len(word) - len(name)) <= 4
    ]  # difflib is slow
    if name.isascii() and len(name) <= 80 and len(near) <= 20_000:
        for word in get_close_matches(name.lower(), near, 1, 0.6):
            return f"Did you mean “{word}”?"
    return ""


def as_id(words: str) -> str:
    """The id nearest to some words; empty where nothing can be made of them.

    What is an id stays as it is; `true` and `false` are values to YAML, and no ids.
    """
    if re.fullmatch(ID_PATTERN, words) is None:
        words = re.sub(r"\.ya?ml$", "", words.lower())
        words = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    possible = (
        words[:1].isalpha() and words not in ("true", "false") and len(words) <= MAX_ID
    )
    return words if possible else ""


def listed(known: Collection[str]) -> str:
    """The known names where they are few, else nothing."""
    if not known:
        return "There are none here yet."
    return f"There are: {', '.join(known)}." if len(known) <= 12 else ""


def twice(names: Iterable[str]) -> set[str]:
    """The names that stand more than once."""
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
