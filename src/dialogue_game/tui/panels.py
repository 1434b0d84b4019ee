"""Which drawer a name opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.tui.base.panel import Panel

if TYPE_CHECKING:
    from dialogue_game.app.player import Player


def panel(name: str, player: Player | None) -> Panel:
    """A drawer by its name; each is imported when it is first pulled out."""
    if name == "guidelines":
        from dialogue_game.tui.course.guidelines_panel import GuidelinesPanel

        return GuidelinesPanel(player)
    if name == "references":
        from dialogue_game.tui.course.references_panel import ReferencesPanel

        return ReferencesPanel(player)
    if name == "road":
        from dialogue_game.tui.play.look_back_panel import LookBackPanel

        return LookBackPanel(player)
    if name == "about":
        from dialogue_game.tui.course.about_panel import AboutPanel

        return AboutPanel(player)
    if name == "settings":
        from dialogue_game.tui.home.settings_panel import SettingsPanel

        return SettingsPanel(player)
    from dialogue_game.tui.home.help_panel import HelpPanel

    return HelpPanel(player)
