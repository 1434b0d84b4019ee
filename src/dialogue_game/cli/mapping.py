"""`dialogue-game map`: a story as an outline, plain data, Mermaid, DOT or SVG."""

from __future__ import annotations

import json

import click

from dialogue_game.cli.completing import stories
from dialogue_game.cli.output import ExitCode
from dialogue_game.core.story import Story

FORMATS = ("outline", "json", "mermaid", "dot", "svg")


@click.command("map")
@click.argument("story", shell_complete=stories)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="outline", help="How."
)
@click.option(
    "--mine", is_flag=True, help="Only what you have seen of it, from all your runs."
)
@click.option(
    "--all", "everything", is_flag=True, help="With --mine: hide nothing (for authors)."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def map_command(
    story: str, form: str, mine: bool, everything: bool, as_json: bool
) -> int:
    """Draw STORY, an id of the course or a path, with everything in it. It tells all endings.

    \b
    dialogue-game map omar
    dialogue-game map omar --format mermaid > omar.mmd
    dialogue-game map omar --format svg > omar.svg
    dialogue-game map omar --mine
    """
    form = "json" if as_json else form
    if mine:
        return _mine(story, form, everything=everything)
    from dialogue_game.reporting import story_map

    loaded = _story(story)
    if form == "json":
        click.echo(
            json.dumps(
                story_map.map_data(loaded, _verdicts(loaded)), ensure_ascii=False
            )
        )
        return ExitCode.FINE
    if form == "svg":
        from dialogue_game.reporting.pages.map_page import story_svg

        click.echo(story_svg(loaded), nl=False)
        return ExitCode.FINE
    draw = {
        "outline": story_map.outline,
        "mermaid": story_map.mermaid,
        "dot": story_map.dot,
    }
    click.echo(draw[form](loaded), nl=False)
    return ExitCode.FINE


def _mine(story: str, form: str, *, everything: bool) -> int:
    if form not in ("outline", "json"):
        raise click.UsageError("With --mine there is an outline and --json.")
    from dialogue_game.cli.exploring import map_mine

    return map_mine(story, as_json=form == "json", everything=everything)


def _story(name: str) -> Story:
    from dialogue_game.cli.play import game_for

    game, story = game_for(name, keep=False)
    return game.story(story)


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
