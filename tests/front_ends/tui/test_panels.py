from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from dialogue_game.core.events import ReferenceOpened
from tests.front_ends.tui.driving import SIZES, playing
from tests.front_ends.tui.fakes import GUIDELINES, REFERENCES, STORY, game_of


@pytest.mark.parametrize("size", SIZES)
async def test_the_guidelines_are_a_key_away_and_all_there(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with playing(tmp_path, size, start=STORY.id) as game:
        await game.press("g")
        await game.screen_is("GuidelinesPanel")
        await game.reads(*(guideline.text for guideline in GUIDELINES.values()))
        await game.press("g")
        await game.screen_is("PlayScreen")


async def test_reading_on_is_offered_only_where_there_is_more_to_read(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, (80, 24), start=STORY.id) as game:
        await game.press("question_mark")
        await game.sees("Space Read on")
        await game.press("end")
        await game.until(lambda: "Read on" not in game.text)
    async with playing(tmp_path, (120, 120), start=STORY.id) as game:
        await game.press("question_mark")
        await game.screen_is("HelpPanel")
        await game.sees("q Close")
        assert "Read on" not in game.text


async def test_a_drawer_closes_with_its_own_key_with_q_and_with_escape(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        for opening, name in (
            ("g", "GuidelinesPanel"),
            ("r", "ReferencesPanel"),
            ("b", "LookBackPanel"),
            ("question_mark", "HelpPanel"),
            ("comma", "SettingsPanel"),
        ):
            for closing in (opening, "q", "escape"):
                await game.press(opening)
                await game.screen_is(name)
                await game.press(closing)
                await game.screen_is("PlayScreen")


async def test_references_open_where_they_stand_and_are_noted(tmp_path: Path) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        player = game.play.player
        await game.press("r", "down", "enter")
        await game.sees(
            "What is learned at work", "Content checked in part", "Read in a copy."
        )
        await game.until(lambda: ReferenceOpened("code_5") in player.events)


async def test_references_can_be_searched(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("r")
        await game.screen_is("ReferencesPanel")
        await game.press("slash", *"confidence")
        await game.until(lambda: REFERENCES["code_4"].title not in game.text)
        await game.sees("What is told in confidence")
        await game.press("z", "z")
        await game.sees("No reference has these words in it.")
        await game.press("escape")
        await game.sees("Honest references")


async def test_the_road_so_far_shows_what_was_read_and_chosen(tmp_path: Path) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await game.press("2", "enter", "enter", "b")
        await game.screen_is("LookBackPanel")
        await game.pilot.pause()
        await game.press("home")
        await game.reads(
            "Thursday, 17:50", "called rewrite", "Because of what rewrite shows."
        )


async def test_should_i_post_this_comes_back_to_exactly_where_one_was(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await game.press("2", "enter")
        await game.sees("What this touched")
        await game.pilot.pause()
        before, player = game.rows, game.play.player
        await game.press("s")
        await game.sees("Is it about your work?")
        await game.press("1", "enter")
        await game.sees("Ask first", "Back to where you were")
        await game.press("1")
        await game.until(lambda: game.play.player is player)
        await game.until(lambda: game.rows == before, "the same picture")


async def test_where_there_is_no_such_aid_one_sentence_says_so(tmp_path: Path) -> None:
    async with playing(game_of(tmp_path, STORY), start=STORY.id) as game:
        await game.press("s")
        await game.sees("This course has no “Should I post this?” yet.")
        assert "rewrite." in game.rows[-4]


async def test_the_palette_offers_our_commands(tmp_path: Path) -> None:
    async with playing(tmp_path, (100, 40)) as game:
        await game.press("ctrl+p")
        await game.screen_is("CommandPalette")
        await game.press(*"guidel")
        await game.sees("Guidelines")
        await game.until(lambda: "All of them, as the source" in game.text)
        await game.press("enter")
        await game.screen_is("GuidelinesPanel")


async def test_help_names_every_key_and_sign(tmp_path: Path) -> None:
    async with playing(tmp_path, (100, 28)) as game:
        await game.press("question_mark")
        await game.screen_is("HelpPanel")
        page = await game.read_through()
        assert "Look back" not in page
        assert "look closer at what is shown" in page
        assert "Breaches against it" in page


async def test_keys_in_the_last_line_can_be_clicked(tmp_path: Path) -> None:
    async with playing(tmp_path, (120, 40), start=STORY.id) as game:
        place = game.rows[-1].index("g Guidelines")
        await game.pilot.click(offset=(place, 39))
        await game.screen_is("GuidelinesPanel")


@pytest.mark.parametrize(
    ("letter", "name"),
    [("п", "GuidelinesPanel"), ("П", "GuidelinesPanel"), ("к", "ReferencesPanel"),
     ("G", "GuidelinesPanel"), ("γ", "GuidelinesPanel"), ("ق", "ReferencesPanel"),
     ("б", "SettingsPanel")],
)  # fmt: skip
async def test_letters_work_in_both_cases_and_by_their_place_on_other_keyboards(
    tmp_path: Path, letter: str, name: str
) -> None:
    async with playing(tmp_path) as game:
        await game.press(letter)
        await game.screen_is(name)
        await game.press("й")
        await game.screen_is("HomeScreen")


async def test_what_one_writes_stays_in_the_letters_one_writes(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("r", "slash", "п", "G")
        await game.until(lambda: game.app.screen.query_one(Input).value == "пG")
