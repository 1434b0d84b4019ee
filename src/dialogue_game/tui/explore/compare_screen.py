"""Two runs of a story, side by side: the shared path folded, then everything that differs.

Where there is no room for two columns, one stands under the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.core.comparison import Comparison, GuidelineDifference, Row, Side
from dialogue_game.core.debrief import PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.text import safe
from dialogue_game.reporting.labels import earned_text, verdict_text
from dialogue_game.reporting.run_text import (
    choice_of,
    divergence_place,
    divergence_text,
    endings_text,
    opening_text,
)
from dialogue_game.tui.base.framed_screen import BACK, MainScreen
from dialogue_game.tui.explore.map_screen import MapScreen
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    heading,
    laid_out,
    paragraphs,
    remark,
    statement,
)
from dialogue_game.tui.text.story_blocks import chosen_block
from dialogue_game.tui.text.styled import (
    MUTED,
    NOTHING,
    STRONG,
    UNICODE,
    Glyphs,
    joined,
    line,
    muted,
    prose,
    strong,
)
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ReadingPane

ROOM: Final = 92
"""Cells from which on two columns are readable; a terminal of 100 has them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands in one row of both paths: a heading over both, then each side's own.

    What is the `same` on both stands once, over the whole width.
    """

    head: tuple[Block, ...] = ()
    left: tuple[Block, ...] = ()
    right: tuple[Block, ...] = ()
    same: tuple[Block, ...] = ()

    @property
    def sides(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The left and the right."""
        return self.left, self.right


class TwoColumns(Sheet):
    """Pairs of text, each side named, so that one never has to scroll back to know which it is."""

    def __init__(
        self,
        names: tuple[Content, Content],
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._names, self._glyphs = names, glyphs
        self._pairs: tuple[Pair, ...] = ()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these pairs instead."""
        self._pairs = tuple(pairs)
        self.show(
            [block for pair in pairs for block in (*pair.head, *pair.left, *pair.right)]
        )

    def lines(self, width: int) -> list[Content]:
        """All pairs in lines of this width."""
        if width >= ROOM:
            return list(self._in_columns(width))
        return laid_out(self._stacked(), width)

    def _stacked(self) -> Iterator[Block]:
        for pair in self._pairs:
            yield from pair.head
            yield from pair.same
            for name, side in zip(self._names, pair.sides, strict=True):
                if side:
                    yield Block(name)
                    yield from _closer(side)

    def _in_columns(self, width: int) -> Iterator[Content]:
        column = (width - 3) // 2
        between = prose(f" {self._glyphs.quote} ", MUTED)
        for number, pair in enumerate(self._pairs):
            if number:
                yield NOTHING
            yield from laid_out((*pair.head, *pair.same), width)
            if not pair.left and not pair.right:
                continue
            named = (
                laid_out([Block(name), *_closer(side)], column)
                for name, side in zip(self._names, pair.sides, strict=True)
            )
            for one, other in zip_longest(*named, fillvalue=NOTHING):
                yield one.pad_right(column - one.cell_length) + between + other


def _closer(side: Sequence[Block]) -> Iterator[Block]:
    """The blocks, the first right under the name."""
    for number, block in enumerate(side):
        yield block if number else block._replace(above=0)


WHO = {"you": "", "group": ", with the group", "other": ", another person's"}


BAR_CELLS, NUMBER_CELLS, NAME_CELLS = 8, 9, 13


class CompareScreen(MainScreen):
    """One page to read; the path that both share opens where it stands."""

    PLACE = "Compare"

    CSS_PATH = "compare.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"
        ),
        hidden_key("down,j", "line(1)", "line.down", "Down"),
        hidden_key("up,k", "line(-1)", "line.up", "Up"),
        Binding(
            "m", "map", "Map", id="compare.map", tooltip="The story as you know it"
        ),
        BACK,
    ]

    def __init__(self, compared: Comparison) -> None:
        super().__init__()
        self._compared = compared
        self._opened = False

    def body(self) -> Iterable[Widget]:
        """Where they part, the shared path, both paths, the profiles."""
        compared, glyphs = self._compared, self.glyphs
        self.shared = PickList(self.listed(), glyphs=glyphs, id="shared")
        self.shared.display = self.shared.can_focus = bool(compared.shared)
        self.paths = TwoColumns(names(compared), glyphs, id="paths")
        self.paths.show_pairs(pairs(compared, glyphs))
        self.reading = ReadingPane(
            Sheet(head_blocks(compared)),
            self.shared,
            self.paths,
            Sheet(profile_blocks(compared, glyphs), id="profiles"),
        )
        self.top.show(
            line(f"{compared.title}: two runs compared", MUTED),
        )
        yield self.reading
        yield self.divider

    def listed(self) -> list[ListRow]:
        """The shared path, folded or open."""
        return shared_rows(self._compared, self.glyphs, opened=self._opened)

    @on(PickList.Picked)
    def fold(self) -> None:
        """Open the shared path, or close it."""
        self._opened = not self._opened
        self.shared.show(self.listed())

    def action_line(self, lines: int) -> None:
        """A line up or down."""
        self.reading.scroll_relative(y=2 * lines, animate=False)

    def action_map(self) -> None:
        """The story's map."""
        run = self.game.explore.find(self._compared.left.run)
        self.app.push_screen(MapScreen(run.key, run.id))


def names(compared: Comparison) -> tuple[Content, Content]:
    """What each side is called."""
    left, right = compared.left.who, compared.right.who
    return (
        muted(f"This run{WHO[left]}"),
        muted(f"The other run{WHO[right]}"),
    )


def head_blocks(compared: Comparison) -> list[Block]:
    """Where the paths part, in one sentence."""
    where = divergence_place(compared)
    blocks = [heading(f"They part at {where}.")] if where else []
    blocks.append(statement(divergence_text(compared), above=0))
    if not compared.one_edition:
        sentence = "The story was edited between these runs; they are compared as far as it agrees."
        blocks.append(remark(sentence))
    return blocks


def shared_rows(compared: Comparison, glyphs: Glyphs, *, opened: bool) -> list[ListRow]:
    """The path both walked, in one row that opens."""
    count = len(compared.shared)
    if not count:
        return []
    sentence = (
        f"The first {count} decisions are" if count > 1 else "The first decision is"
    )
    sign = glyphs.opened if opened else glyphs.closed
    steps = tuple(
        line(f"{number}. {step.before.title}: {choice_of(step)}", MUTED)
        for number, step in enumerate(compared.shared, 1)
    )
    text = prose(f"{sign} {sentence} the same in both runs")
    return [ListRow("shared", text, more=steps if opened else (), gap=0)]


def pairs(compared: Comparison, glyphs: Glyphs) -> list[Pair]:
    """Every consequence after the shared path, then both endings."""
    found = [_pair(row, glyphs) for row in compared.rows]
    ends = Pair(
        (heading("What came of it"), statement(endings_text(compared), above=0)),
        tuple(_ending(compared.left)),
        tuple(_ending(compared.right)),
    )
    return [*found, ends]


def profile_blocks(compared: Comparison, glyphs: Glyphs) -> list[Block]:
    """What the difference opened or closed, then each guideline that differs."""
    blocks = []
    prefix = prose(f"{glyphs.bullet} ")
    if compared.openings:
        blocks.append(heading("Doors, seen from the other run"))
    blocks += [
        Block(line(opening_text(opening)), prefix, 0) for opening in compared.openings
    ]
    differing = [item for item in compared.guidelines if item.differs]
    blocks.append(heading("The guidelines"))
    for item in differing:
        blocks += _guideline(item, glyphs)
    same = len(compared.guidelines) - len(differing)
    if same:
        words = (
            f"The other {same} are the same in both."
            if differing
            else "All are the same in both."
        )
        blocks.append(remark(words))
    return blocks


def _pair(row: Row, glyphs: Glyphs) -> Pair:
    step = row.left or row.right
    title = step.before.title if step else ""
    number = step.decision.position + 1 if step else 0
    head = Block(line(title, STRONG), prose(f"{number}. ", MUTED), above=2)
    if not (row.left and row.right and row.alike):
        left, right = _side(row.left, glyphs), _side(row.right, glyphs)
        return Pair((head,), tuple(left), tuple(right))
    if row.left.consequence.text == row.right.consequence.text:
        same = remark("The same in both runs", above=0)
        return Pair((head,), same=(same, *_step(row.left, glyphs)))
    left, right = _step(row.left, glyphs), _step(row.right, glyphs)
    return Pair((head,), tuple(left), tuple(right))


def _side(step: PathStep | None, glyphs: Glyphs) -> Iterator[Block]:
    if step is None:
        yield remark("This scene is not on this road.")
    else:
        yield from _step(step, glyphs)


def _step(step: PathStep, glyphs: Glyphs) -> Iterator[Block]:
    consequence = step.consequence
    yield chosen_block(consequence.choice_text, glyphs)._replace(above=0)
    yield from paragraphs(consequence.text)


def _ending(side: Side) -> Iterator[Block]:
    if side.ending is None:
        yield remark("It has not ended yet.")
        return
    yield heading(side.ending.title)
    overall = side.profile.overall
    if overall.percent is not None:
        numbers = earned_text(overall.earned, overall.at_stake)
        yield statement(
            f"{overall.percent} percent: {numbers} points at stake.", above=0
        )
    yield from paragraphs(side.ending.text)


def _guideline(item: GuidelineDifference, glyphs: Glyphs) -> Iterator[Block]:
    known = item.guideline
    yield Block(strong(safe(known.short)), prose(f"{known.number:>2}. ", MUTED))
    for name, result in (("This run", item.left), ("The other run", item.right)):
        prefix = prose(f"    {name:<{NAME_CELLS}}  ", MUTED)
        yield Block(_result(result, glyphs), prefix, above=0)


def _result(result: GuidelineResult | None, glyphs: Glyphs) -> Content:
    if result is None:
        return muted("not part of this edition")
    words = prose(verdict_text(result))
    if not result.stake.at_stake:
        return words.stylize(MUTED)
    earned, at_stake = result.stake.earned, result.stake.at_stake
    bar = prose(glyphs.bar(earned / at_stake, BAR_CELLS))
    numbers = prose(f"{earned} of {at_stake}".ljust(NUMBER_CELLS))
    return joined([bar, numbers, words], " ")
