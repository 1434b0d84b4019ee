"""How much there is to read: in a story, and between two decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dialogue_game.analysis.compiled_conditions import Reader, World, reader
from dialogue_game.analysis.constant_conditions import text_conditions
from dialogue_game.analysis.plays import lots, trace
from dialogue_game.analysis.search_tables import Program, program
from dialogue_game.analysis.solver import Solution
from dialogue_game.core.story import Exhibit, Paragraph, Story

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
    """The words that are always told, and those that may be told at most."""
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
    told in random plays counts, and at least what is always told.
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
    tables = program(story, conditions) if conditions else solution.program
    meter = _Meter(tables)
    words = {edge: meter.words(edge, None, None) for edge in _edges(solution)}
    if conditions:
        pick = lots(SEED)
        spent = 0
        while spent < SAMPLE_STEPS:
            made = trace(tables, lambda menu: pick(len(menu)), SAMPLE_STEPS)
            spent += len(made.places)
            before: World | None = None
            for choice, (node, world) in zip(
                (-1, *made.taken), made.places, strict=True
            ):
                edge = (choice, node)
                if edge in words:
                    words[edge] = max(words[edge], meter.words(edge, before, world))
                before = world
    return Gaps(words)


def _edges(solution: Solution) -> list[tuple[int, int]]:
    """The steps from a decision to the next that some play takes."""
    tables = solution.program
    edges = [(-1, tables.graph.start)]
    for steps in tables.steps:
        for step in steps:
            if step.number in solution.found.choice_state:
                edges += [
                    (step.number, way.target)
                    for position, way in enumerate(step.ways)
                    if len(step.ways) == 1 or (step.number, position) in tables.used
                ]
    return [edge for edge in dict.fromkeys(edges) if edge[1] < tables.graph.scenes]


class _Meter:
    """Counts what is told on one step."""

    def __init__(self, tables: Program) -> None:
        slots = tables.slots
        self.scenes = [
            (
                *_pieces(scene.text, slots),
                *(
                    (
                        exhibit_words(exhibit),
                        reader(exhibit.when, slots) if exhibit.when else None,
                    )
                    for exhibit in scene.exhibits
                ),
            )
            for scene in tables.story.scenes.values()
        ]
        self.choices = [
            _pieces(choice.consequence, slots) for _, choice in tables.story.moves()
        ]

    def words(
        self, edge: tuple[int, int], before: World | None, after: World | None
    ) -> int:
        """The words told on an edge; without worlds, those that are always told."""
        choice, node = edge
        consequence_words = (
            _words_in(self.choices[choice], before) if choice >= 0 else 0
        )
        return consequence_words + _words_in(self.scenes[node], after)


def _pieces(paragraphs: Iterable[Paragraph], slots: Mapping[str, int]) -> Pieces:
    """Conditions over facts that the tables lack are taken as not holding."""
    return tuple(
        (
            count_words(p.text),
            reader(p.when, slots) if p.when and slots else _never_or(p.when),
        )
        for p in paragraphs
    )


def _never_or(condition: str) -> Reader | None:
    return (lambda world: False) if condition else None


def _words_in(pieces: Pieces, world: World | None) -> int:
    return sum(
        words
        for words, holds in pieces
        if holds is None or (world is not None and holds(world))
    )
