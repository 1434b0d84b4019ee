"""A story's figures as a report in words: paths, marks, fair scoring, length, reading level."""

from __future__ import annotations

from dialogue_game.analysis.figures import Figures, path_count
from dialogue_game.analysis.sums import Bounds
from dialogue_game.reporting.judgement_text import judgement_lines


def figures_text(figures: Figures, grade: float | None = None) -> str:
    """The report over one story; `grade` is its reading level where that is known."""
    size = (
        f"{figures.scenes} scenes, {figures.choices} choices, {figures.endings} endings"
    )
    votes = f"full votes on a road: {_span(figures.full_votes)}"
    lines = [
        f"{figures.id}",
        f"  {size}, {figures.words} words",
        f"  roads: {_paths(figures)}; decisions on a road: {_span(figures.decisions)}; {votes}",
        f"  marks, worst to best: {_marks(figures.overall)}",
    ]
    if figures.fair is not None:
        lines += [
            f"    {name:<4}{_marks(bounds)}"
            for name, bounds in figures.guidelines.items()
        ]
    lines.append(
        f"  words between decisions: {figures.gaps.median} at the median, "
        f"{figures.gaps.most} at most; longest option over shortest: "
        f"{figures.option_ratio[0]:.1f} at the median, {figures.option_ratio[1]:.1f} at most"
    )
    if grade is not None:
        lines.append(f"  reading level (Flesch-Kincaid grade): {grade}")
    lines += _fair(figures)
    if figures.judged is not None:
        lines += judgement_lines(figures.judged)
    return "\n".join(lines) + "\n"


def _paths(figures: Figures) -> str:
    if figures.paths is not None:
        return str(path_count(figures.paths))
    return "endless" if figures.complete else "not counted, too many states"


def _span(bounds: Bounds) -> str:
    least, most = bounds.worst.value, bounds.best.value
    return f"{least}" if least == most else f"{least} to {most}"


def _marks(bounds: Bounds) -> str:
    sides = [
        "without bound" if side.unbounded else f"{side.value:+d}" if side.value else "0"
        for side in (bounds.worst, bounds.best)
    ]
    return f"{sides[0]} to {sides[1]}{'' if bounds.exact else ' (not exact)'}"


def _fair(figures: Figures) -> list[str]:
    fair = figures.fair
    if fair is None:
        return []
    how = "exact" if fair.exact else f"from {fair.plays} plays"
    lines = [f"  random players earn {_percent(fair.mean)} on average ({how})"]
    habits = ", ".join(
        f"{name} {_percent(value)}" for name, value in fair.habits.items()
    )
    lines.append(f"  always the …: {habits}")
    kinds = ", ".join(
        f"{kind} {_percent(value)}" for kind, value in fair.by_kind.items()
    )
    lines.append(f"  by kind of ending: {kinds}")
    ends = ", ".join(
        f"{name} {100 * share:.1f} %" for name, share in fair.endings.items()
    )
    lines.append(f"  endings at random: {ends}")
    paths = (
        f"  a best path {path.fault}: {', '.join(path.walk)}"
        for path in fair.best_faults
    )
    return [*lines, *paths]


def _percent(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.0f} %"
