"""The decisions faced, folded to a profile: verdicts, what was earned of what was at stake.

The score key, version 2. A choice marks guidelines with one of four words: models +2, upholds +1,
strains -1, breaches -2. At a decision, *at stake* is the spread between the best and the worst of
the options that were available (the sum of their marks; an unmarked option counts 0), and *earned*
is how far above the worst the chosen one stood. Nothing else scores. A decision is a *success*
where at least two thirds of what was at stake were earned (version 1: no negative mark).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dialogue_game.core.engine import available, evolve, state_at_decision
from dialogue_game.core.events import ChoiceMade, PlayEvent
from dialogue_game.core.state import State
from dialogue_game.core.story import MARK_WEIGHTS, Choice, Mark, Story

Verdict = Literal["not tested", "passed by", "upheld", "strained", "breached", "mixed"]

PASS_PERCENT: Final = 70
"""What a playthrough needs, without an unrepaired breach, to count as a success."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that a player faced: where, what could be taken, and what was.

    `position` counts from 0 along the playthrough.
    """

    position: int
    scene: str
    chosen: Choice
    offered: tuple[Choice, ...]

    @property
    def success(self) -> bool:
        """At least two thirds of what was at stake were earned; true where nothing was."""
        points = stake(self)
        return 3 * points.earned >= 2 * points.at_stake


@dataclass(frozen=True, slots=True)
class Stake:
    """What was earned of what was at stake, in points of the score key."""

    earned: int = 0
    at_stake: int = 0

    @property
    def percent(self) -> int | None:
        """Rounded to whole per cent; None where nothing was at stake.

        100 is said only of all that was at stake, and 0 only of nothing of it.
        """
        if not self.at_stake:
            return None
        if self.earned in (0, self.at_stake):
            return 100 if self.earned else 0
        return min(max(round(100 * self.earned / self.at_stake), 1), 99)

    @property
    def lost(self) -> int:
        """What was at stake and not earned."""
        return self.at_stake - self.earned

    def __add__(self, other: Stake) -> Stake:
        return Stake(self.earned + other.earned, self.at_stake + other.at_stake)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One choice that touched a guideline, and how."""

    position: int
    scene: str
    choice: str
    choice_text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class GuidelineResult:
    """One line of a profile. `repaired` tells "breached, later upheld" from other mixtures."""

    guideline: str
    verdict: Verdict
    stake: Stake
    evidence: tuple[Evidence, ...]
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What a playthrough shows: overall, and guideline by guideline in the course's order."""

    overall: Stake
    guidelines: tuple[GuidelineResult, ...]

    @property
    def unrepaired_breach(self) -> bool:
        """Whether some guideline ends breached."""
        return any(result.verdict == "breached" for result in self.guidelines)

    def success(self, pass_percent: int = PASS_PERCENT) -> bool:
        """At least that many per cent, and no breach left unrepaired."""
        percent = self.overall.percent
        passed = percent is not None and percent >= pass_percent
        return passed and not self.unrepaired_breach


def decisions(story: Story, events: Iterable[PlayEvent]) -> tuple[Decision, ...]:
    """The decisions faced on the path of these events, in order."""
    faced: list[Decision] = []
    state: State | None = None
    for event in events:
        if isinstance(event, ChoiceMade) and state is not None:
            state = state_at_decision(story, state, event.scene)
            choices = story.scenes[event.scene].choices
            offered = tuple(choices[choice] for choice in available(story, state))
            chosen = choices[event.choice]
            faced.append(Decision(len(faced), event.scene, chosen, offered))
        state = evolve(story, state, event)
    return tuple(faced)


def profile(story: Story, faced: Sequence[Decision]) -> Profile:
    """The profile of a path, over all the story's guidelines."""
    overall = sum((stake(decision) for decision in faced), Stake())
    totals: dict[str, Stake] = {}
    evidence: dict[str, list[Evidence]] = {}
    for decision in faced:
        for guideline, part in _stakes(decision):
            total = totals.get(guideline)
            totals[guideline] = total + part if total else part
        for mark in decision.chosen.marks:
            evidence.setdefault(mark.guideline, []).append(_evidence(decision, mark))
    results = []
    for guideline in story.guidelines:
        total = totals.get(guideline, Stake())
        results.append(_result(guideline, total, evidence.get(guideline, ())))
    return Profile(overall, tuple(results))


def _stakes(decision: Decision) -> Iterator[tuple[str, Stake]]:
    """What a decision put at stake and earned for each guideline that its options mark."""
    offered = [_worths(option) for option in decision.offered]
    chosen = _worths(decision.chosen)
    marked = dict.fromkeys(name for worths in offered for name in worths)
    for guideline in marked:
        possible = [worths.get(guideline, 0) for worths in offered]
        least = min(possible)
        earned = chosen.get(guideline, 0) - least
        yield guideline, Stake(earned, max(possible) - least)


def _worths(choice: Choice) -> dict[str, int]:
    worths: dict[str, int] = {}
    for mark in choice.marks:
        before = worths.get(mark.guideline, 0)
        worths[mark.guideline] = before + MARK_WEIGHTS[mark.word]
    return worths


def _evidence(decision: Decision, mark: Mark) -> Evidence:
    chosen = decision.chosen
    return Evidence(decision.position, decision.scene, chosen.id, chosen.text, mark)


def stake(decision: Decision, guideline: str = "") -> Stake:
    """What one decision put at stake and earned, overall or for one guideline."""
    worths = [_worth(choice, guideline) for choice in decision.offered]
    chosen = _worth(decision.chosen, guideline)
    return Stake(chosen - min(worths), max(worths) - min(worths))


def _worth(choice: Choice, guideline: str) -> int:
    if not guideline:
        return choice.worth
    return sum(mark.weight for mark in choice.marks if mark.guideline == guideline)


def _result(
    guideline: str, total: Stake, evidence: Sequence[Evidence]
) -> GuidelineResult:
    verdict, repaired = _verdict(total, [item.mark.weight for item in evidence])
    return GuidelineResult(guideline, verdict, total, tuple(evidence), repaired)


def _verdict(total: Stake, weights: Sequence[int]) -> tuple[Verdict, bool]:
    """The verdict in words over marks in the order they were met, and whether it was repaired."""
    if not total.at_stake:
        return "not tested", False
    if not weights:
        return "passed by", False
    positive = any(weight > 0 for weight in weights)
    if not any(weight < 0 for weight in weights):
        return "upheld", False
    breaches = [place for place, weight in enumerate(weights) if weight <= -2]
    if not breaches:
        return ("mixed" if positive else "strained"), False
    if any(weight > 0 for weight in weights[breaches[-1] + 1 :]):
        return "mixed", True
    return "breached", False
