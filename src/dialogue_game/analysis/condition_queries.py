"""Conditions that do not rule the play, asked of the states that it reaches.

The conditions of texts and exhibits: which can never hold where they stand, and which always do.
Cases that should not come about: a scene, a consequence or an ending that shows nothing, and
others. Random plays settle most; what is left is asked of the states, within a budget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.analysis.conditions import Watched
from dialogue_game.analysis.findings import PathKey
from dialogue_game.analysis.product_search import ask
from dialogue_game.analysis.shown_texts import TextCondition, text_conditions
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.state_space import Program, Trace, compile_program, trace
from dialogue_game.analysis.walks import random_source
from dialogue_game.core.expressions import MAX_LENGTH
from dialogue_game.core.story import Paragraph, Story
from dialogue_game.core.template import ConditionalText, Placeholder, template

SAMPLE_STEPS: Final = 6_000
"""Decisions of random play spent on seeing conditions both ways."""
SAMPLE_LOOKS: Final = 1_000_000
"""Conditions looked at on the way; a page of very many costs more than a decision."""
SEED: Final = 1948
BUDGET: Final = 400_000
"""Transitions spent on all that random play left open."""
SHARE: Final = 150_000
"""Transitions spent on those that read the same facts."""

CASE_STEPS: Final = 4_000
CASE_SEED: Final = 1863
CASE_BUDGET: Final = 200_000
CASE_SHARE: Final = 100_000
"""The same for cases."""


@dataclass(slots=True)
class ConstantConditions:
    """The conditions that never hold and those that always do, where they stand."""

    never: list[TextCondition]
    always: list[TextCondition]


def constant_conditions(solution: Solution) -> ConstantConditions:
    """What can be proved about the conditions of texts that some play reads."""
    asked = [
        item
        for item in text_conditions(solution.story)
        if _read(solution, item.watched)
    ]
    elsewhere = _elsewhere(asked)
    left = _one_sided(solution.story, asked)
    answers = ask(solution, [item.watched for item in left], SHARE, BUDGET)
    known = [(n, item) for n, item in enumerate(left) if n not in answers.open]
    return ConstantConditions(
        elsewhere([item for n, item in known if n not in answers.true]),
        elsewhere(
            [
                item
                for n, item in known
                if n in answers.true and n not in answers.false and not item.due
            ]
        ),
    )


def _elsewhere(
    asked: Sequence[TextCondition],
) -> Callable[[list[TextCondition]], list[TextCondition]]:
    """What leaves those of which every other use of their fragment comes out the same."""
    uses = Counter(map(_use, asked))

    def alike(settled: list[TextCondition]) -> list[TextCondition]:
        same = Counter(map(_use, settled))
        return [
            item
            for item in settled
            if not item.shared or same[_use(item)] == uses[_use(item)]
        ]

    return alike


def _use(item: TextCondition) -> tuple[str, str]:
    return item.shared, item.watched.condition


def _read(solution: Solution, watched: Watched) -> bool:
    """Whether some play comes by the place where a condition is asked."""
    key = f"{watched.node}.{watched.choice}" if watched.choice else watched.node
    return solution.verdicts.get(key) is Verdict.REACHABLE


def _one_sided(story: Story, asked: list[TextCondition]) -> list[TextCondition]:
    """Those that a handful of random plays did not see both ways."""
    if not asked:
        return []
    program = compile_program(story, [item.watched for item in asked])
    seen: tuple[set[int], set[int]] = (set(), set())
    pick = random_source(SEED)
    spent = looks = 0
    while (
        spent < SAMPLE_STEPS
        and looks < SAMPLE_LOOKS
        and min(map(len, seen)) < len(asked)
    ):
        made = trace(program, lambda menu: pick(len(menu)), SAMPLE_STEPS)
        spent += len(made.places)
        looks += _look(program, made, seen)
    return [
        item for number, item in enumerate(asked) if not all(number in s for s in seen)
    ]


def _look(program: Program, made: Trace, seen: tuple[set[int], set[int]]) -> int:
    """Note which conditions a play saw false, and which true; how many it asked."""
    looks = 0
    for position, (node, world) in enumerate(made.places):
        rows = [program.node_watch.get(node, ())]
        if position < len(made.menus):
            rows += [
                program.choice_watch.get(choice, ()) for choice in made.menus[position]
            ]
        for row in rows:
            looks += len(row)
            for number, holds, given in row:
                if given is None or given(world):
                    seen[bool(holds(world))].add(number)
    return looks


@dataclass(frozen=True, slots=True)
class Case:
    """What should not come about: whom it is about, where it is told, when, and a walk to it."""

    what: str
    path: PathKey
    watched: Watched
    walk: tuple[str, ...] = ()


def blank_cases(solution: Solution) -> tuple[Case, ...]:
    """The scenes, consequences and endings that show nothing in some reachable state."""
    return met(solution, _candidates(solution.story))


def met(solution: Solution, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases that come about in some reachable state, each with a walk that leads there."""
    asked = [item for item in cases if _read(solution, item.watched)]
    if not asked:
        return ()
    found = dict(_played(solution.story, asked))
    left = [number for number in range(len(asked)) if number not in found]
    watched = [asked[number].watched for number in left]
    for n, walk in ask(solution, watched, CASE_SHARE, CASE_BUDGET).true.items():
        choice = watched[n].choice
        found[left[n]] = (*walk, *([f"{watched[n].node}.{choice}"] if choice else ()))
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
        if not isinstance(piece, ConditionalText):
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


def _says(pieces: Sequence[str | Placeholder]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in pieces)


def _played(
    story: Story, asked: Sequence[Case]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Those that random plays come by, each with the shortest walk among these plays."""
    program = compile_program(story, [item.watched for item in asked])
    pick, spent = random_source(CASE_SEED), 0
    best: dict[int, tuple[str, ...]] = {}
    while spent < CASE_STEPS:
        made = trace(program, lambda menu: pick(len(menu)), CASE_STEPS)
        spent += len(made.places)
        for position, (node, world) in enumerate(made.places):
            walk = program.walk(made.taken[:position])
            rows = [(program.node_watch.get(node, ()), walk)]
            if position < len(made.menus):
                rows += [
                    (
                        program.choice_watch.get(choice, ()),
                        (*walk, *program.walk((choice,))),
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
