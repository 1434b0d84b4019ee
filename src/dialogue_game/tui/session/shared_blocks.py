"""What the room sees at each step, as blocks and rows made from a `SharedView`; no widgets here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Final

from textual.content import Content

from dialogue_game.app.session.agenda import ON_TIME, Agenda
from dialogue_game.app.session.shared_view import (
    SharedOption,
    SharedView,
    ShownRound,
    TitleCard,
)
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import TYPED
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    bulleted,
    heading,
    paragraphs,
    remark,
    statement,
)
from dialogue_game.tui.text.story_blocks import chosen_block, touched_blocks
from dialogue_game.tui.text.styled import (
    ACCENT,
    ASCII,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
    strong,
)

TIMED: Final = (steps.COMMIT, steps.TALK, steps.MONDAY)
"""Steps whose clock stands in big digits; the others have it in words."""
AFTER_READING: Final = (
    steps.COMMIT,
    steps.VOTE,
    steps.TALK,
    steps.VOTE_AGAIN,
    steps.REVEAL,
    steps.MINORITY,
)
"""Steps at which the scene was read already, and is there again for a key."""
OUTCOMES: Final = (steps.CONSEQUENCE, steps.COACHING)
"""Steps at which the room reads what comes of its choice."""


def top_left(view: SharedView, glyphs: Glyphs) -> Content:
    """The left of the first line: which decision of which scenario; a narrow one cuts the end."""
    decision = f"{view.progress} {glyphs.dot} " if view.progress else ""
    return line(f"{decision}{view.scenario or 'dialogue-game'}", MUTED)


def top_right(view: SharedView) -> Content:
    """The right of the first line: the minute, and ahead or behind; a rehearsal says so."""
    if view.agenda is None:
        return NOTHING
    rehearsal = "Rehearsal. " if view.rehearsal else ""
    return line(f"{rehearsal}{minute_words(view.agenda)}", MUTED)


def minute_words(agenda: Agenda) -> str:
    """The minute of the session, and its drift, short enough for a narrow screen."""
    sentence = f"Minute {agenda.elapsed // 60} of {agenda.minutes}"
    if abs(agenda.drift) < ON_TIME:
        return f"{sentence}, on time"
    minutes = round(abs(agenda.drift) / 60)
    return f"{sentence}, {minutes} {'behind' if agenda.drift > 0 else 'ahead'}"


def big_digits(view: SharedView, glyphs: Glyphs) -> str:
    """What stands in big digits: how many ballots are in, or what is left of the step.

    They are drawn with lines; where those cannot be shown, the words beside them say the same.
    """
    if glyphs is ASCII:
        return ""
    if view.ballots is not None:
        return str(view.ballots.cast)
    if view.step not in TIMED or view.timer is None:
        return ""
    left = max(view.timer.left, 0)
    return f"{left // 60}:{left % 60:02}"


def banner(view: SharedView) -> list[Block]:
    """The step, what the room does now, and the time in words."""
    title = line(view.title, STRONG).stylize(ACCENT)
    if view.timer is not None and view.timer.planned and not view.ended:
        title += muted(f"   {view.timer.said}")
    blocks = [Block(title)]
    if view.step not in OUTCOMES:  # there the title says it
        blocks += [statement(said, above=0) for said in view.said]
    if view.ballots is not None:
        blocks.append(heading(view.ballots.said, above=0))
    return blocks


def head(view: SharedView) -> list[Block]:
    """The title of what is being read, and through whose eyes."""
    if not view.scene_title or view.step in AFTER_READING:
        return []
    if view.step in OUTCOMES:
        return [Block(line(view.scene_title, MUTED))]
    blocks = [heading(view.scene_title)]
    if view.as_ and view.as_.casefold() != "you":
        blocks.append(remark(f"We are {view.as_}", above=0))
    return blocks


def option_rows(view: SharedView) -> list[ListRow]:
    """The options with the letters of their cards; none where the room reads what came of one."""
    if view.step in OUTCOMES:
        return []
    return [_option_row(option) for option in view.options]


def settling(view: SharedView) -> bool:
    """Whether the letter of an option settles the decision now."""
    hands = view.step == steps.SCENE and view.form == steps.HANDS
    return bool(view.options) and (hands or view.step in (steps.REVEAL, steps.MINORITY))


def hint(view: SharedView, picked: str = "") -> list[Block]:
    """Which letters settle, and what Enter goes on with: the option with this id, if any."""
    if view.ballots is not None and view.ballots.cast and view.ballots.mode in TYPED:
        return [remark("Miscounted? t counts again, until Enter closes the round.")]
    if not settling(view):
        return []
    leading = view.rounds[-1].leading if view.rounds else ()
    if view.settled is not None:
        leading = (view.settled.letter,)
    if picked:
        leading = tuple(option.letter for option in view.options if option.id == picked)
    if len(leading) == 1:
        [text] = [option.text for option in view.options if option.letter == leading[0]]
        chosen = strong(f"{leading[0]}: {text}") + prose("   Enter goes on with it.")
        return [
            Block(chosen),
            remark(f"Or press {_letters(view, leading)}.", above=0),
        ]
    said = "The room settles it" if view.rounds else "Most hands"
    return [remark(f"{said}: press {_letters(view, ())}, then Enter.")]


def _letters(view: SharedView, without: Collection[str]) -> str:
    """The letters that can be pressed, as one says them: A, B or C."""
    open_ = [option.letter for option in view.options if option.available]
    *first, last = [letter for letter in open_ if letter not in without] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def agenda_blocks(agenda: Agenda, glyphs: Glyphs) -> Iterator[Block]:
    """Every part of the agenda with its minutes, and whether the session is on time."""
    yield heading(agenda.said)
    for part in agenda.parts:
        sign = {"done": glyphs.done, "now": glyphs.cursor}.get(part.state, " ")
        text = line(part.title)
        text = text.stylize(STRONG) if part.state == "now" else text
        used = f", {round(part.used / 60)} used" if part.state != "ahead" else ""
        minutes = muted(f"  {round(part.budget / 60)} minutes{used}")
        yield Block(text + minutes, prose(f"{sign} ", ACCENT), above=0)
    if agenda.note:
        yield remark(agenda.note)


def _option_row(option: SharedOption) -> ListRow:
    note = NOTHING if option.available else muted(f"Not open to us: {option.locked}")
    return ListRow(
        option.id, line(option.text), option.letter, note, available=option.available
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
    question = [heading(card.question)] if card.question else []
    blocks = [*question, *([statement(card.eyes)] if card.eyes else [])]
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
        all(round_.counts for round_ in view.rounds)
        and len(view.rounds) <= MOST_COLUMNS
    )
    if view.rounds and side_by_side:
        yield from _bars(view.rounds, glyphs)
    shown = view.rounds[-1:] if side_by_side else view.rounds
    for number, round_ in enumerate(shown):
        yield heading(round_.said, above=0 if number else 1)
    for moved in view.shift:
        yield statement(moved, above=0)
    yield from _decision(view, glyphs)


def _bars(rounds: Sequence[ShownRound], glyphs: Glyphs) -> Iterator[Block]:
    """A line a letter, and a column a round; each bar is a share of its round's ballots."""
    column = BAR_CELLS + 8
    names = "".join(f"Round {round_.number}".ljust(column) for round_ in rounds)
    yield remark(f"   {names}")
    for letter in rounds[0].counts:
        row = strong(f"{letter}  ")
        for round_ in rounds:
            count = round_.counts.get(letter, 0)
            bar = glyphs.bar(count / round_.ballots if round_.ballots else 0, BAR_CELLS)
            row += prose(bar, ACCENT) + prose(f" {count}".ljust(column - BAR_CELLS))
        yield Block(row, above=0)


def _decision(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    if view.settled is not None:
        letter = f"{view.settled.letter}: " if view.settled.letter else ""
        yield chosen_block(f"{letter}{view.settled.text}", glyphs)
        yield remark(f"We go on with this: {view.rule}.", above=0)


def _minority(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from (
        Block(strong(question), above=0 if n else 1)
        for n, question in enumerate(view.minority)
    )
    if view.reasons:
        yield from bulleted(view.reasons, glyphs)
    yield from _decision(view, glyphs)


def _consequence(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from _decision(view, glyphs)
    yield from paragraphs(view.consequence)


def _coaching(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    yield from _decision(view, glyphs)
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
        yield remark(f"{count} options of this road were not taken.")
        yield Block(muted("We can play one of them together: ") + strong("o"), above=0)


def _paths(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    for path in view.roads:
        yield heading(path.title)
        yield statement(path.ending or "Left before its end", above=0)
        yield from bulleted(path.lines, glyphs)


def _side_by_side(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    """Both endings, what parted them, two questions; their profiles stand beneath."""
    for path in view.roads:
        yield Block(
            joined(
                [strong(f"{path.title}:"), line(path.ending or "left before its end")],
                " ",
            ),
            prose(f"{glyphs.leads} ", ACCENT),
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
        yield remark(" " * name + _cells(parts), above=0)
    for row in view.compared:
        verdicts = prose(_cells(row.verdicts))
        alike = len(set(row.verdicts)) == 1
        cells = verdicts.stylize(MUTED) if alike else verdicts.stylize(STRONG)
        yield Block(prose(row.name.ljust(name)) + cells, above=0)


def _cells(texts: Iterable[str]) -> str:
    return "".join(text.ljust(VERDICT_CELLS) for text in texts).rstrip()


def _takeaways(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    for number, taken in enumerate(view.takeaways, 1):
        yield Block(line(taken, STRONG), prose(f"{number}  ", ACCENT))
    if view.parked:
        yield heading("For later")
        yield from bulleted(view.parked, glyphs)


def _contacts(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    for contact in view.contacts:
        yield heading(contact.line)
        yield statement(contact.note, above=0)


def _evaluation(view: SharedView, glyphs: Glyphs) -> Iterator[Block]:
    form = view.evaluation
    if form is None:
        return
    yield heading(form.title)
    yield statement(form.instructions, above=0)
    yield Block(
        line(form.url, "underline") + muted("   its code for phones: ") + strong("z")
    )
    yield statement(form.note, above=0)
    for number, item in enumerate(form.items, 1):
        yield Block(line(item), prose(f"{number:>2}  ", ACCENT), above=int(number == 1))


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
