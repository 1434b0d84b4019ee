"""The files of a course: pictures that cannot be shown or are not used, stories nobody lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from unicodedata import normalize

from dialogue_game.analysis.findings import (
    Finding,
    PathKey,
    Place,
    Places,
    finding,
    place_of,
)
from dialogue_game.content.folders import (
    BESIDE,
    COURSE_FILE,
    MAX_BYTES,
    STORY_SUFFIX,
    is_file,
    pictures_folder,
    story_files,
)
from dialogue_game.core.story import Story

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
ENDINGS: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 64_000_000
"""What the screen opens at most: the photo of a phone does."""

NEARLY_BESIDE: Final = re.compile(r"(\w+?)[._ -]?(walk|review)s?\.ya?ml", re.IGNORECASE)
"""What an author may call the walks or the review of a story."""

Placed = tuple[Story, Places]


def course_files(
    folder: Path,
    listed: Sequence[str],
    stories: Sequence[Placed],
    list_place: Place,
    *,
    whole: bool,
) -> list[Finding]:
    """What is odd about a course's files; pictures nobody shows, where all stories are read."""
    pictures = pictures_folder(folder)
    named = list(_named(stories))
    return [
        *_unlisted(folder, listed, list_place),
        *_misnamed(folder),
        *named_pictures(pictures, named),
        *_unused(pictures, {name for name, _ in named}, whole=whole),
    ]


def lone_pictures(file: Path, stories: Sequence[Placed]) -> list[Finding]:
    """What is odd about the pictures of a lone story, the only one of its folder."""
    pictures, named = pictures_folder(file.parent), list(_named(stories))
    found = list(named_pictures(pictures, named))
    if stories and story_files(file.parent) == (file,):
        found += _unused(pictures, {name for name, _ in named}, whole=True)
    return found


def _named(stories: Sequence[Placed]) -> Iterator[tuple[str, Place]]:
    """Every picture that a story names, with the place of its name."""
    for story, places in stories:
        if story.cover is not None:
            yield story.cover.file, place_of(places, ("cover", "file"))
        for scene in story.scenes.values():
            for number, exhibit in enumerate(scene.exhibits):
                if exhibit.fields.get("file"):
                    path: PathKey = (
                        "scenes",
                        scene.id,
                        "exhibits",
                        number,
                        exhibit.kind,
                        "file",
                    )
                    yield exhibit.fields["file"], place_of(places, path)


def named_pictures(
    folder: Path, named: Sequence[tuple[str, Place]]
) -> Iterator[Finding]:
    """DG116, DG117 and DG119 for each picture that is named, at its first place."""
    first: dict[str, Place] = {}
    for name, place in named:
        first.setdefault(name, place)
    here = {path.name for path in _files(folder)}
    for name, place in first.items():
        file = folder / name
        if name not in here and "/" not in name:
            yield from _otherwise(name, place, here)
        elif file.is_file():
            yield from _looked_at(file, name, place)


def _otherwise(name: str, place: Place, here: set[str]) -> Iterator[Finding]:
    """DG119: a file of that name in another Unicode form."""
    for other in here:
        if other != name and normalize("NFC", other) == normalize("NFC", name):
            yield finding(
                "DG119",
                place,
                f"The file “{name}” is there under the same name in another Unicode form.",
                "Rename the file: type its name anew, with plain letters at best.",
            )


def _looked_at(file: Path, name: str, place: Place) -> Iterator[Finding]:
    """DG116 and DG117: what the screen could not show."""
    from PIL import Image

    size = file.stat().st_size
    try:
        with Image.open(file, formats=FORMATS) as found:
            pixels = found.width * found.height
            if size <= MOST_BYTES and pixels <= MOST_PIXELS:
                found.load()
    except Exception as error:  # noqa: BLE001, RUF100 (a damaged picture raises whatever it likes)
        why = "is cut off" if "truncated" in str(error).lower() else "is no picture"
        yield finding(
            "DG116",
            place,
            f"“{name}” {why}, and cannot be shown.",
            f"Put a {', '.join(FORMATS)} file in its place.",
        )
        return
    if size > MOST_BYTES or pixels > MOST_PIXELS:
        yield finding(
            "DG117",
            place,
            f"“{name}” is too large to be shown: {size / 1e6:.0f} MB, "
            f"{pixels / 1e6:.0f} megapixels (at most {MOST_BYTES / 1e6:.0f} MB and "
            f"{MOST_PIXELS / 1e6:.0f} megapixels).",
            "Make it smaller; 1280 pixels are all that a terminal shows.",
        )


def _unused(folder: Path, named: set[str], *, whole: bool) -> Iterator[Finding]:
    """DG118: a picture that no story names; sources of drawings (SVG) are not pictures here."""
    forms: dict[str, str] = {}
    shown = {normalize("NFC", name) for name in named}
    for path in _files(folder):
        form = normalize("NFC", path.name)
        before = forms.setdefault(form, path.name)
        if before != path.name:
            yield finding(
                "DG119",
                Place(str(path)),
                f"Two files have the name “{form}” in two Unicode forms.",
                "Keep one of them.",
            )
        elif whole and path.suffix.lower() in ENDINGS and form not in shown:
            message = f"No story shows the picture “{path.name}”."
            yield finding(
                "DG118", Place(str(path)), message, "Show it, or take it away."
            )


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return []


def _unlisted(
    folder: Path, listed: Sequence[str], list_place: Place
) -> Iterator[Finding]:
    """DG131: a story that course.yaml does not list, or walks without their story."""
    for path in story_files(folder):
        name = path.name.removesuffix(STORY_SUFFIX)
        if (
            name not in listed
            and not path.name.endswith(".schema.yaml")
            and _is_story(path)
        ):
            yield finding(
                "DG131",
                list_place,
                f"{COURSE_FILE} does not list the story “{name}” of {path.name}, so nobody can "
                "play it.",
                f"Add {name} to stories:, or take the file away.",
            )
    for suffix, path in (
        (end, path) for end in BESIDE for path in sorted(folder.glob(f"*{end}"))
    ):
        name = path.name.removesuffix(suffix)
        if not (folder / f"{name}{STORY_SUFFIX}").exists():
            message = f"There is no story {name}{STORY_SUFFIX} that this file is for."
            yield finding(
                "DG131", Place(str(path)), message, "Rename the file as its story is."
            )


def _misnamed(folder: Path) -> Iterator[Finding]:
    """DG131: walks or a review whose file's name is nearly the one that is read."""
    for path in _files(folder):
        match = NEARLY_BESIDE.fullmatch(path.name)
        if match is None or not (folder / f"{match[1]}{STORY_SUFFIX}").exists():
            continue
        right = f"{match[1]}.{match[2].lower().replace('walk', 'walks')}{STORY_SUFFIX}"
        if path.name != right and not _is_story(path):
            yield finding(
                "DG131",
                Place(str(path)),
                f"Nothing reads “{path.name}”.",
                f"Rename it {right}.",
            )


def _is_story(path: Path) -> bool:
    """Whether a file looks like a story, and not like something else in YAML."""
    try:
        if not is_file(path) or path.stat().st_size > MAX_BYTES:
            return False
        head = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "\nscenes:" in head and "start:" in head


def shipped_names(
    course: str,
    stories: Mapping[str, Place],
    place: Place,
    shipped: tuple[str, frozenset[str]],
) -> Iterator[Finding]:
    """DG129: an id that the course that comes with the game has."""
    if course == shipped[0]:
        message = f"“{course}” is the id of the course that comes with the game."
        yield finding("DG129", place, message, "Give your course an id of its own.")
    for name, where in stories.items():
        if name in shipped[1]:
            message = f"“{name}” is the id of a story that comes with the game."
            yield finding("DG129", where, message, "Give your story an id of its own.")
