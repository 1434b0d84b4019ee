"""A story as a map: plain data (the machine contract of `map --format json`), Mermaid, DOT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dialogue_game.core.story import Choice, Scene, Story
from dialogue_game.core.text import safe

Verdicts = Mapping[str, Mapping[str, str]]
"""For `scenes`, `choices` (as scene.choice) and `endings`: reachable, unreachable, undecided."""


def map_data(story: Story, verdicts: Verdicts) -> dict[str, Any]:
    """The story's graph, its marks and references, and what is proved of it."""
    return {
        "story": story.id,
        "title": story.title,
        "edition": story.edition,
        "start": story.start,
        "scenes": [_scene(scene) for scene in story.scenes.values()],
        "endings": [
            {"id": ending.id, "kind": ending.kind, "title": ending.title}
            for ending in story.endings.values()
        ],
        "verdicts": {kind: dict(named) for kind, named in verdicts.items()},
    }


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "id": scene.id,
        "title": scene.title,
        "group": scene.group or None,
        "choices": [
            {
                "id": choice.id,
                "text": choice.text,
                "if": choice.when or None,
                "to": targets(choice),
                "marks": {mark.guideline: mark.word for mark in choice.marks},
                "references": list(choice.references),
            }
            for choice in scene.choices.values()
        ],
    }


def targets(choice: Choice) -> list[str]:
    """Where a choice may lead, each place once, in the author's order."""
    return list(dict.fromkeys(branch.to for branch in choice.goto))


def mermaid(story: Story) -> str:
    """The story as a Mermaid flowchart; endings are rounded, guarded ways are dotted."""
    node = _node_names(story)
    lines = ["flowchart TD"]
    lines += [f'  {node[s.id]}["{_mermaid(s.title)}"]' for s in story.scenes.values()]
    lines += [
        f'  {node[e.id]}(["{_mermaid(e.title)} ({e.kind})"])'
        for e in story.endings.values()
    ]
    for scene, choice in story.choices():
        for branch in choice.goto:
            arrow = "-.->" if branch.when or choice.when else "-->"
            lines.append(
                f'  {node[scene.id]} {arrow}|"{_mermaid(choice.id)}"| {node[branch.to]}'
            )
    return "\n".join(lines) + "\n"


def dot(story: Story) -> str:
    """The story as a Graphviz digraph; endings are ellipses, guarded ways are dashed."""
    node = _node_names(story)
    lines = [f'digraph "{_dot(story.id)}" {{', "  node [shape=box];"]
    lines += [
        f'  {node[s.id]} [label="{_dot(s.title)}"];' for s in story.scenes.values()
    ]
    lines += [
        f'  {node[e.id]} [shape=ellipse, label="{_dot(e.title)} ({e.kind})"];'
        for e in story.endings.values()
    ]
    for scene, choice in story.choices():
        for branch in choice.goto:
            style = ", style=dashed" if branch.when or choice.when else ""
            source, target = node[scene.id], node[branch.to]
            lines.append(f'  {source} -> {target} [label="{_dot(choice.id)}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def _node_names(story: Story) -> dict[str, str]:
    """A node's name for each scene and ending.

    The prefix keeps an id such as `end`, `call` or `node` from being a word of the language that
    the diagram is written in.
    """
    names = {scene: f"scene_{scene}" for scene in story.scenes}
    return names | {ending: f"ending_{ending}" for ending in story.endings}


def outline(story: Story) -> str:
    """The story as an outline in words, for reading and for listening."""
    lines = [story.title, ""]
    for scene in story.scenes.values():
        group = f" [{scene.group}]" if scene.group else ""
        lines.append(f"{scene.id}: {safe(scene.title)}{group}")
        lines += [
            f"  {choice.id} -> {', '.join(targets(choice))}"
            for choice in scene.choices.values()
        ]
    lines += ["", "Endings:"]
    lines += [f"  {e.id}: {safe(e.title)} ({e.kind})" for e in story.endings.values()]
    return "\n".join(lines) + "\n"


_MERMAID: Final = str.maketrans(
    {
        "&": "&amp;",
        '"': "&quot;",
        "<": "&lt;",
        ">": "&gt;",
        "`": "&#96;",
        "#": "&#35;",
        "\n": " ",
    }
)
"""What would be read as markup, as a number sign code or as a Markdown string in a label."""


def _mermaid(text: str) -> str:
    return safe(text).translate(_MERMAID)


def _dot(text: str) -> str:
    return safe(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
