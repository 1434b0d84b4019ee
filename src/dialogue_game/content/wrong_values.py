"""What to say of one value of the wrong kind: no id, no text, a number too large, another shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dialogue_game.analysis.findings import Finding, PathKey, Place, finding
from dialogue_game.content.file_findings import as_id
from dialogue_game.content.places import clipped

ID_ADVICE: Final = "Ids are lower-case letters, digits and _, beginning with a letter"


def not_an_id(place: Place, value: str, pattern: str) -> Finding:
    """A text where an id, or scene.choice, must stand."""
    if r"\." in pattern:
        wanted = "scene.choice" if "?" not in pattern else "an id, or scene.choice"
        return finding(
            "DG014",
            place,
            f"“{clipped(value)}” is not {wanted}.",
            f"{ID_ADVICE}; a choice is written scene.choice.",
        )
    better = as_id(value)
    return finding(
        "DG014",
        place,
        f"“{clipped(value)}” is not an id.",
        f"{ID_ADVICE}{f': {better}' if better else ''}.",
    )


PLAIN: Final[Mapping[str, tuple[str, str, str]]] = {
    "empty_text": ("DG015", "This text is empty.", "Write it, or take the key away."),
    "one_mark": (
        "DG013",
        "A mark says exactly one of models, upholds, strains, breaches.",
        "Write one item for each guideline: - upholds: g1, and below it why: ….",
    ),
    "one_kind": (
        "DG013",
        "An exhibit is one key, its kind, with its fields below it.",
        "Write each exhibit as an item of its own: - email: ….",
    ),
    "string_too_short": ("DG015", "This text is empty.", "Write it, or take it away."),
    "greater_than_equal": ("DG013", "This number is too small.", "It counts from 0."),
    "less_than_equal": (
        "DG013",
        "This number is too large.",
        "It may be 1000 at most.",
    ),
    "not_a_value": (
        "DG012",
        "A variable begins as a number, a flag (true, false) or a word.",
        "Write one value: trust: 2.",
    ),
    "word_too_long": ("DG013", "This word is too long.", "Use at most 200 letters."),
    "number_too_long": ("DG013", "This number is too long.", "Use at most 12 digits."),
}

_EXPECTED: Final[tuple[tuple[str, str, str], ...]] = (
    ("id", "An id", f"{ID_ADVICE}."),
    ("string", "A text", "Put it in quotes if it is meant as text."),
    ("not_a_condition", "A condition", "Write it like trust >= 3."),
    ("bool", "true or false", "Write true or false, without quotes."),
    ("int", "A whole number", "Write it in digits, without quotes."),
    ("list", "A list", "Write each item after a dash, or all of them as [a, b]."),
    (
        "dict",
        "A mapping",
        "Write key: value, each on a line of its own below this one.",
    ),
    (
        "model",
        "A mapping",
        "Write key: value, each on a line of its own below this one.",
    ),
)


def wrong_type(place: Place, kind: str, value: Any, about: str) -> Finding:
    """A value of another type than expected."""
    wanted, advice = "Something else", about
    for start, name, hint in _EXPECTED:
        if kind.startswith(start):
            wanted, advice = name, hint
            break
    if wanted == "A text" and isinstance(value, dict | list):
        advice = "Write one text here; put it in quotes if it begins with a bracket or brace."
    message = f"{wanted} is expected here, and this is {_described(value)}."
    return finding("DG012", place, message, advice)


def _described(value: Any) -> str:
    if isinstance(value, bool):
        return "the flag true" if value else "the flag false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int | float):
        return f"the number {clipped(str(value))}"
    return f"the text “{clipped(str(value), 40)}”"


def shape_advice(path: PathKey, value: Any) -> str:
    """What to write for a value in the shape that another tool, or plain YAML, would have."""
    if (
        isinstance(value, dict)
        and len(value) == 1
        and {"effects", "enter", "first_enter"} & {*path}
    ):
        ((name, to),) = value.items()
        said = str(to).lower() if isinstance(to, bool) else to
        return f"Write it as one text: {clipped(f'{name} = {said}')}."
    if isinstance(value, list) and value and isinstance(value[0], dict):
        name = value[0].get("id")
        if isinstance(name, str):
            return (
                f"Write each id as a key, with its fields below it: {clipped(name)}: …."
            )
    return ""
