"""Broken YAML, said in plain words: what the parser found, and what an author can do about it."""

from __future__ import annotations

import re
from typing import Any, Final

from yaml.events import AliasEvent

from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.content.places import SourcePlaces, clipped, pack

QUOTE: Final = "Put the whole text in quotes, or write it below the key after >-."

_PROBLEMS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "mapping values are not allowed",
        "A colon followed by a space begins a value, and there is one inside this text.",
        QUOTE,
    ),
    (
        "could not find expected ':'",
        "Just above this line, a key has no colon, or a line of a text is not indented.",
        "Write key: value, with a space; a text's lines stand deeper than its key.",
    ),
    (
        "unexpected end of stream",
        "A quote that was opened here is never closed.",
        "Close it. If a quote belongs to the text, write the text below the key after >-.",
    ),
    (
        "unexpected document separator",
        "A quote that was opened here is never closed.",
        "Close it before the line of dashes.",
    ),
    (
        "unknown escape character",
        "A backslash inside double quotes begins an escape, and this is none.",
        "Use single quotes, in which a backslash is just a backslash.",
    ),
    (
        "hex",
        "A backslash inside double quotes begins an escape, and this one is not complete.",
        "Use single quotes, in which a backslash is just a backslash.",
    ),
    (
        "sequence entries are not allowed",
        "A list cannot begin here, on the line of its key.",
        "Begin the list on the next line, each item after a dash, or put the text in quotes.",
    ),
    (
        "expected ',' or",
        "A bracket or brace is opened here and not closed, or a comma is missing.",
        "Close it. If it is part of a text, put the whole text in quotes.",
    ),
    (
        "expected '-' indicator",
        "This line stands beside the items of a list and is not one.",
        "Begin it with a dash, or indent it to where it belongs.",
    ),
    (
        "expected alphabetic or numeric",
        "A text cannot begin with * or &.",
        QUOTE,
    ),
    (
        "escape code",
        "A backslash inside double quotes begins an escape, and no letter has this number.",
        "Write the letter itself.",
    ),
    (
        "mapping keys are not allowed",
        "A text cannot begin with a question mark and a space.",
        QUOTE,
    ),
    (
        "indentation indicator",
        "After | or > comes a new line, and the text below it.",
        QUOTE,
    ),
    ("comment or", "After | or > comes a new line.", QUOTE),
    ("chomping or indentation", "After | or > comes a new line.", QUOTE),
    ("directive", "A line cannot begin with % here.", QUOTE),
    ("YAML document", "A line cannot begin with % here.", QUOTE),
    ("tag", "A text cannot begin with an exclamation mark.", QUOTE),
    (
        "document start",
        "The file goes on after its end.",
        "Look at the indentation of this line.",
    ),
)
_AT_START: Final = ("unexpected end of stream", "expected ',' or")
"""Problems that are seen at the end of something, and are to be mended at its start."""
_KEY_ALONE: Final = re.compile(r"\s*[A-Za-z_][\w ]*\Z")
_STARTS: Final = {
    "\t": ("A tab is used as indentation.", "Use spaces; two for each step."),
    "@": ("A text cannot begin with @.", QUOTE),
    "`": ("A text cannot begin with a back quote.", QUOTE),
    "%": ("A text cannot begin with a per cent sign.", QUOTE),
}
_QUOTED_START: Final = re.compile(r""":\s+(["'])""")
_BRACE_START: Final = re.compile(r":\s+[\[{]")
_NO_KEY: Final = (
    "This line looks like a key, and belongs to the text above it.",
    "Look at its indentation, and whether the line above has its colon.",
)
_NO_COLON: Final = re.compile(
    r"\s*(?:- )?(text|title|consequence|why|goto|id|kind|summary|alt|look|locked|body|coaching"
    r"|settled|takes|stance|file|caption|subject|from|to) +(?!.*: )\S"
)
_NO_SPACE: Final = re.compile(r"\s+-[A-Za-z{]")


def reworded(error: Exception, places: SourcePlaces) -> Finding:
    """The finding for whatever PyYAML refused."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        message = "This file cannot be read as YAML."
        return finding("DG003", places.place(0), message, "Look at its start.")
    line, column = min(mark.line, max(places.count - 1, 0)), mark.column
    if mark.line > line:
        column = len(places.line(line))
    problem = str(getattr(error, "problem", "") or "")
    start = getattr(error, "context_mark", None)
    if start is not None and any(words in problem for words in _AT_START):
        line, column = start.line, start.column
    before = places.line(line - 1)
    message, advice = _explained(problem, places.line(line), column, before)
    if _NO_SPACE.match(before) and (
        "colon" in message.lower() or message == _NO_KEY[0]
    ):
        message, advice = (
            "A dash needs a space after it.",
            "Write - and a space before the text.",
        )
        line, column = line - 1, before.index("-")
    if message == _NO_KEY[0] and (lost := _NO_COLON.match(before)):
        message, advice = (
            f"A colon is missing after “{lost[1]}”.",
            f"Write {lost[1]}: …",
        )
        line, column = line - 1, lost.start(1)
    return finding("DG003", places.place(pack(line, column)), message, advice)


def _explained(problem: str, line: str, column: int, before: str) -> tuple[str, str]:
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation or "tab character" in problem:
        return _STARTS["\t"]
    if "cannot start any token" in problem:
        start = line[column : column + 1]
        return _STARTS.get(
            start, (f"A text cannot begin with “{clipped(start)}”.", QUOTE)
        )
    if "mapping values are not allowed" in problem and _KEY_ALONE.match(line[:column]):
        return _NO_KEY
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return _unexpected(line, before)
    if (
        "expected the node content" in problem
        or "did not find expected node" in problem
    ):
        return "Something is missing or out of place here.", QUOTE
    for words, message, advice in _PROBLEMS:
        if words in problem:
            return message, advice
    return "This is not YAML as we know it.", "Look at this line and the one above it."


def _unexpected(line: str, before: str) -> tuple[str, str]:
    """The parser met something where only a key could stand; the line often says why."""
    for text in (line, before):
        if _QUOTED_START.search(text):
            return (
                "The text goes on after its closing quote.",
                "Write the whole text below the key after >-, or close a quote further up.",
            )
        if _BRACE_START.search(text):
            return "A text cannot begin with a bracket or brace.", QUOTE
    return (
        "This line is not where a key can stand.",
        "Indent it like the keys it belongs to; two spaces for each step.",
    )


def nothing_there(key: Any, line: str, flow: bool, *, alone: bool) -> tuple[str, str]:
    """What to say of a value that is not there, and what to do."""
    name = clipped(key) if isinstance(key, str) else ""
    if alone and name.isidentifier() and f"{{{name}}}" in line:
        return (
            f"A text cannot begin with a brace, and “{name}” has no value.",
            f'To show the variable write it in quotes: "{{{name}}}".',
        )
    if flow and name:
        return (
            f"“{name}” has no value.",
            "Inside { } a comma ends a text: put the whole text in quotes.",
        )
    if " #" in line:
        return (
            f"There is nothing after “{name}:” but a comment."
            if name
            else "Only a comment here.",
            "A # after a space begins a comment; put the text in quotes if it is part of it.",
        )
    if not name:
        return (
            "This item of the list is empty.",
            "Write a value, or take the dash away.",
        )
    return (
        f"There is nothing after “{name}:”.",
        "Write a value. Lines below that belong to this key stand two spaces deeper.",
    )


def marked(event: Any) -> tuple[str, str]:
    """What to say of an anchor, alias or tag."""
    if isinstance(event, AliasEvent):
        what = f"A text cannot begin with *; aliases (*{clipped(str(event.anchor))}) are not used."
    elif event.anchor is not None:
        what = f"A text cannot begin with &; anchors (&{clipped(str(event.anchor))}) are not used."
    else:
        what = "A text cannot begin with !; tags are not used."
    return what, "Put a text in quotes; write anything else out where it is needed."
