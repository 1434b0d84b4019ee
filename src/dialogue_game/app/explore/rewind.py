"""Back to any decision: a new playthrough that shares what came before, the old one kept."""

from __future__ import annotations

from dialogue_game.app.player import Player, shared_prefix, summary
from dialogue_game.app.runs import Desk
from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound, NotOpenYet, Remedy


def may_rechoose(desk: Desk, story: str) -> bool:
    """Whether decisions of a story are open to be taken anew.

    They are once an ending of it was reached in any run, or where the settings say so.
    """
    if desk.settings.rechoose == "on":
        return True
    return any(run.finished and run.story == story for run in desk.history())


def rewind(desk: Desk, playthrough: str, decision: int) -> Player:
    """A new playthrough that stands before a decision (from 0) of another one.

    It is on the edition that the other was played on; both are kept. Raises NotFound where there
    is no such playthrough or decision, NotOpenYet, and JournalError.
    """
    player = desk.open(playthrough)
    made = player.state.decisions
    if not 0 <= decision < made:
        raise NotFound(
            f"“{playthrough}” has no decision {decision + 1}.", f"It has {_counted(made)}."
        )
    refuse_unless_open(desk, player.story.id)
    start = player.events[0]
    seed = start.seed if isinstance(start, PlaythroughStarted) else 0
    shared = shared_prefix(player.events, decision)
    return branch(desk, player.story, shared, playthrough, seed)


def refuse_unless_open(desk: Desk, story: str) -> None:
    """Raise NotOpenYet where decisions of this story may only be looked back on."""
    if not may_rechoose(desk, story):
        raise NotOpenYet(
            "In a first run you can look back, but not choose again.",
            Remedy.ALLOW_RECHOOSING,
        )


def branch(
    desk: Desk, story: Story, shared: tuple[PlayEvent, ...], left: str, seed: int = 0
) -> Player:
    """A new playthrough of this edition that begins with copies of these decisions."""
    made = sum(isinstance(event, ChoiceMade) for event in shared)
    events = (*engine.begin(story, left, made, seed), *shared)
    if desk.store.edition(story.edition) is None:
        desk.store.keep_edition(story.edition, desk.encode_edition(story))
    playthrough, now = desk.new_id(), desk.clock()
    state = engine.replay(story, events)
    line = summary(story, events, state, now)
    desk.store.create(playthrough, "playthrough", events, now, line)
    return Player(story, playthrough, events, desk.store, desk.clock)


def _counted(made: int) -> str:
    if not made:
        return "none yet"
    return "one decision, number 1" if made == 1 else f"decisions 1 to {made}"
