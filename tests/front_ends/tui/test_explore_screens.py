"""The road not taken, on screen: history, the own map, side by side, one what-if at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.content import Content

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings
from dialogue_game.core.story import Branch, Choice
from dialogue_game.tui.explore.history_screen import HistoryScreen
from dialogue_game.tui.explore.map_screen import MapScreen
from tests import fakes
from tests.app.tales import SAME_AGAIN, TALE, play, shelf, with_choice, with_scene
from tests.builders import choice, scene, story
from tests.front_ends.tui.driving import Driver, playing
from tests.front_ends.tui.everywhere import spoiled
from tests.front_ends.tui.fakes import STORY, game_of
from tests.front_ends.tui.test_hostile_text import TOKENS, UNSAFE
from tests.front_ends.tui.test_sizes import WALK

QUIET = Settings(welcomed="yes", transfer="off")


def tale(*runs: tuple[str, ...], settings: Settings = QUIET) -> Game:
    game = fakes.game(TALE, settings=settings)
    for run in runs:
        play(game, *run)
    return game


THREE = (("wait", "back", "sit"), ("tell", "ask"), ("wait", "stay"))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_history_tells_story_ending_percent_and_date_of_every_run(
    size: tuple[int, int],
) -> None:
    async with playing(tale(*THREE, ("tell",)), size) as game:
        await game.press("h")
        await game.sees(
            "4 playthroughs", "A Tale", "2023-11-14", "Sad", "100 %", "best", "first"
        )
        await game.sees("paused after 1", "Alone: 1 choice, paused: Enter goes on.")
        await game.press("down", "down")
        await game.sees("ended in “End”, 100 percent.", "Your best: 100 percent.")


async def test_the_titles_in_history_are_whole_before_anything_else_has_room() -> None:
    long = replace(TALE, title="A story with a title of thirty")
    told = fakes.game(long, settings=QUIET)
    play(told, *THREE[0])
    for width, also in ((60, "11-14"), (80, "2023-11-14")):
        async with playing(told, (width, 24)) as game:
            await game.press("h")
            await game.sees(long.title)
            row = next(row for row in game.rows if long.title in row)
            assert "End" in row
            assert also in row


async def test_a_finished_run_opens_as_its_debrief_and_a_paused_one_goes_on() -> None:
    async with playing(tale(*THREE, ("tell",))) as game:
        await game.press("h", "enter")
        await game.screen_is("PlayScreen")
        assert game.play.player.playthrough == "run4"
        await game.press("q", "down", "enter")
        await game.screen_is("DebriefScreen")
        await game.sees("Sad")
        await game.press("q")
        await game.screen_is("HistoryScreen")


async def test_only_the_first_and_the_best_can_be_shown_apart() -> None:
    async with playing(tale(*THREE)) as game:
        await game.press("h", "f")
        await game.sees("The first and the best finished run", "2 playthroughs")
        await game.press("f")
        await game.sees("3 playthroughs")


async def test_two_runs_are_marked_and_laid_side_by_side_where_there_is_room() -> None:
    async with playing(tale(*THREE), (100, 28)) as game:
        await game.press("h", "c")
        await game.sees("To compare: A Tale")
        await game.press("end", "c")
        await game.screen_is("CompareScreen")
        await game.sees(
            "The first decision is the same in both runs",
            "They part at Yard, decision 2.",
        )
        await game.sees("You chose “Do stay.” In the other run you chose “Go back.”")
        assert any("This run" in row and "The other run" in row for row in game.rows)
        await game.press("enter")
        await game.sees("1. Hall: “Wait.”")
        await game.press("end")
        await game.sees("The guidelines", "2 of 3 strained")
        await game.resize(80, 24)
        assert not any(
            "This run" in row and "The other run" in row for row in game.rows
        )
        page = await game.read_through()
        assert "This run ended in “Sad”. The other run ended in “End”." in page
        await game.press("q")
        await game.screen_is("HistoryScreen")


async def test_a_run_is_exported_and_compared_by_another_person(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    async with playing(tale(("leave",))) as game:
        await game.press("h", "x")
        await game.screen_is("LineDialog")
        game.app.focused.value = str(file)  # type: ignore[union-attr]
        await game.press("enter")
        await game.until(file.exists)
    async with playing(tale(("tell", "sit"))) as game:
        await game.press("h", "o")
        await game.screen_is("LineDialog")
        await game.press(*"nowhere", "enter")
        await game.sees("nowhere")
        await game.screen_is("HistoryScreen")
        await game.press("o")
        await game.screen_is("LineDialog")
        game.app.focused.value = str(file)  # type: ignore[union-attr]
        await game.press("enter")
        await game.screen_is("CompareScreen")
        await game.sees("In the other run the other person chose “Leave it.”")


async def test_deleting_asks_first_and_then_really_deletes() -> None:
    told = tale(*THREE)
    async with playing(told) as game:
        await game.press("h", "d")
        await game.sees("Delete this playthrough?", "It is deleted for good")
        await game.press("enter")
        await game.screen_is("HistoryScreen")
        assert len(told.history()) == 3
        await game.press("d", "2")
        await game.sees("2 playthroughs")
        assert [run.id for run in told.history()] == ["run2", "run1"]


async def test_a_run_that_is_open_is_not_deleted_beneath_its_player() -> None:
    told = tale()
    async with playing(told, start="tale") as game:
        await game.press("1", "ctrl+p", *"history", "enter")
        await game.screen_is("HistoryScreen")
        await game.press("d")
        await game.sees("This playthrough is still open.")
        assert len(told.history()) == 1


async def test_of_five_thousand_runs_only_those_in_sight_are_ever_told() -> None:
    told = tale(("leave",))
    line = next(iter(told.store.streams("playthrough"))).summary
    events = tuple(item.event for item in told.store.read("run1"))
    for number in range(2, 5001):
        told.store.create(f"run{number}", "playthrough", events, number, line)
    async with playing(told) as game:
        await game.press("h")
        await game.sees("5000 playthroughs")
        screen = game.app.screen
        assert isinstance(screen, HistoryScreen)
        asked: list[int] = []
        own = screen.line

        def counted(row: int, width: int) -> Content:
            asked.append(row)
            return own(row, width)

        screen.rows.show_lines(5000, counted)
        await game.press("end", "pageup", "up", "home", "pagedown")
        await game.until(lambda: screen.rows.cursor > 5)
        assert len(set(asked)) < 120


async def draws(game: Driver, *parts: str) -> None:
    """Wait until these pieces of the drawing stand on screen, signs and all."""
    for part in parts:
        await game.until(lambda part=part: part in "\n".join(game.rows), part)  # type: ignore[misc]


async def test_the_map_shows_what_is_known_and_counts_the_rest() -> None:
    async with playing(tale(("wait", "stay"))) as game:
        await game.press("m")
        await game.sees("1 of 2 endings found", "Options tried: 2 of 8.")
        await game.sees(
            "ways not taken yet, 1 scene not seen yet, 1 ending not found yet."
        )
        await game.sees(
            "2. Yard visited 1 time", "Do stay. → Sad", "Go back. ∩ not tried yet"
        )
        await draws(game, "■∩ Hall═", "■∩ Yard═", "● Sad")
        assert "Sit down" not in game.text
        assert "locked" not in game.text
        assert not re.search(r"\bEnd\b", game.text)


async def test_the_drawing_tells_the_path_shown_from_other_paths_without_colour() -> (
    None
):
    async with playing(tale(("leave",), ("wait", "stay"))) as game:
        await game.press("m")
        await draws(game, "■∩ Hall═", "═▌■∩ Yard═", "═● Sad", "───")
        await game.press("m", "h", "down", "m")
        await draws(game, "▌■∩ Hall═", "─■∩ Yard─", "═● Sad")


async def test_keys_follow_an_option_to_where_it_led_and_come_back() -> None:
    async with playing(tale(("wait", "stay"))) as game:
        await game.press("m", "left")
        await game.sees("1. Hall visited 1 time")
        await game.press("u")
        await game.sees("Enter takes it")
        await game.press("up", "right")
        await game.sees("2. Yard visited 1 time")
        await game.press("left")
        await game.sees("1. Hall visited 1 time", "Enter goes back to this decision.")
        await game.press("right", "down", "right")
        await game.sees(
            "Sad poor ending, reached 1 time", "Show the path that led here last"
        )


async def test_past_the_last_option_the_cursor_goes_to_the_place_below() -> None:
    async with playing(tale(("wait", "stay"))) as game:
        await game.press("m", "end", "pageup")
        await game.sees("Sad poor ending")
        await game.press("down", "down")
        await game.sees("An ending that you have not found yet.")


async def test_an_ending_opens_the_run_that_reached_it_last() -> None:
    async with playing(tale(("wait", "stay"), ("leave",))) as game:
        await game.press("m", "end", "pageup", "2")
        await game.screen_is("DebriefScreen")
        assert game.app.screen.player.playthrough == "run2"  # type: ignore[attr-defined]
        await game.press("m")
        await game.screen_is("MapScreen")
        await game.press("q", "q")
        await game.screen_is("MapScreen")


async def test_the_endings_stand_side_by_side_and_enter_goes_to_one_on_the_map() -> (
    None
):
    async with playing(tale(("wait", "stay"))) as game:
        await game.press("m", "e")
        await game.sees(
            "1 of 2 endings found", "it goes badly, reached 1 time", "╱ ╱ ╱ ╱"
        )
        await game.sees("1 ending not found yet")
        await game.press("enter")
        await game.sees("Sad poor ending, reached 1 time")


async def test_a_closer_look_shows_titles_and_the_whole_shows_where_it_is() -> None:
    steps = [
        scene(f"s{n}", choice("on", f"s{n + 1}"), choice("off", "end"))
        for n in range(12)
    ]
    last = scene("s12", choice("on", "end"))
    long = story(*steps, last, endings={"end": "good"})
    told = fakes.game(long, settings=QUIET)
    play(told, *["on"] * 13)
    async with playing(told) as game:
        await game.press("m")
        await draws(game, "═▌■∩══■═", "● End")
        await game.press("z")
        await draws(game, "▌■∩ S11")
        await game.press("z")
        await draws(game, "═▌■∩══■═", "● End")


async def test_picking_a_tried_option_on_the_map_replays_from_there_and_says_what_stays() -> (
    None
):
    told = tale(("wait", "stay"))
    async with playing(told) as game:
        await game.press("m", "2")
        await game.screen_is("PlayScreen")
        assert game.play.player.shared == 1
        await game.sees("Decision 1 stays as before (b shows them). The last: Wait.")
        await game.press("b")
        await game.sees("wait happens.")
        await game.press("b", "1", "q")
        await game.screen_is("MapScreen")
        await game.sees("Options tried: 3 of 8.")
    assert len(told.history()) == 2


async def test_enter_on_an_untried_option_of_the_map_takes_that_option() -> None:
    told = tale(("wait", "stay"))
    async with playing(told) as game:
        await game.press("m", "left", "up")
        await game.sees("Tell Omar first.", "Enter takes it")
        await game.press("enter")
        await game.screen_is("PlayScreen")
        await game.sees("Tell Omar first.", "tell happens.")
        assert game.play.player.state.scene == "room"
        await game.sees("q Map", "m Map")
    assert [run.branched_at for run in told.history()] == [0, 0]


async def test_the_key_to_follow_says_why_an_untried_option_leads_nowhere_yet() -> None:
    async with playing(tale(("wait", "stay"))) as game:
        await game.press("m")
        await game.screen_is("MapScreen")
        await game.press("u", "right")
        await game.sees("You have not tried it yet. Enter takes it.")
        await game.press("enter")
        await game.screen_is("PlayScreen")
    async with playing(tale(("wait",))) as game:
        await game.press("m")
        await game.screen_is("MapScreen")
        await game.press("u", "right")
        await game.sees("You have not tried it yet. Every decision opens")


async def test_a_paused_run_simply_goes_on_from_the_map_also_in_a_first_run() -> None:
    told = tale(("wait",))
    async with playing(told) as game:
        await game.press("m", "left")
        await game.sees("opens for replay once you have reached an ending")
        await game.press("enter")
        await game.sees("you can look back, but not choose again")
        await game.press("right", "1")
        await game.screen_is("PlayScreen")
        assert game.play.player.playthrough == "run1"


async def test_everything_shows_once_every_ending_was_found() -> None:
    async with playing(tale(("wait", "stay"), ("tell", "sit")), (120, 40)) as game:
        await game.press("m", "home")
        await game.sees("2 of 2 endings found", "Hall", "Yard", "Room", "Leave it.")
        assert "not seen yet" not in game.text


async def test_one_click_goes_to_a_place_and_another_takes_its_option() -> None:
    async with playing(tale(("wait", "stay"))) as game:
        await game.press("m")
        await game.sees("2. Yard visited")
        row = next(place for place, told in enumerate(game.rows) if "∩ Hall" in told)
        await game.pilot.click(offset=(game.rows[row].index("Hall"), row))
        await game.sees("1. Hall visited")
        row = next(place for place, told in enumerate(game.rows) if "Tell Omar" in told)
        await game.pilot.click(offset=(20, row))
        await game.screen_is("PlayScreen")


async def test_a_story_that_was_never_played_has_an_empty_map() -> None:
    async with playing(tale()) as game:
        await game.press("m")
        await game.sees("You have not played this story yet, so its map is empty.")
        await game.press(
            "enter", "down", "right", "left", "u", "z", "space", "end", "q", "h"
        )
        await game.sees("Nothing has been played yet.")
        await game.press("enter", "c", "p", "d", "x", "o", "f", "down", "q")
        await game.screen_is("HomeScreen")


@pytest.mark.parametrize("rechoose", ["off", "on"])
async def test_in_a_first_run_looking_back_replays_only_where_the_settings_say_so(
    rechoose: str,
) -> None:
    told = tale(settings=replace(QUIET, rechoose=rechoose))
    async with playing(told, start="tale") as game:
        await game.press("2", "enter", "enter", "b")
        await game.screen_is("LookBackPanel")
        await game.press("p")
        if rechoose == "off":
            await game.screen_is("LookBackPanel")
            assert "p Replay" not in game.text
            return
        await game.screen_is("DecisionDialog")
        await game.press("1")
        await game.screen_is("PlayScreen")
        await game.sees("Decision 1 of about 2")
        await game.press("q")
        await game.screen_is("HomeScreen")


async def test_one_what_if_at_a_time_and_then_what_it_changed() -> None:
    told = tale()
    async with playing(
        told, (100, 28), resume=play(told, "wait", "back", "sit")
    ) as game:
        await game.press("1")
        await game.screen_is("DebriefScreen")
        await game.sees("Next")
        await game.pilot.click(offset=(game.rows[1].index("What if"), 1))
        await game.sees("What if you had chosen", "Take it")
        first = game.text
        await game.press("2")
        await game.until(lambda: game.text != first)
        named = re.search("had chosen “(.+?)”", game.text)
        assert named
        await game.press("1")
        await game.screen_is("PlayScreen")
        await game.sees(named[1], "happens.")
        assert game.play.player.steps()[-1].consequence.choice_text.startswith(named[1])
        while game.play.state.phase != "ending":
            await game.press("enter")
        await game.sees("Look back")
        await game.press("1")
        await game.screen_is("DebriefScreen")
        await game.press("right")
        await game.sees("What that changed", "Before, it was")
        await game.press("1")
        await game.screen_is("CompareScreen")


async def test_a_replay_from_the_debrief_leads_back_to_it_and_its_own_takes_that_place() -> (
    None
):
    told = tale()
    async with playing(
        told, (100, 28), resume=play(told, "wait", "back", "sit")
    ) as game:
        await game.press("1")
        await game.screen_is("DebriefScreen")
        await game.press("right", "1")
        await game.screen_is("PlayScreen")
        await game.sees("q Debrief", "m Map")
        await game.press("q")
        await game.screen_is("DebriefScreen")
        await game.press("1")
        await game.screen_is("PlayScreen")
        while game.play.state.phase != "ending":
            await game.press("enter")
        await game.press("1")
        await game.sees("Changed")
        await game.press("escape")
        await game.screen_is("HomeScreen")


PAGED = story(
    scene(
        "hall",
        choice("in", "stairs", text="Go in."),
        choice("out", "sad", text="Go out."),
    ),
    scene("stairs", goto=(Branch("landing"),)),
    scene("landing", goto=(Branch("room"),)),
    scene("room", choice("sit", "end"), choice("run", "sad")),
    endings={"end": "good", "sad": "poor"},
)


async def test_in_a_replay_options_say_what_they_led_to_and_one_key_skips_what_was_read() -> (
    None
):
    told = fakes.game(PAGED, settings=QUIET)
    play(told, "in", "sit")
    async with playing(told, start="tale") as game:
        await game.sees("Go in. Taken before. It led to “Stairs”. 2 Go out.")
        await game.press("1")
        await game.sees("in happens.", "x Skip")
        await game.press("x")
        await game.sees("This is room.", "Taken before. It led to “End”.")
        assert "x Skip" not in game.text
        await game.press("2")
        await game.sees("run happens.")
        await game.press("x")
        await game.sees("run happens.")


async def test_in_a_replay_one_key_goes_on_as_before_to_what_differs() -> None:
    told = fakes.game(SAME_AGAIN, settings=QUIET)
    play(told, "wait", "knock", "sit")
    async with playing(told) as game:
        await game.press("h", "p", "1")
        await game.screen_is("PlayScreen")
        await game.press("1")
        await game.sees("ask happens.")
        assert "d Repeat" not in game.text
        await game.press("enter", "enter")
        await game.sees("This is walk.", "d Repeat")
        await game.press("d")
        await game.sees("This is room.", "As on the path before: 1 decision, 1 page.")
        assert "d Repeat" not in game.text


async def test_a_first_run_remembers_nothing_not_even_one_that_was_left() -> None:
    told = fakes.game(PAGED, settings=QUIET)
    play(told, "in")
    async with playing(told, start="tale") as game:
        await game.sees("Go in.")
        assert "Taken before" not in game.text
        await game.press("1")
        await game.sees("in happens.")
        assert "x Skip" not in game.text


async def test_a_question_waits_on_home_and_its_answer_is_kept() -> None:
    told = tale(("leave",), settings=Settings(welcomed="yes"))
    async with playing(told) as game:
        await game.sees("A short question on guideline 1", "press t")
        await game.press("t")
        await game.sees("A friend asks for your badge.", "Skip it")
        await game.press("2")
        await game.sees("Your answer. Yes. On balance: sound.")
        await game.press("3")
        await game.screen_is("HomeScreen")
        assert "short question" not in game.text
    assert told.open("run1").debrief().transfer == {"badge": 1}


async def test_a_question_can_be_passed_over_and_turned_off() -> None:
    told = tale(("leave",), settings=Settings(welcomed="yes"))
    async with playing(told) as game:
        await game.sees("A short question")
        await game.press("t")
        await game.sees("Skip it")
        await game.press("3")
        await game.screen_is("HomeScreen")
    assert told.store.setting("transfer.asked")
    async with playing(tale(("leave",))) as game:
        await game.sees("A Tale")
        await game.press("t")
        await game.screen_is("HomeScreen")


def reworded(choice: Choice) -> Choice:
    return replace(choice, text="Wait for him.")


@pytest.mark.parametrize(("key", "edition"), [("1", TALE.edition), ("2", "second")])
async def test_a_run_of_an_edited_story_goes_on_with_either_text(
    key: str, edition: str
) -> None:
    told = tale(("wait",))
    shelf(told).edit(with_choice(TALE, "hall", "wait", reworded))
    async with playing(told) as game:
        await game.sees("at decision 2")
        await game.press("1")
        await game.sees(
            "The story was edited since this run. 1 of 1 decision still holds."
        )
        await game.sees("wording changed", "the edition you began", "Bring it over")
        await game.press(key)
        await game.screen_is("PlayScreen")
        assert game.play.player.story.edition == edition
        assert game.play.player.state.scene == "yard"


async def test_where_an_edited_story_stops_a_run_one_can_start_there() -> None:
    told = tale(("wait", "back", "sit"))
    gone = with_scene(
        TALE, "yard", lambda s: replace(s, choices={"stay": s.choices["stay"]})
    )
    shelf(told).edit(gone)
    async with playing(told, (80, 30)) as game:
        await game.press("h", "p", "3")
        await game.sees(
            "It stops at decision 2", "is no longer there.", "Start at decision 2"
        )
        await game.press("2")
        await game.screen_is("PlayScreen")
        assert game.play.player.story.edition == "second"
        assert game.play.player.state.scene == "yard"


async def test_an_edit_opens_no_back_door_to_choosing_again_in_a_first_run() -> None:
    told = tale(("wait",))
    shelf(told).edit(with_choice(TALE, "hall", "wait", reworded))
    async with playing(told) as game:
        await game.press("m")
        await game.sees("1 run of an earlier edition, in history")
        await game.press("q", "h")
        await game.screen_is("HistoryScreen")
        await game.press("p")
        await game.sees("you can look back, but not choose again")
        await game.screen_is("HistoryScreen")
    assert len(told.history()) == 1


async def test_a_run_of_a_story_that_is_gone_can_still_be_read_and_mapped() -> None:
    told = tale(("wait", "stay"))
    shelf(told).remove("tale")
    async with playing(told) as game:
        await game.press("h", "enter")
        await game.screen_is("DebriefScreen")
        await game.press("q", "m")
        await game.sees("1 of 2 endings found")


STATES = {
    "history": ("h",),
    "map": ("m",),
    "compare": ("h", "c", "down", "c"),
    "decisions": ("h", "p"),
}


@pytest.mark.parametrize("state", STATES)
async def test_no_size_kills_any_of_it(state: str) -> None:
    async with playing(tale(*THREE)) as game:
        await game.press(*STATES[state])
        await game.until(lambda: type(game.app.screen).__name__ != "HomeScreen")
        shown = type(game.app.screen).__name__
        for width, height in WALK:
            await game.resize(width, height)
        await game.press("down", "end", "up", "home")
        assert type(game.app.screen).__name__ == shown
        assert game.app.failure is None


async def test_hostile_text_stays_text_everywhere(tmp_path: Path) -> None:
    bad = spoiled(STORY, "".join(TOKENS))
    told = game_of(tmp_path, bad, settings=QUIET)
    for choices in (("sign", "tell", "facts"), ("wait", "shout", "praise")):
        player = told.start(bad.id)
        for taken in choices:
            player.choose(taken)
    async with playing(told, (100, 30)) as game:
        for keys in (("h", "c", "down", "c"), ("end", "q", "p"), ("q", "d"), ("q", "q", "m"),
                     ("down", "u", "end", "enter")):  # fmt: skip
            await game.press(*keys)
            assert not UNSAFE.search("".join(game.rows))
            assert game.app.is_running
        assert game.app.failure is None


async def test_signs_have_a_plain_stand_in() -> None:
    async with playing(
        tale(("wait", "stay"), settings=replace(QUIET, symbols="ascii"))
    ) as game:
        await game.press("m")
        await game.sees("n not tried yet", "o not found")
        await draws(game, "#n Hall=", "> Sad", "=@ Sad")
        assert isinstance(game.app.screen, MapScreen)
        assert all(
            ord(char) < 128 or char in "“”…"
            for row in game.rows[4:-1]
            for char in row[:77]
        )


async def test_another_run_to_compare_with_is_chosen_from_the_debrief() -> None:
    told = tale(("leave",), ("tell", "sit"), ("tell", "ask"))
    async with playing(told, (100, 28)) as game:
        await game.press("h", "enter")
        await game.screen_is("DebriefScreen")
        await game.sees("Next")
        await game.pilot.click(offset=(game.rows[1].index("Next"), 1))
        await game.sees("Compare with another run")
        number = next(r.key for r in game.app.screen.items.rows if r.id == "beside")  # type: ignore[attr-defined]
        await game.press(number)
        await game.sees("Which run do you want to compare with?", "2 playthroughs")
        await game.press("enter")
        await game.screen_is("CompareScreen")
        await game.sees("They part at Room")
