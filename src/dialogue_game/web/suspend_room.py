"""What a platform's few characters hold: which stories may have runs that are too long for them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from dialogue_game.core.story import Story

SUSPEND_ROOM: Final = 4096
"""Characters that SCORM 1.2 keeps for a learner."""
LETTERS: Final = 36
"""A decision is one character, where a scene has no more choices than there are of these."""
HEAD: Final = 60
"""Characters of a story's mark and a run's seed and times, and what stands between them."""


def too_long(stories: Iterable[Story]) -> tuple[str, ...]:
    """Sentences on the stories whose longest path does not fit, or that can go round and round."""
    found = []
    for story in stories:
        most = most_decisions(story)
        widest = max((len(scene.choices) for scene in story.scenes.values()), default=0)
        letters = 1 if widest <= LETTERS else 2 + math.ceil(math.log(widest, LETTERS))
        needed = HEAD + len(story.id) + letters * (most or 0)
        if most is None:
            why = "it can go round and round"
        elif needed > SUSPEND_ROOM:
            why = f"the longest takes {most:,} decisions, {needed:,} characters"
        else:
            continue
        found.append(
            f"A run of “{story.title}” may not fit into what a platform keeps "
            f"({SUSPEND_ROOM:,} characters): {why}. Such a run goes on unsaved there."
        )
    return tuple(found)


def most_decisions(story: Story) -> int | None:
    """Decisions on the longest path; None where a path has no bound, or none could be proved.

    Conditions count only where scenes lead back to each other: there every state is looked at.
    """
    from dialogue_game.analysis.graph import cycles, decisions_range

    if not any(
        story.scenes[name].choices for circle in cycles(story) for name in circle
    ):
        return decisions_range(story)[1]
    return _through_states(story)


def _through_states(story: Story) -> int | None:
    from dialogue_game.analysis.graph import components, cyclic
    from dialogue_game.analysis.state_space import explore, program

    tables = program(story)
    found = explore(tables)
    if not found.complete:
        return None
    most = [0] * len(found.place)
    for component in components(found.to):
        if cyclic(component, found.to):
            return None
        state = component[0]
        name = tables.graph.names[found.place[state]]
        decides = name in story.scenes and bool(story.scenes[name].choices)
        most[state] = decides + max((most[lead] for lead in found.to[state]), default=0)
    return most[0]
