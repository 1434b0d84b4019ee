"""Traps that need no states: scenes from which no ending is ahead, whatever the conditions."""

from __future__ import annotations

from collections.abc import Iterator

from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.graph import components, reachable, reversed_targets
from dialogue_game.analysis.rules.subject import Subject, told_walk

NAMED = 6


def walled_scenes(subject: Subject) -> Iterator[Finding]:
    """DG124 for what the states did not show: past the bound there may be too many to look at."""
    drawn = subject.solution.program.graph
    targets = drawn.targets
    ends = [node for node, leads in enumerate(targets) if not leads]
    out = reachable(reversed_targets(targets), ends)
    told = {scene for trap in subject.solution.traps for scene in trap.scenes}
    for part in components(targets):
        inside = set(part)
        if out[part[0]] or any(to not in inside for node in part for to in targets[node]):
            continue
        scenes = [name for name in drawn.ids(sorted(part)) if not subject.unreachable(name)]
        if not scenes or told & set(scenes):
            continue
        ring = " → ".join((*scenes[:NAMED], scenes[0] if len(scenes) <= NAMED else "…"))
        walk = subject.solution.witness(scenes[0])
        after = f", {told_walk(walk)}" if walk is not None else ""
        yield finding(
            "DG124",
            subject.at("scenes", scenes[0]),
            f"There is no way out of {ring}{after}.",
            "Add a choice that leads out of it.",
        )


RULES = (walled_scenes,)
