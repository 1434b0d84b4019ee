"""A whole story on a page for its readers: every scene, option and mark, and its map drawn.

Conditions and effects stand as flags where they apply, as the author wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Choice,
    Ending,
    Exhibit,
    Mark,
    Paragraph,
    Scene,
    Story,
    TransferOption,
)
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
        rows = [_cast_row(person) for person in story.cast.values()]
        yield Table("Who is in it", ("Name", "Role", "Handle", "Id"), rows)
    if story.variables:
        yield Heading(2, "Variables")
        variables = [(name, _value(value)) for name, value in story.variables.items()]
        yield Table("What changes, and how it begins", ("Name", "At first"), variables)
    yield Heading(2, "Map")
    start = story.scenes[story.start].title
    caption = f"The story begins at “{start}”. Dashed ways have conditions."
    yield Drawing(story_svg(story), caption)


def _cast_row(person: CastMember) -> tuple[str, str, str, str]:
    handle = f"@{person.handle}" if person.handle else ""
    return (person.name, person.role, handle, person.id)


def _scene(story: Story, scene: Scene) -> Iterator[Block]:
    yield Heading(3, scene.title, f"scene-{scene.id}")
    eyes = f", seen by {story.name_of(scene.as_)}" if scene.as_ else ""
    group = f", group: {scene.group}" if scene.group else ""
    yield Para(f"{scene.id}{eyes}{group}", "flag")
    yield from _effects("the first time", scene.first_enter)
    yield from _effects("each time", scene.enter)
    for exhibit in scene.exhibits:
        yield from _exhibit(story, exhibit)
    yield from _flagged(scene.text)
    if scene.continues:
        yield _targets(story, scene.goto)
    if scene.settled:
        yield Para(SETTLED.format(settled=scene.settled))
    if scene.discuss:
        yield Para(Strong("To discuss"))
        yield Items([story.questions[question] for question in scene.discuss])
    yield from _remark("For the facilitator: ", scene.notes)
    yield from _remark("To do: ", scene.todo, "note")
    for choice in scene.choices.values():
        yield from _choice(story, scene, choice)


def _choice(story: Story, scene: Scene, choice: Choice) -> Iterator[Block]:
    yield Heading(4, choice.text, f"choice-{scene.id}-{choice.id}")
    yield Para("; ".join(_choice_flags(scene, choice)), "flag")
    yield from _remark("Where it is locked: ", choice.locked)
    yield from _flagged(choice.consequence)
    yield from _cost(story, choice)
    if choice.marks:
        yield Items([_mark(story, mark) for mark in choice.marks])
    if choice.defensible:
        yield Para(DEFENSIBLE)
    yield from _remark("Coaching: ", choice.coaching)
    if choice.references:
        cited = [story.references[name] for name in choice.references]
        yield Items([reference_text(reference) for reference in cited])
    yield from _effects("then", choice.effects)
    yield _targets(story, choice.goto)
    yield from _remark("To do: ", choice.todo, "note")


def _choice_flags(scene: Scene, choice: Choice) -> Iterator[str]:
    yield f"{scene.id}.{choice.id}"
    if choice.when:
        yield f"only if {choice.when}"
    if choice.tonal:
        yield "tonal"
    if choice.stance:
        yield f"stance: {choice.stance}"
    if choice.status:
        yield choice.status


def _mark(story: Story, mark: Mark) -> Text:
    guideline = _guideline(story, mark.guideline)
    return (Strong(f"{mark.word} {guideline}: "), mark.why)


def _remark(label: str, text: str, kind: str = "") -> Iterator[Block]:
    if text:
        yield Para((Strong(label), text), kind)


def _effects(label: str, effects: Sequence[str]) -> Iterator[Block]:
    if effects:
        yield Para(f"{label}: {'; '.join(effects)}", "flag")


def _cost(story: Story, choice: Choice) -> Iterator[Block]:
    """What it costs and whom, and where that is told."""
    cost = choice.cost
    if cost is None:
        return
    name = story.name_of(cost.person)
    if name == "You":
        name = "you"
    whom = f" {name}" if name else ""
    yield Para((Strong(f"What it costs{whom}: "), cost.text))
    if cost.due:
        yield Items([("told at ", _place_link(story, place)) for place in cost.due])


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
    condition = f"; only if {exhibit.when}" if exhibit.when else ""
    yield Para(f"exhibit {exhibit.id}{condition}", "flag")
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


def _targets(story: Story, branches: Sequence[Branch]) -> Items:
    """Where a page or a choice leads, with conditions."""
    return Items([_target(story, branch) for branch in branches])


def _target(story: Story, branch: Branch) -> Text:
    condition = f"if {branch.when}, to " if branch.when else "to "
    return (condition, _place_link(story, branch.to))


def _place_link(story: Story, name: str) -> Link:
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
        yield Items([_answer(option) for option in item.options])


def _answer(option: TransferOption) -> Text:
    soundness = "Sound" if option.sound else "Not sound"
    return (Strong(f"{option.text} "), f"{soundness}: {option.why}")


def _shared(story: Story) -> Iterator[Block]:
    if story.questions:
        yield Heading(2, "Questions to discuss")
        questions = story.questions.items()
        yield Items([(Strong(f"{name}: "), text) for name, text in questions])
    if story.guidelines:
        yield Heading(2, "Guidelines")
        listed = story.guidelines.values()
        yield Items([(Strong(f"{g.number}. {g.short}: "), g.text) for g in listed])
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
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
