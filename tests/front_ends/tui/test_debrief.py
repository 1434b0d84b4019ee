from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from dialogue_game.app.game import Game
from dialogue_game.core.events import Reflected, TransferAnswered
from dialogue_game.tui.widgets.pick_list import PickList
from tests.front_ends.tui.driving import SIZES, Driver, playing
from tests.front_ends.tui.everywhere import standing_on
from tests.front_ends.tui.fakes import GUIDELINES, STORY, game_of


async def debriefed(game: Driver) -> None:
    """Open the debrief of a playthrough that is at its ending."""
    await game.sees("Look back: the debrief")
    await game.press("1")
    await game.screen_is("DebriefScreen")
    await game.sees("You What if Path Guidelines")


def ended(folder: Path, *choices: str) -> tuple[Game, str]:
    told = game_of(folder)
    player = told.start(STORY.id)
    for choice in choices or ("sign", "tell", "facts"):
        player.choose(choice)
    return told, player.playthrough


@pytest.mark.parametrize("size", SIZES)
async def test_the_debrief_shows_all_there_is_to_look_back_on(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    told, playthrough = ended(tmp_path)
    async with playing(told, size, resume=playthrough) as game:
        await debriefed(game)
        await game.reads(
            "Moments that decided", "What you protected", "What you paid with"
        )
        await game.press("right")
        await game.sees("What if you had")
        await game.press("right")
        await game.sees("Your path")
        await game.reads(*(scene.title for scene in STORY.scenes.values()))
        await game.press("right")
        await game.sees("The guidelines on your path")
        await game.reads(*(guideline.short for guideline in GUIDELINES.values()))
        await game.reads("breached, later upheld")
        await game.reads("not tested")
        await game.reads("experts have not reviewed them yet")
        await game.press("right")
        await game.sees("Questions to think or talk about")
        await game.reads("What is she really asking you for?")
        await game.reads("Who else has a claim?")
        await game.reads("ethics@example.org")
        await game.press("right")
        await game.sees("A friend asks to use your badge photo")
        await game.press("right")
        await game.sees("On Monday I will")
        await game.press("enter")
        await game.sees("Play it again, another way")


async def test_a_guideline_opens_to_its_evidence(tmp_path: Path) -> None:
    told, playthrough = ended(tmp_path)
    async with playing(told, (100, 40), resume=playthrough) as game:
        await debriefed(game)
        await game.press("right", "right", "right", "1")
        await game.sees(
            "On this path: breached, later upheld.", "Because of what sign shows."
        )
        await game.sees("breaches at decision 1")


async def test_a_new_situation_is_answered_and_every_answer_is_explained(
    tmp_path: Path,
) -> None:
    told, playthrough = ended(tmp_path)
    async with playing(told, (100, 28), resume=playthrough) as game:
        player = game.play.player
        await debriefed(game)
        await game.press(*["right"] * 5)
        await game.sees("not scored", "Send it.")
        await game.press("1")
        await game.sees(
            "On balance: less sound.", "You can still say yes. On balance: sound."
        )
        assert TransferAnswered("badge", 0) in player.events


async def test_on_monday_i_will_is_kept_with_the_playthrough(tmp_path: Path) -> None:
    told, playthrough = ended(tmp_path)
    async with playing(told, (100, 28), resume=playthrough) as game:
        player = game.play.player
        await debriefed(game)
        await game.press(*["right"] * 6)
        await game.sees("On Monday I will")
        await game.press(*"ask", "enter")
        await game.sees("What next?")
        assert Reflected("ask") in player.events
        await game.press("left")
        await game.sees("Kept: ask")


async def test_while_one_writes_the_last_line_tells_only_keys_that_do_something(
    tmp_path: Path,
) -> None:
    async with standing_on("DebriefScreen", tmp_path) as game:
        await game.press(*["right"] * 6)
        await game.sees("On Monday I will", "Enter Done F1 Help Esc History")
        await game.pilot.press("question_mark")
        assert game.app.screen.query_one(Input).value.endswith("?")
        await game.press("f1")
        await game.screen_is("HelpPanel")
        await game.press("q", "escape")
        await game.screen_is("HistoryScreen")
        await game.press("r", "slash")
        await game.pilot.press("slash")
        await game.sees("Enter Done Esc Close")
        assert game.app.screen.query_one(Input).value == "/"
        assert "Search" not in game.rows[-1]


async def test_pages_can_be_opened_with_the_mouse(tmp_path: Path) -> None:
    told, playthrough = ended(tmp_path)
    async with playing(told, (100, 28), resume=playthrough) as game:
        await debriefed(game)
        await game.pilot.click(offset=(game.rows[1].index("Questions"), 1))
        await game.sees("Questions to think or talk about")
        await game.pilot.click("#onward", offset=(8, 0))
        await game.sees("A new situation")


async def test_from_the_debrief_one_plays_again_or_goes_home(tmp_path: Path) -> None:
    told, playthrough = ended(tmp_path)
    async with playing(told, (100, 28), resume=playthrough) as game:
        await debriefed(game)
        await game.pilot.click(offset=(game.rows[1].index("Next"), 1))
        await game.sees("Play it again")
        rows = game.app.screen.query_one("#items", PickList).rows
        again = next(row for row in rows if str(row.text).startswith("Play it again"))
        await game.press(again.key)
        await game.screen_is("PlayScreen")
        await game.sees("Decision 1 of 3")
        await game.press("q")
        await game.screen_is("HomeScreen")
