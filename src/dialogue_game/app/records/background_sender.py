"""Records on their way while somebody plays: counted and sent in a thread, at calm moments.

A front end calls it when nothing is urgent: Home is shown, an ending was reached. Where no
record store is set up it does nothing, and the network is only loaded in its thread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from dialogue_game.app.game import Game
from dialogue_game.app.settings import is_set_up
from dialogue_game.core.text import counted

if TYPE_CHECKING:
    from dialogue_game.app.records.sending import RecordSending


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records wait, and whether the player agreed to sending them."""

    records: int = 0
    agreed: bool = False

    @property
    def label(self) -> str:
        """In few words, for a corner of a screen; empty where nothing waits."""
        if not self.records:
            return ""
        return f"{counted(self.records, 'record')} waiting"

    @property
    def sentence(self) -> str:
        """With what to do about it; empty where nothing waits."""
        if not self.records:
            return ""
        onward = (
            "to be sent."
            if self.agreed
            else "until you agree to sending: dialogue-game send"
        )
        return f"{self.label} {onward}"


NOTHING: Final = Waiting()


def _delivery(game: Game) -> RecordSending:
    """Sending as it is set up now; imported here, in its thread."""
    from dialogue_game.app.records.sending import RecordSending, configured

    return RecordSending(game, configured(game.folders))


@dataclass(slots=True)
class BackgroundSender:
    """Carries one game's records; at most one thread at a time, which dies with the program.

    `on_count` is called in that thread whenever the number that waits is counted; `delivery` makes
    what sends.
    """

    game: Game
    on_count: Callable[[Waiting], None] = lambda _: None
    delivery: Callable[[Game], RecordSending] = _delivery
    waiting: Waiting = NOTHING
    _busy: Lock = field(default_factory=Lock, init=False, repr=False)
    _counted: Event = field(default_factory=Event, init=False, repr=False)

    def call(self) -> bool:
        """Count what waits, and send it where that was agreed to and is due; whether it begins.

        It does not where no record store is set up, nothing is kept, or the last call still runs.
        """
        if not (self.game.saving and is_set_up(self.game.folders)):
            self.waiting = NOTHING
            self._counted.set()
            return False
        if not self._busy.acquire(blocking=False):
            return False
        self._counted.clear()
        # A game of its own: should play go on without saving, this one stays with the journal.
        Thread(
            target=self._run, args=(replace(self.game),), name="records", daemon=True
        ).start()
        return True

    def known(self, patience: float) -> Waiting:
        """What waits, as far as it is counted within so many seconds."""
        self._counted.wait(patience)
        return self.waiting

    def _run(self, game: Game) -> None:
        try:
            # Whatever goes wrong, it waits: nothing of it may come between a player and a story,
            # and `dialogue-game send` does the same aloud, with a log of what was our fault.
            with suppress(Exception):
                delivery = self.delivery(game)
                self._count(delivery)
                if delivery.due:
                    delivery.send()
                    self._count(delivery)
        finally:
            self._busy.release()
            self._counted.set()

    def _count(self, delivery: RecordSending) -> None:
        self.waiting = Waiting(delivery.waiting(), delivery.agreed)
        self._counted.set()
        self.on_count(self.waiting)
