"""The words that a page says, as data: those that Python says, too, and those of the page alone."""

from __future__ import annotations

from typing import Any

from dialogue_game.reporting import comparison, exhibits, labels


def shared() -> dict[str, Any]:
    """What the Python pages and the exported page both say."""
    return {
        "verdicts": dict(labels.VERDICTS),
        "repaired": labels.REPAIRED,
        "verified": dict(labels.VERIFIED),
        "earned": labels.EARNED,
        "nothing_at_stake": labels.NOTHING_AT_STAKE,
        "walkers": dict(comparison.WALKERS),
        "compare": dict(comparison.SENTENCES),
        "exhibits": dict(exhibits.NAMES),
        "fields": dict(exhibits.LABELS),
    }
