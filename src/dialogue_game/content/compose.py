"""One story as authored → the core's Story, every name checked on the way.

What is wrong becomes a finding; what comes back can be played all the same (a broken condition
always holds, a broken effect does nothing), so that the analysis can look at the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.authoring import (
    MARK_WORDS,
    ChoiceModel,
    EndingModel,
    MarkModel,
    SceneModel,
    StoryModel,
    TransferModel,
)
from dialogue_game.content.authoring_base import ParagraphModel
from dialogue_game.content.exhibits import Exhibits
from dialogue_game.content.language import Language, World
from dialogue_game.content.notes import Notes, Pictures
from dialogue_game.content.places import SourcePlaces
from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Choice,
    Ending,
    Mark,
    Paragraph,
    Picture,
    Scene,
    Story,
    TransferItem,
    TransferOption,
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What a story finds in its course."""

    course: str
    guidelines: Mapping[str, Guideline]
    references: Mapping[str, Reference]
    pictures: Pictures


class Composer:
    """Makes one Story; `notes.found` says what is wrong with it."""

    def __init__(self, authored: StoryModel, places: SourcePlaces, shared: Shared) -> None:
        self.authored = authored
        self.shared = shared
        self.notes = Notes(places)
        self.scenes = authored.scenes.keys()
        self.places = self.scenes | authored.endings.keys()
        self.choices = {
            f"{scene}.{choice}"
            for scene, told in authored.scenes.items()
            for choice in told.choices
        }
        world = World.of(authored.variables, set(self.scenes), self.choices)
        self.language = Language(world, self.notes)
        self.exhibits = Exhibits(self.notes, self.language, shared.pictures)
        self.cited: dict[str, None] = {}

    def story(self) -> Story:
        """The story, without its edition."""
        told = self.authored
        scenes = {scene: self.scene(scene, model) for scene, model in told.scenes.items()}
        endings = {ending: self.ending(ending, model) for ending, model in told.endings.items()}
        self.start()
        self.aliases()
        resources = self.references(told.resources, ("resources",))
        transfer = {item: self.transfer(item, model) for item, model in told.transfer.items()}
        references = self.shared.references
        return Story(
            id=told.id,
            title=told.title,
            kind=told.kind,
            start=told.start,
            scenes=scenes,
            endings=endings,
            variables=dict(told.variables),
            guidelines=dict(self.shared.guidelines),
            references={name: references[name] for name in references if name in self.cited},
            cast={
                person: CastMember(person, model.name, model.role, model.handle.lstrip("@"))
                for person, model in told.cast.items()
            },
            aliases=dict(told.aliases),
            questions=dict(told.questions),
            transfer=transfer,
            resources=resources,
            summary=told.summary,
            question=told.question,
            status=told.status,
            reviewers=tuple(told.reviewers),
            minutes=told.minutes,
            cover=self.cover(),
            course=self.shared.course,
        )

    def scene(self, scene: str, told: SceneModel) -> Scene:
        """One scene."""
        path = ("scenes", scene)
        if told.as_ and told.as_ not in self.authored.cast:
            self.notes.unknown("DG107", "person", told.as_, self.authored.cast, (*path, "as"))
        for number, question in enumerate(told.discuss):
            if question not in self.authored.questions:
                known = self.authored.questions
                self.notes.unknown("DG106", "question", question, known, (*path, "discuss", number))
        return Scene(
            id=scene,
            title=told.title,
            text=self.paragraphs(told.text, *path, "text"),
            choices={
                choice: self.choice(scene, choice, model) for choice, model in told.choices.items()
            },
            exhibits=self.exhibits.of(scene, told.exhibits) if told.exhibits else (),
            as_=told.as_,
            group=told.group or "",
            discuss=tuple(told.discuss),
            notes=told.notes,
            todo=told.todo,
        )

    def choice(self, scene: str, choice: str, told: ChoiceModel) -> Choice:
        """One choice."""
        path = ("scenes", scene, "choices", choice)
        if (told.if_ is None) != (told.locked is None):
            self.half_guarded(told, path)
        effects = [
            self.language.effect(effect, *path, "effects", number)
            for number, effect in enumerate(told.effects)
        ]
        locked = self.language.text(told.locked, *path, "locked") if told.locked else ""
        return Choice(
            id=choice,
            text=self.language.text(told.text, *path, "text"),
            consequence=self.paragraphs(told.consequence, *path, "consequence"),
            goto=self.goto(told, path),
            marks=self.marks(told.marks, path) if told.marks else (),
            references=self.references(told.references, (*path, "references")),
            effects=tuple(filter(None, effects)),
            when=self.language.condition(told.if_, *path, "if"),
            locked=locked,
            tonal=told.tonal,
            status=told.status or "",
            todo=told.todo,
        )

    def half_guarded(self, told: ChoiceModel, path: PathKey) -> None:
        """A guard needs a reason that the player reads, and the other way round."""
        if told.locked is None:
            message, advice = "This choice has an “if” and no “locked”.", "Say why it is locked."
            self.notes.add("DG207", (*path, "if"), message, advice)
        else:
            message = "This choice has a “locked” and no “if”; the reason is never shown."
            advice = "Say when it is available, or take the reason away."
            self.notes.add("DG207", (*path, "locked"), message, advice)

    def goto(self, told: ChoiceModel, path: PathKey) -> tuple[Branch, ...]:
        """Where a choice leads."""
        if isinstance(told.goto, str):
            self.target(told.goto, (*path, "goto"))
            return (Branch(told.goto),)
        branches = []
        last = len(told.goto) - 1
        for number, branch in enumerate(told.goto):
            here: PathKey = (*path, "goto", number)
            self.target(branch.to, (*here, "to"))
            when = self.language.condition(branch.if_, *here, "if")
            if branch.if_ is not None and number == last:
                advice = "Add a last item without “if”, so that there is always a way on."
                self.notes.add("DG013", (*here, "if"), "The last way on has a condition.", advice)
                when = ""
            elif branch.if_ is None and number < last:
                advice = "Give it an “if”, or move it to the end of the list."
                self.notes.add("DG013", here, "No way below this one is ever taken.", advice)
            branches.append(Branch(branch.to, when))
        return tuple(branches)

    def target(self, name: str, path: PathKey) -> None:
        """A choice leads to a scene or an ending."""
        if name not in self.places:
            self.notes.unknown("DG101", "scene or ending", name, self.places, path)

    def marks(self, told: list[MarkModel], path: PathKey) -> tuple[Mark, ...]:
        """What a choice does to guidelines, each named once."""
        marks: dict[str, Mark] = {}
        for number, model in enumerate(told):
            word: Any = next(word for word in MARK_WORDS if word in model.model_fields_set)
            guideline: str | None = getattr(model, word)
            if guideline is None:  # its value could not be read, which has been said
                continue
            here: PathKey = (*path, "marks", number, word)
            if guideline not in self.shared.guidelines:
                self.guideline(guideline, here)
            if guideline in marks:
                message = f"This choice marks “{guideline}” twice."
                self.notes.add("DG108", here, message, "Keep the mark that weighs more.")
                continue
            marks[guideline] = Mark(guideline, word, model.why)
        return tuple(marks.values())

    def guideline(self, name: str, path: PathKey) -> None:
        """A guideline that the course does not have."""
        self.notes.unknown("DG102", "guideline", name, self.shared.guidelines, path)

    def references(self, names: list[str], path: PathKey) -> tuple[str, ...]:
        """References that are cited; unknown ones are left out."""
        for number, name in enumerate(names):
            if name in self.shared.references:
                self.cited[name] = None
            else:
                known = self.shared.references
                self.notes.unknown("DG103", "reference", name, known, (*path, number))
        return tuple(name for name in names if name in self.shared.references)

    def paragraphs(self, told: Any, *path: str | int) -> tuple[Paragraph, ...]:
        """A text in the core's one form: paragraphs, each with its condition."""
        if isinstance(told, str):
            return (Paragraph(self.language.text(told, *path)),)
        made = []
        for number, piece in enumerate(told):
            if isinstance(piece, ParagraphModel):
                when = self.language.condition(piece.if_, *path, number, "if")
                text = self.language.text(piece.text, *path, number, "text")
                made.append(Paragraph(text, when))
            else:
                made.append(Paragraph(self.language.text(piece, *path, number)))
        return tuple(made)

    def ending(self, ending: str, told: EndingModel) -> Ending:
        """One ending; its id must not be a scene's."""
        path = ("endings", ending)
        if ending in self.scenes:
            message = f"“{ending}” is a scene, too."
            self.notes.add("DG108", path, message, "Give the ending another id.")
        if told.kind == "neutral" and self.authored.kind == "scenario":
            message = "The ending of a scenario is good, mixed or poor."
            self.notes.add("DG013", (*path, "kind"), message, "neutral is for aids and tutorials.")
        return Ending(ending, told.kind, told.title, self.paragraphs(told.text, *path, "text"))

    def start(self) -> None:
        """A story starts in a scene."""
        if self.authored.start not in self.scenes:
            self.notes.unknown("DG101", "scene", self.authored.start, self.scenes, ("start",))

    def aliases(self) -> None:
        """Old ids must be free, and lead to what is there, a choice to a choice."""
        for old, new in self.authored.aliases.items():
            path = ("aliases", old)
            if old in self.places or old in self.choices:
                message = f"“{old}” is still there under this id."
                self.notes.add("DG113", path, message, "Take the alias away, or rename the other.")
            known = self.choices if "." in old else self.places
            if new not in known:
                what = "choice" if "." in old else "scene or ending"
                self.notes.unknown("DG113", what, new, known, path)

    def transfer(self, item: str, told: TransferModel) -> TransferItem:
        """One new situation."""
        if told.guideline not in self.shared.guidelines:
            self.guideline(told.guideline, ("transfer", item, "guideline"))
        options = tuple(TransferOption(o.text, o.why, o.sound) for o in told.options)
        return TransferItem(item, told.guideline, told.situation, options)

    def cover(self) -> Picture | None:
        """The picture of the title."""
        told = self.authored.cover
        if told is None:
            return None
        self.exhibits.picture(told.file, ("cover", "file"))
        if told.alt is None:
            self.exhibits.without_alt(("cover",))
        return Picture(told.file, told.alt or "")
