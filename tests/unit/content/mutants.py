"""Mutants of good files: bytes, lines, YAML tokens and types changed at random, by a seed.

`mutants(texts, seed, count)` gives the same mutants for the same arguments, so that one that
misbehaves can be made again. Used by the tests, and by `benchmarks/` for longer runs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

TOKENS = (
    *(
        ":",
        ": ",
        "- ",
        "-",
        ",",
        "{",
        "}",
        "[",
        "]",
        "{{",
        "}}",
        "|",
        ">",
        "|\n",
        "#",
        " #",
    ),
    *(
        "&a ",
        "*a",
        "*a\n",
        "<<: ",
        "!!str ",
        "!!python/name:os.system ",
        "! ",
        "%",
        "@",
        "`",
    ),
    *(
        "'",
        '"',
        "''",
        '"\\e"',
        '"\\u202e"',
        "\\",
        "? ",
        "---\n",
        "...\n",
        "\t",
        "\n",
        "\n\n",
    ),
    *("\r", "\x1b[2J", "\x00", "\u202e", "\u2028", "\ufeff", "\u00e9", "\U0001f600"),
)
VALUES = (
    *(
        "true",
        "false",
        "null",
        "~",
        "",
        "0",
        "-1",
        "12",
        "2.50",
        "1e9",
        "999999999999999999999",
    ),
    *(
        "[]",
        "{}",
        "[a]",
        "[[a]]",
        "{a: b}",
        "{reach}",
        "'x'",
        '""',
        "yes",
        "no",
        "12:30",
    ),
    *(
        "trust >= 3",
        "trust = = 3",
        "not (",
        "visited(x)",
        "chose(a.b)",
        "nowhere",
        "g1",
        "g99",
    ),
    *(
        "../../etc/passwd",
        "/etc/passwd",
        "x" * 600,
        "A Title, with a comma",
        "[sic]",
        "a: b: c",
    ),
)
KEYS = (
    *(
        "text",
        "title",
        "if",
        "to",
        "goto",
        "marks",
        "choices",
        "scenes",
        "endings",
        "why",
        "id",
    ),
    *(
        "format",
        "kind",
        "effects",
        "locked",
        "alt",
        "file",
        "body",
        "upholds",
        "breaches",
        "txt",
    ),
)
_VALUE = re.compile(r"(?<=: )[^\n]*")
_KEY = re.compile(r"[a-z][a-z0-9_]*(?=:)")
_WORD = re.compile(r"[A-Za-z_]+|[^\sA-Za-z_]")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed file: which, what was done to it, and what it holds now."""

    number: int
    file: str
    deeds: tuple[str, ...]
    content: bytes


def mutants(
    texts: Mapping[str, str], seed: int, count: int, first: int = 0
) -> Iterator[Mutant]:
    """That many mutants of these files, by name; the same ones for the same seed."""
    names = sorted(texts)
    for number in range(first, first + count):
        chance = random.Random(f"{seed}.{number}")  # noqa: S311 - tests, not secrets
        name = chance.choice(names)
        content, deeds = texts[name].encode(), []
        for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
            deed = chance.choice(DEEDS)
            deeds.append(deed.__name__)
            content = deed(content, chance)
        yield Mutant(number, name, tuple(deeds), content)


def byte_changed(content: bytes, chance: random.Random) -> bytes:
    """One byte replaced by any other."""
    at = chance.randrange(len(content) or 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def bytes_removed(content: bytes, chance: random.Random) -> bytes:
    """A few bytes taken out."""
    at = chance.randrange(len(content) or 1)
    return content[:at] + content[at + chance.randrange(1, 40) :]


def truncated(content: bytes, chance: random.Random) -> bytes:
    """The file cut off somewhere."""
    return content[: chance.randrange(len(content) or 1)]


def piece_repeated(content: bytes, chance: random.Random) -> bytes:
    """A stretch of the file put in again somewhere else."""
    start, at = chance.randrange(len(content) or 1), chance.randrange(len(content) or 1)
    return (
        content[:at] + content[start : start + chance.randrange(1, 300)] + content[at:]
    )


def _by_lines(
    deed: Callable[[list[str], int, random.Random], None],
    content: bytes,
    chance: random.Random,
) -> bytes:
    lines = content.decode("utf-8", "replace").split("\n")
    deed(lines, chance.randrange(len(lines)), chance)
    return "\n".join(lines).encode()


def line_removed(content: bytes, chance: random.Random) -> bytes:
    """A line taken out."""

    def remove(lines: list[str], at: int, chance: random.Random) -> None:
        del lines[at]

    return _by_lines(remove, content, chance)


def line_doubled(content: bytes, chance: random.Random) -> bytes:
    """A line put in a second time."""
    return _by_lines(lambda lines, at, _: lines.insert(at, lines[at]), content, chance)


def lines_swapped(content: bytes, chance: random.Random) -> bytes:
    """Two lines in each other's place."""

    def swap(lines: list[str], at: int, chance: random.Random) -> None:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]

    return _by_lines(swap, content, chance)


def line_indented(content: bytes, chance: random.Random) -> bytes:
    """A line moved in or out."""

    def move(lines: list[str], at: int, chance: random.Random) -> None:
        step = chance.choice((" ", "  ", "    ", "\t", ""))
        lines[at] = step + lines[at] if step else lines[at][chance.randrange(1, 5) :]

    return _by_lines(move, content, chance)


def _replaced(
    pattern: re.Pattern[str],
    words: tuple[str, ...],
    content: bytes,
    chance: random.Random,
) -> bytes:
    text = content.decode("utf-8", "replace")
    found = [match.span() for match in pattern.finditer(text)]
    if not found:
        return content
    start, end = chance.choice(found)
    return (text[:start] + chance.choice(words) + text[end:]).encode("utf-8", "replace")


def token_put_in(content: bytes, chance: random.Random) -> bytes:
    """A token of YAML put between two others."""
    text = content.decode("utf-8", "replace")
    at = chance.choice([match.start() for match in _WORD.finditer(text)] or [0])
    return (text[:at] + chance.choice(TOKENS) + text[at:]).encode("utf-8", "replace")


def token_replaced(content: bytes, chance: random.Random) -> bytes:
    """A word or sign replaced by a token of YAML."""
    return _replaced(_WORD, TOKENS, content, chance)


def value_replaced(content: bytes, chance: random.Random) -> bytes:
    """A value replaced by one of another type."""
    return _replaced(_VALUE, VALUES, content, chance)


def key_replaced(content: bytes, chance: random.Random) -> bytes:
    """A key replaced by another."""
    return _replaced(_KEY, KEYS, content, chance)


DEEDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(byte_changed, bytes_removed, truncated, piece_repeated),
    *(line_removed, line_doubled, lines_swapped, line_indented),
    *(token_put_in, token_replaced, value_replaced, value_replaced, key_replaced),
)
