"""Exhibits as authored → the core's, with their files and alt texts looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.authoring_exhibits import (
    ITEMS,
    KINDS,
    PICTURES,
    DetailModel,
    ExhibitFields,
)
from dialogue_game.content.language import Language
from dialogue_game.content.notes import Notes, Pictures
from dialogue_game.core.story import Detail, Exhibit


class Exhibits:
    """Makes the exhibits of one story's scenes."""

    def __init__(self, notes: Notes, language: Language, pictures: Pictures) -> None:
        self.notes = notes
        self.language = language
        self.pictures = pictures

    def of(self, scene: str, told: list[Any]) -> tuple[Exhibit, ...]:
        """The exhibits of a scene, each with an id that is its own."""
        kinds = [next(iter(item.model_fields_set)) for item in told]
        models = [getattr(item, kind) for item, kind in zip(told, kinds, strict=True)]
        path: PathKey = ("scenes", scene, "exhibits")
        ids = self.ids(
            [(model.id, kind) for model, kind in zip(models, kinds, strict=True)],
            [(*path, number, kind) for number, kind in enumerate(kinds)],
        )
        return tuple(
            self.exhibit(name, kind, model, (*path, number, kind))
            for number, (name, kind, model) in enumerate(zip(ids, kinds, models, strict=True))
        )

    def ids(self, wanted: list[tuple[str | None, str]], paths: list[PathKey]) -> list[str]:
        """The given ids, and for the rest kind, kind_2, … passing over those given."""
        given = {name for name, _ in wanted if name}
        taken: set[str] = set()
        ids = []
        for (name, stem), path in zip(wanted, paths, strict=True):
            if name and name in taken:
                message = f"“{name}” stands twice here."
                self.notes.add("DG108", (*path, "id"), message, "Give one of them another id.")
            ids.append(name or _free(stem, given | taken))
            taken.add(ids[-1])
        return ids

    def exhibit(self, name: str, kind: str, told: ExhibitFields, path: PathKey) -> Exhibit:
        """One exhibit."""
        file = getattr(told, "file", None)
        if file:
            self.picture(file, (*path, "file"))
        if told.alt is None and (file or kind in PICTURES):
            self.without_alt(path)
        items: tuple[dict[str, str], ...] = ()
        if kind in ITEMS:
            key, fields = ITEMS[kind]
            items = tuple(
                self.fields(item, fields, (*path, key, number))
                for number, item in enumerate(getattr(told, key))
            )
        return Exhibit(
            id=name,
            kind=kind,
            fields=self.fields(told, KINDS[kind], path),
            alt=self.language.text(told.alt, *path, "alt") if told.alt else "",
            items=items,
            details=self.details(told.details, (*path, "details")),
            when=self.language.condition(told.if_, *path, "if"),
        )

    def fields(self, told: Any, names: Iterable[str], path: PathKey) -> dict[str, str]:
        """The texts that were given, in the order of the format."""
        texts = {name: getattr(told, "file" if name == "file" else f"{name}_") for name in names}
        return {name: self.language.text(text, *path, name) for name, text in texts.items() if text}

    def details(self, told: list[DetailModel], path: PathKey) -> tuple[Detail, ...]:
        """What a careful eye finds."""
        paths: list[PathKey] = [(*path, number) for number in range(len(told))]
        numbered = [(model.id, f"detail_{number}") for number, model in enumerate(told, 1)]
        ids = self.ids(numbered, paths)
        return tuple(
            Detail(name, model.look, model.text) for name, model in zip(ids, told, strict=True)
        )

    def picture(self, file: str, path: PathKey) -> None:
        """A picture's file must be there, in the course's own folder."""
        trouble = self.pictures.trouble(file)
        if trouble:
            code, message, advice = trouble
            self.notes.add(code, path, message, advice)

    def without_alt(self, path: PathKey) -> None:
        """A picture that a screen reader, or a terminal, cannot tell of."""
        self.notes.add(
            "DG111", path, "This picture has no alt text.", "Add alt: and say what a glance shows."
        )


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
