"""Playthroughs as lines of history, and each in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from dialogue_game.app.runs import Landmarks, PlaythroughInfo, StoryKey
from dialogue_game.core.text import counted
from dialogue_game.reporting.labels import day
from dialogue_game.tui.text.layout import Block, heading, remark, statement
from dialogue_game.tui.text.styled import STRONG, joined, line, muted, prose

PERCENT_CELLS: Final = len(" 100 %")
YEAR_CELLS: Final = len("2026-")


class Columns(NamedTuple):
    """How many cells the longest title and the longest ending of a list take."""

    title: int
    ending: int


def columns(runs: Iterable[PlaythroughInfo]) -> Columns:
    """The columns that these runs need to be read whole."""
    titles, endings = {""}, {""}
    for run in runs:
        titles.add(_title(run))
        endings.add(_state(run))
    return Columns(max(map(cell_len, titles)), max(map(cell_len, endings)))


def run_line(
    run: PlaythroughInfo,
    width: int,
    glyph: str,
    remarks: Sequence[str],
    longest: Columns,
) -> Content:
    """One playthrough in one line: date, story, ending, and what there is room for besides.

    Titles come first: the percent, the year and the remarks stand at the cursor, too.
    """
    room = width - len("  ") - len("01-31 ") - 1
    title = max(6, min(longest.title, max(room // 2, room - longest.ending)))
    ending = max(6, min(longest.ending, room - title))
    left = room - title - ending
    percent = f"{run.percent} %" if run.percent is not None else ""
    parts = [
        _cell(line(_title(run), STRONG if run.finished else ""), title),
        _cell(line(_state(run)), ending),
    ]
    if left >= PERCENT_CELLS:
        left -= PERCENT_CELLS
        parts.append(prose(percent.rjust(PERCENT_CELLS - 1)))
    date = day(run.updated)
    if left >= YEAR_CELLS:
        left -= YEAR_CELLS
    else:
        date = date[YEAR_CELLS:]
    parts = [muted(date), *parts, muted(_fitting(remarks, left))]
    return prose(glyph.ljust(2), STRONG) + joined(parts, " ")


def _fitting(remarks: Sequence[str], cells: int) -> str:
    """As many of the remarks as there is room for."""
    for count in range(len(remarks), 0, -1):
        text = ", ".join(remarks[:count])
        if len(text) < cells:
            return text
    return ""


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
    back = (
        f", replayed from decision {run.branched_at + 1}" if run.branched_from else ""
    )
    sentence = (
        f"{day(run.updated)}. {who}{back}: {counted(run.choices, 'choice')}, {ended}."
    )
    sentence += " It is of an earlier edition." if run.earlier else ""
    blocks = [
        heading(_title(run)),
        statement(sentence, above=0),
    ]
    apart = _apart(mark)
    return [*blocks, remark(apart, above=0)] if apart else blocks


def name_of(run: PlaythroughInfo) -> str:
    """A run, named in passing."""
    return f"{_title(run)}, {day(run.updated)}, {_state(run)}"


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


def _state(run: PlaythroughInfo) -> str:
    if run.finished:
        return run.ending_title or run.ending
    if not run.choices:
        return "just begun"
    return f"paused after {counted(run.choices, 'choice')}"


def _title(run: PlaythroughInfo) -> str:
    return run.title or run.story


def _cell(text: Content, cells: int) -> Content:
    cut = text.truncate(cells, ellipsis=True)
    return cut.pad_right(cells - cut.cell_length)
