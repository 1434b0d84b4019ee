"""Text laid out in lines: paragraphs with a hanging lead, wrapped to a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from textual.content import Content

from dialogue_game.core.text import unfolded
from dialogue_game.tui.text.glyphs import Glyphs
from dialogue_game.tui.text.prose import ACCENT, NOTHING, STRONG, line, prose

LEAST_MEASURE: Final = 6
"""Narrower than this nothing is wrapped any further; the terminal is too small to read in."""


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


def paragraphs(texts: Iterable[str], lead: Content = NOTHING) -> list[Block]:
    """Blocks of the paragraphs in these texts."""
    return [Block(prose(part), lead) for text in texts for part in unfolded(text)]


def bulleted(items: Iterable[str], glyphs: Glyphs, above: int = 0) -> Iterator[Block]:
    """A list; `above` empty lines stand between its items, one before the first."""
    bullet = prose(f"{glyphs.bullet} ").stylize(ACCENT)
    for number, item in enumerate(items):
        yield Block(line(item), bullet, above=above if number else 1)


def trouble(sentence: str) -> Block:
    """Something that a person should know before going on."""
    return Block(line(sentence), prose("! ").stylize(STRONG))


def heading(text: str) -> Block:
    """A heading within a page."""
    return Block(line(text).stylize("bold"))
