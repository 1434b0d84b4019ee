"""`dialogue-game new`, `schema`, `check` and `map`: what somebody needs who writes a story."""

from __future__ import annotations

import atexit
import gc
import json
import shlex
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dialogue_game.cli.output import ExitCode, put_json, say
from dialogue_game.cli.parameters import HomePath, stories
from dialogue_game.core.text import safe
from dialogue_game.errors import NotFound

if TYPE_CHECKING:
    from dialogue_game.analysis.walks import PlayCoverage
    from dialogue_game.app.authoring.checking import Checked, CheckedStory
    from dialogue_game.app.game import Game
    from dialogue_game.app.runs import StoryKey
    from dialogue_game.core.story import Story

SCHEMA_FILE = "story.schema.json"
KINDS = ("story", "course", "guidelines", "references", "walks")


@click.command("new")
@click.argument("folder", type=HomePath(path_type=Path))
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


FORMATS: Final = ("text", "json", "github")
WATCH_SECONDS: Final = 0.5
MOST_PLAYS: Final = 1_000_000


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH…]", shell_complete=stories)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="How."
)
@click.option("--strict", is_flag=True, help="Warnings fail, too; notes never do.")
@click.option("--report", is_flag=True, help="Print the figures of each story.")
@click.option("--watch", is_flag=True, help="Check again at each save, until Ctrl-C.")
@click.option(
    "--play",
    "plays",
    type=click.IntRange(1, MOST_PLAYS),
    help="Also play N random games.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The chance of --play."
)
@click.option(
    "--bound",
    type=click.IntRange(1),
    help="Transitions after which reachability counts as undecided.",
)
def check_command(
    paths: tuple[str, ...],
    form: str,
    strict: bool,
    report: bool,
    watch: bool,
    plays: int | None,
    seed: int,
    bound: int | None,
) -> int:
    """Check courses and stories by PATH or id; without any, the course that comes with the game.

    Tells every finding with its place and advice, and proves what can be reached. Exit code 0:
    fine; 1: errors (or warnings, with --strict); 2: not understood.

    \b
    dialogue-game check my_course
    dialogue-game check my_course/first_story.yaml --report
    dialogue-game check my_course --play 1000 --seed 7
    """
    from dialogue_game.content.source import collector_paused

    def once() -> Checked:
        from dialogue_game.analysis.state_space import DEFAULT_BOUND
        from dialogue_game.app.authoring.checking import check, play_at_random

        checked = check(paths, bound or DEFAULT_BOUND)
        played = play_at_random(checked, plays, seed) if plays else []
        _print_check(checked, form, report=report)
        _print_plays(played, plays or 0, seed, form)
        return checked

    if watch:
        return _watch(paths, once)
    atexit.register(gc.freeze)  # or Python looks through a large story once more to end
    with nullcontext() if plays else collector_paused():
        checked = once()
    return ExitCode.FINDINGS if checked.failed(strict=strict) else ExitCode.FINE


def _print_check(checked: Checked, form: str, *, report: bool) -> None:
    from dialogue_game.reporting import check_report as rendering

    if form == "json":
        data = {
            "findings": [rendering.as_data(noticed) for noticed in checked.findings],
            "stories": [_figures(story, graded=report) for story in checked.stories],
            "guideline_decisions": checked.guideline_decisions,
        }
        put_json(data)
        return
    if form == "github":
        click.echo(rendering.as_github(checked.findings), nl=False)
    elif checked.findings:
        click.echo(rendering.as_text(checked.findings))
    if report:
        _report(checked)
    say(_summary(checked))


def _summary(checked: Checked) -> str:
    from dialogue_game.reporting.check_report import tally

    names = ", ".join(story.story.id for story in checked.stories)
    if not names:
        errors = [n for n in checked.findings if n.severity.value == "error"]
        files = dict.fromkeys(Path(n.place.file).name for n in errors if n.place.file)
        if len(files) == 1:
            names = f"{next(iter(files))} could not be read; the rest is checked once it is mended"
    return f"{names or 'No story could be read'}: {tally(checked.findings)}."


def _figures(checked: CheckedStory, *, graded: bool) -> dict[str, object]:
    """A story's figures. The grade's word list alone takes a second to read: only when asked."""
    level = None
    if graded:
        from dialogue_game.reporting.check_report import grade

        level = grade(checked.story)
    return {**checked.report.figures.as_dict(), "reading_grade": level}


def _report(checked: Checked) -> None:
    from dialogue_game.reporting.check_report import MISSING, figures_text, grade

    grades = {story.story.id: grade(story.story) for story in checked.stories}
    for story in checked.stories:
        click.echo(figures_text(story.report.figures, grades[story.story.id]))
    if None in grades.values():
        say(MISSING)
    if checked.guideline_decisions:
        pairs = sorted(
            checked.guideline_decisions.items(), key=lambda pair: int(pair[0][1:] or 0)
        )
        listed = ", ".join(f"{guideline} {count}" for guideline, count in pairs)
        click.echo(f"decisions that mark each guideline: {listed}\n")


def _print_plays(
    played: Sequence[tuple[Story, PlayCoverage]], plays: int, seed: int, form: str
) -> None:
    """Print what random plays came by."""
    tell = say if form == "json" else click.echo
    for story, met in played:
        counts = (
            f"{what} {sum(1 for count in row.values() if count)} of {len(row)}"
            for what, row in (
                ("scenes", met.scenes),
                ("choices", met.choices),
                ("endings", met.endings),
            )
        )
        tell(
            f"{story.id}: {met.plays} random plays with seed {seed} met {', '.join(counts)}."
        )
        if met.missed:
            tell(f"  not met: {', '.join(met.missed)}")
        unended = met.plays - sum(met.endings.values())
        if unended:
            left = (
                f", so that {plays - met.plays} were not tried"
                if plays > met.plays
                else ""
            )
            tell(f"  {unended} plays did not end{left}.")


def _watch(paths: Sequence[str], once: Callable[[], object]) -> int:
    """Check at each save. Ctrl-C ends it, which the command line's guard turns into its code."""
    from dialogue_game.app.authoring.checking import sources

    seen: dict[Path, int] = {}
    while True:
        now = {path: _stamp(path) for path in sources(paths)}
        if now != seen:
            seen = now
            click.clear()
            once()
            say("Watching; Ctrl-C ends.")
        time.sleep(WATCH_SECONDS)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


MAP_FORMATS = ("outline", "json", "mermaid", "dot", "svg")


@click.command("map")
@click.argument("story", shell_complete=stories)
@click.option(
    "--format", "form", type=click.Choice(MAP_FORMATS), default="outline", help="How."
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
        return _player_map(story, form, everything=everything)
    from dialogue_game.reporting import story_map

    loaded = _story(story)
    if form == "json":
        put_json(story_map.map_data(loaded, _verdicts(loaded)))
        return ExitCode.FINE
    if form == "svg":
        from dialogue_game.reporting.story_map import story_svg

        click.echo(story_svg(loaded), nl=False)
        return ExitCode.FINE
    draw = {
        "outline": story_map.outline,
        "mermaid": story_map.mermaid,
        "dot": story_map.dot,
    }
    click.echo(draw[form](loaded), nl=False)
    return ExitCode.FINE


def _player_map(story: str, form: str, *, everything: bool) -> int:
    """The story as its player knows it; `everything` is the author's switch."""
    if form not in ("outline", "json"):
        raise click.UsageError("With --mine there is an outline and --json.")
    game, key = _game_of(story)
    if game.unread is not None:
        raise game.unread
    known = game.explore.discovery(key, everything=everything)
    if form == "json":
        from dialogue_game.reporting.story_outline import discovery_data

        put_json(discovery_data(known))
    else:
        from dialogue_game.cli.front_ends import console_for
        from dialogue_game.plain.explore import read_map

        read_map(console_for(game), known)
    return ExitCode.FINE


def _game_of(story: str) -> tuple[Game, str | StoryKey]:
    """The game and key of a story that is installed, or that the journal still knows.

    Raises NotFound.
    """
    from dialogue_game.cli.front_ends import game_for, game_with_journal

    try:
        return game_for(story)
    except NotFound:
        game = game_with_journal()
        for run in game.history():
            if run.story == story:
                return game, run.key
        raise


def _story(name: str) -> Story:
    from dialogue_game.cli.front_ends import game_for

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
