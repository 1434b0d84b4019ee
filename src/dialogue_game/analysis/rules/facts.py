"""Facts: what a story's author says holds at a place, asked of every state that reaches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogue_game.analysis.facts import Watched, reads
from dialogue_game.analysis.findings import Finding, Places, finding, place_of
from dialogue_game.analysis.rules.subject import told_walk
from dialogue_game.analysis.search_tables import program
from dialogue_game.analysis.state_search import States, explore
from dialogue_game.analysis.walks import Fact
from dialogue_game.core.story import Story


def fact_findings(
    story: Story, facts: Sequence[Fact], places: Places, bound: int
) -> Iterator[Finding]:
    """DG506: a state in which a fact does not hold; DG208 where not every state could be asked."""
    for (tracks, _), asked in _groups(story, facts).items():
        told = replace(story, tracks=tracks)
        found = explore(program(told, [watched for _, _, watched in asked]), bound)
        for number, (fact, at, _) in enumerate(asked):
            yield from _judged(found, number, fact, at, places)


_Asked = tuple[Fact, str, Watched]


def _groups(
    story: Story, facts: Sequence[Fact]
) -> dict[tuple[tuple[str, ...], frozenset[str]], list[_Asked]]:
    """Facts at their places, together where they read the same: one search answers them all."""
    groups: dict[tuple[tuple[str, ...], frozenset[str]], list[_Asked]] = {}
    for fact in facts:
        tracks = tuple(sorted({*story.tracks, *fact.tracks}))
        read = frozenset((*reads(fact.always), *reads(fact.when)))
        for at in fact.at:
            node, _, choice = at.partition(".")
            watched = Watched(node, f"not ({fact.always})", choice, fact.when)
            groups.setdefault((tracks, read), []).append((fact, at, watched))
    return groups


def _judged(found: States, number: int, fact: Fact, at: str, places: Places) -> Iterator[Finding]:
    """What a search says about one fact at one place."""
    state = found.true_state.get(number)
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
