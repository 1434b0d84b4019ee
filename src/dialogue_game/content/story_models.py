"""What an author may write in a story and its walks, short forms included.

The JSON Schema for editors is made from these models, so every field says what it is for. They are
never imported while playing.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from dialogue_game.content.course_models import GuidelineModel, ReferenceModel
from dialogue_game.content.exhibit_models import ExhibitModel, FileName
from dialogue_game.content.model_types import (
    Condition,
    Effect,
    Flag,
    Id,
    Line,
    Model,
    Note,
    Pick,
    ScenePath,
    StoryFormat,
    Texts,
    UseModel,
    Value,
    Whole,
)

MARK_WORDS: Final = frozenset({"models", "upholds", "strains", "breaches"})


class MarkModel(Model):
    """What a choice does to one guideline, in a word, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": [word]} for word in sorted(MARK_WORDS)]
        }
    )

    models: Id | None = Field(
        None, description="Sets an example in this guideline (+2)."
    )
    upholds: Id | None = Field(None, description="Keeps to this guideline (+1).")
    strains: Id | None = Field(None, description="Comes close to breaking it (-1).")
    breaches: Id | None = Field(None, description="Breaks this guideline (-2).")
    why: Note = Field("", description="One or two sentences; shown to the player.")

    @model_validator(mode="after")
    def _one_word(self) -> MarkModel:
        if len(self.model_fields_set & MARK_WORDS) != 1:
            raise PydanticCustomError(
                "one_mark",
                "A mark has exactly one of models, upholds, strains, breaches.",
            )
        return self


class BranchModel(Model):
    """Where a choice leads when its condition holds."""

    if_: Condition | None = Field(
        None, alias="if", description="The condition; the last item has none."
    )
    to: Id = Field(description="A scene or an ending.")


def _id_or_list(value: Any) -> str:
    return "list" if isinstance(value, list) else "id"


Goto = Annotated[
    Annotated[Id, Tag("id")]
    | Annotated[list[BranchModel], Field(min_length=1), Tag("list")],
    Discriminator(_id_or_list),
]


class CostModel(Model):
    """What the act costs and whom; no mark comes with it."""

    person: Id = Field("", description="Whom: an id of the cast.")
    text: Line = Field(
        description="What it costs, as the reader is told when it falls due."
    )
    due: Id | list[Id] = Field(
        default_factory=list,
        description="The scenes or endings that tell it; the consequence, where none is named.",
    )


class ChoiceModel(Model):
    """A choice of a scene."""

    text: Line = Field(description="The label, in the player's voice.")
    if_: Condition | None = Field(
        None,
        alias="if",
        description="When it is available; not shown otherwise, save if locked.",
    )
    locked: Line | None = Field(
        None, description="The reason shown when it is not available."
    )
    takes: Line | None = Field(
        None, description="Time it takes: 45m, 2h, 1d 2h. Format 2."
    )
    consequence: Texts = Field(
        default_factory=list,
        description="What happens at once and by which mechanism: up to 120 words.",
    )
    cost: CostModel | None = Field(
        None, description="What the act costs and whom. Format 2."
    )
    coaching: Note = Field(
        "", description="A caveat shown with the coaching. Format 2."
    )
    defensible: Flag = Field(
        False, description="true where a reasonable colleague could take it. Format 2."
    )
    stance: Literal["consult", "retreat", "bold", "wait", "act"] | None = Field(
        None,
        description="What kind of move it is; never shown while choosing. Format 2.",
    )
    marks: list[MarkModel] = Field(
        default_factory=list, description="What it does to guidelines, and why."
    )
    references: list[Id] = Field(
        default_factory=list, description="Ids of the provisions behind it."
    )
    tonal: Flag = Field(
        False, description="true for the rare choice of tone without marks."
    )
    effects: list[Effect] = Field(
        default_factory=list, description="name = value, name += 1 or name -= 1."
    )
    goto: Goto = Field(
        description="A scene or ending, or a list of {if: …, to: …} whose last item has no if."
    )
    status: Literal["drafted", "reviewed"] | None = Field(
        None,
        description="How far the score key of this choice is; the story's status otherwise.",
    )
    todo: Note = Field("", description="A note to yourself; check lists it.")


def _exhibit_or_use(value: Any) -> str:
    return "use" if isinstance(value, dict) and "use" in value else "exhibit"


SceneExhibit = Annotated[
    Annotated[ExhibitModel, Tag("exhibit")] | Annotated[UseModel, Tag("use")],
    Discriminator(_exhibit_or_use),
]


class SceneModel(Model):
    """Text and exhibits that the player reads, then chooses from."""

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"choices": ["text"], "goto": ["text"]}}
    )

    title: Line = Field(description="A few words: place and time.")
    as_: Id = Field("", alias="as", description="Whose eyes: an id of the cast.")
    group: Literal["full", "optional"] | None = Field(
        None,
        description="full: vote and talk; optional; leave out for a quick show of hands.",
    )
    exhibits: list[SceneExhibit] = Field(
        default_factory=list, description="What the player looks at, in order."
    )
    enter: list[Effect] = Field(
        default_factory=list, description="Effects each time one comes here. Format 2."
    )
    first_enter: list[Effect] = Field(
        default_factory=list, description="Effects the first time only. Format 2."
    )
    text: Texts = Field(default_factory=list, description="What happens.")
    discuss: list[Id] = Field(
        default_factory=list, description="Ids of questions, two or three at most."
    )
    settled: Note = Field(
        "", description="What the rule settles here and what it leaves open. Format 2."
    )
    notes: Note = Field("", description="For a facilitator's eyes only.")
    order: Literal["author", "shuffled", "shuffle"] | None = Field(
        None, description="The order of options for one who plays alone. Format 2."
    )
    choices: dict[Id, ChoiceModel] = Field(
        default_factory=dict, description="Two to four, three as a habit."
    )
    goto: Goto | None = Field(
        None, description="Instead of choices: a page that is read, and on. Format 2."
    )
    todo: Note = Field("", description="A note to yourself; check lists it.")


class EndingModel(Model):
    """Where a playthrough stops."""

    kind: Literal["good", "mixed", "poor", "neutral"] = Field(
        description="good, mixed or poor; neutral in aids and tutorials."
    )
    title: Line = Field(description="The name of the ending.")
    enter: list[Effect] = Field(
        default_factory=list, description="Effects of getting here. Format 2."
    )
    first_enter: list[Effect] = Field(
        default_factory=list, description="The same; an ending is reached once."
    )
    text: Texts = Field(default_factory=list, description="What it has come to.")


class CastModel(Model):
    """A person of the story."""

    name: Line = Field(description="As shown.")
    role: Note = Field("", description="What they are in the story.")
    handle: Note = Field("", description="Their name on social media, without @.")


class PictureModel(Model):
    """A picture and what a glance shows."""

    file: FileName = Field(
        description="A file in the course's own folder under assets."
    )
    alt: Line | None = Field(None, description="What a glance shows; required.")


class TransferOptionModel(Model):
    """One answer to a transfer item."""

    text: Line = Field(description="The answer.")
    why: Line = Field(description="What there is to say to it.")
    sound: Flag = Field(description="Whether it is sound; several may be.")


class TransferModel(Model):
    """A new situation for a guideline met in the story; asked later, never scored."""

    guideline: Id = Field(description="The guideline it is about.")
    situation: Line = Field(description="The new situation.")
    options: list[TransferOptionModel] = Field(description="The answers.", min_length=2)


class ClockModel(Model):
    """The time in a story: where it starts, and moments that have a name."""

    start: Line = Field(description="Monday 09:00, or day 1 09:00.")
    times: dict[Id, Line] = Field(
        default_factory=dict,
        description="Named moments: Friday 18:00 (the first from the start on), day 12 10:00.",
    )
    days: list[Line] = Field(
        default_factory=list,
        description="The names of the seven days, from Monday on.",
        max_length=7,
    )


class StoryModel(Model):
    """One story file."""

    format: StoryFormat = Field(description="The version of the format: 1 or 2.")
    id: Id = Field(description="The id of the story; the file's name without .yaml.")
    kind: Literal["scenario", "aid", "tutorial"] = Field(
        description="scenario: scored; aid and tutorial: not scored."
    )
    title: Line = Field(description="As shown on the home screen.")
    summary: Note = Field("", description="One or two sentences for the home screen.")
    question: Note = Field("", description="The opening question of the scenario.")
    status: Literal["drafted", "reviewed"] = Field(
        "drafted", description="Shown to players."
    )
    reviewers: list[Line] = Field(default_factory=list, description="Who reviewed it.")
    minutes: Whole = Field(0, description="How long it takes alone.", ge=0, le=1000)
    cover: PictureModel | None = Field(None, description="A picture for the title.")
    cast: dict[Id, CastModel] = Field(
        default_factory=dict, description="The people, by id."
    )
    variables: dict[Id, Value] = Field(
        default_factory=dict,
        description="What the story remembers: a number, a flag or a word each.",
    )
    clock: ClockModel | None = Field(None, description="Time that passes. Format 2.")
    fragments: dict[Id, Texts] = Field(
        default_factory=dict,
        description="Texts used in several places, by name. Format 2.",
    )
    shared_exhibits: dict[Id, ExhibitModel] = Field(
        default_factory=dict,
        description="Exhibits used in several scenes, by name. Format 2.",
    )
    order: Literal["author", "shuffled", "shuffle"] | None = Field(
        None, description="The order of options for one who plays alone. Format 2."
    )
    aliases: dict[ScenePath, ScenePath] = Field(
        default_factory=dict, description="old id: new id."
    )
    start: Id = Field(description="The first scene.")
    questions: dict[Id, Line] = Field(
        default_factory=dict, description="The discussion questions, by id."
    )
    resources: list[Id] = Field(
        default_factory=list, description="References listed at the end."
    )
    scenes: dict[Id, SceneModel] = Field(description="The scenes, by id.", min_length=1)
    endings: dict[Id, EndingModel] = Field(
        description="The endings, by id.", min_length=1
    )
    transfer: dict[Id, TransferModel] = Field(
        default_factory=dict, description="New situations, asked later."
    )
    guidelines: dict[Id, GuidelineModel] = Field(
        default_factory=dict,
        description="Only in a story that stands alone, outside a course.",
    )
    references: dict[Id, ReferenceModel] = Field(
        default_factory=dict,
        description="Only in a story that stands alone, outside a course.",
    )


VerdictWord = Literal[
    "not tested", "passed by", "upheld", "strained", "breached", "mixed"
]


class FactModel(Model):
    """One fact: a condition that holds in every state that reaches a place."""

    fact: Line = Field(description="What is so, in words.")
    at: ScenePath | list[ScenePath] = Field(
        description="A scene, an ending or scene.choice; or a list of them."
    )
    when: Condition = Field("", description="Only in states in which this holds.")
    always: Condition = Field(description="What holds there.")


class WalkModel(Model):
    """One walk: a test of the story."""

    name: Line = Field(description="What this walk is.")
    pick: list[Pick] = Field(
        description="The choices, scene.choice, in order.", min_length=1
    )
    ending: Id = Field(description="The ending it reaches.")
    verdicts: dict[Id, VerdictWord] = Field(
        default_factory=dict, description="What it shows, by guideline."
    )


def _walk_or_fact(value: Any) -> str:
    return "fact" if isinstance(value, dict) and "fact" in value else "walk"


WalkOrFact = Annotated[
    Annotated[WalkModel, Tag("walk")] | Annotated[FactModel, Tag("fact")],
    Discriminator(_walk_or_fact),
]
"""An item of a file of walks."""


class RatedModel(Model):
    """What reviewers said of one choice, in their order."""

    version: Line = Field(description="The choice's, as it was rated.")
    ratings: list[Annotated[Whole, Field(ge=0, le=5)]] = Field(
        description="1 to 5; 0 is none."
    )


class ReviewModel(Model):
    """What `review read --record` keeps beside a story."""

    reviewers: list[Line] = Field(description="Who sent a sheet.")
    choices: dict[ScenePath, RatedModel] = Field(description="By scene.choice.")
