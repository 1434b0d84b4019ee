"""Broken YAML, said in plain words: what the parser found, and what an author can do about it."""

from __future__ import annotations

import re
from typing import Any, Final

from yaml.events import AliasEvent

from dialogue_game.analysis.findings import Finding, Place, finding
from dialogue_game.content.places import SourcePlaces, clipped

MAX_FINDINGS: Final = 100
"""In reading one file; the hundredth complaint helps nobody."""
QUOTE: Final = "Put the whole text in quotes, or write it below the key after >-."

_NOT_DEEPER: Final = (
    "Just above this line, a key has no colon, or a line of a text is not indented."
)
_TEXT_BELOW: Final = re.compile(r":\s+[>|][-+]?\s*$")
FAR: Final = 12
"""Lines above an error among which its cause is looked for."""
_PROBLEMS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "mapping values are not allowed",
        "A colon followed by a space begins a value, and there is one inside this text.",
        QUOTE,
    ),
    (
        "could not find expected ':'",
        _NOT_DEEPER,
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
_ITEM: Final = re.compile(r"\s*- \w+:")
_NO_SPACE: Final = re.compile(r"\s+-[A-Za-z{]")


def reworded(error: Exception, places: SourcePlaces) -> Finding:
    """The finding for whatever PyYAML refused."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        message = "This file cannot be read as YAML."
        return finding("DG003", places.at(0), message, "Look at its start.")
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
    if message == _NOT_DEEPER and (key := _text_key(places, line)) is not None:
        line, column = key, len(places.line(key)) - len(places.line(key).lstrip())
        message = "The text of this key is not indented."
        advice = "Begin each line of the text two spaces deeper than its key."
    return finding("DG003", places.place(line, column), message, advice)


def _text_key(places: SourcePlaces, line: int) -> int | None:
    """The line of the key just above whose text, after > or |, stands no deeper than it."""
    for number in range(line - 1, max(line - FAR, -1), -1):
        key, below = places.line(number), places.line(number + 1)
        if _TEXT_BELOW.search(key):
            deep = len(below) - len(below.lstrip())
            return number if deep <= len(key) - len(key.lstrip()) else None
    return None


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


def unsafe_character(character: str, place: Place) -> Finding:
    """The finding for one character that must not be in a story."""
    code = f"U+{ord(character):04X}"
    if character in "\u2028\u2029\x85\x0b\x0c":
        what, advice = (
            "a line break of another kind",
            "Take it out and press Enter instead.",
        )
    elif "\u202a" <= character <= "\u2069":
        what = "a character that changes the direction of writing"
        advice = "Take it out; letters that run from right to left need none."
    else:
        what, advice = "a control character", "Take it out; it cannot be shown."
    return finding("DG007", place, f"There is {what} here ({code}).", advice)


class YamlFindings:
    """Notes what is wrong while the events of one file are read."""

    def __init__(self, places: SourcePlaces, found: list[Finding]) -> None:
        self.places, self.found = places, found
        self.parted: set[int] = set()

    @property
    def full(self) -> bool:
        """Whether enough was said; finding the words for more would take its time."""
        return len(self.found) >= MAX_FINDINGS

    def note(self, code: str, spot: int, message: str, advice: str) -> None:
        """One finding at a character of the text."""
        if not self.full:
            self.found.append(finding(code, self.places.at(spot), message, advice))

    def unsafe(self, character: str, spot: int) -> None:
        """A character that an escape in double quotes writes."""
        if not self.full:
            self.found.append(unsafe_character(character, self.places.at(spot)))

    def twice(self, key: str, spot: int, before: int, start: int) -> None:
        """A key that stood in the same mapping before; `start` is where that begins.

        Where the first key of a list's item comes again a dash is missing, and what follows is
        told with it.
        """
        line = self.places.line_at(before) + 1
        if start in self.parted:
            return
        if before == start and _ITEM.match(self.places.line(line - 1)):
            self.parted.add(start)
            message = f"A dash is missing before “{clipped(key)}”: it stands on line {line} too."
            self.note(
                "DG004", spot, message, f"Begin another item: - {clipped(key)}: …."
            )
            return
        self.note(
            "DG004",
            spot,
            f"“{clipped(key)}” stands twice here; the first is on line {line}.",
            "Keep one, or give one of them another name.",
        )

    def merge_key(self, spot: int) -> None:
        """YAML's << copies another mapping."""
        self.note(
            "DG005",
            spot,
            "Merge keys (<<) are not used in stories.",
            "Write the keys out where they are needed.",
        )

    def no_key(self, spot: int) -> None:
        """A mapping or list where a key must stand."""
        self.note(
            "DG003",
            spot,
            "A key must be a word, and this is a mapping or a list.",
            "If it is meant as text with a brace or bracket, put the whole text in quotes.",
        )

    def empty(self, key: Any, spot: int, *, flow: bool, alone: bool) -> None:
        """A value that is missing: `key:`, `- `, `null`, `~`, or prose broken at a comma."""
        if self.full:
            return
        line = self.places.line(self.places.line_at(spot))
        message, advice = _nothing_there(key, line, flow, alone=alone)
        self.note("DG015", spot, message, advice)

    def cut_off(self, end: int) -> None:
        """A plain text of some words that ends where a hashtag or a number begins."""
        self.note(
            "DG019",
            end + 1,
            "The text ends here: what follows a space and # is a comment.",
            "Put the whole text in quotes; where a comment is meant, write a space after #.",
        )

    def marked(self, event: Any, spot: int) -> None:
        """An anchor, alias or tag."""
        self.note("DG005", spot, *_marked(event))

    def second_document(self, spot: int) -> None:
        """A line of three dashes after the first document."""
        self.note(
            "DG003",
            spot,
            "A second document begins here (---).",
            "One file holds one story: take the line out, or make a second file.",
        )


def _nothing_there(key: Any, line: str, flow: bool, *, alone: bool) -> tuple[str, str]:
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


def _marked(event: Any) -> tuple[str, str]:
    """What to say of an anchor, alias or tag."""
    if isinstance(event, AliasEvent):
        what = f"A text cannot begin with *; aliases (*{clipped(str(event.anchor))}) are not used."
    elif event.anchor is not None:
        what = f"A text cannot begin with &; anchors (&{clipped(str(event.anchor))}) are not used."
    else:
        what = "A text cannot begin with !; tags are not used."
    return what, "Put a text in quotes; write anything else out where it is needed."
