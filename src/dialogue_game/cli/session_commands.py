"""`dialogue-game facilitate`, `companion` and `session`: a group around one screen."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from dialogue_game.app.bootstrap import memory_store, open_game
from dialogue_game.app.game import Game
from dialogue_game.app.invocation import with_program_name
from dialogue_game.app.session.agenda import USUAL_MINUTES, advice, plan, preparation
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.sessions import (
    SessionInfo,
    find_session,
    place_of,
    sessions,
)
from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import (
    announce_first_start,
    console_for,
    course_and_stories,
    game_with_journal,
    is_plain,
)
from dialogue_game.cli.output import ExitCode, put_json, say, stopping_with
from dialogue_game.cli.parameters import HomePath, stories
from dialogue_game.core.session.session_events import SessionStarted
from dialogue_game.core.text import safe
from dialogue_game.errors import ContentInvalid, NotFound, SessionInvalid
from dialogue_game.reporting.labels import to_the_second

LOOK_SECONDS: Final = 0.1
"""How often a companion asks whether something is new."""
WAIT_SECONDS: Final = 0.5
"""How often a companion asks whether a session has begun."""
USUAL_HEADCOUNT: Final = 10


@click.command("facilitate")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO…]", shell_complete=stories)
@click.option(
    "--scenario",
    "--scenarios",
    "listed",
    multiple=True,
    metavar="A,B",
    help="The same, as flags.",
)
@click.option(
    "--headcount", type=int, default=USUAL_HEADCOUNT, help="How many are in the room."
)
@click.option(
    "--minutes",
    type=int,
    default=USUAL_MINUTES,
    show_default=True,
    help="How long it takes.",
)
@click.option("--entity", default="", help="Your entity, for the record.")
@click.option("--leader", default="", help="The leader, for the record.")
@click.option("--rehearsal", is_flag=True, help="Try it out: nothing is kept.")
@click.option(
    "--resume",
    is_flag=False,
    flag_value="newest",
    metavar="[ID]",
    help="Come back to the session left last, or to the one named.",
)
@click.option(
    "--prepare", is_flag=True, help="Print how to prepare, with an invitation to copy."
)
@click.option(
    "--kit",
    type=HomePath(path_type=Path),
    metavar="FOLDER",
    help="Write what to print.",
)
@click.option("--force", is_flag=True, help="With --kit: write over files.")
@click.option(
    "--phones", is_flag=True, help="Let the room vote by phone, in its own network."
)
@click.option(
    "--phones-address", default="", metavar="ADDRESS", help="Of this machine, there."
)
@click.option(
    "--phones-port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Any."
)
@click.option("--json", "as_json", is_flag=True, help="Commands in, JSON lines out.")
@parameters.plain
@parameters.screen
@parameters.ascii_only
def facilitate_command(
    scenarios: tuple[str, ...],
    listed: tuple[str, ...],
    headcount: int,
    minutes: int,
    entity: str,
    leader: str,
    rehearsal: bool,
    resume: str | None,
    prepare: bool,
    kit: Path | None,
    force: bool,
    phones: bool,
    phones_address: str,
    phones_port: int,
    as_json: bool,
    plain: bool,
    screen: bool,
    ascii_: bool,
) -> int:
    """Lead a group through one, two or three SCENARIOs on one shared screen.

    A SCENARIO is the id of a story of the course, or a path to a story file or course folder.
    Without one the screen opens where a session is prepared.

    \b
    dialogue-game facilitate
    dialogue-game facilitate omar sepideh --headcount 12
    dialogue-game facilitate omar --minutes 30
    dialogue-game facilitate omar sepideh --kit print_me
    dialogue-game facilitate my_course/first.yaml my_course/second.yaml
    dialogue-game facilitate --resume
    """
    flags = {"symbols": "ascii" if ascii_ else None}
    game, chosen = course_and_stories((*scenarios, *listed), flags)
    if resume is not None and not place_of(game.course):
        left = find_session(game.store, resume, open_only=True)
        game = _of_course(left, game, flags)
    planned = plan(
        game.course, chosen, headcount, minutes, entity, leader, rehearsal=rehearsal
    )
    if prepare:
        return _prepare(game, planned)
    if kit is not None:
        return _kit(game, planned, kit, force=force)
    lines = as_json or is_plain(game, plain=plain, screen=screen)
    if not (lines or chosen or resume):
        address = phones_address if phones else None
        return _on_screen(game, planned, address, phones_port)
    facilitation = _facilitation(game, planned, resume)
    try:
        if phones:
            facilitation.serve_phones(phones_address, phones_port)
        if lines:
            return _in_lines(game, facilitation, as_json=as_json)
        return _on_screen(game, facilitation)
    finally:
        facilitation.stop_phones()


def _on_screen(
    game: Game,
    facilitation: Facilitation | SessionStarted,
    phones: str | None = None,
    port: int = 0,
) -> int:
    """Lead on the shared screen, and say afterwards how to come back, or where the record is."""
    from dialogue_game.plain.facilitate import PlainFacilitation, way_back
    from dialogue_game.tui.app import run_app, session_app

    app = session_app(game, facilitation, phones, port)
    with stopping_with(lambda: way_back(game, app.facilitation)):
        run_app(app)
    if app.facilitation is not None:
        app.facilitation.stop_phones()
        PlainFacilitation(game, app.facilitation, console_for(game)).farewell()
    return ExitCode.FINE


def _in_lines(game: Game, facilitation: Facilitation, *, as_json: bool) -> int:
    """Lead line by line: a person's words, or a program's."""
    if game.trouble:
        say(game.trouble)
    from dialogue_game.plain.facilitate import PlainFacilitation, way_back

    with stopping_with(lambda: way_back(game, facilitation)):
        if as_json:
            from dialogue_game.plain.json_lines import SessionLines

            SessionLines(game, facilitation, sys.stdout).lead(sys.stdin)
        else:
            PlainFacilitation(game, facilitation, console_for(game, stops=True)).lead()
    return ExitCode.FINE


@click.command("companion")
@click.argument("session", default="newest", metavar="[ID]")
@click.option("--once", is_flag=True, help="Show it as it is now, and leave.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines.")
@parameters.plain
@parameters.screen
@parameters.ascii_only
def companion_command(
    session: str, once: bool, as_json: bool, plain: bool, screen: bool, ascii_: bool
) -> int:
    """Follow a session in a second terminal: notes, references, what comes on each option.

    It reads only. Keep this terminal where the room cannot see it.
    """
    from dialogue_game.app.session.leader_view import Companion, ballot_words
    from dialogue_game.plain.json_lines import view_data
    from dialogue_game.plain.session_views import show_companion

    flags = {"symbols": "ascii" if ascii_ else None}
    game = game_with_journal(flags)
    lines = once or as_json or is_plain(game, plain=plain, screen=screen)
    if session == "newest" and not lines:
        _wait_for_one(game)
    found = _session_to_follow(game, session)
    game = _of_course(found, game, flags)
    followed = Companion(game, found.id)
    if not lines:
        from dialogue_game.tui.app import follow

        return follow(game, followed)
    console = console_for(game)
    while True:
        view = followed.view()
        if as_json:
            put_json({"companion": view_data(view)})
        else:
            show_companion(console, view)
        sys.stdout.flush()
        while not (once or view.ended) and not followed.look():
            if followed.look_at_phones():
                if as_json:
                    break
                console.say(ballot_words(followed.view()))
                sys.stdout.flush()
            time.sleep(LOOK_SECONDS)
        if once or view.ended:
            return ExitCode.FINE


@click.group("session")
def session_command() -> None:
    """List the sessions kept on this machine, or write one's record."""


@session_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, newest first.")
def list_sessions(as_json: bool) -> int:
    """List the sessions kept on this machine, newest first."""
    found = sessions(game_with_journal().store)
    if as_json:
        put_json([_info(info) for info in found])
        return ExitCode.FINE
    if not found:
        click.echo(
            with_program_name(
                "No session has been led yet. Begin with: dialogue-game facilitate omar sepideh"
            )
        )
    for info in found:
        state = "ended" if info.ended else f"at: {info.step}"
        about = f"{', '.join(info.scenarios)}, {info.headcount} people, {info.minutes} minutes"
        click.echo(safe(f"{info.id}  {to_the_second(info.started)}  {about}, {state}"))
    return ExitCode.FINE


@session_command.command("export")
@click.argument("session", default="newest", metavar="[ID]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "json", "csv"]),
    default="md",
    help="How.",
)
@click.option(
    "--out", type=HomePath(path_type=Path), metavar="FILE", help="Where to write it."
)
@click.option("--force", is_flag=True, help="With --out: write over a file.")
@click.option(
    "--entity", default="", help="Your entity, if the session does not have it."
)
@click.option("--leader", default="", help="Who led, if the session does not have it.")
def export_session(
    session: str, form: str, out: Path | None, force: bool, entity: str, leader: str
) -> int:
    """Write the record of a session: what was decided and how, and no names of participants."""
    from dialogue_game.app.files import put_file
    from dialogue_game.app.session.documents import record_text

    game = game_with_journal()
    found = find_session(game.store, session)
    game = _of_course(found, game)
    text = record_text(game, found.id, form, entity, leader)
    if out is None:
        click.echo(text, nl=False)
    else:
        put_file(out, [text], force=force)
        click.echo(safe(f"Wrote {out}."))
    return ExitCode.FINE


@session_command.command("kit")
@click.argument("folder", type=HomePath(path_type=Path))
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO…]", shell_complete=stories)
@click.option(
    "--headcount", type=int, default=USUAL_HEADCOUNT, help="How many will come."
)
@click.option("--minutes", type=int, default=USUAL_MINUTES, help="How long it takes.")
@click.option("--force", is_flag=True, help="Write over files.")
def kit_session(
    folder: Path, scenarios: tuple[str, ...], headcount: int, minutes: int, force: bool
) -> int:
    """Write what to print into FOLDER: cards, the leader's script, the evaluation sheet."""
    game, chosen = course_and_stories(scenarios)
    return _kit(
        game, plan(game.course, chosen, headcount, minutes), folder, force=force
    )


def _of_course(
    session: SessionInfo, game: Game, flags: Mapping[str, str | None] | None = None
) -> Game:
    """The game of the course that a session is of; this one where that cannot be opened now."""
    with suppress(NotFound, ContentInvalid):
        if session.place:
            return open_game(
                Path(session.place), flags, before_building=announce_first_start
            )
    return game


def _wait_for_one(game: Game) -> None:
    """Wait until a session is under way: the leader may have opened this terminal first."""
    waiting = False
    while all(info.ended for info in sessions(game.store)):
        if not waiting:
            say("No session is under way yet. This waits for one; Ctrl-C stops it.")
            waiting = True
        time.sleep(WAIT_SECONDS)


def _session_to_follow(game: Game, session: str) -> SessionInfo:
    """The session to follow: the one that was named, or the newest that has not ended, if any."""
    under_way = any(not info.ended for info in sessions(game.store))
    open_only = session == "newest" and under_way
    return find_session(game.store, session, open_only=open_only)


def _facilitation(
    game: Game, planned: SessionStarted, resume: str | None
) -> Facilitation:
    if resume is not None and planned.rehearsal:
        raise SessionInvalid(
            "A rehearsal is always a new one: it keeps nothing to come back to.",
            "Leave out --rehearsal, or --resume.",
        )
    if resume is not None:
        left = find_session(game.store, resume, open_only=True)
        return Facilitation.resume(game, left.id)
    if planned.rehearsal:
        game.store, game.saving = memory_store(), False
    for line in advice(planned):
        say(line)
    return Facilitation.start(game, planned)


def _prepare(game: Game, planned: SessionStarted) -> int:
    from dialogue_game.plain.facilitate import show_preparation

    show_preparation(console_for(game), preparation(game.course, planned))
    return ExitCode.FINE


def _kit(game: Game, planned: SessionStarted, folder: Path, *, force: bool) -> int:
    from dialogue_game.app.session.documents import write_kit

    for written in write_kit(game, planned, folder, force=force):
        click.echo(safe(f"Wrote {written}."))
    return ExitCode.FINE


def _info(info: SessionInfo) -> dict[str, object]:
    return {
        "id": info.id,
        "entity": info.entity,
        "leader": info.leader,
        "headcount": info.headcount,
        "minutes": info.minutes,
        "scenarios": list(info.scenarios),
        "step": info.step,
        "ended": info.ended,
        "started": to_the_second(info.started),
        "updated": to_the_second(info.updated),
    }
