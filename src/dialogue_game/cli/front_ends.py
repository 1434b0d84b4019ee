"""Which front end to open: the screen, or plain lines where there is no terminal for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.app.runs import played_at
from dialogue_game.cli.output import ExitCode, say
from dialogue_game.errors import NotFound, SessionInvalid
from dialogue_game.plain.console import Console


def open_home(*, plain: bool, screen: bool, ascii_: bool) -> int:
    """Open the home screen, or the list of stories in lines."""
    flags = {"symbols": "ascii" if ascii_ else None}
    game = open_game(flags=flags, before_building=announce_first_start)
    if is_plain(game, plain=plain, screen=screen):
        from dialogue_game.plain.home import show_home

        show_home(game, console_for(game, stops=True))
        return ExitCode.FINE
    from dialogue_game.tui.app import run

    return run(game)


def game_for(
    story: str, flags: dict[str, str | None] | None = None, *, keep: bool = True
) -> tuple[Game, str]:
    """The game that a story's name or path opens, and the story's id in it."""
    from dialogue_game.content.library import resolve

    course, name = resolve(story)
    game = open_game(course, flags, keep, before_building=announce_first_start)
    return game, name or _only_story(game, story)


def _only_story(game: Game, course: str) -> str:
    """The one story of a course's folder. Raises NotFound where there are several."""
    stories = [entry.id for entry in game.course.stories if not entry.coming]
    if len(stories) == 1:
        return stories[0]
    raise NotFound(
        f"“{course}” has {len(stories)} stories.",
        f"Name one of its files: {', '.join(f'{name}.yaml' for name in stories)}.",
    )


def course_and_stories(
    named: Iterable[str], flags: Mapping[str, str | None] | None = None
) -> tuple[Game, tuple[str, ...]]:
    """The game of the course that scenarios are named of, and their ids in it.

    Each is an id, several ids with commas, or the path of a story's file or a course's folder.
    Raises NotFound, ContentInvalid, and SessionInvalid where paths lead to several courses.
    """
    course, chosen = named_of_one_course(named, "The scenarios of a session are")
    return open_game(course, flags, before_building=announce_first_start), chosen


def named_of_one_course(
    names: Iterable[str], subject: str
) -> tuple[Path | None, tuple[str, ...]]:
    """The course whose stories are named, None for the shipped one, and their ids in it.

    `subject` begins the sentence that refuses several courses. Raises NotFound, SessionInvalid.
    """
    from dialogue_game.content.library import resolve

    course: Path | None = None
    chosen: list[str] = []
    for name in names:
        if not _is_path(name):
            chosen += filter(None, map(str.strip, name.split(",")))
            continue
        found = resolve(name)
        if course not in (None, found.course):
            raise SessionInvalid(
                f"{subject} of one course; these are of several.",
                "Put the stories into one course's folder: docs/author.md.",
            )
        course = found.course
        chosen += filter(None, [found.story])
    return course, tuple(chosen)


def completed_of(names: Iterable[str]) -> tuple[Game, tuple[str, ...]]:
    """The game of the course whose finished runs are named, and the ids of their scenarios.

    A name is as for a session, or `COURSE/ID` as history tells it. Raises as
    `game_with_journal` does, and NotFound, ContentInvalid, SessionInvalid.
    """
    game = game_with_journal()
    places = (name if Path(name).exists() else played_at(game, name) for name in names)
    course, chosen = named_of_one_course(places, "The scenarios of a certificate are")
    return (game_with_journal(course=course) if course else game), chosen


def _is_path(name: str) -> bool:
    path = Path(name)
    return path.name != name or bool(path.suffix) or path.is_dir()


def game_with_journal(
    flags: Mapping[str, str | None] | None = None, course: Path | None = None
) -> Game:
    """The game, for who asks what was kept; with the shipped course open unless another is given.

    Raises JournalError where that cannot be read: it is not said that there is nothing.
    """
    game = open_game(course, flags)
    if game.unread is not None:
        raise game.unread
    if game.trouble:
        say(game.trouble)
    return game


def announce_first_start() -> None:
    """Tell somebody at a terminal why the first start takes a moment longer."""
    if sys.stderr.isatty():
        say("Reading the stories for the first time. This takes a moment.")


def is_plain(game: Game, *, plain: bool, screen: bool) -> bool:
    """Whether to play in lines: asked for, set, or because there is no terminal for a screen."""
    if plain:
        return True
    trouble = no_screen(wanted=screen)
    if trouble:
        say(f"{trouble} This is the plain face (--plain).")
        return True
    return game.settings.face == "plain" and not screen


def no_screen(*, wanted: bool = False) -> str:
    """Why there can be no full screen here; empty when there can.

    A screen that was asked for (`wanted`) is refused only where there is no terminal at all.
    TERM says nothing on Windows, whose consoles set none. A driver that Textual is given by the
    environment (textual-serve, textual-web) needs no terminal.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return ""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "There is no terminal here."
    term = os.environ.get("TERM", "")
    if wanted or (not term and sys.platform == "win32"):
        return ""
    if term in ("dumb", ""):
        return "This terminal cannot show a screen."
    return ""


def console_for(game: Game, *, stops: bool = False) -> Console:
    """The console on this program's own input and output.

    A conversation `stops` where the screen would be full, unless that is turned off; what is only
    printed does not.
    """
    stops = stops and game.settings.more == "on" and sys.stdout.isatty()
    return Console(
        sys.stdin, sys.stdout, ascii_=game.settings.symbols == "ascii", stops=stops
    )


def shown(game: Game, text: str) -> str:
    """A line for a listing: no control codes, and nothing but ASCII where that is the setting."""
    from dialogue_game.core.text import ascii_only, safe

    return ascii_only(safe(text)) if game.settings.symbols == "ascii" else safe(text)
