"""The conditions of texts and exhibits: which can never hold where they stand, which always do.

They do not rule the play, so the solver leaves them aside. Random plays settle most (seen both
ways); what is left is asked of the states, a few facts at a time, within a budget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dialogue_game.analysis.facts import Watched, reads
from dialogue_game.analysis.findings import PathKey
from dialogue_game.analysis.plays import Trace, lots, trace
from dialogue_game.analysis.search_tables import Program, program
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.state_search import explore
from dialogue_game.analysis.texts import exhibit_texts
from dialogue_game.core.story import Exhibit, Paragraph, Story
from dialogue_game.core.template import conditions_in

SAMPLE_STEPS: Final = 6_000
"""Decisions of random play spent on seeing conditions both ways."""
SAMPLE_LOOKS: Final = 1_000_000
"""Conditions looked at on the way; a page of very many costs more than a decision."""
SEED: Final = 1948
BUDGET: Final = 400_000
"""Transitions spent on all that random play left open."""
SHARE: Final = 150_000
"""Transitions spent on one set of facts."""


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A condition of a text or exhibit, and the path of its `if` in the file.

    `due` tells the condition of a cost, which the build has put in front of a text. `shared` names
    the fragment or shared exhibit that it stands in; one use may make up for another.
    """

    watched: Watched
    path: PathKey
    due: bool = False
    shared: str = ""


def text_conditions(story: Story) -> Iterator[TextCondition]:
    """Every condition that decides what is told."""
    due = _costs(story)
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        yield from _of_text(scene.text, scene.id, "", (*here, "text"), due)
        for number, exhibit in enumerate(scene.exhibits):
            yield from _of_exhibit(
                exhibit, scene.id, (*here, "exhibits", number, exhibit.kind)
            )
        for choice in scene.choices.values():
            path: PathKey = (*here, "choices", choice.id)
            yield from _inside(choice.text, scene.id, "", (*path, "text"))
            yield from _inside(choice.locked, scene.id, "", (*path, "locked"))
            consequence_path = (*path, "consequence")
            yield from _of_text(
                choice.consequence, scene.id, choice.id, consequence_path
            )
            yield from _inside(
                choice.coaching, scene.id, choice.id, (*path, "coaching")
            )
            if choice.cost is not None and not choice.cost.due:
                cost = (*path, "cost", "text")
                yield from _inside(choice.cost.text, scene.id, choice.id, cost)
    for ending in story.endings.values():
        yield from _of_text(
            ending.text, ending.id, "", ("endings", ending.id, "text"), due
        )


def _costs(story: Story) -> frozenset[tuple[str, str]]:
    """The costs that fall due later: the condition that each is shown under, and its text."""
    return frozenset(
        (f"chose({scene.id}.{choice.id})", choice.cost.text)
        for scene, choice in story.choices()
        if choice.cost is not None and choice.cost.due
    )


def _of_text(
    paragraphs: Sequence[Paragraph],
    node: str,
    choice: str,
    path: PathKey,
    due: frozenset[tuple[str, str]] = frozenset(),
) -> Iterator[TextCondition]:
    for number, paragraph in enumerate(paragraphs):
        if paragraph.when:
            watched = Watched(node, paragraph.when, choice)
            is_due = (paragraph.when, paragraph.text) in due
            yield TextCondition(
                watched, (*path, number, "if"), is_due, paragraph.fragment
            )
        for item in _inside(
            paragraph.text, node, choice, (*path, number), paragraph.when
        ):
            yield replace(item, shared=paragraph.fragment)


def _of_exhibit(exhibit: Exhibit, node: str, path: PathKey) -> Iterator[TextCondition]:
    if exhibit.when:
        yield TextCondition(
            Watched(node, exhibit.when), (*path, "if"), shared=exhibit.shared
        )
    for text in exhibit_texts(exhibit):
        for item in _inside(text, node, "", path, exhibit.when):
            yield replace(item, shared=exhibit.shared)


def _inside(
    text: str, node: str, choice: str, path: PathKey, given: str = ""
) -> Iterator[TextCondition]:
    """The conditions inside a text, asked where the text itself is shown."""
    for piece in conditions_in(text):
        yield TextCondition(Watched(node, piece.condition, choice, given), path)


@dataclass(slots=True)
class ConstantConditions:
    """The conditions that never hold and those that always do, where they stand."""

    never: list[TextCondition]
    always: list[TextCondition]


def settle(solution: Solution) -> ConstantConditions:
    """What can be proved about the conditions of texts that some play reads."""
    asked = [
        item
        for item in text_conditions(solution.story)
        if _read(solution, item.watched)
    ]
    settled = ConstantConditions([], [])
    elsewhere = _elsewhere(asked)
    spent = 0
    for group in _groups(_one_sided(solution.story, asked)):
        share = min(SHARE, BUDGET - spent)
        if share <= 0:
            break
        found = explore(
            program(solution.story, [item.watched for item in group]), share
        )
        spent += found.transitions
        if found.complete:
            for number, item in enumerate(group):
                if number not in found.seen_true:
                    settled.never.append(item)
                elif number not in found.seen_false and not item.due:
                    settled.always.append(item)
    return ConstantConditions(elsewhere(settled.never), elsewhere(settled.always))


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
    key = f"{watched.node}.{watched.choice}" if watched.choice else watched.node
    return solution.verdicts.get(key) is Verdict.REACHABLE


def _one_sided(story: Story, asked: list[TextCondition]) -> list[TextCondition]:
    """Those that a handful of random plays did not see both ways."""
    if not asked:
        return []
    tables = program(story, [item.watched for item in asked])
    seen: tuple[set[int], set[int]] = (set(), set())
    pick = lots(SEED)
    spent = looks = 0
    while (
        spent < SAMPLE_STEPS
        and looks < SAMPLE_LOOKS
        and min(map(len, seen)) < len(asked)
    ):
        made = trace(tables, lambda menu: pick(len(menu)), SAMPLE_STEPS)
        spent += len(made.places)
        looks += _look(tables, made, seen)
    return [
        item for number, item in enumerate(asked) if not all(number in s for s in seen)
    ]


def _look(tables: Program, made: Trace, seen: tuple[set[int], set[int]]) -> int:
    """Note which conditions a play saw false, and which true; how many it asked."""
    looks = 0
    for position, (node, world) in enumerate(made.places):
        rows = [tables.node_watch.get(node, ())]
        if position < len(made.menus):
            rows += [
                tables.choice_watch.get(choice, ()) for choice in made.menus[position]
            ]
        for row in rows:
            looks += len(row)
            for number, holds, given in row:
                if given is None or given(world):
                    seen[bool(holds(world))].add(number)
    return looks


def _groups(items: Iterable[TextCondition]) -> list[list[TextCondition]]:
    """The conditions by the facts they read, so that each search keeps few facts apart."""
    groups: dict[frozenset[str], list[TextCondition]] = {}
    for item in items:
        facts = frozenset(
            fact for asked in item.watched.conditions for fact in reads(asked)
        )
        groups.setdefault(facts, []).append(item)
    return list(groups.values())
