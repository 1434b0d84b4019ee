"""Where a group's session begins, goes on and is left, on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from textual.screen import Screen

from dialogue_game.app.game import Game
from dialogue_game.tui.base.host import Host
from dialogue_game.tui.base.wishes import Lead, LeadOn, OpenOver, Prepare, Wish

if TYPE_CHECKING:
    from dialogue_game.app.session.facilitation import Facilitation


@dataclass(slots=True)
class Rooms:
    """Opens the pages of a session. `led` is the one that was led last, None before the first."""

    app: Host
    game: Game
    led: Facilitation | None = field(default=None, init=False)

    def grant(self, wish: Wish) -> None:
        """Do what a screen wishes for. Raises DialogueGameError."""
        match wish:
            case Prepare():
                self.app.push_screen(self.prepare())
            case Lead(planned=planned, over=over):
                from dialogue_game.app.session.facilitation import Facilitation

                game = self._unkept() if planned.rehearsal else self.game
                # After a rehearsal the real one is a key away, with all that was set for it.
                self._open(lambda: Facilitation.start(game, planned), over, stays=planned.rehearsal)
            case LeadOn(session=session, over=over):
                from dialogue_game.app.session.facilitation import Facilitation

                self._open(lambda: Facilitation.resume(self.game, session), over)
            case OpenOver(room=room, name=name):
                from dialogue_game.tui.session.dialogs import open_drawer

                open_drawer(self.app, room, name)

    def prepare(self) -> Screen[str]:
        """The page on which a session is prepared. Raises SessionInvalid where none can be."""
        from dialogue_game.app.session.plan import plan
        from dialogue_game.tui.session.prepare_screen import PrepareScreen

        return PrepareScreen(plan(self.game.course))

    def enter(self, leading: Facilitation) -> Screen[str]:
        """The shared screen of a session."""
        from dialogue_game.tui.session.shared_screen import SharedScreen

        self.led = leading
        return SharedScreen(leading)

    def _open(
        self, opened: Callable[[], Facilitation], over: Screen[str], *, stays: bool = False
    ) -> None:
        from dialogue_game.tui.base.retry import with_retry

        def left(_: str | None) -> None:
            if not stays:
                over.dismiss("")

        def go() -> None:
            self.app.push_screen(self.enter(opened()), left)

        with_retry(self.app, go)

    def _unkept(self) -> Game:
        """The same game for a rehearsal, on a store that keeps nothing."""
        from dialogue_game.app.bootstrap import memory_store

        return replace(self.game, store=memory_store(), saving=False)
