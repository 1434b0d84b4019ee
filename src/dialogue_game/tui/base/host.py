"""The app as its screens see it; a screen that knew the whole app would close a circle."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.app import App

from dialogue_game.app.game import Game
from dialogue_game.app.records.background_sender import BackgroundSender

if TYPE_CHECKING:
    from dialogue_game.app.player import Player


class Host(App[int]):
    """Holds the game, and opens what screens ask for."""

    game: Game
    wears: str = "theme"
    """The setting that the colours follow: "theme", or "room" while a shared screen is open."""
    sender: BackgroundSender

    @abstractmethod
    def start_story(self, story: str, *, aside: bool = False, instead: bool = False) -> None:
        """Begin a story; `instead` of the screen that is open, or over it."""

    @abstractmethod
    def resume_playthrough(self, playthrough: str) -> None:
        """Go on with a playthrough, exactly where it was left."""

    @abstractmethod
    def open_debrief(self, player: Player) -> None:
        """Look back over a playthrough."""

    @abstractmethod
    def calm(self) -> None:
        """Nothing is urgent now: records may go on their way."""

    @abstractmethod
    def apply_settings(self) -> None:
        """Make what is set hold."""

    def wear(self, setting: str) -> None:
        """Let the colours follow this setting from now on: "theme" or "room"."""
        self.wears = setting
        self.apply_settings()

    @abstractmethod
    def tell(self, sentence: str) -> None:
        """One sentence, for a few seconds."""

    @abstractmethod
    def action_panel(self, name: str) -> None:
        """Pull a drawer out."""

    @abstractmethod
    def action_aid(self) -> None:
        """Open "Should I post this?" over whatever is open."""

    @abstractmethod
    def action_lead(self) -> None:
        """Prepare a session for a group."""
