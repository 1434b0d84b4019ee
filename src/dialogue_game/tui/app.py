"""The app: its themes, the ways from one feature to another, and how it is opened and ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from dialogue_game.app.game import Game
from dialogue_game.app.records.background_sender import BackgroundSender, Waiting
from dialogue_game.app.settings import keys_file
from dialogue_game.errors import DialogueGameError, SettingsInvalid
from dialogue_game.tui.base.base_app import BaseApp
from dialogue_game.tui.base.framed_screen import (
    HEIGHTS,
    WIDTHS,
    FramedScreen,
    MainScreen,
)
from dialogue_game.tui.explore.replay import resume
from dialogue_game.tui.home.home_screen import HomeScreen
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.themes import PALETTES, theme_name, themes

if TYPE_CHECKING:
    from dialogue_game.app.player import Player
    from dialogue_game.app.session.facilitation import Facilitation
    from dialogue_game.app.session.leader_view import Companion
    from dialogue_game.core.session.session_events import SessionStarted

SHOULD_I_POST: Final = "should_i_post"
DRAWN: Final = 0.5
"""Seconds after which a place that was just opened has been drawn for good."""


class RecordsCounted(Message):
    """The number of records that wait is known anew."""


class DialogueGameApp(BaseApp):
    """The game on screen. `start` is a story to begin, `resume` a run to go on with.

    With an `opening` there is no Home: the program ends when that screen is left. Screens push
    one another; only what leads from one feature to another passes through here.
    """

    CSS_PATH = "app.tcss"
    TITLE = "dialogue-game"
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012  Textual types it as no class variable
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012  the same
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q",
            "quit",
            "Quit",
            show=False,
            priority=True,
            id="app.quit",
            tooltip="Quit",
        ),
        # First of all: a line to type in and the palette would keep it to themselves.
        Binding(
            "ctrl+c",
            "interrupt",
            "Stop",
            show=False,
            priority=True,
            id="app.interrupt",
            tooltip="Quit",
        ),
    ]

    def __init__(
        self,
        game: Game,
        start: str | None = None,
        resume: str | None = None,
        opening: Callable[[], Screen[str]] | None = None,
        theme_setting: str = "theme",
        playing: Player | None = None,
    ) -> None:
        super().__init__()
        self.game, self.theme_setting = game, theme_setting
        self.sender = BackgroundSender(game, self._counted)
        self.facilitation: Facilitation | None = None
        """The session that was led last."""
        self._start, self._resume, self._opening = start, resume, opening
        self._playing = playing
        for theme in themes():
            self.register_theme(theme)
        load_own_look(self)
        self.begin_with_theme(self.theme_set)
        self.apply_settings()

    @property
    def theme_set(self) -> str:
        """The theme that is set for what is open."""
        name = theme_name(getattr(self.game.settings, self.theme_setting))
        return name if name in self.available_themes else theme_name("dark")

    def get_default_screen(self) -> Screen[object]:
        """Home; as a mode it would cost the first picture a second parsing of all styles."""
        return HomeScreen() if self._opening is None else Screen()  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Open what was asked for, over Home."""
        run, story, playing = self._resume, self._start, self._playing
        if self._opening is not None:
            self.push_screen(self._opening(), lambda _: self.exit(0))
        elif playing is not None:
            self.play(lambda: playing)
        elif run:
            self.attempt(resume(self, run), required=True)
        elif story:
            self.attempt(self._start_story(story), required=True)
        elif self.game.settings.welcomed == "no":
            from dialogue_game.tui.home.welcome_screen import WelcomeScreen

            self.push_screen(WelcomeScreen())

    def apply_settings(self) -> None:
        """Make what is set hold."""
        settings = self.game.settings
        if self.theme != self.theme_set:
            self.theme = self.theme_set
        self.animation_level = "none" if settings.motion == "none" else "basic"
        self.set_class(settings.symbols == "ascii", "-ascii")

    def use_theme_of(self, setting: str) -> None:
        """Let the colours follow this setting from now on: "theme" or "room"."""
        self.theme_setting = setting
        self.apply_settings()

    @property
    def is_playing(self) -> bool:
        """Whether what is in front is being played: a replay takes its place.

        A debrief is not: one comes back to it from a replay.
        """
        player = getattr(self.screen, "player", None)
        return player is not None and not player.ended

    def start_story(
        self, story: str, *, nested: bool = False, instead: bool = False
    ) -> None:
        """Begin a story; `instead` of the screen that is open, or over it."""
        self.attempt(self._start_story(story, nested=nested, instead=instead))

    async def _start_story(
        self, story: str, *, nested: bool = False, instead: bool = False
    ) -> None:
        self.play(lambda: self.game.start(story), nested=nested, instead=instead)

    def play(
        self,
        opened: Callable[[], Player],
        *,
        nested: bool = False,
        instead: bool = False,
        take: str = "",
    ) -> None:
        """Open a playthrough over the screen in front, or instead of it.

        With an option to `take` it opens with what came of that option.
        """
        from dialogue_game.tui.base.panel import with_retry
        from dialogue_game.tui.play.play_screen import PlayScreen

        saved = self.game.saving

        def go() -> None:
            player = opened()
            offered = {
                option.id for option in player.situation.options if option.available
            }
            if take in offered:
                player.choose(take)
            screen = PlayScreen(player, nested=nested, chosen=take in offered)
            if saved and not self.game.saving:
                self.say(self.game.trouble)
            if instead:
                self.switch_screen(screen)
            else:
                self.push_screen(screen)

        with_retry(self, go)

    def open_debrief(self, player: Player, *, instead: bool = False) -> None:
        """Look back over a playthrough; `instead` of the screen that is open, or over it.

        That of a replay takes the place of the debrief which it was begun from, too.
        """
        from dialogue_game.tui.debrief.debrief_screen import DebriefScreen

        screen = DebriefScreen(player)
        if instead:
            if len(self.screen_stack) > 1 and isinstance(
                self.screen_stack[-2], DebriefScreen
            ):
                self.pop_screen()
            self.switch_screen(screen)
            self.send_records_soon()
        else:
            self.push_screen(screen)

    def open_map(self, player: Player) -> None:
        """The story as the player knows it, with the path of this playthrough."""
        from dialogue_game.tui.explore.navigation import show_map

        self.attempt(show_map(self, self.game.key_of(player), player.playthrough))

    def send_records_soon(self) -> None:
        """Records go on their way when what was opened stands."""
        self.set_timer(DRAWN, self.sender.call)

    def _counted(self, _: Waiting) -> None:
        """Hears the sender, in its thread; the game may have been left since."""
        with suppress(RuntimeError):
            self.post_message(RecordsCounted())

    @on(RecordsCounted)
    def show_waiting(self) -> None:
        """Home says how many records wait."""
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.show_waiting()

    def action_panel(self, name: str) -> None:
        """Open a panel, where it opens; each is imported when it is first opened."""
        screen = self.screen
        if isinstance(screen, FramedScreen) and name in screen.PANELS:
            from dialogue_game.tui.command_palette import PANELS

            panel = PANELS[name]
            kind = getattr(import_module(panel.module), panel.kind)
            self.push_screen(kind(screen.player))

    def action_should_i_post(self) -> None:
        """Should I post this? In its own playthrough, over whatever is open."""
        entry = self.game.course.entry(SHOULD_I_POST)
        player = self.screen.player if isinstance(self.screen, MainScreen) else None
        if entry is None or entry.coming:
            self.say("This course has no “Should I post this?” yet.")
        elif player is None or player.story.id != SHOULD_I_POST:
            self.start_story(SHOULD_I_POST, nested=True)

    def action_prepare_session(self) -> None:
        """Prepare a session for a group."""
        from dialogue_game.tui.session.prepare_screen import PrepareScreen

        try:
            self.push_screen(PrepareScreen.of(self.game))
        except DialogueGameError as error:
            self.say(in_keys(error))

    def action_interrupt(self) -> None:
        """Ctrl-C: copy what is selected; stop where nothing is."""
        typed = getattr(self.focused, "selected_text", "")
        selected = typed or self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.exit(130)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        from dialogue_game.tui.command_palette import commands

        return commands(self, screen)


def load_own_look(app: DialogueGameApp) -> None:
    """A person's own colours and keys; Home says what is wrong with them, and does without."""
    game = app.game
    config, settings = game.folders.config, game.settings
    if keys_file(config).exists() or {settings.theme, settings.room} - set(PALETTES):
        from dialogue_game.tui.home.settings_panel import register_own_theme
        from dialogue_game.tui.keymap import own_keys

        wrong = [
            register_own_theme(app, name) for name in (settings.theme, settings.room)
        ]
        try:
            app.set_keymap(own_keys(config))
        except SettingsInvalid as error:
            wrong.append(in_keys(error))
        game.trouble = next(filter(None, wrong), game.trouble)


INTERRUPTED: Final = 130
SIGNALLED: Final = (129, 143)
"""SIGHUP and SIGTERM."""


def run(
    game: Game,
    story: str | None = None,
    resume: str | None = None,
    playing: Player | None = None,
) -> int:
    """Play until the player leaves; the exit code. A run that is `playing` is open already.

    Raises as `run_app` does.
    """
    return run_app(DialogueGameApp(game, story, resume, playing=playing))


def session_app(
    game: Game,
    facilitation: Facilitation | SessionStarted | None,
    phones: str | None = None,
    port: int = 0,
) -> DialogueGameApp:
    """The app that opens on the shared screen of a session, or where one is prepared.

    There, with `phones`, they are served at that address ("" for the likeliest) and port.
    """
    from dialogue_game.core.session.session_events import SessionStarted

    if facilitation is None or isinstance(facilitation, SessionStarted):
        from dialogue_game.app.session.agenda import plan
        from dialogue_game.tui.session.prepare_screen import PrepareScreen

        planned = facilitation or plan(game.course)
        return DialogueGameApp(
            game, opening=lambda: PrepareScreen(planned, phones, port)
        )
    from dialogue_game.tui.session.shared_screen import SharedScreen

    return DialogueGameApp(
        game, opening=lambda: SharedScreen(facilitation), theme_setting="room"
    )


def follow(game: Game, followed: Companion) -> int:
    """Follow a session on the leader's own screen; the exit code. Raises as `run_app` does."""
    from dialogue_game.tui.session.companion_screen import CompanionScreen

    return run_app(DialogueGameApp(game, opening=lambda: CompanionScreen(followed)))


def run_app(app: DialogueGameApp) -> int:
    """See it through to its end; the exit code.

    Raises KeyboardInterrupt after Ctrl-C, SystemExit after a signal, and what went wrong in the
    program itself, once the terminal is as it was; the command line turns each into a sentence.
    """
    if app.console.color_system == "standard":
        from dialogue_game.tui.themes import sixteen_colours

        for theme in sixteen_colours(os.environ.get("TERM", "")):
            app.register_theme(theme)
        app.begin_with_theme(app.theme_set)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    if code in SIGNALLED:
        raise SystemExit(code)
    return 0
