"""Playthroughs as lines of history, and each in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from textual.content import Content

from dialogue_game.app.runs import Landmarks, PlaythroughInfo, StoryKey
from dialogue_game.reporting.story_outline import counted
from dialogue_game.reporting.times import day
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.prose import MUTED, NOTHING, STRONG, line, muted, prose

DATE_CELLS: Final = 10
PERCENT_CELLS: Final = 5
ROOMY: Final = 70
"""Cells from which on a line has room for two remarks."""
SHORTEST: Final = "first"
WIDE: Final = 100
"""Cells from which on there is room for all of them."""


def run_line(run: PlaythroughInfo, width: int, sign: str, remarks: Iterable[str]) -> Content:
    """One playthrough in one line: sign, date, story, ending, percent, remarks."""
    remark_cells = 24 if width >= WIDE else 12 if width >= ROOMY else len(SHORTEST)
    said = list(remarks)
    remark = ", ".join(said if remark_cells > len(SHORTEST) else said[:1])
    room = width - len("  ") - DATE_CELLS - PERCENT_CELLS - remark_cells - 4
    title_cells = min(26, max(6, room * 2 // 5))
    ending_cells = max(6, room - title_cells)
    parts = (
        prose(sign.ljust(2)).stylize(STRONG),
        prose(day(run.updated)).stylize(MUTED),
        _cell(line(run.title or run.story).stylize(STRONG if run.finished else ""), title_cells),
        _cell(line(_stands(run)), ending_cells),
        prose((f"{run.percent} %" if run.percent is not None else "").rjust(PERCENT_CELLS)),
        _cell(muted(remark), remark_cells),
    )
    return parts[0] + prose(" ").join(parts[1:])


def remarks(run: PlaythroughInfo, marks: Mapping[StoryKey, Landmarks]) -> list[str]:
    """What sets a run apart, each in a word: first, best, group, replay."""
    found = []
    mark = marks.get(run.key)
    if mark is not None and mark.first.id == run.id:
        found.append("first")
    if mark is not None and mark.best is not None and mark.best.id == run.id:
        found.append("best")
    if not run.alone:
        found.append("group")
    if run.branched_from:
        found.append("replay")
    if run.earlier:
        found.append("earlier edition")
    return found


def run_blocks(run: PlaythroughInfo, mark: Landmarks | None) -> list[Block]:
    """All there is to say of one playthrough."""
    ending = run.ending_title or run.ending
    scored = f", {run.percent} percent" if run.percent is not None else ""
    ended = f"ended in “{ending}”{scored}" if run.finished else "paused: Enter goes on"
    who = "Alone" if run.alone else "With a group"
    back = f", replayed from decision {run.branched_at + 1}" if run.branched_from else ""
    sentence = f"{day(run.updated)}. {who}{back}: {counted(run.choices, 'choice')}, {ended}."
    sentence += " It is of an earlier edition." if run.earlier else ""
    blocks = [
        Block(line(run.title or run.story).stylize(STRONG)),
        Block(line(sentence), above=0),
    ]
    apart = _apart(mark)
    return [*blocks, Block(muted(apart), above=0)] if apart else blocks


def name_of(run: PlaythroughInfo) -> str:
    """A run, named in passing."""
    return f"{run.title or run.story}, {day(run.updated)}, {_stands(run)}"


def _apart(mark: Landmarks | None) -> str:
    """The first and the best finished run of a story, where they say something."""
    if mark is None:
        return ""
    first, best = mark.first, mark.best
    if best is None or best.percent is None or first.percent is None:
        return f"First finished {day(first.ended)}."
    if best.id == first.id:
        return f"Your first run of it: {first.percent} percent, the best so far."
    return f"Your first run of it: {first.percent} percent. Your best: {best.percent} percent."


def _stands(run: PlaythroughInfo) -> str:
    if run.finished:
        return run.ending_title or run.ending
    return f"paused after {counted(run.choices, 'choice')}" if run.choices else "just begun"


def _cell(text: Content, cells: int) -> Content:
    if not text:
        return prose(" " * cells) if cells else NOTHING
    cut = text.truncate(cells, ellipsis=True)
    return cut.pad_right(cells - cut.cell_length)
