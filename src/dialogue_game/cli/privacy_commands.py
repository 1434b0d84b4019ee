"""`dialogue-game privacy` and `journal`: what is kept about you, and the file it is kept in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dialogue_game.app import settings as settings_module
from dialogue_game.cli import parameters
from dialogue_game.cli.output import ExitCode, confirm, put_json, say
from dialogue_game.core.text import safe

if TYPE_CHECKING:
    from dialogue_game.journal.recovery import SalvageResult


@click.group("privacy")
def privacy_command() -> None:
    """Show or wipe everything that is kept about you on this machine.

    There is no account and no telemetry, and nothing is sent unless you set it up: docs/privacy.md.
    """


@privacy_command.command("show")
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
def show_command(as_json: bool) -> int:
    """Print everything that is kept about you. Secrets are named, not shown."""
    from dialogue_game.app.privacy import stored_data

    found = list(stored_data(settings_module.folders()))
    if as_json:
        data = [{"what": k.what, "where": k.where, "content": k.content} for k in found]
        put_json(data)
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
    from dialogue_game.app.privacy import OUT_OF_REACH, stored_data, wipe

    places = settings_module.folders()
    found = list(stored_data(places))
    if not found:
        click.echo("Nothing is kept about you on this machine.")
        return ExitCode.FINE
    if not yes:
        runs = sum(one.what == "a playthrough" for one in found)
        say(
            f"{runs} playthroughs, settings, records, cache and logs would be removed for good."
        )
        yes = confirm("Remove everything?")
    if not yes:
        say("Nothing was removed.")
        return ExitCode.FINE
    done = wipe(places)
    click.echo(f"Removed {len(done.removed)} files.")
    for file, why in done.failed:
        click.echo(f"Not removed: {safe(str(file))}: {why}.")
    click.echo("What this cannot reach:")
    if done.sent:
        sent = f"{done.sent} records that were sent to {done.sent_to}; ask who runs it."
        click.echo(f"  {safe(sent)}")
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


@click.group("journal")
def journal_command() -> None:
    """Look after the file in which your playthroughs are kept.

    \b
    dialogue-game journal where
    dialogue-game journal check
    dialogue-game journal repair
    """


@journal_command.command("where")
@parameters.json_object
def where_command(as_json: bool) -> int:
    """Say where the journal is, and which damaged ones were kept beside it."""
    from dialogue_game.journal.recovery import beside

    path = _path()
    stored_data = [str(file) for file in beside(path)]
    if as_json:
        data = {"journal": str(path), "exists": path.exists(), "beside": stored_data}
        put_json(data)
        return ExitCode.FINE
    click.echo(
        f"{safe(str(path))}{'' if path.exists() else '  (nothing is stored_data there yet)'}"
    )
    for file in stored_data:
        click.echo(f"A damaged one, kept beside it: {safe(file)}")
    return ExitCode.FINE


@journal_command.command("check")
@parameters.json_object
def check_command(as_json: bool) -> int:
    """Read everything that is kept. Exit code 0: all of it can be read; 1: something cannot."""
    from dialogue_game.journal.recovery import diagnose, preview_repair

    path = _path()
    wrong = diagnose(path) if path.exists() else ""
    saved = preview_repair(path) if path.exists() else None
    if as_json:
        data = {"journal": str(path), "damage": wrong or None, **_counts(saved)}
        put_json(data)
    elif saved is None:
        click.echo("Nothing has been kept yet.")
    elif not wrong:
        click.echo(f"All of it can be read: {len(saved.playthroughs)} playthroughs.")
    else:
        click.echo(safe(wrong))
        _listed(saved)
        say("To save what can be read: dialogue-game journal repair")
    return ExitCode.FINDINGS if wrong else ExitCode.FINE


@journal_command.command("repair")
def repair_command() -> int:
    """Save all that can be read into a fresh journal; the damaged file is kept beside it."""
    from dialogue_game.journal.recovery import repair

    path = _path()
    done = repair(path, datetime.now(UTC))
    if done is None:
        click.echo("There is nothing to repair: all of it can be read.")
        return ExitCode.FINE
    summary = f"{done.saved.sentence}; the damaged file is beside it: {done.aside.name}"
    click.echo(safe(summary))
    _listed(done.saved)
    return ExitCode.FINE


def _path() -> Path:
    return settings_module.folders().journal_file


def _counts(saved: SalvageResult | None) -> dict[str, object]:
    names = ("whole", "doubtful", "partial", "lost")
    return {name: list(getattr(saved, name)) if saved else [] for name in names}


def _listed(saved: SalvageResult) -> None:
    """What is not as it was, by name."""
    for names, summary in (
        (saved.doubtful, "Kept, but something in it was altered"),
        (saved.partial, "Kept up to what cannot be read"),
        (saved.lost, "Lost"),
    ):
        if names:
            click.echo(safe(f"{summary}: {', '.join(names)}"))
