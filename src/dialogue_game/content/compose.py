"""One story as authored → the core's Story, every name checked on the way.

What is wrong becomes a finding; what comes back can be played all the same (a broken condition
always holds, a broken effect does nothing), so that the analysis can look at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.authoring import (
    MARK_WORDS,
    BranchModel,
    ChoiceModel,
    CostModel,
    EndingModel,
    MarkModel,
    SceneModel,
    StoryModel,
    TransferModel,
)
from dialogue_game.content.exhibits import Exhibits
from dialogue_game.content.language import PROFILE, Language, World
from dialogue_game.content.newer import Later
from dialogue_game.content.notes import Notes, Pictures
from dialogue_game.content.paragraphs import Paragraphs, Piece
from dialogue_game.content.places import SourcePlaces
from dialogue_game.content.times import clock_of, minutes_of
from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Choice,
    Cost,
    Ending,
    Mark,
    Paragraph,
    Scene,
    Story,
    TransferItem,
    TransferOption,
)
from dialogue_game.core.value_kinds import kind_of

UNWRITTEN: Final = "Not written yet"
STUB_ADVICE: Final = "Write it; a play ends here until then."


@dataclass(frozen=True, slots=True)
class Shared:
    """What a story finds in its course."""

    course: str
    guidelines: Mapping[str, Guideline]
    references: Mapping[str, Reference]
    pictures: Pictures


class Composer:
    """Makes one Story; `notes.found` says what is wrong with it."""

    def __init__(
        self, authored: StoryModel, places: SourcePlaces, shared: Shared
    ) -> None:
        self.authored = authored
        self.shared = shared
        self.notes = Notes(places)
        self.scenes = authored.scenes.keys()
        self.places = self.scenes | authored.endings.keys()
        self.choices = {
            f"{scene}.{choice}"
            for scene, scene_model in authored.scenes.items()
            for choice in scene_model.choices
        }
        self.later = Later(authored, self.notes)
        self.clock = (
            clock_of(authored.clock, self.notes) if authored.clock is not None else None
        )
        self.language = Language(self.world(), self.notes)
        self.exhibits = Exhibits(
            self.notes, self.language, shared.pictures, authored.shared_exhibits
        )
        self.paragraphs = Paragraphs(self.language, self.notes, authored.fragments)
        self.cited: dict[str, None] = {}
        self.unwritten: dict[str, None] = {}
        self.due: dict[str, list[Piece]] = {}

    def world(self) -> World:
        """The names that this story's expressions may use."""
        model = self.authored
        kinds = {name: kind_of(value) for name, value in model.variables.items()}
        fixed: set[str] = set()
        if model.format >= 2:
            fixed.update(PROFILE)
            kinds.update(dict.fromkeys(PROFILE, "number"))
        if self.clock is not None:
            kinds.update(dict.fromkeys(("clock", *self.clock.times), "number"))
            fixed.update(self.clock.times)
        guidelines = set(self.shared.guidelines)
        return World(
            kinds, set(self.scenes), self.choices, fixed, guidelines, model.format
        )

    @property
    def moved(self) -> dict[PathKey, PathKey]:
        """Where what the build has moved is written."""
        return {**self.paragraphs.moved, **self.exhibits.moved}

    def story(self) -> Story:
        """The story, without its edition."""
        file = self.authored
        self.later.check()
        costs = dict(self.costs())
        scenes = {
            scene: self.scene(scene, model, costs)
            for scene, model in file.scenes.items()
        }
        endings = {
            ending: self.ending(ending, model) for ending, model in file.endings.items()
        }
        scenes |= {name: Scene(name, UNWRITTEN, (), {}) for name in self.unwritten}
        self.start_and_aliases()
        self.later.unused(self.paragraphs.used_names, self.exhibits.used_names)
        resources = self.references(file.resources, ("resources",))
        transfer = {
            item: self.transfer(item, model) for item, model in file.transfer.items()
        }
        references = self.shared.references
        return Story(
            id=file.id,
            title=file.title,
            kind=file.kind,
            start=file.start,
            scenes=scenes,
            endings=endings,
            variables=dict(file.variables),
            guidelines=dict(self.shared.guidelines),
            references={
                name: references[name] for name in references if name in self.cited
            },
            cast={
                person: CastMember(
                    person, model.name, model.role, model.handle.lstrip("@")
                )
                for person, model in file.cast.items()
            },
            aliases=dict(file.aliases),
            questions=dict(file.questions),
            transfer=transfer,
            resources=resources,
            summary=file.summary,
            question=file.question,
            status=file.status,
            reviewers=tuple(file.reviewers),
            minutes=file.minutes,
            cover=self.exhibits.cover(file.cover) if file.cover else None,
            course=self.shared.course,
            clock=self.clock,
            tracks=tuple(sorted(self.language.tracks)),
        )

    def costs(self) -> Iterator[tuple[str, Cost]]:
        """What choices cost, by `scene.choice`; what falls due later is noted where it does."""
        for scene, model in self.authored.scenes.items():
            for choice, choice_model in model.choices.items():
                if choice_model.cost is not None:
                    yield (
                        f"{scene}.{choice}",
                        self.cost(scene, choice, choice_model.cost),
                    )

    def cost(self, scene: str, choice: str, model: CostModel) -> Cost:
        """What one choice costs."""
        path: PathKey = ("scenes", scene, "choices", choice, "cost")
        if model.person and model.person not in self.authored.cast:
            known = self.authored.cast
            self.notes.unknown(
                "DG107", "person", model.person, known, (*path, "person")
            )
        text = self.language.text(model.text, *path, "text")
        due = (model.due,) if isinstance(model.due, str) else tuple(model.due)
        piece = (Paragraph(text, f"chose({scene}.{choice})"), (*path, "text"))
        for place in due:
            if place not in self.places:
                self.notes.unknown(
                    "DG101", "scene or ending", place, self.places, (*path, "due")
                )
            if self.notes.room_for(len(text), (*path, "due")):
                self.due.setdefault(place, []).append(piece)
        return Cost(text, model.person, due)

    def effects(self, sources: list[str], *path: str | int) -> tuple[str, ...]:
        """Effects as they may be played."""
        made = [
            self.language.effect(effect, *path, n) for n, effect in enumerate(sources)
        ]
        return tuple(filter(None, made))

    def scene(self, scene: str, model: SceneModel, costs: Mapping[str, Cost]) -> Scene:
        """One scene."""
        path = ("scenes", scene)
        self.half_written(scene, model)
        if model.as_ and model.as_ not in self.authored.cast:
            self.notes.unknown(
                "DG107", "person", model.as_, self.authored.cast, (*path, "as")
            )
        for number, question in enumerate(model.discuss):
            if question not in self.authored.questions:
                known = self.authored.questions
                self.notes.unknown(
                    "DG106", "question", question, known, (*path, "discuss", number)
                )
        return Scene(
            id=scene,
            title=model.title,
            text=self.paragraphs.of(
                model.text, *path, "text", ahead=tuple(self.due.get(scene, ()))
            ),
            choices={
                choice: self.choice(
                    scene, choice, option, costs.get(f"{scene}.{choice}")
                )
                for choice, option in model.choices.items()
            },
            exhibits=self.exhibits.of(scene, model.exhibits) if model.exhibits else (),
            as_=model.as_,
            group=model.group or "",
            discuss=tuple(model.discuss),
            notes=model.notes,
            todo=model.todo,
            goto=self.goto(model.goto, path)
            if model.goto is not None and not model.choices
            else (),
            enter=self.effects(model.enter, *path, "enter"),
            first_enter=self.effects(model.first_enter, *path, "first_enter"),
            shuffled=(model.order or self.authored.order or "author") != "author",
            settled=model.settled,
        )

    def half_written(self, scene: str, model: SceneModel) -> None:
        """A scene without a way on, or without a text."""
        path = ("scenes", scene)
        if not model.choices and model.goto is None:
            message = f"The scene “{scene}” is not written yet: it has no choices and no goto."
            self.notes.add(
                "DG114", path, message, STUB_ADVICE, self.notes.places.key(path)
            )
        elif not model.text:
            message, advice = f"“text” is missing in “{scene}”.", "What happens."
            self.notes.add("DG011", path, message, advice, self.notes.places.key(path))
        if model.choices and model.goto is not None:
            message = "A scene has choices, or a goto of its own, and not both."
            self.notes.add("DG013", (*path, "goto"), message, "Take one of them away.")

    def choice(
        self, scene: str, choice: str, model: ChoiceModel, cost: Cost | None
    ) -> Choice:
        """One choice."""
        path = ("scenes", scene, "choices", choice)
        guarded, reasoned = model.if_ is not None, model.locked is not None
        if guarded != reasoned and (reasoned or self.authored.format < 2):
            self.half_guarded(model, path)
        effects = self.effects(model.effects, *path, "effects")
        takes = self.takes(model, path)
        if takes:
            effects = (f"clock += {takes}", *effects)
        locked = (
            self.language.text(model.locked, *path, "locked") if model.locked else ""
        )
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
            self.notes.add(
                "DG013", (*path, "takes"), message, "Write 45m, 2h, 1d or 1d 2h."
            )
        elif not minutes:
            message = "This takes no time."
            self.notes.add(
                "DG211", (*path, "takes"), message, "Say how long, or take it away."
            )
        elif self.clock is None:
            message = "This story has no clock."
            advice = "Add clock: {start: Monday 09:00}, or take the time away."
            self.notes.add("DG104", (*path, "takes"), message, advice)
        else:
            return minutes
        return 0

    def half_guarded(self, model: ChoiceModel, path: PathKey) -> None:
        """A guard needs a reason that the player reads, and the other way round."""
        if model.locked is None:
            message = "This choice has an “if” and no “locked”, so it is not shown while locked."
            advice = "Say why it is locked; or write format: 2, where this is how one hides it."
            self.notes.add("DG207", (*path, "if"), message, advice)
        else:
            message = (
                "This choice has a “locked” and no “if”; the reason is never shown."
            )
            advice = "Say when it is available, or take the reason away."
            self.notes.add("DG207", (*path, "locked"), message, advice)

    def goto(
        self, authored: str | list[BranchModel], path: PathKey
    ) -> tuple[Branch, ...]:
        """Where a choice or a page leads."""
        if isinstance(authored, str):
            self.target(authored, (*path, "goto"))
            return (Branch(authored),)
        branches = []
        last = len(authored) - 1
        for number, branch in enumerate(authored):
            here: PathKey = (*path, "goto", number)
            self.target(branch.to, (*here, "to"))
            when = self.language.condition(branch.if_, *here, "if")
            if branch.if_ is not None and number == last:
                advice = (
                    "Add a last item without “if”, so that there is always a way on."
                )
                self.notes.add(
                    "DG013", (*here, "if"), "The last way on has a condition.", advice
                )
                when = ""
            elif branch.if_ is None and number < last:
                advice = "Give it an “if”, or move it to the end of the list."
                self.notes.add(
                    "DG013", here, "No way below this one is ever taken.", advice
                )
            branches.append(Branch(branch.to, when))
        return tuple(branches)

    def target(self, name: str, path: PathKey) -> None:
        """A choice leads to a scene or an ending; to one not written yet, in a draft."""
        if name not in self.places:
            self.notes.unknown("DG114", "scene or ending", name, self.places, path)
            self.unwritten[name] = None

    def marks(self, models: list[MarkModel], path: PathKey) -> tuple[Mark, ...]:
        """What a choice does to guidelines, each named once."""
        marks: dict[str, Mark] = {}
        for number, model in enumerate(models):
            word: Any = next(
                word for word in MARK_WORDS if word in model.model_fields_set
            )
            guideline: str | None = getattr(model, word)
            if guideline is None:  # its value could not be read, which has been said
                continue
            here: PathKey = (*path, "marks", number, word)
            if guideline not in self.shared.guidelines:
                self.guideline(guideline, here)
            if guideline in marks:
                message = f"This choice marks “{guideline}” twice."
                self.notes.add(
                    "DG108", here, message, "Keep the mark that weighs more."
                )
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

    def ending(self, ending: str, model: EndingModel) -> Ending:
        """One ending; its id must not be a scene's."""
        path = ("endings", ending)
        if ending in self.scenes:
            message = f"“{ending}” is a scene, too."
            self.notes.add("DG108", path, message, "Give the ending another id.")
        if model.kind == "neutral" and self.authored.kind == "scenario":
            message = "The ending of a scenario is good, mixed or poor."
            self.notes.add(
                "DG013", (*path, "kind"), message, "neutral is for aids and tutorials."
            )
        if not model.text:
            message = f"The ending “{ending}” is not written yet: it has no text."
            self.notes.add(
                "DG114", path, message, STUB_ADVICE, self.notes.places.key(path)
            )
        due = tuple(self.due.get(ending, ()))
        return Ending(
            ending,
            model.kind,
            model.title,
            self.paragraphs.of(
                model.text, *path, "text", ahead=due if model.text else ()
            ),
            self.effects(model.first_enter, *path, "first_enter")
            + self.effects(model.enter, *path, "enter"),
        )

    def start_and_aliases(self) -> None:
        """A story starts in a scene; old ids are free, and lead to what is there, alike in kind."""
        if self.authored.start not in self.scenes:
            self.notes.unknown(
                "DG101", "scene", self.authored.start, self.scenes, ("start",)
            )
        for old, new in self.authored.aliases.items():
            path = ("aliases", old)
            if old in self.places or old in self.choices:
                message = f"“{old}” is still there under this id."
                self.notes.add(
                    "DG113", path, message, "Take the alias away, or rename the other."
                )
            known = self.choices if "." in old else self.places
            if new not in known:
                what = "choice" if "." in old else "scene or ending"
                self.notes.unknown("DG113", what, new, known, path)

    def transfer(self, item: str, model: TransferModel) -> TransferItem:
        """One new situation."""
        if model.guideline not in self.shared.guidelines:
            self.guideline(model.guideline, ("transfer", item, "guideline"))
        options = tuple(TransferOption(o.text, o.why, o.sound) for o in model.options)
        return TransferItem(item, model.guideline, model.situation, options)
