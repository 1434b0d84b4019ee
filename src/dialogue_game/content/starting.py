"""A small course to start from: it checks clean and plays."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from dialogue_game.errors import DialogueGameError

FIRST_STORY = "first_story.yaml"


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Write the course into a folder that is new or empty; the files written.

    Raises DialogueGameError where the folder holds something or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DialogueGameError(
                f"“{folder}” is there already and is not empty.", "Name a new folder."
            )
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for source in sorted(_files(), key=lambda item: item.name):
            target = folder / source.name
            target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
            written.append(target)
    except OSError as error:
        raise DialogueGameError(
            f"“{folder}” cannot be written: {error.strerror}.", "Choose another place."
        ) from None
    return tuple(written)


def _files() -> list[Traversable]:
    package = resources.files("dialogue_game.content") / "starter"
    return [item for item in package.iterdir() if item.name.endswith(".yaml")]
