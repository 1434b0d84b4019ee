"""Compiled courses in the user's cache, and editions for the journal: typed JSON, never pickle.

A course's index and each of its stories are files of their own, so that Home reads only the index.
The folder's name is the digest of the sources and of this compiler; every file begins with the
digest of the rest of it. A file that is damaged, missing or of another kind is simply not there.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import dialogue_game
from dialogue_game.content.folders import MAX_BYTES, is_file, make_private
from dialogue_game.core.course import Course
from dialogue_game.core.text import decompressed

if TYPE_CHECKING:
    # The index alone shows Home; a story's own types come with the story.
    from dialogue_game.core.story import Story

T = TypeVar("T")

COMPILER: Final = 2
"""Counts up when the same sources would compile to something else."""
KEPT: Final = 12
"""How many compiled courses stay; the oldest go first."""
INDEX: Final = "course"
SOUND: Final = "sound"

_COMPILED_BY: Final = ("content/*.py", "core/*.py", "analysis/graph.py")
_CHECKED_BY: Final = ("analysis", "content", "core", "app/authoring")


def encode_edition(story: Story) -> bytes:
    """A story as compressed plain data, for keeping."""
    import msgspec

    return zlib.compress(msgspec.json.encode(story), 6)


def decode_edition(kept: bytes) -> Story:
    """A story that was kept. Raises ValueError where the bytes are none."""
    import msgspec

    from dialogue_game.core.story import Story

    try:
        return msgspec.json.decode(decompressed(kept), type=Story)
    except (ValueError, msgspec.MsgspecError) as error:
        raise ValueError(f"This is no kept edition: {error}") from error


def edition_of(story: Story) -> str:
    """The digest of a story's exact text: of its plain data, without the edition itself."""
    import msgspec

    bare = story if not story.edition else replace(story, edition="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def digest_of(files: Iterable[Path], pictures: Path) -> str:
    """The digest of source files (names and bytes), of the pictures' names, and of this compiler.

    Raises OSError where a file cannot be read.
    """
    digest = hashlib.sha256(_compiler().encode())
    for path in files:
        if not is_file(path) or path.stat().st_size > MAX_BYTES:
            raise OSError(f"{path} is no source.")
        content = path.read_bytes()
        digest.update(
            f"\0{path.name}\0{len(content)}\0".encode("utf-8", "surrogateescape")
        )
        digest.update(content)
    names = (
        sorted(path.name for path in pictures.iterdir()) if pictures.is_dir() else []
    )
    digest.update("\0".join(names).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _compiler() -> str:
    """What compiles: the version, and in a checkout also the state of its files."""
    package = Path(dialogue_game.__file__).parent
    parts = [str(COMPILER), getattr(dialogue_game, "__version__", "")]
    for pattern in _COMPILED_BY:
        parts += _states(sorted(package.glob(pattern)))
    return " ".join(parts)


def _checked_with(beside: Iterable[Path]) -> str:
    """What a check depends on besides the sources: these files, the version, its own files."""
    package = Path(dialogue_game.__file__).parent
    files = [
        file for folder in _CHECKED_BY for file in (package / folder).rglob("*.py")
    ]
    parts = [
        getattr(dialogue_game, "__version__", ""),
        *_states(sorted([*files, *beside])),
    ]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def _states(files: Iterable[Path]) -> Iterator[str]:
    """The size and time of each file that is there."""
    for file in files:
        try:
            status = file.stat()
        except OSError:
            continue
        yield f"{status.st_size}.{status.st_mtime_ns}"


class CompiledCourse:
    """One compiled course in the cache."""

    def __init__(self, cache_folder: Path, digest: str) -> None:
        self.shelf = cache_folder / "courses"
        self.folder = self.shelf / digest[:32]

    def course(self) -> Course | None:
        """The index; None where there is none."""
        return self._read(INDEX, Course)

    def story(self, story: str) -> Story | None:
        """One story; None where there is none."""
        from dialogue_game.core.story import Story

        return self._read(f"story.{story}", Story)

    def sound(self, beside: Iterable[Path]) -> bool:
        """Whether these sources were checked before, by these rules, and had no error.

        `beside` are the files that a check reads, too: walks and pictures.
        """
        try:
            return (self.folder / SOUND).read_text(encoding="utf-8") == _checked_with(
                beside
            )
        except (OSError, UnicodeDecodeError):
            return False

    def keep_sound(self, beside: Iterable[Path]) -> None:
        """Remember that these sources have no error."""
        try:
            make_private(self.folder)
            (self.folder / SOUND).write_text(_checked_with(beside), encoding="utf-8")
        except OSError:
            return

    def keep(self, course: Course, stories: Mapping[str, Story]) -> None:
        """Write a course, its index last; a cache that cannot be written is no trouble."""
        try:
            make_private(self.folder)
            for name, story in stories.items():
                self._write(f"story.{name}", story)
            self._write(INDEX, course)
            self._forget_oldest()
        except OSError:
            return

    def _read(self, name: str, kind: type[T]) -> T | None:
        import msgspec

        try:
            raw = (self.folder / f"{name}.json").read_bytes()
        except OSError:
            return None
        head, _, body = raw.partition(b"\n")
        if head != seal(body):
            return None
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            return None

    def _write(self, name: str, value: Course | Story) -> None:
        import msgspec

        body = msgspec.json.encode(value)
        # Another process may be writing the same; each has a file of its own until the rename.
        temporary = self.folder / f".{name}.{os.getpid()}.new"
        try:
            temporary.write_bytes(seal(body) + b"\n" + body)
            temporary.replace(self.folder / f"{name}.json")
        except OSError:
            temporary.unlink(missing_ok=True)
            raise

    def _forget_oldest(self) -> None:
        from shutil import rmtree

        others = [path for path in self.shelf.iterdir() if path != self.folder]
        others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in others[KEPT - 1 :]:
            rmtree(path, ignore_errors=True)


def seal(body: bytes) -> bytes:
    """The first line of a file in the cache, by which damage is noticed."""
    return f"dialogue-game {hashlib.sha256(body).hexdigest()}".encode()
