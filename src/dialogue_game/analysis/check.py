"""Check: every rule over a story, and over a course; findings in the order of the file.

What only follows from a misspelt name is counted there, and not told one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dialogue_game.analysis.findings import Finding, Places, Severity
from dialogue_game.analysis.rules import (
    branches,
    clock_times,
    contradictions,
    duplicates,
    exhibits,
    logic,
    names,
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
from dialogue_game.analysis.story_figures import Figures, figures, guideline_decisions
from dialogue_game.analysis.walks import Fact, Walk
from dialogue_game.core.course import Guideline
from dialogue_game.core.story import Branch, Choice, Story

RULES = (
    *structure.RULES,
    *logic.RULES,
    *logic.EFFECT_RULES,
    *story_times.RULES,
    *clock_times.RULES,
    *texts.RULES,
    *prose.RULES,
    *branches.RULES,
    *texts.DRAFT_RULES,
    *duplicates.RULES,
    *people.RULES,
    *names.RULES,
    *exhibits.RULES,
    *contradictions.RULES,
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
        found += texts.left_in_another(subject, language)
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
        for rule in (*teaching.RULES, *contradictions.SCORED_RULES):
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


UNKNOWN: Final = re.compile(r"^There is no ([^“”]+?) “([^“”]+)”\.")
MEANT: Final = re.compile(r"Did you mean “([^“”]+)”\?")
TARGETS: Final = frozenset({"DG101", "DG114"})
NAMES: Final = frozenset({"DG104", "DG201", "DG202", "DG017"})
EFFECT: Final = re.compile(r"^\W*\w+\s*(?:[+-]=|=(?!=))|effects:")
UNREACHED: Final = frozenset({"DG120", "DG121", "DG122"})
TIMES: Final = re.compile(r"(?:is no time|is no day of the week|has seven days)\.$")
LOGIC: Final = frozenset(
    {"DG120", "DG121", "DG122", "DG125", "DG126", "DG203", "DG204", "DG205"}
)


def meant_targets(found: Sequence[Finding], file: str) -> dict[str, str]:
    """The misspelt targets of a file's gotos, and the scenes or endings that were meant."""
    meant: dict[str, str] = {}
    for noticed in found:
        if noticed.place.file == file and noticed.code in TARGETS:
            name, other = UNKNOWN.match(noticed.message), MEANT.search(noticed.advice)
            if name and other:
                meant[name[2]] = other[1]
    return meant


def repaired(story: Story, meant: Mapping[str, str]) -> Story:
    """The story with its misspelt targets as they were meant."""

    def led(goto: tuple[Branch, ...]) -> tuple[Branch, ...]:
        return tuple(
            replace(branch, to=meant.get(branch.to, branch.to)) for branch in goto
        )

    scenes = {
        name: replace(
            scene,
            goto=led(scene.goto),
            choices={
                choice: replace(choice_, goto=led(choice_.goto))
                for choice, choice_ in scene.choices.items()
            },
        )
        for name, scene in story.scenes.items()
    }
    return replace(story, scenes=scenes, start=meant.get(story.start, story.start))


def led_on(story: Story) -> Story:
    """The story with each unwritten scene as if it led to all that something leads to.

    What cannot be reached even so does not wait for that scene.
    """
    known = {branch.to for _, choice in story.transitions() for branch in choice.goto}
    known &= {*story.scenes, *story.endings}
    ways = {name: Choice(name, name, (), (Branch(name),)) for name in sorted(known)}
    scenes = {
        name: replace(scene, choices=ways) if scene.stub else scene
        for name, scene in story.scenes.items()
    }
    return replace(story, scenes=scenes)


def folded(
    loaded: Sequence[Finding],
    proved: Sequence[Finding],
    mended: Sequence[Finding] | None,
) -> list[Finding]:
    """What the analysis found of one file, without what only follows from what was loaded.

    `mended` is what it finds once misspelt targets are as they were meant and unwritten scenes
    lead on, or None where there are none. The first finding that others follow from says how many.
    """
    kept = [*proved]
    roots: dict[Finding, int] = {}
    if mended is not None:
        still = {(noticed.code, noticed.place) for noticed in mended}
        kept = [n for n in kept if (n.code, n.place) in still]
        causes = [noticed for noticed in loaded if noticed.code in TARGETS]
        root = next((n for n in causes if MEANT.search(n.advice)), causes[0])
        roots[root] = len(proved) - len(kept)
    after: list[Finding] = []
    for noticed in kept:
        cause = _root(noticed, loaded)
        if cause is None:
            after.append(noticed)
        else:
            roots[cause] = roots.get(cause, 0) + 1
    return _typed_once(
        [
            *(_counting(n, roots.get(first, 0)) for first, n in _together(loaded)),
            *after,
        ]
    )


def _typed_once(found: list[Finding]) -> list[Finding]:
    """A flag that begins as a word is one error, and each use of it as a flag follows from it."""
    for word in [noticed for noticed in found if noticed.code == "DG214"]:
        name = word.message.partition("“")[2].partition("”")[0]
        uses = re.compile(rf"\b{re.escape(name)}\b")
        after = [n for n in found if n.code == "DG202" and uses.search(n.place.excerpt)]
        if after:
            told = replace(_counting(word, len(after)), severity=Severity.ERROR)
            found = [told if n == word else n for n in found if n not in after]
    return found


def _root(noticed: Finding, loaded: Sequence[Finding]) -> Finding | None:
    """The broken condition or effect, or misspelt variable, that a finding follows from.

    A broken condition reads nothing, so a variable may seem unread; a broken effect changes
    nothing, so a condition on its variable may seem decided. So may one on a clock whose times
    cannot be read.
    """
    if noticed.code not in LOGIC:
        return None
    words = set(
        re.findall(r"[a-z]\w*", " ".join(re.findall("“([^“”]*)”", noticed.message)))
    )
    for root in loaded:
        lost = noticed.code in UNREACHED
        if (lost or "clock" in words) and TIMES.search(root.message):
            return root
        if root.code not in NAMES:
            continue
        line = root.place.excerpt
        changes = EFFECT.search(
            line[root.place.caret :] if root.code == "DG104" else line
        )
        if noticed.code != "DG205" and not changes:
            continue
        other = MEANT.search(root.advice)
        named = {other[1]} if other else set()
        if root.code != "DG104":
            read = line if "{if" in line else line.partition(":")[2]
            named |= set(re.findall(r"[a-z]\w*", read))
        if words & named - {
            "and",
            "or",
            "not",
            "true",
            "false",
            "if",
            "to",
            "never",
            "always",
        }:
            return root
    return None


def _together(loaded: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Names that are misspelt alike in several places of a file, told once with their lines.

    Each finding as it was, and as it is told.
    """
    first: dict[tuple[str, str, str], Finding] = {}
    lines: dict[tuple[str, str, str], list[int]] = {}
    for noticed in loaded:
        key = (noticed.place.file, noticed.code, noticed.message)
        if not UNKNOWN.match(noticed.message) or not noticed.place.line:
            key = (*key[:2], f"{noticed.message} {noticed.place}")
        if key in first:
            lines.setdefault(key, []).append(noticed.place.line)
        else:
            first[key] = noticed
    folded = []
    for key, noticed in first.items():
        again = f" It stands again on {_listed(lines[key])}." if key in lines else ""
        folded.append((noticed, replace(noticed, message=noticed.message + again)))
    return folded


def _listed(lines: Sequence[int]) -> str:
    named = ", ".join(map(str, lines[:6]))
    more = f" and {len(lines) - 6} more" if len(lines) > 6 else ""
    return f"line{'' if len(lines) == 1 else 's'} {named}{more}"


def _counting(noticed: Finding, followers: int) -> Finding:
    if not followers:
        return noticed
    verb = "follows" if followers == 1 else "follow"
    return replace(
        noticed, message=f"{noticed.message} {followers} more {verb} from it."
    )
