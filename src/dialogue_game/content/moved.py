"""Places of what the build moves: fragments and costs stand elsewhere in the file than in play."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogue_game.analysis.findings import PathKey, Place, Places


class MovedPlaces(Mapping[PathKey, Place]):
    """The places of a file, asked for by the paths of the built story."""

    def __init__(self, places: Places, moved: Mapping[PathKey, PathKey]) -> None:
        self._places, self._moved = places, moved

    def __getitem__(self, path: PathKey) -> Place:
        for length in range(len(path), 0, -1):
            written = self._moved.get(path[:length])
            if written is not None:
                return self._places[(*written, *path[length:])]
        return self._places[path]

    def __iter__(self) -> Iterator[PathKey]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
