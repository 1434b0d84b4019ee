"""A recorded list of choices with its expected ending: a story's own test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Walk:
    """Choices as `scene.choice`, in order, the ending they reach, and verdicts by guideline."""

    name: str
    pick: tuple[str, ...]
    ending: str
    verdicts: Mapping[str, str] = field(default_factory=dict)
