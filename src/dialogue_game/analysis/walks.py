"""A story's own tests: recorded walks with their endings, and facts that hold wherever one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Walk:
    """Choices as `scene.choice`, in order, the ending they reach, and verdicts by guideline.

    `number` is its place in the file, from 0.
    """

    name: str
    pick: tuple[str, ...]
    ending: str
    verdicts: Mapping[str, str] = field(default_factory=dict)
    number: int = -1


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds in every state that reaches one of these places, where `when` does.

    Places are scenes, endings, or `scene.choice`: where that can be taken, before its effects.
    `tracks` is what it reads of the profile so far.
    """

    name: str
    at: tuple[str, ...]
    always: str
    when: str = ""
    number: int = -1
    tracks: frozenset[str] = frozenset()
