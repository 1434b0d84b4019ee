"""Draws the documents' pictures from the real game: `uv run python docs/pictures/make.py`.

With `--check` nothing is written, and the exit code is 1 where a picture is not the game's any
more. Each picture is a few real key presses on the shipped course, and there are two of each: for
readers whose system is set to dark colours, and to light ones (`…-light.svg`).
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dialogue_game.app.game import Game
    from dialogue_game.tui.app import DialogueGameApp

HERE: Final = Path(__file__).parent
THEMES: Final = {"dark": "", "light": "-light"}
"""And what the names of their files end with."""
NOON: Final = 1_700_000_000_000
"""What the clock says while a picture is drawn."""
ROOM_ADDRESS: Final = "http://192.0.2.17:8080/brimzt/"
"""Where phones vote in a picture: an address that documents may name."""


@dataclass(frozen=True)
class Picture:
    """What is drawn: so many cells, after these keys.

    Of `story`, or of Home without one; of a session after the commands in `led`, on the shared
    screen or on the `companion`'s. With `first` the game has never been opened before, with `runs`
    two runs have ended. With `edited` a run was begun before the story was edited, with `full`
    there is no room on the disk, with `ended` a group's scenario has come to its ending.
    """

    columns: int
    rows: int
    story: str = ""
    keys: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    companion: bool = False
    first: bool = False
    runs: bool = False
    edited: bool = False
    full: bool = False
    ended: bool = False


CHOSEN: Final = ("enter", "space", "space", "2", "enter")
"""Past the title page, the first scene read, its second option taken."""
FIRST: Final = ("next", "settle b", "next", "next")
TALKING: Final = (*FIRST, "next", "next", "tally a=2 b=5 c=3 d=2", "next")
PICTURES: Final = {
    "home": Picture(100, 30),
    "scene": Picture(100, 34, "omar", ("enter",)),
    "consequence": Picture(100, 34, "omar", CHOSEN),
    "prepare": Picture(100, 30, keys=("f",)),
    "vote": Picture(
        80, 22, keys=("t",), led=(*FIRST, "next", "next", "tally a=2 b=4 c=3")
    ),
    "talk": Picture(80, 22, led=TALKING),
    "ballots": Picture(
        80, 24, led=(*TALKING, "next", "tally a=1 b=4 c=3 d=4", "reveal")
    ),
    "companion": Picture(100, 34, led=TALKING, companion=True),
}
"""By file name."""


def main(check: bool) -> int:
    """Draw or compare every picture."""
    stale = []
    for name in PICTURES:
        for theme, drawn in asyncio.run(draw(PICTURES[name])).items():
            file = HERE / f"{name}{THEMES[theme]}.svg"
            if check and (
                not file.exists() or file.read_text(encoding="utf-8") != drawn
            ):
                stale.append(file.stem)
            elif not check:
                file.write_text(drawn, encoding="utf-8")
    if stale:
        sys.stderr.write(
            f"Not the game's any more: {', '.join(stale)}. Run this without --check.\n"
        )
    return 1 if stale else 0


async def draw(picture: Picture, screen: str = "") -> dict[str, str]:
    """By theme: a picture, as SVG without anything fetched from elsewhere.

    Raises ValueError where it is not of the screen that is named.
    """
    from dialogue_game.tui.themes import theme_name

    app, drawn = opened(picture), {}
    async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
        await pilot.pause(0.3)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        if screen and type(app.screen).__name__ != screen:
            raise ValueError(
                f"{type(app.screen).__name__} stands where {screen} should."
            )
        for theme in THEMES:
            app.theme = theme_name(theme)
            await pilot.pause(0.1)
            svg = app.export_screenshot(title="dialogue-game")
            svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
            drawn[theme] = re.sub(r"terminal-\d+", "terminal", svg)
    return drawn


def opened(picture: Picture) -> DialogueGameApp:
    """The game as the picture wants it."""
    from dialogue_game.app import game as game_module
    from dialogue_game.app.bootstrap import open_game
    from dialogue_game.tui.app import DialogueGameApp, session_app

    game_module.random_seed = lambda: 7  # the same order of options in every picture
    welcomed = "no" if picture.first else "yes"
    game = open_game(flags={"motion": "none", "welcomed": welcomed}, keep=False)
    if picture.runs:
        play_to_an_ending(game, 0)
        play_to_an_ending(game, -1)
    if picture.edited:
        begin_earlier_edition(game)
    if picture.full:
        game.store.append = refuse
    if not picture.led:
        return DialogueGameApp(game, start=picture.story or None)
    from dialogue_game.app.session.agenda import plan
    from dialogue_game.app.session.facilitation import Facilitation
    from dialogue_game.app.session.leader_view import Companion
    from dialogue_game.app.session.phone_voting import PhoneVoting
    from dialogue_game.plain.leader_commands import execute_command
    from dialogue_game.tui.session.companion_screen import CompanionScreen

    PhoneVoting.url = (
        ROOM_ADDRESS  # the same code in every picture, and nobody's address
    )
    game.clock = lambda: NOON
    leading = Facilitation.start(game, plan(game.course, ("omar", "sepideh"), 12))
    for command in picture.led:
        execute_command(leading, command)
    while picture.ended and leading.session.step != "ending":
        for command in (
            ("hands", "settle b") if leading.session.step == "scene" else ("next",)
        ):
            execute_command(leading, command)
    if picture.companion:
        followed = Companion(game, leading.id)
        return DialogueGameApp(game, opening=lambda: CompanionScreen(followed))
    return session_app(game, leading)


def play_to_an_ending(game: Game, place: int, decisions: int = 99) -> None:
    """Play Omar's story, always with the first or the last option that is open."""
    player = game.start("omar")
    while not player.ended and player.progress.made < decisions:
        player.read_on_to_decision()
        if not player.ended:
            player.choose(
                [one.id for one in player.situation.options if one.available][place]
            )


def begin_earlier_edition(game: Game) -> None:
    """Begin Omar's story as it might have been before somebody edited a sentence of it."""
    shelf, story = game.shelf, game.shelf.story("omar")
    scene = story.scenes[story.start]
    choices = {
        name: replace(one, text=f"{one.text} Now.")
        for name, one in scene.choices.items()
    }
    scenes = {**story.scenes, story.start: replace(scene, choices=choices)}
    game.shelf = SimpleNamespace(
        course=shelf.course,
        story=lambda _: replace(story, edition="earlier", scenes=scenes),
    )
    play_to_an_ending(game, 0, decisions=3)
    game.shelf = shelf


def refuse(*_: object) -> None:
    """What a journal says whose disk is full."""
    from dialogue_game.errors import JournalFull

    raise JournalFull("There is no room left on the disk.", "Make some room.")


def run(drawing: Callable[[bool], int]) -> int:
    """The exit code of what draws or compares, in a home of its own and without animations."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory() as home:
        os.environ["DIALOGUE_GAME_HOME"] = home
        return drawing("--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run(main))
