"""What to do when the journal refuses: say so in one sentence, and leave two ways on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dialogue_game.errors import JournalError
from dialogue_game.journal.store import Store
from dialogue_game.tui.base.host import Host


class Kept(Protocol):
    """What is under way and kept: a playthrough, or a session."""

    def go_on_without_saving(self, store: Store) -> None:
        """Go on with a store that keeps nothing."""


def with_retry(app: Host, action: Callable[[], None], kept: Kept | None = None) -> None:
    """Do what writes to the journal. If that fails, nothing has moved; ask, and do it again."""
    try:
        action()
    except JournalError as error:
        _ask(app, error, action, kept)


def _ask(app: Host, error: JournalError, action: Callable[[], None], kept: Kept | None) -> None:
    from dialogue_game.tui.base.failure_dialog import UNSAVED, FailureDialog

    def settled(answer: str | None) -> None:
        if answer == UNSAVED:
            _stop_saving(app, error, kept)
        if answer:
            with_retry(app, action, kept)

    app.push_screen(FailureDialog(error), settled)


def _stop_saving(app: Host, error: JournalError, kept: Kept | None) -> None:
    from dialogue_game.app.bootstrap import memory_store

    store = memory_store()
    if kept is not None:
        kept.go_on_without_saving(store)
    app.game.stop_saving(store, error)
