"""Fair scoring: what random plays and lazy habits earn, where they end, whether the best is good.

Chances are exact where the states are few and without cycles, else sampled with a fixed seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogue_game.analysis.quotient import Quotient
from dialogue_game.analysis.solver import Solution
from dialogue_game.analysis.state_space import Program, trace
from dialogue_game.analysis.walks import random_source

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
    worth = program.worths
    large = len(story.scenes) > LARGE
    steps = EXACT_STEPS // 10 if large else EXACT_STEPS
    tally, plays = _exact(solution.quotient, worth, steps), 0
    exact = tally is not None
    if tally is None:
        tally, plays = _sampled(
            program, worth, SAMPLE_STEPS // 4 if large else SAMPLE_STEPS
        )
        tally.endings = _endings(solution.quotient) or tally.endings
    names = program.graph.names
    ends = range(program.graph.scenes, program.graph.scenes + len(story.endings))
    total = sum(tally.endings.values()) or 1
    kinds = dict.fromkeys(ending.kind for ending in story.endings.values())
    return Fairness(
        mean=tally.mean(ends),
        endings={names[node]: tally.endings[node] / total for node in ends},
        by_kind={
            kind: tally.mean([n for n in ends if story.endings[names[n]].kind == kind])
            for kind in kinds
        },
        habits=_habits(program, worth),
        best_faults=_best_faults(solution, worth),
        exact=exact,
        plays=plays,
    )


def policy_mean(solution: Solution, rule: Policy) -> float | None:
    """The percentage that plays earn which pick among what a rule leaves of each menu, by lot.

    Exact where that is little work, else from plays with a fixed seed. None where nothing is at
    stake, or no play ends.
    """
    story, program = solution.story, solution.program
    worth = program.worths
    large = len(story.scenes) > LARGE
    ends = range(program.graph.scenes, len(program.graph.names))
    steps = EXACT_STEPS // 10 if large else EXACT_STEPS
    tally = _exact(solution.quotient, worth, steps, rule)
    if tally is None:
        steps = SAMPLE_STEPS // 8 if large else SAMPLE_STEPS // 2
        tally, _ = _sampled(program, worth, steps, rule)
    return tally.mean(ends)


def _exact(
    classes: Quotient | None, worth: Sequence[int], most: int, rule: Policy = _all
) -> _Tally | None:
    """Chances carried forward through all classes of states, or None where that is too much."""
    if classes is None or not classes.acyclic or not classes.whole or classes.start < 0:
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
        taken = rule(menu)
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


def _endings(classes: Quotient | None) -> dict[int, float] | None:
    """The exact chance of each ending by node, linear in the states, where nothing circles."""
    if classes is None or not classes.acyclic or not classes.whole or classes.start < 0:
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


def _sampled(
    program: Program, worth: Sequence[int], most: int, rule: Policy = _all
) -> tuple[_Tally, int]:
    """Chances from random plays with a fixed seed, and how many plays there were."""
    tally, pick = _Tally(), random_source(SEED)
    plays = spent = 0

    def choose(menu: Menu) -> int:
        left = rule(menu)
        return left[pick(len(left))]

    while plays < SAMPLE_PLAYS and spent < most:
        made = trace(program, choose, LONGEST_PLAY)
        spent += len(made.taken) + 1
        plays += 1
        if made.ended:
            tally.add(made.places[-1][0], *_stake(made.menus, made.taken, worth), 1.0)
    return tally, plays


def _stake(
    menus: Sequence[Menu], taken: Sequence[int], worth: Sequence[int]
) -> tuple[int, int]:
    """Earned and at stake over one play."""
    earned = at_stake = 0
    for menu, choice in zip(menus, taken, strict=True):
        worths = [worth[option] for option in menu]
        earned += worth[choice] - min(worths)
        at_stake += max(worths) - min(worths)
    return earned, at_stake


def _habits(program: Program, worth: Sequence[int]) -> Mapping[str, float | None]:
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
    earned: dict[str, float | None] = {}
    for name, choose in habits.items():
        made = trace(program, choose, most)
        won, at_stake = _stake(made.menus, made.taken, worth)
        earned[name] = 100 * won / at_stake if made.ended and at_stake else None
    return earned


def _best_faults(solution: Solution, worth: Sequence[int]) -> tuple[BestPath, ...]:
    """A path best at every decision that breaches a guideline, and one that ends poorly."""
    states, program = solution.state_graph, solution.program
    breaches = [
        any(m.weight <= -2 for m in choice.marks)
        for _, choice in program.story.transitions()
    ]
    endings = program.story.endings
    parents: dict[int, tuple[int, int]] = {0: (-1, -1)}
    waiting = [0]
    faults: dict[str, BestPath] = {}
    for state in waiting:
        offer = states.menu[state]
        if offer < 0:
            ending = endings.get(program.graph.names[states.node[state]])
            if ending is not None and ending.kind == "poor":
                walk = _walk(program, parents, state)
                fault = f"ends poorly, in “{ending.id}”"
                faults.setdefault("poor", BestPath(walk, fault, ending.id))
            continue
        menu = states.menus[offer]
        best = max((worth[choice] for choice in menu), default=0)
        for choice, to in zip(menu, states.successors[state], strict=True):
            if worth[choice] < best:
                continue
            if breaches[choice] and "breach" not in faults:
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
