"""What to do when the journal refuses: say so in one sentence, and leave two ways on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dialogue_game.errors import JournalError

if TYPE_CHECKING:
    from dialogue_game.journal.store import Store
    from dialogue_game.tui.app import DialogueGameApp


def with_retry(
    app: DialogueGameApp,
    action: Callable[[], None],
    go_on_without_saving: Callable[[Store], None] | None = None,
) -> None:
    """Do what writes to the journal. If that fails, nothing has moved; ask, and do it again.

    What is under way says how it goes on with a store that keeps nothing.
    """
    try:
        action()
    except JournalError as error:
        app.attempt(_ask(app, error, action, go_on_without_saving))


async def _ask(
    app: DialogueGameApp,
    error: JournalError,
    action: Callable[[], None],
    go_on_without_saving: Callable[[Store], None] | None,
) -> None:
    from dialogue_game.app.bootstrap import memory_store
    from dialogue_game.tui.base.failure_dialog import UNSAVED, FailureDialog

    while answer := await app.push_screen_wait(FailureDialog(error)):
        if answer == UNSAVED:
            store = memory_store()
            app.game.stop_saving(store, error)
            if go_on_without_saving is not None:
                go_on_without_saving(store)
        try:
            action()
        except JournalError as again:
            error = again
        else:
            return
