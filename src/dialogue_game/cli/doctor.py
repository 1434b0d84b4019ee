"""`dialogue-game doctor`: what a report of a fault needs, and nothing about a person."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

import click

from dialogue_game import __version__
from dialogue_game.app.settings import HOME_VARIABLE, Folders, folders
from dialogue_game.cli.front_ends import no_screen
from dialogue_game.core.text import safe

LIBRARIES: Final = (
    "textual",
    "rich",
    "click",
    "pydantic",
    "pyyaml",
    "msgspec",
    "pillow",
)
TERMINAL: Final = (
    "TERM",
    "COLORTERM",
    "TERM_PROGRAM",
    "WT_SESSION",
    "NO_COLOR",
    "TEXTUAL_DRIVER",
)
"""Variables that say what a terminal can do. Those that name a person or a place stay out."""

Line = tuple[str, str]


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
def doctor_command(as_json: bool) -> None:
    """Print what a report of a fault needs: versions, the terminal, the folders, the journal.

    Nothing of what you played or wrote is in it, no name, and no path with your name.
    """
    lines = [*_program(), *_terminal(), *_kept(folders())]
    if as_json:
        click.echo(json.dumps(dict(lines), ensure_ascii=False))
        return
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        click.echo(safe(f"{name:<{width}}  {value}"))


def _program() -> Iterator[Line]:
    yield "dialogue-game", __version__
    yield "python", f"{platform.python_version()} ({platform.python_implementation()})"
    yield "system", f"{platform.system()} {platform.release()}, {platform.machine()}"
    for name in LIBRARIES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, "not installed"


def _terminal() -> Iterator[Line]:
    size = shutil.get_terminal_size((0, 0))
    yield (
        "terminal size",
        f"{size.columns} x {size.lines}" if size.columns else "unknown",
    )
    yield "screen", no_screen() or "can be shown"
    yield "encoding", getattr(sys.stdout, "encoding", None) or "unknown"
    for name in TERMINAL:
        value = os.environ.get(name)
        if value is not None:
            yield name, "set" if name == "WT_SESSION" else value


def _kept(places: Folders) -> Iterator[Line]:
    yield HOME_VARIABLE, "set" if os.environ.get(HOME_VARIABLE) else "not set"
    named = {"settings": places.config, "data": places.data, "cache": places.cache}
    for name, folder in named.items():
        yield f"{name} folder", _state_of(folder)
    yield "journal", _journal(places.journal_file)


def _state_of(folder: Path) -> str:
    if not folder.exists():
        return "not there yet"
    return "can be written" if os.access(folder, os.W_OK) else "cannot be written"


def _journal(file: Path) -> str:
    """How the journal is, in numbers only."""
    if not file.exists():
        return "not there yet"
    from dialogue_game.errors import JournalError
    from dialogue_game.journal.sqlite import SqliteStore
    from dialogue_game.reporting.story_outline import counted

    store = SqliteStore(file)
    try:
        runs, sessions = (
            len(store.streams("playthrough")),
            len(store.streams("session")),
        )
    except JournalError as error:
        return f"{type(error).__name__}; see: dialogue-game journal check"
    finally:
        store.close()
    kept = f"{counted(runs, 'playthrough')}, {counted(sessions, 'session')}"
    return f"can be read: {kept}, {file.stat().st_size} bytes"
