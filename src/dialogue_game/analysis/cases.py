"""Cases that should not come about, asked of the reachable states: blank screens, and others.

A piece of text can only be blank where each of its paragraphs has a condition (and a scene where
each of its exhibits has one, too). Whether a case comes about is asked like any condition: random
plays first, then the states, within a budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from dialogue_game.core.template import Inline, Shown, template

SAMPLE_STEPS: Final = 4_000
SEED: Final = 1863
BUDGET: Final = 200_000
SHARE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Case:
    """What should not come about: whom it is about, where it is told, when, and a walk to it."""

    what: str
    path: PathKey
    watched: Watched
    walk: tuple[str, ...] = ()


def blanks(solution: Solution) -> tuple[Case, ...]:
    """The scenes, consequences and endings that show nothing in some reachable state."""
    return met(solution, _candidates(solution.story))


def met(solution: Solution, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases that come about in some reachable state, each with a walk that leads there."""
    asked = [item for item in cases if _reached(solution, item.watched)]
    if not asked:
        return ()
    found = dict(_played(solution.story, asked))
    spent = 0
    for number, item in enumerate(asked):
        if number not in found and spent < BUDGET:
            walk, cost = _searched(solution.story, item)
            spent += cost
            if walk is not None:
                found[number] = walk
    return tuple(
        Case(item.what, item.path, item.watched, found[number])
        for number, item in enumerate(asked)
        if number in found
    )


def _candidates(story: Story) -> Iterator[Case]:
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        conditions = [exhibit.when for exhibit in scene.exhibits]
        nothing = _none_of(scene.text, conditions)
        if nothing:
            yield Case(
                f"The scene “{scene.id}”", (*here, "text"), Watched(scene.id, nothing)
            )
        for choice in scene.choices.values():
            nothing = _none_of(choice.consequence)
            if nothing:
                path = (*here, "choices", choice.id, "consequence")
                what = f"The consequence of {scene.id}.{choice.id}"
                yield Case(what, path, Watched(scene.id, nothing, choice.id))
    for ending in story.endings.values():
        nothing = _none_of(ending.text)
        if nothing:
            what = f"The ending “{ending.id}”"
            yield Case(
                what, ("endings", ending.id, "text"), Watched(ending.id, nothing)
            )


def _none_of(paragraphs: Sequence[Paragraph], others: Sequence[str] = ()) -> str:
    """The condition under which none of these is shown; empty where one always is."""
    conditions = [*map(_shown_when, paragraphs), *others]
    if not conditions or not all(conditions):
        return ""
    whole = " and ".join(
        f"not ({condition})" for condition in dict.fromkeys(conditions)
    )
    return whole if len(whole) <= MAX_LENGTH else ""


def _shown_when(paragraph: Paragraph) -> str:
    """The condition under which a paragraph shows something; empty where it always does."""
    branches = []
    for piece in template(paragraph.text).pieces if "{if" in paragraph.text else ():
        if not isinstance(piece, Inline):
            if not isinstance(piece, str) or piece.strip():
                return paragraph.when
            continue
        then, otherwise = (_says(side) for side in (piece.then, piece.otherwise))
        if then == otherwise:
            if then:
                return paragraph.when
            continue
        branches.append(f"({piece.condition})" if then else f"not ({piece.condition})")
    if not branches:
        return paragraph.when
    shown = " or ".join(branches)
    return f"({paragraph.when}) and ({shown})" if paragraph.when else shown


def _says(pieces: Sequence[str | Shown]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in pieces)


def _reached(solution: Solution, watched: Watched) -> bool:
    key = f"{watched.node}.{watched.choice}" if watched.choice else watched.node
    return solution.verdicts.get(key) is Verdict.REACHABLE


def _played(
    story: Story, asked: Sequence[Case]
) -> Iterator[tuple[int, tuple[str, ...]]]:
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
                    (
                        tables.choice_watch.get(choice, ()),
                        (*walk, *tables.walk((choice,))),
                    )
                    for choice in made.menus[position]
                ]
            for row, leading in rows:
                for number, holds, _ in row:
                    if holds(world) and len(leading) < len(
                        best.get(number, (*leading, ""))
                    ):
                        best[number] = leading
    yield from best.items()


def _searched(story: Story, item: Case) -> tuple[tuple[str, ...] | None, int]:
    """A walk to the case, or None where there is none within the budget; what it cost."""
    tables: Program = program(story, [item.watched])
    found = explore(tables, SHARE)
    state = found.true_state.get(0)
    if state is None:
        return None, found.transitions
    walk = found.walk(state)
    watched = item.watched
    last = (f"{watched.node}.{watched.choice}",) if watched.choice else ()
    return (*walk, *last), found.transitions
