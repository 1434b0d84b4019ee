"""When the journal refuses: one sentence, and two ways on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dialogue_game.errors import JournalError
from dialogue_game.tui.base.panel import ChoiceDialog
from dialogue_game.tui.text.layout import Block, ListRow
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import line, muted

if TYPE_CHECKING:
    from dialogue_game.journal.store import Store
    from dialogue_game.tui.app import DialogueGameApp


RETRY = "retry"


UNSAVED = "unsaved"


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


class FailureDialog(ChoiceDialog):
    """Nothing has moved; the player says how to go on."""

    HEADING = "This could not be saved"

    def __init__(self, error: JournalError) -> None:
        super().__init__()
        self.error = error

    def asked(self) -> Iterable[Block]:
        """What happened."""
        yield Block(line(str(self.error)))
        yield Block(muted("You are still where you were."))

    def answers(self) -> list[ListRow]:
        """What can be done; trying again cannot help where what is under way is no longer ours."""
        ways = [(RETRY, "Try again", "")] if self.error.retry_helps else []
        ways.append((UNSAVED, "Go on without saving", "Until you quit the game."))
        return [
            action_row(way, text, str(number), note)
            for number, (way, text, note) in enumerate(ways, 1)
        ]
