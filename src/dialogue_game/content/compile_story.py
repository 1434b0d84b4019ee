"""One story as authored → the core's Story, every name checked on the way.

What is wrong becomes a finding; what comes back can be played all the same (a broken condition
always holds, a broken effect does nothing), so that the analysis can look at the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Final

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.compile_choices import Choices, CourseContext
from dialogue_game.content.compile_expressions import PROFILE, Language, Scope, clock_of
from dialogue_game.content.compile_texts import Exhibits, Paragraphs
from dialogue_game.content.file_findings import FileFindings
from dialogue_game.content.model_types import UseModel
from dialogue_game.content.places import SourcePlaces
from dialogue_game.content.story_models import (
    EndingModel,
    SceneModel,
    StoryModel,
    TransferModel,
)
from dialogue_game.core.clock import Clock
from dialogue_game.core.expressions import kind_of
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Cost,
    Ending,
    Scene,
    Story,
    TransferItem,
    TransferOption,
)

UNWRITTEN: Final = "Not written yet"
STUB_ADVICE: Final = "Write it; a play ends here until then."


class StoryCompiler:
    """Makes one Story; `findings.found` says what is wrong with it."""

    def __init__(
        self, authored: StoryModel, places: SourcePlaces, shared: CourseContext
    ) -> None:
        self.authored = authored
        self.shared = shared
        self.findings = FileFindings(places)
        # All names stand in the author's order, so that messages list them in it.
        self.scenes = dict.fromkeys(authored.scenes)
        self.places = dict.fromkeys([*authored.scenes, *authored.endings]).keys()
        choices: list[str] = []
        for scene, scene_model in authored.scenes.items():
            choices += [f"{scene}.{choice}" for choice in scene_model.choices]
        self.choice_names = dict.fromkeys(choices).keys()
        self.clock: Clock | None = None
        if authored.clock is not None:
            self.clock = clock_of(authored.clock, self.findings)
        self.language = Language(self.scope(), self.findings)
        self.exhibits = Exhibits(
            self.findings, self.language, shared.pictures, authored.shared_exhibits
        )
        self.paragraphs = Paragraphs(self.language, self.findings, authored.fragments)
        self.choices = Choices(authored, shared, self.paragraphs)

    def scope(self) -> Scope:
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
        return Scope(
            kinds,
            self.scenes.keys(),
            self.choice_names,
            fixed,
            self.shared.guidelines.keys(),
            model.format,
        )

    @property
    def moved(self) -> dict[PathKey, PathKey]:
        """Where what the build has moved is written."""
        return {**self.paragraphs.moved, **self.exhibits.moved}

    def story(self) -> Story:
        """The story, without its edition."""
        file = self.authored
        FormatCheck(file, self.findings).check()
        costs = dict(self.choices.costs())
        # Each model goes as soon as its scene is made: a large story is not held twice.
        scenes = {
            scene: self.scene(scene, file.scenes.pop(scene), costs)
            for scene in self.scenes
        }
        endings = {
            ending: self.ending(ending, model) for ending, model in file.endings.items()
        }
        scenes |= {
            name: Scene(name, UNWRITTEN, (), {}) for name in self.choices.unwritten
        }
        self.start_and_aliases()
        self.unused()
        resources = self.choices.references(file.resources, ("resources",))
        transfer = {
            item: self.transfer(item, model) for item, model in file.transfer.items()
        }
        known, cited = self.shared.references, self.choices.cited
        return Story(
            id=file.id,
            title=file.title,
            kind=file.kind,
            start=file.start,
            scenes=scenes,
            endings=endings,
            variables=dict(file.variables),
            guidelines=dict(self.shared.guidelines),
            references={name: known[name] for name in known if name in cited},
            cast=self.cast(),
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

    def cast(self) -> dict[str, CastMember]:
        """The people, by id."""
        return {
            person: CastMember(person, model.name, model.role, model.handle.lstrip("@"))
            for person, model in self.authored.cast.items()
        }

    def scene(self, scene: str, model: SceneModel, costs: Mapping[str, Cost]) -> Scene:
        """One scene."""
        path = ("scenes", scene)
        self.check_written(scene, model)
        self.check_names(path, model)
        due_costs = tuple(self.choices.due.get(scene, ()))
        text = self.paragraphs.of(model.text, *path, "text", ahead=due_costs)
        choices = {}
        for choice, option in model.choices.items():
            cost = costs.get(f"{scene}.{choice}")
            choices[choice] = self.choices.choice(scene, choice, option, cost)
        goto: tuple[Branch, ...] = ()
        if model.goto is not None and not model.choices:
            goto = self.choices.goto(model.goto, path)
        return Scene(
            id=scene,
            title=model.title,
            text=text,
            choices=choices,
            exhibits=self.exhibits.of(scene, model.exhibits) if model.exhibits else (),
            as_=model.as_,
            group=model.group or "",
            discuss=tuple(model.discuss),
            notes=model.notes,
            todo=model.todo,
            goto=goto,
            enter=self.choices.effects(model.enter, *path, "enter"),
            first_enter=self.choices.effects(model.first_enter, *path, "first_enter"),
            shuffled=(model.order or self.authored.order or "author") != "author",
            settled=model.settled,
        )

    def check_names(self, path: PathKey, model: SceneModel) -> None:
        """The person whose eyes a scene is seen with, and its questions."""
        cast, questions = self.authored.cast, self.authored.questions
        if model.as_ and model.as_ not in cast:
            self.findings.unknown("DG107", "person", model.as_, cast, (*path, "as"))
        for number, question in enumerate(model.discuss):
            if question not in questions:
                here = (*path, "discuss", number)
                self.findings.unknown("DG106", "question", question, questions, here)

    def check_written(self, scene: str, model: SceneModel) -> None:
        """A scene without a way on, or without a text."""
        path = ("scenes", scene)
        if not model.choices and model.goto is None:
            message = f"The scene “{scene}” is not written yet: it has no choices and no goto."
            self.findings.add(
                "DG114", path, message, STUB_ADVICE, self.findings.places.key(path)
            )
        elif not model.text:
            message, advice = f"“text” is missing in “{scene}”.", "What happens."
            self.findings.add(
                "DG011", path, message, advice, self.findings.places.key(path)
            )
        if model.choices and model.goto is not None:
            message = "A scene has choices, or a goto of its own, and not both."
            self.findings.add(
                "DG013", (*path, "goto"), message, "Take one of them away."
            )

    def ending(self, ending: str, model: EndingModel) -> Ending:
        """One ending; its id must not be a scene's."""
        path = ("endings", ending)
        if ending in self.scenes:
            message = f"“{ending}” is a scene, too."
            self.findings.add("DG108", path, message, "Give the ending another id.")
        if model.kind == "neutral" and self.authored.kind == "scenario":
            message = "The ending of a scenario is good, mixed or poor."
            self.findings.add(
                "DG013", (*path, "kind"), message, "neutral is for aids and tutorials."
            )
        if not model.text:
            message = f"The ending “{ending}” is not written yet: it has no text."
            self.findings.add(
                "DG114", path, message, STUB_ADVICE, self.findings.places.key(path)
            )
        due_costs = tuple(self.choices.due.get(ending, ())) if model.text else ()
        text = self.paragraphs.of(model.text, *path, "text", ahead=due_costs)
        first = self.choices.effects(model.first_enter, *path, "first_enter")
        enter = self.choices.effects(model.enter, *path, "enter")
        return Ending(ending, model.kind, model.title, text, first + enter)

    def start_and_aliases(self) -> None:
        """A story starts in a scene; old ids are free, and lead to what is there, alike in kind."""
        if self.authored.start not in self.scenes:
            self.findings.unknown(
                "DG101", "scene", self.authored.start, self.scenes, ("start",)
            )
        for old, new in self.authored.aliases.items():
            path = ("aliases", old)
            if old in self.places or old in self.choice_names:
                message = f"“{old}” is still there under this id."
                self.findings.add(
                    "DG113", path, message, "Take the alias away, or rename the other."
                )
            known = self.choice_names if "." in old else self.places
            if new not in known:
                what = "choice" if "." in old else "scene or ending"
                self.findings.unknown("DG113", what, new, known, path)

    def unused(self) -> None:
        """What was written for several places and stands in none; not where a use is misspelt."""
        if any(noticed.code == "DG115" for noticed in self.findings.found):
            return
        authored = self.authored
        self.report_unused("fragments", authored.fragments, self.paragraphs.used_names)
        self.report_unused(
            "shared_exhibits", authored.shared_exhibits, self.exhibits.used_names
        )

    def report_unused(self, key: str, names: Iterable[str], used: Set[str]) -> None:
        """What of these is used nowhere."""
        advice = "Write - use: where it belongs, or take it away."
        for name in names:
            if name not in used:
                path = (key, name)
                place = self.findings.places.key(path)
                message = f"Nothing uses “{name}”."
                self.findings.add("DG132", path, message, advice, place)

    def transfer(self, item: str, model: TransferModel) -> TransferItem:
        """One new situation."""
        if model.guideline not in self.shared.guidelines:
            self.choices.guideline(model.guideline, ("transfer", item, "guideline"))
        options = tuple(TransferOption(o.text, o.why, o.sound) for o in model.options)
        return TransferItem(item, model.guideline, model.situation, options)


STORY_FIELDS: Final = ("clock", "fragments", "shared_exhibits", "order")
SCENE_FIELDS: Final = ("goto", "enter", "first_enter", "order", "settled")
CHOICE_FIELDS: Final = ("takes", "cost", "coaching", "defensible", "stance")
ENDING_FIELDS: Final = ("enter", "first_enter")
RESERVED: Final = ("earned", "decisions", "clock")
"""Names that have a meaning of their own in format 2."""


class FormatCheck:
    """What only format 2 has: its fields in a file of format 1, and names that it keeps free."""

    def __init__(self, authored: StoryModel, findings: FileFindings) -> None:
        self.authored, self.findings = authored, findings

    def check(self) -> None:
        """Everything to be said."""
        if self.authored.format >= 2:
            self.reserved()
            return
        newer = list(self.newer())
        if newer:
            more = f"; so are {len(newer) - 1} more here" if len(newer) > 1 else ""
            message = f"“{newer[0][-1]}” is a field of format 2{more}."
            advice = "Write format: 2 at the top of this file."
            self.findings.add("DG016", newer[0], message, advice)

    def newer(self) -> Iterator[PathKey]:
        """The fields of format 2 that are used."""
        authored = self.authored
        yield from _used(authored, STORY_FIELDS, ())
        for scene, model in authored.scenes.items():
            path: PathKey = ("scenes", scene)
            yield from _used(model, SCENE_FIELDS, path)
            yield from _uses(model.text, (*path, "text"))
            yield from _uses(model.exhibits, (*path, "exhibits"))
            for name, choice in model.choices.items():
                here = (*path, "choices", name)
                yield from _used(choice, CHOICE_FIELDS, here)
                yield from _uses(choice.consequence, (*here, "consequence"))
        for name, ending in authored.endings.items():
            yield from _used(ending, ENDING_FIELDS, ("endings", name))
            yield from _uses(ending.text, ("endings", name, "text"))

    def reserved(self) -> None:
        """Names of variables and times that mean something else, or stand twice."""
        clock = self.authored.clock
        times = clock.times if clock is not None else {}
        paths: list[tuple[str, PathKey]] = [
            *((name, ("variables", name)) for name in self.authored.variables),
            *((name, ("clock", "times", name)) for name in times),
        ]
        for name, path in paths:
            if name in RESERVED:
                message = f"“{name}” has a meaning of its own in format 2."
                self.findings.add("DG108", path, message, "Give it another name.")
            elif name in times and path[0] == "variables":
                message = f"“{name}” is a named time, too."
                self.findings.add(
                    "DG108", path, message, "Give one of them another name."
                )


def _used(model: Any, fields: tuple[str, ...], path: PathKey) -> Iterator[PathKey]:
    used = model.model_fields_set
    if not used.isdisjoint(fields):
        yield from ((*path, name) for name in fields if name in used)


def _uses(authored: Any, path: PathKey) -> Iterator[PathKey]:
    if isinstance(authored, list):
        for number, piece in enumerate(authored):
            if isinstance(piece, UseModel):
                yield (*path, number, "use")
