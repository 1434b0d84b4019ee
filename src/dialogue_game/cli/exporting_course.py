"""`dialogue-game export course`: a whole course as one page, or as a package for a platform."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue_game.cli.completing import stories
from dialogue_game.cli.output import ExitCode, say
from dialogue_game.core.text import safe
from dialogue_game.errors import ContentInvalid

if TYPE_CHECKING:
    from dialogue_game.content.build_course import BuiltCourse
    from dialogue_game.content.library import OpenCourse

_path = click.Path(path_type=Path, dir_okay=False)


class ExportGroup(click.Group):
    """`export course …` is a command of its own; everything else writes your choices."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name before arguments that do not begin with one."""
        if not args or (
            args[0] not in self.commands and args[0] not in ctx.help_option_names
        ):
            args = ["choices", *args]
        return super().parse_args(ctx, args)


@click.command("course")
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
@click.option("--force", is_flag=True, help="Write over a file.")
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
    from dialogue_game.web.export import export
    from dialogue_game.web.scorm import package as packed
    from dialogue_game.web.suspend_room import too_long

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
    from dialogue_game.web.export import course_at

    place = course_at(course)
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
        say(safe(notice))


def _sound(course: Path, built: BuiltCourse | None) -> bool:
    """Whether check finds no error, and nothing unwritten; what it finds is told."""
    from dialogue_game.analysis.findings import UNWRITTEN
    from dialogue_game.app.authoring.checking import check
    from dialogue_game.reporting.findings import as_text, tally

    checked = check([str(course)], errors_only=True, built=built)
    wrong = [
        n for n in checked.findings if n.severity == "error" or n.code in UNWRITTEN
    ]
    if not wrong:
        return True
    say(as_text(wrong))
    say(f"Not exported: {tally(wrong)}. Mend them, and export again.")
    return False
