"""A person's own colours and keys: JSON files beside the settings, read when they are asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from dialogue_game.errors import SettingsInvalid

KEYS_FILE: Final = "keys.json"
MOST_BYTES: Final = 65_536


def theme_file(config: Path, name: str) -> Path:
    """Where the theme of that name is."""
    return config / "themes" / f"{name}.json"


def keys_file(config: Path) -> Path:
    """Where the keys are."""
    return config / KEYS_FILE


def read_object(file: Path) -> dict[str, Any]:
    """What such a file holds. Raises SettingsInvalid with one sentence."""
    try:
        with file.open(encoding="utf-8") as source:
            found = json.loads(source.read(MOST_BYTES))
    except OSError as error:
        raise SettingsInvalid(
            f"{file} could not be read: {error.strerror}.", ""
        ) from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        where = f", line {line}" if line else ""
        raise SettingsInvalid(
            f"{file}{where} is not JSON.", "It is left out."
        ) from None
    if not isinstance(found, dict):
        raise SettingsInvalid(
            f"{file} must hold names and values in braces.", "It is left out."
        ) from None
    return found
