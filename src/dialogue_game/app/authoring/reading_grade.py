"""How hard a story is to read: the Flesch-Kincaid grade of its narration and consequences.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid and others,
1975), as the textstat library counts them. Without that library there is no grade.
"""

from __future__ import annotations

import re
from typing import Final

from dialogue_game.core.story import Story

MISSING: Final = (
    "No reading level: it needs the extra “report”. "
    "Install it with: pip install 'dialogue-game[report]'"
)


def grade(story: Story) -> float | None:
    """The grade, or None where textstat is not installed."""
    try:
        import textstat
    except ImportError:
        return None
    return round(float(textstat.flesch_kincaid_grade(prose_of(story))), 1)


def prose_of(story: Story) -> str:
    """Narration and consequences of a story, a paragraph a line."""
    texts: list[str] = []
    for scene in story.scenes.values():
        texts += [paragraph.text for paragraph in scene.text]
        for choice in scene.choices.values():
            texts += [paragraph.text for paragraph in choice.consequence]
    for ending in story.endings.values():
        texts += [paragraph.text for paragraph in ending.text]
    return "\n".join(re.sub(r"\{\w+\}", "7", " ".join(text.split())) for text in texts)
