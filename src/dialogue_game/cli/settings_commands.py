"""`dialogue-game settings`, `keys`, `completion` and `doctor`: how the game is set up here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final

import click

from dialogue_game import __version__
from dialogue_game.app import settings as settings_module
from dialogue_game.app.settings import (
    HOME_VARIABLE,
    Folders,
    Settings,
    allowed_values,
    folders,
)
from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import no_screen
from dialogue_game.cli.output import put_json
from dialogue_game.core.text import safe


@click.command("settings")
@click.argument("name", required=False, shell_complete=parameters.settings)
@click.argument("value", required=False, shell_complete=parameters.settings)
@click.option("--json", "as_json", is_flag=True, help="A JSON object of all settings.")
def settings_command(name: str | None, value: str | None, as_json: bool) -> None:
    """Show all settings, or one (NAME), or change one (NAME VALUE).

    The environment goes before the file: DIALOGUE_GAME_THEME=light, for one.
    """
    places = settings_module.folders()
    if name and value:
        settings_module.save(places.settings_file, name, value)
        click.echo(f"{name} is now {value}.")
        return
    settings, trouble = settings_module.load(places.settings_file, os.environ, {})
    if name:
        allowed = allowed_values(name, settings_module.own_themes(places.config))
        click.echo(f"{getattr(settings, name)}   (one of: {', '.join(allowed)})")
        return
    known = {spec.name: getattr(settings, spec.name) for spec in fields(Settings)}
    if as_json:
        click.echo(json.dumps(known))
        return
    if trouble:
        click.echo(safe(trouble), err=True)
    for key, current in known.items():
        click.echo(f"{key:<12}{current:<10}one of: {', '.join(allowed_values(key))}")
    click.echo(safe(f"\nKept in {places.settings_file}"))


@click.command("keys")
@click.option(
    "--json", "as_json", is_flag=True, help="A JSON object of keys by their id."
)
def keys_command(as_json: bool) -> None:
    """List every key of the screens by its id, and how to change them.

    \b
    A key of your own goes into the file keys.json beside the settings:
    {"home.map": "ctrl+g", "play.look": "l,insert"}
    """
    from dialogue_game.app.settings import keys_file
    from dialogue_game.cli.output import put_json, say
    from dialogue_game.errors import SettingsInvalid
    from dialogue_game.tui.keymap import known_keys, own_keys

    config = settings_module.folders().config
    try:
        own = own_keys(config)
    except SettingsInvalid as error:
        say(str(error))
        own = {}
    keys = {name: own.get(name, known.keys) for name, known in known_keys().items()}
    if as_json:
        put_json(keys)
        return
    width = max(map(len, keys.values()))
    for name, known in known_keys().items():
        mine = "  (yours)" if name in own else ""
        click.echo(f"{name:<22}{keys[name]:<{width}}  {known.does}{mine}")
    click.echo(safe(f"\nYour own go into {keys_file(config)}"))
    click.echo('Like this: {"home.map": "ctrl+g"}')


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


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
def completion_command(shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    bash:  eval "$(dialogue-game completion bash)"        in ~/.bashrc
    zsh:   eval "$(dialogue-game completion zsh)"         in ~/.zshrc
    fish:  dialogue-game completion fish | source         in config.fish
    powershell:  dialogue-game completion powershell | Out-String | Invoke-Expression
                                                          in $PROFILE
    """
    from click.shell_completion import get_completion_class

    from dialogue_game.cli.main import cli

    parameters.complete_for_powershell()
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(completion(cli, {}, "dialogue-game", "_DIALOGUE_GAME_COMPLETE").source())


@click.command("doctor")
@parameters.json_object
def doctor_command(as_json: bool) -> None:
    """Print what a report of a fault needs: versions, the terminal, the folders, the journal.

    Nothing of what you played or wrote is in it, no name, and no path with your name.
    """
    lines = [*_program(), *_terminal(), *_kept(folders())]
    if as_json:
        put_json(dict(lines))
        return
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        click.echo(safe(f"{name:<{width}}  {value}"))


def _program() -> Iterator[Line]:
    import platform
    from importlib import metadata

    yield "dialogue-game", __version__
    yield "python", f"{platform.python_version()} ({platform.python_implementation()})"
    yield "system", f"{platform.system()} {platform.release()}, {platform.machine()}"
    for name in LIBRARIES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, "not installed"


def _terminal() -> Iterator[Line]:
    import shutil

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
    from dialogue_game.core.text import counted
    from dialogue_game.errors import JournalError
    from dialogue_game.journal.sqlite_store import SqliteStore

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
