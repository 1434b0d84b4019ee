"""A whole story on a page for its readers: every scene, option and mark, and its map drawn.

Conditions and effects stand as flags where they apply, as the author wrote them. On the map, lines
that run over several layers are straight, and boxes stand on top of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Final

from dialogue_game.analysis.graph import Graph, graph, layered, ordered
from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.story import Choice, Ending, Exhibit, Paragraph, Scene, Story
from dialogue_game.core.text import safe
from dialogue_game.reporting.labels import DEFENSIBLE, SETTLED, exhibit_lines
from dialogue_game.reporting.pages.page_blocks import (
    Block,
    Drawing,
    Heading,
    Items,
    Link,
    Page,
    Para,
    Strong,
    Table,
    Text,
    paragraphs,
)
from dialogue_game.reporting.pages.player_pages import reference_text


def reader_page(story: Story, notice: str = "") -> Page:
    """The whole story; it tells all endings."""
    blocks: list[Block] = [*_head(story)]
    blocks.append(Heading(2, "Scenes"))
    for scene in story.scenes.values():
        blocks += _scene(story, scene)
    blocks.append(Heading(2, "Endings"))
    for ending in story.endings.values():
        blocks += _ending(ending)
    blocks += [*_transfer(story), *_shared(story)]
    return Page(
        f"Reader's edition: {story.title}",
        blocks,
        f"{notice} Edition {story.edition}.".strip(),
    )


def _head(story: Story) -> Iterator[Block]:
    reviewed = f", by {', '.join(story.reviewers)}" if story.reviewers else ""
    yield Para(
        f"{story.kind.capitalize()}, {story.minutes} minutes, {story.status}{reviewed}."
    )
    if story.summary:
        yield Para(story.summary)
    if story.question:
        yield Para(story.question, "quote")
    if story.cast:
        yield Heading(2, "Cast")
        people = story.cast.values()
        rows = [
            (p.name, p.role, f"@{p.handle}" if p.handle else "", p.id) for p in people
        ]
        yield Table("Who is in it", ("Name", "Role", "Handle", "Id"), rows)
    if story.variables:
        yield Heading(2, "Variables")
        variables = [(name, _value(value)) for name, value in story.variables.items()]
        yield Table("What changes, and how it begins", ("Name", "At first"), variables)
    yield Heading(2, "Map")
    start = story.scenes[story.start].title
    caption = f"The story begins at “{start}”. Dashed ways have conditions."
    yield Drawing(story_svg(story), caption)


def _scene(story: Story, scene: Scene) -> Iterator[Block]:
    yield Heading(3, scene.title, f"scene-{scene.id}")
    eyes = f", seen by {story.name_of(scene.as_)}" if scene.as_ else ""
    group = f", group: {scene.group}" if scene.group else ""
    yield Para(f"{scene.id}{eyes}{group}", "flag")
    if scene.first_enter:
        yield Para(f"the first time: {'; '.join(scene.first_enter)}", "flag")
    if scene.enter:
        yield Para(f"each time: {'; '.join(scene.enter)}", "flag")
    for exhibit in scene.exhibits:
        yield from _exhibit(story, exhibit)
    yield from _flagged(scene.text)
    if scene.continues:
        yield Items([_way(story, branch.to, branch.when) for branch in scene.goto])
    if scene.settled:
        yield Para(SETTLED.format(settled=scene.settled))
    if scene.discuss:
        yield Para(Strong("To discuss"))
        yield Items([story.questions[question] for question in scene.discuss])
    if scene.notes:
        yield Para((Strong("For the facilitator: "), scene.notes))
    if scene.todo:
        yield Para((Strong("To do: "), scene.todo), "note")
    for choice in scene.choices.values():
        yield from _choice(story, scene, choice)


def _choice(story: Story, scene: Scene, choice: Choice) -> Iterator[Block]:
    yield Heading(4, choice.text, f"choice-{scene.id}-{choice.id}")
    flags = [f"{scene.id}.{choice.id}", *_when(choice.when)]
    flags += ["tonal"] if choice.tonal else []
    flags += [f"stance: {choice.stance}"] if choice.stance else []
    flags += [choice.status] if choice.status else []
    yield Para("; ".join(flags), "flag")
    if choice.locked:
        yield Para((Strong("Where it is locked: "), choice.locked))
    yield from _flagged(choice.consequence)
    yield from _cost(story, choice)
    if choice.marks:
        yield Items(
            [
                (Strong(f"{mark.word} {_guideline(story, mark.guideline)}: "), mark.why)
                for mark in choice.marks
            ]
        )
    if choice.defensible:
        yield Para(DEFENSIBLE)
    if choice.coaching:
        yield Para((Strong("Coaching: "), choice.coaching))
    if choice.references:
        yield Items(
            [reference_text(story.references[name]) for name in choice.references]
        )
    if choice.effects:
        yield Para(f"then: {'; '.join(choice.effects)}", "flag")
    yield Items([_way(story, branch.to, branch.when) for branch in choice.goto])
    if choice.todo:
        yield Para((Strong("To do: "), choice.todo), "note")


def _cost(story: Story, choice: Choice) -> Iterator[Block]:
    """What it costs and whom, and where that is told."""
    cost = choice.cost
    if cost is None:
        return
    name = story.name_of(cost.person)
    person = f" {'you' if name == 'You' else name}" if name else ""
    yield Para((Strong(f"What it costs{person}: "), cost.text))
    if cost.due:
        yield Items([("told at ", _place(story, name)) for name in cost.due])


def _ending(ending: Ending) -> Iterator[Block]:
    yield Heading(3, ending.title, f"ending-{ending.id}")
    yield Para(f"{ending.id}, {ending.kind}", "flag")
    yield from _flagged(ending.text)


def _exhibit(story: Story, exhibit: Exhibit) -> Iterator[Block]:
    # As written, with the names of variables in braces: on paper nothing has happened yet.
    people = {name: story.name_of(text) for name, text in exhibit.fields.items()}
    shown = ShownExhibit(
        exhibit.id, exhibit.kind, exhibit.alt, people, exhibit.items, ()
    )
    flags = "; ".join([f"exhibit {exhibit.id}", *_when(exhibit.when)])
    yield Para(flags, "flag")
    first, *others = exhibit_lines(shown)
    yield Para(Strong(first), "quote")
    for line in others:
        yield from paragraphs([line], "quote")
    if exhibit.details:
        yield Items([(Strong(f"{d.look}: "), d.text) for d in exhibit.details])


def _flagged(texts: Iterable[Paragraph]) -> Iterator[Block]:
    for paragraph in texts:
        if paragraph.when:
            yield Para(f"only if {paragraph.when}:", "flag")
        yield from paragraphs([paragraph.text])


def _when(condition: str) -> list[str]:
    return [f"only if {condition}"] if condition else []


def _way(story: Story, to: str, when: str) -> Text:
    return (f"if {when}, to " if when else "to ", _place(story, to))


def _place(story: Story, name: str) -> Link:
    ending = story.endings.get(name)
    if ending is not None:
        return Link(f"the end “{ending.title}”", f"#ending-{name}")
    scene = story.scenes.get(name)
    return Link(f"“{scene.title}”" if scene else name, f"#scene-{name}")


def _transfer(story: Story) -> Iterator[Block]:
    if story.transfer:
        yield Heading(2, "Questions for later")
    for item in story.transfer.values():
        yield Heading(3, item.id, f"transfer-{item.id}")
        yield Para(_guideline(story, item.guideline), "flag")
        yield Para(item.situation)
        yield Items(
            [
                (
                    Strong(f"{option.text} "),
                    f"{'Sound' if option.sound else 'Not sound'}: {option.why}",
                )
                for option in item.options
            ]
        )


def _shared(story: Story) -> Iterator[Block]:
    if story.questions:
        yield Heading(2, "Questions to discuss")
        yield Items(
            [(Strong(f"{name}: "), text) for name, text in story.questions.items()]
        )
    if story.guidelines:
        yield Heading(2, "Guidelines")
        yield Items(
            [
                (Strong(f"{g.number}. {g.short}: "), g.text)
                for g in story.guidelines.values()
            ]
        )
    if story.references:
        yield Heading(2, "References")
        for reference in story.references.values():
            yield Heading(3, reference.label, f"reference-{reference.id}")
            yield Para(reference_text(reference))
            yield from paragraphs([reference.summary, reference.quote, reference.note])


def _guideline(story: Story, name: str) -> str:
    known = story.guidelines.get(name)
    return f"guideline {known.number}, {known.short}" if known else name


def _value(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


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


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node's box stands: its left upper corner; and the size of the whole."""

    at: Mapping[int, tuple[int, int]]
    width: int
    height: int


def story_svg(story: Story) -> str:
    """The map as one SVG element with a title and a description of its own."""
    drawn = graph(story)
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
    """Every node in its layer, each layer in an order that crosses few ways."""
    layers = ordered(layered(drawn.targets, drawn.start), drawn.targets)
    widest = max(len(layer) for layer in layers)
    width = widest * (WIDTH + GAP) + GAP
    at: dict[int, tuple[int, int]] = {}
    for depth, layer in enumerate(layers):
        left = (width - len(layer) * (WIDTH + GAP) + GAP) // 2
        for place, node in enumerate(layer):
            at[node] = (left + place * (WIDTH + GAP), GAP + depth * STEP)
    return Layout(at, width, len(layers) * STEP - (STEP - HEIGHT) + 2 * GAP)


def _arrows(story: Story, drawn: Graph, placed: Layout) -> list[str]:
    """The ways, those with conditions dashed; several choices to one place are one way."""
    named: dict[tuple[int, int], list[str]] = {}
    free: set[tuple[int, int]] = set()
    for scene, choice in story.moves():
        for branch in choice.goto:
            way = (drawn.number[scene.id], drawn.target(branch.to))
            named.setdefault(way, []).append(choice.text)
            if not branch.when and not choice.when:
                free.add(way)
    return [_arrow(way, texts, placed, way not in free) for way, texts in named.items()]


def _arrow(
    way: tuple[int, int], texts: Sequence[str], placed: Layout, dashed: bool
) -> str:
    (x1, y1), (x2, y2) = placed.at[way[0]], placed.at[way[1]]
    x1, y1, x2 = x1 + WIDTH // 2, y1 + HEIGHT, x2 + WIDTH // 2
    bend = STEP // 3
    if y2 <= y1:  # back up: out at the side, so that the tip is seen
        x1, y1, x2, y2 = (
            x1 + WIDTH // 2,
            y1 - HEIGHT // 2,
            x2 + WIDTH // 2,
            y2 + HEIGHT // 2,
        )
        path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 + bend} {y2} {x2} {y2}"
    else:
        path = f"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"
    style = ' stroke-dasharray="5 4"' if dashed else ""
    tip = _text(" / ".join(dict.fromkeys(" ".join(text.split()) for text in texts)))
    return (
        f'<path d="{path}" fill="none" stroke="#404040" marker-end="url(#tip)"{style}>'
        f"<title>{tip}</title></path>"
    )


def _boxes(story: Story, drawn: Graph, placed: Layout) -> list[str]:
    lines = []
    for node, (x, y) in sorted(placed.at.items()):
        name = drawn.names[node]
        ending = story.endings.get(name)
        scene = story.scenes.get(name)
        text = (
            f"{ending.title} ({ending.kind})"
            if ending
            else scene.title
            if scene
            else "nowhere"
        )
        round_ = HEIGHT // 2 if ending else 4
        thick = 3 if name == story.start else 1
        lines.append(
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="{round_}" fill="#fff" '
            f'stroke="#1a1a1a" stroke-width="{thick}"/>'
        )
        lines += _words(text, x + WIDTH // 2, y)
    return lines


def _words(text: str, x: int, y: int) -> list[str]:
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
