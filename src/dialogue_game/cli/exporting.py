"""`dialogue-game export` and `stats`: tables and statements to carry away, and many counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import cast

import click

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.cli.exporting_course import ExportGroup, course_command
from dialogue_game.cli.front_ends import what_is_kept
from dialogue_game.cli.output import ExitCode, say
from dialogue_game.core.text import safe
from dialogue_game.errors import DialogueGameError, NotFound

FORMATS = ("csv", "jsonl", "xapi")


@click.group("export", cls=ExportGroup)
def export_command() -> None:
    """Write your choices, or a course for a browser or a learning platform."""


export_command.add_command(course_command)


@export_command.command("choices")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="csv unless FILE says otherwise.",
)
@click.option(
    "--run", metavar="RUN", help="Only this run: its id, the beginning of it, newest."
)
@click.option(
    "--story", metavar="STORY", help="Only runs of this story: its id, or COURSE/ID."
)
@click.option("--force", is_flag=True, help="Write over a file.")
def choices_command(
    file: Path | None, form: str | None, run: str | None, story: str | None, force: bool
) -> int:
    """Write every choice you made as a table, or as xAPI statements, to FILE or to the output.

    Ids and numbers only: no names, and nothing that you wrote. Columns: docs/records.md.

    \b
    dialogue-game export choices.csv
    dialogue-game export --format xapi > statements.json
    """
    from dialogue_game.app.export import Format, exported
    from dialogue_game.app.records.attempts import Records

    game = what_is_kept()
    records = Records(game)
    chosen = cast("Format", form or _form_of(file))
    streams = records.streams(story or "")
    if run:
        found = game.explore.find(run).id
        streams = tuple(info for info in streams if info.id == found)
    if story and not streams:
        raise NotFound(
            f"There is no run of “{story}”.", "See them with: dialogue-game history"
        )
    put(exported(records, chosen, streams), file, force=force)
    for lost in records.unread:
        say(f"Left out: {lost}, which cannot be read.")
    if records.unkept_name:
        say("The journal cannot be written, so your random name in this file is new.")
    return ExitCode.FINE


@click.command("stats")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
def stats_command(folder: Path, as_json: bool) -> int:
    """Count the tables of many people in FOLDER (files of “export”, ending in .csv or .jsonl).

    What fewer than five people did is never shown. A damaged file is named and left out.
    """
    from dialogue_game.app.export import counted
    from dialogue_game.reporting.stats_text import statistics_data, statistics_text

    found = counted(folder)
    for name, why in found.skipped:
        say(f"Left out: {safe(name)}: {why}.")
    if not found.files:
        say("No table could be read.")
        return ExitCode.FINDINGS
    if as_json:
        data = {
            "files": found.files,
            "skipped": [
                {"file": safe(name), "why": why} for name, why in found.skipped
            ],
        }
        data |= statistics_data(found.statistics)
        click.echo(json.dumps(data, ensure_ascii=False))
    else:
        click.echo(statistics_text(found.statistics, _labels()), nl=False)
    return ExitCode.FINE


def put(pieces: Iterable[str], file: Path | None, *, force: bool = False) -> None:
    """Pieces of text to a file, or to the output where none is named. Raises FileInTheWay."""
    if file is None or str(file) == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        return
    from dialogue_game.app.files import put_file

    put_file(file, pieces, force=force)
    say(f"Wrote {safe(str(file))}.")


def _form_of(file: Path | None) -> str:
    ending = file.suffix.lower().removeprefix(".") if file else ""
    return {"jsonl": "jsonl", "json": "xapi"}.get(ending, "csv")


def _labels() -> Callable[[str, str, str], str]:
    """Titles and labels where the story is installed; ids otherwise."""
    game = open_game(keep=False)

    def label(story: str, place: str, choice: str) -> str:
        with suppress(DialogueGameError, KeyError):
            return _label(game, story, place, choice)
        return choice or place

    return label


def _label(game: Game, story: str, place: str, choice: str) -> str:
    course, _, name = story.partition("/")
    if course != game.course.id:
        raise KeyError(course)
    loaded = game.story(name)
    if not choice and place in loaded.guidelines:
        known = loaded.guidelines[place]
        return f"guideline {known.number}, {safe(known.short)}"
    scene = loaded.scenes[place]
    text = scene.choices[choice].text if choice else scene.title
    return " ".join(safe(text).split())
