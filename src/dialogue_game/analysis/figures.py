"""The figures of a story and of a course, as `check --report` and `--format json` give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from typing import Any, Final

from dialogue_game.analysis.fairness import Fairness, fairness
from dialogue_game.analysis.judgement import Judgement, judgement
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.sums import Bounds, Extreme
from dialogue_game.analysis.words import Gaps, gaps, story_words
from dialogue_game.core.story import Scene, Story

LARGEST_COUNT: Final = 10**15
"""Up to here the number of paths is given in full; JSON readers lose digits beyond."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One story in numbers.

    `paths` is None where there are endlessly many, or where not all states were seen (`complete`
    tells which). `gaps` are words between decisions; `option_ratio` is the longest label of a
    decision over its shortest, at the median and at most. `fair` and `judged` are there for
    scored stories.
    """

    id: str
    kind: str
    scenes: int
    choices: int
    endings: int
    words: int
    paths: int | None
    complete: bool
    states: int
    overall: Bounds
    guidelines: Mapping[str, Bounds]
    decisions: Bounds
    full_votes: Bounds
    undecided: int
    gaps: Gaps
    option_ratio: tuple[float, float]
    fair: Fairness | None
    judged: Judgement | None

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `check --format json` prints it."""
        data: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "scenes": self.scenes,
            "choices": self.choices,
            "endings": self.endings,
            "words": self.words,
            "roads": path_count(self.paths),
            "complete": self.complete,
            "states": self.states,
            "undecided": self.undecided,
            "marks": {
                "overall": _bounds(self.overall),
                "guidelines": {name: _bounds(b) for name, b in self.guidelines.items()},
            },
            "decisions": _span(self.decisions),
            "full_votes": _span(self.full_votes),
            "words_between_decisions": {
                "median": self.gaps.median,
                "most": self.gaps.most,
            },
            "option_length_ratio": {
                "median": round(self.option_ratio[0], 2),
                "most": round(self.option_ratio[1], 2),
            },
        }
        if self.fair is not None:
            data["fair"] = _fair(self.fair)
        if self.judged is not None:
            data["judgement"] = self.judged.as_dict()
        return data


def figures(solution: Solution, *, fair: bool = True, read: bool = True) -> Figures:
    """The figures of one story; with `fair` also those of fair scoring, where it is scored.

    Without `read` it is not measured how much there is to read between decisions.
    """
    story = solution.story
    return Figures(
        id=story.id,
        kind=story.kind,
        scenes=len(story.scenes),
        choices=sum(len(scene.choices) for scene in story.scenes.values()),
        endings=len(story.endings),
        words=story_words(story),
        paths=solution.paths,
        complete=solution.complete,
        states=solution.states,
        overall=solution.overall,
        guidelines=solution.guidelines,
        decisions=solution.decisions,
        full_votes=solution.full_votes,
        undecided=len(solution.of(Verdict.UNDECIDED)),
        gaps=gaps(solution) if read else Gaps({}),
        option_ratio=_option_ratio(story),
        fair=fairness(solution) if fair and story.scored else None,
        judged=judgement(solution) if fair and story.scored else None,
    )


def path_count(paths: int | None) -> int | str | None:
    """The number of paths as a number, or in round words where it has too many digits."""
    if paths is None or paths < LARGEST_COUNT:
        return paths
    power = log10(paths)
    digits = round(10 ** (power % 1), 1)
    return (
        f"about {digits:.1f}e{int(power)}"
        if digits < 10
        else f"about 1.0e{int(power) + 1}"
    )


def option_length_ratio(scene: Scene) -> float:
    """The longest label of a scene over its shortest, in characters."""
    sizes = [max(len(choice.text), 1) for choice in scene.choices.values()]
    return max(sizes) / min(sizes) if sizes else 1.0


def guideline_decisions(stories: Iterable[Story]) -> dict[str, int]:
    """At how many decisions of the scenarios each guideline is marked."""
    counts: dict[str, int] = {}
    for story in stories:
        if story.scored:
            for scene in story.scenes.values():
                marked = {m.guideline for c in scene.choices.values() for m in c.marks}
                for guideline in marked:
                    counts[guideline] = counts.get(guideline, 0) + 1
    return counts


def _option_ratio(story: Story) -> tuple[float, float]:
    rows = sorted(map(option_length_ratio, story.scenes.values()))
    return (rows[len(rows) // 2], rows[-1]) if rows else (1.0, 1.0)


def _bounds(bounds: Bounds) -> dict[str, Any]:
    data: dict[str, Any] = {
        "worst": bounds.worst.value,
        "best": bounds.best.value,
        "exact": bounds.exact,
    }
    if bounds.worst.unbounded or bounds.best.unbounded:
        data["unbounded"] = [
            side
            for side, extreme in (("worst", bounds.worst), ("best", bounds.best))
            if extreme.unbounded
        ]
    return data


def _span(bounds: Bounds) -> dict[str, int | None]:
    def value(extreme: Extreme) -> int | None:
        return extreme.value

    return {"least": value(bounds.worst), "most": value(bounds.best)}


def _fair(fair: Fairness) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 1)

    return {
        "exact": fair.exact,
        "plays": fair.plays,
        "mean": rounded(fair.mean),
        "endings": {
            name: round(100 * share, 2) for name, share in fair.endings.items()
        },
        "mean_by_ending_kind": {
            kind: rounded(value) for kind, value in fair.by_kind.items()
        },
        "habits": {name: rounded(value) for name, value in fair.habits.items()},
        "best_road_faults": [
            {"fault": path.fault, "walk": list(path.walk)} for path in fair.best_faults
        ],
    }
