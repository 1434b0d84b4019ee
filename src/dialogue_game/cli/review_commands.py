"""`dialogue-game review`: sheets for blind readers and for experts, and what comes back."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import game_for
from dialogue_game.cli.output import ExitCode, put, put_json, say
from dialogue_game.cli.parameters import HomePath, stories
from dialogue_game.core.story import Story
from dialogue_game.core.text import safe

if TYPE_CHECKING:
    from dialogue_game.reporting.blind_sheets import View

KEY = "key.json"


@click.group("review")
def review_command() -> None:
    """Let others read a story: blind, for whether it gives its answers away, or as experts."""


@review_command.command("blind")
@click.argument(
    "names", nargs=-1, required=True, metavar="STORY…", shell_complete=stories
)
@click.option(
    "--glance", is_flag=True, help="With the scene and its exhibits at a glance."
)
@click.option("--closer", is_flag=True, help="With every detail of the exhibits, too.")
@click.option(
    "--output",
    "folder",
    type=HomePath(path_type=Path, file_okay=False),
    default=Path("blind"),
    show_default=True,
    help="Where sheet and key go.",
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="Another order of everything.",
)
@click.option("--force", is_flag=True, help="Write over files.")
def blind(
    names: tuple[str, ...],
    glance: bool,
    closer: bool,
    folder: Path,
    seed: int,
    force: bool,
) -> int:
    """Write a sheet for blind readers, and beside it the key that they must not see.

    Each decision of STORY as one reachable state shows it, options shuffled, without marks or ids.
    A reader answers a line a decision, best and worst: O07 b c. Then: dialogue-game review score.

    \b
    dialogue-game review blind omar --output unread
    dialogue-game review blind omar --closer --output looked
    """
    from dialogue_game.reporting.blind_sheets import sheet

    if glance and closer:
        raise click.UsageError("Choose --glance or --closer, not both.")
    view: View = "closer" if closer else "glance" if glance else "options"
    made = sheet([_story(name) for name in dict.fromkeys(names)], view, seed)
    if not made.key:
        say("There is no decision with two marked options in it.")
        return ExitCode.FINDINGS
    folder.mkdir(parents=True, exist_ok=True)
    put([made.text], folder / f"{view}.txt", force=force)
    put(
        [json.dumps(made.key, ensure_ascii=False, indent=1) + "\n"],
        folder / KEY,
        force=force,
    )
    return ExitCode.FINE


@review_command.command("score")
@click.argument("key", type=HomePath(path_type=Path, exists=True))
@click.argument(
    "answers", nargs=-1, required=True, type=HomePath(path_type=Path, exists=True)
)
@click.option("--json", "as_json", is_flag=True, help="A JSON object for each file.")
def score(key: Path, answers: tuple[Path, ...], as_json: bool) -> int:
    """Score the ANSWERS of blind readers by the KEY of their sheet (a file, or its folder).

    What their picks earn of what is at stake, beside what picks by lot earn; how often they named
    a best option, beside chance.
    """
    from dialogue_game.app.authoring.reviewing import read_key, text_of
    from dialogue_game.reporting.blind_sheets import read_answers, score_text, scores

    known = read_key(key / KEY if key.is_dir() else key)
    code = ExitCode.FINE
    for file in answers:
        given, wrong = read_answers(text_of(file).splitlines(), known)
        for trouble in wrong:
            say(f"{file.name}, {trouble}.")
            code = ExitCode.FINDINGS
        found = scores(known, given)
        if as_json:
            data = {"file": file.name, "scores": [asdict(row) for row in found]}
            put_json(data)
        else:
            click.echo(
                safe(f"{file.name}:") if len(answers) > 1 else "", nl=len(answers) > 1
            )
            for row in found:
                click.echo(score_text(row))
    return code


@review_command.command("sheet")
@click.argument("story", shell_complete=stories)
@click.option(
    "--output",
    "file",
    type=HomePath(path_type=Path, dir_okay=False),
    help="The file; STORY-review.csv where none is named.",
)
@parameters.force
def sheet(story: str, file: Path | None, force: bool) -> int:
    """Write a sheet for a reviewer: each choice of STORY with its marks, whys and references.

    They open it in a spreadsheet and fill in a rating from 1 (wrong) to 5 (right), a comment, and
    once their name. Then: dialogue-game review read FILE…
    """
    from dialogue_game.reporting.review_sheets import sheet_text

    reviewed = _story(story)
    # Spreadsheets take a CSV file for UTF-8 only where it begins with a byte-order mark.
    put(
        ["\ufeff" + sheet_text(reviewed)],
        file or Path(f"{reviewed.id}-review.csv"),
        force=force,
    )
    return ExitCode.FINE


@review_command.command("read")
@click.argument(
    "files", nargs=-1, required=True, type=HomePath(path_type=Path, exists=True)
)
@click.option(
    "--story", metavar="STORY", help="A path or id, where the sheets' is not installed."
)
@click.option(
    "--record", is_flag=True, help="Keep the ratings beside the story, for its status."
)
@parameters.json_object
def read(
    files: tuple[Path, ...], story: str | None, record: bool, as_json: bool
) -> int:
    """Bring filled-in sheets together: who agrees with which choice, and every comment in place.

    Tells whether the story may call itself reviewed: two reviewers or more, nine of ten choices
    rated by each, four of five ratings that agree (4 or 5). With --record that is kept in
    STORY.review.yaml, together with what is there of other reviewers; check asks for it, and
    players are told where reviewers differ.
    """
    from dialogue_game.app.authoring.reviewing import collect_reviews

    found = collect_reviews(files, story or "", recording=record)
    for trouble in found.wrong:
        say(f"{trouble}.")
    if as_json:
        put_json(found.as_dict())
    else:
        for line in found.lines():
            click.echo(line)
    if record:
        found.keep()
        say(f"Recorded in {found.record}.")
    return ExitCode.FINDINGS if found.wrong else ExitCode.FINE


def _story(name: str) -> Story:
    game, story = game_for(name, keep=False)
    return game.story(story)
