"""Source: the text of one file → plain data with places, or findings; it never raises.

YAML is read as events in one pass, without PyYAML's constructor: what a plain word means is
decided here (only `true`, `false` and plain decimals are not text), and everything that can hide a
trap for an author or the game (anchors, tags, equal keys, control characters) is refused.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

import yaml
from yaml.events import ScalarEvent

from dialogue_game.analysis.findings import Finding, Place, finding
from dialogue_game.content import file_findings
from dialogue_game.content.folders import MAX_BYTES
from dialogue_game.content.places import UNSAFE, SourcePlaces
from dialogue_game.content.reader import Reader
from dialogue_game.content.yaml_errors import MAX_FINDINGS, reworded, unsafe_character

_QUESTION: Final = "\U000f0000"
"""A private character that stands for a question mark while Python's own parser reads."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: plain data (None where it is broken), where things stand, what is wrong."""

    file: str
    data: Any
    places: SourcePlaces
    findings: tuple[Finding, ...] = ()


def read_source(path: Path, *, pure: bool = False) -> Source:
    """One file from disk. Every failure is a finding; `pure` reads without libyaml."""
    file = str(path)
    try:
        status = path.stat()
        size = status.st_size
        if not S_ISREG(status.st_mode):  # a pipe or a device would never end
            return _refused(
                file, "DG001", "This is not a file.", "Name a story's file."
            )
        if size > MAX_BYTES:
            return _refused(
                file,
                "DG006",
                f"This file is {size // 1024**2} MB; the limit is {MAX_BYTES // 1024**2} MB.",
                "Split the story, or look whether this is the right file.",
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return _refused(
            file,
            "DG001",
            f"This file cannot be read: {reason[:1].lower()}{reason[1:]}.",
            "Look whether the name is right and whether you may read it.",
        )
    return read_bytes(raw, file, pure=pure)


def read_bytes(raw: bytes, file: str, *, pure: bool = False) -> Source:
    """The text of a file, as bytes; it must be UTF-8, with or without a byte-order mark."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _refused(
            file,
            "DG002",
            "This file is UTF-16 text.",
            "Save it as UTF-8 (in most editors: Save as, Encoding).",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, file, error)
    if "\0" in text[:8192]:
        return _refused(
            file, "DG002", "This is not a text file.", "A story is plain text in UTF-8."
        )
    return read_text(text, file, pure=pure)


def read_text(text: str, file: str, *, pure: bool = False) -> Source:
    """The text of a file → its plain data, places and findings."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Finding] = []
    if UNSAFE.search(text):
        text = _without_unsafe(text, file, found)
    source = _parsed(text, file, found, pure=pure)
    if source.data is None and not text.isascii():
        fixed, odd = file_findings.mended(text, file)
        again = _parsed(fixed, file, [*found, *odd], pure=pure) if odd else source
        if again.data is not None:
            return again
    return source


def _parsed(text: str, file: str, before: list[Finding], *, pure: bool) -> Source:
    """A text read once; `before` is what was noticed of it already."""
    found = list(before)
    reader = Reader(text, file, found)
    with collector_paused():
        try:
            data = reader.read(_events(text, pure=pure))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            found.append(reworded(error, reader.places))
            data = None
    if data is None and not found:
        found.append(
            finding(
                "DG015",
                Place(file),
                "There is nothing in this file.",
                "Begin with format: 1.",
            )
        )
    if any(noticed.code == "DG003" for noticed in found):
        data = None  # what was read is not what its author meant; more findings would mislead
    positions = reader.positions if isinstance(data, dict | list) else None
    places = SourcePlaces(file, text, positions)
    return Source(file, data, places, _without_echoes(found))


def _without_echoes(found: list[Finding]) -> tuple[Finding, ...]:
    """Where the YAML is broken, an empty value on the same line is only its echo."""
    lines = {noticed.place.line for noticed in found if noticed.code == "DG003"}
    return tuple(
        noticed
        for noticed in found
        if noticed.code != "DG015" or noticed.place.line not in lines
    )


def _events(text: str, *, pure: bool) -> Callable[[], Any]:
    """What gives the events of a text one by one, then None: libyaml's parser, or Python's own."""
    if not pure and hasattr(yaml, "CSafeLoader"):
        return yaml.CSafeLoader(text).get_event
    # Inside { } Python's parser ends a text at a question mark, where libyaml does not.
    loader = yaml.SafeLoader(text.replace("?", _QUESTION))

    def restored() -> Any:
        event = loader.get_event()  # type: ignore[no-untyped-call]
        if type(event) is ScalarEvent:
            event.value = event.value.replace(_QUESTION, "?")
        return event

    return restored


def _refused(
    file: str, code: str, message: str, advice: str, place: Place | None = None
) -> Source:
    noticed = finding(code, place or Place(file), message, advice)
    return Source(file, None, SourcePlaces(file), (noticed,))


def _not_utf8(raw: bytes, file: str, error: UnicodeDecodeError) -> Source:
    before = raw[: error.start].decode("utf-8-sig", "replace")
    line = before.count("\n")
    start = before.rsplit("\n", 1)[-1]
    after = (
        raw[error.start : error.start + 200]
        .decode("utf-8", "replace")
        .split("\n", 1)[0]
    )
    place = SourcePlaces(file, "\n" * line + start + after).place(line, len(start))
    return _refused(
        file,
        "DG002",
        f"This file is not UTF-8 text: byte 0x{raw[error.start]:02x} fits no letter.",
        "Save it as UTF-8 (in most editors: Save as, Encoding).",
        place,
    )


def _without_unsafe(text: str, file: str, found: list[Finding]) -> str:
    """The text with unsafe characters replaced, each noticed, so that reading can go on."""
    places = SourcePlaces(file, text)
    line, seen = 0, 0
    for number, match in enumerate(UNSAFE.finditer(text)):
        if number == MAX_FINDINGS:
            break
        at = match.start()
        line += text.count("\n", seen, at)
        seen = at
        column = at - (text.rfind("\n", 0, at) + 1)
        found.append(unsafe_character(match[0], places.place(line, column)))
    return UNSAFE.sub("\ufffd", text)


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection inside: it would double the time, and there are no cycles to be found."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
