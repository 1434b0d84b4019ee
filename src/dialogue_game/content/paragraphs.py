"""Texts as authored → paragraphs, each with its condition, fragments put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.authoring_base import ParagraphModel, UseModel
from dialogue_game.content.language import Language
from dialogue_game.content.notes import Notes
from dialogue_game.core.story import Paragraph

Piece = tuple[Paragraph, PathKey]
"""A paragraph and where it is written."""


def both(first: str, second: str) -> str:
    """The condition that holds where both do."""
    return f"({first}) and ({second})" if first and second else first or second


class Paragraphs:
    """Makes the paragraphs of one story; `moved` tells where those that were put in are written."""

    def __init__(
        self, language: Language, notes: Notes, fragments: Mapping[str, Any]
    ) -> None:
        self.language, self.notes = language, notes
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
                made.append(
                    (
                        Paragraph(self.language.text(piece.text, *here, "text"), when),
                        here,
                    )
                )
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
            self.notes.add("DG013", path, message, "Write the text out here.")
            return ()
        if piece.use not in self.fragments:
            self.notes.unknown(
                "DG115", "fragment", piece.use, self.fragments, (*path, "use")
            )
            return ()
        self.used_names.add(piece.use)
        letters = sum(len(paragraph.text) for paragraph, _ in self.fragments[piece.use])
        if not self.notes.room_for(letters + 50 * len(self.fragments[piece.use]), path):
            return ()
        return tuple(
            (Paragraph(paragraph.text, both(when, paragraph.when), piece.use), written)
            for paragraph, written in self.fragments[piece.use]
        )
