"""Reviewing: the files that readers and experts send back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dialogue_game.errors import NotFound


def text_of(file: Path) -> str:
    """A text file, whatever its editor put in front. Raises NotFound."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        message = f"{file} cannot be read: {reason}."
        raise NotFound(message, "Look whether the name is right.") from None
    for encoding in ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def read_key(file: Path) -> dict[str, Any]:
    """The key of a blind sheet. Raises NotFound where the file is none."""
    try:
        told = json.loads(text_of(file))
        sound = bool(told) and all(
            isinstance(row["story"], str) and [(str(o), int(w)) for o, w in row["options"]]
            for row in told.values()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise NotFound(
            f"{file} is no key of a blind sheet.", "Name the folder that review blind wrote."
        )
    return dict(told)
