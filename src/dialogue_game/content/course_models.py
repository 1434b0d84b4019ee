"""What an author may write in a course's own files: course, guidelines, references."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from dialogue_game.content.model_types import (
    Flag,
    Format,
    Id,
    Line,
    Model,
    Note,
    Whole,
)

Language = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35),
]
"""A language tag, as in en, fr or zh-Hans."""
Direction = Literal["ltr", "rtl"]
LETTERS_OF_A_SCRIPT: Final = 4
_SCRIPTS: Final = "arab aran hebr nkoo syrc thaa adlm rohg"
_LANGUAGES: Final = "ar arc ckb dv fa he iw nqo ps sd ug ur yi"
"""What is written from right to left."""


def direction_of(language: str) -> Direction:
    """The direction in which a language is written, by its script where the tag names one."""
    first, *more = language.casefold().split("-")
    scripts = [part for part in more if len(part) == LETTERS_OF_A_SCRIPT]
    named, among = (scripts[0], _SCRIPTS) if scripts else (first, _LANGUAGES)
    return "rtl" if named in among.split() else "ltr"


class GuidelineModel(Model):
    """One of the things choices are marked against."""

    short: Line = Field(description="Two to four words.")
    text: Line = Field(description="The guideline in full.")


class ReferenceModel(Model):
    """One cited provision or office."""

    symbol: Line = Field(description="The document's symbol, ST/SGB/2023/1.")
    provision: Note = Field(
        "", description="The provision in it, Staff Regulation 1.2 (f)."
    )
    title: Line = Field(description="What it is about.")
    summary: Line = Field(description="In our own words, short.")
    url: Note = Field("", description="Where to read it.")
    verified: Literal["yes", "partly", "no"] = Field(
        description="How far the content is verified."
    )
    force: Literal["binding", "guidance", "judgment", "office", "unknown"] | None = (
        Field(
            None,
            description="What force it has: binding, guidance, a judgment, an office to ask.",
        )
    )
    binding: Flag = Field(
        False, description="Older than force: true: must; false: should."
    )
    note: Note = Field("", description="What was and was not checked.")
    quote: Note = Field("", description="Only where the source itself quotes the text.")
    cited_in: list[Line] = Field(
        default_factory=list,
        description="Where the source cites it; [] is an addition.",
    )
    guidelines: list[Id] = Field(
        default_factory=list, description="The guidelines it backs, in our reading."
    )


class StoryItem(Model):
    """A story of the course."""

    id: Id = Field(description="The id of the story; its file is named after it.")
    title: Note = Field("", description="Of a story that is still to come.")
    summary: Note = Field("", description="Of a story that is still to come.")
    minutes: Whole = Field(
        0, description="Of a story that is still to come.", ge=0, le=1000
    )
    kind: Literal["scenario", "aid", "tutorial"] = Field(
        "scenario", description="Of a story that is still to come."
    )
    coming: Flag = Field(
        False, description="true where it is announced and not written yet."
    )


class StepModel(Model):
    """One step of preparing."""

    title: Line = Field(description="The step.")
    text: Line = Field(description="What to do.")


class ContactModel(Model):
    """An office to ask."""

    name: Line = Field(description="Its name.")
    address: Note = Field("", description="Where it is.")
    email: Note = Field("", description="Its e-mail address.")
    phone: Note = Field("", description="Its number.")
    note: Note = Field("", description="What it is there for.")


class EvaluationModel(Model):
    """The form that participants fill in."""

    title: Line = Field(description="Its title.")
    instructions: Note = Field("", description="How to fill it in.")
    url: Note = Field("", description="Where the form is.")
    note: Note = Field("", description="What to know about it.")
    items: list[Line] = Field(default_factory=list, description="What it asks.")


class DiagramModel(Model):
    """What survives of a diagram in the source: its labels by column."""

    title: Line = Field(description="Its title.")
    text: Line = Field(description="What it says, and what is missing.")
    social_professional: list[Line] = Field(
        default_factory=list, description="The labels of this column."
    )
    private_user: list[Line] = Field(
        default_factory=list, description="The labels of this column."
    )


class ChangeModel(Model):
    """Something that changed since the source was written."""

    since: Line = Field(description="When, in words.")
    text: Line = Field(description="What.")


def _id_or_item(value: Any) -> str:
    return "item" if isinstance(value, dict) else "id"


class CourseModel(Model):
    """The file course.yaml."""

    format: Format = Field(description="The version of the format: 1.")
    id: Id = Field(description="The id of the course.")
    title: Line = Field(description="As shown.")
    summary: Note = Field("", description="One or two sentences.")
    notice: Note = Field("", description="The independence notice on the home screen.")
    welcome: Note = Field(
        "", description="Shown before the first scenario and on demand."
    )
    steps: list[StepModel] = Field(default_factory=list, description="How to prepare.")
    stories: list[
        Annotated[
            Annotated[Id, Tag("id")] | Annotated[StoryItem, Tag("item")],
            Discriminator(_id_or_item),
        ]
    ] = Field(description="The stories, in order.", min_length=1)
    pre_reading: list[Id] = Field(
        default_factory=list, description="Ids of references."
    )
    further: list[Id] = Field(
        default_factory=list, description="Ids of references: further resources."
    )
    contacts: list[ContactModel] = Field(
        default_factory=list, description="Offices to ask."
    )
    evaluation: EvaluationModel | None = Field(None, description="The evaluation form.")
    diagram: DiagramModel | None = Field(None, description="A diagram's labels.")
    language: Language = Field(
        "en", description="The language of its texts: en, fr, ar."
    )
    direction: Direction | None = Field(
        None, description="The direction of its writing; as its language, by default."
    )
    law_as_of: Note = Field(
        "", description="As of when the rules are told, with a date."
    )
    disclaimer: Note = Field("", description="What this is not: legal advice.")
    changes: list[ChangeModel] = Field(
        default_factory=list, description="What changed since."
    )
    guide_note: Note = Field("", description="About the guide this is made from.")
    video_note: Note = Field("", description="About the guide's video.")
