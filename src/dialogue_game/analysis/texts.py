"""Every text of a story that a player may be shown, with where it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from dialogue_game.core.story import Exhibit, Story


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
