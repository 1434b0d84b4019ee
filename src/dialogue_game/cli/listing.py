"""`dialogue-game list` and `history`: what there is, and what has been played."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import click

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Card
from dialogue_game.app.runs import PlaythroughInfo
from dialogue_game.cli.output import say


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
def list_command(as_json: bool) -> None:
    """List the stories of the course, with your progress."""
    game = open_game()
    cards = game.cards()
    if as_json:
        click.echo(json.dumps([_card(card, game.course.id) for card in cards], ensure_ascii=False))
        return
    if game.trouble:
        say(game.trouble)
    for card in cards:
        entry = card.entry
        found = f"endings found {card.endings_found} of {len(entry.endings)}"
        about = "not written yet" if entry.coming else f"{entry.minutes} minutes, {found}"
        click.echo(f"{entry.id:<16}{entry.title}\n{'':<16}{about}, {card.state}")


@click.command("history")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, newest first.")
def history_command(as_json: bool) -> None:
    """List the playthroughs kept on this machine, newest first."""
    game = open_game()
    runs = game.history()
    if game.trouble:
        say(game.trouble)
    if as_json:
        click.echo(json.dumps([_run(run) for run in runs], ensure_ascii=False))
        return
    if not runs:
        click.echo("Nothing has been played yet. Begin with: dialogue-game play omar")
    for run in runs:
        scored = f", {run.percent} percent" if run.percent is not None else ""
        ended = f"ended in {run.ending}{scored}" if run.state == "ended" else "paused"
        click.echo(f"{run.id}  {_time(run.updated)}  {run.story}, {run.choices} choices, {ended}")


def _card(card: Card, course: str) -> dict[str, Any]:
    entry = card.entry
    return {
        "id": entry.id,
        "title": entry.title,
        "course": course,
        "kind": entry.kind,
        "minutes": entry.minutes,
        "scenes": entry.scenes,
        "choices": entry.choices,
        "endings": len(entry.endings),
        "state": card.state,
        "endings_found": card.endings_found,
        "status": entry.status,
    }


def _run(run: PlaythroughInfo) -> dict[str, Any]:
    return {
        "id": run.id,
        "story": run.story,
        "edition": run.edition,
        "state": run.state,
        "ending": run.ending or None,
        "choices": run.choices,
        "percent": run.percent,
        "started": _time(run.started),
        "ended": _time(run.ended) if run.ended else None,
    }


def _time(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
