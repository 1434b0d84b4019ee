"""A small course to start from: it checks clean and plays."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import ascii_lowercase
from typing import Final

from dialogue_game.content.folders import COURSE_FILE
from dialogue_game.errors import DialogueGameError

FIRST_STORY = "first_story.yaml"
_ID: Final = "\nid: my_course"


def _fresh() -> str:
    """What sets a new course's id apart from every other's: records are told apart by it."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(6))


def write_starter(folder: Path, more: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the course into a folder that is new or empty; the files written.

    `more` are further files, names and texts. Where one cannot be written, none is left.

    Raises DialogueGameError where the folder holds something or cannot be written.
    """
    written: list[Path] = []
    made: list[Path] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DialogueGameError(
                f"“{folder}” is there already and is not empty.", "Name a new folder."
            )
        made = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        starter = {
            source.name: source.read_text(encoding="utf-8") for source in _files()
        }
        starter[COURSE_FILE] = starter[COURSE_FILE].replace(_ID, f"{_ID}_{_fresh()}", 1)
        for name, text in (*sorted(starter.items()), *more.items()):
            written.append(folder / name)
            written[-1].write_text(text, encoding="utf-8")
    except OSError as error:
        _take_back(written, made)
        raise DialogueGameError(
            f"“{folder}” cannot be written: {error.strerror}.", "Choose another place."
        ) from None
    return tuple(written)


def _take_back(written: Iterable[Path], made: Iterable[Path]) -> None:
    """Leave nothing of what could not be finished, so that it can be tried again."""
    with suppress(OSError):
        for file in written:
            file.unlink(missing_ok=True)
        for place in made:
            place.rmdir()


def _files() -> list[Traversable]:
    package = resources.files("dialogue_game.content") / "starter"
    return [item for item in package.iterdir() if item.name.endswith(".yaml")]
