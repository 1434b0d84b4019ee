from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogue_game.app.settings import Settings
from dialogue_game.core.events import ChoiceMade, Looked, ReferenceOpened
from dialogue_game.core.story import Paragraph
from tests.builders import choice, scene, story
from tests.front_ends.tui.driving import SIZES, Driver, playing, words
from tests.front_ends.tui.fakes import REFERENCES, STORY, game_of


async def on_option(game: Driver, text: str) -> None:
    """Move the cursor with the arrows until that option stands in sight."""
    options = game.play.options
    for _ in options.rows:
        current = options.current
        if current and words(str(current.text)) == words(text):
            break
        await game.press("down")
    await game.sees(text)


@pytest.mark.parametrize("size", SIZES)
async def test_a_story_can_be_walked_to_its_ending_with_everything_reachable(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with playing(tmp_path, size, start=STORY.id) as game:
        for scene, choice in (
            ("door", "rewrite"),
            ("hall", "tell"),
            ("phone", "facts"),
        ):
            told = STORY.scenes[scene]
            await game.sees(told.title)
            await game.reads(*(paragraph.text for paragraph in told.text))
            for option in told.choices.values():
                await on_option(game, option.text)
            taken = told.choices[choice]
            await on_option(game, taken.text)
            await game.press(str(list(told.choices).index(choice) + 1))
            await game.sees("Why this matters")
            await game.reads(taken.text, *(part.text for part in taken.consequence))
            await game.press("enter")
            await game.sees("Go on")
            await game.reads(*(mark.why for mark in taken.marks))
            cited = taken.references if scene == "door" else taken.references[:1]
            for number, reference in enumerate(cited, 1):
                await game.press(str(number))
                await game.until(lambda r=reference: game.play.state.opened == r)  # type: ignore[misc]
                await game.reads(REFERENCES[reference].summary)
            await game.press("enter")
        await game.sees("A Smaller Letter", "Look back: the debrief")
        assert game.play.player.ended


async def test_every_exhibit_is_shown_with_what_belongs_to_it(tmp_path: Path) -> None:
    async with playing(tmp_path, (100, 40), start=STORY.id) as game:
        page = await game.read_through()
        for told in (
            "E-mail",
            "Mira Lind",
            "Tiny favour",
            "Former intern",
            "Vote for Horizon!",
        ):
            assert told in page
        assert "Profile page on Chirp" in page
        assert "210 followers" in page
        await game.press("3", "enter", "enter")
        await game.sees("Thursday, 18:10")
        page = await game.read_through()
        for told in (
            "#proud #horizon",
            "41 shares",
            "Who got the job?",
            "#fair",
            "The new desk",
        ):
            assert told in page
        await game.press("1", "enter", "enter")
        await game.sees("A week later")
        page = await game.read_through()
        for told in (
            "0:42",
            "Folders",
            "THE SCOOP",
            "https://example.org",
            "Call me.",
            "Hello?",
        ):
            assert told in page


async def test_a_post_says_how_far_it_has_spread_since_it_was_last_seen(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, (100, 40), start=STORY.id) as game:
        await game.press("3", "enter", "enter")
        await game.sees("Thursday, 18:10")
        await game.press("1", "enter", "enter")
        await game.sees("A week later")
        assert "81 shares (was 41)" in await game.read_through()


async def test_text_that_fits_stands_whole_in_sight(tmp_path: Path) -> None:
    """Each paragraph is a letter too long for one line beside the place of the scroll bar."""
    parts = [f"{'a' * 28} {'b' * 28}{number}" for number in range(3)]
    door = replace(STORY.scenes["door"], text=tuple(map(Paragraph, parts)), exhibits=())
    told = replace(STORY, scenes={**STORY.scenes, "door": door})
    async with playing(game_of(tmp_path, told), (60, 20), start=STORY.id) as game:
        await game.sees("Thursday, 17:50")
        await game.until(lambda: game.play.reading.size.height > 0)
        assert parts[-1] in game.text
        assert "more below" not in game.text


async def test_square_brackets_in_a_story_stay_what_they_are(tmp_path: Path) -> None:
    async with playing(tmp_path, (100, 40), start=STORY.id) as game:
        await game.press("1", "enter", "enter")
        await game.sees("Thursday, 18:10")
        assert "on the table. [sic]" in await game.read_through()


async def test_a_locked_option_is_shown_with_its_reason_and_does_nothing(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, (100, 28), start=STORY.id) as game:
        await game.press("1", "enter", "enter")
        await game.sees("Not open to you: You are too calm for that.")
        await game.press("3")
        assert game.play.player.state.scene == "hall"


async def test_where_one_is_and_whose_eyes_one_sees_with_are_said_in_words(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await game.sees("Decision 1 of 3", "You: head of a small team")


async def test_looking_closer_opens_the_details_one_by_one(tmp_path: Path) -> None:
    async with playing(tmp_path, (80, 24), start=STORY.id) as game:
        await game.sees("l Look")
        await game.press("l")
        await game.sees("A party's name, in an office e-mail.")
        assert "It was sent in working hours." not in await game.read_through()
        await game.press("l")
        await game.sees("It was sent in working hours.")
        await game.until(
            lambda: "l Look" not in game.rows[-1], "nothing is left to see"
        )
        events = game.play.player.events
        assert [e.detail for e in events if isinstance(e, Looked)] == ["tag", "hour"]


async def test_a_click_on_an_exhibit_is_a_closer_look(tmp_path: Path) -> None:
    async with playing(tmp_path, (80, 40), start=STORY.id) as game:
        await game.pilot.click(".-email")
        await game.until(
            lambda: any(isinstance(e, Looked) for e in game.play.player.events)
        )


async def test_keyboard_and_mouse_take_the_same_choice(tmp_path: Path) -> None:
    made = []
    for hand in ("number", "arrows", "mouse"):
        async with playing(tmp_path / hand, start=STORY.id) as game:
            if hand == "number":
                await game.press("2")
            elif hand == "arrows":
                await game.press("down", "down", "enter")
            else:
                await game.read_the_scene()
                await game.pilot.click("#options", offset=(10, 1))
            await game.sees("Why this matters")
            made.append(
                [e for e in game.play.player.events if isinstance(e, ChoiceMade)]
            )
    assert made[0] == made[1] == made[2] == [ChoiceMade("door", "rewrite")]


async def test_what_was_chosen_stands_beside_what_came_of_it(tmp_path: Path) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await game.press("2")
        await game.sees("Take the road that is called rewrite.", "So rewrite it is.")


async def test_coaching_is_said_in_signs_and_words(tmp_path: Path) -> None:
    async with playing(tmp_path, (80, 40), start=STORY.id) as game:
        await game.press("2", "enter")
        await game.sees(
            "Models guideline 1, Think first", "Strains guideline 11, If unsure, ask"
        )
        page = "\n".join(game.rows)
        assert "◆◆ Models" in page
        assert "◇  Strains" in page


async def test_coaching_comes_into_sight_after_every_choice(tmp_path: Path) -> None:
    async with playing(tmp_path, (60, 20), start=STORY.id) as game:
        reading = game.play.reading
        for _ in range(3):
            await game.press("1")
            await game.sees("Why this matters")
            await game.press("enter")
            await game.until(
                lambda: reading.scroll_y == reading.max_scroll_y > 0, "scrolling"
            )
            await game.press("enter")


async def test_signs_can_be_plain_letters(tmp_path: Path) -> None:
    told = game_of(tmp_path, settings=Settings(welcomed="yes", symbols="ascii"))
    async with playing(told, (80, 40), start=STORY.id) as game:
        await game.press("2", "enter")
        await game.sees("++ Models guideline 1")


async def test_a_choice_of_tone_has_no_coaching(tmp_path: Path) -> None:
    async with playing(tmp_path, start=STORY.id) as game:
        await game.press("1", "enter", "enter")
        await game.sees("Thursday, 18:10")
        await game.press("2")
        await game.sees("Nobody hears of it.", "Go on")
        await game.press("enter")
        await game.sees("A week later")


async def test_coaching_can_wait_for_the_debrief(tmp_path: Path) -> None:
    told = game_of(tmp_path, settings=Settings(welcomed="yes", coaching="end"))
    async with playing(told, (100, 28), start=STORY.id) as game:
        for _ in range(3):
            await game.press("1")
            await game.sees("Go on")
            await game.press("enter")
        await game.sees("Look back: the debrief")
        await game.press("1")
        await game.screen_is("DebriefScreen")
        await game.press("right", "right")
        await game.sees("Your path")
        page = await game.read_through()
        assert "Because of what sign shows." in page


async def test_opening_a_reference_is_noted_and_says_how_sure_we_are(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, (80, 40), start=STORY.id) as game:
        await game.press("1", "enter", "2")
        await game.sees(
            "CODE/5",
            "Those who need it for their work.",
            "Binding: staff must.",
            "Content checked in part",
            "Read in a copy.",
        )
        await game.until(lambda: ReferenceOpened("code_5") in game.play.player.events)
        await game.press("2")
        await game.until(lambda: not game.play.card.display, "the card closes again")


async def test_quitting_and_resuming_comes_back_to_the_same_place(
    tmp_path: Path,
) -> None:
    told = game_of(tmp_path)
    async with playing(told, start=STORY.id) as game:
        await game.press("2", "enter", "enter")
        await game.sees("Thursday, 18:10")
        playthrough = game.play.player.playthrough
    async with playing(told, resume=playthrough) as game:
        await game.sees(
            "Thursday, 18:10", "Welcome back.", "called rewrite", "Decision 2 of 3"
        )


async def test_an_ended_playthrough_opens_at_its_ending(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    player = told.start(STORY.id)
    for taken in ("sign", "tell", "facts"):
        player.choose(taken)
    async with playing(told, resume=player.playthrough) as game:
        await game.sees("A Smaller Letter", "Look back: the debrief")


async def test_playing_on_makes_no_new_widgets(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    async with playing(told, start=STORY.id) as game:
        counts = []
        for _ in range(3):
            for _ in range(3):
                await game.press("1", "enter", "enter")
            await game.sees("Look back: the debrief")
            counts.append(len(list(game.app.screen.walk_children())))
            game.play._player = told.start(STORY.id)
            game.play.state.player, game.play.state.phase = (
                game.play._player,
                game.play.state.phase,
            )
            game.play.state.go_on()
            game.play.show_state()
            await game.sees("Decision 1 of")
        assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("name", ["leave", "again", "debrief"])
async def test_a_choice_of_any_id_is_chosen_and_never_taken_for_a_row_of_ours(
    tmp_path: Path, name: str
) -> None:
    told = story(
        scene("a", choice(name, "b"), choice("stay", "b")),
        scene("b", choice("x", "end")),
    )
    async with playing(game_of(tmp_path, told)) as game:
        game.app.start_story(told.id)
        await game.screen_is("PlayScreen")
        await game.press("1", "enter")
        assert [step.decision.chosen.id for step in game.play.player.steps()] == [name]
