"""`dialogue-game map`: a story as an outline, plain data, Mermaid or DOT."""

from __future__ import annotations

import json

import click

from dialogue_game.core.story import Story

FORMATS = ("outline", "json", "mermaid", "dot")


@click.command("map")
@click.argument("story")
@click.option("--format", "form", type=click.Choice(FORMATS), default="outline", help="How.")
def map_command(story: str, form: str) -> None:
    r"""Draw STORY, an id of the course or a path, with everything in it. It tells all endings.

    \b
    dialogue-game map omar
    dialogue-game map omar --format mermaid > omar.mmd
    """
    from dialogue_game.reporting import story_map

    told = _story(story)
    if form == "json":
        click.echo(json.dumps(story_map.map_data(told, _verdicts(told)), ensure_ascii=False))
        return
    draw = {"outline": story_map.outline, "mermaid": story_map.mermaid, "dot": story_map.dot}
    click.echo(draw[form](told), nl=False)


def _story(name: str) -> Story:
    from dialogue_game.app.bootstrap import open_game
    from dialogue_game.content.library import resolve

    course, story = resolve(name)
    return open_game(course, keep=False).story(story)


def _verdicts(story: Story) -> dict[str, dict[str, str]]:
    from dialogue_game.analysis.solver import solve

    verdicts = solve(story).verdicts
    return {
        "scenes": {key: str(verdicts[key]) for key in story.scenes},
        "choices": {
            f"{scene.id}.{choice.id}": str(verdicts[f"{scene.id}.{choice.id}"])
            for scene, choice in story.choices()
        },
        "endings": {key: str(verdicts[key]) for key in story.endings},
    }
