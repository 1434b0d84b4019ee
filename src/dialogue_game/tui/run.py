"""Open the game on screen and see it through to its end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from dialogue_game.app.game import Game

if TYPE_CHECKING:
    from dialogue_game.app.player import Player
    from dialogue_game.app.session.facilitation import Facilitation
    from dialogue_game.app.session.leader_view import Companion
    from dialogue_game.core.session.session_events import SessionStarted
    from dialogue_game.tui.app import DialogueGameApp

INTERRUPTED: Final = 130
SIGNALLED: Final = (129, 143)
"""SIGHUP and SIGTERM."""


def run(
    game: Game,
    story: str | None = None,
    resume: str | None = None,
    playing: Player | None = None,
) -> int:
    """Play until the player leaves; the exit code. A run that is `playing` is open already.

    Raises KeyboardInterrupt after Ctrl-C, SystemExit after a signal, and what went wrong in the
    program itself, once the terminal is as it was; the command line turns each into a sentence.
    """
    from dialogue_game.tui.app import DialogueGameApp

    return _run(DialogueGameApp(game, story, resume, playing=playing))


def lead(
    game: Game,
    leading: Facilitation | SessionStarted | None,
    phones: str | None = None,
    port: int = 0,
) -> Facilitation | None:
    """Lead a session on the shared screen; one that is only planned is prepared there first.

    Gives the session that was led, if one was. Raises as `run` does.
    """
    app = leading_app(game, leading, phones, port)
    _run(app)
    return app.led


def leading_app(
    game: Game,
    leading: Facilitation | SessionStarted | None,
    phones: str | None = None,
    port: int = 0,
) -> DialogueGameApp:
    """The app that opens on the shared screen of a session, or where one is prepared.

    There, with `phones`, they are served at that address ("" for the likeliest) and port.
    """
    from dialogue_game.core.session.session_events import SessionStarted
    from dialogue_game.tui.app import DialogueGameApp

    if leading is None or isinstance(leading, SessionStarted):
        from dialogue_game.app.session.agenda import plan
        from dialogue_game.tui.session.prepare_screen import PrepareScreen

        planned = leading or plan(game.course)
        return DialogueGameApp(
            game, opening=lambda: PrepareScreen(planned, phones, port)
        )
    from dialogue_game.tui.session.shared_screen import SharedScreen

    return DialogueGameApp(
        game, opening=lambda: SharedScreen(leading), theme_setting="room"
    )


def follow(game: Game, followed: Companion) -> int:
    """Follow a session on the leader's own screen; the exit code. Raises as `run` does."""
    from dialogue_game.tui.app import DialogueGameApp
    from dialogue_game.tui.session.companion_screen import CompanionScreen

    return _run(DialogueGameApp(game, opening=lambda: CompanionScreen(followed)))


def _run(app: DialogueGameApp) -> int:
    if app.console.color_system == "standard":
        from dialogue_game.tui.themes import sixteen_colours

        for theme in sixteen_colours(os.environ.get("TERM", "")):
            app.register_theme(theme)
        app.begin_with_theme(app.theme_set)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    if code in SIGNALLED:
        raise SystemExit(code)
    return 0
