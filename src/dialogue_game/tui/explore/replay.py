"""Playing runs on: where they were left, or from one of their decisions.

Each may ask and wait, so all are tasks for `DialogueGameApp.attempt`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogue_game.app.explore.carry_over import BroughtOver
    from dialogue_game.app.player import Player
    from dialogue_game.tui.app import DialogueGameApp


async def open_run(app: DialogueGameApp, run: str) -> None:
    """A playthrough: its debrief, or on from where it was left."""
    player = app.game.open(run)
    if player.ended:
        app.open_debrief(player)
    else:
        await resume(app, run)


async def resume(app: DialogueGameApp, run: str) -> None:
    """Go on with a run where it was left; where its story was edited, ask on which text."""
    await _play_an_edition(app, run, partial(app.game.open, run))


async def pick_decision(app: DialogueGameApp, run: str) -> None:
    """Ask which decision of a run is to be taken anew."""
    from dialogue_game.app.explore.rewind import refuse_unless_open
    from dialogue_game.tui.explore.replay_dialogs import DecisionDialog

    player = app.game.open(run)
    refuse_unless_open(app.game, app.game.key_of(player))
    steps = player.steps()
    if not steps:
        app.say("This run has no decision yet that could be taken anew.")
        return
    number = await app.push_screen_wait(DecisionDialog(player.story.title, steps))
    if number:
        await replay(app, run, int(number))


async def replay(app: DialogueGameApp, run: str, decision: int, take: str = "") -> None:
    """Stand before a decision (from 0), or after the option to `take` there.

    Where a paused run stands there already, go on with it.
    """
    from dialogue_game.app.explore.rewind import refuse_unless_open

    found = app.game.explore.find(run)
    if decision >= found.choices:
        await _play_an_edition(app, run, partial(app.game.open, run), take=take)
        return
    refuse_unless_open(app.game, found.key)
    await _play_an_edition(
        app, run, partial(app.game.rewind, run, decision), decision, take
    )


async def _play_an_edition(
    app: DialogueGameApp,
    run: str,
    begun: Callable[[], Player],
    decision: int | None = None,
    take: str = "",
) -> None:
    """Play on the edition the run was begun with, or on the newer one, as the person says."""
    from dialogue_game.tui.explore.replay_dialogs import BEGUN, NEW, EditionDialog

    newer = app.game.explore.edited(run)
    answer = BEGUN
    if newer is not None:
        answer = await app.push_screen_wait(EditionDialog(newer, decision)) or ""
    if answer == BEGUN:
        app.play(begun, instead=decision is not None and app.is_playing, take=take)
    elif answer == NEW and newer is not None:
        app.play(_carried(newer, decision).start, instead=app.is_playing, take=take)


def _carried(newer: BroughtOver, decision: int | None) -> BroughtOver:
    return newer if decision is None else replace(newer, events=newer.events[:decision])
