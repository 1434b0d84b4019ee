"""`dialogue-game export`, `stats`, `page` and `certificate`: files to keep, print or hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.app.runs import language_of
from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import completed_of, game_for, game_with_journal
from dialogue_game.cli.output import ExitCode, put, put_json, say
from dialogue_game.cli.parameters import HomePath, stories
from dialogue_game.core.text import safe
from dialogue_game.errors import ContentInvalid, DialogueGameError, NotFound
from dialogue_game.reporting.labels import day

if TYPE_CHECKING:
    from dialogue_game.content.build_course import BuiltCourse
    from dialogue_game.content.library import OpenCourse
    from dialogue_game.reporting.pages.markup import Page

FORMATS = ("csv", "jsonl", "xapi")


class ExportGroup(click.Group):
    """`export course …` is a command of its own; everything else writes your choices."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name before arguments that do not begin with one."""
        if not args or (
            args[0] not in self.commands and args[0] not in ctx.help_option_names
        ):
            args = ["choices", *args]
        return super().parse_args(ctx, args)


@click.group("export", cls=ExportGroup)
def export_command() -> None:
    """Write your choices, or a course for a browser or a learning platform."""


@export_command.command("choices")
@click.argument("file", required=False, type=HomePath(path_type=Path, dir_okay=False))
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
@parameters.force
def choices_command(
    file: Path | None, form: str | None, run: str | None, story: str | None, force: bool
) -> int:
    """Write every choice you made as a table, or as xAPI statements, to FILE or to the output.

    Ids and numbers only: no names, and nothing that you wrote. Columns: docs/records.md.

    \b
    dialogue-game export choices.csv
    dialogue-game export --format xapi > statements.json
    """
    from dialogue_game.app.records.attempts import Records
    from dialogue_game.app.records.exporting import Format, exported

    game = game_with_journal()
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
@click.argument("folder", type=HomePath(path_type=Path))
@parameters.json_object
def stats_command(folder: Path, as_json: bool) -> int:
    """Count the tables of many people in FOLDER (files of “export”, ending in .csv or .jsonl).

    What fewer than five people did is never shown. A damaged file is named and left out.
    """
    from dialogue_game.app.records.exporting import counted
    from dialogue_game.reporting.stats import statistics_data, statistics_text

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
        put_json(data)
    else:
        click.echo(statistics_text(found.statistics, _labels()), nl=False)
    return ExitCode.FINE


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


_path = HomePath(path_type=Path, dir_okay=False)


@export_command.command("course")
@click.argument("course", required=False, shell_complete=stories)
@click.option(
    "--html", "page", type=_path, metavar="FILE", help="One page that plays anywhere."
)
@click.option(
    "--scorm",
    "package",
    type=_path,
    metavar="FILE",
    help="The package that platforms take: .zip.",
)
@click.option(
    "--scorm-version",
    "version",
    type=click.Choice(["1.2", "2004", "cmi5"]),
    default="1.2",
    show_default=True,
    help="The SCORM that the platform takes, or cmi5.",
)
@click.option("--mastery", is_flag=True, help="Let the platform say passed or failed.")
@click.option(
    "--language", default="", metavar="CODE", help="The language, such as en."
)
@parameters.force
def course_command(
    course: str | None,
    page: Path | None,
    package: Path | None,
    version: str,
    mastery: bool,
    language: str,
    force: bool,
) -> int:
    """Write COURSE (a folder, a story's file, or the course that comes with the game) to FILE.

    The page needs nothing, asks for nothing, and keeps runs in the browser that shows it. A
    course with errors, or with something that is not written yet, is not written. How to put it
    somewhere: docs/web.md.

    \b
    dialogue-game export course --html course.html
    dialogue-game export course my_course --scorm my_course.zip
    """
    from dialogue_game.app.files import put_file
    from dialogue_game.web.course_page import export
    from dialogue_game.web.scorm import package as packed
    from dialogue_game.web.scorm import too_long

    if page is None and package is None:
        raise click.UsageError("Say what to write: --html FILE or --scorm FILE.")
    if mastery and package is None:
        raise click.UsageError("--mastery is about --scorm FILE.")
    shelf = _checked(course or "")
    if shelf is None:
        return ExitCode.FINDINGS
    if page is not None:
        made = export(shelf, language)
        _say(made.notices)
        put_file(page, [made.page], force=force)
        click.echo(safe(str(page)))
    if package is not None:
        made = export(shelf, language, {"mastery": mastery, "version": version})
        long = too_long(made.stories) if version != "cmi5" else ()
        _say([*(made.notices if page is None else ()), *long])
        put_file(package, packed(made), force=force)
        click.echo(safe(str(package)))
    return ExitCode.FINE


def _checked(course: str) -> OpenCourse | None:
    """The course, opened; None where it must not be exported, which is told."""
    from dialogue_game.app.settings import folders
    from dialogue_game.content.library import open_course
    from dialogue_game.web.course_page import course_path

    place = course_path(course)
    # A course that cannot be built is checked all the same: its findings say why.
    shelf = None
    with suppress(ContentInvalid):
        shelf = open_course(place, folders().cache)
    if (shelf is None or not shelf.sound) and not _sound(
        place, shelf.built if shelf else None
    ):
        return None
    shelf = shelf or open_course(place)
    shelf.keep_sound()
    return shelf


def _say(notices: Iterable[str]) -> None:
    for notice in notices:
        say(notice)


def _sound(course: Path, built: BuiltCourse | None) -> bool:
    """Whether check finds no error, and nothing unwritten; what it finds is told."""
    from dialogue_game.analysis.findings import UNWRITTEN
    from dialogue_game.app.authoring.checking import check
    from dialogue_game.reporting.check_report import as_text, tally

    checked = check([str(course)], errors_only=True, built=built)
    wrong = [
        n for n in checked.findings if n.severity == "error" or n.code in UNWRITTEN
    ]
    if not wrong:
        return True
    say(as_text(wrong))
    say(f"Not exported: {tally(wrong)}. Mend them, and export again.")
    return False


_file = click.argument(
    "file", required=False, type=HomePath(path_type=Path, dir_okay=False)
)
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown", "md"]),
    help="html, unless FILE ends in .md.",
)


@click.group("page")
def page_command() -> None:
    """Write a page to keep or print: a run's debrief, or a whole story for reviewers."""


@page_command.command("run")
@click.argument("run")
@_file
@_form
@parameters.force
def run_command(run: str, file: Path | None, form: str | None, force: bool) -> int:
    """Write the debrief of RUN (its id, the beginning of it, newest) to FILE or to the output."""
    from dialogue_game.reporting.pages.player_pages import debrief_page

    game = game_with_journal()
    found = game.explore.find(run)
    player = game.open(found.id)
    ended = day(found.ended) if found.ended else ""
    page = debrief_page(player.story, player.debrief(), ended, game.course)
    written = language_of(game, player.story.course)
    return _put(page, written, file, form, force=force)


@page_command.command("story")
@click.argument("story", shell_complete=stories)
@_file
@_form
@parameters.force
def story_command(story: str, file: Path | None, form: str | None, force: bool) -> int:
    """Write STORY (an id or a path) with every scene, option and mark. It tells all endings."""
    from dialogue_game.reporting.pages.story_pages import reader_page

    game, name = game_for(story, keep=False)
    page = reader_page(game.story(name), game.course.notice)
    return _put(page, language_of(game, game.course.id), file, form, force=force)


@click.command("certificate")
@_file
@click.option(
    "--story",
    "stories",
    multiple=True,
    metavar="STORY",
    help="Only this scenario: its id, COURSE/ID, or a path to your own; may be repeated.",
)
@click.option(
    "--name", default="", help="The name to print; a line to write on otherwise."
)
@_form
@parameters.force
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
    from dialogue_game.app.records.exporting import completed
    from dialogue_game.reporting.pages.player_pages import certificate_page

    game, chosen = completed_of(stories)
    page = certificate_page(game.course, completed(game, chosen), name)
    return _put(page, language_of(game, game.course.id), file, form, force=force)


def _put(
    page: Page,
    written: tuple[str, str],
    file: Path | None,
    form: str | None,
    *,
    force: bool,
) -> int:
    from dialogue_game.reporting.pages.markup import as_html, as_markdown

    language, direction = written
    page = replace(page, language=language, direction=direction)
    markdown = file is not None and file.suffix.lower() in (".md", ".markdown")
    marked = form in ("markdown", "md") or (form is None and markdown)
    put([as_markdown(page) if marked else as_html(page)], file, force=force)
    return ExitCode.FINE
