"""A player's own map as an outline in words, and as data (`map STORY --mine --json`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogue_game.core.discovery import (
    Coverage,
    Discovery,
    KnownEnding,
    KnownOption,
    KnownScene,
)
from dialogue_game.core.played_path import Visit
from dialogue_game.core.text import counted, safe
from dialogue_game.reporting.labels import ENDING_OUTCOMES

UNTRIED_OPTIONS = ("way not taken yet", "ways not taken yet")
"""Options of a story that no run has taken, so that nobody knows where they lead."""


def coverage_text(coverage: Coverage) -> str:
    """How much has been seen, quietly."""
    parts = [
        f"Endings found: {coverage.endings_found} of {coverage.endings}.",
        f"Options tried: {coverage.options_tried} of {coverage.options}.",
    ]
    if coverage.two_sided:
        seen, all_ = len(coverage.both_sides), len(coverage.two_sided)
        parts.append(f"Guidelines seen from both sides: {seen} of {all_}.")
    return " ".join(parts)


def hidden_text(discovery: Discovery) -> str:
    """What is not shown, as numbers only; empty where everything is open."""
    if discovery.open:
        return ""
    numbers = (
        (discovery.doors, UNTRIED_OPTIONS),
        (discovery.hidden_scenes, ("scene not seen yet", "scenes not seen yet")),
        (discovery.hidden_endings, ("ending not found yet", "endings not found yet")),
    )
    parts = [counted(number, *words) for number, words in numbers if number]
    if not parts:
        return ""
    return f"{', '.join(parts)}."


def outline_lines(discovery: Discovery, *, brief: bool = False) -> list[str]:
    """The map as an outline: each scene once, in the order in which paths lead to it.

    In a `brief` one a scene is a line: where its options led, and which were not tried.
    """
    numbers = {scene.id: n for n, scene in enumerate(scenes_by_path(discovery), 1)}
    endings = {ending.id: ending.title for ending in discovery.endings}
    lines = [
        safe(discovery.title),
        _runs(discovery),
        coverage_text(discovery.coverage),
    ]
    hidden = hidden_text(discovery)
    lines += [hidden, ""] if hidden else [""]
    if discovery.path:
        lines += [_path_line(discovery, numbers, endings), ""]
    for scene in scenes_by_path(discovery):
        if brief:
            lines.append(_brief_line(scene, numbers, endings))
        else:
            lines += [*scene_lines(scene, numbers, endings), ""]
    if brief:
        lines.append("")
    if discovery.endings:
        lines.append("Endings:")
    for ending in discovery.endings:
        lines.append(f"  {safe(ending.title)} ({ending.kind}): {reached_text(ending)}")
    if discovery.hidden_endings and discovery.endings:
        more = counted(discovery.hidden_endings, "more that was", "more that were")
        lines.append(f"  {more} not found yet")
    return lines


def ending_lines(discovery: Discovery) -> list[str]:
    """The endings that are known, numbered, each with how it goes; the others are only counted."""
    found = discovery.coverage
    title = safe(discovery.title)
    lines = [f"{title}: {found.endings_found} of {found.endings} endings found.", ""]
    for number, ending in enumerate(discovery.endings, 1):
        outcome = filter(None, (ENDING_OUTCOMES.get(ending.kind), reached_text(ending)))
        lines.append(f"{number}. {safe(ending.title)}: {', '.join(outcome)}.")
    if discovery.hidden_endings:
        unknown = counted(
            discovery.hidden_endings, "ending is unknown", "endings are unknown"
        )
        lines.append(f"{unknown} as yet.")
    return lines


def _path_line(
    discovery: Discovery, numbers: Mapping[str, int], endings: Mapping[str, str]
) -> str:
    places = dict.fromkeys(
        place for place in discovery.path if place in {**numbers, **endings}
    )
    return f"The path of your last run: {', '.join(_place(p, numbers, endings) for p in places)}."


def _place(place: str, numbers: Mapping[str, int], endings: Mapping[str, str]) -> str:
    return (
        f"the end “{safe(endings[place])}”" if place in endings else str(numbers[place])
    )


def _brief_line(
    scene: KnownScene, numbers: Mapping[str, int], endings: Mapping[str, str]
) -> str:
    leads = [lead for option in scene.options for lead in option.leads]
    known = dict.fromkeys(lead.to for lead in (*leads, *scene.onward))
    targets = [
        _place(to, numbers, endings) for to in known if to in numbers or to in endings
    ]
    number = numbers[scene.id]
    untried = [
        f"{number}{option_letter(place)}"
        for place, option in enumerate(scene.options)
        if option.state == "untried"
    ]
    target_text = f" Led to {' or '.join(targets)}." if targets else ""
    doors = f" Not tried yet: {', '.join(untried)}." if untried else ""
    return f"{number}. {safe(scene.title)}.{target_text}{doors}"


def option_letter(place: int) -> str:
    """What an option is called after its scene's number: a, b, c."""
    return chr(ord("a") + place)


def scenes_by_path(discovery: Discovery) -> tuple[KnownScene, ...]:
    """The scenes on the map, each after one that leads to it; unconnected ones last."""
    known = {scene.id: scene for scene in discovery.scenes}
    order: dict[str, KnownScene] = {}
    waiting = [scene.id for scene in reversed(discovery.scenes)]
    if discovery.start in known:
        waiting.append(discovery.start)
    while waiting:
        scene = known.get(waiting.pop())
        if scene is None or scene.id in order:
            continue
        order[scene.id] = scene
        leads = [lead.to for option in scene.options for lead in option.leads]
        waiting += reversed(leads)
    return tuple(order.values())


def discovery_data(discovery: Discovery) -> dict[str, Any]:
    """The value of `map STORY --mine --json`. What was not seen is only counted."""
    return {
        "story": discovery.story,
        "title": discovery.title,
        "edition": discovery.edition,
        "start": discovery.start,
        "open": discovery.open,
        "runs": discovery.runs,
        "finished": discovery.finished,
        "older": discovery.older,
        "groups": discovery.groups,
        "scenes": [_scene_data(scene) for scene in discovery.scenes],
        "endings": [
            {
                "id": e.id,
                "kind": e.kind,
                "title": e.title,
                "found": e.found,
                "times": e.times,
            }
            for e in discovery.endings
        ],
        "closed_doors": discovery.doors,
        "hidden_scenes": discovery.hidden_scenes,
        "hidden_endings": discovery.hidden_endings,
        "coverage": coverage_data(discovery.coverage),
    }


def coverage_data(coverage: Coverage) -> dict[str, Any]:
    """Coverage, n of m."""
    return {
        "endings_found": coverage.endings_found,
        "endings": coverage.endings,
        "options_tried": coverage.options_tried,
        "options": coverage.options,
        "both_sides": list(coverage.both_sides),
        "two_sided": list(coverage.two_sided),
    }


def _runs(discovery: Discovery) -> str:
    summary = f"{counted(discovery.runs, 'run')}, {discovery.finished} finished"
    if discovery.older:
        summary += f", {discovery.older} on an older edition"
    if discovery.groups:
        summary += f". {counted(discovery.groups, 'run')} with a group not counted here"
    return f"{summary}."


def visits_text(scene: KnownScene) -> str:
    """How often one was in a scene, and how many of its options lead to who knows where."""
    visits = f"visited {counted(scene.visits, 'time')}" if scene.seen else "not visited"
    return (
        f"{visits}, {counted(scene.doors, *UNTRIED_OPTIONS)}" if scene.doors else visits
    )


def reached_text(ending: KnownEnding) -> str:
    """How often an ending was reached."""
    return (
        f"reached {counted(ending.times, 'time')}"
        if ending.found
        else "not reached yet"
    )


def scene_lines(
    scene: KnownScene, numbers: Mapping[str, int], endings: Mapping[str, str]
) -> list[str]:
    """A scene with all its options, lettered."""
    lines = [f"{numbers[scene.id]}. {safe(scene.title)} ({visits_text(scene)})"]
    return lines + [
        f"   {option_letter(place)}. {_option_line(option, numbers, endings)}"
        for place, option in enumerate(scene.options)
    ]


def _option_line(
    option: KnownOption, numbers: Mapping[str, int], endings: Mapping[str, str]
) -> str:
    label = " ".join(safe(option.text).split())
    if option.state == "locked":
        return f"not open whenever you met it: {label} {safe(option.locked)}".rstrip()
    known = (
        lead.to for lead in option.leads if lead.to in endings or lead.to in numbers
    )
    targets = [_place(to, numbers, endings) for to in known]
    target_text = f" Leads to {' or '.join(targets)}." if targets else ""
    never = "not tried yet" if option.state == "untried" else "never met"
    state = f"tried {counted(option.taken, 'time')}" if option.taken else never
    return f"{state}: {label}{target_text}"


def _scene_data(scene: KnownScene) -> dict[str, Any]:
    return {
        "id": scene.id,
        "title": scene.title,
        "seen": scene.seen,
        "visits": scene.visits,
        "closed_doors": scene.doors,
        "latest": _visit_data(scene.latest),
        "options": [
            {
                "id": option.id,
                "text": option.text,
                "state": option.state,
                "taken": option.taken,
                "leads": [
                    {"to": lead.to, "walks": lead.walks} for lead in option.leads
                ],
                "locked": option.locked,
                "opens": _visit_data(option.opens),
            }
            for option in scene.options
        ],
    }


def _visit_data(visit: Visit | None) -> dict[str, Any] | None:
    """A visit as `replay` takes it: the run, and the decision's number from 1."""
    return {"run": visit.run, "decision": visit.decision + 1} if visit else None
