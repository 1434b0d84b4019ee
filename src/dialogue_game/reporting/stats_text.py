"""Statistics over many people in words, and as data (the machine contract of `stats --json`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dialogue_game.core.session.ballots import FEWEST
from dialogue_game.core.text import counted
from dialogue_game.reporting.stats import DecisionCount, Spread, Statistics

UNTOLD: Final = "not shown, as it would give another number away"
Label = Callable[[str, str, str], str]
"""Story, scene (or guideline), choice ("" for the scene itself) → what people call it."""


def by_id(story: str, place: str, choice: str) -> str:
    """The label where nothing better is known."""
    return choice or place


def statistics_text(shown: Statistics, label: Label = by_id) -> str:
    """The whole as lines that read well aloud."""
    groups = (
        f", {counted(shown.groups, 'run')} of groups left out" if shown.groups else ""
    )
    runs = f", {counted(shown.playthroughs, 'run')}" if shown.people >= FEWEST else ""
    lines = [
        f"{_people(shown.people)}{runs}{groups}.",
        "Each person counts once a decision, with the first answer.",
        f"What fewer than {FEWEST} people did is not shown, nor what would give it away.",
    ]
    story = ""
    for decision in shown.decisions:
        if decision.story != story:
            story = decision.story
            lines += ["", f"{story}: what was chosen"]
        lines += _decision(decision, label)
    lines += [
        "",
        "Guidelines: share of what was at stake, each person's first finished run",
    ]
    lines += [_spread(spread, label) for spread in shown.guidelines]
    return "\n".join(lines) + "\n"


def statistics_data(shown: Statistics) -> dict[str, Any]:
    """The value of `stats --json`. Where too few people are, `people` and figures are null."""
    return {
        "people": _enough(shown.people),
        "playthroughs": shown.playthroughs if shown.people >= FEWEST else None,
        "groups": shown.groups,
        "fewest": FEWEST,
        "decisions": [
            {
                "story": item.story,
                "scene": item.scene,
                "people": _enough(item.people) if item.shown else None,
                "editions": item.editions
                if item.shown and item.people >= FEWEST
                else None,
                "options": dict(item.options) or None,
                "withheld": list(item.withheld),
            }
            for item in shown.decisions
        ],
        "guidelines": [
            {
                "story": item.story,
                "guideline": item.guideline,
                "people": _enough(item.people) if item.shown else None,
                "quartiles": list(item.quartiles) if item.quartiles else None,
            }
            for item in shown.guidelines
        ],
    }


def _enough(people: int) -> int | None:
    return people if people >= FEWEST else None


def _people(people: int) -> str:
    return f"{people} people" if people >= FEWEST else f"Fewer than {FEWEST} people"


def _decision(decision: DecisionCount, label: Label) -> list[str]:
    where = label(decision.story, decision.scene, "")
    shown = decision.shown and decision.editions > 1 and decision.people >= FEWEST
    edited = f", in {decision.editions} editions" if shown else ""
    people = _people(decision.people).lower() if decision.shown else UNTOLD
    lines = [f"  {where}: {people}{edited}"]
    for choice, count in decision.options.items():
        share = round(100 * count / decision.people)
        lines.append(
            f"    {count} ({share} %) {label(decision.story, decision.scene, choice)}"
        )
    lines += [
        f"    not shown: {label(decision.story, decision.scene, choice)}"
        for choice in decision.withheld
    ]
    return lines


def _spread(spread: Spread, label: Label) -> str:
    name = f"  {spread.story}, {label(spread.story, spread.guideline, '')}"
    if not spread.shown:
        return f"{name}: {UNTOLD}"
    if spread.quartiles is None:
        return f"{name}: {_people(spread.people).lower()}"
    low, middle, high = spread.quartiles
    return f"{name}: {_people(spread.people)}, half between {low} % and {high} %, median {middle} %"
