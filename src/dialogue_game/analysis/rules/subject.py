"""What a rule looks at: a story, its texts, where they stand, and what was proved about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from sys import intern
from typing import NamedTuple

from dialogue_game.analysis.findings import PathKey, Place, Places, place_of
from dialogue_game.analysis.solver import Solution, Verdict
from dialogue_game.core.story import (
    Choice,
    Ending,
    Exhibit,
    Mark,
    Paragraph,
    Scene,
    Story,
)

Condition = tuple[str, str, int]
"""A condition that rules the play: scene, choice, and its position in the goto (-1: its `if`)."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a scene or ending cannot be reached, in words, and the conditions to blame."""

    reason: str
    conditions: tuple[Condition, ...] = ()


@dataclass(slots=True)
class Subject:
    """One story under check."""

    story: Story
    places: Places
    solution: Solution
    causes: Mapping[str, Cause] = field(init=False)
    texts: Sequence[Text] = field(init=False)
    all_text: str = field(init=False)
    """All texts in one, to see at a glance that something stands in none of them."""
    _casefolded: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.causes = _causes(self)
        self.texts = tuple(story_texts(self.story))
        self.all_text = "\n".join(text.content for text in self.texts)

    def casefolded_words(self, text: str) -> tuple[str, ...]:
        """The words of a text in small letters, which several rules compare."""
        words = self._casefolded.get(text)
        if words is None:
            words = tuple(map(intern, text.casefold().split()))
            self._casefolded[text] = words
        return words

    def at(self, *path: str | int) -> Place:
        """The place of a path in the story's file."""
        return place_of(self.places, path)

    def mention(self, path: PathKey, words: str) -> Place:
        """Where these words stand in the text of a path, as near as the file tells."""
        find = getattr(self.places, "mention", None)
        here = self.at(*path)
        if find is None or not words:
            return here
        for known in (path, path[:-1]):
            try:
                found = find(known, words)
            except KeyError:
                continue
            return found if isinstance(found, Place) else here
        return here

    def whys(self) -> Iterator[tuple[Scene, Choice, Mark, PathKey]]:
        """Every mark, with its choice and where its why is written."""
        for scene, choice in self.story.choices():
            here: PathKey = ("scenes", scene.id, "choices", choice.id, "marks")
            for number, mark in enumerate(choice.marks):
                yield scene, choice, mark, (*here, number, "why")

    def reached(self, key: str) -> bool:
        """Whether some play is known to reach a scene, ending or `scene.choice`."""
        return self.solution.verdicts.get(key) is Verdict.REACHABLE

    def unreachable(self, key: str) -> bool:
        """Whether it is proved that none does."""
        return self.solution.verdicts.get(key) is Verdict.UNREACHABLE

    def choice(self, condition: Condition) -> Choice:
        """The choice that a condition belongs to."""
        scene = self.story.scenes[condition[0]]
        return scene.choices[condition[1]] if condition[1] else scene.reading_on

    def source(self, condition: Condition) -> str:
        """A condition as written."""
        choice = self.choice(condition)
        return choice.when if condition[2] < 0 else choice.goto[condition[2]].when

    def place(self, condition: Condition) -> Place:
        """Where a condition stands."""
        scene, choice, position = condition
        here = ("scenes", scene, "choices", choice) if choice else ("scenes", scene)
        if position < 0:
            return self.at(*here, "if")
        return self.at(*here, "goto", position, "if")

    @property
    def blamed(self) -> frozenset[Condition]:
        """The conditions that are named already where something cannot be reached."""
        return frozenset(c for cause in self.causes.values() for c in cause.conditions)


def walk_text(walk: Sequence[str], most: int = 6) -> str:
    """A walk in words, its end at least."""
    if not walk:
        return "at the start"
    steps = ", ".join(walk[-most:])
    return f"after {'…, ' if len(walk) > most else ''}{steps}"


def _causes(subject: Subject) -> Mapping[str, Cause]:
    """Why each unreachable scene and ending is so."""
    story = subject.story
    incoming: dict[str, list[Condition]] = {
        name: []
        for name in (*story.scenes, *story.endings)
        if subject.unreachable(name)
    }
    if not incoming:
        return {}
    for scene, choice in story.transitions():
        for position, branch in enumerate(choice.goto):
            if branch.to in incoming:
                incoming[branch.to].append((scene.id, choice.id, position))
    return {name: _cause(subject, name, leads) for name, leads in incoming.items()}


def _cause(subject: Subject, name: str, incoming: list[Condition]) -> Cause:
    if not incoming:
        return Cause("no choice leads here")
    others = [branch for branch in incoming if branch[0] != name]
    if not others:
        return Cause("it leads only to itself")
    live = [branch for branch in others if subject.reached(branch[0])]
    if not live:
        scenes = dict.fromkeys(scene for scene, _, _ in others)
        named = " and ".join(f"“{scene}”" for scene in list(scenes)[:3])
        verb = "leads" if len(scenes) == 1 else "lead"
        return Cause(f"only {named} {verb} here, and cannot be reached either")
    blocking = (_blocking(subject, branch) for branch in live)
    blamed = [condition for condition in blocking if condition is not None]
    reasons = [_condition_text(subject, condition) for condition in blamed[:3]]
    reason = "; ".join(reasons) or "its ways in are closed"
    return Cause(reason, tuple(dict.fromkeys(blamed)))


def _blocking(subject: Subject, branch: Condition) -> Condition | None:
    """The condition that closes a branch: of its choice, its own, or one above it in the goto."""
    scene, choice, position = branch
    for condition in ((scene, choice, -1), branch):
        if condition in subject.solution.never:
            return condition
    above = ((scene, choice, n) for n in range(position))
    return next((c for c in above if c in subject.solution.always), None)


def _condition_text(subject: Subject, condition: Condition) -> str:
    scene, choice, _ = condition
    verb = "always" if condition in subject.solution.always else "never"
    line = subject.place(condition).line
    where = f"{scene}.{choice}, line {line}" if line else f"{scene}.{choice}"
    return f"“{subject.source(condition)}” ({where}) {verb} holds"


class Text(NamedTuple):
    """One text that a player may read, where it stands, and what it is."""

    kind: str
    path: PathKey
    content: str


def story_texts(story: Story) -> Iterator[Text]:
    """Every text, in the order of the file."""
    yield Text("title", ("title",), story.title)
    yield Text("summary", ("summary",), story.summary)
    for name, question in story.questions.items():
        yield Text("question", ("questions", name), question)
    for scene in story.scenes.values():
        yield from _of_scene(scene)
    for ending in story.endings.values():
        yield from _of_ending(ending)
    for name, item in story.transfer.items():
        here: PathKey = ("transfer", name)
        yield Text("situation", (*here, "situation"), item.situation)
        for number, option in enumerate(item.options):
            yield Text("option", (*here, "options", number, "text"), option.text)
            yield Text("why", (*here, "options", number, "why"), option.why)


def _of_scene(scene: Scene) -> Iterator[Text]:
    here: PathKey = ("scenes", scene.id)
    yield Text("scene title", (*here, "title"), scene.title)
    yield from paragraphs("text", (*here, "text"), scene.text)
    if scene.settled:
        yield Text("settled", (*here, "settled"), scene.settled)
    for number, exhibit in enumerate(scene.exhibits):
        yield from _of_exhibit((*here, "exhibits", number, exhibit.kind), exhibit)
    for choice in scene.choices.values():
        yield from _of_choice((*here, "choices", choice.id), choice)


def _of_exhibit(here: PathKey, exhibit: Exhibit) -> Iterator[Text]:
    if exhibit.alt:
        yield Text("alt", (*here, "alt"), exhibit.alt)
    for name, text in exhibit.fields.items():
        if name != "file":
            yield Text("exhibit", (*here, name), text)
    for items in exhibit.items:
        for name, text in items.items():
            yield Text("exhibit", (*here, name), text)
    for number, detail in enumerate(exhibit.details):
        yield Text("detail", (*here, "details", number, "text"), detail.text)


def _of_choice(here: PathKey, choice: Choice) -> Iterator[Text]:
    yield Text("label", (*here, "text"), choice.text)
    if choice.locked:
        yield Text("locked", (*here, "locked"), choice.locked)
    yield from paragraphs("consequence", (*here, "consequence"), choice.consequence)
    for number, mark in enumerate(choice.marks):
        yield Text("why", (*here, "marks", number, "why"), mark.why)
    if choice.coaching:
        yield Text("coaching", (*here, "coaching"), choice.coaching)


def _of_ending(ending: Ending) -> Iterator[Text]:
    here: PathKey = ("endings", ending.id)
    yield Text("ending title", (*here, "title"), ending.title)
    yield from paragraphs("ending", (*here, "text"), ending.text)


def paragraphs(
    kind: str, path: PathKey, content: Sequence[Paragraph]
) -> Iterator[Text]:
    """The paragraphs of a text; a single one stands at the text itself."""
    for number, paragraph in enumerate(content):
        yield Text(kind, (*path, number) if len(content) > 1 else path, paragraph.text)


class SlipPatterns:
    """Patterns of one kind of slip, each with a piece of text that stands in whatever it finds.

    Most texts have none of the pieces, and looking for those is many times faster.
    """

    def __init__(self, *patterns: tuple[str, str]) -> None:
        self.patterns = patterns

    def within(self, text: str) -> SlipPatterns:
        """Those of which the piece stands in a text: no other can be found in a part of it."""
        return SlipPatterns(
            *(pattern for pattern in self.patterns if pattern[0] in text)
        )

    def first(self, text: str) -> re.Match[str] | None:
        """The first slip in a text."""
        likely = tuple(pattern for piece, pattern in self.patterns if piece in text)
        return _joined(likely).search(text) if likely else None


@cache
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
