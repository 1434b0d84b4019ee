"""Fair scoring: what random plays and lazy habits earn, where they end, whether the best is good.

Chances are exact where the states are few and without cycles, else sampled with a fixed seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from dialogue_game.analysis.solver import Solution
from dialogue_game.analysis.state_space import Program, Trace, trace
from dialogue_game.analysis.walks import random_source
from dialogue_game.core.story import Story

EXACT_STEPS: Final = 600_000
"""How many steps exact chances may cost before they are sampled instead."""
LARGE: Final = 200
"""Scenes beyond which a tenth of that has to do, and a quarter of the sample."""
SAMPLE_PLAYS: Final = 2_000
SAMPLE_STEPS: Final = 40_000
SEED: Final = 1865
LONGEST_PLAY: Final = 2_000

Stakes = dict[int, float]
"""Points earned (times EARNED) and at stake, added up to one number, each with its chance."""
EARNED: Final = 1 << 30
Menu = tuple[int, ...]
Policy = Callable[[Menu], Sequence[int]]
"""The positions of a menu that a way of playing leaves to chance."""


def _all(menu: Menu) -> Sequence[int]:
    return range(len(menu))


@dataclass(frozen=True, slots=True)
class BestPath:
    """A path that is best at every decision, what is wrong with it, and its poor ending."""

    walk: tuple[str, ...]
    fault: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Fairness:
    """The figures of fair scoring; percentages are of earned of at stake, overall.

    `mean` is that of uniformly random plays, None where nothing is ever at stake. `endings` are
    shares of random plays, summing to 1 where all end. `habits` tells what always taking the
    first, second, last or longest available option earns (None: nothing at stake, or no end).
    `plays` were sampled; 0 where the means are `exact`. Endings are exact wherever nothing circles.
    """

    mean: float | None
    endings: Mapping[str, float]
    by_kind: Mapping[str, float | None]
    habits: Mapping[str, float | None]
    best_faults: tuple[BestPath, ...]
    exact: bool
    plays: int = 0


@dataclass(slots=True)
class _Tally:
    """Chances of endings, and of percentages by ending."""

    endings: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    earned: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    staked: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, node: int, earned: int, at_stake: int, chance: float) -> None:
        self.endings[node] += chance
        if at_stake:
            self.earned[node] += chance * 100 * earned / at_stake
            self.staked[node] += chance

    def mean(self, nodes: Sequence[int]) -> float | None:
        weight = sum(self.staked[node] for node in nodes)
        return sum(self.earned[node] for node in nodes) / weight if weight else None


def fairness(solution: Solution) -> Fairness:
    """The figures of one story."""
    program, story = solution.program, solution.story
    effort = _Effort.of(story)
    tally, plays = _exact(solution, effort.exact_steps), 0
    exact = tally is not None
    if tally is None:
        tally, plays = _sampled(program, effort.sampled_steps)
        tally.endings = _ending_chances(solution) or tally.endings
    names = program.graph.names
    ends = range(program.graph.scenes, program.graph.scenes + len(story.endings))
    total = sum(tally.endings.values()) or 1
    of_kind: dict[str, list[int]] = {}
    for node in ends:
        of_kind.setdefault(story.endings[names[node]].kind, []).append(node)
    return Fairness(
        mean=tally.mean(ends),
        endings={names[node]: tally.endings[node] / total for node in ends},
        by_kind={kind: tally.mean(nodes) for kind, nodes in of_kind.items()},
        habits=_habits(program),
        best_faults=_best_faults(solution),
        exact=exact,
        plays=plays,
    )


def policy_mean(solution: Solution, policy: Policy) -> float | None:
    """The percentage that plays earn which pick at random among what a policy leaves.

    Exact where that is little work, else from plays with a fixed seed. None where nothing is at
    stake, or no play ends.
    """
    program = solution.program
    effort = _Effort.of(solution.story)
    tally = _exact(solution, effort.exact_steps, policy)
    if tally is None:
        tally, _ = _sampled(program, effort.sampled_steps // 2, policy)
    return tally.mean(range(program.graph.scenes, len(program.graph.names)))


class _Effort(NamedTuple):
    """How many steps exact chances may cost, and how many are sampled where they cost more."""

    exact_steps: int
    sampled_steps: int

    @classmethod
    def of(cls, story: Story) -> _Effort:
        """Less for stories of many scenes, whose check must stay quick."""
        if len(story.scenes) > LARGE:
            return cls(EXACT_STEPS // 10, SAMPLE_STEPS // 4)
        return cls(EXACT_STEPS, SAMPLE_STEPS)


def _exact(solution: Solution, most: int, policy: Policy = _all) -> _Tally | None:
    """Chances carried forward through all classes of states, or None where that is too much."""
    classes, worth = solution.ending_quotient, solution.program.worths
    if classes is None:
        return None
    at: dict[int, Stakes] = {classes.start: {0: 1.0}}
    tally = _Tally()
    spent = 0
    for here in range(classes.start, -1, -1):
        stakes = at.pop(here, None)
        if stakes is None:
            continue
        leads = classes.successors[here]
        if not leads:
            for points, chance in stakes.items():
                tally.add(classes.node[here], *divmod(points, EARNED), chance)
            continue
        menu = classes.menus[classes.menu[here]]
        taken = policy(menu)
        spent += len(stakes) * len(taken)
        if spent > most:
            return None
        worths = [worth[choice] for choice in menu]
        low, spread = min(worths), max(worths) - min(worths)
        for position in taken:
            onward = at.setdefault(leads[position], {})
            gain = EARNED * (worths[position] - low) + spread
            for points, chance in stakes.items():
                after = points + gain
                onward[after] = onward.get(after, 0.0) + chance / len(taken)
    return tally


def _ending_chances(solution: Solution) -> dict[int, float] | None:
    """The exact chance of each ending by node, linear in the states; None where plays circle."""
    classes = solution.ending_quotient
    if classes is None:
        return None
    chances = [0.0] * len(classes.node)
    chances[classes.start] = 1.0
    endings: dict[int, float] = defaultdict(float)
    for here in range(classes.start, -1, -1):
        leads = classes.successors[here]
        for to in leads:
            chances[to] += chances[here] / len(leads)
        if not leads:
            endings[classes.node[here]] += chances[here]
    return endings


def _sampled(program: Program, most: int, policy: Policy = _all) -> tuple[_Tally, int]:
    """Chances from random plays with a fixed seed, and how many plays there were."""
    tally, pick = _Tally(), random_source(SEED)
    plays = spent = 0

    def choose(menu: Menu) -> int:
        left = policy(menu)
        return left[pick(len(left))]

    while plays < SAMPLE_PLAYS and spent < most:
        played = trace(program, choose, LONGEST_PLAY)
        spent += len(played.taken) + 1
        plays += 1
        if played.ended:
            earned, at_stake = _stake(program, played)
            tally.add(played.places[-1][0], earned, at_stake, 1.0)
    return tally, plays


def _stake(program: Program, played: Trace) -> tuple[int, int]:
    """Earned and at stake over one play."""
    earned = at_stake = 0
    for menu, choice in zip(played.menus, played.taken, strict=True):
        worths = [program.worths[option] for option in menu]
        earned += program.worths[choice] - min(worths)
        at_stake += max(worths) - min(worths)
    return earned, at_stake


def _habits(program: Program) -> Mapping[str, float | None]:
    lengths = [len(choice.text) for _, choice in program.story.transitions()]

    def longest(menu: Menu) -> int:
        sizes = [lengths[choice] for choice in menu]
        return sizes.index(max(sizes))

    habits: Mapping[str, Callable[[Menu], int]] = {
        "first": lambda menu: 0,
        "second": lambda menu: min(1, len(menu) - 1),
        "last": lambda menu: len(menu) - 1,
        "longest": longest,
    }
    most = max(LONGEST_PLAY, program.graph.scenes + 1)
    percentages: dict[str, float | None] = {}
    for name, choose in habits.items():
        played = trace(program, choose, most)
        earned, at_stake = _stake(program, played)
        scored = played.ended and at_stake
        percentages[name] = 100 * earned / at_stake if scored else None
    return percentages


def _best_faults(solution: Solution) -> tuple[BestPath, ...]:
    """A path best at every decision that breaches a guideline, and one that ends poorly."""
    states, program = solution.state_graph, solution.program
    worth, endings = program.worths, program.story.endings
    breaching = {
        number
        for number, (_, choice) in enumerate(program.story.transitions())
        if any(mark.weight <= -2 for mark in choice.marks)
    }
    parents: dict[int, tuple[int, int]] = {0: (-1, -1)}
    waiting = [0]
    faults: dict[str, BestPath] = {}
    for state in waiting:
        if states.menu[state] < 0:
            ending = endings.get(program.graph.names[states.node[state]])
            if ending is not None and ending.kind == "poor":
                walk = _walk(program, parents, state)
                fault = f"ends poorly, in “{ending.id}”"
                faults.setdefault("poor", BestPath(walk, fault, ending.id))
            continue
        menu = states.menus[states.menu[state]]
        best = max((worth[choice] for choice in menu), default=0)
        for choice, to in zip(menu, states.successors[state], strict=True):
            if worth[choice] < best:
                continue
            if choice in breaching and "breach" not in faults:
                path = program.path(choice)
                walk = (*_walk(program, parents, state), path)
                faults["breach"] = BestPath(walk, f"breaches a guideline, at {path}")
            if to not in parents:
                parents[to] = (state, choice)
                waiting.append(to)
    return tuple(faults.values())


def _walk(
    program: Program, parents: Mapping[int, tuple[int, int]], state: int
) -> tuple[str, ...]:
    walk = []
    while parents[state][0] >= 0:
        state, choice = parents[state]
        walk.append(choice)
    return program.walk(reversed(walk))
