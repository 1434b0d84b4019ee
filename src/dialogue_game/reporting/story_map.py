"""A story as a map: plain data (the machine contract of `map --format json`), Mermaid, DOT, SVG.

In the drawing, lines that run over several layers are straight, and boxes stand on top of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any, Final

from dialogue_game.analysis.graph import Graph, layered, ordered, scene_graph
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
        "choices": [_choice(choice) for choice in scene.choices.values()],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "text": choice.text,
        "if": choice.when or None,
        "to": targets(choice),
        "marks": {mark.guideline: mark.word for mark in choice.marks},
        "references": list(choice.references),
    }


def targets(choice: Choice) -> list[str]:
    """Where a choice may lead, each place once, in the author's order."""
    return list(dict.fromkeys(branch.to for branch in choice.goto))


def mermaid(story: Story) -> str:
    """The story as a Mermaid flowchart; endings are rounded, conditional edges are dotted."""
    node = _node_names(story)
    lines = ["flowchart TD"]
    lines += [f'  {node[s.id]}["{_mermaid(s.title)}"]' for s in story.scenes.values()]
    for ending in story.endings.values():
        label = f"{_mermaid(ending.title)} ({ending.kind})"
        lines.append(f'  {node[ending.id]}(["{label}"])')
    for scene, choice in story.choices():
        label = _mermaid(choice.id)
        for branch in choice.goto:
            arrow = "-.->" if branch.when or choice.when else "-->"
            lines.append(f'  {node[scene.id]} {arrow}|"{label}"| {node[branch.to]}')
    return "\n".join(lines) + "\n"


def dot(story: Story) -> str:
    """The story as a Graphviz digraph; endings are ellipses, conditional edges are dashed."""
    node = _node_names(story)
    lines = [f'digraph "{_dot(story.id)}" {{', "  node [shape=box];"]
    lines += [
        f'  {node[s.id]} [label="{_dot(s.title)}"];' for s in story.scenes.values()
    ]
    for ending in story.endings.values():
        label = f"{_dot(ending.title)} ({ending.kind})"
        lines.append(f'  {node[ending.id]} [shape=ellipse, label="{label}"];')
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


WIDTH: Final = 168
HEIGHT: Final = 62
GAP: Final = 28
STEP: Final = 112
LETTERS: Final = 22
LINES: Final = 3

_SVG: Final = "http://www.w3.org/2000/svg"
_TIP: Final = (
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
    'markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="#404040"/></marker></defs>'
)


Point = tuple[int, int]
Edge = tuple[int, int]
"""The numbers of two nodes."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node's box stands: its left upper corner; and the size of the whole."""

    at: Mapping[int, Point]
    width: int
    height: int


def story_svg(story: Story) -> str:
    """The map as one SVG element with a title and a description of its own."""
    drawn = scene_graph(story)
    placed = layout(drawn)
    title = f"Map of {story.title}"
    described = (
        f"{len(story.scenes)} scenes and {len(story.endings)} endings. "
        f"The same in words: dialogue-game map {story.id}"
    )
    size = f'viewBox="0 0 {placed.width} {placed.height}" width="{placed.width}"'
    head = (
        f'<svg xmlns="{_SVG}" role="img" aria-labelledby="map-title map-description" {size} '
        f'height="{placed.height}" font-family="Verdana, DejaVu Sans, sans-serif" font-size="12">'
    )
    lines = [
        head,
        f'<title id="map-title">{_text(title)}</title>',
        f'<desc id="map-description">{_text(described)}</desc>',
        _TIP,
        f'<rect width="{placed.width}" height="{placed.height}" fill="#fff"/>',
    ]
    lines += [*_arrows(story, drawn, placed), *_boxes(story, drawn, placed), "</svg>"]
    return "\n".join(lines) + "\n"


def layout(drawn: Graph) -> Layout:
    """Every node in its layer, each layer in an order in which few edges cross."""
    layers = ordered(layered(drawn.targets, drawn.start), drawn.targets)
    widest = max(len(layer) for layer in layers)
    width = widest * (WIDTH + GAP) + GAP
    at: dict[int, Point] = {}
    for depth, layer in enumerate(layers):
        left = (width - len(layer) * (WIDTH + GAP) + GAP) // 2
        for place, node in enumerate(layer):
            at[node] = (left + place * (WIDTH + GAP), GAP + depth * STEP)
    return Layout(at, width, len(layers) * STEP - (STEP - HEIGHT) + 2 * GAP)


def _arrows(story: Story, drawn: Graph, placed: Layout) -> list[str]:
    """The edges, conditional ones dashed; several choices to one place are one edge."""
    labels: dict[Edge, list[str]] = {}
    unconditional: set[Edge] = set()
    for scene, choice in story.transitions():
        for branch in choice.goto:
            edge = (drawn.number[scene.id], drawn.target(branch.to))
            labels.setdefault(edge, []).append(choice.text)
            if not branch.when and not choice.when:
                unconditional.add(edge)
    return [
        _arrow(
            _curve(placed.at[edge[0]], placed.at[edge[1]]),
            texts,
            edge not in unconditional,
        )
        for edge, texts in labels.items()
    ]


def _curve(source: Point, target: Point) -> str:
    """The path from one box to another, given by their left upper corners."""
    (x1, y1), (x2, y2) = source, target
    bend = STEP // 3
    if y2 > y1 + HEIGHT:  # down: from the lower edge to the upper one
        x1 += WIDTH // 2
        y1 += HEIGHT
        x2 += WIDTH // 2
        return f"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"
    # Back up: out at the side, so that the tip is seen.
    x1 += WIDTH
    x2 += WIDTH
    y1 += HEIGHT // 2
    y2 += HEIGHT // 2
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 + bend} {y2} {x2} {y2}"


def _arrow(path: str, texts: Sequence[str], dashed: bool) -> str:
    style = ' stroke-dasharray="5 4"' if dashed else ""
    lines = dict.fromkeys(" ".join(text.split()) for text in texts)
    tip = _text(" / ".join(lines))
    return (
        f'<path d="{path}" fill="none" stroke="#404040" marker-end="url(#tip)"{style}>'
        f"<title>{tip}</title></path>"
    )


def _boxes(story: Story, drawn: Graph, placed: Layout) -> list[str]:
    lines = []
    for node, (x, y) in sorted(placed.at.items()):
        name = drawn.names[node]
        radius = HEIGHT // 2 if name in story.endings else 4
        thick = 3 if name == story.start else 1
        lines.append(
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="{radius}" fill="#fff" '
            f'stroke="#1a1a1a" stroke-width="{thick}"/>'
        )
        lines += _label(_node_title(story, name), x + WIDTH // 2, y)
    return lines


def _node_title(story: Story, name: str) -> str:
    if ending := story.endings.get(name):
        return f"{ending.title} ({ending.kind})"
    scene = story.scenes.get(name)
    return scene.title if scene else "nowhere"


def _label(text: str, x: int, y: int) -> list[str]:
    """The title on up to three lines in the middle of its box."""
    rows = wrap(" ".join(safe(text).split()), LETTERS, max_lines=LINES, placeholder="…")
    top = y + HEIGHT // 2 + 4 - (len(rows) - 1) * 8
    style = 'text-anchor="middle" fill="#1a1a1a"'
    return [
        f'<text x="{x}" y="{top + row * 16}" {style}>{_text(line)}</text>'
        for row, line in enumerate(rows)
    ]


def _text(text: str) -> str:
    return escape(safe(text), quote=True)
