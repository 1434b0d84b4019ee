"""The figures of judgement in words, as `check --report` prints them under a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dialogue_game.analysis.judgement import Judgement, Stance
from dialogue_game.analysis.paths import Against

NAMED: Final = 4


def judgement_lines(judgement: Judgement) -> Iterator[str]:
    """One line a figure."""
    yield f"  judgement, over {judgement.decisions} decisions:"
    yield (
        f"    exactly one option above zero: {_of(len(judgement.quizzes), judgement.decisions)}; "
        f"options dominated by another: {_of(len(judgement.dominated), judgement.options)}"
    )
    yield (
        f"    best options that cost nobody: {_of(len(judgement.free), judgement.bests)}; "
        f"never remembered: {_of(len(judgement.forgotten), judgement.options)}"
        f"{_named(judgement.forgotten)}"
    )
    yield (
        f"    best options by place: {_shares(judgement.positions)}; "
        f"by length, longest first: {_shares(judgement.lengths)}"
    )
    habits = (
        f"{name.replace('_', ' ')} {_percent(v)}"
        for name, v in judgement.habits.items()
    )
    yield f"    a whole game of one habit earns: {', '.join(habits)}"
    for name, stance in judgement.stances.items():
        yield f"    {name}: {_stance(stance)}"
    yield f"    good endings below {judgement.good_below.bar} %: {_paths(judgement.good_below)}"
    yield f"    poor endings above {judgement.poor_above.bar} %: {_paths(judgement.poor_above)}"
    last = judgement.last
    yield (
        f"    last options of a state differ in kind of ending: {_of(last.by_kind, last.states)}; "
        f"by two grades: {_of(last.by_two, last.states)}"
    )


def _stance(stance: Stance) -> str:
    if not stance.offered:
        return "offered nowhere"
    return (
        f"offered in {stance.offered}, earns {_percent(stance.earns)} there "
        f"(a whole game {_percent(stance.whole_game)}), best in {stance.best:.0%}, "
        f"worst in {stance.worst:.0%}"
    )


def _paths(against: Against) -> str:
    if not against.walk:
        return "no path" if against.count == 0 else "not counted"
    count = "not counted" if against.count is None else f"{against.count} paths"
    return f"{count}; “{against.ending}” at {against.percent:.0f} % by {', '.join(against.walk)}"


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
