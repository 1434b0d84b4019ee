"""What the room may see, as blocks and rows: from a `SharedView` alone, and no widgets here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from textual.content import Content

from dialogue_game.app.agenda import ON_TIME, Agenda
from dialogue_game.app.shared_view import SharedOption, SharedView, ShownRound
from dialogue_game.core import steps
from dialogue_game.tui.blocks import Block, heading, paragraphs
from dialogue_game.tui.prose import (
    ACCENT,
    MUTED,
    NOTHING,
    STRONG,
    line,
    muted,
    prose,
    strong,
)
from dialogue_game.tui.signs import ASCII, MARK_WORDS, Signs
from dialogue_game.tui.telling import chosen_block
from dialogue_game.tui.widgets.pick_list import Row

TIMED: Final = (steps.COMMIT, steps.TALK, steps.MONDAY)
"""Steps whose clock stands in big digits; the others have it in words."""
ASIDE: Final = (
    steps.COMMIT,
    steps.VOTE,
    steps.TALK,
    steps.VOTE_AGAIN,
    steps.REVEAL,
    steps.MINORITY,
)
"""Steps at which the scene was read already, and is there again for a key."""
TOLD: Final = (steps.CONSEQUENCE, steps.COACHING)
"""Steps at which the room is told what comes of its choice."""
BAR_CELLS: Final = 10
MOST_COLUMNS: Final = 3
"""Rounds that stand side by side; more are told in words."""


def where(view: SharedView, signs: Signs) -> Content:
    """The left of the first line: which scenario, and which decision."""
    decision = f" {signs.dot} Decision {view.decision}" if view.decision else ""
    return line(f"{view.scenario or 'dialogue-game'}{decision}").stylize(MUTED)


def when(view: SharedView) -> Content:
    """The right of the first line: the minute, and ahead or behind; a rehearsal says so."""
    if view.agenda is None:
        return NOTHING
    rehearsal = "Rehearsal. " if view.rehearsal else ""
    return line(f"{rehearsal}{minute_words(view.agenda)}").stylize(MUTED)


def minute_words(agenda: Agenda) -> str:
    """The minute of the session, and its drift, short enough for a narrow screen."""
    told = f"Minute {agenda.elapsed // 60} of {agenda.minutes}"
    if abs(agenda.drift) < ON_TIME:
        return f"{told}, on time"
    return f"{told}, {round(abs(agenda.drift) / 60)} {'behind' if agenda.drift > 0 else 'ahead'}"


def figure(view: SharedView, signs: Signs) -> str:
    """What stands in big digits: how many ballots are in, or what is left of the step.

    They are drawn with lines; where those cannot be shown, the words beside them say the same.
    """
    if signs is ASCII:
        return ""
    if view.ballots is not None:
        return str(view.ballots.cast)
    if view.step not in TIMED or view.timer is None:
        return ""
    left = max(view.timer.left, 0)
    return f"{left // 60}:{left % 60:02}"


def banner(view: SharedView) -> list[Block]:
    """The step, what the room does now, and the time in words."""
    title = line(view.title).stylize(STRONG).stylize(ACCENT)
    if view.timer is not None and view.timer.planned and not view.ended:
        title += muted(f"   {view.timer.said}")
    blocks = [Block(title)]
    if view.step not in TOLD:  # there the title says it
        blocks += [Block(line(said), above=0) for said in view.said]
    if view.ballots is not None:
        blocks.append(Block(line(view.ballots.said).stylize(STRONG), above=0))
    return blocks


def head(view: SharedView) -> list[Block]:
    """The title of what is being read, and through whose eyes."""
    if not view.scene_title or view.step in ASIDE:
        return []
    if view.step in TOLD:
        return [Block(line(view.scene_title).stylize(MUTED))]
    blocks = [heading(view.scene_title)]
    if view.as_ and view.as_.casefold() != "you":
        blocks.append(Block(muted(f"We are {view.as_}"), above=0))
    return blocks


def body(view: SharedView, signs: Signs) -> list[Block]:
    """What is read at this step, after its exhibits."""
    page = _PAGES.get(view.step)
    return list(page(view, signs)) if page else paragraphs(view.text)


def option_rows(view: SharedView) -> list[Row]:
    """The options with the letters of their cards, and at the end what can be pressed."""
    if view.step in TOLD:
        return []
    return [_option_row(option) for option in view.options]


def settling(view: SharedView) -> bool:
    """Whether the number of an option settles the decision now."""
    hands = view.step == steps.SCENE and view.form == steps.HANDS
    return bool(view.options) and (hands or view.step in (steps.REVEAL, steps.MINORITY))


def hint(view: SharedView) -> list[Block]:
    """Which number settles on which letter, where a number does."""
    if not settling(view):
        return []
    available = [option for option in view.options if option.available]
    numbers = ", ".join(f"{n} for {o.letter}" for n, o in enumerate(available[:9], 1))
    leading = view.rounds[-1].leading if view.rounds else ()
    if view.settled is not None:
        told = f"Enter goes on with {view.settled.letter}. Another option: {numbers}."
    elif len(leading) == 1:
        told = f"Enter goes on with {leading[0]}. If the room wants another: {numbers}."
    elif view.rounds:
        told = f"The room settles it: {numbers}."
    else:
        told = f"What most hands are for: {numbers}."
    return [Block(muted(told))]


def agenda_blocks(agenda: Agenda, signs: Signs) -> Iterator[Block]:
    """Every part of the agenda with its minutes, and whether the session is on time."""
    yield Block(line(agenda.said).stylize(STRONG))
    for part in agenda.parts:
        sign = {"done": signs.done, "now": signs.cursor}.get(part.state, " ")
        text = line(part.title)
        text = text.stylize(STRONG) if part.state == "now" else text
        used = f", {round(part.used / 60)} used" if part.state != "ahead" else ""
        told = muted(f"  {round(part.budget / 60)} minutes{used}")
        yield Block(text + told, prose(f"{sign} ").stylize(ACCENT), above=0)
    if agenda.note:
        yield Block(muted(agenda.note))


def _option_row(option: SharedOption) -> Row:
    note = NOTHING if option.available else muted(f"Not open to us: {option.locked}")
    return Row(option.id, line(option.text), option.letter, note, available=option.available)


def _listed(items: Iterable[str], signs: Signs, above: int = 0) -> Iterator[Block]:
    bullet = prose(f"{signs.bullet} ").stylize(ACCENT)
    for number, item in enumerate(items):
        yield Block(line(item), bullet, above=above if number else 1)


def _welcome(view: SharedView, signs: Signs) -> Iterator[Block]:
    yield from _listed(view.text, signs)
    yield heading("How we talk today")
    yield from _listed(view.questions, signs)


def _talk(view: SharedView, signs: Signs) -> Iterator[Block]:
    yield from _listed(view.questions, signs, above=1)


def _rounds(view: SharedView, signs: Signs) -> Iterator[Block]:
    side_by_side = all(held.counts for held in view.rounds) and len(view.rounds) <= MOST_COLUMNS
    if view.rounds and side_by_side:
        yield from _bars(view.rounds, signs)
    told = view.rounds[-1:] if side_by_side else view.rounds
    for number, held in enumerate(told):
        yield Block(line(held.said).stylize(STRONG), above=0 if number else 1)
    for moved in view.shift:
        yield Block(line(moved), above=0)
    yield from _settled(view, signs)


def _bars(rounds: Sequence[ShownRound], signs: Signs) -> Iterator[Block]:
    """A line a letter, and a column a round; each bar is a share of its round's ballots."""
    column = BAR_CELLS + 8
    names = "".join(f"Round {held.number}".ljust(column) for held in rounds)
    yield Block(muted(f"   {names}"))
    for letter in rounds[0].counts:
        told = strong(f"{letter}  ")
        for held in rounds:
            count = held.counts.get(letter, 0)
            bar = signs.bar(count / held.ballots if held.ballots else 0, BAR_CELLS)
            told += prose(bar).stylize(ACCENT) + prose(f" {count}".ljust(column - BAR_CELLS))
        yield Block(told, above=0)


def _settled(view: SharedView, signs: Signs) -> Iterator[Block]:
    if view.settled is not None:
        letter = f"{view.settled.letter}: " if view.settled.letter else ""
        yield chosen_block(f"{letter}{view.settled.text}", signs)
        yield Block(muted(f"We go on with this: {view.rule}."), above=0)


def _minority(view: SharedView, signs: Signs) -> Iterator[Block]:
    yield from (Block(strong(asked), above=0 if n else 1) for n, asked in enumerate(view.minority))
    if view.reasons:
        yield from _listed(view.reasons, signs)
    yield from _settled(view, signs)


def _consequence(view: SharedView, signs: Signs) -> Iterator[Block]:
    yield from _settled(view, signs)
    yield from paragraphs(view.consequence)


def _coaching(view: SharedView, signs: Signs) -> Iterator[Block]:
    yield from _settled(view, signs)
    for mark in view.coaching:
        lead = prose(f"{signs.mark(mark.word)} ").stylize(STRONG)
        word = strong(MARK_WORDS.get(mark.word, mark.word))
        yield Block(word + prose(f" guideline {mark.guideline}"), lead)
        yield Block(prose(mark.why), prose("   "), above=0)
    if view.references:
        yield heading("Where it is written")
        yield from _listed(view.references, signs)


def _ending(view: SharedView, signs: Signs) -> Iterator[Block]:
    yield from paragraphs(view.text)
    if view.other_roads:
        count = sum(len(other.options) for other in view.other_roads)
        told = f"{count} options of this road were not taken. We can play one of them together: "
        yield Block(muted(told) + strong("o"))


def _roads(view: SharedView, signs: Signs) -> Iterator[Block]:
    for road in view.roads:
        yield heading(road.title)
        yield Block(line(road.ending or "Left before its end"), above=0)
        yield from _listed(road.lines, signs)


def _takeaways(view: SharedView, signs: Signs) -> Iterator[Block]:
    for number, taken in enumerate(view.takeaways, 1):
        yield Block(line(taken).stylize(STRONG), prose(f"{number}  ").stylize(ACCENT))
    if view.parked:
        yield heading("For later")
        yield from _listed(view.parked, signs)


def _contacts(view: SharedView, signs: Signs) -> Iterator[Block]:
    for contact in view.contacts:
        yield Block(line(contact.line).stylize(STRONG))
        yield Block(line(contact.note), above=0)


def _evaluation(view: SharedView, signs: Signs) -> Iterator[Block]:
    form = view.evaluation
    if form is None:
        return
    yield Block(line(form.title).stylize(STRONG))
    yield Block(line(form.instructions), above=0)
    yield Block(
        line(form.url).stylize("underline") + muted("   its code for phones: ") + strong("z")
    )
    yield Block(line(form.note), above=0)
    for number, item in enumerate(form.items, 1):
        yield Block(line(item), prose(f"{number:>2}  ").stylize(ACCENT), above=int(number == 1))


_PAGES: Final[Mapping[str, Callable[[SharedView, Signs], Iterator[Block]]]] = {
    steps.WELCOME: _welcome,
    steps.COMMIT: lambda view, signs: iter(()),
    steps.VOTE: lambda view, signs: iter(()),
    steps.VOTE_AGAIN: lambda view, signs: iter(()),
    steps.TALK: _talk,
    steps.REVEAL: _rounds,
    steps.MINORITY: _minority,
    steps.CONSEQUENCE: _consequence,
    steps.COACHING: _coaching,
    steps.ENDING: _ending,
    steps.COMPARISON: _roads,
    steps.TAKEAWAYS: _takeaways,
    steps.CONTACTS: _contacts,
    steps.PROFILE: _roads,
    steps.EVALUATION: _evaluation,
}


def scene_blocks(view: SharedView) -> list[Block]:
    """The scene once more, at a step that comes after it was read."""
    return [heading(view.scene_title), *paragraphs(view.text)] if view.scene_title else []
