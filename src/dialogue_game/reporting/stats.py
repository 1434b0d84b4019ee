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


@dataclass(slots=True)
class _Run:
    """A person's first finished run of a story, as far as it has been read."""

    started: str
    playthrough: str
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Counting:
    """Adds up rows, from any number of files, in any order; a row that comes twice counts once."""

    people: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    _seen: dict[str, int] = field(default_factory=dict)
    _answers: dict[tuple[str, str], dict[str, tuple[str, str]]] = field(
        default_factory=dict
    )
    _editions: dict[tuple[str, str], set[str]] = field(default_factory=dict)
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
        if run is None or (row.started, row.playthrough) < (
            run.started,
            run.playthrough,
        ):
            run = self._runs[key] = _Run(row.started, row.playthrough)
        if run.playthrough == row.playthrough:
            for name, earned, at_stake in row.stakes:
                before = run.sums.get(name, (0, 0))
                run.sums[name] = (before[0] + earned, before[1] + at_stake)

    def result(self) -> Statistics:
        """What may be told."""
        shares: dict[tuple[str, str], dict[str, float]] = {}
        for (story, player), run in self._runs.items():
            for name, (earned, at_stake) in run.sums.items():
                shares.setdefault((story, name), {})[player] = 100 * earned / at_stake
        decisions = {
            key: _decision(key, answers, len(self._editions[key]))
            for key, answers in sorted(self._answers.items())
        }
        hidden = list(self._withheld_people(decisions))
        return Statistics(
            people=len(self.people),
            playthroughs=self.playthroughs,
            groups=len(self.groups),
            decisions=tuple(
                _without_counts(decision)
                if _gives_away(self._answers[key], hidden)
                else decision
                for key, decision in decisions.items()
            ),
            guidelines=tuple(
                _spread(key, list(found.values()), shown=not _gives_away(found, hidden))
                for key, found in sorted(shares.items())
            ),
        )

    def _withheld_people(
        self, decisions: Mapping[tuple[str, str], DecisionCount]
    ) -> Iterator[Set[str]]:
        """Those who took an option whose count is withheld, option by option."""
        for key, decision in decisions.items():
            for option in decision.withheld:
                yield {
                    p
                    for p, (_, choice) in self._answers[key].items()
                    if choice == option
                }


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
    key: tuple[str, str], answers: Mapping[str, tuple[str, str]], editions: int
) -> DecisionCount:
    if len(answers) < MIN_PEOPLE:
        return DecisionCount(key[0], key[1], len(answers), editions, {})
    counts = Counter(choice for _, choice in answers.values())
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    withheld = _withheld(ordered)
    shown = {choice: count for choice, count in ordered if choice not in withheld}
    return DecisionCount(key[0], key[1], len(answers), editions, shown, withheld)


def _withheld(ordered: list[tuple[str, int]]) -> tuple[str, ...]:
    """The options whose counts are not told, from counts in falling order.

    All below five; and where the rest, taken from the total, would give one of those away, the
    next smallest too, until two or more share at least five people.
    """
    withheld: list[str] = []
    hidden = 0
    for choice, count in reversed(ordered):
        if count >= MIN_PEOPLE and (
            not withheld or (len(withheld) > 1 and hidden >= MIN_PEOPLE)
        ):
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
    enough = shown and len(shares) >= MIN_PEOPLE
    cuts = (
        [round(cut) for cut in quantiles(shares, n=4, method="inclusive")]
        if enough
        else []
    )
    quartiles = (cuts[0], cuts[1], cuts[2]) if cuts else None
    return Spread(key[0], key[1], len(shares), quartiles, shown)


UNTOLD: Final = "not shown, as it would give another number away"
Label = Callable[[str, str, str], str]
"""Story, scene (or guideline), choice ("" for the scene itself) → what people call it."""


def by_id(story: str, place: str, choice: str) -> str:
    """The label where nothing better is known."""
    return choice or place


def statistics_text(shown: Statistics, label: Label = by_id) -> str:
    """The whole as lines that read well aloud."""
    groups = (
        f", {counted(shown.groups, 'run')} of groups left out" if shown.groups else ""
    )
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
        "decisions": [
            {
                "story": item.story,
                "scene": item.scene,
                "people": _enough(item.people) if item.shown else None,
                "editions": item.editions
                if item.shown and item.people >= MIN_PEOPLE
                else None,
                "options": dict(item.options) or None,
                "withheld": list(item.withheld),
            }
            for item in shown.decisions
        ],
        "guidelines": [
            {
                "story": item.story,
                "guideline": item.guideline,
                "people": _enough(item.people) if item.shown else None,
                "quartiles": list(item.quartiles) if item.quartiles else None,
            }
            for item in shown.guidelines
        ],
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
    people = _people(decision.people).lower() if decision.shown else UNTOLD
    lines = [f"  {where}: {people}{edited}"]
    for choice, count in decision.options.items():
        share = round(100 * count / decision.people)
        lines.append(
            f"    {count} ({share} %) {label(decision.story, decision.scene, choice)}"
        )
    lines += [
        f"    not shown: {label(decision.story, decision.scene, choice)}"
        for choice in decision.withheld
    ]
    return lines


def _spread_line(spread: Spread, label: Label) -> str:
    name = f"  {spread.story}, {label(spread.story, spread.guideline, '')}"
    if not spread.shown:
        return f"{name}: {UNTOLD}"
    if spread.quartiles is None:
        return f"{name}: {_people(spread.people).lower()}"
    low, middle, high = spread.quartiles
    return f"{name}: {_people(spread.people)}, half between {low} % and {high} %, median {middle} %"
