"""`dialogue-game journal`: where it is, whether all of it can be read, and saving what can be."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue_game.app import settings as settings_module
from dialogue_game.cli.output import ExitCode, say
from dialogue_game.core.text import safe

if TYPE_CHECKING:
    from dialogue_game.journal.recovery import Salvaged


@click.group("journal")
def journal_command() -> None:
    """Look after the file in which your playthroughs are kept.

    \b
    dialogue-game journal where
    dialogue-game journal check
    dialogue-game journal repair
    """


@journal_command.command("where")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
def where_command(as_json: bool) -> int:
    """Say where the journal is, and which damaged ones were kept beside it."""
    from dialogue_game.journal.recovery import beside

    path = _path()
    kept = [str(file) for file in beside(path)]
    if as_json:
        data = {"journal": str(path), "exists": path.exists(), "beside": kept}
        click.echo(json.dumps(data, ensure_ascii=False))
        return ExitCode.FINE
    click.echo(
        f"{safe(str(path))}{'' if path.exists() else '  (nothing is kept there yet)'}"
    )
    for file in kept:
        click.echo(f"A damaged one, kept beside it: {safe(file)}")
    return ExitCode.FINE


@journal_command.command("check")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
def check_command(as_json: bool) -> int:
    """Read everything that is kept. Exit code 0: all of it can be read; 1: something cannot."""
    from dialogue_game.journal.recovery import examine, survey

    path = _path()
    wrong = examine(path) if path.exists() else ""
    saved = survey(path) if path.exists() else None
    if as_json:
        data = {"journal": str(path), "damage": wrong or None, **_counts(saved)}
        click.echo(json.dumps(data, ensure_ascii=False))
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
    said = f"{done.saved.sentence}; the damaged file is beside it: {done.aside.name}"
    click.echo(safe(said))
    _listed(done.saved)
    return ExitCode.FINE


def _path() -> Path:
    return settings_module.folders().journal_file


def _counts(saved: Salvaged | None) -> dict[str, object]:
    names = ("whole", "doubtful", "partial", "lost")
    return {name: list(getattr(saved, name)) if saved else [] for name in names}


def _listed(saved: Salvaged) -> None:
    """What is not as it was, by name."""
    for names, said in (
        (saved.doubtful, "Kept, but something in it was altered"),
        (saved.partial, "Kept up to what cannot be read"),
        (saved.lost, "Lost"),
    ):
        if names:
            click.echo(safe(f"{said}: {', '.join(names)}"))
