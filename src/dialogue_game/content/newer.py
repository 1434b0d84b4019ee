"""What only format 2 has: its fields in a file of format 1 are told, its names are kept free."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.authoring import StoryModel
from dialogue_game.content.authoring_base import UseModel
from dialogue_game.content.notes import Notes

STORY: Final = ("clock", "fragments", "shared_exhibits", "order")
SCENE: Final = ("goto", "enter", "first_enter", "order", "settled")
CHOICE: Final = ("takes", "cost", "coaching", "defensible", "stance")
ENDING: Final = ("enter", "first_enter")
RESERVED: Final = ("earned", "decisions", "clock")
"""Names that have a meaning of their own in format 2."""


class Later:
    """Looks one story through for what its format has, and what it has not."""

    def __init__(self, authored: StoryModel, notes: Notes) -> None:
        self.authored, self.notes = authored, notes

    def check(self) -> None:
        """Everything to be said."""
        if self.authored.format >= 2:
            self.reserved()
            return
        for path in self.newer():
            message = f"“{path[-1]}” is a field of format 2."
            self.notes.add(
                "DG016", path, message, "Write format: 2 at the top of this file."
            )

    def unused(self, fragments: Collection[str], exhibits: Collection[str]) -> None:
        """What was written for several places and stands in none; not where a use is misspelt."""
        if any(noticed.code == "DG115" for noticed in self.notes.found):
            return
        authored = self.authored
        names: list[PathKey] = [
            ("fragments", name) for name in authored.fragments.keys() - fragments
        ]
        names += [
            ("shared_exhibits", name)
            for name in authored.shared_exhibits.keys() - exhibits
        ]
        for path in names:
            message = f"Nothing uses “{path[-1]}”."
            advice = "Write - use: where it belongs, or take it away."
            self.notes.add("DG132", path, message, advice, self.notes.places.key(path))

    def newer(self) -> Iterator[PathKey]:
        """The fields of format 2 that are used."""
        authored = self.authored
        yield from _used(authored, STORY, ())
        for scene, model in authored.scenes.items():
            path: PathKey = ("scenes", scene)
            yield from _used(model, SCENE, path)
            yield from _uses(model.text, (*path, "text"))
            yield from _uses(model.exhibits, (*path, "exhibits"))
            for name, choice in model.choices.items():
                here = (*path, "choices", name)
                yield from _used(choice, CHOICE, here)
                yield from _uses(choice.consequence, (*here, "consequence"))
        for name, ending in authored.endings.items():
            yield from _used(ending, ENDING, ("endings", name))
            yield from _uses(ending.text, ("endings", name, "text"))

    def reserved(self) -> None:
        """Names of variables and times that mean something else, or stand twice."""
        clock = self.authored.clock
        times = clock.times if clock is not None else {}
        paths: list[tuple[str, PathKey]] = [
            *((name, ("variables", name)) for name in self.authored.variables),
            *((name, ("clock", "times", name)) for name in times),
        ]
        for name, path in paths:
            if name in RESERVED:
                message = f"“{name}” has a meaning of its own in format 2."
                self.notes.add("DG108", path, message, "Give it another name.")
            elif name in times and path[0] == "variables":
                message = f"“{name}” is a named time, too."
                self.notes.add("DG108", path, message, "Give one of them another name.")


def _used(model: Any, fields: tuple[str, ...], path: PathKey) -> Iterator[PathKey]:
    for name in fields:
        if name in model.model_fields_set:
            yield (*path, name)


def _uses(authored: Any, path: PathKey) -> Iterator[PathKey]:
    if isinstance(authored, list):
        for number, piece in enumerate(authored):
            if isinstance(piece, UseModel):
                yield (*path, number, "use")
