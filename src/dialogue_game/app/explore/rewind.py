"""Back to any decision: a new playthrough that shares what came before, the old one kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player, shared_prefix
from dialogue_game.app.runs import StoryKey
from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound, NotOpenYet, Remedy

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


def may_rechoose(game: Game, story: str | StoryKey) -> bool:
    """Whether decisions of a story are open to be taken anew.

    They are once an ending of it was reached in any run, or where the settings say so.
    """
    if game.settings.rechoose == "on":
        return True
    key = game.key(story)
    return any(run.finished and run.key == key for run in game.history())


def rewind(game: Game, playthrough: str, decision: int) -> Player:
    """A new playthrough that stands before a decision (from 0) of another one.

    It is on the edition that the other was played on; both are kept. Raises NotFound where there
    is no such playthrough or decision, NotOpenYet, and JournalError.
    """
    player = game.open(playthrough)
    made = player.state.decisions
    if not 0 <= decision < made:
        raise NotFound(
            f"“{playthrough}” has no decision {decision + 1}.",
            f"It has {_counted(made)}.",
        )
    refuse_unless_open(game, game.key_of(player))
    start = player.events[0]
    seed = start.seed if isinstance(start, PlaythroughStarted) else 0
    shared = shared_prefix(player.events, decision)
    return branch(game, player.story, shared, playthrough, game.key_of(player), seed)


def refuse_unless_open(game: Game, story: str | StoryKey) -> None:
    """Raise NotOpenYet where decisions of this story may only be looked back on."""
    if not may_rechoose(game, story):
        raise NotOpenYet(
            "In a first run you can look back, but not choose again.",
            Remedy.ALLOW_RECHOOSING,
        )


def branch(
    game: Game,
    story: Story,
    shared: tuple[PlayEvent, ...],
    left: str,
    key: StoryKey,
    seed: int = 0,
) -> Player:
    """A new playthrough of this edition that begins with copies of these decisions.

    It is kept from its first choice of its own on.
    """
    made = sum(isinstance(event, ChoiceMade) for event in shared)
    events = (*engine.begin(story, left, made, seed, key.place), *shared)
    if game.store.edition(story.edition) is None:
        game.store.keep_edition(story.edition, game.encode_edition(story))
    return Player(story, game.new_id(), events, game.store, game.clock, length=0)


def _counted(made: int) -> str:
    if not made:
        return "none yet"
    return "one decision, number 1" if made == 1 else f"decisions 1 to {made}"
