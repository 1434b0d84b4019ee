"""The names and folders of a course: which file is what, and where its pictures are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dialogue_game.errors import NotFound

COURSE_FILE: Final = "course.yaml"
GUIDELINES_FILE: Final = "guidelines.yaml"
REFERENCES_FILE: Final = "references.yaml"
STORY_SUFFIX: Final = ".yaml"
WALKS_SUFFIX: Final = ".walks.yaml"
REVIEW_SUFFIX: Final = ".review.yaml"
BESIDE: Final = (WALKS_SUFFIX, REVIEW_SUFFIX)
"""What may stand beside a story, under its name."""
MAX_BYTES: Final = 18 * 1024 * 1024
"""Room for 12,000 scenes of much text; a larger file is refused before it is read."""


def expand_home(name: str) -> Path:
    """The path of that name, `~` being a home folder. Raises NotFound where there is none."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise NotFound(
            f"There is no home folder for “{name}”.", "Write the whole path."
        ) from None


def make_private(folder: Path) -> None:
    """Make a folder, and what is missing above it, for this user alone. Raises OSError."""
    missing = [folder, *folder.parents]
    for place in reversed([place for place in missing if not place.exists()]):
        place.mkdir(mode=0o700, exist_ok=True)


def story_files(folder: Path) -> tuple[Path, ...]:
    """The story files of a course's folder, by name."""
    own = {COURSE_FILE, GUIDELINES_FILE, REFERENCES_FILE}
    return tuple(
        path
        for path in sorted(folder.glob(f"*{STORY_SUFFIX}"))
        if path.name not in own and not path.name.endswith(BESIDE)
    )


def pictures_folder(folder: Path) -> Path:
    """Where a course's pictures are: `assets/<course>/` beside `stories/`, or its own `assets/`.

    The shipped course, in a checkout as in an installed package, is `stories/<course>/` and has
    its pictures in `assets/<course>/`; a course of one's own keeps them in its own folder.
    """
    folder = folder.absolute()
    beside = folder.parent.parent / "assets" / folder.name
    if folder.parent.name == "stories" and is_folder(beside):
        return beside
    return folder / "assets"


def links_outside(path: Path) -> bool:
    """Whether a file is a link to somewhere outside its own folder."""
    try:
        return not path.resolve().is_relative_to(path.parent.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return True


def is_file(path: Path) -> bool:
    """Whether there is a file that can be seen; Path's own answer raises in a closed folder."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_closed(path: Path) -> bool:
    """Whether nobody can say what is there, because its folder may not be looked into."""
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder that can be seen."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
