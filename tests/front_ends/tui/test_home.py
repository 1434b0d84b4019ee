from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Card, Game
from dialogue_game.app.records.sending import KEY, SECRET, RecordSending, configured
from dialogue_game.app.settings import RECORD_STORE, Settings
from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.tui.app import DRAWN
from dialogue_game.tui.home.home_rows import LEAD_GROUP
from dialogue_game.tui.home.home_screen import HomeScreen
from dialogue_game.tui.widgets.pick_list import PickList
from tests.delivery import lrs
from tests.front_ends.tui.driving import SIZES, Driver, playing
from tests.front_ends.tui.fakes import AID, STORY, game_of


def ended_and_paused(folder: Path) -> Game:
    """A game in which one run of the story came to its end, and another was left."""
    game = game_of(folder)
    player = game.start(STORY.id)
    for choice in ("sign", "tell", "facts"):
        player.choose(choice)
    game.start(STORY.id).choose("wait")
    return game


@pytest.mark.parametrize("size", SIZES)
async def test_home_shows_every_story_its_length_and_the_notice(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with playing(tmp_path, size) as game:
        page = await game.read_through()
        assert "The Reference Letter" in page
        assert "10 minutes" in page
        assert "not written yet" in page
        assert "nobody's rules are meant" in page


async def test_what_a_story_is_about_is_told_on_any_terminal(tmp_path: Path) -> None:
    async with playing(tmp_path, (80, 24)) as game:
        await game.sees("A former intern needs a letter tonight.")
        await game.resize(120, 40)
        await game.sees("A former intern needs a letter tonight.")


async def test_a_coming_story_cannot_be_started(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("3")
        assert isinstance(game.app.screen, HomeScreen)


async def test_progress_and_resume_are_filled_in_from_the_journal(
    tmp_path: Path,
) -> None:
    game = ended_and_paused(tmp_path)
    async with playing(game) as driver:
        await driver.sees("The Reference Letter ●○ → at decision 2")
        await driver.resize(120, 40)
        await driver.sees("1 of 2 endings found")


async def test_after_playing_home_says_where_one_stopped(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("1")
        await game.screen_is("PlayScreen")
        await game.press("1", "q")
        await game.screen_is("HomeScreen")
        await game.sees("at decision 2")


async def test_n_starts_a_paused_story_from_its_beginning(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    told.start(STORY.id).choose("wait")
    async with playing(told) as game:
        await game.sees("at decision 2")
        await game.press("n")
        await game.screen_is("PlayScreen")
        await game.sees("Decision 1 of")


async def test_nothing_moves_when_progress_has_been_read(tmp_path: Path) -> None:
    told = ended_and_paused(tmp_path)
    for size in SIZES:
        async with playing(told, size) as game:
            await game.sees("at decision 2")
            home = game.app.screen
            assert isinstance(home, HomeScreen)
            after = places(game.rows)
            home.show_cards(
                tuple(Card(entry, 0, "", 0, 0) for entry in told.course.stories)
            )
            await game.pilot.pause()
            assert "at decision 2" not in game.text
            assert places(game.rows) == after


def places(rows: list[str]) -> list[tuple[int, int, int]]:
    """Where the titles, the sentences and the actions stand, and where the endings begin."""
    found = (
        "The Reference Letter",
        "A former intern",
        "The Interview",
        "Lead a group",
        "Settings",
    )
    return [
        (number, row.find(text), max(row.find("●"), row.find("○")) - row.count("●"))
        for number, row in enumerate(rows)
        for text in found
        if text in row
    ]


async def test_the_cursor_starts_on_what_one_would_do_next(tmp_path: Path) -> None:
    told = open_game(keep=False, environment={"DIALOGUE_GAME_HOME": str(tmp_path)})
    told.settings = Settings(welcomed="yes")
    async with playing(told) as game:
        await game.until(lambda: at_cursor(game) == "how_to_play")
    first = told.start("sepideh")
    first.choose(
        next(option.id for option in first.situation.options if option.available)
    )
    told.start("omar")
    async with playing(told) as game:
        await game.until(lambda: at_cursor(game) == "sepideh")
        await game.press("down", "down", "down")
        await game.until(lambda: at_cursor(game) == LEAD_GROUP)
        await game.press("n", "m")
        assert isinstance(game.app.screen, HomeScreen)


async def test_the_cursor_stays_where_somebody_has_put_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("down", "h", "q")
        await game.screen_is("HomeScreen")
        await game.pilot.pause()
        assert at_cursor(game) == AID.id


def at_cursor(game: Driver) -> str:
    row = game.app.screen.query_one(PickList).current
    return row.id if row else ""


@pytest.mark.parametrize(
    ("steps", "name"),
    [(1, "PrepareScreen"), (2, "HistoryScreen"), (3, "SettingsPanel")],
)
async def test_what_is_not_a_story_has_a_row_of_its_own(
    tmp_path: Path, steps: int, name: str
) -> None:
    told = game_of(tmp_path)
    told.start(STORY.id).choose("wait")
    async with playing(told) as game:
        await game.sees("Lead a group", "History", "Settings", "Ctrl+P Search")
        await game.press(*("down",) * (2 + steps), "enter")
        await game.screen_is(name)


async def test_leaving_goes_back_to_where_one_came_from_and_the_bar_says_so(
    tmp_path: Path,
) -> None:
    told = game_of(tmp_path)
    told.start(STORY.id).choose("wait")
    async with playing(told) as game:
        await game.press("1")
        await game.screen_is("PlayScreen")
        await game.sees("q Home")
        await game.press("q", "h")
        await game.screen_is("HistoryScreen")
        await game.sees("q Home")
        await game.press("enter")
        await game.screen_is("PlayScreen")
        await game.sees("q History")
        await game.press("q")
        await game.screen_is("HistoryScreen")


async def test_trouble_is_one_quiet_sentence(tmp_path: Path) -> None:
    told = game_of(tmp_path)
    told.trouble = "Your journal was damaged. It is kept beside a fresh one."
    async with playing(told) as game:
        await game.sees("Your journal was damaged.")


async def test_a_journal_that_cannot_be_read_leaves_home_usable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: Game) -> None:
        raise JournalUnreadable("The journal cannot be read.")

    monkeypatch.setattr(Game, "cards", unreadable)
    async with playing(tmp_path) as game:
        await game.sees("The journal cannot be read.", "The Reference Letter")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("symbols", ["unicode", "ascii"])
async def test_the_first_page_is_a_title_picture_and_at_most_sixty_words(
    tmp_path: Path, size: tuple[int, int], symbols: str
) -> None:
    told = open_game(keep=False, environment={"DIALOGUE_GAME_HOME": str(tmp_path)})
    told.settings = Settings(symbols=symbols)
    async with playing(told, size) as game:
        await game.screen_is("WelcomeScreen")
        picture = [row for row in game.rows if "####" in row or "▀▀▀" in row]
        assert picture
        said = [word for word in game.text.split() if any(map(str.isalpha, word))]
        assert len(said) <= 60, said


async def test_one_key_begins_another_tells_how_it_works_and_the_page_does_not_come_again(
    tmp_path: Path,
) -> None:
    told = game_of(tmp_path, settings=Settings())
    async with playing(told) as game:
        await game.screen_is("WelcomeScreen")
        await game.press("2")
        await game.screen_is("AboutPanel")
        page = await game.read_through()
        assert "A wrong turn is useful here" in page
        assert "nobody's rules are meant" in page
        await game.press("q", "enter")
        await game.screen_is("HomeScreen")
    assert told.settings.welcomed == "yes"
    async with playing(told) as game:
        assert isinstance(game.app.screen, HomeScreen)


def test_homes_first_picture_needs_neither_pydantic_nor_yaml(tmp_path: Path) -> None:
    script = f"""
import asyncio, sys
from pathlib import Path
from tests.front_ends.tui.fakes import game_of
from dialogue_game.tui.app import DialogueGameApp
async def main():
    async with DialogueGameApp(game_of(Path({str(tmp_path)!r}))).run_test() as pilot:
        await pilot.pause()
asyncio.run(main())
print(sorted({{"pydantic", "yaml", "markdown_it", "pygments"}} & set(sys.modules)))
"""
    told = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "pydantic" not in told.stdout
    assert "yaml" not in told.stdout


async def test_records_that_wait_are_told_quietly_where_a_record_store_is_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = kept_in(tmp_path)
    told.start(STORY.id).choose("wait")
    async with playing(told) as game:
        await game.pilot.pause(2 * DRAWN)
        assert "waiting" not in game.text
    with lrs.running(lrs.Lrs()) as store:
        for name, value in (
            (RECORD_STORE, store.root),
            (KEY, lrs.KEY),
            (SECRET, lrs.SECRET),
        ):
            monkeypatch.setenv(name, value)
        async with playing(told, (60, 20)) as game:
            await game.sees("3 records waiting")
        assert store.asked == []
        RecordSending(told, configured(told.folders)).agree()
        async with playing(told) as game:
            await game.until(lambda: len(store.stored) == 3, "sending")
            await game.until(lambda: "waiting" not in game.text, "the number to go")
            assert game.app.sender.waiting.records == 0


async def test_records_go_on_their_way_when_an_ending_was_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = kept_in(tmp_path)
    with lrs.running(lrs.Lrs()) as store:
        for name, value in (
            (RECORD_STORE, store.root),
            (KEY, lrs.KEY),
            (SECRET, lrs.SECRET),
        ):
            monkeypatch.setenv(name, value)
        RecordSending(told, configured(told.folders)).agree()
        player = told.start(STORY.id)
        for choice in ("sign", "tell"):
            player.choose(choice)
        async with playing(told, resume=player.playthrough) as game:
            await game.press("1", "enter", "enter", "enter")
            await game.screen_is("DebriefScreen")
            await game.until(lambda: "completed" in verbs(store), "sending")


def verbs(store: lrs.Lrs) -> list[str]:
    return [statement["verb"]["display"]["en"] for statement in store.stored]


def kept_in(folder: Path) -> Game:
    """A game whose journal is a file."""
    told = game_of(folder)
    told.store = SqliteStore(told.folders.journal_file)
    return told
