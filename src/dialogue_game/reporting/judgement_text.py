"""The figures of judgement in words, as `check --report` prints them under a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dialogue_game.analysis.judgement import Judgement, Stance
from dialogue_game.analysis.paths import Against

NAMED: Final = 4


def judgement_lines(told: Judgement) -> Iterator[str]:
    """One line a figure."""
    yield f"  judgement, over {told.decisions} decisions:"
    yield (
        f"    exactly one option above zero: {_of(len(told.quizzes), told.decisions)}; "
        f"options dominated by another: {_of(len(told.dominated), told.options)}"
    )
    yield (
        f"    best options that cost nobody: {_of(len(told.free), told.bests)}; "
        f"never remembered: {_of(len(told.forgotten), told.options)}{_named(told.forgotten)}"
    )
    yield (
        f"    best options by place: {_shares(told.positions)}; "
        f"by length, longest first: {_shares(told.lengths)}"
    )
    habits = (f"{name.replace('_', ' ')} {_percent(v)}" for name, v in told.habits.items())
    yield f"    a whole game of one habit earns: {', '.join(habits)}"
    for name, stance in told.stances.items():
        yield f"    {name}: {_stance(stance)}"
    yield f"    good endings below {told.good_below.bar} %: {_paths(told.good_below)}"
    yield f"    poor endings above {told.poor_above.bar} %: {_paths(told.poor_above)}"
    last = told.last
    yield (
        f"    last options of a state differ in kind of ending: {_of(last.by_kind, last.states)}; "
        f"by two grades: {_of(last.by_two, last.states)}"
    )


def _stance(told: Stance) -> str:
    if not told.offered:
        return "offered nowhere"
    return (
        f"offered in {told.offered}, earns {_percent(told.earns)} there "
        f"(a whole game {_percent(told.whole_game)}), best in {told.best:.0%}, "
        f"worst in {told.worst:.0%}"
    )


def _paths(told: Against) -> str:
    if not told.walk:
        return "no path" if told.count == 0 else "not counted"
    count = "not counted" if told.count is None else f"{told.count} paths"
    return f"{count}; “{told.ending}” at {told.percent:.0f} % by {', '.join(told.walk)}"


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none"


def _named(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f" ({', '.join(names[:NAMED])}{', …' if len(names) > NAMED else ''})"


def _shares(shares: Sequence[float]) -> str:
    return " / ".join(f"{share:.0%}" for share in shares)


def _percent(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.0f} %"
