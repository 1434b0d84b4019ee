"""Driving the game on screen as a person does: real keys, and reading what stands there."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from dialogue_game.app.game import Game
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.leader_view import Companion
from dialogue_game.tui.app import DialogueGameApp, session_app
from dialogue_game.tui.play.play_screen import PlayScreen
from dialogue_game.tui.play.play_state import Phase
from dialogue_game.tui.session.companion_screen import CompanionScreen
from dialogue_game.tui.session.prepare_screen import PrepareScreen
from dialogue_game.tui.session.shared_screen import SharedScreen
from dialogue_game.tui.widgets.split_view import ReadingPane
from tests.front_ends.tui.fakes import game_of

SIZES = ((60, 20), (80, 24), (100, 28), (120, 40), (200, 60))
ROUNDS = 4
"""How often a key press is passed on: from the app to a list, to its screen, to its widgets."""
PATIENCE = 8.0
"""Seconds to wait for what must become true; a loaded machine takes its time."""
CHARACTERS = {"space": " ", "plus": "+", "number_sign": "#", "question_mark": "?"}
_DRAWN = re.compile("[│▌▎▏▁▂▃▄▅▆▇█╭╮╰╯─•◆◇▸▾■□▼|]")


class Driver:
    """One running game."""

    def __init__(self, app: DialogueGameApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot
        self.at_once = False

    @property
    def play(self) -> PlayScreen:
        screen = self.app.screen
        assert isinstance(screen, PlayScreen), screen
        return screen

    @property
    def room(self) -> SharedScreen:
        screen = self.app.screen
        assert isinstance(screen, SharedScreen), screen
        return screen

    async def paste(self, text: str) -> None:
        """Paste, as a terminal does it."""
        pasted = events.Paste(text)
        pasted.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(pasted)
        for _ in range(ROUNDS):
            await self.pilot._wait_for_screen()

    @property
    def rows(self) -> list[str]:
        """The lines of the screen, as they are painted."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """Everything on screen, without frames, in one line."""
        return words("\n".join(self.rows))

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the last one has been dealt with.

        `Pilot.press` waits for the process to be idle, which takes 70 ms and, on a loaded
        machine, a second. Here every widget is only asked to empty its queue.
        """
        for key in keys:
            if key in "123456789" or key == "enter":
                await self.read_the_scene(first=key == "enter")
            pressed = events.Key(
                key, CHARACTERS.get(key, key if len(key) == 1 else None)
            )
            pressed.set_sender(self.app)
            assert self.app._driver is not None
            self.app._driver.send_message(pressed)
            for _ in range(ROUNDS):
                await self.pilot._wait_for_screen()
                await asyncio.sleep(0)  # what a worker opens

    async def read_the_scene(self, *, first: bool = False) -> None:
        """Read a decision's scene to its end, as one must before anything is chosen in it.

        With `first` the first option is looked at then, so that Enter takes it. Tests of the rule
        itself press keys with `press_at_once`.
        """
        screen = self.app.screen
        if self.at_once or not isinstance(screen, PlayScreen) or not screen.choosing:
            return
        end = time.monotonic() + PATIENCE
        while not screen.has_read and time.monotonic() < end:
            screen.reading.scroll_end(animate=False, immediate=True)
            await self.pilot._wait_for_screen()
            await asyncio.sleep(0)
        if first and screen.options.cursor < 0:
            screen.options.cursor = 0

    async def press_at_once(self, *keys: str) -> None:
        """Press keys without reading anything first."""
        self.at_once = True
        try:
            await self.press(*keys)
        finally:
            self.at_once = False

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait for what must become true."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(what + "\n" + "\n".join(self.rows))
            await asyncio.sleep(0.01)

    async def sees(self, *texts: str) -> None:
        """Wait until all these texts stand on screen."""
        for text in map(words, texts):
            await self.until(
                lambda text=text: text in self.text,  # type: ignore[misc]
                f"waiting for {text!r}",
            )

    async def reads(self, *texts: str) -> None:
        """Wait until all these texts can be read, wherever one has to scroll for them."""
        end = time.monotonic() + PATIENCE
        page = ""
        for text in map(words, texts):
            while text not in page:
                assert time.monotonic() < end, f"{text!r} is not in: {page}"
                page = await self.read_through()

    async def screen_is(self, name: str) -> None:
        """Wait until a screen of that class is the one in front."""
        await self.until(
            lambda: type(self.app.screen).__name__ == name, f"waiting for {name}"
        )

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.app.screen.size == (width, height), "resizing")

    async def read_through(self) -> str:
        """All there is to read, from its top to its end, page by page with the keys for that."""
        await self.pilot.pause()
        reading = self.app.screen.query(ReadingPane).first()
        lines: dict[int, str] = {}
        while True:
            region = reading.content_region
            for row in range(region.y, region.bottom):
                lines[row - region.y + round(reading.scroll_y)] = self.rows[row]
            if reading.scroll_y >= reading.max_scroll_y:
                break
            before = reading.scroll_y
            await self.press("space")
            await self.until(
                lambda before=before: reading.scroll_y > before,  # type: ignore[misc]
                "scrolling",
            )
            await self.pilot.pause()  # what is painted follows
        for _ in range(len(lines)):
            if reading.scroll_y > 0:
                await self.press("pageup")
        assert reading.scroll_y == 0
        return words("\n".join(lines[number] for number in sorted(lines)))


def words(text: str) -> str:
    """The words alone: no frames, no line ends."""
    return " ".join(_DRAWN.sub(" ", text).split())


@asynccontextmanager
async def playing(
    where: Path | Game,
    size: tuple[int, int] = (80, 24),
    start: str | None = None,
    resume: str | None = None,
    *,
    past_title: bool = True,
) -> AsyncIterator[Driver]:
    """The game, running; a story that is begun stands at its first scene, past its title card."""
    game = where if isinstance(where, Game) else game_of(where)
    app = DialogueGameApp(game, start, resume)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await pilot.pause()
        if start or resume:
            await driver.screen_is("PlayScreen")
            await driver.until(lambda: driver.play.options.rows, "the options")
            if past_title and driver.play.state.phase is Phase.TITLE:
                await driver.press("enter")
        yield driver


@asynccontextmanager
async def opened(
    app: DialogueGameApp, name: str, size: tuple[int, int]
) -> AsyncIterator[Driver]:
    """An app that opens with the screen of that name."""
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await pilot.pause()
        await driver.screen_is(name)
        yield driver


def leading(
    game: Game, session: Facilitation, size: tuple[int, int] = (80, 24)
) -> AbstractAsyncContextManager[Driver]:
    """The shared screen of a session."""
    app = session_app(game, session)
    return opened(app, SharedScreen.__name__, size)


def following(
    game: Game, session: str, size: tuple[int, int] = (80, 24)
) -> AbstractAsyncContextManager[Driver]:
    """The companion of a session."""
    app = DialogueGameApp(
        game, opening=lambda: CompanionScreen(Companion(game, session))
    )
    return opened(app, CompanionScreen.__name__, size)


def preparing(
    game: Game, size: tuple[int, int] = (80, 24)
) -> AbstractAsyncContextManager[Driver]:
    """The page on which a session is prepared."""
    app = session_app(game, None)
    return opened(app, PrepareScreen.__name__, size)
