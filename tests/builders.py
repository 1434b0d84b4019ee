"""Small stories, built by hand with sane defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.story import (
    Branch,
    Choice,
    Ending,
    Mark,
    MarkWord,
    Paragraph,
    Scene,
    Story,
)

GUIDELINES = {
    f"g{n}": Guideline(f"g{n}", n, f"Guideline {n}", f"What guideline {n} says.")
    for n in (1, 2, 3)
}
REFERENCES = {
    "code": Reference(
        "code", "CODE/1", "A code", "What it asks.", "partly", binding=True
    ),
}


def mark(spec: str) -> Mark:
    """ "g1 breaches" as a mark."""
    guideline, word = spec.split()
    typed: MarkWord = word  # type: ignore[assignment]
    return Mark(guideline, typed, f"Because {word}.")


def choice(choice_id: str, to: str = "end", *marks: str, **extra: Any) -> Choice:
    """A choice that leads to one place."""
    return Choice(
        choice_id,
        extra.pop("text", f"Do {choice_id}."),
        extra.pop("consequence", (Paragraph(f"{choice_id} happens."),)),
        extra.pop("goto", (Branch(to),)),
        marks=tuple(mark(spec) for spec in marks),
        references=("code",),
        **extra,
    )


def scene(scene_id: str, *choices: Choice, **extra: Any) -> Scene:
    """A scene with these choices."""
    return Scene(
        scene_id,
        extra.pop("title", scene_id.title()),
        extra.pop("text", (Paragraph(f"This is {scene_id}."),)),
        {c.id: c for c in choices},
        **extra,
    )


def story(
    *scenes: Scene, endings: Mapping[str, str] | None = None, **extra: Any
) -> Story:
    """A story that starts in its first scene; endings as id: kind."""
    return Story(
        id=extra.pop("id", "tale"),
        title=extra.pop("title", "A Tale"),
        kind=extra.pop("kind", "scenario"),
        start=scenes[0].id,
        scenes={s.id: s for s in scenes},
        endings={
            name: Ending(name, kind, name.title(), (Paragraph(f"It ends in {name}."),))
            for name, kind in (endings or {"end": "good"}).items()
        },
        guidelines=extra.pop("guidelines", GUIDELINES),
        references=extra.pop("references", REFERENCES),
        edition=extra.pop("edition", "first"),
        **extra,
    )
