"""Places of what the build moves: fragments and costs stand elsewhere in the file than in play."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogue_game.analysis.findings import PathKey, Place, Places
from dialogue_game.content.places import SourcePlaces


class MovedPlaces(Mapping[PathKey, Place]):
    """The places of a file, asked for by the paths of the built story."""

    def __init__(self, places: Places, moved: Mapping[PathKey, PathKey]) -> None:
        self._places, self._moved = places, moved

    def __getitem__(self, path: PathKey) -> Place:
        return self._places[self._written(path)]

    def mention(self, path: PathKey, words: str) -> Place:
        """Where these words first stand in the text of that path, or where the text begins."""
        path = self._written(path)
        if isinstance(self._places, SourcePlaces):
            return self._places.mention(path, words)
        return self._places[path]

    def _written(self, path: PathKey) -> PathKey:
        """The path in the file of what stands at a path of the story."""
        for length in range(len(path), 0, -1):
            written = self._moved.get(path[:length])
            if written is not None:
                return (*written, *path[length:])
        return path

    def __iter__(self) -> Iterator[PathKey]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
