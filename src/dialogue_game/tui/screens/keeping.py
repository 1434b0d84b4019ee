"""What to do when the journal refuses: say so in one sentence, and leave two ways on."""

from __future__ import annotations

from collections.abc import Callable

from dialogue_game.app.player import Player
from dialogue_game.errors import JournalError
from dialogue_game.tui.host import Host


def keep(app: Host, deed: Callable[[], None], player: Player | None = None) -> None:
    """Do what writes to the journal. If that fails, nothing has moved; ask, and do it again."""
    try:
        deed()
    except JournalError as error:
        _ask(app, error, deed, player)


def _ask(app: Host, error: JournalError, deed: Callable[[], None], player: Player | None) -> None:
    from dialogue_game.tui.screens.trouble import UNSAVED, TroubleScreen

    def settled(answer: str | None) -> None:
        if answer == UNSAVED:
            _stop_saving(app, error, player)
        if answer:
            keep(app, deed, player)

    app.push_screen(TroubleScreen(error), settled)


def _stop_saving(app: Host, error: JournalError, player: Player | None) -> None:
    from dialogue_game.app.bootstrap import memory_store

    store = memory_store()
    if player is not None:
        player.go_on_without_saving(store)
    app.game.stop_saving(store, error)
