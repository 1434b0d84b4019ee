"""The texts that a player may read: where, under which conditions, and which choices they remember.

A choice is remembered where something that it alone settles (that it was chosen, a variable that
it sets, a visit to the scene it leads to) is still read on some path from there, or where its cost
falls due. What every option of its decision sets alike tells nothing of the choice, and a counter
that it moves by some steps does not come back by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dialogue_game.analysis.conditions import (
    Liveness,
    Watched,
    all_effects,
    chosen_fact,
    facts_read,
    liveness,
    ruling_conditions,
    visited_fact,
)
from dialogue_game.analysis.findings import PathKey
from dialogue_game.core.expressions import parse_effect
from dialogue_game.core.story import Choice, Exhibit, Paragraph, Scene, Story
from dialogue_game.core.template import conditional_texts, variables_shown


def shown_texts(story: Story) -> Iterator[tuple[str, str]]:
    """Each text with the scene or ending in which it may be read."""
    for scene in story.scenes.values():
        texts = [paragraph.text for paragraph in scene.text]
        for exhibit in scene.exhibits:
            texts += exhibit_texts(exhibit)
        for choice in scene.choices.values():
            texts += [choice.text, choice.locked, choice.coaching]
            texts += [paragraph.text for paragraph in choice.consequence]
            if choice.cost is not None and not choice.cost.due:
                texts.append(choice.cost.text)
        for text in texts:
            yield scene.id, text
    for ending in story.endings.values():
        for paragraph in ending.text:
            yield ending.id, paragraph.text


def exhibit_texts(exhibit: Exhibit) -> list[str]:
    """Every text of an exhibit, those of its details too."""
    texts = [exhibit.alt, *exhibit.fields.values()]
    texts += [text for item in exhibit.items for text in item.values()]
    return texts + [
        text for detail in exhibit.details for text in (detail.look, detail.text)
    ]


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A condition of a text or exhibit, and the path of its `if` in the file.

    `due` tells the condition of a cost, which the build has put in front of a text. `shared` names
    the fragment or shared exhibit that it stands in; one use may make up for another.
    """

    watched: Watched
    path: PathKey
    due: bool = False
    shared: str = ""


def text_conditions(story: Story) -> Iterator[TextCondition]:
    """Every condition that decides what is shown."""
    due = _costs(story)
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        yield from _of_text(scene.text, scene.id, "", (*here, "text"), due)
        for number, exhibit in enumerate(scene.exhibits):
            yield from _of_exhibit(
                exhibit, scene.id, (*here, "exhibits", number, exhibit.kind)
            )
        for choice in scene.choices.values():
            if not _varies(choice):
                continue
            path: PathKey = (*here, "choices", choice.id)
            yield from _inside(choice.text, scene.id, "", (*path, "text"))
            yield from _inside(choice.locked, scene.id, "", (*path, "locked"))
            consequence_path = (*path, "consequence")
            yield from _of_text(
                choice.consequence, scene.id, choice.id, consequence_path
            )
            yield from _inside(
                choice.coaching, scene.id, choice.id, (*path, "coaching")
            )
            if choice.cost is not None and not choice.cost.due:
                cost = (*path, "cost", "text")
                yield from _inside(choice.cost.text, scene.id, choice.id, cost)
    for ending in story.endings.values():
        yield from _of_text(
            ending.text, ending.id, "", ("endings", ending.id, "text"), due
        )


def _varies(choice: Choice) -> bool:
    """Whether a text of a choice may depend on a condition; most do not."""
    texts = choice.text + choice.locked + choice.coaching
    return (
        "{if" in texts
        or choice.cost is not None
        or any(p.when or "{if" in p.text for p in choice.consequence)
    )


def _costs(story: Story) -> frozenset[tuple[str, str]]:
    """The costs that fall due later: the condition that each is shown under, and its text."""
    return frozenset(
        (f"chose({scene.id}.{choice.id})", choice.cost.text)
        for scene, choice in story.choices()
        if choice.cost is not None and choice.cost.due
    )


def _of_text(
    paragraphs: Sequence[Paragraph],
    node: str,
    choice: str,
    path: PathKey,
    due: frozenset[tuple[str, str]] = frozenset(),
) -> Iterator[TextCondition]:
    for number, paragraph in enumerate(paragraphs):
        if not paragraph.when and "{if" not in paragraph.text:
            continue
        if paragraph.when:
            watched = Watched(node, paragraph.when, choice)
            is_due = (paragraph.when, paragraph.text) in due
            yield TextCondition(
                watched, (*path, number, "if"), is_due, paragraph.fragment
            )
        for item in _inside(
            paragraph.text, node, choice, (*path, number), paragraph.when
        ):
            yield replace(item, shared=paragraph.fragment)


def _of_exhibit(exhibit: Exhibit, node: str, path: PathKey) -> Iterator[TextCondition]:
    if exhibit.when:
        yield TextCondition(
            Watched(node, exhibit.when), (*path, "if"), shared=exhibit.shared
        )
    for text in exhibit_texts(exhibit):
        for item in _inside(text, node, "", path, exhibit.when):
            yield replace(item, shared=exhibit.shared)


def _inside(
    text: str, node: str, choice: str, path: PathKey, given: str = ""
) -> Iterator[TextCondition]:
    """The conditions inside a text, which are read where the text itself is shown."""
    for piece in conditional_texts(text):
        yield TextCondition(Watched(node, piece.condition, choice, given), path)


def never_remembered(story: Story) -> tuple[str, ...]:
    """The `scene.choice` of decisions that nothing later depends on, in the author's order."""
    watched = [
        *(item.watched for item in text_conditions(story)),
        *_shown_variables(story),
    ]
    conditions = list(ruling_conditions(story))
    for item in watched:
        conditions += item.conditions
    facts = _read_by_effects(story)
    for condition in conditions:
        facts.update(facts_read(condition))
    known = liveness(story, tuple(sorted(facts)), watched)
    return tuple(
        f"{scene.id}.{choice.id}"
        for scene in story.scenes.values()
        if len(scene.choices) > 1
        for choice in scene.choices.values()
        if not _remembered(known, scene, choice)
    )


def _read_by_effects(story: Story) -> set[str]:
    """The variables that effects read, which pass on what they hold."""
    return {
        fact
        for source in all_effects(story)
        for fact in facts_read(parse_effect(source).value.source)
    }


def _remembered(known: Liveness, scene: Scene, choice: Choice) -> bool:
    if choice.cost is not None and choice.cost.due:
        return True
    if not known.bits:
        return False
    others = [other for other in scene.choices.values() if other is not choice]
    others_lead_to = [{branch.to for branch in other.goto} for other in others]
    bits = 0
    for fact in (chosen_fact(f"{scene.id}.{choice.id}"), *_set_alone(choice, others)):
        bits |= known.bits.get(fact, 0)
    for branch in choice.goto:
        if not all(branch.to in targets for targets in others_lead_to):
            bits |= known.bits.get(visited_fact(branch.to), 0)
        live = known.at[known.graph.target(branch.to)] | known.mask(branch.when)
        if live & bits:
            return True
    return any(known.mask(branch.when) & bits for branch in choice.goto)


def _set_alone(choice: Choice, others: list[Choice]) -> set[str]:
    """The variables that a choice sets, and not all of its neighbours to the same."""
    own = [
        source
        for source in choice.effects
        if not all(source in other.effects for other in others)
    ]
    effects = map(parse_effect, own)
    return {effect.target for effect in effects if effect.operator == "="}


def _shown_variables(story: Story) -> Iterator[Watched]:
    """The variables that texts show, as conditions that read them where they are shown."""
    known = {
        (node, name)
        for node, text in shown_texts(story)
        for name in variables_shown(text)
    }
    for node, name in sorted(known):
        yield Watched(node, f"{name} == {name}")
