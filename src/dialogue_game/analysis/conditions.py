"""The conditions of texts and exhibits: which can never hold where they stand, which always do.

They do not rule the play, so the solver leaves them aside. Random plays settle most (seen both
ways); what is left is asked of the states, a few facts at a time, within a budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.analysis.facts import Watched, reads
from dialogue_game.analysis.findings import PathKey
from dialogue_game.analysis.plays import Trace, lots, trace
from dialogue_game.analysis.program import Program, program
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.states import explore
from dialogue_game.core.story import Paragraph, Story

SAMPLE_STEPS: Final = 6_000
"""Decisions of random play spent on seeing conditions both ways."""
SEED: Final = 1948
BUDGET: Final = 400_000
"""Transitions spent on all that random play left open."""
SHARE: Final = 150_000
"""Transitions spent on one set of facts."""


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A condition of a text or exhibit, and the path of its `if` in the file."""

    watched: Watched
    path: PathKey


def text_conditions(story: Story) -> Iterator[TextCondition]:
    """Every condition that decides what is told."""
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        yield from _of_text(scene.text, scene.id, "", (*here, "text"))
        for number, exhibit in enumerate(scene.exhibits):
            if exhibit.when:
                path: PathKey = (*here, "exhibits", number, exhibit.kind, "if")
                yield TextCondition(Watched(scene.id, exhibit.when), path)
        for choice in scene.choices.values():
            told: PathKey = (*here, "choices", choice.id, "consequence")
            yield from _of_text(choice.consequence, scene.id, choice.id, told)
    for ending in story.endings.values():
        yield from _of_text(ending.text, ending.id, "", ("endings", ending.id, "text"))


def _of_text(
    paragraphs: Sequence[Paragraph], node: str, choice: str, path: PathKey
) -> Iterator[TextCondition]:
    for number, paragraph in enumerate(paragraphs):
        if paragraph.when:
            watched = Watched(node, paragraph.when, choice)
            yield TextCondition(watched, (*path, number, "if"))


@dataclass(slots=True)
class Settled:
    """The conditions that never hold and those that always do, where they stand."""

    never: list[TextCondition]
    always: list[TextCondition]


def settle(solution: Solution) -> Settled:
    """What can be proved about the conditions of texts that some play reads."""
    asked = [item for item in text_conditions(solution.story) if _read(solution, item.watched)]
    settled = Settled([], [])
    spent = 0
    for group in _groups(_one_sided(solution.story, asked)):
        share = min(SHARE, BUDGET - spent)
        if share <= 0:
            break
        found = explore(program(solution.story, [item.watched for item in group]), share)
        spent += found.transitions
        if found.complete:
            for number, item in enumerate(group):
                if number not in found.seen_true:
                    settled.never.append(item)
                elif number not in found.seen_false:
                    settled.always.append(item)
    return settled


def _read(solution: Solution, watched: Watched) -> bool:
    key = f"{watched.node}.{watched.choice}" if watched.choice else watched.node
    return solution.verdicts.get(key) is Verdict.REACHABLE


def _one_sided(story: Story, asked: list[TextCondition]) -> list[TextCondition]:
    """Those that a handful of random plays did not see both ways."""
    if not asked:
        return []
    tables = program(story, [item.watched for item in asked])
    seen: tuple[set[int], set[int]] = (set(), set())
    pick = lots(SEED)
    spent = 0
    while spent < SAMPLE_STEPS and min(map(len, seen)) < len(asked):
        made = trace(tables, lambda menu: pick(len(menu)), SAMPLE_STEPS)
        spent += len(made.places)
        _look(tables, made, seen)
    return [item for number, item in enumerate(asked) if not all(number in s for s in seen)]


def _look(tables: Program, made: Trace, seen: tuple[set[int], set[int]]) -> None:
    """Note which conditions a play saw false, and which true."""
    for position, (node, world) in enumerate(made.places):
        rows = [tables.node_watch.get(node, ())]
        if position < len(made.menus):
            rows += [tables.choice_watch.get(choice, ()) for choice in made.menus[position]]
        for row in rows:
            for number, holds in row:
                seen[bool(holds(world))].add(number)


def _groups(items: Iterable[TextCondition]) -> list[list[TextCondition]]:
    """The conditions by the facts they read, so that each search keeps few facts apart."""
    groups: dict[frozenset[str], list[TextCondition]] = {}
    for item in items:
        groups.setdefault(frozenset(reads(item.watched.condition)), []).append(item)
    return list(groups.values())
