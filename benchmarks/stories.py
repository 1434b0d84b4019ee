"""Stories to measure with, the same at every run: plain data, the core's own types, or YAML.

N scenes in layers, three choices each into the next layer, 40 words a scene, one or two marks a
choice. The last layer leads to the endings, or, in a loop, back to the start.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.story import (
    Branch,
    Choice,
    Ending,
    Mark,
    Paragraph,
    Scene,
    Story,
)

SEED: Final = 20231122
LAYERS: Final = 24
_VOCABULARY: Final = """
    desk rain mail phone badge photo list friend rule team note door public quiet word morning
    report trust office travel screen answer question reader staff neutral share comment wait
    ask delete post profile country council vote party meeting promise private
"""
WORDS: Final = tuple(_VOCABULARY.split())
MARK_WORDS: Final = ("models", "upholds", "strains", "breaches")
GUIDELINES: Final = {
    f"g{number}": {
        "short": f"Guideline {number}",
        "text": f"What guideline {number} asks for.",
    }
    for number in range(1, 12)
}
REFERENCE: Final = {
    "symbol": "RULE/1",
    "title": "A rule",
    "summary": "What it asks for, in our own words.",
    "verified": "yes",
    "url": "https://example.org/rule",
}
ENDINGS: Final = {"well": "good", "so_so": "mixed", "badly": "poor"}


def plain(scenes: int, layers: int = LAYERS, *, loop: bool = False) -> dict[str, Any]:
    """A story as plain dicts: what the dict walk walks, and what the others are made from."""
    chance = random.Random(SEED)  # noqa: S311 - the same story at every run
    width = max(scenes // layers, 1)
    told: dict[str, Any] = {}
    for layer in range(layers):
        for place in range(width):
            last = layer == layers - 1
            told[f"s{layer}_{place}"] = {
                "title": _words(chance, 3),
                "text": _words(chance, 40),
                "choices": [
                    _choice(
                        chance, option, _target(chance, layer + 1, width, last, loop)
                    )
                    for option in "abc"
                ],
            }
    return {"id": "measured", "start": "s0_0", "scenes": told, "endings": dict(ENDINGS)}


def compiled(story: Mapping[str, Any]) -> Story:
    """The same story as the engine has it."""
    return Story(
        id=story["id"],
        title="A measured story",
        kind="scenario",
        start=story["start"],
        scenes={name: _scene(name, scene) for name, scene in story["scenes"].items()},
        endings={
            name: Ending(name, kind, name.title(), (Paragraph(f"It ends {name}."),))
            for name, kind in story["endings"].items()
        },
        guidelines={
            name: Guideline(name, number, told["short"], told["text"])
            for number, (name, told) in enumerate(GUIDELINES.items(), 1)
        },
        references={
            "rule_1": Reference(
                "rule_1", "RULE/1", "A rule", "What it asks for.", "yes"
            )
        },
        edition="measured",
    )


def write(story: Mapping[str, Any], path: Path) -> Path:
    """The same story as a lone YAML file, as an author would write it; the file."""
    lines = [
        *("format: 1", f"id: {path.stem}", "kind: scenario", "title: A measured story"),
        *(
            "status: drafted",
            "minutes: 10",
            "variables: {}",
            f"start: {story['start']}",
        ),
        "guidelines:",
        *(
            f"  {name}: {{short: {g['short']}, text: {g['text']}}}"
            for name, g in GUIDELINES.items()
        ),
        "references:",
        "  rule_1:",
        *(f"    {name}: {value}" for name, value in REFERENCE.items()),
        "scenes:",
    ]
    for name, scene in story["scenes"].items():
        lines += [
            f"  {name}:",
            f"    title: {scene['title']}",
            f"    text: {scene['text']}",
        ]
        lines.append("    choices:")
        for choice in scene["choices"]:
            lines += _choice_lines(choice)
    lines.append("endings:")
    for name, kind in story["endings"].items():
        lines.append(
            f"  {name}: {{kind: {kind}, title: {name}, text: It ends {name}.}}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize()


def _target(
    chance: random.Random, layer: int, width: int, last: bool, loop: bool
) -> str:
    if last:
        return "s0_0" if loop else chance.choice(tuple(ENDINGS))
    return f"s{layer}_{chance.randrange(width)}"


def _choice(chance: random.Random, option: str, goto: str) -> dict[str, Any]:
    guidelines = chance.sample(tuple(GUIDELINES), chance.choice((1, 2)))
    return {
        "id": option,
        "text": _words(chance, 8),
        "consequence": _words(chance, 30),
        "marks": [(guideline, chance.choice(MARK_WORDS)) for guideline in guidelines],
        "goto": goto,
    }


def _scene(name: str, scene: Mapping[str, Any]) -> Scene:
    choices = {
        choice["id"]: Choice(
            choice["id"],
            choice["text"],
            (Paragraph(choice["consequence"]),),
            (Branch(choice["goto"]),),
            marks=tuple(
                Mark(guideline, word, "Because.") for guideline, word in choice["marks"]
            ),
            references=("rule_1",),
        )
        for choice in scene["choices"]
    }
    return Scene(name, scene["title"], (Paragraph(scene["text"]),), choices)


def _choice_lines(choice: Mapping[str, Any]) -> list[str]:
    lines = [
        f"      {choice['id']}:",
        f"        text: {choice['text']}",
        f"        consequence: {choice['consequence']}",
        "        marks:",
    ]
    for guideline, word in choice["marks"]:
        lines.append(f"          - {{{word}: {guideline}, why: Because.}}")
    return [*lines, "        references: [rule_1]", f"        goto: {choice['goto']}"]


def guarded(scenes: int, seed: int = SEED, share: float = 0.25) -> Story:
    """A story of eleven numbers, in which about that share of the choices is guarded.

    In each scene one choice is always open, so that nobody gets stuck; a third of the choices
    add to a number.
    """
    chance = random.Random(seed)  # noqa: S311 - the same story at every run
    width = max(scenes // LAYERS, 1)
    layers = scenes // width
    names = [[f"l{layer}_{place}" for place in range(width)] for layer in range(layers)]
    told = {}
    for layer, row in enumerate(names):
        onward = names[layer + 1] if layer + 1 < layers else list(ENDINGS)
        for name in row:
            free = chance.randrange(3)
            choices = {
                option: _guarded_choice(
                    chance,
                    option,
                    chance.choice(onward),
                    0 if place == free else share * 1.5,
                )
                for place, option in enumerate("abc")
            }
            told[name] = Scene(name, name, (), choices)
    return Story(
        id="guarded",
        title="A guarded story",
        kind="scenario",
        start=names[0][0],
        scenes=told,
        endings={name: Ending(name, kind, name, ()) for name, kind in ENDINGS.items()},
        variables={f"v{number}": 0 for number in range(11)},
        guidelines={
            name: Guideline(name, number, told_["short"], told_["text"])
            for number, (name, told_) in enumerate(GUIDELINES.items(), 1)
        },
    )


def _guarded_choice(
    chance: random.Random, option: str, to: str, share: float
) -> Choice:
    sign, bound = chance.choice((">=", "<")), chance.randint(0, 2)
    when = f"v{chance.randrange(11)} {sign} {bound}" if chance.random() < share else ""
    add = f"v{chance.randrange(11)} += {chance.choice((1, 2))}"
    words = [chance.choice(MARK_WORDS) for _ in range(2)]
    return Choice(
        option,
        option,
        (),
        (Branch(to),),
        marks=tuple(
            Mark(guideline, word, "Why.")  # type: ignore[arg-type]
            for guideline, word in zip(
                chance.sample(list(GUIDELINES), 2), words, strict=True
            )
        ),
        when=when,
        locked="Not now." if when else "",
        effects=(add,) if chance.random() < 1 / 3 else (),
    )


TRAPS: Final[Mapping[str, Mapping[str, Mapping[str, tuple[str, str]]]]] = {
    "ring": {
        "ring": {"a": ("ring_on", ""), "b": ("ring_on", "")},
        "ring_on": {"a": ("ring", "")},
    },
    "alone": {"alone": {"a": ("alone", ""), "b": ("alone", "")}},
    "no_key": {"no_key": {"a": ("no_key", ""), "b": ("well", "key")}},
    "too_poor": {"too_poor": {"a": ("too_poor", ""), "b": ("well", "v1 >= 2")}},
    "gap": {"gap": {"a": ("well", "v0 >= 3"), "b": ("badly", "v0 < 1")}},
}
"""Traps by name: their scenes, and of each choice where it leads and what for. `key` is never set;
the last two catch only who comes with too little, or with neither enough nor nothing."""


def trapped(scenes: int, seed: int = SEED) -> Story:
    """A guarded story in which a choice leads to each of the `TRAPS`, from somewhere reachable."""
    told = guarded(scenes, seed)
    chance = random.Random(seed)  # noqa: S311 - the same story at every run
    at = dict(told.scenes)
    met = [told.start]
    for name in met:
        free = (choice for choice in at[name].choices.values() if not choice.when)
        met += [
            c.goto[0].to for c in free if c.goto[0].to in at and c.goto[0].to not in met
        ]
    for name, host in zip(TRAPS, chance.sample(met[1:], len(TRAPS)), strict=True):
        choices = {**at[host].choices, "d": _onward("d", name, "")}
        at[host] = replace(at[host], choices=choices)
        for scene, options in TRAPS[name].items():
            at[scene] = Scene(
                scene, scene, (), {o: _onward(o, *to) for o, to in options.items()}
            )
    return replace(told, scenes=at, variables={**told.variables, "key": False})


def _onward(option: str, to: str, when: str) -> Choice:
    return Choice(
        option, option, (), (Branch(to),), when=when, locked="Not now." if when else ""
    )
