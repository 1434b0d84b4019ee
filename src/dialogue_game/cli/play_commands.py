"""`dialogue-game play` and `replay`: on the screen, in plain lines, or as JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from dialogue_game.app.bootstrap import memory_store
from dialogue_game.app.explore.rewind import may_rechoose
from dialogue_game.app.game import Game
from dialogue_game.app.player import Player, shared_steps
from dialogue_game.app.runs import SHIPPED
from dialogue_game.cli import parameters
from dialogue_game.cli.front_ends import (
    console_for,
    game_for,
    game_with_journal,
    is_plain,
)
from dialogue_game.cli.output import ExitCode, put_json, say
from dialogue_game.cli.parameters import stories
from dialogue_game.core.debrief import PathStep
from dialogue_game.core.text import numbered
from dialogue_game.errors import NotFound


@click.command("play")
@click.argument("story", shell_complete=stories)
@parameters.plain
@parameters.screen
@click.option(
    "--json", "as_json", is_flag=True, help="JSON lines; answers come from input."
)
@click.option(
    "--pick", metavar="A,B,…", help="Take these choices, then stop. Nothing is kept."
)
@click.option("--keep", is_flag=True, help="With --pick: keep the playthrough.")
@click.option(
    "--resume",
    is_flag=False,
    flag_value="newest",
    metavar="[ID]",
    help="Go on with the playthrough left last, or with the one named.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    help="The order of options, where a story shuffles them; 0 is the author's.",
)
@click.option(
    "--coaching", type=click.Choice(["after", "end"]), help="When coaching is shown."
)
@parameters.ascii_only
def play_command(
    story: str,
    plain: bool,
    screen: bool,
    as_json: bool,
    pick: str | None,
    keep: bool,
    resume: str | None,
    seed: int | None,
    coaching: str | None,
    ascii_: bool,
) -> int:
    """Play STORY: the id of a story of the course, or a path to a story file or course folder.

    \b
    dialogue-game play omar
    dialogue-game play omar --resume
    dialogue-game play omar --plain --pick wait,ask
    """
    flags = {"coaching": coaching, "symbols": "ascii" if ascii_ else None}
    game, name = game_for(story, flags)
    if pick is not None:
        return _picks(game, name, pick, resume, seed or 0, keep=keep, as_json=as_json)
    if as_json:
        from dialogue_game.plain.json_lines import JsonLines

        player = _player(game, name, resume, seed or 0)
        if game.trouble:
            say(game.trouble)
        JsonLines(game, player, sys.stdout, game.explore.memory(player)).play(sys.stdin)
        return ExitCode.FINE
    if is_plain(game, plain=plain, screen=screen):
        return _play_in_lines(game, name, resume, seed)
    from dialogue_game.tui.app import run

    playthrough = _run_to_resume(game, name, resume) if resume else None
    if seed is not None and not playthrough:
        return run(game, playing=game.start(name, seed))
    return run(game, story=name, resume=playthrough)


def _play_in_lines(game: Game, story: str, resume: str | None, seed: int | None) -> int:
    """Play in lines; where the story was edited since, a run is first asked about."""
    from dialogue_game.plain.explore import resume_run
    from dialogue_game.plain.playthrough import PlainPlay

    console = console_for(game, stops=True)
    going_on = _run_to_resume(game, story, resume) if resume else ""
    player = (
        resume_run(game, console, going_on) if going_on else game.start(story, seed)
    )
    if game.trouble:
        say(game.trouble)
    if player is not None:
        PlainPlay(game, player, console).play()
    return ExitCode.FINE


def _player(game: Game, story: str, resume: str | None, seed: int) -> Player:
    return (
        game.open(_run_to_resume(game, story, resume))
        if resume
        else game.start(story, seed)
    )


def _run_to_resume(game: Game, story: str, resume: str) -> str:
    """The playthrough to go on with. Raises NotFound where it is another story's."""
    if resume == "newest":
        return game.newest_paused(story)
    known = {run.id: run for run in game.history()}
    if resume not in known:
        raise NotFound(
            f"There is no playthrough “{resume}”.",
            "See them with: dialogue-game history",
        )
    run = known[resume]
    if run.key != game.key(story):
        named = (
            run.story
            if run.course == game.course.id
            else f"{run.course or ''}/{run.story}"
        )
        place = (
            Path(run.place) / f"{run.story}.yaml"
            if Path(run.place).is_dir()
            else run.place
        )
        where = run.story if run.place in ("", SHIPPED) else place
        raise NotFound(
            f"“{resume}” is a playthrough of “{named}”, not of “{story}”.",
            f"Go on with: dialogue-game play {where} --resume {resume}",
        )
    return resume


def _picks(
    game: Game,
    story: str,
    pick: str,
    resume: str | None,
    seed: int,
    *,
    keep: bool,
    as_json: bool,
) -> int:
    """Take the choices of --pick and stop with the situation they reach."""
    player = (_player if keep else _unsaved_player)(game, story, resume, seed)
    choices = [choice.strip() for choice in pick.split(",") if choice.strip()]
    if as_json:
        from dialogue_game.plain.json_lines import JsonLines

        fine = JsonLines(game, player, sys.stdout).play_picks(choices)
    else:
        from dialogue_game.plain.playthrough import play_picks

        fine = play_picks(game, player, console_for(game), choices)
    return ExitCode.FINE if fine else ExitCode.USAGE


def _unsaved_player(game: Game, story: str, resume: str | None, seed: int) -> Player:
    """A player on a store of its own, so that the journal never hears of it."""
    resumed = game.open(_run_to_resume(game, story, resume)) if resume else None
    game.store, game.saving = memory_store(), False
    if resumed is None:
        return game.start(story, seed)
    resumed.go_on_without_saving(game.store)
    return resumed


@click.command("replay")
@click.argument("run")
@click.option(
    "--at", metavar="DECISION", help="Its number from 1, or the id of its scene."
)
@click.option(
    "--present", is_flag=True, help="Go on under the story's present edition instead."
)
@parameters.plain
@parameters.screen
@click.option(
    "--json", "as_json", is_flag=True, help="JSON lines; without --at, the decisions."
)
@parameters.ascii_only
def replay_command(
    run: str,
    at: str | None,
    present: bool,
    plain: bool,
    screen: bool,
    as_json: bool,
    ascii_: bool,
) -> int:
    """Replay a decision of RUN: its id, the beginning of its id, or “newest”.

    A new playthrough begins that shares everything before that decision; RUN is kept as it is.

    \b
    dialogue-game replay k3f9
    dialogue-game replay k3f9 --at 4
    dialogue-game replay newest --at monday_breach --plain
    """
    game = game_with_journal({"symbols": "ascii" if ascii_ else None})
    named = game.explore.find(run).id
    if present:
        return _present(game, named, plain=plain, screen=screen, as_json=as_json)
    left = game.open(named)
    steps = left.steps()
    if at is None and as_json:
        put_json(_decisions(game, left, steps))
        return ExitCode.FINE
    decision = (
        _ask_decision(game, steps)
        if at is None and steps
        else _decision(steps, at or "")
    )
    if decision is None:
        return ExitCode.FINE
    return _play(
        game, game.rewind(named, decision), plain=plain, screen=screen, as_json=as_json
    )


def _decision(steps: Sequence[PathStep], at: str) -> int:
    """The decision that `--at` names, from 0. Raises NotFound."""
    if number := numbered(at, len(steps)):
        return number - 1
    if not steps:
        raise NotFound(
            "Nothing has been chosen in this run yet.", "Go on with it instead."
        )
    scene = at.partition(".")[0]
    for step in steps:
        if step.decision.scene == scene:
            return step.decision.position
    raise NotFound(
        f"This run has no decision “{at}”.",
        f"Use 1 to {len(steps)}, or: {', '.join(dict.fromkeys(s.decision.scene for s in steps))}.",
    )


def _ask_decision(game: Game, steps: Sequence[PathStep]) -> int | None:
    from dialogue_game.plain.explore import ask_decision

    return ask_decision(console_for(game), steps)


def _present(game: Game, run: str, *, plain: bool, screen: bool, as_json: bool) -> int:
    """Say how far a run agrees with the present edition, and go on from there."""
    from dialogue_game.app.explore.carry_over import bring_over

    brought = bring_over(game, run)
    for line in brought.sentences:
        say(line)
    return _play(game, brought.start(), plain=plain, screen=screen, as_json=as_json)


def _play(
    game: Game, player: Player, *, plain: bool, screen: bool, as_json: bool
) -> int:
    """Play on from where a rewind has put a new playthrough."""
    if as_json:
        from dialogue_game.plain.json_lines import JsonLines

        put_json({"replayed": _shared(player)})
        JsonLines(game, player, sys.stdout, game.explore.memory(player)).play(sys.stdin)
        return ExitCode.FINE
    if is_plain(game, plain=plain, screen=screen):
        from dialogue_game.plain.explore import recap
        from dialogue_game.plain.playthrough import PlainPlay

        console = console_for(game, stops=True)
        recap(console, player)
        PlainPlay(game, player, console).play()
        return ExitCode.FINE
    from dialogue_game.tui.app import run as run_screen

    return run_screen(game, playing=player)


def _shared(player: Player) -> dict[str, Any]:
    return {
        "playthrough": player.playthrough,
        "story": player.story.id,
        "edition": player.story.edition,
        "shared": player.shared,
        "recap": [
            {
                "decision": line.number,
                "scene": line.scene,
                "title": line.title,
                "choice_text": line.choice_text,
            }
            for line in shared_steps(player)
        ],
    }


def _decisions(game: Game, player: Player, steps: Sequence[PathStep]) -> dict[str, Any]:
    return {
        "playthrough": player.playthrough,
        "story": player.story.id,
        "open": may_rechoose(game, game.key_of(player)),
        "decisions": [
            {
                "decision": number,
                "scene": step.decision.scene,
                "title": step.before.title,
                "choice": step.decision.chosen.id,
                "choice_text": step.consequence.choice_text,
            }
            for number, step in enumerate(steps, 1)
        ],
    }
