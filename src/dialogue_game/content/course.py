"""A course's own files as authored → the core's types: guidelines, references, the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import TypeAdapter

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.authoring_base import Id
from dialogue_game.content.authoring_course import (
    CourseModel,
    EvaluationModel,
    GuidelineModel,
    ReferenceModel,
)
from dialogue_game.content.notes import Notes
from dialogue_game.core.course import (
    Change,
    Contact,
    Course,
    Diagram,
    EvaluationForm,
    Guideline,
    Reference,
    Step,
    StoryEntry,
)

COURSE: Final = TypeAdapter(CourseModel)
GUIDELINES: Final = TypeAdapter(dict[Id, GuidelineModel])
REFERENCES: Final = TypeAdapter(dict[Id, ReferenceModel])


def guidelines(models: Mapping[str, GuidelineModel]) -> dict[str, Guideline]:
    """The guidelines, numbered in the order in which they are written."""
    return {
        name: Guideline(name, number, model.short, model.text)
        for number, (name, model) in enumerate(models.items(), 1)
    }


def references(
    models: Mapping[str, ReferenceModel],
    known: Mapping[str, Guideline],
    notes: Notes,
    path: PathKey,
) -> dict[str, Reference]:
    """The references; the guidelines that they back must be there."""
    for name, model in models.items():
        for number, guideline in enumerate(model.guidelines):
            if guideline not in known:
                here = (*path, name, "guidelines", number)
                notes.unknown("DG102", "guideline", guideline, known, here)
    return {name: _reference(name, model) for name, model in models.items()}


def _reference(name: str, model: ReferenceModel) -> Reference:
    force = model.force or ("binding" if model.binding else "guidance")
    return Reference(
        id=name,
        symbol=model.symbol,
        title=model.title,
        summary=model.summary,
        verified=model.verified,
        provision=model.provision,
        url=model.url,
        binding=force == "binding",
        note=model.note,
        quote=model.quote,
        cited_in=tuple(model.cited_in),
        guidelines=tuple(model.guidelines),
        force=force,
    )


def course(
    model: CourseModel,
    stories: tuple[StoryEntry, ...],
    guidelines: Mapping[str, Guideline],
    references: Mapping[str, Reference],
    folder: str,
) -> Course:
    """The course, with the cards of its stories."""
    columns = {}
    if model.diagram is not None:
        columns = {
            "social_professional": tuple(model.diagram.social_professional),
            "private_user": tuple(model.diagram.private_user),
        }
    return Course(
        id=model.id,
        title=model.title,
        summary=model.summary,
        notice=model.notice,
        stories=stories,
        guidelines=guidelines,
        references=references,
        welcome=model.welcome,
        steps=tuple(Step(step.title, step.text) for step in model.steps),
        pre_reading=tuple(model.pre_reading),
        further=tuple(model.further),
        contacts=tuple(
            Contact(c.name, c.address, c.email, c.phone, c.note) for c in model.contacts
        ),
        evaluation=_evaluation(model.evaluation),
        diagram=Diagram(model.diagram.title, model.diagram.text, columns)
        if model.diagram
        else None,
        guide_note=model.guide_note,
        video_note=model.video_note,
        folder=folder,
        language=model.language,
        direction=model.direction,
        law_as_of=model.law_as_of,
        disclaimer=model.disclaimer,
        changes=tuple(Change(change.since, change.text) for change in model.changes),
    )


def _evaluation(model: EvaluationModel | None) -> EvaluationForm | None:
    if model is None:
        return None
    return EvaluationForm(
        model.title, model.instructions, model.url, tuple(model.items), model.note
    )
