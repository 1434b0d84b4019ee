"""The findings about one file while it is built: unknown names, expressions, texts, files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from dialogue_game.analysis.findings import (
    CATALOGUE,
    Finding,
    PathKey,
    Place,
    Severity,
    finding,
)
from dialogue_game.content.mistakes import did_you_mean
from dialogue_game.content.places import SourcePlaces, clipped

MAX_NOTES: Final = 200
"""In building one file. A mistake at its top may make a thousand others; nobody reads them."""

MAX_EXPANDED: Final = 5_000_000
"""Letters that fragments, shared exhibits and costs put in beyond what is written: two novels."""
_EACH: Final = 50
"""What one thing that is put in costs, in letters, however short it is."""

_SUGGESTED: Final = 25
"""How many names get a suggestion; finding the nearest of ten thousand takes its time."""


class Notes:
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


def listed(known: Collection[str]) -> str:
    """The known names where they are few, else nothing."""
    if not known:
        return "There are none here yet."
    return f"There are: {', '.join(known)}." if len(known) <= 12 else ""


def twice(names: Iterable[str]) -> set[str]:
    """The names that stand more than once."""
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


class Pictures:
    """The picture files of a course: what may be named, and whether it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, tuple[str, str, str] | None] = {}

    def trouble(self, name: str) -> tuple[str, str, str] | None:
        """Code, message and advice where a name is no picture of the course, else None."""
        if name not in self._known:
            self._known[name] = self._trouble(name)
        return self._known[name]

    def _trouble(self, name: str) -> tuple[str, str, str] | None:
        outside = (
            "DG110",
            f"“{clipped(name)}” leads out of the course's own folder.",
            "Name a file in the course's folder under assets, without .. or a drive.",
        )
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            return outside
        try:
            inside = self.folder.resolve()
            found = (inside / path).resolve()
            if not found.is_relative_to(inside):
                return outside
            if found.is_file():
                return None
        except (OSError, ValueError, RuntimeError):
            return outside
        return ("DG109", f"There is no file “{clipped(name)}”.", self._advice(name))

    def _advice(self, name: str) -> str:
        try:
            names = sorted(
                path.name for path in self.folder.iterdir() if path.is_file()
            )
        except OSError:
            names = []
        return did_you_mean(name, names) or f"Put it into {self.folder.as_posix()}/."
