"""Tables of many people counted: which options were chosen, how guidelines fared.

People are never ranked, and what fewer than five people did is never told. Each person counts once
a decision, with the first answer; each person's first finished run gives the profile. The result as
words, and as data (the machine contract of `stats --json`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from statistics import quantiles
from typing import Any, Final

from dialogue_game.core.session.ballots import MIN_PEOPLE
from dialogue_game.core.text import counted
from dialogue_game.reporting.tables import ChoiceRow

Decision = tuple[str, str]
"""A story and a scene."""
Answer = tuple[str, str]
"""When somebody chose first in a scene, and what."""


@dataclass(slots=True)
class _Run:
    """A person's first finished run of a story, as far as it has been read.

    `sums` are points earned and at stake by guideline.
    """

    started: str
    playthrough: str
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, row: ChoiceRow) -> None:
        for guideline, earned, at_stake in row.stakes:
            earned_before, at_stake_before = self.sums.get(guideline, (0, 0))
            self.sums[guideline] = (earned_before + earned, at_stake_before + at_stake)


@dataclass(slots=True)
class Counting:
    """Adds up rows, from any number of files, in any order; a row that comes twice counts once."""

    people: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    _seen: dict[str, int] = field(default_factory=dict)
    _answers: dict[Decision, dict[str, Answer]] = field(default_factory=dict)
    _editions: dict[Decision, set[str]] = field(default_factory=dict)
    _runs: dict[tuple[str, str], _Run] = field(default_factory=dict)

    @property
    def playthroughs(self) -> int:
        """How many runs there were, groups' included."""
        return len(self._seen)

    def add(self, row: ChoiceRow) -> None:
        """Count one row."""
        bit = 1 << row.decision
        known = self._seen.get(row.playthrough, 0)
        if known & bit:
            return
        self._seen[row.playthrough] = known | bit
        if row.group:
            self.groups.add(row.playthrough)
            return
        self.people.add(row.player)
        if not row.shared:
            self._answer(row)
        if row.finished:
            self._profile(row)

    def _answer(self, row: ChoiceRow) -> None:
        key = (row.story, row.scene)
        answers = self._answers.setdefault(key, {})
        self._editions.setdefault(key, set()).add(row.edition)
        first = answers.get(row.player)
        if first is None or (row.time, row.choice) < first:
            answers[row.player] = (row.time, row.choice)

    def _profile(self, row: ChoiceRow) -> None:
        key = (row.story, row.player)
        run = self._runs.get(key)
        start = (row.started, row.playthrough)
        if run is None or start < (run.started, run.playthrough):
            run = self._runs[key] = _Run(*start)
        if run.playthrough == row.playthrough:
            run.add(row)

    def result(self) -> Statistics:
        """What may be shown."""
        decisions = {
            key: _decision(key, answers, len(self._editions[key]))
            for key, answers in sorted(self._answers.items())
        }
        hidden = list(self._withheld_people(decisions))
        for key, answers in self._answers.items():
            if _gives_away(answers, hidden):
                decisions[key] = _without_counts(decisions[key])
        spreads = [
            _spread(key, list(shares.values()), shown=not _gives_away(shares, hidden))
            for key, shares in sorted(self._shares().items())
        ]
        return Statistics(
            people=len(self.people),
            playthroughs=self.playthroughs,
            groups=len(self.groups),
            decisions=tuple(decisions.values()),
            guidelines=tuple(spreads),
        )

    def _shares(self) -> dict[tuple[str, str], dict[str, float]]:
        """By story and guideline, what per cent of what was at stake each person earned."""
        shares: dict[tuple[str, str], dict[str, float]] = {}
        for (story, player), run in self._runs.items():
            for guideline, (earned, at_stake) in run.sums.items():
                percent = 100 * earned / at_stake
                shares.setdefault((story, guideline), {})[player] = percent
        return shares

    def _withheld_people(
        self, decisions: Mapping[Decision, DecisionCount]
    ) -> Iterator[Set[str]]:
        """Those who took an option whose count is withheld, option by option."""
        for key, decision in decisions.items():
            answers = self._answers[key].items()
            for option in decision.withheld:
                yield {player for player, (_, choice) in answers if choice == option}


@dataclass(frozen=True, slots=True)
class DecisionCount:
    """How many people chose what first, as far as it may be told.

    `options` are those whose count is shown, `withheld` those whose count is not: chosen by fewer
    than five, or needed so that no such count can be worked out from the others. It is not `shown`
    at all where only people of a withheld option came here: their number would give that away.
    """

    story: str
    scene: str
    people: int
    editions: int
    options: Mapping[str, int]
    withheld: tuple[str, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Spread:
    """A guideline's share of what was at stake, in per cent: lower quartile, median, upper.

    None where fewer than five people had it at stake, or where it is not `shown`, as for a
    decision.
    """

    story: str
    guideline: str
    people: int
    quartiles: tuple[int, int, int] | None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is told of many people's runs."""

    people: int
    playthroughs: int
    groups: int
    decisions: tuple[DecisionCount, ...]
    guidelines: tuple[Spread, ...]


def _decision(
    key: Decision, answers: Mapping[str, Answer], editions: int
) -> DecisionCount:
    story, scene = key
    if len(answers) < MIN_PEOPLE:
        return DecisionCount(story, scene, len(answers), editions, {})
    counts = Counter(choice for _, choice in answers.values())
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    withheld = _withheld(ordered)
    shown = {choice: count for choice, count in ordered if choice not in withheld}
    return DecisionCount(story, scene, len(answers), editions, shown, withheld)


def _withheld(ordered: list[tuple[str, int]]) -> tuple[str, ...]:
    """The options whose counts are not told, from counts in falling order.

    All below five; and where the rest, taken from the total, would give one of those away, the
    next smallest too, until two or more share at least five people.
    """
    withheld: list[str] = []
    hidden = 0
    for choice, count in reversed(ordered):
        safe = not withheld or (len(withheld) > 1 and hidden >= MIN_PEOPLE)
        if count >= MIN_PEOPLE and safe:
            break
        withheld.append(choice)
        hidden += count
    return tuple(sorted(withheld))


def _gives_away(people: Mapping[str, object], hidden: Iterable[Set[str]]) -> bool:
    """Whether all of these people took one withheld option."""
    return any(people.keys() <= taken for taken in hidden)


def _without_counts(decision: DecisionCount) -> DecisionCount:
    withheld = tuple(sorted((*decision.options, *decision.withheld)))
    return replace(decision, options={}, withheld=withheld, shown=False)


def _spread(key: tuple[str, str], shares: list[float], *, shown: bool) -> Spread:
    quartiles = None
    if shown and len(shares) >= MIN_PEOPLE:
        low, middle, high = quantiles(shares, n=4, method="inclusive")
        quartiles = (round(low), round(middle), round(high))
    story, guideline = key
    return Spread(story, guideline, len(shares), quartiles, shown)


NOT_SHOWN: Final = "not shown, as it would give another number away"
Label = Callable[[str, str, str], str]
"""Story, scene (or guideline), choice ("" for the scene itself) → what people call it."""


def by_id(story: str, place: str, choice: str) -> str:
    """The label where nothing better is known."""
    return choice or place


def statistics_text(shown: Statistics, label: Label = by_id) -> str:
    """The whole as lines that read well aloud."""
    groups = ""
    if shown.groups:
        groups = f", {counted(shown.groups, 'run')} of groups left out"
    runs = (
        f", {counted(shown.playthroughs, 'run')}" if shown.people >= MIN_PEOPLE else ""
    )
    lines = [
        f"{_people(shown.people)}{runs}{groups}.",
        "Each person counts once a decision, with the first answer.",
        f"What fewer than {MIN_PEOPLE} people did is not shown, nor what would give it away.",
    ]
    story = ""
    for decision in shown.decisions:
        if decision.story != story:
            story = decision.story
            lines += ["", f"{story}: what was chosen"]
        lines += _decision_lines(decision, label)
    lines += [
        "",
        "Guidelines: share of what was at stake, each person's first finished run",
    ]
    lines += [_spread_line(spread, label) for spread in shown.guidelines]
    return "\n".join(lines) + "\n"


def statistics_data(shown: Statistics) -> dict[str, Any]:
    """The value of `stats --json`. Where too few people are, `people` and figures are null."""
    return {
        "people": _enough(shown.people),
        "playthroughs": shown.playthroughs if shown.people >= MIN_PEOPLE else None,
        "groups": shown.groups,
        "fewest": MIN_PEOPLE,
        "decisions": [_decision_data(decision) for decision in shown.decisions],
        "guidelines": [_spread_data(spread) for spread in shown.guidelines],
    }


def _decision_data(decision: DecisionCount) -> dict[str, Any]:
    enough = decision.shown and decision.people >= MIN_PEOPLE
    return {
        "story": decision.story,
        "scene": decision.scene,
        "people": decision.people if enough else None,
        "editions": decision.editions if enough else None,
        "options": dict(decision.options) or None,
        "withheld": list(decision.withheld),
    }


def _spread_data(spread: Spread) -> dict[str, Any]:
    return {
        "story": spread.story,
        "guideline": spread.guideline,
        "people": _enough(spread.people) if spread.shown else None,
        "quartiles": list(spread.quartiles) if spread.quartiles else None,
    }


def _enough(people: int) -> int | None:
    return people if people >= MIN_PEOPLE else None


def _people(people: int) -> str:
    return (
        f"{people} people"
        if people >= MIN_PEOPLE
        else f"Fewer than {MIN_PEOPLE} people"
    )


def _decision_lines(decision: DecisionCount, label: Label) -> list[str]:
    where = label(decision.story, decision.scene, "")
    shown = decision.shown and decision.editions > 1 and decision.people >= MIN_PEOPLE
    edited = f", in {decision.editions} editions" if shown else ""
    people = _people(decision.people).lower() if decision.shown else NOT_SHOWN
    lines = [f"  {where}: {people}{edited}"]
    for choice, count in decision.options.items():
        name = label(decision.story, decision.scene, choice)
        share = round(100 * count / decision.people)
        lines.append(f"    {count} ({share} %) {name}")
    for choice in decision.withheld:
        name = label(decision.story, decision.scene, choice)
        lines.append(f"    not shown: {name}")
    return lines


def _spread_line(spread: Spread, label: Label) -> str:
    name = f"  {spread.story}, {label(spread.story, spread.guideline, '')}"
    if not spread.shown:
        return f"{name}: {NOT_SHOWN}"
    if spread.quartiles is None:
        return f"{name}: {_people(spread.people).lower()}"
    low, middle, high = spread.quartiles
    return f"{name}: {_people(spread.people)}, half between {low} % and {high} %, median {middle} %"
