"""Pictures on screen: shown where they can be, and never needed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from textual.geometry import Size

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Settings
from dialogue_game.core.story import Branch, Choice, Exhibit, Picture, Scene, Story
from dialogue_game.tui.exhibits.pictures import (
    Graphics,
    PictureRole,
    PictureSource,
    graphics_for,
    picture_file,
    rows_at_most,
)
from dialogue_game.tui.home.home_rows import COVER
from dialogue_game.tui.home.home_screen import HomeScreen
from tests.front_ends.tui.driving import Driver, playing
from tests.front_ends.tui.fakes import STORY, game_of, text

ALT = "Colleagues dance under paper lamps."
COVER_ALT = "A hall at night, and rain."
BLOCK = "▀"
ROOMY = (100, 40)


def photo(file: str, name: str = "photo") -> Exhibit:
    return Exhibit(name, "photo", {"file": file, "caption": "The farewell"}, alt=ALT)


def story_of(*exhibits: Exhibit, cover: str = "") -> Story:
    """Two scenes that lead to each other; only the first has exhibits."""
    go = {"go": Choice("go", "Go.", text("You go."), (Branch("plain"),), tonal=True)}
    back = {
        "back": Choice(
            "back", "Back.", text("You turn."), (Branch("seen"),), tonal=True
        ),
        "end": Choice("end", "End.", text("It ends."), (Branch("good"),), tonal=True),
    }
    scenes = {
        "seen": Scene("seen", "The photo", text("What do you see?"), go, exhibits),
        "plain": Scene("plain", "No photo", text("Nothing to see."), back),
    }
    drawn = Picture(cover, COVER_ALT) if cover else None
    return replace(STORY, scenes=scenes, start="seen", questions={}, cover=drawn)


def game_with(folder: Path, story: Story, **settings: str) -> Game:
    """A game whose pictures are dance.png, tall.png and a damaged one."""
    Image.new("RGB", (640, 320), (200, 60, 60)).save(folder / "dance.png")
    Image.new("RGB", (200, 400), (60, 60, 200)).save(folder / "tall.png")
    whole = (folder / "dance.png").read_bytes()
    (folder / "damaged.png").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").write_bytes(b"")
    (folder / "words.png").write_text("not a picture at all")
    game = game_of(folder, story, settings=Settings(welcomed="yes", **settings))
    game.assets = folder
    return game


def drawn_rows(game: Driver) -> int:
    return sum(row.count(BLOCK) > 5 for row in game.rows)


async def test_a_photo_is_drawn_with_its_alt_text_and_caption_beneath(
    tmp_path: Path,
) -> None:
    told = game_with(tmp_path, story_of(photo("dance.png")))
    async with playing(told, ROOMY, start=STORY.id) as game:
        await game.until(lambda: drawn_rows(game), "the picture")
        await game.sees(ALT, "The farewell", "What do you see?")
        rows = game.rows
        last = max(n for n, row in enumerate(rows) if BLOCK in row)
        assert last < next(n for n, row in enumerate(rows) if ALT in row)


async def test_a_picture_keeps_its_proportions(tmp_path: Path) -> None:
    exhibits = photo("dance.png"), photo("tall.png", "tall")
    told = game_with(tmp_path, story_of(*exhibits))
    async with playing(told, (100, 60), start=STORY.id) as game:
        await game.until(lambda: drawn_rows(game) > 20, "both pictures")
        widths = sorted({row.count(BLOCK) for row in game.rows} - {0})
        rows = rows_at_most(Size(100, 60), PictureRole.AMONG)
        assert widths == [rows, rows * 4]


@pytest.mark.parametrize("setting", [{"pictures": "off"}, {"symbols": "ascii"}])
async def test_pictures_can_be_switched_off_and_their_text_stays(
    tmp_path: Path, setting: dict[str, str]
) -> None:
    told = game_with(
        tmp_path, story_of(photo("dance.png"), cover="dance.png"), **setting
    )
    async with playing(told, ROOMY, start=STORY.id) as game:
        await game.sees(ALT, "The farewell")
        assert drawn_rows(game) == 0


@pytest.mark.parametrize(
    "file",
    [
        "gone.png",
        "damaged.png",
        "empty.png",
        "words.png",
        "../dance.png",
        "/etc/passwd",
    ],
)
async def test_a_picture_that_cannot_be_shown_is_told(
    tmp_path: Path, file: str
) -> None:
    told = game_with(tmp_path, story_of(photo(file), cover=file))
    async with playing(told, ROOMY, start=STORY.id) as game:
        await game.sees(ALT, "The farewell", "What do you see?")
        assert drawn_rows(game) == 0


@pytest.mark.parametrize(
    "size", [(50, 30), (60, 16), (40, 12), (20, 6), (4, 3), (1, 1)]
)
async def test_a_tiny_terminal_shows_no_picture_and_lives(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    told = game_with(tmp_path, story_of(photo("dance.png"), cover="dance.png"))
    async with playing(told, ROOMY, start=STORY.id) as game:
        await game.until(lambda: drawn_rows(game), "the picture")
        await game.resize(*size)
        await game.until(lambda: drawn_rows(game) == 0, "the picture to go")
        await game.resize(*ROOMY)
        await game.until(lambda: drawn_rows(game), "the picture to come back")


async def test_at_80_by_24_the_picture_leaves_room_for_all_options(
    tmp_path: Path,
) -> None:
    told = game_with(tmp_path, story_of(photo("dance.png")))
    async with playing(told, (80, 24), start=STORY.id) as game:
        await game.until(lambda: drawn_rows(game), "the picture")
        await game.sees("Go.")
        assert drawn_rows(game) == 10
        assert ALT in await game.read_through()


async def test_a_story_opens_with_its_cover_where_there_is_room(tmp_path: Path) -> None:
    told = game_with(tmp_path, story_of(cover="dance.png"))
    (tmp_path / "letter.txt").write_text("╭──╮\n│♥♥│\n╰──╯\n\n<3", encoding="utf-8")
    async with playing(told, ROOMY, start=STORY.id, past_title=False) as game:
        await game.until(lambda: drawn_rows(game), "the cover")
        await game.sees(f"Picture: {COVER_ALT}", STORY.title, "Begin")
        await game.resize(80, 24)
        await game.until(lambda: drawn_rows(game) == 0, "the cover to go")
        assert COVER_ALT not in game.text
        await game.sees("♥♥")
        await game.press("enter")
        await game.sees("What do you see?")
        assert "♥♥" not in game.text


async def test_a_hundred_scenes_take_the_widgets_and_the_memory_of_one(
    tmp_path: Path,
) -> None:
    from dialogue_game.tui.exhibits import pictures as graphics

    told = game_with(tmp_path, story_of(photo("dance.png"), photo("tall.png", "tall")))
    graphics._opened.cache_clear()
    async with playing(told, ROOMY, start=STORY.id) as game:
        await game.until(lambda: drawn_rows(game), "the picture")
        before = len(game.app.screen.walk_children(with_self=False))
        for _ in range(50):
            for choice in ("go", "back"):
                game.play.state.choose(choice)
                game.play.show_state()
                game.play.state.go_on()
                game.play.show_state()
        await game.until(lambda: drawn_rows(game), "the picture, again")
        assert len(game.app.screen.walk_children(with_self=False)) == before
    assert graphics._opened.cache_info().misses == 2


def test_a_picture_is_found_only_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "assets"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (folder / "in.png").write_bytes(b"x")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    assert picture_file(folder, "in.png") == (folder / "in.png").resolve()
    for name in (
        "../secret.png",
        "link.png",
        str(tmp_path / "secret.png"),
        "..\\in.png",
        "C:in",
        "",
    ):
        assert picture_file(folder, name) is None
    assert picture_file(folder, "a\0b") is None
    assert picture_file(None, "in.png") is None


@pytest.mark.parametrize(
    ("environment", "colours", "graphics"),
    [
        ({"TERM": "xterm-kitty"}, "truecolor", Graphics.KITTY),
        ({"TERM": "xterm-ghostty"}, "truecolor", Graphics.KITTY),
        ({"TERM": "foot"}, "truecolor", Graphics.SIXEL),
        (
            {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"},
            "truecolor",
            Graphics.SIXEL,
        ),
        (
            {"TERM": "xterm-256color", "WT_SESSION": "a-guid"},
            "truecolor",
            Graphics.SIXEL,
        ),
        (
            {"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"},
            "truecolor",
            Graphics.SIXEL,
        ),
        ({"TERM": "xterm-256color"}, "256", Graphics.BLOCKS),
        ({"TERM": "xterm-kitty", "TMUX": "socket,1,0"}, "truecolor", Graphics.BLOCKS),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, "truecolor", Graphics.BLOCKS),
        ({"TERM": "linux"}, "standard", Graphics.NONE),
        ({"TERM": "vt100"}, None, Graphics.NONE),
    ],
)
def test_the_terminal_is_known_by_what_it_says_of_itself(
    environment: dict[str, str], colours: str | None, graphics: Graphics
) -> None:
    assert graphics_for(Settings(), environment, colours, at_terminal=True) is graphics


def test_half_blocks_alone_can_be_asked_for_and_are_used_where_there_is_no_terminal() -> (
    None
):
    kitty = {"TERM": "xterm-kitty"}
    blocks = Settings(pictures="blocks")
    assert graphics_for(blocks, kitty, "truecolor", at_terminal=True) is Graphics.BLOCKS
    assert graphics_for(Settings(), kitty, None, at_terminal=False) is Graphics.BLOCKS


def test_no_picture_takes_more_than_its_share() -> None:
    assert rows_at_most(Size(80, 24), PictureRole.ALONE) <= 12
    assert rows_at_most(Size(400, 200), PictureRole.ALONE) == 18
    assert (
        rows_at_most(Size(59, 40), PictureRole.ALONE)
        == rows_at_most(Size(60, 17), PictureRole.ALONE)
        == 0
    )


def test_home_imports_nothing_that_draws_and_drawing_asks_the_terminal_nothing() -> (
    None
):
    program = """
import os, pty, select, sys
child, terminal = pty.fork()
if child == 0:
    import dialogue_game.tui.app
    early = [name for name in ("PIL", "textual_image") if name in sys.modules]
    from dialogue_game.tui.exhibits.pictures import canvas
    from dialogue_game.tui.exhibits.pictures import Graphics
    drawn = type(canvas(Graphics.KITTY)).__name__
    os.write(1, f"{early} {drawn} {sys.__stdout__.isatty()}".encode())
    os._exit(0)
said = b""
while select.select([terminal], [], [], 30)[0]:
    try:
        said += os.read(terminal, 1000)
    except OSError:
        break
print(repr(said))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == repr(b"[] HalfcellImage True")


class SharpPictures(PictureSource):
    """Pictures of a terminal that draws them itself; half-blocks stand in, to have a look."""

    @property
    def sharp(self) -> bool:
        return True


async def test_home_shows_covers_in_full_where_the_terminal_draws_pictures(
    tmp_path: Path,
) -> None:
    told = game_with(tmp_path, story_of(photo("dance.png"), cover="dance.png"))
    (tmp_path / f"{STORY.id}.txt").write_text("┌──┐\n└──┘\n\n+--+\n+--+\n")
    async with playing(told, (120, 44)) as game:
        home = game.app.screen
        assert isinstance(home, HomeScreen)
        await game.sees("┌──┐")
        home.pictures = SharpPictures(tmp_path, lambda: Graphics.BLOCKS)
        home.read_progress()
        await game.until(lambda: drawn_rows(game) == COVER.height, "the cover")
        assert "┌──┐" not in game.text
        await game.press("1", "q")
        await game.until(lambda: drawn_rows(game) == COVER.height, "the cover again")
        await game.resize(80, 24)
        await game.sees("┌──┐")
        assert drawn_rows(game) == 0
