"""What `check` tells: findings as text, data and annotations; a story's figures as a report.

The reading level is the Flesch-Kincaid grade of narration and consequences: 0.39 x words per
sentence + 11.8 x syllables per word - 15.59 (Kincaid and others, 1975), as the textstat library
counts them. Without that library there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from dialogue_game.analysis.findings import Finding, Severity
from dialogue_game.core.text import counted, safe

if TYPE_CHECKING:
    # What reads no story may still say a finding: without all that proves things of stories.
    from dialogue_game.analysis.ending_scores import ContradictingPaths
    from dialogue_game.analysis.judgement import Judgement, Stance
    from dialogue_game.analysis.path_sums import Bounds, Extreme
    from dialogue_game.analysis.story_figures import Figures
    from dialogue_game.core.story import Story

_GITHUB = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def as_text(findings: Sequence[Finding]) -> str:
    """Each finding with its place, the line with a caret, and advice."""
    return "\n".join(_finding_text(finding) for finding in findings)


def _finding_text(finding: Finding) -> str:
    place = finding.place
    where = ":".join(
        str(part) for part in (place.file, place.line, place.column) if part
    )
    lines = [
        f"{safe(where)}: {finding.severity} {finding.code}: {safe(finding.message)}"
    ]
    if place.excerpt:
        excerpt = safe(place.excerpt)
        lines += [f"  | {excerpt}", f"  | {' ' * place.caret}^"]
    if finding.advice:
        lines.append(f"  {safe(finding.advice)}")
    return "\n".join(lines) + "\n"


def as_data(finding: Finding) -> dict[str, Any]:
    """One finding as the machine contract of `check --format json` has it."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": safe(finding.message),
        "advice": safe(finding.advice),
    }


def as_github(findings: Sequence[Finding]) -> str:
    """Each finding as a workflow command."""
    return "".join(
        f"::{_GITHUB[f.severity]} file={_property(f.place.file)},line={f.place.line or 1},"
        f"col={f.place.column or 1},title={f.code}::{_data(f'{f.message} {f.advice}'.strip())}\n"
        for f in findings
    )


def tally(findings: Sequence[Finding]) -> str:
    """How many of each severity, in words."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        counted(counts[severity], str(severity))
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) if parts else "no findings"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


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
    from dialogue_game.analysis.story_figures import path_count

    if figures.paths is not None:
        return str(path_count(figures.paths))
    return "endless" if figures.complete else "not counted, too many states"


def _span(bounds: Bounds) -> str:
    least, most = _count(bounds.worst), _count(bounds.best)
    return least if least == most else f"{least} to {most}"


def _count(extreme: Extreme) -> str:
    if not extreme.exact:
        return "undecided"
    return "without bound" if extreme.unbounded else f"{extreme.value or 0}"


def _marks(bounds: Bounds) -> str:
    worst, best = _extreme(bounds.worst), _extreme(bounds.best)
    return f"{worst} to {best}"


def _extreme(extreme: Extreme) -> str:
    if not extreme.exact:
        return "undecided"
    if extreme.unbounded:
        return "without bound"
    return f"{extreme.value:+d}" if extreme.value else "0"


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
    yield f"    good endings below {judgement.good_below.bar} %: {_against(judgement.good_below)}"
    yield f"    poor endings above {judgement.poor_above.bar} %: {_against(judgement.poor_above)}"
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


def _against(against: ContradictingPaths) -> str:
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


MISSING: Final = (
    "No reading level: it needs the extra “report”. "
    "Install it with: pip install 'dialogue-game[report]'"
)


def grade(story: Story) -> float | None:
    """The grade, or None where textstat is not installed."""
    try:
        import textstat
    except ImportError:
        return None
    return round(float(textstat.flesch_kincaid_grade(prose_of(story))), 1)


def prose_of(story: Story) -> str:
    """Narration and consequences of a story, a paragraph a line."""
    texts: list[str] = []
    for scene in story.scenes.values():
        texts += [paragraph.text for paragraph in scene.text]
        for choice in scene.choices.values():
            texts += [paragraph.text for paragraph in choice.consequence]
    for ending in story.endings.values():
        texts += [paragraph.text for paragraph in ending.text]
    return "\n".join(re.sub(r"\{\w+\}", "7", " ".join(text.split())) for text in texts)
