"""`dialogue-game privacy show` and `privacy wipe`: what is kept about you, and away with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from dialogue_game.app import settings as settings_module
from dialogue_game.cli.output import ExitCode, confirmed, say
from dialogue_game.core.text import safe


@click.group("privacy")
def privacy_command() -> None:
    """Show or wipe everything that is kept about you on this machine.

    There is no account and no telemetry, and nothing is sent unless you set it up: docs/privacy.md.
    """


@privacy_command.command("show")
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
def show_command(as_json: bool) -> int:
    """Print everything that is kept about you. Secrets are named, not shown."""
    from dialogue_game.app.privacy import kept

    found = list(kept(settings_module.folders()))
    if as_json:
        data = [{"what": k.what, "where": k.where, "content": k.content} for k in found]
        click.echo(json.dumps(data, ensure_ascii=False))
        return ExitCode.FINE
    if not found:
        click.echo("Nothing is kept about you on this machine.")
    for one in found:
        click.echo(f"{one.what}, in {safe(one.where)}")
        for line in _lines(one.content):
            click.echo(f"  {line}")
    return ExitCode.FINE


@privacy_command.command("wipe")
@click.option("--yes", is_flag=True, help="Do not ask.")
def wipe_command(yes: bool) -> int:
    """Remove everything that is kept about you, for good. Asks first."""
    from dialogue_game.app.privacy import OUT_OF_REACH, kept, wipe

    places = settings_module.folders()
    found = list(kept(places))
    if not found:
        click.echo("Nothing is kept about you on this machine.")
        return ExitCode.FINE
    if not yes:
        runs = sum(one.what == "a playthrough" for one in found)
        say(
            f"{runs} playthroughs, settings, records, cache and logs would be removed for good."
        )
        yes = confirmed("Remove everything?")
    if not yes:
        say("Nothing was removed.")
        return ExitCode.FINE
    done = wipe(places)
    click.echo(f"Removed {len(done.removed)} files.")
    for file, why in done.failed:
        click.echo(f"Not removed: {safe(str(file))}: {why}.")
    click.echo("What this cannot reach:")
    if done.sent:
        say_sent = (
            f"{done.sent} records that were sent to {done.sent_to}; ask who runs it."
        )
        click.echo(f"  {safe(say_sent)}")
    for line in OUT_OF_REACH:
        click.echo(f"  {line}")
    return ExitCode.FINDINGS if done.failed else ExitCode.FINE


def _lines(content: Any, depth: int = 0) -> Iterator[str]:
    """Plain data as indented lines."""
    indent = "  " * depth
    if isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, dict | list) and value:
                yield f"{indent}{safe(str(name))}:"
                yield from _lines(value, depth + 1)
            else:
                yield f"{indent}{safe(str(name))}: {_value_text(value)}"
    elif isinstance(content, list):
        for item in content:
            simple = isinstance(item, dict) and not any(
                isinstance(v, dict) for v in item.values()
            )
            if simple:
                pairs = (
                    f"{name}: {_value_text(value)}" for name, value in item.items()
                )
                yield f"{indent}{safe(', '.join(pairs))}"
            else:
                yield from _lines(item, depth)
    elif content is not None:
        yield f"{indent}{_value_text(content)}"


def _value_text(value: Any) -> str:
    return safe(" ".join(str(value).split())) if value not in ("", None) else "(empty)"
