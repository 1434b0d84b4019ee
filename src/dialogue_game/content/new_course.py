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

    `more` are further files, names and texts. Where one cannot be written, none is left. The
    course's own file comes last: a folder without it, left by a try that was killed, is finished.

    Raises DialogueGameError where the folder holds something or cannot be written.
    """
    written: list[Path] = []
    made: list[Path] = []
    try:
        texts = {source.name: source.read_text(encoding="utf-8") for source in _files()}
        course = texts.pop(COURSE_FILE).replace(_ID, f"{_ID}_{_fresh()}", 1)
        texts |= {**more, COURSE_FILE: course}
        if folder.exists() and not (folder.is_dir() and _unfinished(folder, texts)):
            raise DialogueGameError(
                f"“{folder}” is there already and is not empty.", "Name a new folder."
            )
        made = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            written.append(folder / name)
            written[-1].write_text(text, encoding="utf-8")
    except OSError as error:
        _take_back(written, made)
        raise DialogueGameError(
            f"“{folder}” cannot be written: {error.strerror}.", "Choose another place."
        ) from None
    return tuple(written)


def _unfinished(folder: Path, texts: Mapping[str, str]) -> bool:
    """Whether a folder holds at most the beginnings of what is to be written. Raises OSError."""
    for place in folder.iterdir():
        if place.name not in texts or not place.is_file():
            return False
        begun = place.read_bytes()
        if not texts[place.name].encode().startswith(begun):
            return False
        if place.name == COURSE_FILE and begun:
            return False
    return True


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
