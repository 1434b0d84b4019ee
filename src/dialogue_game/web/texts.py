"""The words that a page says, as data: those that Python says, too, and those of the page alone."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from dialogue_game.reporting import about, about_you, comparison, exhibits, labels
from dialogue_game.reporting.xapi import terms


@cache
def page_words() -> dict[str, str]:
    """The words by the key that the page's modules ask for: the debrief's titles, its own."""
    kept = resources.files(__package__) / "page" / "words.json"
    found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return {**about_you.TITLES, **found}


def shared() -> dict[str, Any]:
    """What the Python pages and the exported page both say."""
    return {
        "verdicts": dict(labels.VERDICTS),
        "repaired": labels.REPAIRED,
        "verified": dict(labels.VERIFIED),
        "force": dict(labels.FORCE),
        "defensible": labels.DEFENSIBLE,
        "settled": labels.SETTLED,
        "earned": labels.EARNED,
        "nothing_at_stake": labels.NOTHING_AT_STAKE,
        "comes_of": about_you.COMES_OF,
        "soundness": {
            str(sound).lower(): word for sound, word in about_you.SOUNDNESS.items()
        },
        "what_if": dict(about_you.WHAT_IF),
        "law": about.LAW,
        "walkers": dict(comparison.WALKERS),
        "compare": dict(comparison.SENTENCES),
        "exhibits": dict(exhibits.NAMES),
        "fields": dict(exhibits.LABELS),
    }


def xapi_terms() -> dict[str, Any]:
    """The ids of verbs, types and extensions that statements are made of."""
    return {
        "base": terms.BASE,
        "cmi5": terms.CMI5,
        "profile": terms.PROFILE,
        "verbs": dict(terms.VERBS),
        "course": terms.COURSE,
        "scenario": terms.SCENARIO,
        "decision": terms.DECISION,
        "guideline": terms.GUIDELINE,
        "profile_type": terms.PROFILE_TYPE,
        "attempt": terms.ATTEMPT,
        "marks": terms.MARKS,
        "verdict": terms.VERDICT,
        "ending": terms.ENDING,
    }


def words() -> dict[str, Any]:
    """All words of a page."""
    return {**shared(), "page": dict(page_words())}
