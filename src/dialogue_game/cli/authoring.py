"""`dialogue-game schema`: what an editor needs to help an author."""

from __future__ import annotations

import json

import click

KINDS = ("story", "course", "guidelines", "references", "walks")


@click.command("schema")
@click.argument("kind", type=click.Choice(KINDS), default="story")
def schema_command(kind: str) -> None:
    r"""Print the JSON Schema of a kind of file: story (the default), course, and the rest.

    \b
    dialogue-game schema > story.schema.json
    """
    from dialogue_game.content.schema import schema

    click.echo(json.dumps(schema(kind), indent=2, ensure_ascii=False))
