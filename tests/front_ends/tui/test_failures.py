from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.tui.app import DialogueGameApp, run
from tests.front_ends.tui.driving import playing
from tests.front_ends.tui.everywhere import ROUTES, standing_on
from tests.front_ends.tui.fakes import STORY, RefusingStore, game_of


async def test_a_full_disk_offers_two_ways_and_moves_nothing(tmp_path: Path) -> None:
    store = RefusingStore()
    told = game_of(tmp_path, store=store)
    async with playing(told, start=STORY.id) as game:
        player = game.play.player
        store.refusing = True
        await game.press("2")
        await game.screen_is("FailureDialog")
        await game.sees(
            "There is no room left on the disk.", "Try again", "Go on without saving"
        )
        assert player.state.scene == "door"
        store.refusing = False
        await game.press("1")
        await game.screen_is("PlayScreen")
        await game.sees("So rewrite it is.")
        assert len(store.read(player.playthrough)) == 2


async def test_trying_again_in_vain_asks_again(tmp_path: Path) -> None:
    store = RefusingStore()
    async with playing(game_of(tmp_path, store=store), start=STORY.id) as game:
        store.refusing = True
        await game.press("2", "1")
        await game.until(lambda: len(store.refused) == 2)
        await game.screen_is("FailureDialog")


async def test_one_can_go_on_without_saving(tmp_path: Path) -> None:
    store = RefusingStore()
    told = game_of(tmp_path, store=store)
    async with playing(told, start=STORY.id) as game:
        store.refusing = True
        await game.press("2")
        await game.screen_is("FailureDialog")
        await game.press("2")
        await game.screen_is("PlayScreen")
        await game.sees("So rewrite it is.")
        assert not told.saving
        await game.press("enter", "enter", "1")
        await game.until(lambda: game.play.player.state.decisions == 2)


async def test_of_a_run_that_was_deleted_elsewhere_only_going_on_unsaved_is_offered(
    tmp_path: Path,
) -> None:
    told = game_of(tmp_path)
    async with playing(told, start=STORY.id) as game:
        await game.press("2", "enter", "enter")
        told.store.delete(game.play.player.playthrough)
        await game.press("1")
        await game.screen_is("FailureDialog")
        await game.sees("Go on without saving")
        assert "Try again" not in game.text
        await game.press("1")
        await game.until(lambda: game.play.player.state.decisions == 2)


async def test_leaving_the_question_open_stays_in_the_scene(tmp_path: Path) -> None:
    store = RefusingStore()
    async with playing(game_of(tmp_path, store=store), start=STORY.id) as game:
        store.refusing = True
        await game.press("2")
        await game.screen_is("FailureDialog")
        await game.press("q")
        await game.screen_is("PlayScreen")
        await game.sees("Decision 1 of 3")


async def test_a_closer_look_that_cannot_be_kept_asks_as_well(tmp_path: Path) -> None:
    store = RefusingStore()
    async with playing(game_of(tmp_path, store=store), start=STORY.id) as game:
        await game.press("1", "enter", "enter")
        await game.sees("Decision 2")
        store.refusing = True
        await game.press("l")
        await game.screen_is("FailureDialog")


@pytest.mark.parametrize("name", ROUTES)
async def test_ctrl_c_stops_on_every_screen_with_the_code_for_it(
    tmp_path: Path, name: str
) -> None:
    async with standing_on(name, tmp_path) as game:
        await game.press("ctrl+c")
        await game.until(lambda: game.app.return_value == 130)


async def test_ctrl_c_stops_in_the_palette_too(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("ctrl+p")
        await game.screen_is("CommandPalette")
        await game.press("a", "ctrl+c")
        await game.until(lambda: game.app.return_value == 130)


async def test_ctrl_c_copies_where_something_is_selected(tmp_path: Path) -> None:
    async with playing(tmp_path) as game:
        await game.press("r", "slash", "c", "o", "d", "shift+home", "ctrl+c")
        await game.until(lambda: game.app.clipboard == "cod")
        assert game.app.return_value is None
        await game.press("end", "ctrl+c")
        await game.until(lambda: game.app.return_value == 130)


async def test_a_fault_of_ours_reaches_the_caller_and_prints_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("ours")

    told = game_of(tmp_path)
    monkeypatch.setattr(DialogueGameApp, "start_story", broken)
    app = DialogueGameApp(told)

    async def press() -> None:
        async with app.run_test() as pilot:
            await pilot.press("1")
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await press()
    assert isinstance(app.failure, ZeroDivisionError)
    assert capsys.readouterr().err == ""


def test_run_raises_what_went_wrong_once_the_terminal_is_itself_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(app: DialogueGameApp) -> None:
        app.failure = ZeroDivisionError("ours")

    monkeypatch.setattr(DialogueGameApp, "run", failing)
    with pytest.raises(ZeroDivisionError):
        run(game_of(tmp_path))


@pytest.mark.parametrize("left", [None, 0])
def test_leaving_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int | None
) -> None:
    monkeypatch.setattr(DialogueGameApp, "run", lambda _: left)
    assert run(game_of(tmp_path)) == 0


def test_ctrl_c_reaches_the_command_line_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DialogueGameApp, "run", lambda _: 130)
    with pytest.raises(KeyboardInterrupt):
        run(game_of(tmp_path))
