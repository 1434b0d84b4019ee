"""What no state can change in a scene, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dialogue_game.core.state import Option
from dialogue_game.core.story import Choice, Paragraph, Scene


class Fixed(NamedTuple):
    """A scene's text, its options and where each leads: what no state can change, else None."""

    text: tuple[str, ...] | None
    options: tuple[Option, ...] | None
    roads: Mapping[str, str] | None

    @classmethod
    def of(cls, parts: tuple[Paragraph, ...], choices: tuple[Choice, ...]) -> Fixed:
        """Of a scene with this text and these choices."""
        told = not any(part.when or varies(part.text) for part in parts)
        offered = not any(choice.when or varies(choice.text) for choice in choices)
        certain = not any(
            choice.when or choice.effects or not choice.goto or choice.goto[0].when
            for choice in choices
        )
        return cls(
            tuple([part.text for part in parts]) if told else None,
            tuple([Option(choice.id, choice.text) for choice in choices]) if offered else None,
            {choice.id: choice.goto[0].to for choice in choices} if certain else None,
        )


def fixed(scene: Scene) -> Fixed:
    """What no state can change in a scene; worked out once and kept with it.

    So a text that is read again is not looked through for variables again, no option is made
    anew, and in a story of 50,000 scenes less memory is touched that nobody has touched for long.
    """
    try:
        kept: Fixed = scene.fixed
    except AttributeError:
        kept = Fixed.of(scene.text, tuple(scene.choices.values()))
        object.__setattr__(scene, "fixed", kept)
    return kept


def varies(text: str) -> bool:
    """Whether it is told in other letters than it is written in."""
    return "{" in text or "}" in text
