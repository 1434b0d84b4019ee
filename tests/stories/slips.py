"""A slip that an author makes, beside a text that looks much the same and is clean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dialogue_game.analysis.findings import Finding


@dataclass(frozen=True)
class Slip:
    """Text put in the place of `old`; the finding stands on the line where `mark` begins.

    The clean twin has `twin` in that place, or `old` itself.
    """

    name: str
    code: str
    old: str
    new: str
    mark: str
    twin: str = ""
    walks: bool = False
    shuffled: bool = False

    def told_in(self, text: str, findings: Iterable[Finding]) -> bool:
        """Whether one of these findings has its code and stands on its line of this text."""
        line = text[: text.index(self.mark)].count("\n") + 1
        return (self.code, line) in {
            (noticed.code, noticed.place.line) for noticed in findings
        }
