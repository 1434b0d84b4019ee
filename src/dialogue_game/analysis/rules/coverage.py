"""Coverage of guidelines over the scenarios of a course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dialogue_game.analysis.figures import guideline_decisions
from dialogue_game.analysis.findings import Finding, Places, finding, place_of
from dialogue_game.core.course import Guideline
from dialogue_game.core.story import Story

DECISIONS_EACH: Final = 5
"""Decisions at which a whole course marks each guideline, at least."""
WHOLE_COURSE: Final = 3
"""Scenarios from which a course counts as a whole one."""


def guideline_coverage(
    guidelines: Mapping[str, Guideline],
    stories: Sequence[Story],
    places: Places,
    *,
    whole: bool = True,
) -> Iterator[Finding]:
    """DG305, DG306, DG307, DG312 over the scenarios; `whole` is false while some are coming.

    `places` are those of guidelines.yaml, where guidelines are the top-level keys.
    """
    scenarios = [story for story in stories if story.scored]
    if not scenarios:
        return
    counts = guideline_decisions(scenarios)
    large = len(scenarios) >= WHOLE_COURSE
    for name in guidelines:
        place = place_of(places, (name,))
        weights = [
            mark.weight
            for story in scenarios
            for _, choice in story.choices()
            for mark in choice.marks
            if mark.guideline == name
        ]
        if not weights:
            if whole:
                message = f"No decision of the scenarios tests “{name}”."
                advice = "Mark a choice against it, or take it away."
                yield finding("DG305", place, message, advice)
            continue
        if min(weights) > 0:
            message = f"“{name}” can only be upheld; no choice strains or breaches it."
            yield finding(
                "DG306", place, message, "Let a tempting option cost something here."
            )
        if max(weights) < 0:
            message = f"“{name}” can only be breached; no choice upholds it."
            yield finding(
                "DG307", place, message, "Show what keeping to it looks like."
            )
        if whole and large and counts[name] < DECISIONS_EACH:
            message = f"“{name}” is tested at {counts[name]} decisions, {DECISIONS_EACH} at least."
            yield finding("DG312", place, message, "Mark it at more decisions.")
