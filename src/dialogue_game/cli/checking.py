"""`dialogue-game check`: findings, proofs, figures."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dialogue_game.cli.completing import stories
from dialogue_game.cli.output import ExitCode, say

if TYPE_CHECKING:
    from dialogue_game.analysis.coverage import PlayCoverage
    from dialogue_game.app.authoring.checking import Checked, CheckedStory
    from dialogue_game.core.story import Story

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
    from dialogue_game.analysis.state_search import DEFAULT_BOUND
    from dialogue_game.app.authoring.checking import check, play_at_random

    def once() -> Checked:
        checked = check(paths, bound or DEFAULT_BOUND)
        played = play_at_random(checked, plays, seed) if plays else []
        _tell(checked, form, report=report)
        _tell_plays(played, plays or 0, seed, form)
        return checked

    if watch:
        return _watch(paths, once)
    return ExitCode.FINDINGS if once().failed(strict=strict) else ExitCode.FINE


def _tell(checked: Checked, form: str, *, report: bool) -> None:
    from dialogue_game.reporting import findings as rendering

    if form == "json":
        data = {
            "findings": [rendering.as_data(noticed) for noticed in checked.findings],
            "stories": [_figures(story, graded=report) for story in checked.stories],
            "guideline_decisions": checked.guideline_decisions,
        }
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    if form == "github":
        click.echo(rendering.as_github(checked.findings), nl=False)
    elif checked.findings:
        click.echo(rendering.as_text(checked.findings))
    if report:
        _report(checked)
    say(_summary(checked))


def _summary(checked: Checked) -> str:
    from dialogue_game.reporting.findings import tally

    names = ", ".join(story.story.id for story in checked.stories)
    return f"{names or 'No story could be read'}: {tally(checked.findings)}."


def _figures(checked: CheckedStory, *, graded: bool) -> dict[str, object]:
    """A story's figures. The grade's word list alone takes a second to read: only when asked."""
    level = None
    if graded:
        from dialogue_game.app.authoring.reading_grade import grade

        level = grade(checked.story)
    return {**checked.report.figures.as_dict(), "reading_grade": level}


def _report(checked: Checked) -> None:
    from dialogue_game.app.authoring.reading_grade import MISSING, grade
    from dialogue_game.reporting.story_figures import figures_text

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


def _tell_plays(
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
