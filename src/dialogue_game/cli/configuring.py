"""`dialogue-game settings` and `completion`."""

from __future__ import annotations

import json
import os
from dataclasses import fields

import click

from dialogue_game.app import settings as settings_module
from dialogue_game.app.settings import Settings, allowed_values
from dialogue_game.cli import completing
from dialogue_game.core.text import safe

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command("settings")
@click.argument("name", required=False, shell_complete=completing.settings)
@click.argument("value", required=False, shell_complete=completing.settings)
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
    from dialogue_game.app.own_look import keys_file
    from dialogue_game.cli.output import say
    from dialogue_game.errors import SettingsInvalid
    from dialogue_game.tui.own_look import known_keys, own_keys

    config = settings_module.folders().config
    try:
        own = own_keys(config)
    except SettingsInvalid as error:
        say(str(error))
        own = {}
    keys = {name: own.get(name, known.keys) for name, known in known_keys().items()}
    if as_json:
        click.echo(json.dumps(keys, ensure_ascii=False))
        return
    width = max(map(len, keys.values()))
    for name, known in known_keys().items():
        mine = "  (yours)" if name in own else ""
        click.echo(f"{name:<22}{keys[name]:<{width}}  {known.does}{mine}")
    click.echo(safe(f"\nYour own go into {keys_file(config)}"))
    click.echo('Like this: {"home.map": "ctrl+g"}')


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
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

    from dialogue_game.cli import powershell
    from dialogue_game.cli.main import cli

    powershell.make_known()

    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(completion(cli, {}, "dialogue-game", "_DIALOGUE_GAME_COMPLETE").source())
