"""What a group reads at each step, as blocks: from a `SharedView` alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Final

from dialogue_game.app.session.shared_view import SharedView, ShownRound, TitleCard
from dialogue_game.core.session import steps
from dialogue_game.tui.text.layout import Block, bulleted, heading, paragraphs
from dialogue_game.tui.text.story_blocks import chosen_block, touched_blocks
from dialogue_game.tui.text.styled import (
    ACCENT,
    MUTED,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
    strong,
)

BAR_CELLS: Final = 10
VERDICT_CELLS: Final = 20
MOST_COLUMNS: Final = 3
"""Rounds that stand side by side; more stand in words."""


def body(view: SharedView, glyphs: Glyphs, width: int = 80) -> list[Block]:
    """What is read at this step, after its exhibits."""
    page = _PAGES.get(view.step)
    blocks = list(page(view, glyphs)) if page else paragraphs(view.text)
    return [*blocks, *compared_blocks(view, width), *_not_taken(view)]


def card_blocks(card: TitleCard, glyphs: Glyphs) -> list[Block]:
    """What a scenario opens with: its question, whose eyes, who is who."""
    asked = [Block(line(card.question).stylize(STRONG))] if card.question else []
    blocks = [*asked, *([Block(line(card.eyes))] if card.eyes else [])]
    if card.people:
        blocks += [heading("Who is who"), *bulleted(card.people, glyphs)]
    return blocks


def _welcome(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from bulleted(view.text, glyphs)
    yield heading("How we talk today")
    yield from bulleted(view.questions, glyphs)


def _talk(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from bulleted(view.questions, glyphs, above=1)


def _rounds(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    side_by_side = (
        all(held.counts for held in view.rounds) and len(view.rounds) <= MOST_COLUMNS
    )
    if view.rounds and side_by_side:
        yield from _bars(view.rounds, glyphs)
    shown = view.rounds[-1:] if side_by_side else view.rounds
    for number, held in enumerate(shown):
        yield Block(line(held.said).stylize(STRONG), above=0 if number else 1)
    for moved in view.shift:
        yield Block(line(moved), above=0)
    yield from _settled(view, glyphs)


def _bars(rounds: Sequence[ShownRound], glyphs: Glyphs) -> Iterator[Block]:
    """A line a letter, and a column a round; each bar is a share of its round's ballots."""
    column = BAR_CELLS + 8
    names = "".join(f"Round {held.number}".ljust(column) for held in rounds)
    yield Block(muted(f"   {names}"))
    for letter in rounds[0].counts:
        row = strong(f"{letter}  ")
        for held in rounds:
            count = held.counts.get(letter, 0)
            bar = glyphs.bar(count / held.ballots if held.ballots else 0, BAR_CELLS)
            row += prose(bar).stylize(ACCENT) + prose(
                f" {count}".ljust(column - BAR_CELLS)
            )
        yield Block(row, above=0)


def _settled(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    if view.settled is not None:
        letter = f"{view.settled.letter}: " if view.settled.letter else ""
        yield chosen_block(f"{letter}{view.settled.text}", glyphs)
        yield Block(muted(f"We go on with this: {view.rule}."), above=0)


def _minority(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from (
        Block(strong(asked), above=0 if n else 1)
        for n, asked in enumerate(view.minority)
    )
    if view.reasons:
        yield from bulleted(view.reasons, glyphs)
    yield from _settled(view, glyphs)


def _consequence(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from _settled(view, glyphs)
    yield from paragraphs(view.consequence)


def _coaching(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from _settled(view, glyphs)
    for mark in view.coaching:
        yield from touched_blocks(mark.word, mark.guideline, mark.why, glyphs)
    for note in view.coaching_notes:
        yield Block(prose(note))
    if view.references:
        yield heading("Where it is written")
        yield from bulleted(view.references, glyphs)


def _ending(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from paragraphs(view.text)
    if view.parted:
        yield heading("Side by side with the other road")
        yield from _side_by_side(view, glyphs)


def _not_taken(view: SharedView) -> Iterator[Block]:
    if view.other_roads:
        count = sum(len(other.options) for other in view.other_roads)
        yield Block(muted(f"{count} options of this road were not taken."))
        yield Block(muted("We can play one of them together: ") + strong("o"), above=0)


def _paths(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    for path in view.roads:
        yield heading(path.title)
        yield Block(line(path.ending or "Left before its end"), above=0)
        yield from bulleted(path.lines, glyphs)


def _side_by_side(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    """Both endings, what parted them, two questions; their profiles stand beneath."""
    for path in view.roads:
        yield Block(
            joined(
                [strong(f"{path.title}:"), line(path.ending or "left before its end")],
                " ",
            ),
            prose(f"{glyphs.leads} ").stylize(ACCENT),
            above=0,
        )
    yield from bulleted(view.parted, glyphs)
    yield heading("To talk about")
    yield from bulleted(view.questions, glyphs)


def compared_blocks(view: SharedView, width: int) -> Iterator[Block]:
    """Each guideline on every path: a table where it fits, else line under line."""
    if not view.compared:
        return
    name = max(len(row.name) for row in view.compared) + 2
    yield heading("The guidelines")
    if name + VERDICT_CELLS * len(view.roads) > width:
        for row in view.compared:
            pairs = zip(view.roads, row.verdicts, strict=True)
            said = "; ".join(f"{path.title}: {verdict}" for path, verdict in pairs)
            yield Block(
                joined([strong(f"{row.name}."), line(f"{said}.")], " "), above=0
            )
        return
    titles = [wrap(path.title, VERDICT_CELLS - 2) for path in view.roads]
    for parts in zip_longest(*titles, fillvalue=""):
        yield Block(muted(" " * name + _cells(parts)), above=0)
    for row in view.compared:
        verdicts = prose(_cells(row.verdicts))
        alike = len(set(row.verdicts)) == 1
        cells = verdicts.stylize(MUTED) if alike else verdicts.stylize(STRONG)
        yield Block(prose(row.name.ljust(name)) + cells, above=0)


def _cells(texts: Iterable[str]) -> str:
    return "".join(text.ljust(VERDICT_CELLS) for text in texts).rstrip()


def _takeaways(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    for number, taken in enumerate(view.takeaways, 1):
        yield Block(line(taken).stylize(STRONG), prose(f"{number}  ").stylize(ACCENT))
    if view.parked:
        yield heading("For later")
        yield from bulleted(view.parked, glyphs)


def _contacts(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    for contact in view.contacts:
        yield Block(line(contact.line).stylize(STRONG))
        yield Block(line(contact.note), above=0)


def _evaluation(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    form = view.evaluation
    if form is None:
        return
    yield Block(line(form.title).stylize(STRONG))
    yield Block(line(form.instructions), above=0)
    yield Block(
        line(form.url).stylize("underline")
        + muted("   its code for phones: ")
        + strong("z")
    )
    yield Block(line(form.note), above=0)
    for number, item in enumerate(form.items, 1):
        yield Block(
            line(item), prose(f"{number:>2}  ").stylize(ACCENT), above=int(number == 1)
        )


_PAGES: Final[Mapping[str, Callable[[SharedView, Glyphs], Iterator[Block]]]] = {
    steps.WELCOME: _welcome,
    steps.COMMIT: lambda view, glyphs: iter(()),
    steps.VOTE: lambda view, glyphs: iter(()),
    steps.VOTE_AGAIN: lambda view, glyphs: iter(()),
    steps.TALK: _talk,
    steps.REVEAL: _rounds,
    steps.MINORITY: _minority,
    steps.CONSEQUENCE: _consequence,
    steps.COACHING: _coaching,
    steps.ENDING: _ending,
    steps.COMPARISON: _side_by_side,
    steps.TAKEAWAYS: _takeaways,
    steps.CONTACTS: _contacts,
    steps.PROFILE: _paths,
    steps.EVALUATION: _evaluation,
}


def scene_blocks(view: SharedView) -> list[Block]:
    """The scene once more, at a step that comes after it was read."""
    return (
        [heading(view.scene_title), *paragraphs(view.text)] if view.scene_title else []
    )
