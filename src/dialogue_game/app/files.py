"""Files written whole or not at all, and small ones read."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from dialogue_game.content.folders import make_private
from dialogue_game.errors import FileInTheWay, Remedy

PRIVATE: Final = 0o600
SHARED: Final = 0o666
"""As far as the user's umask allows."""
MOST_SMALL: Final = 1_000_000
"""Bytes of a file of settings, keys, colours or addresses."""


def json_in(file: Path) -> Any:
    """What a small file of JSON holds. Raises OSError; ValueError where it is none.

    A pipe or a device is none, because reading it might never end.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise ValueError("It is not a file.")
    with file.open("rb") as opened:
        text = opened.read(MOST_SMALL + 1)
    if len(text) > MOST_SMALL:
        raise ValueError("It is far too large.")
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("It is nested far too deep.") from None


def write_whole(
    file: Path,
    pieces: Iterable[str | bytes],
    *,
    force: bool = False,
    mode: int = SHARED,
) -> None:
    """Write a file so that at its place there is all of it or what was there before.

    Texts are written as UTF-8. Where the system can, the file has no name until it is whole, so
    that a program that is killed leaves nothing behind. Raises FileExistsError where a file is
    there already (without `force`), and OSError where none can be written. A pipe or a device is
    written into and stays; where the name is a link, what it leads to is written.
    """
    if file.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(file))
    if file.exists() and not file.is_file():
        _poured(file, pieces)
        return
    if file.is_symlink():
        file = file.resolve()
    if file.exists() and not force:
        raise FileExistsError(17, "it is there already", str(file))
    try:
        descriptor, beside = _without_name(file.parent, mode), None
    except (OSError, AttributeError):  # no such files on this system, or on this disk
        beside = _beside(file)
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.writelines(_encoded(piece) for piece in pieces)
            opened.flush()
            if beside is None and _linked(descriptor, file):
                return
            if file.exists() and not force:
                raise FileExistsError(17, "it is there already", str(file))
            if beside is None:
                beside = _beside(file)
                _linked(descriptor, beside)
        beside.replace(file)
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def keep_privately(file: Path, data: Any) -> None:
    """Keep a small file of JSON for this user alone. Raises OSError.

    It is made with these rights: there is no moment at which others could read it.
    """
    make_private(file.parent)
    write_whole(file, [json.dumps(data, indent=2), "\n"], force=True, mode=PRIVATE)


def put_file(file: Path, pieces: Iterable[str | bytes], *, force: bool = False) -> None:
    """Write a file that somebody asked for, whole or not at all.

    Raises FileInTheWay where it is there already (without `force`) or cannot be written.
    """
    try:
        write_whole(file, pieces, force=force)
    except FileExistsError:
        raise already_exists(file) from None
    except OSError as error:
        raise FileInTheWay(
            f"“{file}” could not be written: {error.strerror}.", "Name another file."
        ) from None


def already_exists(file: Path) -> FileInTheWay:
    """The error for a file that is not to be written over."""
    return FileInTheWay(f"“{file}” is there already.", Remedy.WRITE_ELSEWHERE)


def _poured(file: Path, pieces: Iterable[str | bytes]) -> None:
    """Write into a pipe or a device. Raises OSError, also for a pipe that nobody reads."""
    descriptor = os.open(file, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "wb") as opened:
        os.set_blocking(descriptor, True)
        opened.writelines(_encoded(piece) for piece in pieces)


def _encoded(piece: str | bytes) -> bytes:
    return piece.encode("utf-8", "replace") if isinstance(piece, str) else piece


def _without_name(folder: Path, mode: int) -> int:
    """A file in this folder that has no name yet. Raises OSError or AttributeError."""
    return os.open(folder, os.O_TMPFILE | os.O_WRONLY, mode)


def _linked(descriptor: int, file: Path) -> bool:
    """Give a whole file its name; False where there is one of this name already."""
    with suppress(FileExistsError):
        # With a folder's descriptor, which an absolute path does not need, Python follows the link.
        os.link(f"/proc/self/fd/{descriptor}", file, src_dir_fd=descriptor)
        return True
    return False


def _beside(file: Path) -> Path:
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    return beside
