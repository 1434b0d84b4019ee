"""What a scene shows as authored → the core's: paragraphs, and exhibits with their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.compile_expressions import Language, conjunction
from dialogue_game.content.exhibit_models import (
    ITEMS,
    KINDS,
    PICTURES,
    DetailModel,
    ExhibitFields,
)
from dialogue_game.content.file_findings import FileFindings, did_you_mean
from dialogue_game.content.model_types import ParagraphModel, UseModel
from dialogue_game.content.places import clipped
from dialogue_game.content.story_models import PictureModel
from dialogue_game.core.story import Detail, Exhibit, Paragraph, Picture

Piece = tuple[Paragraph, PathKey]
"""A paragraph and where it is written."""


class Paragraphs:
    """Makes the paragraphs of one story; `moved` tells where those that were put in are written."""

    def __init__(
        self, language: Language, findings: FileFindings, fragments: Mapping[str, Any]
    ) -> None:
        self.language, self.findings = language, findings
        self.moved: dict[PathKey, PathKey] = {}
        self.fragments: dict[str, tuple[Piece, ...]] = {}
        self.used_names: set[str] = set()
        for name, authored in fragments.items():
            self.fragments[name] = self.pieces(
                authored, ("fragments", name), nested=True
            )

    def of(
        self, authored: Any, *path: str | int, ahead: tuple[Piece, ...] = ()
    ) -> tuple[Paragraph, ...]:
        """The paragraphs of a text, after those that the build puts in front."""
        if isinstance(authored, str) and not ahead:
            return (Paragraph(self.language.text(authored, *path)),)
        pieces = (*ahead, *self.pieces(authored, path))
        for number, (_, written) in enumerate(pieces):
            if written != (*path, number):
                self.moved[(*path, number)] = written
        return tuple(paragraph for paragraph, _ in pieces)

    def pieces(
        self, authored: Any, path: PathKey, *, nested: bool = False
    ) -> tuple[Piece, ...]:
        """A text's paragraphs with where each is written."""
        if isinstance(authored, str):
            return ((Paragraph(self.language.text(authored, *path)), path),)
        made: list[Piece] = []
        for number, piece in enumerate(authored):
            here = (*path, number)
            if isinstance(piece, UseModel):
                made += self.used(piece, here, nested=nested)
            elif isinstance(piece, ParagraphModel):
                when = self.language.condition(piece.if_, *here, "if")
                text = self.language.text(piece.text, *here, "text")
                made.append((Paragraph(text, when), here))
            else:
                made.append((Paragraph(self.language.text(piece, *here)), here))
        return tuple(made)

    def used(
        self, piece: UseModel, path: PathKey, *, nested: bool
    ) -> tuple[Piece, ...]:
        """A fragment's paragraphs, under the condition of its use."""
        when = self.language.condition(piece.if_, *path, "if")
        if nested:
            message = "A fragment uses no other fragment."
            self.findings.add("DG013", path, message, "Write the text out here.")
            return ()
        if piece.use not in self.fragments:
            self.findings.unknown(
                "DG115", "fragment", piece.use, self.fragments, (*path, "use")
            )
            return ()
        self.used_names.add(piece.use)
        fragment = self.fragments[piece.use]
        letters = sum(len(paragraph.text) for paragraph, _ in fragment)
        if not self.findings.within_size_limit(letters + 50 * len(fragment), path):
            return ()
        used: list[Piece] = []
        for paragraph, written in fragment:
            condition = conjunction(when, paragraph.when)
            used.append((Paragraph(paragraph.text, condition, piece.use), written))
        return tuple(used)


class Pictures:
    """The picture files of a course: what may be named, and whether it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, tuple[str, str, str] | None] = {}

    def problem(self, name: str) -> tuple[str, str, str] | None:
        """Code, message and advice where a name is no picture of the course, else None."""
        if name not in self._known:
            self._known[name] = self._problem(name)
        return self._known[name]

    def _problem(self, name: str) -> tuple[str, str, str] | None:
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
            files = [path for path in self.folder.iterdir() if path.is_file()]
            names = sorted(file.name for file in files)
        except OSError:
            names = []
        return did_you_mean(name, names) or f"Put it into {self.folder.as_posix()}/."


@dataclass(frozen=True, slots=True)
class _AuthoredExhibit:
    """An exhibit's kind, model, place in the file, and the condition of its use."""

    kind: str
    model: ExhibitFields
    path: PathKey
    use_condition: str = ""


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
        found: list[_AuthoredExhibit] = []
        for number, item in enumerate(authored):
            path = ("scenes", scene, "exhibits", number)
            exhibit = self.authored(item, path)
            if exhibit is not None:
                found.append(exhibit)
        wanted = [(exhibit.model.id, exhibit.kind) for exhibit in found]
        ids = self.ids(wanted, [exhibit.path for exhibit in found])
        return tuple(map(self.exhibit, ids, found))

    def authored(self, item: Any, path: PathKey) -> _AuthoredExhibit | None:
        """An exhibit, or the shared one that is used here."""
        if not isinstance(item, UseModel):
            kind = next(iter(item.model_fields_set))
            return _AuthoredExhibit(kind, getattr(item, kind), (*path, kind))
        when = self.language.condition(item.if_, *path, "if")
        use_path = (*path, "use")
        if item.use not in self.shared:
            known = self.shared
            self.findings.unknown("DG115", "shared exhibit", item.use, known, use_path)
            return None
        self.used_names.add(item.use)
        if not self.findings.within_size_limit(self.letters[item.use], use_path):
            return None
        shared = self.shared[item.use]
        kind = next(iter(shared.model_fields_set))
        written: PathKey = ("shared_exhibits", item.use, kind)
        self.moved[(*path, kind)] = written
        return _AuthoredExhibit(kind, getattr(shared, kind), written, when)

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
                advice = "Give one of them another id."
                self.findings.add("DG108", (*path, "id"), message, advice)
            ids.append(name or _free(stem, given | taken))
            taken.add(ids[-1])
        return ids

    def exhibit(self, name: str, authored: _AuthoredExhibit) -> Exhibit:
        """One exhibit."""
        kind, model, path = authored.kind, authored.model, authored.path
        file = getattr(model, "file", None)
        if file:
            self.picture(file, (*path, "file"))
        if model.alt is None and (file or kind in PICTURES):
            self.without_alt(path)
        items: list[dict[str, str]] = []
        if kind in ITEMS:
            key, fields = ITEMS[kind]
            for number, item in enumerate(getattr(model, key)):
                items.append(self.fields(item, fields, (*path, key, number)))
        own_condition = self.language.condition(model.if_, *path, "if")
        return Exhibit(
            id=name,
            kind=kind,
            fields=self.fields(model, KINDS[kind], path),
            alt=self.language.text(model.alt, *path, "alt") if model.alt else "",
            items=tuple(items),
            details=self.details(model.details, (*path, "details")),
            when=conjunction(authored.use_condition, own_condition),
            shared=str(path[1]) if path[0] == "shared_exhibits" else "",
        )

    def fields(
        self, authored: Any, names: Iterable[str], path: PathKey
    ) -> dict[str, str]:
        """The texts that were given, in the order of the format."""
        texts = {}
        for name in names:
            text = getattr(authored, "file" if name == "file" else f"{name}_")
            if text:
                texts[name] = self.language.text(text, *path, name)
        return texts

    def details(self, models: list[DetailModel], path: PathKey) -> tuple[Detail, ...]:
        """What a careful eye finds."""
        paths: list[PathKey] = [(*path, number) for number in range(len(models))]
        wanted = [(model.id, f"detail_{n}") for n, model in enumerate(models, 1)]
        details = []
        for name, model, here in zip(
            self.ids(wanted, paths), models, paths, strict=True
        ):
            look = self.language.detail(model.look, *here, "look")
            text = self.language.detail(model.text, *here, "text")
            details.append(Detail(name, look, text))
        return tuple(details)

    def cover(self, model: PictureModel) -> Picture:
        """The picture of the title."""
        self.picture(model.file, ("cover", "file"))
        if model.alt is None:
            self.without_alt(("cover",))
        return Picture(model.file, model.alt or "")

    def picture(self, file: str, path: PathKey) -> None:
        """A picture's file must be there, in the course's own folder."""
        problem = self.pictures.problem(file)
        if problem:
            code, message, advice = problem
            self.findings.add(code, path, message, advice)

    def without_alt(self, path: PathKey) -> None:
        """A picture that a screen reader, or a terminal, cannot tell of."""
        advice = "Add alt: and say what a glance shows."
        self.findings.add("DG111", path, "This picture has no alt text.", advice)


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
