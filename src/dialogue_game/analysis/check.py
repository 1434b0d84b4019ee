"""Check: every rule over a story, and over a course; findings in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogue_game.analysis.figures import Figures, figures, guideline_decisions
from dialogue_game.analysis.findings import Finding, Places
from dialogue_game.analysis.rules import (
    copies,
    logic,
    people,
    prose,
    references,
    story_times,
    structure,
    teaching,
    texts,
)
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.analysis.rules.walk_files import fact_findings, walk_findings
from dialogue_game.analysis.solver import Solution, solve
from dialogue_game.analysis.state_space import DEFAULT_BOUND
from dialogue_game.analysis.walks import Fact, Walk
from dialogue_game.core.course import Guideline
from dialogue_game.core.story import Story

RULES = (
    *structure.RULES,
    *logic.RULES,
    *logic.EFFECT_RULES,
    *story_times.RULES,
    *texts.RULES,
    *prose.RULES,
    *texts.DRAFT_RULES,
    *copies.RULES,
    *people.RULES,
    *references.RULES,
)
"""The rules over every story; those of teaching and judgement are for scenarios."""
_ERRORS = tuple(
    rule
    for rule in (*structure.RULES, *logic.RULES, *texts.RULES)
    if rule not in (structure.blank_screens, logic.text_conditions)
)
"""Those that may find an error or something unwritten; the others only warn and note."""


@dataclass(frozen=True, slots=True)
class StoryReport:
    """Everything that can be said about one story."""

    findings: tuple[Finding, ...]
    solution: Solution
    figures: Figures


@dataclass(frozen=True, slots=True)
class CourseReport:
    """Everything that can be said about a course: its stories, and over its scenarios.

    `guideline_decisions` tells at how many decisions each guideline is marked.
    """

    findings: tuple[Finding, ...]
    stories: Mapping[str, StoryReport]
    guideline_decisions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StoryFile:
    """A story with its walks and its places, as the loader gives them.

    A `draft` has errors that the loader reported: its structure is checked all the same, its
    walks and its fairness are not.
    """

    story: Story
    places: Places
    walks: Sequence[Walk | Fact] = ()
    walk_places: Places = field(default_factory=dict)
    draft: bool = False


def check_story(
    story: Story,
    places: Places,
    walks: Sequence[Walk | Fact] = (),
    walk_places: Places | None = None,
    bound: int = DEFAULT_BOUND,
    *,
    draft: bool = False,
    errors_only: bool = False,
    language: str = "en",
) -> StoryReport:
    """Every rule over one story; with `errors_only` only those that find what a player may meet.

    Then declared facts, which say more of an author's intention than of a player's way, are left.
    """
    solution = solve(story, bound)
    subject = Subject(story, places, solution)
    story_figures = figures(
        solution, fair=not draft and not errors_only, read=not errors_only
    )
    found = [*_own(subject, story_figures, _ERRORS if errors_only else RULES)]
    if not errors_only:
        found += texts.left_in_english(subject, language)
    if not draft:
        played = [walk for walk in walks if isinstance(walk, Walk)]
        facts = [fact for fact in walks if isinstance(fact, Fact)]
        found += walk_findings(subject, played, walk_places or {})
        if not errors_only:  # they take longer than all the other rules together
            found += fact_findings(solution, facts, walk_places or {}, bound)
    return StoryReport(_ordered(found), solution, story_figures)


def _own(
    subject: Subject,
    figures: Figures,
    rules: Sequence[Callable[[Subject], Iterator[Finding]]],
) -> Iterator[Finding]:
    """What one story's own rules notice."""
    for rule in rules:
        yield from rule(subject)
    yield from texts.long_reading(subject, figures.gaps)
    yield from texts.announced_minutes(subject, figures)
    if subject.story.scored:
        for rule in teaching.RULES:
            yield from rule(subject)
    if figures.fair is not None:
        yield from teaching.best_paths(subject, figures.fair)
    if figures.judged is not None:
        yield from teaching.judgement_notes(subject, figures.judged, figures.fair)


def check_course(
    stories: Sequence[StoryFile],
    guidelines: Mapping[str, Guideline],
    guideline_places: Places,
    bound: int = DEFAULT_BOUND,
    *,
    whole: bool = True,
    errors_only: bool = False,
    language: str = "en",
) -> CourseReport:
    """Every rule over each story, and the coverage of guidelines over all scenarios.

    `guideline_places` are those of guidelines.yaml; `whole` is false while stories are coming or
    could not be read, and nothing is then said to be missing. `language` is the course's.
    """
    reports = {
        file.story.id: check_story(
            file.story,
            file.places,
            file.walks,
            file.walk_places,
            bound,
            draft=file.draft,
            errors_only=errors_only,
            language=language,
        )
        for file in stories
    }
    stories_checked = [file.story for file in stories]
    found = [noticed for report in reports.values() for noticed in report.findings]
    found += teaching.guideline_coverage(
        guidelines, stories_checked, guideline_places, whole=whole
    )
    return CourseReport(_ordered(found), reports, guideline_decisions(stories_checked))


def _ordered(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda noticed: noticed.order))
