"""What a person may set, where it is kept, and which word counts: flag, environment, file, default.

Nothing here touches the disk until it is asked; folders are made on first write. A person's own
colours and keys are JSON files beside the settings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from dialogue_game.app.files import json_in, keep_privately
from dialogue_game.content.folders import expand_home
from dialogue_game.errors import SettingsInvalid

APP: Final = "dialogue-game"
HOME_VARIABLE: Final = "DIALOGUE_GAME_HOME"
CACHE_VARIABLE: Final = "DIALOGUE_GAME_CACHE"
"""One cache for many data folders, as a server has them, so that the course is compiled once."""
PREFIX: Final = "DIALOGUE_GAME_"
RECORD_STORE: Final = "DIALOGUE_GAME_RECORD_STORE"
"""The variable with the address of a store that records are sent to."""
COLOURS: Final = ("theme", "room")
"""The settings whose value may be a person's own theme."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set. Each field names its allowed values first-to-default."""

    theme: str = field(default="dark", metadata={"of": ("dark", "light", "contrast")})
    """The colours: dark, light, or high contrast (AAA)."""
    room: str = field(
        default="contrast", metadata={"of": ("contrast", "dark", "light")}
    )
    """The colours of a screen that a group shares; it is read from the back of a room."""
    coaching: str = field(default="after", metadata={"of": ("after", "end")})
    """When guidelines and references are shown: after each choice, or at the end."""
    motion: str = field(default="full", metadata={"of": ("full", "none")})
    """Whether anything on screen may move."""
    face: str = field(default="screen", metadata={"of": ("screen", "plain")})
    """How to play when nothing else is said."""
    more: str = field(default="on", metadata={"of": ("on", "off")})
    """Whether long text in lines stops at sentence ends, a screenful at a time."""
    pictures: str = field(default="on", metadata={"of": ("on", "blocks", "off")})
    """Whether pictures are drawn, and if with half-blocks only; their text is always there."""
    transfer: str = field(default="on", metadata={"of": ("on", "off")})
    """Whether a short question on an earlier guideline may come back at a later start."""
    rechoose: str = field(default="off", metadata={"of": ("off", "on")})
    """Whether an earlier decision may be taken anew during a first run."""
    symbols: str = field(default="unicode", metadata={"of": ("unicode", "ascii")})
    """Which characters may be used for signs and rules."""
    language: str = field(default="en", metadata={"of": ("en",)})
    """The language of the screens; stories are in the language they are written in."""
    welcomed: str = field(default="no", metadata={"of": ("no", "yes")})
    """Whether the first-run page has been seen."""

    def with_(self, name: str, value: str, own: Sequence[str] = ()) -> Settings:
        """These settings with one changed; `own` are a person's themes. Raises SettingsInvalid."""
        allowed = allowed_values(name, own)
        if value not in allowed:
            raise SettingsInvalid(
                f"“{value}” cannot be used for {name}.",
                f"Use one of: {', '.join(allowed)}.",
            )
        return replace(self, **{name: value})


def own_themes(config: Path) -> tuple[str, ...]:
    """The names of a person's own themes: files beside the settings, `themes/<name>.json`."""
    try:
        return tuple(sorted(file.stem for file in (config / "themes").glob("*.json")))
    except OSError:
        return ()


def allowed_values(name: str, own: Sequence[str] = ()) -> tuple[str, ...]:
    """The values a setting may have; colours also a person's `own` themes.

    Raises SettingsInvalid for an unknown setting.
    """
    for spec in fields(Settings):
        if spec.name == name:
            values: tuple[str, ...] = spec.metadata["of"]
            more = [theme for theme in own if theme not in values]
            return (*values, *more) if name in COLOURS else values
    names = ", ".join(spec.name for spec in fields(Settings))
    raise SettingsInvalid(f"There is no setting “{name}”.", f"There are: {names}.")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things live on this machine. None of them need exist."""

    config: Path
    data: Path
    cache: Path
    log: Path

    @property
    def settings_file(self) -> Path:
        """What a person has set."""
        return self.config / "settings.json"

    @property
    def journal_file(self) -> Path:
        """The event streams."""
        return self.data / "journal.sqlite"

    @property
    def record_store_file(self) -> Path:
        """The record store's address, key and secret, for this user alone."""
        return self.config / "record_store.json"


def folders(environment: Mapping[str, str] | None = None) -> Folders:
    """The folders of this user; `DIALOGUE_GAME_HOME` puts them all in one place.

    `DIALOGUE_GAME_CACHE` is where compiled courses are, whoever plays.
    """
    known = os.environ if environment is None else environment
    home, cache = known.get(HOME_VARIABLE), known.get(CACHE_VARIABLE)
    if home:
        root = expand_home(home)
        return Folders(
            root, root, expand_home(cache) if cache else root / "cache", root / "log"
        )
    import platformdirs

    return Folders(
        Path(platformdirs.user_config_dir(APP, appauthor=False)),
        Path(platformdirs.user_data_dir(APP, appauthor=False)),
        expand_home(cache or platformdirs.user_cache_dir(APP, appauthor=False)),
        Path(platformdirs.user_log_dir(APP, appauthor=False)),
    )


def may_exist(file: Path) -> bool:
    """Whether it is there, or may be: in a folder that is closed to us nobody can say."""
    try:
        return file.exists()
    except OSError:
        return True


def is_set_up(folders: Folders) -> bool:
    """Whether there is a record store to send to; quick, because it looks at nothing closely."""
    return bool(os.environ.get(RECORD_STORE, "").strip()) or may_exist(
        folders.record_store_file
    )


def load(
    file: Path, environment: Mapping[str, str], flags: Mapping[str, str | None]
) -> tuple[Settings, str]:
    """The settings in force, and a sentence about a file that could not be used ("" if fine).

    Raises SettingsInvalid for a flag or an environment variable with a value that cannot be used;
    a damaged file never keeps anyone from playing.
    """
    settings, trouble = _from_file(file)
    own = own_themes(file.parent)
    for spec in fields(Settings):
        value = environment.get(PREFIX + spec.name.upper())
        if value:
            settings = settings.with_(spec.name, value, own)
        flag = flags.get(spec.name)
        if flag is not None:
            settings = settings.with_(spec.name, flag, own)
    return settings, trouble


def save(file: Path, name: str, value: str) -> None:
    """Keep one setting, leaving the others in the file as they are. Raises SettingsInvalid."""
    Settings().with_(name, value, own_themes(file.parent))
    kept, _ = _read(file)
    kept[name] = value
    try:
        keep_privately(file, kept)
    except OSError as error:
        raise SettingsInvalid(
            f"The setting holds for now, but could not be kept: {error.strerror}.",
            f"Check the folder {file.parent}.",
        ) from None


def _read(file: Path) -> tuple[dict[str, Any], str]:
    try:
        kept = json_in(file)
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError):
        kept = None
    if isinstance(kept, dict):
        return kept, ""
    return {}, f"The settings in {file} could not be read, so the defaults are used."


def _from_file(file: Path) -> tuple[Settings, str]:
    kept, trouble = _read(file)
    settings, own = Settings(), own_themes(file.parent)
    for name, value in kept.items():
        try:
            settings = settings.with_(name, str(value), own)
        except SettingsInvalid as error:
            trouble = f"In {file}: {error.message} It is left out."
    return settings, trouble


KEYS_FILE: Final = "keys.json"


def theme_file(config: Path, name: str) -> Path:
    """Where the theme of that name is."""
    return config / "themes" / f"{name}.json"


def keys_file(config: Path) -> Path:
    """Where the keys are."""
    return config / KEYS_FILE


def read_object(file: Path) -> dict[str, Any]:
    """What such a file holds. Raises SettingsInvalid with one sentence."""
    try:
        found = json_in(file)
    except OSError as error:
        raise SettingsInvalid(
            f"{file} could not be read: {error.strerror}.", ""
        ) from None
    except ValueError as error:
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
