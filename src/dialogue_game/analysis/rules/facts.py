"""Facts: what a story's author says holds at a place, asked of every state that reaches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from dialogue_game.analysis.facts import Watched, reads
from dialogue_game.analysis.findings import Finding, Places, finding, place_of
from dialogue_game.analysis.rules.subject import walk_text
from dialogue_game.analysis.search_tables import program
from dialogue_game.analysis.state_search import States, explore
from dialogue_game.analysis.walks import Fact
from dialogue_game.core.story import Story

TOGETHER: Final = 1_000_000
"""Transitions within which one search for all facts of a story has to come to its end."""


def fact_findings(
    story: Story, facts: Sequence[Fact], places: Places, bound: int
) -> Iterator[Finding]:
    """DG506: a state in which a fact does not hold; DG208 where not every state could be asked.

    One search answers all facts, where what they read together does not make the story's states
    too many; else one for each set of what they read.
    """
    asked = [_asked(story, fact, at) for fact in facts for at in fact.at]
    if not asked:
        return
    found = _answered(story, asked, min(bound, TOGETHER))
    searches = [(asked, found)]
    if not found.complete:
        parts = _groups(asked).values()
        searches = [(part, _answered(story, part, bound)) for part in parts]
    for part, states in searches:
        for number, one in enumerate(part):
            yield from _judged(states, number, one.fact, one.at, places)


class _Asked(NamedTuple):
    """A fact at a place, with what a search has to keep for it."""

    fact: Fact
    at: str
    tracks: tuple[str, ...]
    watched: Watched


def _asked(story: Story, fact: Fact, at: str) -> _Asked:
    node, _, choice = at.partition(".")
    tracks = tuple(sorted({*story.tracks, *fact.tracks}))
    return _Asked(
        fact, at, tracks, Watched(node, f"not ({fact.always})", choice, fact.when)
    )


def _answered(story: Story, asked: Sequence[_Asked], bound: int) -> States:
    tracks = tuple(sorted({track for one in asked for track in one.tracks}))
    tracked = replace(story, tracks=tracks)
    return explore(program(tracked, [one.watched for one in asked]), bound)


def _groups(
    asked: Sequence[_Asked],
) -> dict[tuple[tuple[str, ...], frozenset[str]], list[_Asked]]:
    """What reads the same facts, together."""
    groups: dict[tuple[tuple[str, ...], frozenset[str]], list[_Asked]] = {}
    for one in asked:
        read = frozenset(
            name for condition in one.watched.conditions for name in reads(condition)
        )
        groups.setdefault((one.tracks, read), []).append(one)
    return groups


def _judged(
    found: States, number: int, fact: Fact, at: str, places: Places
) -> Iterator[Finding]:
    """What a search says about one fact at one place."""
    state = found.true_state.get(number)
    place = place_of(places, (fact.number, "always"))
    if state is not None:
        yield finding(
            "DG506",
            place,
            f"“{fact.name}” does not hold at {at}, {walk_text(found.walk(state))}.",
            "Change the story so that it does, or the fact.",
        )
    elif not found.complete:
        yield finding(
            "DG208",
            place,
            f"Whether “{fact.name}” always holds at {at} could not be decided.",
            "Raise --bound, or ask for fewer facts in conditions.",
        )
