"""Facts: what a story's author says holds at a place, asked of every state that reaches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogue_game.analysis.facts import Watched
from dialogue_game.analysis.findings import Finding, Places, finding, place_of
from dialogue_game.analysis.rules.subject import told_walk
from dialogue_game.analysis.search_tables import program
from dialogue_game.analysis.state_search import explore
from dialogue_game.analysis.walks import Fact
from dialogue_game.core.story import Story


def fact_findings(
    story: Story, facts: Sequence[Fact], places: Places, bound: int
) -> Iterator[Finding]:
    """DG506: a state in which a fact does not hold; DG208 where not every state could be asked."""
    for fact in facts:
        for at in fact.at:
            yield from _asked(story, fact, at, places, bound)


def _asked(story: Story, fact: Fact, at: str, places: Places, bound: int) -> Iterator[Finding]:
    node, _, choice = at.partition(".")
    watched = Watched(node, f"not ({fact.always})", choice, fact.when)
    tracks = tuple(sorted({*story.tracks, *fact.tracks}))
    found = explore(program(replace(story, tracks=tracks), [watched]), bound)
    state = found.true_state.get(0)
    place = place_of(places, (fact.number, "always"))
    if state is not None:
        yield finding(
            "DG506",
            place,
            f"“{fact.name}” does not hold at {at}, {told_walk(found.walk(state))}.",
            "Change the story so that it does, or the fact.",
        )
    elif not found.complete:
        yield finding(
            "DG208",
            place,
            f"Whether “{fact.name}” always holds at {at} could not be decided.",
            "Raise --bound, or ask for fewer facts in conditions.",
        )
