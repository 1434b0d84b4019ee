"""What an author may write in a story and its walks, short forms included.

The JSON Schema for editors is made from these models, so every field says what it is for. They are
never imported while playing.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from dialogue_game.content.authoring_base import (
    Condition,
    Effect,
    Flag,
    Format,
    Id,
    Line,
    Model,
    Note,
    Pick,
    ScenePath,
    Texts,
    Value,
    Whole,
)
from dialogue_game.content.authoring_course import GuidelineModel, ReferenceModel
from dialogue_game.content.authoring_exhibits import ExhibitModel, FileName

MARK_WORDS = ("models", "upholds", "strains", "breaches")


class MarkModel(Model):
    """What a choice does to one guideline, in a word, and why."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [word]} for word in MARK_WORDS]}
    )

    models: Id | None = Field(None, description="Sets an example in this guideline (+2).")
    upholds: Id | None = Field(None, description="Keeps to this guideline (+1).")
    strains: Id | None = Field(None, description="Comes close to breaking it (-1).")
    breaches: Id | None = Field(None, description="Breaks this guideline (-2).")
    why: Note = Field("", description="One or two sentences; shown to the player.")

    @model_validator(mode="after")
    def _one_word(self) -> MarkModel:
        if len(self.model_fields_set & set(MARK_WORDS)) != 1:
            raise PydanticCustomError(
                "one_mark", "A mark has exactly one of models, upholds, strains, breaches."
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
    Annotated[Id, Tag("id")] | Annotated[list[BranchModel], Field(min_length=1), Tag("list")],
    Discriminator(_id_or_list),
]


class ChoiceModel(Model):
    """A choice of a scene."""

    text: Line = Field(description="The label, in the player's voice.")
    if_: Condition | None = Field(None, alias="if", description="When it is available.")
    locked: Line | None = Field(None, description="The reason shown when it is not available.")
    consequence: Texts = Field(
        [], description="What happens at once and by which mechanism: 30 to 120 words."
    )
    marks: list[MarkModel] = Field([], description="What it does to guidelines, and why.")
    references: list[Id] = Field([], description="Ids of the provisions behind it.")
    tonal: Flag = Field(False, description="true for the rare choice of tone without marks.")
    effects: list[Effect] = Field([], description="name = value, name += 1 or name -= 1.")
    goto: Goto = Field(
        description="A scene or ending, or a list of {if: …, to: …} whose last item has no if."
    )
    status: Literal["drafted", "reviewed"] | None = Field(
        None, description="How far the score key of this choice is; the story's status otherwise."
    )
    todo: Note = Field("", description="A note to yourself; check lists it.")


class SceneModel(Model):
    """Text and exhibits that the player reads, then chooses from."""

    title: Line = Field(description="A few words: place and time.")
    as_: Id = Field("", alias="as", description="Whose eyes: an id of the cast.")
    group: Literal["full", "optional"] | None = Field(
        None, description="full: vote and talk; optional; leave out for a quick show of hands."
    )
    exhibits: list[ExhibitModel] = Field([], description="What the player looks at, in order.")
    text: Texts = Field(description="What happens.")
    discuss: list[Id] = Field([], description="Ids of questions, two or three at most.")
    notes: Note = Field("", description="For a facilitator's eyes only.")
    choices: dict[Id, ChoiceModel] = Field(
        description="Two to four, three as a habit.", min_length=1
    )
    todo: Note = Field("", description="A note to yourself; check lists it.")


class EndingModel(Model):
    """Where a playthrough stops."""

    kind: Literal["good", "mixed", "poor", "neutral"] = Field(
        description="good, mixed or poor; neutral in aids and tutorials."
    )
    title: Line = Field(description="The name of the ending.")
    text: Texts = Field(description="What it has come to.")


class CastModel(Model):
    """A person of the story."""

    name: Line = Field(description="As shown.")
    role: Note = Field("", description="What they are in the story.")
    handle: Note = Field("", description="Their name on social media, without @.")


class PictureModel(Model):
    """A picture and what a glance shows."""

    file: FileName = Field(description="A file in the course's own folder under assets.")
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


class StoryModel(Model):
    """One story file."""

    format: Format = Field(description="The version of the format: 1.")
    id: Id = Field(description="The id of the story; the file's name without .yaml.")
    kind: Literal["scenario", "aid", "tutorial"] = Field(
        description="scenario: scored; aid and tutorial: not scored."
    )
    title: Line = Field(description="As shown on the home screen.")
    summary: Note = Field("", description="One or two sentences for the home screen.")
    question: Note = Field("", description="The opening question of the scenario.")
    status: Literal["drafted", "reviewed"] = Field("drafted", description="Shown to players.")
    reviewers: list[Line] = Field([], description="Who reviewed it.")
    minutes: Whole = Field(0, description="How long it takes alone.", ge=0, le=1000)
    cover: PictureModel | None = Field(None, description="A picture for the title.")
    cast: dict[Id, CastModel] = Field({}, description="The people, by id.")
    variables: dict[Id, Value] = Field(
        {}, description="What the story remembers: a number, a flag or a word each."
    )
    aliases: dict[ScenePath, ScenePath] = Field({}, description="old id: new id.")
    start: Id = Field(description="The first scene.")
    questions: dict[Id, Line] = Field({}, description="The discussion questions, by id.")
    resources: list[Id] = Field([], description="References listed at the end.")
    scenes: dict[Id, SceneModel] = Field(description="The scenes, by id.", min_length=1)
    endings: dict[Id, EndingModel] = Field(description="The endings, by id.", min_length=1)
    transfer: dict[Id, TransferModel] = Field({}, description="New situations, asked later.")
    guidelines: dict[Id, GuidelineModel] = Field(
        {}, description="Only in a story that stands alone, outside a course."
    )
    references: dict[Id, ReferenceModel] = Field(
        {}, description="Only in a story that stands alone, outside a course."
    )


VerdictWord = Literal["not tested", "passed by", "upheld", "strained", "breached", "mixed"]


class WalkModel(Model):
    """One walk: a test of the story."""

    name: Line = Field(description="What this walk is.")
    pick: list[Pick] = Field(description="The choices, scene.choice, in order.", min_length=1)
    ending: Id = Field(description="The ending it reaches.")
    verdicts: dict[Id, VerdictWord] = Field({}, description="What it shows, by guideline.")
