"""Which drawer a name opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.tui.base.panel import Drawer

if TYPE_CHECKING:
    from dialogue_game.app.player import Player


def drawer(name: str, player: Player | None) -> Drawer:
    """A drawer by its name; each is imported when it is first pulled out."""
    if name == "guidelines":
        from dialogue_game.tui.course.guidelines_panel import GuidelinesDrawer

        return GuidelinesDrawer(player)
    if name == "references":
        from dialogue_game.tui.course.references_panel import ReferencesDrawer

        return ReferencesDrawer(player)
    if name == "road":
        from dialogue_game.tui.play.look_back_panel import RoadDrawer

        return RoadDrawer(player)
    if name == "about":
        from dialogue_game.tui.course.about_panel import AboutDrawer

        return AboutDrawer(player)
    if name == "settings":
        from dialogue_game.tui.home.settings_panel import SettingsDrawer

        return SettingsDrawer(player)
    from dialogue_game.tui.home.help_panel import HelpDrawer

    return HelpDrawer(player)
