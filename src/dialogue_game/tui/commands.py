"""What the command palette offers, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from dialogue_game.errors import SettingsInvalid

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp

THEMES = {"dark": "Dark", "light": "Light", "contrast": "High contrast"}


def commands(app: DialogueGameApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """Every command, whatever is open."""
    for name, title, told in (
        ("guidelines", "Guidelines", "All of them, as the source prints them"),
        ("references", "References", "Every provision and office the course cites"),
        ("road", "Look back", "Everything read and chosen so far"),
        ("about", "About this course", "Why, how to prepare, what to read first, whom to ask"),
        ("settings", "Settings", "Colours, coaching, motion, signs"),
        ("help", "Help", "Every key, and what the signs mean"),
    ):
        yield SystemCommand(title, told, partial(app.action_drawer, name))
    yield SystemCommand("Should I post this?", "For a post of your own", app.action_aid)
    for setting, title in THEMES.items():
        told = "Change the colours, now and from now on"
        yield SystemCommand(f"Colours: {title}", told, partial(_set_theme, app, setting))
    yield SystemCommand("Quit", "Everything is kept", app.action_quit)


def _set_theme(app: DialogueGameApp, theme: str) -> None:
    try:
        app.game.set("theme", theme)
    except SettingsInvalid as error:
        app.tell(str(error))
    app.apply_settings()
