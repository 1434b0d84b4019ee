"""Transfer items return: at a later start, one new situation for the guideline that was weakest.

Skippable, never scored, off with one setting. What was asked when is a local fact of the journal,
because a question that was skipped leaves no answer behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from dialogue_game.app.player import Player
from dialogue_game.core.course import Guideline
from dialogue_game.core.events import TransferAnswered
from dialogue_game.core.scoring import Stake, decisions, stake
from dialogue_game.core.story import TransferItem, TransferOption
from dialogue_game.errors import DialogueGameError, NotFound

if TYPE_CHECKING:
    from dialogue_game.app.game import Game

LAST_ASKED: Final = "transfer.asked"
"""The local fact: a JSON object from `story.item` to when it was last asked."""
MAX_RUNS: Final = 12
"""How many of the newest finished runs are looked at; a group's are no person's own."""
MIN_INTERVAL: Final = 20 * 60 * 60 * 1000
"""An item that was asked does not come back within these milliseconds: not on the same day."""


@dataclass(frozen=True, slots=True)
class TransferDue:
    """One question that may be asked now, and the run its answer is kept with.

    `earned` of `at_stake` is how the guideline fared in the runs looked at.
    """

    playthrough: str
    story: str
    title: str
    guideline: Guideline
    item: TransferItem
    earned: int
    at_stake: int

    @property
    def key(self) -> str:
        """The item among all stories' items."""
        return f"{self.story}.{self.item.id}"


def due_transfer(game: Game) -> TransferDue | None:
    """The question for this start, or None: none is due, or they are turned off.

    Raises JournalError.
    """
    if game.settings.transfer == "off":
        return None
    own = (run for run in game.history() if run.finished and run.alone)
    finished = islice(
        (run.id for run in own if run.key == game.key(run.story)), MAX_RUNS
    )
    scored = list(_opened(game, finished))
    last_asked = _last_asked(game, scored)
    ready = game.clock() - MIN_INTERVAL
    for guideline, total in _weakest_first(scored):
        items = [
            pair
            for pair in _items(scored, guideline)
            if last_asked.get(_key(*pair), 0) <= ready
        ]
        if items:
            player, item = min(items, key=lambda pair: last_asked.get(_key(*pair), 0))
            return TransferDue(
                player.playthrough,
                player.story.id,
                player.story.title,
                player.story.guidelines[guideline],
                item,
                total.earned,
                total.at_stake,
            )
    return None


def answer_transfer(game: Game, due: TransferDue, option: int) -> TransferOption:
    """Keep an answer (an option's number, from 0) on the run it came from; the option chosen.

    Raises NotFound where there is no such option or run, JournalError.
    """
    if not 0 <= option < len(due.item.options):
        raise NotFound(
            f"There is no answer {option + 1}.", f"Use 1 to {len(due.item.options)}."
        )
    game.open(due.playthrough).answer_transfer(due.item.id, option)
    record_asked(game, due)
    return due.item.options[option]


def record_asked(game: Game, due: TransferDue) -> None:
    """Remember that the question was put, answered or not. Raises JournalError."""
    known = _recorded_times(game)
    known[due.key] = game.clock()
    game.store.put_setting(LAST_ASKED, json.dumps(known))


def _key(player: Player, item: TransferItem) -> str:
    return f"{player.story.id}.{item.id}"


def _recorded_times(game: Game) -> dict[str, int]:
    try:
        known = json.loads(game.store.setting(LAST_ASKED) or "{}")
    except ValueError:
        return {}
    return (
        {k: v for k, v in known.items() if isinstance(v, int)}
        if isinstance(known, dict)
        else {}
    )


def _last_asked(game: Game, players: Iterable[Player]) -> dict[str, int]:
    """When each item was last put: here at a start, or after its story."""
    last_asked = _recorded_times(game)
    for player in players:
        for recorded in game.store.read(player.playthrough):
            if isinstance(recorded.event, TransferAnswered):
                key = f"{player.story.id}.{recorded.event.item}"
                last_asked[key] = max(last_asked.get(key, 0), recorded.at)
    return last_asked


def _weakest_first(players: Sequence[Player]) -> list[tuple[str, Stake]]:
    """The guidelines that fell short of what was at stake, the lowest share first."""
    totals: dict[str, Stake] = {}
    for player in players:
        for decision in decisions(player.story, player.events):
            for guideline in player.story.guidelines:
                known = totals.get(guideline, Stake())
                totals[guideline] = known + stake(decision, guideline)
    short = [
        (name, total) for name, total in totals.items() if total.earned < total.at_stake
    ]
    return sorted(
        short, key=lambda pair: (pair[1].earned / pair[1].at_stake, -pair[1].at_stake)
    )


def _items(
    players: Iterable[Player], guideline: str
) -> Iterator[tuple[Player, TransferItem]]:
    """The items on a guideline, each once, with the newest run of its story."""
    met: set[str] = set()
    for player in players:
        for item in player.story.transfer.values():
            if item.guideline == guideline and _key(player, item) not in met:
                met.add(_key(player, item))
                yield player, item


def _opened(game: Game, playthroughs: Iterable[str]) -> Iterator[Player]:
    """The scored runs among these that can still be read."""
    for playthrough in playthroughs:
        try:
            player = game.open(playthrough)
        except DialogueGameError:  # a run that cannot be read asks nothing
            continue
        if player.story.scored:
            yield player
