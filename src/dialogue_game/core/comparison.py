"""Two paths side by side: what they share, where they part, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
"""How two paths part. Another place: the same choice led elsewhere, on another edition."""


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
        mine, theirs = self.left, self.right
        return (mine.verdict, mine.repaired, mine.stake) != (
            theirs.verdict,
            theirs.repaired,
            theirs.stake,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one story, laid side by side.

    `shared` is the path both walked; `rows` are everything after it, scenes that both met in one
    row. `openings` are the doors that the difference opened or closed.
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
    keys = _Keys(left.story, right.story)
    mine, theirs = _side(left), _side(right)
    shared = _shared(keys, mine.steps, theirs.steps)
    rows = tuple(_rows(keys, mine.steps[shared:], theirs.steps[shared:]))
    return Comparison(
        story=left.story.id,
        title=left.story.title,
        left=mine,
        right=theirs,
        shared=mine.steps[:shared],
        parting=_parting(keys, mine, theirs, shared),
        rows=rows,
        openings=tuple(_openings(keys, rows)),
        guidelines=_guidelines(left.story, right.story, mine.profile, theirs.profile),
    )


class _Keys:
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
    steps, state = path_steps(walked.story, walked.events)
    ending = (
        engine.situation(walked.story, state)
        if state is not None and state.ended
        else None
    )
    faced = [step.decision for step in steps]
    edition, scores = walked.story.edition, profile(walked.story, faced)
    return Side(walked.run, walked.who, edition, steps, ending, scores)


def _shared(keys: _Keys, mine: Sequence[PathStep], theirs: Sequence[PathStep]) -> int:
    """How many first steps are the same choice in the same scene."""
    count = 0
    for left, right in zip(mine, theirs, strict=False):
        same_scene = keys.scene_of(0, left) == keys.scene_of(1, right)
        if not same_scene or keys.choice_of(0, left) != keys.choice_of(1, right):
            break
        count += 1
    return count


def _parting(keys: _Keys, mine: Side, theirs: Side, shared: int) -> Divergence:
    left = mine.steps[shared] if shared < len(mine.steps) else None
    right = theirs.steps[shared] if shared < len(theirs.steps) else None
    if left and right:
        same = keys.scene_of(0, left) == keys.scene_of(1, right)
        return "another choice" if same else "another place"
    if left or right:
        stopped = theirs if left else mine
        return "another place" if stopped.ending else "one stopped"
    here = keys.place(0, mine.ending.ending) if mine.ending else ""
    there = keys.place(1, theirs.ending.ending) if theirs.ending else ""
    return "same road" if here == there else "another place"


def _rows(
    keys: _Keys, mine: Sequence[PathStep], theirs: Sequence[PathStep]
) -> Iterator[Row]:
    """The rest of both paths, laid so that as many scenes as possible stand in one row."""
    left = [keys.scene_of(0, step) for step in mine]
    right = [keys.scene_of(1, step) for step in theirs]
    for tag, a, b, c, d in SequenceMatcher(
        None, left, right, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            for one, other in zip(mine[a:b], theirs[c:d], strict=True):
                yield Row(
                    one, other, keys.choice_of(0, one) == keys.choice_of(1, other)
                )
        else:
            yield from (Row(step, None) for step in mine[a:b])
            yield from (Row(None, step) for step in theirs[c:d])


def _openings(keys: _Keys, rows: Sequence[Row]) -> Iterator[Opening]:
    for row in rows:
        if row.left is None or row.right is None:
            continue
        scene = row.left.decision.scene
        there = {
            keys.choice(1, row.right.decision.scene, option.id)[1]: option
            for option in row.right.before.options
        }
        for here in row.left.before.options:
            other = there.get(keys.choice(0, scene, here.id)[1])
            if other is not None and other.available != here.available:
                closed = other if here.available else here
                yield Opening(
                    scene,
                    row.left.before.title,
                    here.id,
                    here.text,
                    closed.locked,
                    "left" if here.available else "right",
                )


def _guidelines(
    left: Story, right: Story, mine: Profile, theirs: Profile
) -> tuple[GuidelineDifference, ...]:
    known = {**right.guidelines, **left.guidelines}
    here = {result.guideline: result for result in mine.guidelines}
    there = {result.guideline: result for result in theirs.guidelines}
    return tuple(
        GuidelineDifference(guideline, here.get(name), there.get(name))
        for name, guideline in sorted(known.items(), key=lambda item: item[1].number)
    )
