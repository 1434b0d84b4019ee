"""What can be proved about a story: verdicts with walks, stuck states, exact sums, paths.

Everything rests on the states that the story can reach (`states`), found by the engine's rules. A
story without conditions has one state a scene and is solved in linear time. Past the bound, a
cheap over-approximation still proves things out of reach, guided plays still find things within
reach, and the rest is undecided and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dialogue_game.analysis.past_bound import PastBound, explore_past_bound
from dialogue_game.analysis.path_sums import (
    UNDECIDED_BOUNDS,
    Bounds,
    Weights,
    bounds,
    overall_weights,
    path_count,
)
from dialogue_game.analysis.quotient import Quotient, quotient, states_that_can_end
from dialogue_game.analysis.state_space import (
    DEFAULT_BOUND,
    Program,
    StateGraph,
    compile_program,
    explore,
)
from dialogue_game.analysis.traps import StuckScene, Trap, find_traps
from dialogue_game.core.story import Story


class Verdict(StrEnum):
    """What is known about reaching a scene, a choice or an ending."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    UNDECIDED = "undecided"


@dataclass(slots=True)
class Solution:
    """The proofs about one story.

    `verdicts` has every scene, ending and `scene.choice`. `complete` tells that every reachable
    state was looked at (`states` of them, by `transitions`); where it is false, `stuck` and
    `traps` may lack some, and sums are undecided. `paths` is None where cycles make them
    endless or the states were not all seen. `never` and `always` hold what is proved about the
    conditions that rule the play: (scene, choice, position in its goto, or -1 for its own `if`).
    """

    story: Story
    verdicts: Mapping[str, Verdict]
    complete: bool
    states: int
    transitions: int
    stuck: tuple[StuckScene, ...]
    traps: tuple[Trap, ...]
    overall: Bounds
    guidelines: Mapping[str, Bounds]
    decisions: Bounds
    full_votes: Bounds
    paths: int | None
    never: frozenset[tuple[str, str, int]]
    always: frozenset[tuple[str, str, int]]
    program: Program
    state_graph: StateGraph
    quotient: Quotient | None
    past_bound: PastBound = field(default_factory=PastBound)

    def witness(self, key: str) -> tuple[str, ...] | None:
        """The shortest known walk to a scene, an ending or (its last step) a `scene.choice`."""
        scene, dot, choice = key.partition(".")
        if dot:
            number = self.program.numbers.get((scene, choice), -1)
            state = self.state_graph.choice_state.get(number)
            where = self.past_bound.choices.get(number)
        else:
            node = self.program.graph.number.get(scene, -1)
            state = self.state_graph.node_state.get(node)
            where = self.past_bound.nodes.get(node)
        last = (key,) if dot else ()
        if state is not None:
            return (*self.state_graph.walk(state), *last)
        return (*self.past_bound.walk(self.program, where), *last) if where else None

    @property
    def ending_quotient(self) -> Quotient | None:
        """The quotient where every play comes to an ending by itself; else None."""
        classes = self.quotient
        if classes is None or classes.start < 0:
            return None
        return classes if classes.acyclic and classes.whole else None

    def of(self, verdict: Verdict) -> tuple[str, ...]:
        """The scenes, choices and endings with this verdict."""
        return tuple(key for key, value in self.verdicts.items() if value is verdict)


def solve(story: Story, bound: int = DEFAULT_BOUND) -> Solution:
    """Everything that can be proved within `bound` transitions."""
    program = compile_program(story)
    states = explore(program, bound)
    can_end = states_that_can_end(states) if states.complete else ()
    past_bound = PastBound() if states.complete else explore_past_bound(states)
    stuck, traps = find_traps(states, can_end, past_bound)
    classes = quotient(states, can_end) if states.complete else None
    never, always = _conditions(states, past_bound)

    def sums(weights: Weights) -> Bounds:
        if classes is None:
            return UNDECIDED_BOUNDS
        return bounds(program, classes, weights)

    return Solution(
        story=story,
        verdicts=_verdicts(states, past_bound),
        complete=states.complete,
        states=len(states.node),
        transitions=states.transitions,
        stuck=stuck,
        traps=traps,
        overall=sums(overall_weights(program)),
        guidelines={name: sums(w) for name, w in guideline_weights(program).items()},
        decisions=sums({n: 1 for n, _ in enumerate(story.choices())}),
        full_votes=sums(full_weights(program)),
        paths=path_count(classes) if classes is not None else None,
        never=never,
        always=always,
        program=program,
        state_graph=states,
        quotient=classes,
        past_bound=past_bound,
    )


def guideline_weights(program: Program) -> Mapping[str, Weights]:
    """What each choice adds for each guideline of the story."""
    weights: dict[str, dict[int, int]] = {name: {} for name in program.story.guidelines}
    for number, (_, choice) in enumerate(program.story.choices()):
        for mark in choice.marks:
            row = weights.setdefault(mark.guideline, {})
            row[number] = row.get(number, 0) + mark.weight
    return weights


def full_weights(program: Program) -> Weights:
    """1 for each choice of a scene with a full vote."""
    return {
        n: 1
        for n, (scene, _) in enumerate(program.story.choices())
        if scene.group == "full"
    }


def _verdicts(states: StateGraph, past_bound: PastBound) -> Mapping[str, Verdict]:
    program = states.program

    def verdict(
        number: int, met: Mapping[int, object], upper: Iterable[int]
    ) -> Verdict:
        if number in met:
            return Verdict.REACHABLE
        return Verdict.UNDECIDED if number in upper else Verdict.UNREACHABLE

    nodes = {**past_bound.nodes, **states.node_state}
    choices = {**past_bound.choices, **states.choice_state}
    verdicts = {
        name: verdict(node, nodes, past_bound.possible.nodes)
        for node, name in enumerate(program.graph.names)
        if name
    }
    for number, _ in enumerate(program.story.choices()):
        verdicts[program.path(number)] = verdict(
            number, choices, past_bound.possible.choices
        )
    return verdicts


def _conditions(
    states: StateGraph, past_bound: PastBound
) -> tuple[frozenset[tuple[str, str, int]], frozenset[tuple[str, str, int]]]:
    """The conditions of choices and gotos that never hold, and those that always do.

    Only where they are asked at all: nothing is said about scenes that cannot be reached.
    """
    never: set[tuple[str, str, int]] = set()
    always: set[tuple[str, str, int]] = set()
    program = states.program
    possible = past_bound.possible.choices | set(states.choice_state)
    branches = past_bound.possible.branches | program.used
    for node in states.node_state:
        for step in program.steps[node]:
            scene, choice = program.names[step.number]
            if step.number not in possible:
                never.add((scene, choice, -1))
                continue
            if step.guard and states.complete and step.number not in states.refused:
                always.add((scene, choice, -1))
            if len(step.branches) > 1 and step.number in states.choice_state:
                taken = [
                    p for p in range(len(step.branches)) if (step.number, p) in branches
                ]
                for position, branch in enumerate(step.branches):
                    if (
                        branch.holds
                        and position not in taken
                        and position < max(taken, default=0)
                    ):
                        never.add((scene, choice, position))
                    elif branch.holds and states.complete and position == max(taken):
                        always.add((scene, choice, position))
    return frozenset(never), frozenset(always)
