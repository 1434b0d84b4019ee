"""Omar, walked at five sizes: no option, consequence, why or reference is out of reach.

The smallest size daily; all five by the nightly flag.
"""

from __future__ import annotations

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.content.build_course import build_course
from dialogue_game.content.library import shipped_course
from dialogue_game.core.state import Consequence, Situation
from dialogue_game.core.story import Option
from tests.front_ends.tui.driving import SIZES, Driver, playing, words
from tests.nightly import NIGHTLY

READ = ("body", "text", "caption", "bio", "signature", "banner")
"""Fields of exhibits that are prose."""


def prose_of(situation: Situation) -> list[str]:
    """Everything there is to read in a scene."""
    told = [situation.title, *situation.text]
    for exhibit in situation.exhibits:
        told += [exhibit.fields[name] for name in READ if name in exhibit.fields]
        told += [item["text"] for item in exhibit.items if "text" in item]
    return told


async def comes_to(game: Driver, option: Option) -> None:
    """Move the cursor with the arrows to that option; a locked one is passed and must show why."""
    wanted = words(option.text if option.available else option.locked)
    for key in ("down", "up"):
        for _ in game.play.options.rows:
            current = game.play.options.current
            here = words(str(current.text)) if current else ""
            if here == wanted or (not option.available and wanted in game.text):
                await game.sees(wanted)
                return
            await game.press(key)
    raise AssertionError(f"{wanted!r} cannot be reached")


async def coached(game: Driver, told: Consequence) -> None:
    """Read each why, and open each reference."""
    await game.press("enter")
    await game.sees("Go on")
    await game.reads(*(mark.why for mark in told.marks))
    for number, reference in enumerate(told.references, 1):
        await game.press(str(number))
        await game.until(lambda r=reference: game.play.state.opened == r.id)  # type: ignore[misc]
        await game.reads(reference.summary)


async def reads_on(game: Driver) -> None:
    """Read each continue page to its end, and turn it."""
    player = game.play.player
    while player.situation.continues:
        here = player.situation
        await game.reads(here.title, *prose_of(here))
        await game.press("enter")
        await game.until(lambda at=here.scene: player.situation.scene != at)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("walk", "size"), list(enumerate(SIZES))[: None if NIGHTLY else 1]
)
async def test_omar_can_be_walked_to_an_ending_with_everything_in_reach(
    walk: int, size: tuple[int, int]
) -> None:
    recorded = build_course(shipped_course()).stories["omar"].walks[walk]
    told = open_game(flags={"pictures": "off"}, keep=False)
    async with playing(told, size, start="omar") as game:
        player = game.play.player
        for number, path in enumerate(recorded.pick):
            await reads_on(game)
            situation = player.situation
            await game.sees(f"Decision {number + 1}")
            await game.reads(*prose_of(situation))
            for option in situation.options:
                await comes_to(game, option)
            ids = [option.id for option in situation.options]
            await game.press(str(ids.index(path.partition(".")[2]) + 1))
            await game.until(lambda at=number: player.state.decisions == at + 1)  # type: ignore[misc]
            consequence = player.last_consequence
            assert consequence is not None
            await game.sees("Why this matters")
            await game.reads(consequence.choice_text, *consequence.text)
            await coached(game, consequence)
            await game.press("enter")
        await reads_on(game)
        assert player.situation.ending == recorded.ending
        await game.sees("Look back: the debrief")
        await game.reads(player.situation.title, *player.situation.text)
