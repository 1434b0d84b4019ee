"""`dialogue-game list`, `history` and `compare`: the stories, and the runs that were played."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Card, Game
from dialogue_game.app.invocation import with_program_name
from dialogue_game.app.runs import Landmarks, PlaythroughInfo, StoryKey, landmarks
from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import console_for, game_with_journal, shown
from dialogue_game.cli.output import ExitCode, confirm, put_json, say
from dialogue_game.core.text import counted, safe
from dialogue_game.reporting.labels import to_the_second

if TYPE_CHECKING:
    from dialogue_game.app.player import Player


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
def list_command(as_json: bool) -> None:
    """List the stories of the course, with your progress."""
    game = open_game()
    cards = game.cards()
    if as_json:
        put_json([_card(card, game.course.id) for card in cards])
        return
    if game.trouble:
        say(game.trouble)
    for card in cards:
        entry = card.entry
        found = f"endings found {card.endings_found} of {len(entry.endings)}"
        about = (
            "not written yet" if entry.coming else f"{entry.minutes} minutes, {found}"
        )
        state = f"{card.state}{_earlier(card)}"
        click.echo(
            shown(game, f"{entry.id:<16}{entry.title}\n{'':<16}{about}, {state}")
        )


@click.command("history")
@click.option(
    "--open", "opened", metavar="RUN|FILE", help="Read a run again, with its debrief."
)
@click.option(
    "--delete", "deleted", metavar="RUN", help="Delete a run for good; asks first."
)
@click.option("--yes", is_flag=True, help="With --delete: do not ask.")
@click.option(
    "--export", metavar="RUN FILE", nargs=2, help="Write a run to a file to compare."
)
@click.option("--force", is_flag=True, help="With --export: write over a file.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, newest first.")
def history_command(
    opened: str | None,
    deleted: str | None,
    yes: bool,
    export: tuple[str, str] | None,
    force: bool,
    as_json: bool,
) -> int:
    """List the playthroughs kept on this machine, newest first.

    RUN is a run's id, the beginning of it, or “newest”.

    \b
    dialogue-game history --open newest
    dialogue-game history --export k3f9 my_run.json
    """
    if sum(bool(option) for option in (opened, deleted, export)) > 1:
        raise click.UsageError("Use one of --open, --delete and --export at a time.")
    from_file = opened and Path(opened).is_file()
    game = open_game() if from_file else game_with_journal()
    if opened:
        return _open(game, opened, as_json=as_json)
    if deleted:
        return _delete(game, deleted, yes=yes)
    if export:
        return _export(game, *export, force=force)
    return _list(game, as_json=as_json)


@click.command("compare")
@click.argument("first", metavar="RUN")
@click.argument("second", metavar="RUN|FILE")
@parameters.json_object
@parameters.ascii_only
def compare_command(first: str, second: str, as_json: bool, ascii_: bool) -> int:
    """Compare two runs of the same story: where they part, and what came of it.

    The second may be a file that somebody exported with “history --export”.
    """
    game = game_with_journal({"symbols": "ascii" if ascii_ else None})
    explore = game.explore
    other = Path(second) if _is_file(second) else explore.find(second).id
    compared = explore.compare(explore.find(first).id, other)
    if as_json:
        from dialogue_game.reporting.run_text import comparison_data

        put_json(comparison_data(compared))
    else:
        from dialogue_game.plain.explore import comparison

        comparison(console_for(game), compared)
    return ExitCode.FINE


def _list(game: Game, *, as_json: bool) -> int:
    from dialogue_game.plain.history import landmark_lines

    runs = game.history()
    marks = landmarks(runs)
    if as_json:
        put_json([_run(run, marks) for run in runs])
        return ExitCode.FINE
    if not runs:
        click.echo(
            with_program_name(
                "Nothing has been played yet. Begin with: dialogue-game play omar"
            )
        )
    for run in runs:
        scored = f", {run.percent} percent" if run.percent is not None else ""
        ended = f"ended in {run.ending}{scored}" if run.finished else "paused"
        who = "" if run.alone else ", with a group"
        who += ", an earlier edition" if run.earlier else ""
        back = f", replayed from {run.branched_from}" if run.branched_from else ""
        own = run.course == game.course.id or not run.course
        name = run.story if own else f"{run.course}/{run.story}"
        about = f"{name}, {counted(run.choices, 'choice')}, {ended}{who}{back}"
        click.echo(f"{run.id}  {to_the_second(run.updated)}  {about}")
    if marks:
        click.echo("\nFirst and best:")
        for line in landmark_lines(marks.values()):
            click.echo(shown(game, f"  {line}"))
    return ExitCode.FINE


def _open(game: Game, run: str, *, as_json: bool) -> int:
    player = (
        _in_file(Path(run))
        if Path(run).is_file()
        else game.open(game.explore.find(run).id)
    )
    if as_json:
        from dialogue_game.reporting.play_data import debrief_data

        data = {
            "playthrough": player.playthrough,
            **debrief_data(player.story, player.debrief()),
        }
        put_json(data)
    else:
        from dialogue_game.plain.explore import run_in_full

        run_in_full(console_for(game), game, player)
    return ExitCode.FINE


def _in_file(file: Path) -> Player:
    """A run from a file, to be read; nothing of it enters the journal. Raises RunFileInvalid."""
    from dialogue_game.app.bootstrap import memory_store, now
    from dialogue_game.app.explore.run_file import read
    from dialogue_game.app.player import Player

    found = read(file)
    return Player(found.story, found.run, found.events, memory_store(), now)


def _delete(game: Game, run: str, *, yes: bool) -> int:
    from dialogue_game.plain.history import run_line

    found = game.explore.find(run)
    if not yes:
        say(safe(f"{found.id}: {run_line(found)}"))
        yes = confirm("Delete it for good?")
    if not yes:
        say("Nothing was deleted.")
        return ExitCode.FINE
    game.store.delete(found.id)
    click.echo(f"Deleted {found.id}.")
    return ExitCode.FINE


def _export(game: Game, run: str, file: str, *, force: bool) -> int:
    found = game.explore.find(run)
    game.explore.export(found.id, Path(file), force=force)
    click.echo(
        safe(
            with_program_name(
                f"Wrote {file}. Compare: dialogue-game compare RUN {file}"
            )
        )
    )
    return ExitCode.FINE


def _earlier(card: Card) -> str:
    return (
        f", {counted(card.earlier, 'finished run')} of an earlier edition"
        if card.earlier
        else ""
    )


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
        "earlier_editions": card.earlier,
        "status": entry.status,
    }


def _run(run: PlaythroughInfo, marks: Mapping[StoryKey, Landmarks]) -> dict[str, Any]:
    mark = marks.get(run.key)
    return {
        "id": run.id,
        "story": run.story,
        "course": run.course,
        "edition": run.edition,
        "earlier_edition": run.earlier,
        "state": run.state,
        "ending": run.ending or None,
        "choices": run.choices,
        "percent": run.percent,
        "started": to_the_second(run.started),
        "ended": to_the_second(run.ended) if run.ended else None,
        "title": run.title,
        "ending_title": run.ending_title or None,
        "group": not run.alone,
        "branched_from": run.branched_from or None,
        "shared": run.branched_at,
        "first": bool(mark and mark.first.id == run.id),
        "best": bool(mark and mark.best and mark.best.id == run.id),
    }


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file() or name.endswith(".json")
    except (OSError, ValueError):
        return False
