"""The screens that are places: everything else is a key away from each of them."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from dialogue_game.tui.base.framed_screen import FramedScreen

GUIDELINES: Final = Binding(
    "g",
    "app.panel('guidelines')",
    "Guidelines",
    id="panel.guidelines",
    tooltip="The guidelines, as the source prints them",
)


REFERENCES: Final = Binding(
    "r",
    "app.panel('references')",
    "References",
    id="panel.references",
    tooltip="Every provision and office the course cites",
)


BACK: Final = Binding(
    "q,escape",
    "leave",
    "Back",
    key_display="q",
    id="leave",
    tooltip="Back to where you were",
)
"""For a main screen that one opens from another."""


class MainScreen(FramedScreen):
    """Home, Play and the debrief: from here panels open, and one leaves."""

    PANELS = ("guidelines", "references", "look_back", "about", "settings", "help")

    BINDINGS: ClassVar[list[BindingType]] = [
        GUIDELINES,
        REFERENCES,
        Binding(
            "s",
            "app.should_i_post",
            "Should I post this?",
            id="aid",
            tooltip="Think through a post of your own, then come back",
        ),
        Binding(
            "i",
            "app.panel('about')",
            "About",
            show=False,
            id="panel.about",
            tooltip="What this course is about, how to prepare, whom to ask",
        ),
        Binding(
            "comma",
            "app.panel('settings')",
            "Settings",
            id="settings",
            tooltip="Settings",
        ),
        Binding(
            "question_mark",
            "app.panel('help')",
            "Help",
            id="help",
            tooltip="Every key, and what the signs mean",
        ),
        Binding(
            "f1",
            "app.panel('help')",
            "Help",
            key_display="F1",
            id="help",
            tooltip="The same, where one writes",
        ),
        Binding("q", "leave", "Home", id="leave", tooltip="Leave this"),
    ]

    @property
    def comes_from(self) -> str:
        """What the screen beneath is called, to which one leaves; "" where it has no name."""
        stack = self.app.screen_stack
        beneath = stack[: stack.index(self)] if self in stack else stack
        return str(getattr(beneath[-1], "PLACE", "")) if beneath else ""

    def action_map(self) -> None:
        """The story that is open as the player knows it, with this run's path."""
        if self.player is not None:
            self.app.open_map(self.player)

    def action_leave(self) -> None:
        """Back to what was before."""
        self.app.pop_screen()
