"""Two runs side by side, as pairs of text and as a profile in words and bars."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from dialogue_game.core.comparison import Comparison, GuidelineDifference, Row, Side
from dialogue_game.core.debrief import PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.text import safe
from dialogue_game.reporting.comparison import (
    choice_of,
    endings_words,
    opening_words,
    parting_words,
    place_words,
)
from dialogue_game.reporting.labels import earned_words, verdict_words
from dialogue_game.tui.explore.two_columns import Pair
from dialogue_game.tui.text.layout import Block, ListRow, heading, paragraphs
from dialogue_game.tui.text.story_blocks import chosen_block
from dialogue_game.tui.text.styled import (
    MUTED,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
    strong,
)

WHO = {"you": "", "group": ", with the group", "other": ", another person's"}
BAR_CELLS, NUMBER_CELLS, NAME_CELLS = 8, 9, 13


def names(compared: Comparison) -> tuple[Content, Content]:
    """What each side is called."""
    left, right = compared.left.who, compared.right.who
    return (
        muted(f"This run{WHO[left]}"),
        muted(f"The other run{WHO[right]}"),
    )


def head_blocks(compared: Comparison) -> list[Block]:
    """Where the paths part, in one sentence."""
    where = place_words(compared)
    blocks = [Block(line(f"They part at {where}.").stylize(STRONG))] if where else []
    blocks.append(Block(line(parting_words(compared)), above=0))
    if not compared.one_edition:
        sentence = "The story was edited between these runs; they are compared as far as it agrees."
        blocks.append(Block(muted(sentence)))
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
        line(f"{number}. {step.before.title}: {choice_of(step)}").stylize(MUTED)
        for number, step in enumerate(compared.shared, 1)
    )
    text = prose(f"{sign} {sentence} the same in both runs")
    return [ListRow("shared", text, more=steps if opened else (), gap=0)]


def pairs(compared: Comparison, glyphs: Glyphs) -> list[Pair]:
    """Every consequence after the shared path, then both endings."""
    found = [_pair(row, glyphs) for row in compared.rows]
    ends = Pair(
        (heading("What came of it"), Block(line(endings_words(compared)), above=0)),
        tuple(_ending(compared.left)),
        tuple(_ending(compared.right)),
    )
    return [*found, ends]


def profile_blocks(compared: Comparison, glyphs: Glyphs) -> list[Block]:
    """What the difference opened or closed, then each guideline that differs."""
    blocks = []
    lead = prose(f"{glyphs.bullet} ")
    if compared.openings:
        blocks.append(heading("Doors, seen from the other run"))
    blocks += [
        Block(line(opening_words(opening)), lead, 0) for opening in compared.openings
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
        blocks.append(Block(muted(words)))
    return blocks


def _pair(row: Row, glyphs: Glyphs) -> Pair:
    step = row.left or row.right
    title = step.before.title if step else ""
    number = step.decision.position + 1 if step else 0
    head = Block(
        line(title).stylize(STRONG), prose(f"{number}. ").stylize(MUTED), above=2
    )
    if row.left and row.right and row.alike:
        if row.left.consequence.text == row.right.consequence.text:
            said = Block(muted("The same in both runs"), above=0)
            return Pair((head,), same=(said, *_step(row.left, glyphs)))
        return Pair(
            (head,), tuple(_step(row.left, glyphs)), tuple(_step(row.right, glyphs))
        )
    return Pair(
        (head,), tuple(_side(row.left, glyphs)), tuple(_side(row.right, glyphs))
    )


def _side(step: PathStep | None, glyphs: Glyphs) -> Iterator[Block]:
    if step is None:
        yield Block(muted("This scene is not on this road."))
    else:
        yield from _step(step, glyphs)


def _step(step: PathStep, glyphs: Glyphs) -> Iterator[Block]:
    consequence = step.consequence
    yield chosen_block(consequence.choice_text, glyphs)._replace(above=0)
    yield from paragraphs(consequence.text)


def _ending(side: Side) -> Iterator[Block]:
    if side.ending is None:
        yield Block(muted("It has not ended yet."))
        return
    yield Block(line(side.ending.title).stylize(STRONG))
    overall = side.profile.overall
    if overall.percent is not None:
        numbers = earned_words(overall.earned, overall.at_stake)
        yield Block(
            line(f"{overall.percent} percent: {numbers} points at stake."), above=0
        )
    yield from paragraphs(side.ending.text)


def _guideline(item: GuidelineDifference, glyphs: Glyphs) -> Iterator[Block]:
    known = item.guideline
    yield Block(strong(safe(known.short)), prose(f"{known.number:>2}. ").stylize(MUTED))
    for name, result in (("This run", item.left), ("The other run", item.right)):
        lead = prose(f"    {name:<{NAME_CELLS}}  ").stylize(MUTED)
        yield Block(_result(result, glyphs), lead, above=0)


def _result(result: GuidelineResult | None, glyphs: Glyphs) -> Content:
    if result is None:
        return muted("not part of this edition")
    words = prose(verdict_words(result))
    if not result.stake.at_stake:
        return words.stylize(MUTED)
    earned, at_stake = result.stake.earned, result.stake.at_stake
    bar = prose(glyphs.bar(earned / at_stake, BAR_CELLS))
    numbers = prose(f"{earned} of {at_stake}".ljust(NUMBER_CELLS))
    return joined([bar, numbers, words], " ")
