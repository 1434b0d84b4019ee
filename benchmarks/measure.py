"""Measuring side by side: two things in turns, medians, and the median of their ratios.

Machines are noisy and change speed by the minute. Two things measured right after one another
share the minute, so their ratio is worth more than either figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeVar


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: a bound on our figure, on its ratio, or on its difference."""

    of: Literal["figure", "ratio", "difference"]
    bound: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value >= self.bound if self.at_least else value <= self.bound

    def words(self, unit: str, yardstick: str) -> str:
        """The target as it stands in a table."""
        sign = "≥" if self.at_least else "≤"
        if self.of == "ratio":
            return f"{sign} {self.bound:g} × {yardstick}"
        if self.of == "difference":
            return f"{sign} {self.bound:g} {unit} above {yardstick}"
        return f"{sign} {self.bound:g} {unit}"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. Ratio and difference are medians over pairs, not of medians."""

    name: str
    unit: str
    ours: float
    target: Target | None = None
    yardstick: str = ""
    theirs: float = math.nan
    ratio: float = math.nan
    difference: float = math.nan
    note: str = ""

    @property
    def judged(self) -> float:
        """The value that the target is about."""
        if self.target is None or self.target.of == "figure":
            return self.ours
        return self.ratio if self.target.of == "ratio" else self.difference

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.target is None else self.target.met(self.judged)


T = TypeVar("T")


def in_turns(
    ours: Callable[[], T], theirs: Callable[[], T], rounds: int
) -> list[tuple[T, T]]:
    """Measure both, so many times, each going first every other time: pairs (ours, theirs)."""
    pairs = []
    for turn in range(rounds):
        if turn % 2:
            their = theirs()
            pairs.append((ours(), their))
        else:
            our = ours()
            pairs.append((our, theirs()))
    return pairs


def compared(
    name: str,
    unit: str,
    pairs: Sequence[tuple[float, float]],
    target: Target | None,
    yardstick: str,
    note: str = "",
) -> Result:
    """A result from pairs (ours, theirs)."""
    return Result(
        name,
        unit,
        median(our for our, _ in pairs),
        target,
        yardstick,
        median(their for _, their in pairs),
        median(our / their if their else math.nan for our, their in pairs),
        median(our - their for our, their in pairs),
        note,
    )


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many per cent do not exceed."""
    ordered = sorted(values)
    return ordered[min(math.ceil(len(ordered) * percent / 100), len(ordered)) - 1]


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| What | Measured | Yardstick | Ratio | Target | Met? |",
        "|---|--:|--:|--:|---|---|",
    ]
    for result in results:
        theirs = (
            "" if math.isnan(result.theirs) else f"{shown(result.theirs)} {result.unit}"
        )
        ratio = "" if math.isnan(result.ratio) else f"{result.ratio:.2f}"
        target = (
            result.target.words(result.unit, result.yardstick) if result.target else ""
        )
        verdict = {True: "met", False: "**missed**", None: ""}[result.met]
        name = f"{result.name} ({result.note})" if result.note else result.name
        ours = f"{shown(result.ours)} {result.unit}"
        lines.append(f"| {name} | {ours} | {theirs} | {ratio} | {target} | {verdict} |")
    return "\n".join(lines)


def shown(value: float) -> str:
    """A figure with three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
