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


def guidelines(told: Mapping[str, GuidelineModel]) -> dict[str, Guideline]:
    """The guidelines, numbered in the order in which they are written."""
    return {
        name: Guideline(name, number, model.short, model.text)
        for number, (name, model) in enumerate(told.items(), 1)
    }


def references(
    told: Mapping[str, ReferenceModel],
    known: Mapping[str, Guideline],
    notes: Notes,
    path: PathKey,
) -> dict[str, Reference]:
    """The references; the guidelines that they back must be there."""
    for name, model in told.items():
        for number, guideline in enumerate(model.guidelines):
            if guideline not in known:
                here = (*path, name, "guidelines", number)
                notes.unknown("DG102", "guideline", guideline, known, here)
    return {name: _reference(name, model) for name, model in told.items()}


def _reference(name: str, told: ReferenceModel) -> Reference:
    force = told.force or ("binding" if told.binding else "guidance")
    return Reference(
        id=name,
        symbol=told.symbol,
        title=told.title,
        summary=told.summary,
        verified=told.verified,
        provision=told.provision,
        url=told.url,
        binding=force == "binding",
        note=told.note,
        quote=told.quote,
        cited_in=tuple(told.cited_in),
        guidelines=tuple(told.guidelines),
        force=force,
    )


def course(
    told: CourseModel,
    stories: tuple[StoryEntry, ...],
    guidelines: Mapping[str, Guideline],
    references: Mapping[str, Reference],
    folder: str,
) -> Course:
    """The course, with the cards of its stories."""
    columns = {}
    if told.diagram is not None:
        columns = {
            "social_professional": tuple(told.diagram.social_professional),
            "private_user": tuple(told.diagram.private_user),
        }
    return Course(
        id=told.id,
        title=told.title,
        summary=told.summary,
        notice=told.notice,
        stories=stories,
        guidelines=guidelines,
        references=references,
        welcome=told.welcome,
        steps=tuple(Step(step.title, step.text) for step in told.steps),
        pre_reading=tuple(told.pre_reading),
        further=tuple(told.further),
        contacts=tuple(Contact(c.name, c.address, c.email, c.phone, c.note) for c in told.contacts),
        evaluation=_evaluation(told.evaluation),
        diagram=Diagram(told.diagram.title, told.diagram.text, columns) if told.diagram else None,
        guide_note=told.guide_note,
        video_note=told.video_note,
        folder=folder,
        language=told.language,
        direction=told.direction,
        law_as_of=told.law_as_of,
        disclaimer=told.disclaimer,
        changes=tuple(Change(change.since, change.text) for change in told.changes),
    )


def _evaluation(told: EvaluationModel | None) -> EvaluationForm | None:
    if told is None:
        return None
    return EvaluationForm(told.title, told.instructions, told.url, tuple(told.items), told.note)
