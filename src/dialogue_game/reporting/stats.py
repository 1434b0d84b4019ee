"""Tables of many people counted: which options were chosen, how guidelines fared.

People are never ranked, and what fewer than five people did is never told. Each person counts once
a decision, with the first answer; each person's first finished run gives the profile.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import chain
from statistics import quantiles
from sys import intern
from typing import Final, NamedTuple

from dialogue_game.core.session.ballots import FEWEST
from dialogue_game.core.text import safe
from dialogue_game.reporting.tables import separator, unguarded

_STAKES: Final = re.compile(r"([a-z][a-z0-9_]*):([0-9]{1,9})/([0-9]{1,9})\Z")
_ID: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_LONGEST: Final = 10_000  # decisions in a run that somebody could have made


class Counted(NamedTuple):
    """What counting needs of a row; `stakes` are (guideline, earned, at stake)."""

    player: str
    story: str
    edition: str
    playthrough: str
    started: str
    group: bool
    decision: int
    scene: str
    choice: str
    stakes: tuple[tuple[str, int, int], ...]
    shared: bool
    time: str
    finished: bool


def read_csv(lines: Iterable[str]) -> Iterator[Counted]:
    """The rows of a CSV table. Raises ValueError where it is none of ours, or damaged."""
    source = iter(lines)
    first = next(source, "").removeprefix("\ufeff")  # what spreadsheets put in front
    reader = csv.reader(
        chain((first,), source), delimiter=separator(first), strict=True
    )
    try:
        names = next(reader, [])
        places = _places(names)
        for cells in reader:
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num} has another number of cells")
            yield _counted(
                {name: unguarded(cells[place]) for name, place in places.items()}
            )
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None


def read_json_lines(lines: Iterable[str]) -> Iterator[Counted]:
    """The rows of a table in JSON lines. Raises ValueError likewise."""
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            _places(list(fields))
            yield _counted({name: str(fields[name]) for name in _USED})
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"line {number}: {safe(str(error))[:100]}") from None


_USED: Final = (
    "player",
    "course",
    "story",
    "edition",
    "playthrough",
    "started",
    "group",
    "decision",
    "scene",
    "choice",
    "guidelines",
    "shared",
    "time",
    "ending",
)


def _places(names: list[str]) -> Mapping[str, int]:
    """Where each column stands that counting needs. Raises ValueError for another table."""
    if not set(_USED) <= set(names):
        raise ValueError("it is no table of choices")
    return {name: names.index(name) for name in _USED}


def _counted(row: Mapping[str, str]) -> Counted:
    for name in ("story", "scene", "choice"):
        if not _ID.match(row[name]):
            raise ValueError(f"“{safe(row[name])[:20]}” is no {name}")
    for name in ("group", "shared"):
        if row[name] not in ("yes", "no"):
            raise ValueError(f"{name} is neither yes nor no")
    decision = int(row["decision"])
    if not row["player"] or not row["playthrough"] or not 1 <= decision <= _LONGEST:
        raise ValueError("it has a row without a player, a run or a decision")
    return Counted(
        player=intern(row["player"]),
        story=intern(f"{row['course']}/{row['story']}"),
        edition=intern(row["edition"]),
        playthrough=intern(row["playthrough"]),
        started=intern(row["started"]),
        group=row["group"] == "yes",
        decision=decision,
        scene=intern(row["scene"]),
        choice=intern(row["choice"]),
        stakes=_stakes(row["guidelines"]),
        shared=row["shared"] == "yes",
        time=row["time"],
        finished=bool(row["ending"]) and row["ending"] != "None",
    )


def _stakes(text: str) -> tuple[tuple[str, int, int], ...]:
    found = []
    for part in text.split():
        match = _STAKES.match(part)
        if match is None or not int(match[2]) <= int(match[3]) > 0:
            raise ValueError(f"“{safe(part)[:20]}” is no guideline's share")
        found.append((intern(match[1]), int(match[2]), int(match[3])))
    return tuple(found)


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

    def add(self, row: Counted) -> None:
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

    def _answer(self, row: Counted) -> None:
        key = (row.story, row.scene)
        answers = self._answers.setdefault(key, {})
        self._editions.setdefault(key, set()).add(row.edition)
        first = answers.get(row.player)
        if first is None or (row.time, row.choice) < first:
            answers[row.player] = (row.time, row.choice)

    def _profile(self, row: Counted) -> None:
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
    if len(answers) < FEWEST:
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
        if count >= FEWEST and (
            not withheld or (len(withheld) > 1 and hidden >= FEWEST)
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
    enough = shown and len(shares) >= FEWEST
    cuts = (
        [round(cut) for cut in quantiles(shares, n=4, method="inclusive")]
        if enough
        else []
    )
    quartiles = (cuts[0], cuts[1], cuts[2]) if cuts else None
    return Spread(key[0], key[1], len(shares), quartiles, shown)
