"""A whole story on a page for its readers: every scene, option and mark, and its map drawn.

Conditions and effects stand as flags where they apply, as the author wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.story import Choice, Ending, Exhibit, Paragraph, Scene, Story
from dialogue_game.reporting.labels import DEFENSIBLE, SETTLED, exhibit_lines
from dialogue_game.reporting.pages.markup import (
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
from dialogue_game.reporting.story_map import story_svg


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
