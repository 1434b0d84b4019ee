"""Text laid out in lines: paragraphs with a hanging lead, wrapped to a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from textual.content import Content

from dialogue_game.tui.prose import NOTHING, line, prose

LEAST_MEASURE: Final = 6
"""Narrower than this nothing is wrapped any further; the terminal is too small to read in."""


FOLDED_FROM: Final = 50
"""A written line at least this long was ended by an editor's margin, not by the author."""


class Block(NamedTuple):
    """A piece of text, with what stands before its first line and `above` empty lines.

    With `each`, the lead stands before every line, as a quotation's bar does.
    """

    text: Content
    lead: Content = NOTHING
    above: int = 1
    each: bool = False


def wrapped(text: Content, width: int) -> list[Content]:
    """The text in lines no wider than `width` cells."""
    return text.wrap(max(width, LEAST_MEASURE))


def laid_out(blocks: Iterable[Block], width: int) -> list[Content]:
    """All blocks in lines; nothing stands empty at the top."""
    lines: list[Content] = []
    for block in blocks:
        if lines:
            lines += [NOTHING] * block.above
        lines += _hung(block, width)
    return lines


def _hung(block: Block, width: int) -> Iterator[Content]:
    hang = block.lead.cell_length
    rest = block.lead if block.each else prose(" " * hang)
    for number, text in enumerate(wrapped(block.text, width - hang)):
        yield (rest if number else block.lead) + text if hang else text


def unfolded(text: str) -> list[str]:
    """The paragraphs of a text: blank lines part them, other line ends are the author's file.

    A line that begins like an item of a list, or follows a short line, stays a line.
    """
    found = []
    for part in text.strip().split("\n\n"):
        lines: list[str] = []
        for written in part.strip("\n").split("\n"):
            if lines and _goes_on(lines[-1], written):
                lines[-1] = f"{lines[-1]} {written.strip()}"
            else:
                lines.append(written.rstrip())
        if any(lines):
            found.append("\n".join(lines))
    return found


def _goes_on(before: str, written: str) -> bool:
    last = before.rpartition("\n")[2]
    return len(last) >= FOLDED_FROM and not written.lstrip().startswith(("-", "*", "•", "–"))


def paragraphs(texts: Iterable[str], lead: Content = NOTHING) -> list[Block]:
    """Blocks of the paragraphs in these texts."""
    return [Block(prose(part), lead) for text in texts for part in unfolded(text)]


def heading(text: str) -> Block:
    """A heading within a page."""
    return Block(line(text).stylize("bold"))
