"""Every text of a story with the path it stands at, for rules that read texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dialogue_game.analysis.findings import PathKey
from dialogue_game.core.story import Choice, Ending, Exhibit, Paragraph, Scene, Story


class Text(NamedTuple):
    """One text that a player may read, where it stands, and what it is."""

    kind: str
    path: PathKey
    words: str


def story_texts(story: Story) -> Iterator[Text]:
    """Every text, in the order of the file."""
    yield Text("title", ("title",), story.title)
    yield Text("summary", ("summary",), story.summary)
    for name, question in story.questions.items():
        yield Text("question", ("questions", name), question)
    for scene in story.scenes.values():
        yield from _of_scene(scene)
    for ending in story.endings.values():
        yield from _of_ending(ending)
    for name, item in story.transfer.items():
        here: PathKey = ("transfer", name)
        yield Text("situation", (*here, "situation"), item.situation)
        for number, option in enumerate(item.options):
            yield Text("option", (*here, "options", number, "text"), option.text)
            yield Text("why", (*here, "options", number, "why"), option.why)


def _of_scene(scene: Scene) -> Iterator[Text]:
    here: PathKey = ("scenes", scene.id)
    yield Text("scene title", (*here, "title"), scene.title)
    yield from paragraphs("text", (*here, "text"), scene.text)
    if scene.settled:
        yield Text("settled", (*here, "settled"), scene.settled)
    for number, exhibit in enumerate(scene.exhibits):
        yield from _of_exhibit((*here, "exhibits", number, exhibit.kind), exhibit)
    for choice in scene.choices.values():
        yield from _of_choice((*here, "choices", choice.id), choice)


def _of_exhibit(here: PathKey, exhibit: Exhibit) -> Iterator[Text]:
    if exhibit.alt:
        yield Text("alt", (*here, "alt"), exhibit.alt)
    for name, text in exhibit.fields.items():
        if name != "file":
            yield Text("exhibit", (*here, name), text)
    for items in exhibit.items:
        for name, text in items.items():
            yield Text("exhibit", (*here, name), text)
    for number, detail in enumerate(exhibit.details):
        yield Text("detail", (*here, "details", number, "text"), detail.text)


def _of_choice(here: PathKey, choice: Choice) -> Iterator[Text]:
    yield Text("label", (*here, "text"), choice.text)
    if choice.locked:
        yield Text("locked", (*here, "locked"), choice.locked)
    yield from paragraphs("consequence", (*here, "consequence"), choice.consequence)
    for number, mark in enumerate(choice.marks):
        yield Text("why", (*here, "marks", number, "why"), mark.why)
    if choice.coaching:
        yield Text("coaching", (*here, "coaching"), choice.coaching)


def _of_ending(ending: Ending) -> Iterator[Text]:
    here: PathKey = ("endings", ending.id)
    yield Text("ending title", (*here, "title"), ending.title)
    yield from paragraphs("ending", (*here, "text"), ending.text)


def paragraphs(
    kind: str, path: PathKey, content: Sequence[Paragraph]
) -> Iterator[Text]:
    """The paragraphs of a text; a single one stands at the text itself."""
    for number, paragraph in enumerate(content):
        yield Text(kind, (*path, number) if len(content) > 1 else path, paragraph.text)
