"""Back to any decision: a new playthrough that shares what came before, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dialogue_game.app.player import Player, shared_prefix
from dialogue_game.app.runs import StoryKey
from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.story import CONTINUE, Story
from dialogue_game.errors import NotFound, NotOpenYet, Remedy

if TYPE_CHECKING:
    from dialogue_game.app.game import Game
    from dialogue_game.core.discovery import Discovery, KnownOption
    from dialogue_game.core.played_path import PlayedPath
    from dialogue_game.core.state import Situation


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


Page = tuple[object, ...]
"""All that can be read on a page, to be found again: equal where nothing differs."""


class EarlierStep(NamedTuple):
    """What was done on a page of an earlier path, what came of it, and whether it was the end."""

    choice: str
    text: tuple[str, ...]
    ends: bool


class Skipped(NamedTuple):
    """What was gone through as before; `differs` where the last consequence is a different one."""

    decisions: int
    pages: int
    differs: bool


@dataclass(frozen=True, slots=True)
class Memory:
    """The player's own runs of one story before this one; empty in a first run.

    `led` says by scene and option what a choice that was taken led to; `read` are the scenes that
    were read on from. `steps` are those of one earlier path: of the run that a replay branched
    from, else of the newest.
    """

    led: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    read: frozenset[str] = frozenset()
    steps: Mapping[Page, EarlierStep] = field(default_factory=dict)

    def note(self, scene: str, option: str) -> str:
        """That an option was taken before, and what it led to; empty where it was not."""
        titles = self.led.get((scene, option))
        if titles is None:
            return ""
        return f"Taken before. It led to {' or '.join(f'“{t}”' for t in titles) or 'another page'}."

    def has_read(self, player: Player) -> bool:
        """Whether the page that stands here was read on from before."""
        return player.situation.continues and player.state.scene in self.read

    def skip_pages(self, player: Player) -> int:
        """Read on over pages that were read before; how many. Raises JournalError."""
        skipped = 0
        while not player.ended and self.has_read(player):
            player.read_on()
            skipped += 1
        return skipped

    def as_before(self, player: Player) -> str | None:
        """What was chosen on the earlier path where everything on this page was the same.

        `CONTINUE` on a page that was read on from. None where something differs, and where nothing
        was left to differ: at the last decision.
        """
        step = self.steps.get(_page(player.situation)) if not player.ended else None
        return step.choice if step and not step.ends else None

    def skip_to_difference(self, player: Player) -> Skipped:
        """Go on as on the earlier path until something differs. Raises JournalError."""
        decisions = pages = 0
        passed: set[Page] = set()
        while (choice := self.as_before(player)) is not None:
            page = _page(player.situation)
            if page in passed:
                break
            passed.add(page)
            if choice == CONTINUE:
                player.read_on()
                pages += 1
                continue
            consequence = player.choose(choice)
            decisions += 1
            if consequence.text != self.steps[page].text:
                return Skipped(decisions, pages, differs=True)
        return Skipped(decisions, pages, differs=False)


def memory_of(known: Discovery, before: PlayedPath | None = None) -> Memory:
    """What a discovery holds for somebody who plays on, and one earlier path."""
    titles = {scene.id: scene.title for scene in known.scenes}
    titles |= {ending.id: ending.title for ending in known.endings}
    led = {
        (scene.id, option.id): _led_to(option, titles)
        for scene in known.scenes
        for option in scene.options
        if option.taken
    }
    read = frozenset(s.id for s in known.scenes if any(lead.walks for lead in s.onward))
    return Memory(led, read, dict(_steps(before)) if before else {})


def _steps(path: PlayedPath) -> Iterator[tuple[Page, EarlierStep]]:
    """Every page of a path with what was done there."""
    story = path.story
    state = engine.replay(story, engine.begin(story, seed=_seed(path)))
    for made in path.actions:
        page, before = _page(engine.situation(story, state)), state
        state = engine.evolve(story, state, made)
        if isinstance(made, ChoiceMade):
            text = engine.consequence(story, before, made.choice).text
            yield page, EarlierStep(made.choice, text, state.ended)
        else:
            yield page, EarlierStep(CONTINUE, (), state.ended)


def _seed(path: PlayedPath) -> int:
    return next((e.seed for e in path.events if isinstance(e, PlaythroughStarted)), 0)


def _page(situation: Situation) -> Page:
    """The order of options is no difference."""
    shown = tuple((e.id, repr(e)) for e in situation.exhibits)
    options = sorted((o.id, o.text, o.available, o.locked) for o in situation.options)
    return (situation.scene, situation.as_, situation.text, shown, tuple(options))


def _led_to(option: KnownOption, titles: Mapping[str, str]) -> tuple[str, ...]:
    walked = (titles.get(lead.to, "") for lead in option.leads if lead.walks)
    return tuple(title for title in walked if title)
