"""Exported runs as a stranger might craft them, from a sound one and a fixed seed."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any, Final

_DEEP: Final = "[" * 5_000 + "]" * 5_000
VALUES: Final[tuple[Any, ...]] = (
    *(
        None,
        True,
        -1,
        0,
        10**30,
        1e308,
        float("nan"),
        float("inf"),
        "",
        " ",
        "x" * 100_000,
    ),
    *(
        "\x1b[2J\x1b]0;x\x07",
        "\u202e\u2028\x00",
        "../../etc/passwd",
        "{if 9**9**9: x}",
        "{x}" * 999,
    ),
    *(
        [],
        {},
        [[]],
        {"": ""},
        ["a"] * 10_000,
        {str(n): n for n in range(5_000)},
        {"$ref": "#"},
    ),
    *(
        "end",
        "__class__",
        "trust >= ",
        "not " * 200 + "true",
        "(" * 400,
        "a.b.c",
        "ﬀ",
        "\ud800",
    ),
)


def crafted(sound: bytes, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each with a word about it."""
    told: dict[str, Any] = json.loads(sound)
    for number in range(count):
        chance = random.Random(seed + number)  # noqa: S311 - the same files at every run
        match number % 10:
            case 0:
                yield f"run {number}, bytes", _bytes(sound, chance)
            case 1:
                name, made = _grown(copy.deepcopy(told), number // 10 % 8)
                yield f"run {number}, {name}", _written(made)
            case 2:
                yield (
                    f"run {number}, choices",
                    _written(_walked(copy.deepcopy(told), chance)),
                )
            case _:
                yield (
                    f"run {number}, values",
                    _written(_changed(copy.deepcopy(told), chance)),
                )


def _written(made: Any) -> bytes:
    return json.dumps(made).replace('"DEEP"', _DEEP).encode()


def _bytes(sound: bytes, chance: random.Random) -> bytes:
    """Flipped, torn, doubled or foreign."""
    data = bytearray(sound)
    at = chance.randrange(len(data))
    match chance.randrange(5):
        case 0:
            return bytes(data[:at])
        case 1:
            return chance.randbytes(at)
        case 2:
            return bytes(data[:at] + data)
        case _:
            for _ in range(chance.choice((1, 3, 30))):
                data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in list(entries):
        yield value, key
        if isinstance(held, dict | list):
            yield from _spots(held)


def _changed(told: Any, chance: random.Random) -> Any:
    """One to five values replaced or taken away."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        container, key = chance.choice(list(_spots(told)))
        match chance.randrange(6):
            case 0:
                del container[key]
            case 1:
                container[key] = "DEEP"
            case _:
                container[key] = copy.deepcopy(chance.choice(VALUES))
    return told


def _walked(told: Any, chance: random.Random) -> Any:
    """Choices that were never made: shuffled, doubled, endless."""
    choices = told["run"]["choices"]
    match chance.randrange(4):
        case 0:
            chance.shuffle(choices)
        case 1:
            choices *= 2_000
        case 2:
            choices[0]["choice"] = chance.choice(
                ("leave", "", "\x1b[31m", "a" * 10_000)
            )
        case _:
            told["run"]["seed"] = chance.choice((-1, 2**64, 10**300, 0.5, "7", None))
    return told


def _grown(told: Any, kind: int) -> tuple[str, Any]:
    """A story that grows while it is played, or is large where that costs most."""
    story, run = told["edition"], told["run"]
    scene = story["scenes"][story["start"]]
    choice = next(iter(scene["choices"].values()))
    again = {"scene": story["start"], "choice": choice["id"]}
    made = [
        ("a word that doubles", {"w": "x"}, ["w = w + w"], 10_000),
        ("a number that doubles", {"n": 2}, ["n = n + n"], 10_000),
        ("a number that squares", {"n": 3}, ["n = n * n"], 10_000),
        ("a circle", {}, [], 9_999),
        ("thousands of variables", {f"v{n}": n for n in range(5_000)}, [], 5_000),
        ("thousands of effects", {"n": 0}, ["n += 1"] * 2_000, 9_000),
        ("a long text again and again", {}, [], 9_000),
        ("very many scenes", {}, [], 1),
    ][kind]
    name, variables, effects, rounds = made
    story["variables"] = variables
    choice["effects"], choice["goto"] = effects, [{"to": story["start"], "when": ""}]
    choice["when"] = ""
    run["choices"] = [again] * rounds
    if kind == 6:
        scene["text"] = [{"text": "word " * 100_000, "when": "", "fragment": ""}]
    if kind == 7:
        story["scenes"] |= {f"s{n}": {**scene, "id": f"s{n}"} for n in range(3_000)}
    return name, told
