"""Conditions that do not rule the play, asked of the states that it reaches.

The conditions of texts and exhibits: which can never hold where they stand, and which always do.
Cases that should not come about: a scene, a consequence or an ending that shows nothing, and
others. Random plays settle most; what is left is asked of the states, within a budget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from dialogue_game.analysis.compiled_choices import FrozenWorld
from dialogue_game.analysis.conditions import Watched
from dialogue_game.analysis.findings import PathKey
from dialogue_game.analysis.product_search import ask
from dialogue_game.analysis.shown_texts import TextCondition, text_conditions
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.state_space import (
    Program,
    Trace,
    Watch,
    compile_program,
    random_traces,
)
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
    conditions = [
        item
        for item in text_conditions(solution.story)
        if _is_read(solution, item.watched)
    ]
    uses = Counter(map(_fragment_use, conditions))
    left = _one_sided(solution.story, conditions)
    answers = ask(solution, [item.watched for item in left], SHARE, BUDGET)
    never: list[TextCondition] = []
    always: list[TextCondition] = []
    for number, item in enumerate(left):
        if number in answers.open:
            continue
        if number not in answers.true:
            never.append(item)
        elif number not in answers.false and not item.due:
            always.append(item)
    return ConstantConditions(_in_every_use(never, uses), _in_every_use(always, uses))


def _in_every_use(
    conditions: list[TextCondition], uses: Counter[tuple[str, str]]
) -> list[TextCondition]:
    """Those that stand in no fragment, or come out alike in every use of theirs."""
    alike = Counter(map(_fragment_use, conditions))
    return [
        item
        for item in conditions
        if not item.shared or alike[_fragment_use(item)] == uses[_fragment_use(item)]
    ]


def _fragment_use(item: TextCondition) -> tuple[str, str]:
    return item.shared, item.watched.condition


def _is_read(solution: Solution, watched: Watched) -> bool:
    """Whether some play comes by the place where a condition is asked."""
    key = f"{watched.node}.{watched.choice}" if watched.choice else watched.node
    return solution.verdicts.get(key) is Verdict.REACHABLE


def _one_sided(story: Story, conditions: list[TextCondition]) -> list[TextCondition]:
    """Those that a handful of random plays did not see both ways."""
    if not conditions:
        return []
    program = compile_program(story, [item.watched for item in conditions])
    seen_false: set[int] = set()
    seen_true: set[int] = set()
    looks = 0
    for played in random_traces(program, SEED, SAMPLE_STEPS):
        for world, _, _, watches in _watches_met(program, played):
            looks += len(watches)
            for number, holds, given in watches:
                if given is None or given(world):
                    (seen_true if holds(world) else seen_false).add(number)
        all_seen = len(seen_true) == len(seen_false) == len(conditions)
        if all_seen or looks >= SAMPLE_LOOKS:
            break
    seen = seen_true & seen_false
    return [item for number, item in enumerate(conditions) if number not in seen]


class _Met(NamedTuple):
    """Conditions that a play comes by after some choices, at an option or (-1) at the place."""

    world: FrozenWorld
    position: int
    choice: int
    watches: Sequence[Watch]


def _watches_met(program: Program, played: Trace) -> Iterator[_Met]:
    for position, (node, world) in enumerate(played.places):
        if node in program.node_watch:
            yield _Met(world, position, -1, program.node_watch[node])
        if position < len(played.menus):
            for choice in played.menus[position]:
                if choice in program.choice_watch:
                    yield _Met(world, position, choice, program.choice_watch[choice])


@dataclass(frozen=True, slots=True)
class Case:
    """What should not come about: whom it is about, where it is told, when, and a walk to it."""

    what: str
    path: PathKey
    watched: Watched
    walk: tuple[str, ...] = ()


def blank_cases(solution: Solution) -> tuple[Case, ...]:
    """The scenes, consequences and endings that show nothing in some reachable state."""
    return reachable_cases(solution, _blank_candidates(solution.story))


def reachable_cases(solution: Solution, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases that come about in some reachable state, each with a walk that leads there."""
    candidates = [item for item in cases if _is_read(solution, item.watched)]
    if not candidates:
        return ()
    walks = _played_cases(solution.story, candidates)
    left = [number for number in range(len(candidates)) if number not in walks]
    watched = [candidates[number].watched for number in left]
    answers = ask(solution, watched, CASE_SHARE, CASE_BUDGET)
    for n, walk in answers.true.items():
        node, choice = watched[n].node, watched[n].choice
        walks[left[n]] = (*walk, f"{node}.{choice}") if choice else walk
    return tuple(
        replace(item, walk=walks[number])
        for number, item in enumerate(candidates)
        if number in walks
    )


def _blank_candidates(story: Story) -> Iterator[Case]:
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
    conditions = [*map(_condition_of, paragraphs), *others]
    if not conditions or not all(conditions):
        return ""
    whole = " and ".join(
        f"not ({condition})" for condition in dict.fromkeys(conditions)
    )
    return whole if len(whole) <= MAX_LENGTH else ""


def _condition_of(paragraph: Paragraph) -> str:
    """The condition under which a paragraph shows something; empty where it always does."""
    branches = []
    for piece in template(paragraph.text).pieces if "{if" in paragraph.text else ():
        if not isinstance(piece, ConditionalText):
            if not isinstance(piece, str) or piece.strip():
                return paragraph.when
            continue
        then, otherwise = (
            _shows_something(side) for side in (piece.then, piece.otherwise)
        )
        if then == otherwise:
            if then:
                return paragraph.when
            continue
        branches.append(f"({piece.condition})" if then else f"not ({piece.condition})")
    if not branches:
        return paragraph.when
    shown = " or ".join(branches)
    return f"({paragraph.when}) and ({shown})" if paragraph.when else shown


def _shows_something(pieces: Sequence[str | Placeholder]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in pieces)


def _played_cases(story: Story, cases: Sequence[Case]) -> dict[int, tuple[str, ...]]:
    """Those that random plays come by, each with the shortest walk among these plays."""
    program = compile_program(story, [item.watched for item in cases])
    shortest: dict[int, tuple[str, ...]] = {}
    for played in random_traces(program, CASE_SEED, CASE_STEPS):
        for world, position, choice, watches in _watches_met(program, played):
            taken = played.taken[:position]
            walk = program.walk([*taken, choice] if choice >= 0 else taken)
            for number, holds, _ in watches:
                known = shortest.get(number)
                if (known is None or len(walk) < len(known)) and holds(world):
                    shortest[number] = walk
    return shortest
