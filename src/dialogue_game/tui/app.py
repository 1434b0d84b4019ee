"""The app: its themes, its screens, and what can be opened from everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen

from dialogue_game.app.game import Game
from dialogue_game.app.records.background_sender import BackgroundSender, Waiting
from dialogue_game.core.text import safe
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.base.framed_screen import HEIGHTS, WIDTHS, FramedScreen
from dialogue_game.tui.base.host import Host
from dialogue_game.tui.base.main_screen import MainScreen
from dialogue_game.tui.base.wishes import Prepare, Wish
from dialogue_game.tui.home.home_screen import HomeScreen
from dialogue_game.tui.session.rooms import Rooms
from dialogue_game.tui.text.remedies import in_keys
from dialogue_game.tui.themes import theme_name, themes
from dialogue_game.tui.ways import Ways

if TYPE_CHECKING:
    from dialogue_game.app.player import Player

AID = "should_i_post"
CALM: Final = 0.5
"""Seconds after which a place that was just opened has been drawn for good."""


class RecordsCounted(Message):
    """The number of records that wait is known anew."""


class DialogueGameApp(Host):
    """The game on screen. `start` is a story to begin, `resume` a playthrough to go on with.

    With an `opening` there is no Home: the program ends when that screen is left.
    """

    CSS_PATH = "app.tcss"
    TITLE = "dialogue-game"
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012  Textual types it as no class variable
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012  the same
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", tooltip="Quit"),
        Binding(
            "ctrl+c",
            "interrupt",
            "Stop",
            show=False,
            priority=True,
            id="app.interrupt",
            tooltip="Quit",
        ),  # first of all: a line to type in and the palette would keep it to themselves
    ]

    def __init__(
        self,
        game: Game,
        start: str | None = None,
        resume: str | None = None,
        opening: Callable[[DialogueGameApp], Screen[str]] | None = None,
        wears: str = "theme",
    ) -> None:
        super().__init__()
        self.game, self.wears = game, wears
        self.failure: Exception | None = None
        self._start, self._resume, self._opening = start, resume, opening
        self.sender = BackgroundSender(game, self._counted)
        self.rooms = Rooms(self, game)
        self.ways = Ways(self, game, self._play, self.tell, self.rooms)
        for theme in themes():
            self.register_theme(theme)
        self._begin_with(self.worn)
        self.apply_settings()

    @property
    def worn(self) -> str:
        """The theme that is set for what is open."""
        return theme_name(getattr(self.game.settings, self.wears))

    def get_default_screen(self) -> Screen[object]:
        """Home; as a mode it would cost the first picture a second parsing of all styles."""
        return HomeScreen() if self._opening is None else Screen()  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Open what was asked for, over Home."""
        resume, start = self._resume, self._start
        if self._opening is not None:
            self.push_screen(self._opening(self), lambda _: self.exit(0))
        elif resume:
            self.ways.resume(resume, asked=True)
        elif start:
            self._play(lambda: self.game.start(start), asked=True)
        elif self.game.settings.welcomed == "no":
            from dialogue_game.tui.home.welcome_screen import WelcomeScreen

            self.push_screen(WelcomeScreen())

    async def on_event(self, event: events.Event) -> None:
        """What is pasted is text like any other: nothing in it may command the terminal."""
        if isinstance(event, events.Paste):
            event.text = safe(event.text)
        await super().on_event(event)

    def apply_settings(self) -> None:
        """Make what is set hold."""
        settings = self.game.settings
        if self.theme != self.worn:
            self.theme = self.worn
        self.animation_level = "none" if settings.motion == "none" else "basic"
        self.set_class(settings.symbols == "ascii", "-ascii")

    def start_story(self, story: str, *, aside: bool = False, instead: bool = False) -> None:
        """Begin a story; `instead` of the screen that is open, or over it."""
        self._play(lambda: self.game.start(story), aside=aside, instead=instead)

    def resume_playthrough(self, playthrough: str) -> None:
        """Go on with a playthrough, exactly where it was left."""
        self.ways.resume(playthrough)

    @on(Wish)
    def grant(self, wish: Wish) -> None:
        """Go where a screen wishes to."""
        self.ways.grant(wish)

    def open_debrief(self, player: Player) -> None:
        """Look back over a playthrough."""
        from dialogue_game.tui.debrief.debrief_screen import DebriefScreen

        self.switch_screen(DebriefScreen(player))
        self.calm()

    def calm(self) -> None:
        """Records go on their way when what was opened stands."""
        self.set_timer(CALM, self.sender.call)

    def _counted(self, _: Waiting) -> None:
        """Hears the courier, in its thread; the game may have been left since."""
        with suppress(RuntimeError):
            self.post_message(RecordsCounted())

    @on(RecordsCounted)
    def show_waiting(self) -> None:
        """Home says how many records wait."""
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.show_waiting()

    def action_panel(self, name: str) -> None:
        """Pull a drawer out, where it opens."""
        from dialogue_game.tui.panels import panel

        screen = self.screen
        if isinstance(screen, FramedScreen) and name in screen.PANELS:
            self.push_screen(panel(name, screen.player))

    def action_aid(self) -> None:
        """Should I post this? In its own playthrough, over whatever is open."""
        entry = self.game.course.entry(AID)
        player = self.screen.player if isinstance(self.screen, MainScreen) else None
        if entry is None or entry.coming:
            self.tell("This course has no “Should I post this?” yet.")
        elif player is None or player.story.id != AID:
            self.start_story(AID, aside=True)

    def action_lead(self) -> None:
        """Prepare a session for a group."""
        self.ways.grant(Prepare())

    def action_interrupt(self) -> None:
        """Ctrl-C: copy what is selected; stop where nothing is."""
        typed = getattr(self.focused, "selected_text", "")
        selected = typed or self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.exit(130)

    def tell(self, sentence: str) -> None:
        """One sentence, for a few seconds."""
        from dialogue_game.tui.text.prose import line

        self.notify(str(line(sentence)), markup=False, timeout=6)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        from dialogue_game.tui.palette import commands

        return commands(self, screen)

    def _play(
        self,
        opened: Callable[[], Player],
        *,
        aside: bool = False,
        instead: bool = False,
        asked: bool = False,
    ) -> None:
        """Open a playthrough; one that was asked for on the command line must be there."""
        from dialogue_game.tui.base.retry import with_retry
        from dialogue_game.tui.play.play_screen import PlayScreen

        saved = self.game.saving

        def go() -> None:
            screen = PlayScreen(opened(), aside=aside)
            if saved and not self.game.saving:
                self.tell(self.game.trouble)
            if instead:
                self.switch_screen(screen)
            else:
                self.push_screen(screen)

        try:
            with_retry(self, go)
        except DialogueGameError as error:
            if asked:
                self.failure = error
                self.exit()
            else:
                self.tell(in_keys(error))

    def _begin_with(self, theme: str) -> None:
        """Take the first theme quietly: setting it aloud parses every style a second time.

        NO_COLOR means none at all, where Textual would turn colours into greys.
        """
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        if self.no_color:
            self._filters = [NoColor() if isinstance(f, Monochrome) else f for f in self._filters]

    def _fatal_error(self) -> None:
        """Keep what went wrong for `run`, instead of printing it with everything in scope."""
        self.failure = self._exception
        self._close_messages_no_wait()
