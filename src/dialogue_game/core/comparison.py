"""Two paths side by side: what they share, where they diverge, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from dialogue_game.core import engine
from dialogue_game.core.course import Guideline
from dialogue_game.core.debrief import PathStep, path_steps
from dialogue_game.core.played_path import PlayedPath, RenamedIds, RunOwner
from dialogue_game.core.scoring import GuidelineResult, Profile, profile
from dialogue_game.core.state import Situation
from dialogue_game.core.story import Story

Divergence = Literal["same road", "another choice", "another place", "one stopped"]
"""How two paths diverge. Another place: the same choice led elsewhere, on another edition."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two paths. `ending` is None where it has not ended."""

    run: str
    who: RunOwner
    edition: str
    steps: tuple[PathStep, ...]
    ending: Situation | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class Row:
    """The same scene on both paths, or a scene of one path only.

    `alike` tells that both took the same choice there.
    """

    left: PathStep | None
    right: PathStep | None
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """An option that one path found open and the other locked, in the same scene."""

    scene: str
    title: str
    choice: str
    text: str
    locked: str
    open_on: Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class GuidelineDifference:
    """One guideline on both paths; None where a side's edition does not know it."""

    guideline: Guideline
    left: GuidelineResult | None
    right: GuidelineResult | None

    @property
    def differs(self) -> bool:
        """Whether the verdict or the numbers are not the same."""
        if self.left is None or self.right is None:
            return True
        left, right = self.left, self.right
        same_verdict = left.verdict == right.verdict and left.repaired == right.repaired
        return not (same_verdict and left.stake == right.stake)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one story, laid side by side.

    `shared` is the path both walked; `rows` are everything after it, scenes that both met in one
    row. `openings` are the options that the difference opened or closed.
    """

    story: str
    title: str
    left: Side
    right: Side
    shared: tuple[PathStep, ...]
    parting: Divergence
    rows: tuple[Row, ...]
    openings: tuple[Opening, ...]
    guidelines: tuple[GuidelineDifference, ...]

    @property
    def one_edition(self) -> bool:
        """Whether both were played on the same text."""
        return self.left.edition == self.right.edition

    @property
    def parted(self) -> Row | None:
        """The first row after the shared path, where there is one."""
        return self.rows[0] if self.rows else None


def compare(left: PlayedPath, right: PlayedPath) -> Comparison:
    """Both paths side by side, each on the edition it was walked on."""
    ids = _CommonIds(left.story, right.story)
    mine, theirs = _side(left), _side(right)
    shared = _shared(ids, mine.steps, theirs.steps)
    rows = tuple(_rows(ids, mine.steps[shared:], theirs.steps[shared:]))
    guidelines = {**right.story.guidelines, **left.story.guidelines}
    return Comparison(
        story=left.story.id,
        title=left.story.title,
        left=mine,
        right=theirs,
        shared=mine.steps[:shared],
        parting=_divergence(ids, mine, theirs, shared),
        rows=rows,
        openings=tuple(_openings(ids, rows)),
        guidelines=_differences(guidelines.values(), mine.profile, theirs.profile),
    )


class _CommonIds:
    """Ids of both editions in one namespace, so that what was renamed is the same."""

    def __init__(self, left: Story, right: Story) -> None:
        self._same = left is right or left.edition == right.edition
        self._stories, self._names = (
            (left, right),
            (RenamedIds(left), RenamedIds(right)),
        )

    def place(self, side: int, place: str) -> str:
        return place if self._same else self._names[1 - side].place(place)

    def choice(self, side: int, scene: str, choice: str) -> tuple[str, str]:
        if self._same:
            return scene, choice
        return self._names[1 - side].choice(scene, choice)

    def scene_of(self, side: int, step: PathStep) -> str:
        return self.place(side, step.decision.scene)

    def choice_of(self, side: int, step: PathStep) -> tuple[str, str]:
        return self.choice(side, step.decision.scene, step.decision.chosen.id)


def _side(walked: PlayedPath) -> Side:
    story = walked.story
    steps, state = path_steps(story, walked.events)
    ending = None
    if state is not None and state.ended:
        ending = engine.situation(story, state)
    scores = profile(story, [step.decision for step in steps])
    return Side(walked.run, walked.who, story.edition, steps, ending, scores)


def _shared(
    ids: _CommonIds, mine: Sequence[PathStep], theirs: Sequence[PathStep]
) -> int:
    """How many first steps are the same choice in the same scene."""
    count = 0
    for left, right in zip(mine, theirs, strict=False):
        if ids.scene_of(0, left) != ids.scene_of(1, right):
            break
        if ids.choice_of(0, left) != ids.choice_of(1, right):
            break
        count += 1
    return count


def _divergence(ids: _CommonIds, mine: Side, theirs: Side, shared: int) -> Divergence:
    left = mine.steps[shared] if shared < len(mine.steps) else None
    right = theirs.steps[shared] if shared < len(theirs.steps) else None
    if left and right:
        same = ids.scene_of(0, left) == ids.scene_of(1, right)
        return "another choice" if same else "another place"
    if left or right:
        stopped = theirs if left else mine
        return "another place" if stopped.ending else "one stopped"
    here = ids.place(0, mine.ending.ending) if mine.ending else ""
    there = ids.place(1, theirs.ending.ending) if theirs.ending else ""
    return "same road" if here == there else "another place"


def _rows(
    ids: _CommonIds, mine: Sequence[PathStep], theirs: Sequence[PathStep]
) -> Iterator[Row]:
    """The rest of both paths, laid so that as many scenes as possible stand in one row."""
    left = [ids.scene_of(0, step) for step in mine]
    right = [ids.scene_of(1, step) for step in theirs]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        steps, other_steps = mine[start:end], theirs[other_start:other_end]
        if tag != "equal":
            yield from (Row(step, None) for step in steps)
            yield from (Row(None, step) for step in other_steps)
            continue
        for step, other in zip(steps, other_steps, strict=True):
            same_choice = ids.choice_of(0, step) == ids.choice_of(1, other)
            yield Row(step, other, same_choice)


def _openings(ids: _CommonIds, rows: Sequence[Row]) -> Iterator[Opening]:
    for row in rows:
        if row.left is not None and row.right is not None:
            yield from _openings_at(ids, row.left, row.right)


def _openings_at(ids: _CommonIds, left: PathStep, right: PathStep) -> Iterator[Opening]:
    """The options of one scene that are open on one path alone."""
    scene, other_scene = left.decision.scene, right.decision.scene
    others = {}
    for option in right.before.options:
        others[ids.choice(1, other_scene, option.id)[1]] = option
    for option in left.before.options:
        other = others.get(ids.choice(0, scene, option.id)[1])
        if other is None or other.available == option.available:
            continue
        title = left.before.title
        if option.available:
            yield Opening(
                scene, title, option.id, option.text, other.locked, open_on="left"
            )
        else:
            yield Opening(
                scene, title, option.id, option.text, option.locked, open_on="right"
            )


def _differences(
    guidelines: Iterable[Guideline], mine: Profile, theirs: Profile
) -> tuple[GuidelineDifference, ...]:
    left = {result.guideline: result for result in mine.guidelines}
    right = {result.guideline: result for result in theirs.guidelines}
    differences = []
    for guideline in sorted(guidelines, key=lambda guideline: guideline.number):
        name = guideline.id
        differences.append(
            GuidelineDifference(guideline, left.get(name), right.get(name))
        )
    return tuple(differences)
