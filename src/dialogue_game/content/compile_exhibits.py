"""Exhibits as authored → the core's, with their files and alt texts looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.compile_texts import Language, both
from dialogue_game.content.exhibit_models import (
    ITEMS,
    KINDS,
    PICTURES,
    DetailModel,
    ExhibitFields,
)
from dialogue_game.content.file_findings import FileFindings, did_you_mean
from dialogue_game.content.model_types import UseModel
from dialogue_game.content.places import clipped
from dialogue_game.content.story_models import PictureModel
from dialogue_game.core.story import Detail, Exhibit, Picture


class Pictures:
    """The picture files of a course: what may be named, and whether it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, tuple[str, str, str] | None] = {}

    def trouble(self, name: str) -> tuple[str, str, str] | None:
        """Code, message and advice where a name is no picture of the course, else None."""
        if name not in self._known:
            self._known[name] = self._trouble(name)
        return self._known[name]

    def _trouble(self, name: str) -> tuple[str, str, str] | None:
        outside = (
            "DG110",
            f"“{clipped(name)}” leads out of the course's own folder.",
            "Name a file in the course's folder under assets, without .. or a drive.",
        )
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            return outside
        try:
            inside = self.folder.resolve()
            found = (inside / path).resolve()
            if not found.is_relative_to(inside):
                return outside
            if found.is_file():
                return None
        except (OSError, ValueError, RuntimeError):
            return outside
        return ("DG109", f"There is no file “{clipped(name)}”.", self._advice(name))

    def _advice(self, name: str) -> str:
        try:
            names = sorted(
                path.name for path in self.folder.iterdir() if path.is_file()
            )
        except OSError:
            names = []
        return did_you_mean(name, names) or f"Put it into {self.folder.as_posix()}/."


class Exhibits:
    """Makes the exhibits of one story's scenes."""

    def __init__(
        self,
        findings: FileFindings,
        language: Language,
        pictures: Pictures,
        shared: Mapping[str, Any] | None = None,
    ) -> None:
        self.findings = findings
        self.language = language
        self.pictures = pictures
        self.shared = shared or {}
        self.letters = {name: len(repr(fields)) for name, fields in self.shared.items()}
        self.used_names: set[str] = set()
        self.moved: dict[PathKey, PathKey] = {}

    def of(self, scene: str, authored: list[Any]) -> tuple[Exhibit, ...]:
        """The exhibits of a scene, each with an id that is its own."""
        drawn = [
            used
            for number, item in enumerate(authored)
            if (used := self.drawn(item, ("scenes", scene, "exhibits", number)))
            is not None
        ]
        ids = self.ids(
            [(model.id, kind) for kind, model, _, _ in drawn],
            [path for _, _, path, _ in drawn],
        )
        return tuple(
            self.exhibit(name, kind, model, path, when)
            for name, (kind, model, path, when) in zip(ids, drawn, strict=True)
        )

    def drawn(self, item: Any, path: PathKey) -> tuple[str, Any, PathKey, str] | None:
        """An exhibit's kind, model, place in the file, and the condition of its use."""
        if not isinstance(item, UseModel):
            kind = next(iter(item.model_fields_set))
            return kind, getattr(item, kind), (*path, kind), ""
        when = self.language.condition(item.if_, *path, "if")
        if item.use not in self.shared:
            known = self.shared
            self.findings.unknown(
                "DG115", "shared exhibit", item.use, known, (*path, "use")
            )
            return None
        self.used_names.add(item.use)
        if not self.findings.within_size_limit(self.letters[item.use], (*path, "use")):
            return None
        shared = self.shared[item.use]
        kind = next(iter(shared.model_fields_set))
        self.moved[(*path, kind)] = ("shared_exhibits", item.use, kind)
        return kind, getattr(shared, kind), ("shared_exhibits", item.use, kind), when

    def ids(
        self, wanted: list[tuple[str | None, str]], paths: list[PathKey]
    ) -> list[str]:
        """The given ids, and for the rest kind, kind_2, … passing over those given."""
        given = {name for name, _ in wanted if name}
        taken: set[str] = set()
        ids = []
        for (name, stem), path in zip(wanted, paths, strict=True):
            if name and name in taken:
                message = f"“{name}” stands twice here."
                self.findings.add(
                    "DG108", (*path, "id"), message, "Give one of them another id."
                )
            ids.append(name or _free(stem, given | taken))
            taken.add(ids[-1])
        return ids

    def exhibit(
        self,
        name: str,
        kind: str,
        authored: ExhibitFields,
        path: PathKey,
        use: str = "",
    ) -> Exhibit:
        """One exhibit."""
        file = getattr(authored, "file", None)
        if file:
            self.picture(file, (*path, "file"))
        if authored.alt is None and (file or kind in PICTURES):
            self.without_alt(path)
        items: tuple[dict[str, str], ...] = ()
        if kind in ITEMS:
            key, fields = ITEMS[kind]
            items = tuple(
                self.fields(item, fields, (*path, key, number))
                for number, item in enumerate(getattr(authored, key))
            )
        return Exhibit(
            id=name,
            kind=kind,
            fields=self.fields(authored, KINDS[kind], path),
            alt=self.language.text(authored.alt, *path, "alt") if authored.alt else "",
            items=items,
            details=self.details(authored.details, (*path, "details")),
            when=both(use, self.language.condition(authored.if_, *path, "if")),
            shared=str(path[1]) if path[0] == "shared_exhibits" else "",
        )

    def fields(
        self, authored: Any, names: Iterable[str], path: PathKey
    ) -> dict[str, str]:
        """The texts that were given, in the order of the format."""
        texts = {
            name: getattr(authored, "file" if name == "file" else f"{name}_")
            for name in names
        }
        return {
            name: self.language.text(text, *path, name)
            for name, text in texts.items()
            if text
        }

    def details(self, models: list[DetailModel], path: PathKey) -> tuple[Detail, ...]:
        """What a careful eye finds."""
        paths: list[PathKey] = [(*path, number) for number in range(len(models))]
        numbered = [
            (model.id, f"detail_{number}") for number, model in enumerate(models, 1)
        ]
        ids = self.ids(numbered, paths)
        return tuple(
            Detail(
                name,
                self.language.detail(model.look, *here, "look"),
                self.language.detail(model.text, *here, "text"),
            )
            for name, model, here in zip(ids, models, paths, strict=True)
        )

    def cover(self, model: PictureModel) -> Picture:
        """The picture of the title."""
        self.picture(model.file, ("cover", "file"))
        if model.alt is None:
            self.without_alt(("cover",))
        return Picture(model.file, model.alt or "")

    def picture(self, file: str, path: PathKey) -> None:
        """A picture's file must be there, in the course's own folder."""
        trouble = self.pictures.trouble(file)
        if trouble:
            code, message, advice = trouble
            self.findings.add(code, path, message, advice)

    def without_alt(self, path: PathKey) -> None:
        """A picture that a screen reader, or a terminal, cannot tell of."""
        self.findings.add(
            "DG111",
            path,
            "This picture has no alt text.",
            "Add alt: and say what a glance shows.",
        )


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
