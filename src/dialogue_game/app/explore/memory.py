"""What a player remembers in a replay: options taken before, what they led to, what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogue_game.app.player import Player
    from dialogue_game.core.discovery import Discovery, KnownOption


@dataclass(frozen=True, slots=True)
class Memory:
    """The player's own runs of one story before this one; empty in a first run.

    `led` says by scene and option what a choice that was taken led to; `read` are the scenes that
    were read on from.
    """

    led: Mapping[tuple[str, str], str] = field(default_factory=dict)
    read: frozenset[str] = frozenset()

    def note(self, scene: str, option: str) -> str:
        """That an option was taken before, and what it led to; empty where it was not."""
        titles = self.led.get((scene, option))
        return f"Taken before. It led to {titles}." if titles else ""

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


def memory_of(known: Discovery) -> Memory:
    """What a discovery holds for somebody who plays on."""
    titles = {scene.id: scene.title for scene in known.scenes}
    titles |= {ending.id: ending.title for ending in known.endings}
    led = {
        (scene.id, option.id): _led_to(option, titles)
        for scene in known.scenes
        for option in scene.options
        if option.taken
    }
    read = frozenset(s.id for s in known.scenes if any(lead.walks for lead in s.onward))
    return Memory(led, read)


def _led_to(option: KnownOption, titles: Mapping[str, str]) -> str:
    walked = (titles.get(lead.to, "") for lead in option.leads if lead.walks)
    return " or ".join(f"“{title}”" for title in walked if title) or "another page"
