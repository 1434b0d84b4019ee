"""`dialogue-game page` and `certificate`: pages to keep, as HTML that needs nothing or Markdown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from dialogue_game.cli.completing import stories
from dialogue_game.cli.exporting import put
from dialogue_game.cli.front_ends import what_is_kept
from dialogue_game.cli.output import ExitCode
from dialogue_game.core.course import Course
from dialogue_game.reporting.pages.blocks import Page, as_html, as_markdown
from dialogue_game.reporting.times import day

FORMATS = ("html", "markdown")

_file = click.argument(
    "file", required=False, type=click.Path(path_type=Path, dir_okay=False)
)
_form = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="html, unless FILE ends in .md.",
)
_force = click.option("--force", is_flag=True, help="Write over a file.")


@click.group("page")
def page_command() -> None:
    """Write a page to keep or print: a run's debrief, or a whole story for reviewers."""


@page_command.command("run")
@click.argument("run")
@_file
@_form
@_force
def run_command(run: str, file: Path | None, form: str | None, force: bool) -> int:
    """Write the debrief of RUN (its id, the beginning of it, newest) to FILE or to the output."""
    from dialogue_game.reporting.pages.debrief_page import debrief_page

    game = what_is_kept()
    found = game.explore.find(run)
    player = game.open(found.id)
    page = debrief_page(player.story, player.debrief(), _day(found.ended), game.course)
    return _put(page, game.course, file, form, force=force)


@page_command.command("story")
@click.argument("story", shell_complete=stories)
@_file
@_form
@_force
def story_command(story: str, file: Path | None, form: str | None, force: bool) -> int:
    """Write STORY (an id or a path) with every scene, option and mark. It tells all endings."""
    from dialogue_game.cli.play import game_for
    from dialogue_game.reporting.pages.reader_edition import reader_page

    game, name = game_for(story, keep=False)
    page = reader_page(game.story(name), game.course.notice)
    return _put(page, game.course, file, form, force=force)


@click.command("certificate")
@_file
@click.option(
    "--story", "stories", multiple=True, help="Only this scenario; may be repeated."
)
@click.option(
    "--name", default="", help="The name to print; a line to write on otherwise."
)
@_form
@_force
def certificate_command(
    file: Path | None,
    stories: tuple[str, ...],
    name: str,
    form: str | None,
    force: bool,
) -> int:
    """Write a certificate that you came to the end of the scenarios, to FILE or to the output.

    It tells editions and a digest, no results, and nobody endorses it.
    """
    from dialogue_game.app.completion import completed
    from dialogue_game.reporting.pages.certificate import certificate_page

    game = what_is_kept()
    page = certificate_page(game.course, completed(game, stories), name)
    return _put(page, game.course, file, form, force=force)


def _put(
    page: Page, course: Course, file: Path | None, form: str | None, *, force: bool
) -> int:
    page = replace(page, language=course.language, direction=course.direction)
    markdown = file is not None and file.suffix.lower() in (".md", ".markdown")
    marked = form == "markdown" or (form is None and markdown)
    put([as_markdown(page) if marked else as_html(page)], file, force=force)
    return ExitCode.FINE


def _day(milliseconds: int) -> str:
    if not milliseconds:
        return ""
    return day(milliseconds)
