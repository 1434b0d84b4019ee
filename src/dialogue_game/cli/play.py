"""`dialogue-game play`: on the screen, in plain lines, or as JSON lines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dialogue_game.app.bootstrap import memory_store, open_game
from dialogue_game.app.game import Game
from dialogue_game.app.identity import SHIPPED
from dialogue_game.app.player import Player
from dialogue_game.cli.completing import stories
from dialogue_game.cli.front_ends import console_for, is_plain, preparing
from dialogue_game.cli.output import ExitCode, say
from dialogue_game.errors import NotFound


@click.command("play")
@click.argument("story", shell_complete=stories)
@click.option("--plain", is_flag=True, help="Lines of text instead of a screen.")
@click.option(
    "--screen", is_flag=True, help="The full screen, also where it is not the setting."
)
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
@click.option("--ascii", "ascii_", is_flag=True, help="Only ASCII characters.")
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
        return _plain(game, name, resume, seed)
    from dialogue_game.tui.run import run

    playthrough = _resumed(game, name, resume) if resume else None
    if seed is not None and not playthrough:
        return run(game, playing=game.start(name, seed))
    return run(game, story=name, resume=playthrough)


def _plain(game: Game, story: str, resume: str | None, seed: int | None) -> int:
    """Play in lines; where the story was edited since, a run is first asked about."""
    from dialogue_game.plain.edited_run import resumed
    from dialogue_game.plain.play import PlainPlay

    voice = console_for(game, stops=True)
    going_on = _resumed(game, story, resume) if resume else ""
    player = resumed(game, voice, going_on) if going_on else game.start(story, seed)
    if game.trouble:
        say(game.trouble)
    if player is not None:
        PlainPlay(game, player, voice).play()
    return ExitCode.FINE


def game_for(
    story: str, flags: dict[str, str | None] | None = None, *, keep: bool = True
) -> tuple[Game, str]:
    """The game that a story's name or path opens, and the story's id in it."""
    from dialogue_game.content.library import resolve

    course, name = resolve(story)
    game = open_game(course, flags, keep, before_building=preparing)
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


def _player(game: Game, story: str, resume: str | None, seed: int) -> Player:
    return (
        game.open(_resumed(game, story, resume)) if resume else game.start(story, seed)
    )


def _resumed(game: Game, story: str, resume: str) -> str:
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
    player = (_player if keep else _unkept)(game, story, resume, seed)
    choices = [choice.strip() for choice in pick.split(",") if choice.strip()]
    if as_json:
        from dialogue_game.plain.json_lines import JsonLines

        fine = JsonLines(game, player, sys.stdout).play_picks(choices)
    else:
        from dialogue_game.plain.picks import play_picks

        fine = play_picks(game, player, console_for(game), choices)
    return ExitCode.FINE if fine else ExitCode.USAGE


def _unkept(game: Game, story: str, resume: str | None, seed: int) -> Player:
    """A player on a store of its own, so that the journal never hears of it."""
    resumed = game.open(_resumed(game, story, resume)) if resume else None
    game.store, game.saving = memory_store(), False
    if resumed is None:
        return game.start(story, seed)
    resumed.go_on_without_saving(game.store)
    return resumed
