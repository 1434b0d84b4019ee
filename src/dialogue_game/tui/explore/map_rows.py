"""The own map as rows: an outline in road order, every state in a sign and a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from dialogue_game.core.discovery import Discovery, KnownEnding, KnownOption, KnownScene
from dialogue_game.core.visits import Visit
from dialogue_game.reporting.story_outline import UNTAKEN, by_road, counted
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.glyphs import Glyphs
from dialogue_game.tui.text.prose import ACCENT, MUTED, NOTHING, STRONG, line, muted, prose

NUMBER_CELLS: Final = 4
STATE_CELLS: Final = 8
WIDEST: Final = 110
"""Past this the ends of a row lie too far apart to be read together."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One row: a scene, one of its options, an ending, a heading, or an empty line.

    `visit` is where a replay of it begins.
    """

    scene: KnownScene | None = None
    option: KnownOption | None = None
    ending: KnownEnding | None = None
    heading: str = ""

    @property
    def visit(self) -> Visit | None:
        """Where a replay of this decision begins."""
        if self.option is not None:
            return self.option.opens
        return self.scene.latest if self.scene else None

    @property
    def passed(self) -> bool:
        """Whether there is nothing to be done in this row."""
        return self.scene is None and self.ending is None


class MapRows:
    """A story as its player knows it, ready to be shown row by row."""

    def __init__(self, known: Discovery, glyphs: Glyphs) -> None:
        self.known, self.glyphs = known, glyphs
        self.order = by_road(known)
        self.numbers: Mapping[str, int] = {s.id: n for n, s in enumerate(self.order, 1)}
        self.endings: Mapping[str, KnownEnding] = {e.id: e for e in known.endings}
        self.rows = tuple(self._rows())

    def _rows(self) -> Iterator[MapRow]:
        for scene in self.order:
            yield MapRow(scene)
            for option in scene.options:
                yield MapRow(scene, option)
            yield MapRow()
        if self.endings:
            yield MapRow(heading="Endings")
        for ending in self.endings.values():
            yield MapRow(ending=ending)

    def passed(self) -> frozenset[int]:
        """The rows the cursor goes over."""
        return frozenset(place for place, row in enumerate(self.rows) if row.passed)

    def row_of(self, place: str) -> int | None:
        """The row of a scene or an ending."""
        for number, row in enumerate(self.rows):
            here = row.ending.id if row.ending else row.scene.id if row.scene else ""
            if here == place and row.option is None:
                return number
        return None

    def leading_to(self, place: str) -> int | None:
        """The first row of an option that leads to a scene or an ending."""
        for number, row in enumerate(self.rows):
            if row.option and any(lead.to == place for lead in row.option.leads):
                return number
        return None

    def line(self, place: int, width: int) -> Content:
        """A row in one line."""
        row, width = self.rows[place], min(width, WIDEST)
        if row.ending:
            return self._ending_line(row.ending, width)
        if row.scene is None:
            return line(row.heading).stylize(STRONG)
        if row.option is None:
            number = prose(f"{self.numbers[row.scene.id]:>2}. ").stylize(MUTED)
            title = number + line(row.scene.title).stylize(STRONG)
            return _spread(title, muted(_visits(row.scene)), width)
        last = row.option is row.scene.options[-1]
        return self._option_line(row.option, width, last=last)

    def detail(self, place: int) -> list[Block]:
        """All there is to say of a row, but for what Enter does."""
        row = self.rows[place]
        if row.ending:
            return [Block(line(row.ending.title).stylize(STRONG)),
                    Block(line(f"An ending ({row.ending.kind}). {_reached(row.ending)}."), above=0),
                    ]  # fmt: skip
        if row.scene is None:
            return []
        if row.option is None:
            sentence = f"{_visits(row.scene)[0].upper()}{_visits(row.scene)[1:]}."
            return [Block(line(row.scene.title).stylize(STRONG)), Block(line(sentence), above=0)]
        option = row.option
        return [Block(line(option.text).stylize(STRONG)),
                Block(line(self._state_words(option)), above=0)]  # fmt: skip

    def _option_line(self, option: KnownOption, width: int, *, last: bool) -> Content:
        glyphs = self.glyphs
        rail = prose(f" {glyphs.last if last else glyphs.branch} ").stylize(MUTED)
        sign = {"tried": glyphs.done, "untried": glyphs.untried, "locked": glyphs.locked}
        state = prose(f"{sign.get(option.state, ' ')} {option.state:<{STATE_CELLS}}")
        text = line(option.text)
        if option.state == "untried":
            state = state.stylize(ACCENT)
        elif option.state != "tried":
            state, text = state.stylize(MUTED), text.stylize(MUTED)
        ways = ", ".join(self._short_leads(option))
        aside = prose(f"{glyphs.leads} {ways}").stylize(MUTED) if ways else NOTHING
        return _spread(rail + state + text, aside, width)

    def _ending_line(self, ending: KnownEnding, width: int) -> Content:
        sign = self.glyphs.done if ending.found else self.glyphs.untried
        title = prose(f"  {sign} ") + line(ending.title)
        return _spread(title, muted(f"{ending.kind}, {_reached(ending)}"), width)

    def _short_leads(self, option: KnownOption) -> Iterator[str]:
        for lead in option.leads:
            if lead.to in self.numbers:
                yield str(self.numbers[lead.to])
            elif lead.to in self.endings:
                yield "end"

    def _state_words(self, option: KnownOption) -> str:
        if option.state == "locked":
            return f"Not open whenever you met it. {option.locked}".rstrip()
        sentence = f"Tried {counted(option.taken, 'time')}." if option.taken else "Not tried yet."
        ways = []
        for lead in option.leads:
            if lead.to in self.endings:
                ways.append(f"the end “{self.endings[lead.to].title}”")
            elif lead.to in self.numbers:
                title = next(s.title for s in self.order if s.id == lead.to)
                ways.append(f"{self.numbers[lead.to]}. {title}")
        return f"{sentence} Leads to {', or to '.join(ways)}." if ways else sentence


def _visits(scene: KnownScene) -> str:
    sentence = f"visited {counted(scene.visits, 'time')}" if scene.seen else "not visited"
    return f"{sentence}, {counted(scene.doors, *UNTAKEN)}" if scene.doors else sentence


def _reached(ending: KnownEnding) -> str:
    return f"reached {counted(ending.times, 'time')}" if ending.found else "not reached yet"


def _spread(text: Content, aside: Content, width: int) -> Content:
    """The text, and something at the far right; the text is cut where both do not fit."""
    if not aside:
        return text
    room = width - aside.cell_length - 2
    if room < 16:
        return text
    cut = text.truncate(room, ellipsis=True)
    return cut.pad_right(width - cut.cell_length - aside.cell_length) + aside
