"""One story file → a playable Story, its walks and facts, its card, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dialogue_game.analysis.findings import Finding, Places, Severity, finding, place_of
from dialogue_game.analysis.reviews import (
    Rating,
    Review,
    review,
    unbacked,
    with_agreement,
)
from dialogue_game.analysis.walks import Fact, Walk
from dialogue_game.content.cache import edition_of
from dialogue_game.content.compile_choices import CourseContext
from dialogue_game.content.compile_expressions import Language
from dialogue_game.content.compile_story import StoryCompiler
from dialogue_game.content.file_findings import (
    FileFindings,
    as_id,
    listed,
    with_odd_characters_explained,
)
from dialogue_game.content.folders import (
    GUIDELINES_FILE,
    REFERENCES_FILE,
    REVIEW_SUFFIX,
    STORY_SUFFIX,
    WALKS_SUFFIX,
    is_file,
    links_outside,
)
from dialogue_game.content.places import RelocatedPlaces, SourcePlaces
from dialogue_game.content.schema import REVIEW, WALKS
from dialogue_game.content.source import read_source
from dialogue_game.content.story_models import (
    FactModel,
    StoryModel,
    WalkModel,
)
from dialogue_game.content.validation import ParsedFile, validated
from dialogue_game.core.course import StoryEntry
from dialogue_game.core.story import Story

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

_NOWHERE: Final[Places] = {}


@dataclass(frozen=True, slots=True)
class BuiltStory:
    """One story file, built.

    `story` is None where it has an error. `draft` is the story all the same, as far as it can be
    understood, so that everything else can be noticed in the same run: broken conditions always
    hold, broken effects do nothing, and goto targets may be missing. It is for analysis only;
    there is none where the story is too large for that.
    """

    story: Story | None
    places: Places
    walks: tuple[Walk, ...] = ()
    walk_places: Places = field(default_factory=dict)
    file: str = ""
    draft: Story | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def tests(self) -> tuple[Walk | Fact, ...]:
        """The story's own tests: its walks, then its facts."""
        return (*self.walks, *self.facts)


def entry_of(story: Story) -> StoryEntry:
    """A story's card."""
    from dialogue_game.analysis.graph import decisions_range

    return StoryEntry(
        id=story.id,
        title=story.title,
        kind=story.kind,
        summary=story.summary,
        minutes=story.minutes,
        scenes=len(story.scenes),
        choices=sum(len(scene.choices) for scene in story.scenes.values()),
        endings=tuple(story.endings),
        decisions=decisions_range(story),
        edition=story.edition,
        status=story.status,
        question=story.question,
    )


def unplayable(name: str, data: Any) -> StoryEntry:
    """The card of a story with errors: what can be read of it."""
    fields = data if isinstance(data, dict) else {}

    def text(key: str, otherwise: str) -> str:
        value = fields.get(key)
        return value if isinstance(value, str) else otherwise

    return StoryEntry(
        name, text("title", name), text("kind", "scenario"), text("summary", "")
    )


def read(path: Path, adapter: TypeAdapter[T], found: list[Finding]) -> ParsedFile[T]:
    """A file as its author wrote it; what is wrong with it joins what was found."""
    reading = validated(read_source(path), adapter)
    found += reading.findings
    return reading


def build(
    path: Path,
    places: SourcePlaces,
    model: StoryModel,
    shared: CourseContext,
    found: list[Finding],
    *,
    in_course: bool = False,
) -> BuiltStory:
    """A story that could be read, its names checked, with its walks."""
    compiler = StoryCompiler(model, places, shared)
    authored = compiler.story()
    compiler.language.check_number_of_queries()
    reviewed = review(authored, recorded_ratings(path, found))
    draft: Story | None = with_agreement(authored, reviewed)
    _check_file_name(path, model, compiler.findings)
    if in_course:
        _check_nothing_inline(model, compiler.findings)
    found += compiler.findings.found
    tests, test_places = _walks_and_facts(path, compiler, found)
    own = [noticed for noticed in found if noticed.place.file == str(path)]
    story = None
    if draft is not None and not has_errors(own):
        story = draft = replace(draft, edition=edition_of(draft))
    if not has_errors(found):
        # After that: who calls itself reviewed is played all the same, as a draft.
        found += _unbacked_reviews(authored, reviewed, places)
    if any(noticed.code == "DG006" for noticed in own):
        draft = None  # too large to be analysed
    return BuiltStory(
        story,
        RelocatedPlaces(places, compiler.moved) if compiler.moved else places,
        tuple(item for item in tests if isinstance(item, Walk)),
        test_places,
        str(path),
        draft,
        tuple(item for item in tests if isinstance(item, Fact)),
    )


def _check_file_name(path: Path, model: StoryModel, findings: FileFindings) -> None:
    name = path.name.removesuffix(STORY_SUFFIX)
    if model.id != name:
        message = f"The file is named {path.name}, and the story's id is “{model.id}”."
        onward = f"Rename the file to {model.id}{STORY_SUFFIX}"
        if as_id(name) == name:
            onward += f", or write id: {name}"
        findings.add("DG014", ("id",), message, f"{onward}.")


def _check_nothing_inline(model: StoryModel, findings: FileFindings) -> None:
    for key, file in (("guidelines", GUIDELINES_FILE), ("references", REFERENCES_FILE)):
        if getattr(model, key):
            message = f"A story of a course has no {key} of its own."
            findings.add("DG010", (key,), message, f"Move them to {file}.")


def _walks_and_facts(
    path: Path, compiler: StoryCompiler, found: list[Finding]
) -> tuple[tuple[Walk | Fact, ...], Places]:
    """The walks and facts beside a story, where there are any."""
    beside = path.with_name(path.name.removesuffix(STORY_SUFFIX) + WALKS_SUFFIX)
    if not is_file(beside) or links_outside(beside):
        return (), _NOWHERE
    reading = read(beside, WALKS, found)
    places, models = reading.source.places, reading.value or []
    findings = FileFindings(places)
    tests: list[Walk | Fact] = []
    for number, item in enumerate(models):
        if isinstance(item, FactModel):
            tests.append(_fact(item, number, compiler, findings))
        else:
            tests.append(_walk(item, number, compiler.shared, findings))
    found += findings.found
    return tuple(tests), places


def recorded_ratings(path: Path, found: list[Finding]) -> list[Rating]:
    """What is recorded of reviewers beside a story, each choice as it was when it was rated."""
    beside = path.with_name(path.name.removesuffix(STORY_SUFFIX) + REVIEW_SUFFIX)
    if not is_file(beside) or links_outside(beside):
        return []
    recorded = read(beside, REVIEW, found).value
    ratings: list[Rating] = []
    if recorded is None:
        return ratings
    for choice, row in recorded.choices.items():
        for reviewer, rating in zip(recorded.reviewers, row.ratings, strict=False):
            ratings.append(Rating(reviewer, choice, rating, version=row.version))
    return ratings


def _unbacked_reviews(
    story: Story, reviewed: Review, places: Places
) -> Iterator[Finding]:
    """DG318: a story, or a choice, that calls itself reviewed by more than is recorded."""
    advice = "Write status: drafted until it is. Record sheets by: review read FILE… --record"
    why = unbacked(story, reviewed)
    if story.status == "reviewed" and why:
        message = f"This story calls itself reviewed, and {why}."
        yield finding("DG318", place_of(places, ("status",)), message, advice)
    for scene, choice in story.choices():
        name = f"{scene.id}.{choice.id}"
        if choice.status == "reviewed" and not reviewed.backs(name):
            path = ("scenes", scene.id, "choices", choice.id, "status")
            message = f"{name} calls itself reviewed, and too few recorded ratings agree with it."
            yield finding("DG318", place_of(places, path), message, advice)


def _walk(
    model: WalkModel, number: int, shared: CourseContext, findings: FileFindings
) -> Walk:
    for guideline in model.verdicts:
        if guideline not in shared.guidelines:
            path = (number, "verdicts", guideline)
            place = findings.places.key(path)
            message = f"There is no guideline “{guideline}”."
            findings.add("DG102", path, message, listed(shared.guidelines), place)
    return Walk(
        model.name, tuple(model.pick), model.ending, dict(model.verdicts), number
    )


def _fact(
    model: FactModel, number: int, compiler: StoryCompiler, findings: FileFindings
) -> Fact:
    """A fact, its places and conditions checked; one that cannot be read holds for no place."""
    language = Language(compiler.language.scope, findings)
    always = language.condition(model.always, number, "always")
    when = language.condition(model.when, number, "when") if model.when else ""
    at = (model.at,) if isinstance(model.at, str) else tuple(model.at)
    known = dict.fromkeys([*compiler.places, *compiler.choice_names])
    for place in at:
        if place not in known:
            what = "choice" if "." in place else "scene or ending"
            findings.unknown("DG101", what, place, known, (number, "at"))
    places = tuple(place for place in at if place in known) if always else ()
    return Fact(model.fact, places, always, when, number, frozenset(language.tracks))


def has_errors(found: Iterable[Finding]) -> bool:
    """Whether something among these stops a story from being played."""
    return any(noticed.severity is Severity.ERROR for noticed in found)


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and place, each once."""
    once = dict.fromkeys(with_odd_characters_explained(found))
    return tuple(sorted(once, key=lambda noticed: noticed.order))
