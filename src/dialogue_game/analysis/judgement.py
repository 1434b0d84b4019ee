"""Whether a story asks for judgement: how options stand beside each other, what habits earn.

One right answer and wrong ones, options that nobody has a reason to take, best options that cost
nobody, a habit that always pays, endings that contradict the score, choices that nobody remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from dialogue_game.analysis.ending_scores import (
    ContradictingPaths,
    LastOptions,
    contradicting_paths,
    last_options,
)
from dialogue_game.analysis.fairness import policy_mean
from dialogue_game.analysis.shown_texts import never_remembered
from dialogue_game.analysis.solver import Solution
from dialogue_game.core.story import Choice, Scene, Story

STANCES: Final = ("consult", "retreat", "bold", "wait", "act")
GOOD_FROM: Final = 50
"""A good ending below this percentage contradicts its score."""
POOR_TO: Final = 65
"""A poor ending above this percentage does."""

Menu = tuple[int, ...]


class DecisionOptions(NamedTuple):
    """A scene with two options or more, and what each option's marks add up to."""

    scene: Scene
    options: tuple[Choice, ...]
    worths: tuple[int, ...]

    @property
    def at_stake(self) -> int:
        """The spread between the best option and the worst."""
        return max(self.worths) - min(self.worths)

    @property
    def best(self) -> tuple[Choice, ...]:
        """The options with the highest sum; all of them where nothing is at stake."""
        most = max(self.worths)
        return tuple(
            c for c, w in zip(self.options, self.worths, strict=True) if w == most
        )


@dataclass(frozen=True, slots=True)
class Stance:
    """One way of acting, over the options that their author tagged with it.

    `offered` counts decisions; `earns` is the percentage of what was at stake at these that its
    options earn, at the mean; `best` and `worst` are shares of these decisions; `whole_game` is
    what a play earns that takes it wherever it is offered and plays at random elsewhere.
    """

    offered: int
    earns: float | None
    best: float
    worst: float
    whole_game: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The figures of one scenario; shares are between 0 and 1, percentages between 0 and 100.

    `quizzes`, `dominated`, `free` and `forgotten` name what their shares count; of the
    dominated options, `pointless` are those that not even a cost of the better one speaks for.
    `positions` and `lengths` are the shares of best options by place and by rank of length,
    longest first.
    """

    decisions: int
    quizzes: tuple[str, ...]
    dominated: tuple[str, ...]
    pointless: tuple[str, ...]
    options: int
    free: tuple[str, ...]
    bests: int
    best_longest: float
    positions: tuple[float, ...]
    lengths: tuple[float, ...]
    habits: Mapping[str, float | None]
    stances: Mapping[str, Stance]
    good_below: ContradictingPaths
    poor_above: ContradictingPaths
    last: LastOptions
    forgotten: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `check --format json` prints it."""
        habits: dict[str, Any] = {
            name: _rounded(value) for name, value in self.habits.items()
        }
        habits.update({name: _stance(stance) for name, stance in self.stances.items()})
        return {
            "decisions": self.decisions,
            "one_above_zero": _share(len(self.quizzes), self.decisions),
            "best_without_cost": _share(len(self.free), self.bests),
            "best_longest": round(self.best_longest, 3),
            "dominated": _share(len(self.dominated), self.options),
            "habits": habits,
            "good_below_50": self.good_below.count,
            "poor_above_65": self.poor_above.count,
            "last_options_differ_in_kind": _share(self.last.by_kind, self.last.states),
            "last_options_differ_by_two": _share(self.last.by_two, self.last.states),
            "never_remembered": _share(len(self.forgotten), self.options),
            "best_positions": [round(share, 3) for share in self.positions],
            "best_length_ranks": [round(share, 3) for share in self.lengths],
            "named": {
                "one_above_zero": list(self.quizzes),
                "best_without_cost": list(self.free),
                "dominated": list(self.dominated),
                "never_remembered": list(self.forgotten),
                "good_below_50": list(self.good_below.walk),
                "poor_above_65": list(self.poor_above.walk),
                "last_options_differ_in_kind": list(self.last.kind_walk),
                "last_options_differ_by_two": list(self.last.two_walk),
            },
        }


def judgement(solution: Solution) -> Judgement:
    """The figures of one scenario."""
    story = solution.story
    found = decisions(story)
    staked = [decision for decision in found if decision.at_stake]
    bests = [(d, choice) for d in staked for choice in d.best]
    lengths = _spread(staked, _length_rank)
    outdone = dict(_outdone(found))
    return Judgement(
        decisions=len(found),
        quizzes=tuple(
            d.scene.id for d in found if sum(worth > 0 for worth in d.worths) == 1
        ),
        dominated=tuple(outdone),
        pointless=tuple(path for path, spared in outdone.items() if spared),
        options=sum(len(d.options) for d in found),
        free=tuple(f"{d.scene.id}.{choice.id}" for d, choice in bests if _free(choice)),
        bests=len(bests),
        best_longest=lengths[0] if lengths else 0.0,
        positions=_spread(staked, lambda d, choice: d.options.index(choice)),
        lengths=lengths,
        habits=_habits(solution),
        stances={name: _stances(solution, staked, name) for name in STANCES},
        good_below=contradicting_paths(solution, "good", GOOD_FROM, below=True),
        poor_above=contradicting_paths(solution, "poor", POOR_TO, below=False),
        last=last_options(solution),
        forgotten=never_remembered(story),
    )


def decisions(story: Story) -> tuple[DecisionOptions, ...]:
    """The scenes with two options or more."""
    return tuple(
        DecisionOptions(
            scene,
            tuple(scene.choices.values()),
            tuple(c.worth for c in scene.choices.values()),
        )
        for scene in story.scenes.values()
        if len(scene.choices) > 1
    )


def guideline_worths(choice: Choice) -> Mapping[str, int]:
    """What a choice's marks add up to for each guideline."""
    worths: dict[str, int] = {}
    for mark in choice.marks:
        worths[mark.guideline] = worths.get(mark.guideline, 0) + mark.weight
    return worths


def _outdone(found: Iterable[DecisionOptions]) -> Iterator[tuple[str, bool]]:
    """The options that another one outdoes, and whether one of those costs no more.

    It does where it is nowhere worse and somewhere better, guideline by guideline. It costs no
    more where no text shows whom it costs what.
    """
    for decision in found:
        for choice in decision.options:
            better = [o for o in decision.options if _outdoes(o, choice)]
            if better:
                spared = choice.cost is not None or any(o.cost is None for o in better)
                yield f"{decision.scene.id}.{choice.id}", spared


def _outdoes(other: Choice, choice: Choice) -> bool:
    """Whether an option is better than another, and worse for no guideline."""
    if other.worth <= choice.worth:
        return False
    theirs, own = guideline_worths(other), guideline_worths(choice)
    return all(theirs.get(g, 0) >= own.get(g, 0) for g in (*own, *theirs))


def _free(choice: Choice) -> bool:
    """Whether a best option costs nobody: no negative mark, and no cost that a text shows."""
    costs = choice.cost is not None
    return not costs and all(mark.weight >= 0 for mark in choice.marks)


def _length_rank(decision: DecisionOptions, choice: Choice) -> int:
    return sum(len(other.text) > len(choice.text) for other in decision.options)


def _spread(
    staked: Sequence[DecisionOptions], rank: Callable[[DecisionOptions, Choice], int]
) -> tuple[float, ...]:
    """The share of best options at each rank; equally good ones share their decision."""
    if not staked:
        return ()
    shares = [0.0] * max(len(decision.options) for decision in staked)
    for decision in staked:
        for choice in decision.best:
            shares[rank(decision, choice)] += 1 / len(decision.best) / len(staked)
    return tuple(shares)


def _habits(solution: Solution) -> Mapping[str, float | None]:
    """What a whole play earns that always picks by place or length, in the author's order."""
    sizes = [len(choice.text) for _, choice in solution.story.transitions()]

    def by_length(menu: Menu, wanted: Callable[[Iterable[int]], int]) -> int:
        lengths = [sizes[choice] for choice in menu]
        return lengths.index(wanted(lengths))

    def neither(menu: Menu) -> Sequence[int]:
        left = set(range(1, len(menu))) - {by_length(menu, max)}
        return sorted(left) or range(len(menu))

    policies: Mapping[str, Callable[[Menu], Sequence[int]]] = {
        "first": lambda menu: (0,),
        "second": lambda menu: (min(1, len(menu) - 1),),
        "last": lambda menu: (len(menu) - 1,),
        "longest": lambda menu: (by_length(menu, max),),
        "shortest": lambda menu: (by_length(menu, min),),
        "neither_first_nor_longest": neither,
    }
    return {name: policy_mean(solution, policy) for name, policy in policies.items()}


def _stances(
    solution: Solution, staked: Sequence[DecisionOptions], name: str
) -> Stance:
    """One stance over the decisions at which it is offered and something is at stake."""
    offered = at_stake = best = worst = 0
    earned = 0.0
    for decision in staked:
        worths = [
            worth
            for choice, worth in zip(decision.options, decision.worths, strict=True)
            if choice.stance == name
        ]
        if worths:
            offered += 1
            at_stake += decision.at_stake
            earned += sum(worths) / len(worths) - min(decision.worths)
            best += max(worths) == max(decision.worths)
            worst += min(worths) == min(decision.worths)
    whole = None
    if offered:
        tagged = {
            n
            for n, (_, c) in enumerate(solution.story.transitions())
            if c.stance == name
        }

        def policy(menu: Menu) -> Sequence[int]:
            return [n for n, c in enumerate(menu) if c in tagged] or range(len(menu))

        whole = policy_mean(solution, policy)
    earns = 100 * earned / at_stake if at_stake else None
    share = 1 / offered if offered else 0.0
    return Stance(offered, earns, best * share, worst * share, whole)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _stance(stance: Stance) -> dict[str, Any]:
    return {
        "offered": stance.offered,
        "earns": _rounded(stance.earns),
        "best": round(stance.best, 3),
        "worst": round(stance.worst, 3),
        "whole_game": _rounded(stance.whole_game),
    }
