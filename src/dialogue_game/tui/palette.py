"""What the command palette offers, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from textual.app import SystemCommand
from textual.screen import Screen

from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.base.framed_screen import FramedScreen
from dialogue_game.tui.base.host import Host
from dialogue_game.tui.base.main_screen import MainScreen
from dialogue_game.tui.base.wishes import PickDecision, ShowHistory, ShowMap
from dialogue_game.tui.text.remedies import in_keys

THEMES = {"dark": "Dark", "light": "Light", "contrast": "High contrast"}


PANELS: Final = (
    ("guidelines", "Guidelines", "All of them, as the source prints them"),
    ("references", "References", "Every provision and office the course cites"),
    ("road", "Look back", "Everything read and chosen so far"),
    ("about", "About this course", "Why, how to prepare, what to read first, whom to ask"),
    ("settings", "Settings", "Colours, coaching, motion, signs"),
    ("help", "Help", "Every key, and what the signs mean"),
)


def commands(app: Host, screen: Screen[object]) -> Iterator[SystemCommand]:
    """Every command that does something on this screen."""
    if isinstance(screen, FramedScreen):
        for name, title, told in PANELS:
            if name in screen.PANELS:
                yield SystemCommand(title, told, partial(app.action_panel, name))
    if isinstance(screen, MainScreen):
        yield from _roads(app, screen)
        yield SystemCommand("Lead a group", "Prepare a session around one screen", app.action_lead)
        yield SystemCommand("Should I post this?", "For a post of your own", app.action_aid)
    for setting, title in THEMES.items():
        told = "Change the colours, now and from now on"
        yield SystemCommand(f"Colours: {title}", told, partial(_set_theme, app, setting))
    yield SystemCommand("Quit", "Everything is kept", app.action_quit)


def _roads(app: Host, screen: MainScreen) -> Iterator[SystemCommand]:
    """Other roads; of the playthrough that is open, where one is."""
    post = app.post_message
    yield SystemCommand("History", "All your playthroughs", lambda: post(ShowHistory()))
    player = screen.player
    if player is None:
        return
    run, story = player.playthrough, player.story.id
    yield SystemCommand("Map", "This story as you know it", lambda: post(ShowMap(story)))
    told = "Take a decision of this playthrough anew"
    yield SystemCommand("Replay a decision", told, lambda: post(PickDecision(run)))
    told = "This playthrough beside another one"
    yield SystemCommand("Compare", told, lambda: post(ShowHistory(run)))


def _set_theme(app: Host, theme: str) -> None:
    try:
        app.game.set(app.wears, theme)
    except SettingsInvalid as error:
        app.tell(in_keys(error))
    app.apply_settings()
