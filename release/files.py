"""Whether the built files are what a release should be: `python -m release.files FOLDER [TAG]`.

The version is the tag's; the source archive holds what it should and no stray file; the wheel
brings the stories, the pictures and the styles.
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TOP: Final = {
    *("src", "stories", "assets", "docs", "README.md", "LICENSE", "CHANGELOG.md"),
    *("pyproject.toml", "PKG-INFO", ".gitignore"),
}
"""What stands at the top of the source archive; the build adds the last three."""
NEEDED: Final = (
    "dialogue_game/_data/stories/leadership_dialogue_2023/omar.yaml",
    "dialogue_game/_data/assets/CREDITS.md",
    "dialogue_game/content/starter/course.yaml",
    "dialogue_game/py.typed",
)


def wrong(folder: Path, tag: str = "") -> Iterator[str]:
    """A sentence for each thing that is not as it should be."""
    (archive,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    version = wheel.name.split("-")[1]
    if tag and tag != f"v{version}":
        yield f"The tag is {tag}, and the files are of version {version}."
    with tarfile.open(archive) as opened:
        top = {name.split("/")[1] for name in opened.getnames() if "/" in name}
    yield from (
        f"{name} does not belong into the archive." for name in sorted(top - TOP)
    )
    yield from (f"{name} is missing in the archive." for name in sorted(TOP - top))
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    yield from (
        f"{name} is missing in the wheel." for name in NEEDED if name not in names
    )
    if not any(name.endswith(".tcss") for name in names):
        yield "The wheel holds no styles."


def main() -> int:
    """Say what is wrong; 1 where something is."""
    found = list(wrong(Path(sys.argv[1]), *sys.argv[2:3]))
    for sentence in found:
        print(sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
