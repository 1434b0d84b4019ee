"""Playing at random with the real engine, and what that covers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dialogue_game.analysis.plays import lots, random_play
from dialogue_game.core.story import Story


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often random plays came by each scene, choice (scene.choice) and ending.

    `unended` plays were given up after very many decisions.
    """

    plays: int
    seed: int
    scenes: Counter[str]
    choices: Counter[str]
    endings: Counter[str]
    unended: int

    def missed(self, story: Story) -> tuple[str, ...]:
        """What no play came by, in the author's order."""
        choices = (f"{scene.id}.{choice.id}" for scene, choice in story.choices())
        return (
            *(scene for scene in story.scenes if not self.scenes[scene]),
            *(path for path in choices if not self.choices[path]),
            *(ending for ending in story.endings if not self.endings[ending]),
        )


def cover(story: Story, plays: int, seed: int) -> Coverage:
    """Play `plays` times, each available option as likely as the others; the same for a seed."""
    pick = lots(seed)
    scenes: Counter[str] = Counter()
    choices: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    unended = 0
    for _ in range(plays):
        played = random_play(story, pick)
        choices.update(set(played.walk))
        scenes.update({path.partition(".")[0] for path in played.walk})
        if played.ending:
            endings[played.ending] += 1
        else:
            unended += 1
    return Coverage(plays, seed, scenes, choices, endings, unended)
