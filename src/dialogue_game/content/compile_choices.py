"""The choices of one story as authored → the core's: costs, marks, references, where each leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.compile_expressions import minutes_of
from dialogue_game.content.compile_texts import Paragraphs, Pictures, Piece
from dialogue_game.content.story_models import (
    MARK_WORDS,
    BranchModel,
    ChoiceModel,
    CostModel,
    MarkModel,
    StoryModel,
)
from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.story import Branch, Choice, Cost, Mark, Paragraph


@dataclass(frozen=True, slots=True)
class CourseContext:
    """What a story finds in its course."""

    course: str
    guidelines: Mapping[str, Guideline]
    references: Mapping[str, Reference]
    pictures: Pictures


class Choices:
    """Makes the choices of one story.

    What it gathers on the way: references `cited`, places led to that are `unwritten`, and by
    place the costs that are told there (`due`).
    """

    def __init__(
        self, authored: StoryModel, shared: CourseContext, paragraphs: Paragraphs
    ) -> None:
        self.authored, self.shared, self.paragraphs = authored, shared, paragraphs
        self.language, self.findings = paragraphs.language, paragraphs.findings
        self.places = dict.fromkeys([*authored.scenes, *authored.endings])
        self.cited: dict[str, None] = {}
        self.unwritten: dict[str, None] = {}
        self.due: dict[str, list[Piece]] = {}

    def costs(self) -> Iterator[tuple[str, Cost]]:
        """What choices cost, by `scene.choice`; what falls due later is noted where it does."""
        for scene, scene_model in self.authored.scenes.items():
            for choice, model in scene_model.choices.items():
                if model.cost is not None:
                    cost = self.cost(scene, choice, model.cost)
                    yield f"{scene}.{choice}", cost

    def cost(self, scene: str, choice: str, model: CostModel) -> Cost:
        """What one choice costs."""
        path: PathKey = ("scenes", scene, "choices", choice, "cost")
        cast, person = self.authored.cast, model.person
        if person and person not in cast:
            self.findings.unknown("DG107", "person", person, cast, (*path, "person"))
        text = self.language.text(model.text, *path, "text")
        due = (model.due,) if isinstance(model.due, str) else tuple(model.due)
        paragraph = Paragraph(text, f"chose({scene}.{choice})")
        known, due_path = self.places, (*path, "due")
        for place in due:
            if place not in known:
                self.findings.unknown(
                    "DG101", "scene or ending", place, known, due_path
                )
            if self.findings.within_size_limit(len(text), due_path):
                pieces = self.due.setdefault(place, [])
                pieces.append((paragraph, (*path, "text")))
        return Cost(text, person, due)

    def choice(
        self, scene: str, choice: str, model: ChoiceModel, cost: Cost | None
    ) -> Choice:
        """One choice."""
        path = ("scenes", scene, "choices", choice)
        has_condition, has_reason = model.if_ is not None, model.locked is not None
        hides = has_condition and self.authored.format >= 2
        if has_condition != has_reason and not hides:
            self.half_guarded(model, path)
        effects = self.effects(model.effects, *path, "effects")
        takes = self.takes(model, path)
        if takes:
            effects = (f"clock += {takes}", *effects)
        locked = ""
        if model.locked:
            locked = self.language.text(model.locked, *path, "locked")
        return Choice(
            id=choice,
            text=self.language.text(model.text, *path, "text"),
            consequence=self.paragraphs.of(model.consequence, *path, "consequence"),
            goto=self.goto(model.goto, path),
            marks=self.marks(model.marks, path) if model.marks else (),
            references=self.references(model.references, (*path, "references")),
            effects=effects,
            when=self.language.condition(model.if_, *path, "if"),
            locked=locked,
            tonal=model.tonal,
            status=model.status or "",
            todo=model.todo,
            takes=takes,
            cost=cost,
            coaching=self.language.text(model.coaching, *path, "coaching"),
            stance=model.stance or "",
            defensible=model.defensible,
        )

    def takes(self, model: ChoiceModel, path: PathKey) -> int:
        """The minutes that a choice takes; 0 where it says nothing of it."""
        if model.takes is None:
            return 0
        minutes = minutes_of(model.takes)
        if minutes is None:
            message = f"“{model.takes}” is no time that something takes."
            self.findings.add(
                "DG013", (*path, "takes"), message, "Write 45m, 2h, 1d or 1d 2h."
            )
        elif not minutes:
            message = "This takes no time."
            self.findings.add(
                "DG211", (*path, "takes"), message, "Say how long, or take it away."
            )
        elif self.authored.clock is None:
            message = "This story has no clock."
            advice = "Add clock: {start: Monday 09:00}, or take the time away."
            self.findings.add("DG104", (*path, "takes"), message, advice)
        else:
            return minutes
        return 0

    def half_guarded(self, model: ChoiceModel, path: PathKey) -> None:
        """A guard needs a reason that the player reads, and the other way round."""
        if model.locked is None:
            message = "This choice has an “if” and no “locked”, so it is not shown while locked."
            advice = "Say why it is locked; or write format: 2, where this is how one hides it."
            self.findings.add("DG207", (*path, "if"), message, advice)
        else:
            message = (
                "This choice has a “locked” and no “if”; the reason is never shown."
            )
            advice = "Say when it is available, or take the reason away."
            self.findings.add("DG207", (*path, "locked"), message, advice)

    def effects(self, sources: list[str], *path: str | int) -> tuple[str, ...]:
        """Effects as they may be played."""
        if not sources:
            return ()
        effects = []
        for number, source in enumerate(sources):
            effect = self.language.effect(source, *path, number)
            if effect:
                effects.append(effect)
        return tuple(effects)

    def goto(
        self, authored: str | list[BranchModel], path: PathKey
    ) -> tuple[Branch, ...]:
        """Where a choice or a page leads."""
        if isinstance(authored, str):
            self.target(authored, (*path, "goto"))
            return (Branch(authored),)
        branches = []
        swapped = _is_swapped(authored)
        for number, branch in enumerate(authored):
            here: PathKey = (*path, "goto", number)
            last = number == len(authored) - 1
            self.target(branch.to, (*here, "to"))
            when = self.language.condition(branch.if_, *here, "if")
            if last and branch.if_ is not None:
                when = ""
                if not swapped:
                    message = "The last way on has a condition."
                    advice = "Add a last item without “if”, so that there is always a way on."
                    self.findings.add("DG013", (*here, "if"), message, advice)
            elif not last and branch.if_ is None:
                message = "No way below this one is ever taken."
                advice = "Give it an “if”, or move it to the end of the list."
                if swapped:
                    advice = (
                        "The two are in the wrong order: move this one below the other."
                    )
                self.findings.add("DG013", here, message, advice)
            branches.append(Branch(branch.to, when))
        return tuple(branches)

    def target(self, name: str, path: PathKey) -> None:
        """A choice leads to a scene or an ending; to one not written yet, in a draft."""
        if name not in self.places:
            self.findings.unknown("DG114", "scene or ending", name, self.places, path)
            self.unwritten[name] = None

    def marks(self, models: list[MarkModel], path: PathKey) -> tuple[Mark, ...]:
        """What a choice does to guidelines, each named once."""
        marks: dict[str, Mark] = {}
        for number, model in enumerate(models):
            word: Any
            (word,) = MARK_WORDS & model.model_fields_set
            guideline: str | None = getattr(model, word)
            if guideline is None:  # its value could not be read, which has been said
                continue
            here: PathKey = (*path, "marks", number, word)
            if guideline not in self.shared.guidelines:
                self.guideline(guideline, here)
            if guideline in marks:
                message = f"This choice marks “{guideline}” twice."
                self.findings.add(
                    "DG108", here, message, "Keep the mark that weighs more."
                )
                continue
            marks[guideline] = Mark(guideline, word, model.why)
        return tuple(marks.values())

    def guideline(self, name: str, path: PathKey) -> None:
        """A guideline that the course does not have."""
        self.findings.unknown("DG102", "guideline", name, self.shared.guidelines, path)

    def references(self, names: list[str], path: PathKey) -> tuple[str, ...]:
        """References that are cited; unknown ones are left out."""
        known = self.shared.references
        for number, name in enumerate(names):
            if name in known:
                self.cited[name] = None
            else:
                here = (*path, number)
                self.findings.unknown("DG103", "reference", name, known, here)
        return tuple(name for name in names if name in known)


def _is_swapped(branches: list[BranchModel]) -> bool:
    """Whether there are two ways on, and the one without a condition comes first."""
    if len(branches) != 2:
        return False
    first, second = branches
    return first.if_ is None and second.if_ is not None
