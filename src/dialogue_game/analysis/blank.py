"""Blank screens: reachable states in which a scene, a consequence or an ending shows nothing.

A piece of text can only be blank where each of its paragraphs has a condition (and a scene where
each of its exhibits has one, too). Whether all of them fail at once is asked like any condition:
random plays first, then the states, within a budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.analysis.facts import Watched
from dialogue_game.analysis.findings import PathKey
from dialogue_game.analysis.plays import lots, trace
from dialogue_game.analysis.search_tables import Program, program
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.state_search import explore
from dialogue_game.core.expressions import MAX_LENGTH
from dialogue_game.core.story import Paragraph, Story

SAMPLE_STEPS: Final = 4_000
SEED: Final = 1863
BUDGET: Final = 200_000
SHARE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that may show nothing: a scene, an ending or a choice's consequence, and a walk."""

    what: str
    path: PathKey
    watched: Watched
    walk: tuple[str, ...] = ()


def blanks(solution: Solution) -> tuple[Blank, ...]:
    """What is blank in some reachable state, each with a walk that leads there."""
    asked = [item for item in _candidates(solution.story) if _reached(solution, item.watched)]
    if not asked:
        return ()
    found = dict(_met(solution.story, asked))
    left = [item for number, item in enumerate(asked) if number not in found]
    for item in left:
        walk = _searched(solution.story, item)
        if walk is not None:
            found[asked.index(item)] = walk
    return tuple(
        Blank(item.what, item.path, item.watched, found[number])
        for number, item in enumerate(asked)
        if number in found
    )


def _candidates(story: Story) -> Iterator[Blank]:
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        conditions = [exhibit.when for exhibit in scene.exhibits]
        nothing = _none_of(scene.text, conditions)
        if nothing:
            yield Blank(f"The scene “{scene.id}”", (*here, "text"), Watched(scene.id, nothing))
        for choice in scene.choices.values():
            nothing = _none_of(choice.consequence)
            if nothing:
                path = (*here, "choices", choice.id, "consequence")
                what = f"The consequence of {scene.id}.{choice.id}"
                yield Blank(what, path, Watched(scene.id, nothing, choice.id))
    for ending in story.endings.values():
        nothing = _none_of(ending.text)
        if nothing:
            what = f"The ending “{ending.id}”"
            yield Blank(what, ("endings", ending.id, "text"), Watched(ending.id, nothing))


def _none_of(paragraphs: Sequence[Paragraph], others: Sequence[str] = ()) -> str:
    """The condition under which none of these is shown; empty where one always is."""
    conditions = [*(paragraph.when for paragraph in paragraphs), *others]
    if not conditions or not all(conditions):
        return ""
    whole = " and ".join(f"not ({condition})" for condition in dict.fromkeys(conditions))
    return whole if len(whole) <= MAX_LENGTH else ""


def _reached(solution: Solution, watched: Watched) -> bool:
    key = f"{watched.node}.{watched.choice}" if watched.choice else watched.node
    return solution.verdicts.get(key) is Verdict.REACHABLE


def _met(story: Story, asked: Sequence[Blank]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Those that random plays come by, each with the shortest walk among these plays."""
    tables = program(story, [item.watched for item in asked])
    pick, spent = lots(SEED), 0
    best: dict[int, tuple[str, ...]] = {}
    while spent < SAMPLE_STEPS:
        made = trace(tables, lambda menu: pick(len(menu)), SAMPLE_STEPS)
        spent += len(made.places)
        for position, (node, world) in enumerate(made.places):
            walk = tables.walk(made.taken[:position])
            rows = [(tables.node_watch.get(node, ()), walk)]
            if position < len(made.menus):
                rows += [
                    (tables.choice_watch.get(choice, ()), (*walk, *tables.walk((choice,))))
                    for choice in made.menus[position]
                ]
            for row, leading in rows:
                for number, holds, _ in row:
                    if holds(world) and len(leading) < len(best.get(number, (*leading, ""))):
                        best[number] = leading
    yield from best.items()


def _searched(story: Story, item: Blank) -> tuple[str, ...] | None:
    """A walk to a blank state, or None where there is none within the budget."""
    tables: Program = program(story, [item.watched])
    found = explore(tables, SHARE)
    state = found.true_state.get(0)
    if state is None:
        return None
    walk = found.walk(state)
    watched = item.watched
    return (*walk, f"{watched.node}.{watched.choice}") if watched.choice else walk
