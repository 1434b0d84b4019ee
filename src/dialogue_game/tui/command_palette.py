"""What the command palette offers, in our words; the panels among it, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.app import SystemCommand
from textual.screen import Screen

from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.base.framed_screen import FramedScreen, MainScreen
from dialogue_game.tui.explore.navigation import show_history, show_map
from dialogue_game.tui.explore.replay import pick_decision
from dialogue_game.tui.text.remedy_keys import in_keys

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp

Task = Coroutine[Any, Any, None]
THEMES = {"dark": "Dark", "light": "Light", "contrast": "High contrast"}


class PanelEntry(NamedTuple):
    """A panel: where its class is, and what the palette says of it."""

    module: str
    kind: str
    title: str
    about: str


PANELS: Final[Mapping[str, PanelEntry]] = {
    "guidelines": PanelEntry(
        "dialogue_game.tui.base.info_panels",
        "GuidelinesPanel",
        "Guidelines",
        "All of them, as the source prints them",
    ),
    "references": PanelEntry(
        "dialogue_game.tui.base.info_panels",
        "ReferencesPanel",
        "References",
        "Every provision and office the course cites",
    ),
    "look_back": PanelEntry(
        "dialogue_game.tui.play.look_back_panel",
        "LookBackPanel",
        "Look back",
        "Everything read and chosen so far",
    ),
    "about": PanelEntry(
        "dialogue_game.tui.base.info_panels",
        "AboutPanel",
        "About this course",
        "Why, how to prepare, what to read first, whom to ask",
    ),
    "settings": PanelEntry(
        "dialogue_game.tui.home.settings_panel",
        "SettingsPanel",
        "Settings",
        "Colours, coaching, motion, signs",
    ),
    "help": PanelEntry(
        "dialogue_game.tui.base.info_panels",
        "HelpPanel",
        "Help",
        "Every key, and what the signs mean",
    ),
}
"""By the name that keys and commands call them by; each is imported when it is first opened."""


def commands(app: DialogueGameApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """Every command that does something on this screen."""
    if isinstance(screen, FramedScreen):
        for name, panel in PANELS.items():
            if name in screen.PANELS:
                opens = partial(app.action_panel, name)
                yield SystemCommand(panel.title, panel.about, opens)
    if isinstance(screen, MainScreen):
        yield from _exploring(app, screen)
        about = "Prepare a session around one screen"
        yield SystemCommand("Lead a group", about, app.action_prepare_session)
        about = "For a post of your own"
        yield SystemCommand("Should I post this?", about, app.action_should_i_post)
    for setting, title in THEMES.items():
        about = "Change the colours, now and from now on"
        yield SystemCommand(
            f"Colours: {title}", about, partial(_set_theme, app, setting)
        )
    keeps = "Everything is kept" if app.game.saving else "Nothing is being saved"
    yield SystemCommand("Quit", keeps, app.action_quit)


def _exploring(app: DialogueGameApp, screen: MainScreen) -> Iterator[SystemCommand]:
    """Other runs; of the playthrough that is open, where one is."""

    def command(title: str, about: str, task: Callable[[], Task]) -> SystemCommand:
        return SystemCommand(title, about, lambda: app.attempt(task()))

    yield command("History", "All your playthroughs", lambda: show_history(app))
    player = screen.player
    if player is None:
        return
    run, story = player.playthrough, player.story.id
    yield command("Map", "This story as you know it", lambda: show_map(app, story, run))
    about = "Take a decision of this playthrough anew"
    yield command("Replay a decision", about, lambda: pick_decision(app, run))
    about = "This playthrough beside another one"
    yield command("Compare", about, lambda: show_history(app, run))


def _set_theme(app: DialogueGameApp, theme: str) -> None:
    try:
        app.game.set(app.theme_setting, theme)
    except SettingsInvalid as error:
        app.say(in_keys(error))
    app.apply_settings()
