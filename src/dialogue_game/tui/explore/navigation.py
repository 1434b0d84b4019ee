"""The ways to history, map and comparison from elsewhere.

Each is a task for `DialogueGameApp.attempt`, which says what goes wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogue_game.app.runs import StoryKey
    from dialogue_game.tui.app import DialogueGameApp


async def show_history(app: DialogueGameApp, compare_with: str = "") -> None:
    """All playthroughs; or those that can be compared with that run."""
    from dialogue_game.tui.explore.history_screen import HistoryScreen

    app.push_screen(HistoryScreen(compare_with))


async def show_map(app: DialogueGameApp, story: str | StoryKey, run: str = "") -> None:
    """The story as the player knows it, with the path of that run."""
    from dialogue_game.tui.explore.map_screen import MapScreen

    app.push_screen(MapScreen(story, run))


async def compare(app: DialogueGameApp, run: str, other: str | Path) -> None:
    """Two runs side by side; the second may be another person's file."""
    from dialogue_game.tui.explore.compare_screen import CompareScreen

    app.push_screen(CompareScreen(app.game.explore.compare(run, other)))
