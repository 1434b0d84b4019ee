"""What is shown of a story in a state: texts with their holes filled, exhibits, options in order.

The order of shuffled options is a function of seed, scene and choice, and of nothing else, so
that any language can do the same: FNV-1a over the UTF-8 bytes of "seed/scene/choice", 32 bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from dialogue_game.core.expressions import holds
from dialogue_game.core.state import ShownExhibit, State
from dialogue_game.core.story import Detail, Exhibit, Option, Paragraph, Scene, Story
from dialogue_game.core.template import rendered

PEOPLE_FIELDS = frozenset({"from", "to", "cc", "author", "credit"})
"""Exhibit fields that may name a member of the cast."""
_OFFSET: Final = 2166136261
_PRIME: Final = 16777619
SEEDS: Final = 2**32
"""Seeds are unsigned numbers of 32 bits; 0 stands for the author's order."""


def shown(story: Story, state: State, text: str) -> str:
    """A text with its variables and conditions filled in."""
    return rendered(text, state.variables, state.visited, state.chosen, story.clock)


def paragraphs(
    story: Story, paragraphs: tuple[Paragraph, ...], state: State
) -> tuple[str, ...]:
    """The paragraphs whose condition holds; one that comes out empty is left out."""
    variables, seen, taken = state.variables, state.visited, state.chosen
    return tuple(
        [
            text
            for paragraph in paragraphs
            if not paragraph.when or holds(paragraph.when, variables, seen, taken)
            if (text := rendered(paragraph.text, variables, seen, taken, story.clock))
        ]
    )


def exhibits(story: Story, scene: Scene, state: State) -> tuple[ShownExhibit, ...]:
    """The exhibits that are there now."""
    seen: Set[str] = state.visited
    return tuple(
        _exhibit(story, exhibit, state)
        for exhibit in scene.exhibits
        if holds(exhibit.when, state.variables, seen, state.chosen)
    )


def _exhibit(story: Story, exhibit: Exhibit, state: State) -> ShownExhibit:
    def filled(fields: Mapping[str, str]) -> dict[str, str]:
        texts: dict[str, str] = {}
        for name, text in fields.items():
            if name in PEOPLE_FIELDS:
                member = story.cast.get(text)
                if name == "author" and member is not None and member.handle:
                    texts["handle"] = f"@{member.handle}"
                texts[name] = story.name_of(shown(story, state, text))
            else:
                texts[name] = shown(story, state, text)
        return texts

    return ShownExhibit(
        exhibit.id,
        exhibit.kind,
        shown(story, state, exhibit.alt),
        filled(exhibit.fields),
        tuple(filled(item) for item in exhibit.items),
        tuple(
            Detail(d.id, shown(story, state, d.look), shown(story, state, d.text))
            for d in exhibit.details
        ),
    )


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of a text's UTF-8 bytes."""
    value = _OFFSET
    for byte in text.encode():
        value = (value ^ byte) * _PRIME % 2**32
    return value


def shuffled(options: Sequence[Option], scene: str, seed: int) -> tuple[Option, ...]:
    """The options in the order that a seed gives them; ties stay in the author's order."""
    return tuple(
        sorted(options, key=lambda option: fnv1a(f"{seed}/{scene}/{option.id}"))
    )
