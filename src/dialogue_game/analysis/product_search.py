"""Conditions asked of every reachable state, by following their facts along the classes of states.

What a condition reads beside the facts that rule the play has no influence on it. So it is enough
to search the product of the classes (see `quotient`) and those few facts: a class offers the same
choices whatever they are. A story of 130,000 states has some 4,000 classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dialogue_game.analysis.compiled_choices import (
    ChoiceStep,
    CompiledExpression,
    FrozenWorld,
    StepBuilder,
)
from dialogue_game.analysis.conditions import (
    Watched,
    World,
    facts_read,
    liveness,
    relevant_facts,
)
from dialogue_game.analysis.graph import reachable, reversed_targets
from dialogue_game.analysis.quotient import Menu, Quotient, quotient
from dialogue_game.analysis.solver import Solution
from dialogue_game.analysis.state_space import (
    Watch,
    compile_program,
    explore,
    watched_by_place,
)
from dialogue_game.analysis.value_bounds import value_ranges
from dialogue_game.core.story import Branch, Choice, Scene, Story

NO_LIMIT: Final = 1 << 60


@dataclass(slots=True)
class Answers:
    """What became of watched conditions, by their numbers.

    `true` has a shortest walk to a state in which each held, `false` those that some state saw
    fail. `open` are those of which not every state could be asked.
    """

    true: dict[int, tuple[str, ...]] = field(default_factory=dict)
    false: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)
    spent: int = 0


def ask(
    solution: Solution,
    watched: Sequence[Watched],
    share: int,
    budget: int = NO_LIMIT,
    tracks: Iterable[str] = (),
) -> Answers:
    """Decide conditions in the reachable states, those together that read the same facts.

    `share` are the transitions that one search may cost, `budget` those of all. `tracks` is what
    they read of the profile so far, beside what the story does.
    """
    answers = Answers()
    if not watched:
        return answers
    tracked = {*solution.story.tracks, *tracks}
    story = replace(solution.story, tracks=tuple(sorted(tracked)))
    if not solution.complete:
        return _explored(story, watched, min(share, budget))
    product = _Product(solution, story)
    for numbers in _groups(watched):
        part = [watched[n] for n in numbers]
        most = min(share, budget - answers.spent)
        if most > 0:
            _note(answers, numbers, product.search(part, most))
        else:
            answers.open |= {*numbers}
    return answers


def _groups(watched: Sequence[Watched]) -> Iterable[Sequence[int]]:
    """The conditions by the facts they read, so that each search keeps few facts apart."""
    groups: dict[frozenset[str], list[int]] = {}
    for number, item in enumerate(watched):
        read = [fact for condition in item.conditions for fact in facts_read(condition)]
        groups.setdefault(frozenset(read), []).append(number)
    return groups.values()


def _note(answers: Answers, numbers: Sequence[int], found: Answers) -> None:
    """Add what one search has found, under the numbers that were asked."""
    answers.true.update((numbers[n], walk) for n, walk in found.true.items())
    answers.false.update(numbers[n] for n in found.false)
    answers.open.update(numbers[n] for n in found.open)
    answers.spent += found.spent


def _explored(story: Story, watched: Sequence[Watched], bound: int) -> Answers:
    """The same from a search of their own, where the states were not all seen."""
    states = explore(compile_program(story, watched), bound)
    return Answers(
        {number: states.walk(state) for number, state in states.true_state.items()},
        states.seen_false,
        set() if states.complete else set(range(len(watched))),
        states.transitions,
    )


class _Product:
    """The classes of a story's states, and searches through them with facts beside."""

    def __init__(self, solution: Solution, story: Story) -> None:
        classes = solution.quotient
        if classes is None or not classes.whole:
            states = solution.state_graph
            classes = quotient(states, [True] * len(states.node))
        self.classes: Quotient = classes
        self.program = solution.program
        self.sources = reversed_targets(classes.successors)
        self.story = _without_conditions(story)
        self.transitions = list(self.story.transitions())

    def search(self, watched: Sequence[Watched], bound: int) -> Answers:
        """Ask the conditions in every class, with every value that their facts have there."""
        classes, search = self.classes, _WatchedFacts(self, watched)
        ahead = self.ahead(watched)
        place = [classes.start]
        worlds = [search.first]
        index: list[dict[FrozenWorld, int]] = [{} for _ in classes.node]
        index[classes.start][search.first] = 0
        parent, via = [-1], [-1]
        met: dict[int, int] = {}
        answers = Answers()
        head = 0
        while head < len(place) and answers.spent < bound:
            here, world = place[head], worlds[head]
            menu = classes.menus[classes.menu[here]]
            for number, holds in search.answers_at(classes.node[here], menu, world):
                if holds:
                    met.setdefault(number, head)
                else:
                    answers.false.add(number)
            for choice, to in zip(menu, classes.successors[here], strict=True):
                if not ahead[to]:
                    continue
                step = search.step(choice, classes.node[to], menu)
                after = world if step.plain >= 0 else step.take(world)[1]
                if after not in index[to]:
                    index[to][after] = len(place)
                    place.append(to)
                    worlds.append(after)
                    parent.append(head)
                    via.append(choice)
            answers.spent += len(menu)
            head += 1
        if head < len(place):
            answers.open = set(range(len(watched)))
        answers.true = {n: self.walk(parent, via, state) for n, state in met.items()}
        return answers

    def ahead(self, watched: Sequence[Watched]) -> list[bool]:
        """The classes from which a place can be reached where something is asked."""
        number = self.program.graph.number
        nodes = {number[item.node] for item in watched}
        roots = [c for c, node in enumerate(self.classes.node) if node in nodes]
        return reachable(self.sources, roots)

    def walk(
        self, parent: Sequence[int], via: Sequence[int], state: int
    ) -> tuple[str, ...]:
        """The walk by which a pair of a class and its facts was first met."""
        steps = []
        while parent[state] >= 0:
            steps.append(via[state])
            state = parent[state]
        return self.program.walk(reversed(steps))


class _ClassSteps(StepBuilder):
    """Builds steps of classes, whose options are known without asking any condition."""

    offered: Sequence[int] = (0,)
    """What each of the options adds up to."""

    def earning(self, slot: int, node: int, choice: Choice) -> CompiledExpression:
        """What a decision adds to the points earned and at stake, by the options there are."""
        low, high = min(self.offered), max(self.offered)
        mine, spread = choice.worth - low, high - low

        def earned(world: World) -> tuple[int, int]:
            points, at_stake = world[slot]
            return points + mine, at_stake + spread

        return CompiledExpression(earned, (slot,))


class _WatchedFacts:
    """The facts that watched conditions read, and what each move does to them."""

    def __init__(self, product: _Product, watched: Sequence[Watched]) -> None:
        story = product.story
        self.transitions = product.transitions
        facts = relevant_facts(story, watched)
        known = liveness(story, facts, watched)
        slots = {fact: position for position, fact in enumerate(facts)}
        self.graph = known.graph
        limits = value_ranges(story, self.graph, facts, watched)
        self.builder = _ClassSteps(story, known, slots, limits)
        self.first = self.builder.first()
        self.worths = product.program.worths
        self.steps: dict[tuple[int, int, Menu], ChoiceStep] = {}
        program = product.program
        self.by_node, self.by_choice = watched_by_place(
            program.graph.number, program.numbers, watched, slots
        )

    def step(self, choice: int, target: int, menu: Menu) -> ChoiceStep:
        """What taking a choice of a menu does to the facts, where it leads to this place."""
        found = self.steps.get((choice, target, menu))
        if found is None:
            scene, taken = self.transitions[choice]
            only = replace(taken, goto=(Branch(self.graph.names[target]),))
            self.builder.offered = [self.worths[option] for option in menu]
            found = self.builder.step(self.graph.number[scene.id], choice, only)
            self.steps[choice, target, menu] = found
        return found

    def answers_at(
        self, node: int, menu: Sequence[int], world: FrozenWorld
    ) -> Iterable[tuple[int, bool]]:
        """The conditions asked at a place and at the choices offered there: whether they hold."""
        rows: list[Sequence[Watch]] = [self.by_node.get(node, ())]
        if self.by_choice:
            rows += [self.by_choice.get(choice, ()) for choice in menu]
        return [
            (number, bool(holds(world)))
            for row in rows
            for number, holds, given in row
            if given is None or given(world)
        ]


def _without_conditions(story: Story) -> Story:
    """The story without the conditions that rule it: the classes know what they decide."""

    def goto(branches: Sequence[Branch]) -> tuple[Branch, ...]:
        return tuple(Branch(branch.to) for branch in branches)

    def scene(ruled: Scene) -> Scene:
        choices = {
            name: replace(choice, when="", goto=goto(choice.goto))
            for name, choice in ruled.choices.items()
        }
        return replace(ruled, choices=choices, goto=goto(ruled.goto))

    scenes: Mapping[str, Scene] = {
        name: scene(ruled) for name, ruled in story.scenes.items()
    }
    return replace(story, scenes=scenes)
