"""`dialogue-game replay` and `compare`, and the player's own map: the road not taken."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player, shared_steps
from dialogue_game.app.runs import StoryKey
from dialogue_game.cli.front_ends import console_for, is_plain, what_is_kept
from dialogue_game.cli.output import ExitCode, say
from dialogue_game.core.debrief import PathStep
from dialogue_game.core.text import safe
from dialogue_game.errors import NotFound


@click.command("replay")
@click.argument("run")
@click.option(
    "--at", metavar="DECISION", help="Its number from 1, or the id of its scene."
)
@click.option(
    "--present", is_flag=True, help="Go on under the story's present edition instead."
)
@click.option("--plain", is_flag=True, help="Lines of text instead of a screen.")
@click.option(
    "--screen", is_flag=True, help="The full screen, also where it is not the setting."
)
@click.option(
    "--json", "as_json", is_flag=True, help="JSON lines; without --at, the decisions."
)
@click.option("--ascii", "ascii_", is_flag=True, help="Only ASCII characters.")
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
    game = what_is_kept({"symbols": "ascii" if ascii_ else None})
    named = game.explore.find(run).id
    if present:
        return _present(game, named, plain=plain, screen=screen, as_json=as_json)
    left = game.open(named)
    steps = left.steps()
    if at is None and as_json:
        _echo(_decisions(game, left, steps))
        return ExitCode.FINE
    decision = (
        _asked(game, steps) if at is None and steps else _decision(steps, at or "")
    )
    if decision is None:
        return ExitCode.FINE
    return _play(
        game, game.rewind(named, decision), plain=plain, screen=screen, as_json=as_json
    )


@click.command("compare")
@click.argument("first", metavar="RUN")
@click.argument("second", metavar="RUN|FILE")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@click.option("--ascii", "ascii_", is_flag=True, help="Only ASCII characters.")
def compare_command(first: str, second: str, as_json: bool, ascii_: bool) -> int:
    """Compare two runs of the same story: where they part, and what came of it.

    The second may be a file that somebody exported with “history --export”.
    """
    game = what_is_kept({"symbols": "ascii" if ascii_ else None})
    explore = game.explore
    other = Path(second) if _is_file(second) else explore.find(second).id
    compared = explore.compare(explore.find(first).id, other)
    if as_json:
        from dialogue_game.reporting.comparison import comparison_data

        _echo(comparison_data(compared))
    else:
        from dialogue_game.plain.explore import comparison

        comparison(console_for(game), compared)
    return ExitCode.FINE


def map_mine(
    story: str | StoryKey,
    *,
    as_json: bool = False,
    everything: bool = False,
    game: Game | None = None,
) -> int:
    """What `map STORY --mine` does: the story as its player knows it.

    `everything` is the author's switch. Raises NotFound where the story is neither installed nor
    was ever played.
    """
    if game is None:
        game, story = _game_of(str(story))
    if game.unread is not None:
        raise game.unread
    known = game.explore.discovery(story, everything=everything)
    if as_json:
        from dialogue_game.reporting.story_outline import discovery_data

        _echo(discovery_data(known))
    else:
        from dialogue_game.plain.explore import own_map

        own_map(console_for(game), known)
    return ExitCode.FINE


def _game_of(story: str) -> tuple[Game, str | StoryKey]:
    """The game of a story that is installed, or of the journal that still knows it."""
    from dialogue_game.cli.play import game_for

    try:
        return game_for(story)
    except NotFound:
        game = what_is_kept()
        for run in game.history():
            if run.story == story:
                return game, run.key
        raise


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file() or name.endswith(".json")
    except (OSError, ValueError):
        return False


def _decision(steps: Sequence[PathStep], at: str) -> int:
    """The decision that `--at` names, from 0. Raises NotFound."""
    if at.isdecimal() and 1 <= int(at) <= len(steps):
        return int(at) - 1
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


def _asked(game: Game, steps: Sequence[PathStep]) -> int | None:
    from dialogue_game.plain.explore import ask_decision

    return ask_decision(console_for(game), steps)


def _present(game: Game, run: str, *, plain: bool, screen: bool, as_json: bool) -> int:
    """Say how far a run agrees with the present edition, and go on from there."""
    from dialogue_game.app.explore.carry_over import bring_over

    brought = bring_over(game, run)
    for line in brought.said:
        say(safe(line))
    return _play(game, brought.start(), plain=plain, screen=screen, as_json=as_json)


def _play(
    game: Game, player: Player, *, plain: bool, screen: bool, as_json: bool
) -> int:
    """Play on from where a rewind has put a new playthrough."""
    if as_json:
        from dialogue_game.plain.json_lines import JsonLines

        _echo({"replayed": _shared(player)})
        JsonLines(game, player, sys.stdout, game.explore.memory(player)).play(sys.stdin)
        return ExitCode.FINE
    if is_plain(game, plain=plain, screen=screen):
        from dialogue_game.plain.explore import recap
        from dialogue_game.plain.play import PlainPlay

        voice = console_for(game, stops=True)
        recap(voice, player)
        PlainPlay(game, player, voice).play()
        return ExitCode.FINE
    from dialogue_game.tui.run import run as run_screen

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
        "open": game.explore.may_rechoose(game.key_of(player)),
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


def _echo(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False))
