"""`dialogue-game new` and `schema`: a course to start from, and what an editor needs."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from dialogue_game.cli.output import say
from dialogue_game.core.text import safe

SCHEMA_FILE = "story.schema.json"
KINDS = ("story", "course", "guidelines", "references", "walks")


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_command(folder: Path) -> None:
    """Write a small course into FOLDER: one story that checks clean and plays."""
    from dialogue_game.content.new_course import FIRST_STORY, write_starter
    from dialogue_game.content.schema import schema

    story_schema = json.dumps(schema("story"), indent=2, ensure_ascii=False) + "\n"
    for file in write_starter(folder, {SCHEMA_FILE: story_schema}):
        click.echo(safe(str(file)))
    first, whole = shlex.quote(str(folder / FIRST_STORY)), shlex.quote(str(folder))
    say(f"\nPlay it:   dialogue-game play {first}")
    say(f"Check it:  dialogue-game check {whole}")


@click.command("schema")
@click.argument("kind", type=click.Choice(KINDS), default="story")
def schema_command(kind: str) -> None:
    """Print the JSON Schema of a kind of file: story (the default), course, and the rest.

    \b
    dialogue-game schema > story.schema.json
    """
    from dialogue_game.content.schema import schema

    click.echo(json.dumps(schema(kind), indent=2, ensure_ascii=False))
