"""Paths of one session side by side: what parted them, and each guideline on all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.app.session.shared_view import ComparedGuideline
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.story import Story
from dialogue_game.reporting.run_text import quoted

UNTOUCHED: Final = ("not tested", "passed by")
TURN: Final = "{title}: most was lost at “{scene}”, with {choice}"
NO_TURN: Final = "{title}: nothing was lost at any decision."
PARTED: Final = "At “{scene}” we chose {one} On the other road: {other}"
SAME: Final = "Guidelines that fared alike: {numbers}."
DIFFERENT: Final = "Guidelines that fared differently: {numbers}."


@dataclass(frozen=True, slots=True)
class PathSide:
    """One path of the session: what it is called, its story, its look back, how it ended."""

    title: str
    story: Story
    back: Debrief
    ending: str = ""
    kind: str = ""


def compared_guidelines(paths: Sequence[PathSide]) -> tuple[ComparedGuideline, ...]:
    """Every guideline that one of these paths touched, with a verdict for each of them."""
    results = [{r.guideline: r for r in path.back.profile.guidelines} for path in paths]
    known = {
        name: g for path in reversed(paths) for name, g in path.story.guidelines.items()
    }
    rows = []
    for name, guideline in sorted(known.items(), key=lambda item: item[1].number):
        verdicts = tuple(_verdict(result.get(name)) for result in results)
        if any(verdict not in UNTOUCHED for verdict in verdicts):
            label = f"{guideline.number}, {guideline.short}"
            rows.append(ComparedGuideline(guideline.number, label, verdicts))
    return tuple(rows)


def what_parted(
    paths: Sequence[PathSide], guidelines: Sequence[ComparedGuideline]
) -> tuple[str, ...]:
    """What parted these paths, in sentences: their turns, then what is alike and what is not."""
    turns = _fork(paths[0], paths[1]) if _one_story(paths) else tuple(map(_turn, paths))
    return (*turns, *_alike(guidelines))


def _one_story(paths: Sequence[PathSide]) -> bool:
    return len(paths) == 2 and paths[0].story.edition == paths[1].story.edition


def _fork(one: PathSide, other: PathSide) -> tuple[str, ...]:
    """The first decision at which two paths of one story took different options."""
    for here, there in zip(one.back.path, other.back.path, strict=False):
        if here.decision.chosen.id != there.decision.chosen.id:
            said = {"one": _choice(here), "other": _choice(there)}
            return (PARTED.format(scene=here.before.title, **said),)
    return ()


def _turn(path: PathSide) -> str:
    """The decision of a path that fell furthest short of what was open at it."""
    turn = max(path.back.path, key=_short_of, default=None)
    if turn is None or not _short_of(turn):
        return NO_TURN.format(title=path.title)
    return TURN.format(title=path.title, scene=turn.before.title, choice=_choice(turn))


def _short_of(step: PathStep) -> int:
    return step.stake.at_stake - step.stake.earned


def _choice(step: PathStep) -> str:
    return quoted(step.consequence.choice_text)


def _alike(guidelines: Sequence[ComparedGuideline]) -> Iterator[str]:
    for sentence, alike in ((SAME, True), (DIFFERENT, False)):
        numbers = [
            str(g.number) for g in guidelines if (len(set(g.verdicts)) == 1) == alike
        ]
        if numbers:
            yield sentence.format(numbers=", ".join(numbers))


def _verdict(result: GuidelineResult | None) -> str:
    if result is None:
        return "not tested"
    return "breached, repaired" if result.repaired else result.verdict
