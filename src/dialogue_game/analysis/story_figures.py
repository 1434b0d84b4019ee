"""The figures of a story and of a course, as `check --report` and `--format json` give them.

Among them how much there is to read, in a story and between two decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from typing import Any, Final

from dialogue_game.analysis.conditions import Reader, World, reader
from dialogue_game.analysis.fairness import Fairness, fairness
from dialogue_game.analysis.judgement import Judgement, judgement
from dialogue_game.analysis.path_sums import Bounds, Extreme
from dialogue_game.analysis.shown_texts import text_conditions
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.analysis.state_space import Program, compile_program, random_traces
from dialogue_game.core.story import Exhibit, Paragraph, Scene, Story

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
                marks = (m for c in scene.choices.values() for m in c.marks)
                for guideline in dict.fromkeys(mark.guideline for mark in marks):
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


READ_FIELDS: Final = frozenset(
    {
        "body",
        "text",
        "title",
        "subject",
        "caption",
        "bio",
        "banner",
        "signature",
        "footer",
    }
)
"""The fields of exhibits that a player reads as prose; names, dates and counts are glanced at."""

SAMPLE_STEPS: Final = 6_000
SEED: Final = 1215

Pieces = tuple[tuple[int, Reader | None], ...]
"""Word counts of paragraphs, each with its condition."""


def count_words(text: str) -> int:
    """The words of a text, as white space parts them."""
    return len(text.split())


def exhibit_words(exhibit: Exhibit) -> int:
    """The words of an exhibit that are read before deciding; its details are not among them."""
    return sum(
        count_words(text)
        for fields in (exhibit.fields, *exhibit.items)
        for name, text in fields.items()
        if name in READ_FIELDS
    )


def text_words(paragraphs: Iterable[Paragraph]) -> tuple[int, int]:
    """The words that are always shown, and those that may be shown at most."""
    least = most = 0
    for paragraph in paragraphs:
        words = count_words(paragraph.text)
        most += words
        least += 0 if paragraph.when else words
    return least, most


def story_words(story: Story) -> int:
    """All the words of a story that a player may read."""
    total = 0
    for scene in story.scenes.values():
        total += text_words(scene.text)[1] + sum(map(exhibit_words, scene.exhibits))
        for choice in scene.choices.values():
            total += count_words(choice.text) + text_words(choice.consequence)[1]
    return total + sum(text_words(ending.text)[1] for ending in story.endings.values())


@dataclass(slots=True)
class Gaps:
    """Words from one decision to the next, by (choice number or -1 at the start, node).

    The consequence and what stands in the next scene. Where conditions decide, the most that was
    shown in random plays counts, and at least what is always shown.
    """

    words: Mapping[tuple[int, int], int]

    @property
    def median(self) -> int:
        """The middle one; 0 where there are none."""
        rows = sorted(self.words.values())
        return rows[len(rows) // 2] if rows else 0

    @property
    def most(self) -> int:
        """The longest one."""
        return max(self.words.values(), default=0)


def gaps(solution: Solution) -> Gaps:
    """The words between decisions on the paths that can be walked, endings left out."""
    story = solution.story
    conditions = [item.watched for item in text_conditions(story)]
    program = compile_program(story, conditions) if conditions else solution.program
    meter = _Meter(program)
    words = {edge: meter.words(edge, None, None) for edge in _edges(solution)}
    if conditions:
        for played in random_traces(program, SEED, SAMPLE_STEPS):
            before: World | None = None
            choices = (-1, *played.taken)
            for choice, (node, world) in zip(choices, played.places, strict=True):
                edge = (choice, node)
                if edge in words:
                    words[edge] = max(words[edge], meter.words(edge, before, world))
                before = world
    return Gaps(words)


def _edges(solution: Solution) -> list[tuple[int, int]]:
    """The steps from a decision to the next that some play takes."""
    program = solution.program
    edges = [(-1, program.graph.start)]
    for steps in program.steps:
        for step in steps:
            if step.number in solution.state_graph.choice_state:
                edges += [
                    (step.number, branch.target)
                    for position, branch in enumerate(step.branches)
                    if len(step.branches) == 1
                    or (step.number, position) in program.used
                ]
    return [edge for edge in dict.fromkeys(edges) if edge[1] < program.graph.scenes]


class _Meter:
    """Counts the words that are shown on one step."""

    def __init__(self, program: Program) -> None:
        self.slots = program.slots
        story = program.story
        self.scenes = [
            (*self.pieces(scene.text), *map(self.exhibit, scene.exhibits))
            for scene in story.scenes.values()
        ]
        self.choices = [
            self.pieces(choice.consequence) for _, choice in story.transitions()
        ]

    def pieces(self, paragraphs: Iterable[Paragraph]) -> Pieces:
        """Paragraphs by their words and conditions."""
        return tuple((count_words(p.text), self.holds(p.when)) for p in paragraphs)

    def exhibit(self, exhibit: Exhibit) -> tuple[int, Reader | None]:
        """An exhibit by its words and its condition."""
        return exhibit_words(exhibit), self.holds(exhibit.when)

    def holds(self, condition: str) -> Reader | None:
        """A condition as a function; where no facts are kept, it counts as not holding."""
        if not condition:
            return None
        return reader(condition, self.slots) if self.slots else lambda world: False

    def words(
        self, edge: tuple[int, int], before: World | None, after: World | None
    ) -> int:
        """The words shown on an edge; without worlds, those that are always shown."""
        choice, node = edge
        words = _words_in(self.scenes[node], after)
        if choice >= 0:
            words += _words_in(self.choices[choice], before)
        return words


def _words_in(pieces: Pieces, world: World | None) -> int:
    return sum(
        words
        for words, holds in pieces
        if holds is None or (world is not None and holds(world))
    )
