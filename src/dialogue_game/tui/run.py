"""Open the game on screen and see it through to its end."""

from __future__ import annotations

from dialogue_game.app.game import Game


def run(game: Game, story: str | None = None, resume: str | None = None) -> int:
    """Play until the player leaves; the exit code.

    Raises KeyboardInterrupt after Ctrl-C, and what went wrong in the program itself, once the
    terminal is as it was; the command line turns both into a sentence.
    """
    from dialogue_game.tui.app import DialogueGameApp

    app = DialogueGameApp(game, story, resume)
    left = app.run()
    if app.failure is not None:
        raise app.failure
    if left == INTERRUPTED:
        raise KeyboardInterrupt
    return 0


INTERRUPTED = 130
